/** Single records corrected by a person: who, what and why are kept, the raw record stays, the charge follows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { correctUsage } from '#app/usage/correct.ts';
import { explainUsage } from '#app/usage/explain.ts';
import { showRecords } from '#app/usage/look-up.ts';
import { retryUsage } from '#app/usage/retry.ts';
import { type RefusalCode, RefusedError } from '#core/refusals.ts';
import { assertBooksAgree, fileOf, line, loadOne, withHome, write } from './home.ts';

const said = { why: 'ticket 4711', by: 'test' };

test('a held record is priced with what a person says its fields are, and tells who said so', async () => {
  await withHome(async (home) => {
    await loadOne(home, write(home, 'a.csv', fileOf([line({ id: '1', in: 'nort', b: '112', seconds: 61 })])));
    await correctUsage(home, { record: '1', set: ['trunkIn=nort', 'called=1'], ...said });
    await correctUsage(home, { record: '1', set: ['trunkIn=north', 'called=00442079460000', 'seconds=119.5'], ...said });
    const dry = await retryUsage(home, { dryRun: true });
    assert.deepEqual([dry.taken, dry.rated], [1, 1]);
    assert.equal((await showRecords(home, { record: '1', raw: false, limit: 1 }))[0]?.status, 'held', 'a dry run books nothing');
    assert.equal((await retryUsage(home, {})).rated, 1);
    const { stored, raw, charges, corrections } = await explainUsage(home, '1');
    assert.deepEqual([stored.event.trunkIn, stored.event.called, stored.event.durationMicros], ['north-1', '442079460000', 119_500_000]);
    assert.match(raw, /;112;nort;/);
    assert.ok(charges.every(({ faults }) => faults.length === 0));
    assert.deepEqual(
      corrections.map(({ why, by }) => [why, by]),
      [
        ['ticket 4711', 'test'],
        ['ticket 4711', 'test'],
      ],
    );
    await assertBooksAgree(home);
  });
});

test('what cannot be corrected is refused by the name of the field', async () => {
  await withHome(async (home) => {
    await loadOne(home, write(home, 'a.csv', fileOf([line({ id: '1' }), line({ id: '2', b: '112' }), line({ id: '1' })])));
    for (const [record, set, code] of [
      ['9', ['called=44'], 'usage.record-unknown'],
      ['3', ['called=44'], 'usage.not-correctable'],
      ['2', [], 'usage.correction-invalid'],
      ['2', ['called'], 'usage.correction-invalid'],
      ['2', ['key=7'], 'usage.correction-invalid'],
      ['2', ['constructor=7'], 'usage.correction-invalid'],
      ['2', ['seconds=-1'], 'usage.correction-invalid'],
      ['2', ['start=yesterday'], 'usage.correction-invalid'],
      ['2', ['answered=maybe'], 'usage.correction-invalid'],
      ['2', ['called=1', 'called=2'], 'usage.correction-invalid'],
    ] as const)
      await assert.rejects(correctUsage(home, { record, set, ...said }), refusedFor(code), `${record} ${set.join(' ')}`);
    await assert.rejects(
      correctUsage(home, { record: '2', set: ['called=44'], why: '', by: 'test' }),
      refusedFor('usage.correction-invalid'),
    );
  });
});

function refusedFor(code: RefusalCode): (error: unknown) => boolean {
  return (error) => error instanceof RefusedError && error.refusals[0]?.code === code;
}
