/** Tiers go by the order of events, not of loading: whatever the order of files, charges and adjustments come to the same. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainUsage } from '#app/usage/explain.ts';
import { retryUsage } from '#app/usage/retry.ts';
import {
  amount,
  assertBooksAgree,
  type Call,
  configure,
  fileOf,
  line,
  load,
  operator,
  rollup,
  type TestHome,
  withHome,
  write,
} from './home.ts';

/** Four minutes each, one a day at 10:00; the first 10 minutes cost 0.03, to 30 minutes 0.02, then 0.01. */
const calls: readonly Call[] = Array.from({ length: 12 }, (_, index) => ({
  id: `c${index}`,
  start: `2026-10-${String(index + 3).padStart(2, '0')} 10:00:00`,
  seconds: 240,
}));
/** 10 × 0.03 + 20 × 0.02 + 18 × 0.01 */
const DUE = 880_000_000n;

async function loadInParts(home: TestHome, parts: readonly (readonly Call[])[]): Promise<void> {
  for (const [index, part] of parts.entries()) await load(home, [write(home, `${index}.csv`, fileOf(part.map(line)))]);
}

const orders: Readonly<Record<string, readonly (readonly Call[])[]>> = {
  'one file in order': [calls],
  'one file, backwards': [calls.toReversed()],
  'two files in order': [calls.slice(0, 5), calls.slice(5)],
  'two files, the later first': [calls.slice(5), calls.slice(0, 5)],
  'a file for each call, backwards': calls.map((call) => [call]).reverse(),
  'odd ones first': [calls.filter((_, index) => index % 2 === 1), calls.filter((_, index) => index % 2 === 0)],
};

test('the same calls in files of any order cost the same', async () => {
  let expected: readonly object[] | undefined;
  for (const [name, parts] of Object.entries(orders)) {
    await withHome(async (home) => {
      await loadInParts(home, parts);
      assert.equal(await amount(home, 'south', 'outgoing'), DUE, name);
      const found = await rollup(home);
      expected ??= found;
      assert.deepEqual(found, expected, name);
      await assertBooksAgree(home);
      const { rows } = await home.database.pool.query('select value, disturbed from usage_counter');
      assert.deepEqual(rows, [{ value: '2880', disturbed: false }], name);
    });
  }
});

test('an adjusted charge is explained: what was booked, what was added and why', async () => {
  await withHome(async (home) => {
    await loadInParts(home, [calls.slice(5), calls.slice(0, 5)]);
    const { charges } = await explainUsage(home, '1/out');
    const [charge] = charges;
    assert.ok(charge);
    // Booked as the month's first call: 4 × 0.03; it is the sixth, behind 20 minutes: 4 × 0.02.
    assert.deepEqual([charge.booked?.amountNanos, charge.dueNanos, charge.faults], [120_000_000n, 80_000_000n, []]);
    assert.deepEqual(
      charge.adjustments.map(({ amountNanos, reason }) => [amountNanos, reason]),
      [[-40_000_000n, 'earlier-usage-arrived-later']],
    );
  });
});

test('adjustments are adjusted again when still earlier usage arrives', async () => {
  await withHome(async (home) => {
    await loadInParts(home, [calls.slice(8), calls.slice(4, 8), calls.slice(0, 4)]);
    assert.equal(await amount(home, 'south', 'outgoing'), DUE);
    const { charges } = await explainUsage(home, '1/out');
    assert.deepEqual([charges[0]?.adjustments.length, charges[0]?.dueNanos, charges[0]?.faults], [2, 40_000_000n, []]);
    await assertBooksAgree(home);
  });
});

test('what was held and comes late takes its place in the order', async () => {
  await withHome(async (home) => {
    await loadInParts(home, [calls.map((call, index) => (index < 4 ? { ...call, in: 'new-trunk' } : call))]);
    await configure(home, {
      ...operator,
      'operator.yaml': operator['operator.yaml'].replace('switch/north]', 'switch/north, switch/new-trunk]'),
    });
    assert.equal((await retryUsage(home, {})).rated, 4);
    assert.equal(await amount(home, 'south', 'outgoing'), DUE);
    await assertBooksAgree(home);
  });
});

test('a period begins anew: a call of another month does not move this one', async () => {
  await withHome(async (home) => {
    // 1 October 04:00 in Berlin is still September in the agreement's zone.
    const september = { id: 's', start: '2026-10-01 04:00:00', seconds: 600 };
    await loadInParts(home, [calls, [september]]);
    assert.equal(await amount(home, 'south', 'outgoing'), DUE + 300_000_000n);
    const { rows } = await home.database.pool.query('select count(*) as adjustments from usage_adjustment');
    assert.deepEqual(rows, [{ adjustments: 0n }]);
  });
});
