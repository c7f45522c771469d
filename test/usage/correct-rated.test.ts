/** A record that was charged already, corrected: the books are those of an installation that had it right from the beginning. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditBooks } from '#app/usage/audit.ts';
import { type CorrectReport, correctUsage } from '#app/usage/correct.ts';
import { explainUsage } from '#app/usage/explain.ts';
import { showRecords } from '#app/usage/look-up.ts';
import { rerateUsage } from '#app/usage/rerate.ts';
import { rollbackFile } from '#app/usage/rollback.ts';
import { type RefusalCode, RefusedError } from '#core/refusals.ts';
import { runCli } from '../support/cli.ts';
import { seeded } from '../support/seeded.ts';
import { everything } from './everything.ts';
import { type Call, configure, fileOf, line, load, loadOne, operator, type TestHome, withHome, write } from './home.ts';

const said = { why: 'ticket 4711', by: 'test' };

const correct = (home: TestHome, record: string, ...set: readonly string[]): Promise<CorrectReport> =>
  correctUsage(home, { record, set, ...said });

async function assertNothingLost(home: TestHome): Promise<void> {
  const { differences } = await auditBooks(home, { from: '2026-09-01', to: '2027-01-01' }, true);
  assert.deepEqual(differences, []);
}

function calls(seed: number): readonly Call[] {
  const random = seeded(seed);
  return Array.from({ length: 33 }, (_, index) => ({
    id: `c${index}`,
    start: `2026-10-${String(1 + Math.floor(random() * 28)).padStart(2, '0')} 10:00:${String(index).padStart(2, '0')}`,
    seconds: 30 + Math.floor(random() * 300),
    b: '+442079460000',
    in: random() < 0.8 ? 'north' : 'home',
  }));
}

/** A change of a call, as the switch would have written it and as a person says it. */
const changes: readonly (readonly [Partial<Call>, readonly string[]])[] = [
  [{ seconds: 1200 }, ['seconds=1200']],
  [{ seconds: 0, result: 'BUSY' }, ['seconds=0', 'answered=false']],
  [{ start: '2026-10-01 00:00:01', seconds: 900 }, ['start=2026-10-01T00:00:01+02:00', 'seconds=900']],
  [{ start: '2026-09-03 12:00:00' }, ['start=2026-09-03T12:00:00+02:00']],
  [{ in: 'south', out: 'north' }, ['trunkIn=south', 'trunkOut=north']],
  [{ in: 'home', out: 'home' }, ['trunkIn=home', 'trunkOut=home']],
  [{ in: 'north', b: '+442079461111', seconds: 61 }, ['trunkIn=north', 'called=+442079461111', 'seconds=61']],
];

test('rated records that are corrected, twice too, leave the books of files that were right from the beginning; tiers included', async () => {
  for (const seed of [1]) {
    const wrong = calls(seed);
    const right = wrong.map((call, index) => ({ ...call, ...(changes[index % 11]?.[0] ?? {}) }));
    const text = (all: readonly Call[], from: number, to: number): string => fileOf(all.slice(from, to).map(line));
    const expected = await withHome(async (home) => {
      await load(home, [write(home, 'a.csv', text(right, 0, 20)), write(home, 'b.csv', text(right, 20, 33))]);
      return everything(home);
    });
    await withHome(async (home) => {
      await load(home, [write(home, 'a.csv', text(wrong, 0, 20)), write(home, 'b.csv', text(wrong, 20, 33))]);
      const before = await everything(home);
      const dry = await correctUsage(home, { record: '1', set: ['seconds=7'], dryRun: true, ...said });
      assert.equal(dry.replaced?.after.event.durationMicros, 7_000_000);
      assert.deepEqual(await everything(home), before, `seed ${seed}: a dry run books nothing`);
      for (const [index] of wrong.entries()) {
        const set = changes[index % 11]?.[1];
        if (set === undefined) continue;
        if (index % 2 === 0) await correct(home, String(index + 1), 'seconds=17', 'answered=true');
        await correct(
          home,
          String(index + 1),
          ...(index % 2 === 0 && !set.join().includes('seconds') ? [`seconds=${wrong[index]?.seconds}`] : []),
          ...set,
        );
      }
      await assertNothingLost(home);
      assert.deepEqual(await everything(home), expected, `seed ${seed}`);
      // The raw records come again: none is charged a second time.
      const again = await loadOne(home, write(home, 'again.csv', `${text(wrong, 0, 20)}\n`));
      assert.deepEqual([again.counts?.duplicate, again.counts?.rated], [20, 0]);
      // What was corrected is priced again and rolled back as anything.
      const dearer = { ...operator, 'tariffs.yaml': operator['tariffs.yaml'].replace('price: 0.05', 'price: 0.07') };
      await configure(home, dearer);
      await rerateUsage(home, { service: 'voice', unratable: 'block', nowMicros: Date.now() * 1000, book: said }, quiet);
      const rerated = await everything(home);
      const fresh = await withHome(async (other) => {
        await load(other, [write(other, 'a.csv', text(right, 0, 20)), write(other, 'b.csv', text(right, 20, 33))]);
        return everything(other);
      }, dearer);
      assert.deepEqual(rerated, fresh, `seed ${seed}: priced again`);
      await rollbackFile(home, { file: 'a.csv', ...said });
      await assertNothingLost(home);
      const without = await withHome(async (other) => {
        await loadOne(other, write(other, 'b.csv', text(right, 20, 33)));
        return everything(other);
      }, dearer);
      assert.deepEqual(await everything(home), without, `seed ${seed}: rolled back`);
    });
  }
});

