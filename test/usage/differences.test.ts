/** What the books say when they do not agree, and what cannot be explained. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkBooks } from '#app/usage/check.ts';
import { compiledBookKnownAt } from '#app/usage/counters.ts';
import { explainUsage } from '#app/usage/explain.ts';
import { type RefusalCode, RefusedError } from '#core/refusals.ts';
import { explainCharge } from '#operations/usage/explain-charge.ts';
import { fileOf, line, loadOne, withHome, write } from './home.ts';

function refusedFor(code: RefusalCode, message: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof RefusedError && error.refusals[0]?.code === code && message.test(error.refusals[0].message);
}

test('a rollup that is not the sum of its charges is told with both figures', async () => {
  await withHome(async (home) => {
    await loadOne(home, write(home, 'a.csv', fileOf([line({ id: '1' })])));
    assert.deepEqual((await checkBooks(home.database)).differences, []);
    await home.database.pool.query(
      "update rollup_sum s set amount_nanos = amount_nanos + 1 from rollup_line l where l.line_id = s.line_id and l.role = 'incoming'",
    );
    const { differences } = await checkBooks(home.database);
    assert.deepEqual(
      differences.map(({ code }) => code),
      ['usage.books-differ'],
    );
    assert.match(differences[0]?.message ?? '', /100000000.* against .*100000001|100000001.* against .*100000000/);
  });
});

test('a charge that rating again does not give is told with both amounts, or with why there is none', async () => {
  await withHome(async (home) => {
    await loadOne(home, write(home, 'a.csv', fileOf([line({ id: '1' })])));
    const { stored } = await explainUsage(home, '1');
    const book = await compiledBookKnownAt(home.database, stored.knownAtMicros);
    const charged = stored.charges.find(({ leg }) => leg === 'in');
    assert.ok(charged !== undefined);
    const booked = { ...charged, knownAtMicros: stored.knownAtMicros };
    const right = explainCharge(() => book, stored.event, 'in', booked, []);
    assert.deepEqual(right.ok && right.value.faults, []);
    const other = explainCharge(() => book, stored.event, 'in', { ...booked, amountNanos: booked.amountNanos + 1n }, []);
    assert.ok(other.ok);
    assert.deepEqual(
      other.value.faults.map(({ code, message }) => `${code} ${message}`),
      ['usage.explanation-differs charge in: booked 100000001 nanos, rated again 100000000 nanos'],
    );
    const { trunkIn: _, ...outOnly } = stored.event;
    for (const [event, message] of [
      [{ ...stored.event, called: '33123456789' }, /rated again, the event is held: rating\.no-rate/],
      [outOnly, /rated again, the event has no charge in/],
    ] as const) {
      const refused = explainCharge(() => book, event, 'in', booked, []);
      assert.ok(!refused.ok && refused.refusals[0]?.code === 'usage.explanation-differs');
      assert.match(refused.refusals[0].message, message);
    }
  });
});

test('what has no charge cannot be explained, and says why', async () => {
  await withHome(async (home) => {
    await loadOne(
      home,
      write(home, 'a.csv', fileOf([line({ id: '1', out: '' }), line({ id: '2', b: '112' }), line({ id: '1' }), 'broken'])),
    );
    for (const [charge, message] of [
      ['1/out', /there is no charge 1\/out; the event's charges: 1\/in/],
      ['2', /record 2 is held and has no charge; usage\.called-short-code/],
      ['3/in', /record 3 is duplicate and has no charge; it repeats record 1/],
      ['4', /record 4 is rejected and has no charge; usage\.columns-missing/],
    ] as const)
      await assert.rejects(explainUsage(home, charge), refusedFor('usage.charge-unknown', message), charge);
  });
});
