/** A file rolled back was never there; loaded again it is there once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditBooks } from '#app/usage/audit.ts';
import { explainUsage } from '#app/usage/explain.ts';
import { retryUsage } from '#app/usage/retry.ts';
import { rollbackFile } from '#app/usage/rollback.ts';
import { type RefusalCode, RefusedError } from '#core/refusals.ts';
import { seeded } from '../support/seeded.ts';
import { assertBooksAgree, type Call, fileOf, line, load, loadOne, rollup, type TestHome, withHome, write } from './home.ts';
import { measureMarginOf } from './margins.ts';

function calls(seed: number): readonly Call[] {
  const random = seeded(seed);
  return Array.from({ length: 90 }, (_, index) => ({
    id: `${index % 23 === 7 ? index - 30 : index}`,
    start: `2026-10-${String(1 + (index % 9)).padStart(2, '0')} 10:${String(Math.floor(index / 9)).padStart(2, '0')}:00`,
    seconds: Math.floor(random() * 400),
    in: index % 29 === 5 ? 'nobody' : 'north',
    b: index % 31 === 3 ? '112' : '00442079460000',
  }));
}

async function books(home: TestHome): Promise<unknown> {
  await assertBooksAgree(home);
  const { differences } = await auditBooks(home, { from: '2026-09-01', to: '2027-01-01' }, true);
  assert.deepEqual(differences, []);
  const { rows } = await home.database.pool.query(
    'select key, trim_scale(value) as value, disturbed from usage_counter where value <> 0 order by 1',
  );
  const lines = (await rollup(home)).filter((each) => Object.entries(each).some(([name, value]) => name === 'events' && value !== 0n));
  return { lines, counters: rows, margins: await measureMarginOf(home.database) };
}

const rollback = (home: TestHome, file: string) => rollbackFile(home, { file, why: 'test', by: 'test' });

test('a file that is rolled back is as if it had never been loaded, and loaded again as if once; tiers included', async () => {
  for (const seed of [2]) {
    const all = calls(seed).map(line);
    const parts = [fileOf([...all.slice(0, 30), 'broken']), fileOf(all.slice(30, 60)), fileOf(all.slice(60))];
    const names = (home: TestHome): string[] => parts.map((text, index) => write(home, `${index}.csv`, text));
    const without = await withHome(async (home) => {
      const [first = '', , third = ''] = names(home);
      await load(home, [first, third]);
      return books(home);
    });
    await withHome(async (home) => {
      const files = names(home);
      await load(home, files);
      const report = await rollback(home, '1.csv');
      assert.deepEqual([report.counts.read, report.duplicatesElsewhere > 0], [30, true]);
      await retryUsage(home, { duplicates: true });
      assert.deepEqual(await books(home), without, `seed ${seed}: repetitions of its records in other files are taken up`);
    });
    await withHome(async (home) => {
      const files = names(home);
      await load(home, files);
      const once = await books(home);
      const tried = await rollbackFile(home, { file: '1.csv', why: 'test', by: 'test', dryRun: true });
      assert.deepEqual(await books(home), once, `seed ${seed}: a dry run books nothing`);
      const report = await rollback(home, '1.csv');
      assert.deepEqual({ ...tried, run: report.run }, report, `seed ${seed}: a dry run says what will be`);
      const reloaded = await loadOne(home, files[1] ?? '');
      assert.equal(reloaded.state, 'loaded');
      assert.deepEqual(reloaded.counts, report.counts, `seed ${seed}`);
      assert.deepEqual(await books(home), once, `seed ${seed}`);
      const { taken, rated } = await retryUsage(home, { duplicates: true });
      assert.deepEqual([taken > 0, rated], [true, 0], 'they repeat the records that were loaded again');
      assert.deepEqual(await books(home), once, `seed ${seed}`);
      await assert.rejects(rollback(home, String(report.fileId)), refusedFor('usage.rollback-unclear'));
    });
  }
});

test('a charge that was rolled back explains itself, and the records of the file say what they were', async () => {
  await withHome(async (home) => {
    await loadOne(home, write(home, 'a.csv', fileOf([line({ id: '1' }), line({ id: '2', b: '112' })])));
    await rollback(home, 'a.csv');
    const { charges } = await explainUsage(home, '1/in');
    const [charge] = charges;
    assert.deepEqual(
      [charge?.dueNanos, charge?.faults, charge?.adjustments.map(({ events, reason, run }) => [events, reason, run?.why])],
      [0n, [], [[-1, 'rolled-back', 'test']]],
    );
    const { rows } = await home.database.pool.query('select reason, detail from usage_rejected');
    assert.equal(rows.length, 1);
    assert.match(JSON.stringify(rows), /usage\.rolled-back.*because: test; it was held for usage\.called-short-code/);
  });
});

test('what cannot be rolled back is refused: unknown, without a reason, ambiguous', async () => {
  await withHome(async (home) => {
    await assert.rejects(rollback(home, 'x.csv'), refusedFor('usage.file-unknown'));
    await loadOne(home, write(home, 'a.csv', fileOf([line({ id: '1' })])));
    await assert.rejects(rollbackFile(home, { file: 'a.csv', why: ' ', by: 'test' }), refusedFor('usage.rollback-unclear'));
  });
});

function refusedFor(code: RefusalCode): (error: unknown) => boolean {
  return (error) => error instanceof RefusedError && error.refusals[0]?.code === code;
}