const quiet = { onWait: () => undefined, onProgress: () => undefined };

test('a corrected record tells its story from either number: what was charged, taken back and charged instead, by whom and why', async () => {
  await withHome(async (home) => {
    await loadOne(home, write(home, 'a.csv', fileOf([line({ id: '1', seconds: 61 }), line({ id: '2', seconds: 61 })])));
    const { replaced } = await correct(home, '1', 'seconds=180');
    assert.equal(replaced?.after.eventId, 3);
    const old = await explainUsage(home, '1/in');
    assert.deepEqual([old.takenBack?.replacedBy, old.takenBack?.run.why], [3, 'ticket 4711']);
    const [was] = old.charges;
    assert.deepEqual([was?.booked?.amountNanos, was?.dueNanos, was?.faults], [100_000_000n, 0n, []]);
    const now = await explainUsage(home, '3/in');
    assert.match(now.raw, /^1;2026-10-05 10:00:00;;61;/);
    assert.deepEqual(
      now.corrections.map(({ fields, why, by }) => [fields, why, by]),
      [[{ seconds: '180' }, 'ticket 4711', 'test']],
    );
    assert.deepEqual(
      [now.charges[0]?.dueNanos, now.charges[0]?.faults, now.charges[0]?.adjustments[0]?.reason],
      [150_000_000n, [], 'corrected'],
    );
    const [shown] = await showRecords(home, { record: '1', raw: false, limit: 5 });
    assert.deepEqual([shown?.status, shown?.takenBack?.replacedBy], ['rated', 3]);
    const run = async (...args: readonly string[]): Promise<string> => {
      const environment = { DATABASE_URL: home.database.url };
      const { stdout, stderr } = await runCli(['--data', home.dataFolder, ...args], { environment });
      return `${stdout}${stderr}`;
    };
    assert.match(await run('usage', 'show', '1'), /event 3 is charged instead; run 1 by test: ticket\s+4711/);
    assert.match(await run('explain', '1/in'), /taken back .* by -0\.10 EUR, record corrected in run 1 by test: ticket 4711/);
    const told = await run('usage', 'correct', '2', '--set', 'called=+44207', '--why', 'a test', '--dry-run');
    assert.match(told, /record 2 would be charged so; nothing is booked/);
  });
});

test('a closed day stays closed: the reversal and the new charge are booked with the first open day, and point back', async () => {
  await withHome(async (home) => {
    const september: Call = { id: 's', start: '2026-09-10 10:00:00', seconds: 60 };
    await load(home, [write(home, 'a.csv', fileOf([september, { id: 'o', start: '2026-10-02 10:00:00' }].map(line)))]);
    await home.database.pool.query("insert into usage_closed_until (agreement, day) values ('north', '2026-10-01')");
    const days = async (): Promise<readonly string[]> =>
      (
        await home.database.pool.query<{ told: string }>(
          "select day || ' ' || trim_scale(amount_nanos) as told from rollup where agreement = 'north' order by day",
        )
      ).rows.map(({ told }) => told);
    assert.deepEqual(await days(), ['2026-09-10 50000000', '2026-10-02 100000000']);
    await correct(home, '1', 'seconds=180');
    // Three minutes instead of one, at 0.05.
    assert.deepEqual(await days(), ['2026-09-10 50000000', '2026-10-01 100000000', '2026-10-02 100000000']);
    const { rows } = await home.database.pool.query(
      "select events, local_day, original_day from usage_adjustment a join rollup_line using (line_id) where agreement = 'north' order by adjustment_id",
    );
    assert.deepEqual(rows, [
      { events: -1, local_day: '2026-10-01', original_day: '2026-09-10' },
      { events: 1, local_day: '2026-10-01', original_day: '2026-09-10' },
    ]);
    await everything(home);
    await assertNothingLost(home);
  });
});

test('a correction with which the record could not be charged is refused, and nothing changes', async () => {
  await withHome(async (home) => {
    await loadOne(home, write(home, 'a.csv', fileOf([line({ id: '1' }), line({ id: '2' })])));
    const before = await everything(home);
    await assert.rejects(correct(home, '1', 'trunkIn=nobody'), refusedFor('usage.correction-unratable'));
    await assert.rejects(correct(home, '1', 'called=999'), refusedFor('usage.correction-unratable'));
    assert.deepEqual(await everything(home), before);
    assert.equal((await home.database.pool.query('select from usage_correction')).rowCount, 0);
    await correct(home, '1', 'seconds=5');
    await assert.rejects(correct(home, '2/in', 'seconds=5', 'seconds=6'), refusedFor('usage.correction-invalid'));
    await correct(home, '3', 'seconds=6'); // by the number of the event
    await assert.rejects(correct(home, '3', 'seconds=7'), refusedFor('usage.not-correctable'));
    await rollbackFile(home, { file: 'a.csv', ...said });
    await assert.rejects(correct(home, '1', 'seconds=5'), refusedFor('usage.not-correctable'));
  });
});

function refusedFor(code: RefusalCode): (error: unknown) => boolean {
  return (error) => error instanceof RefusedError && error.refusals[0]?.code === code;
}
