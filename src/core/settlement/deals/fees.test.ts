import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Agreement } from '../../agreements/agreements.ts';
import type { Fee } from '../../agreements/deals.ts';
import { usualSettlement } from '../../agreements/settlement-terms.ts';
import { formatNanos } from '../../money/amount.ts';
import { firstFeeDay, openFeeWindows } from './fee-windows.ts';
import { feeAdjustments } from './fees.ts';
import type { SettledDeal } from './settle-deals.ts';

const ports: Fee = {
  ...{ id: 'ports', kind: 'fee', name: 'E1 ports', side: 'receivable', price: '40.00', quantity: '12' },
  ...{ from: '2026-01-01', every: 'month', due: 'arrears' },
};

const version = (validFrom: string, deals: readonly Fee[], more: Partial<Agreement> = {}): Agreement => ({
  ...{ id: 'a', versionId: 1, name: 'A', account: 'a', zone: 'UTC', currency: 'EUR', validFrom, seconds: 'as-given', bands: 'start' },
  ...{ rounding: { decimals: 6, mode: 'half-up' }, settlementPeriod: 'month', services: [] },
  settlement: { ...usualSettlement, deals },
  ...more,
});

const month = (text: string) => {
  const first = Temporal.PlainDate.from(`${text}-01`);
  return { from: first.toString(), to: first.add({ months: 1 }).toString() };
};

/**
 * Months closed one after another, each with what those before it booked: `2026-10: 480`. Behind a month that was made under the same versions
 * it comes to the same from what was booked for open windows alone.
 */
function closed(
  known: readonly Agreement[],
  months: readonly string[],
  earlier?: { known: readonly Agreement[]; months: readonly string[] },
) {
  const settled: SettledDeal[] = [];
  const said: string[] = [];
  let from: string | undefined;
  const stored = [...(earlier?.known ?? []), ...known];
  const run = (versions: readonly Agreement[], labels: readonly string[]): void => {
    for (const [at, label] of labels.entries()) {
      const period = month(label);
      const made = feeAdjustments({
        ...{ known: versions, versions: stored, period, settled: [...settled] },
        closed: from === undefined ? undefined : { from, to: period.from },
      });
      const open = at === 0 ? undefined : openFeeWindows(versions, period);
      if (open !== undefined) {
        const own = settled.filter(({ deal, window }) => window >= (open.get(deal) ?? '9999'));
        assert.deepEqual(feeAdjustments({ known: versions, versions: stored, period, settled: own, closed: undefined }), made);
      }
      from ??= period.from;
      for (const { deal, window, side, amountNanos } of made) settled.push({ deal: deal.id, window: window.from, side, amountNanos });
      said.push(`${label}: ${made.map(({ amountNanos }) => formatNanos(amountNanos)).join(' ')}`.trim());
    }
  };
  if (earlier !== undefined) run(earlier.known, earlier.months);
  run(known, months);
  return said;
}

const rows: readonly (readonly [what: string, versions: readonly Agreement[], months: readonly string[], expected: readonly string[]])[] = [
  [
    '12 ports at 40.00 a month are 480, each month once',
    [version('2026-01-01', [ports])],
    ['2026-01', '2026-02'],
    ['2026-01: 480', '2026-02: 480'],
  ],
  [
    'from the 15th of a month of 31 days 17 of 31 days are due',
    [version('2026-01-01', [{ ...ports, from: '2026-10-15' }])],
    ['2026-09', '2026-10', '2026-11'],
    ['2026-09:', '2026-10: 263.225806', '2026-11: 480'],
  ],
  [
    'in advance the first statement has what is left of its own month and the next whole one',
    [version('2026-10-15', [{ ...ports, due: 'advance' }])],
    ['2026-10', '2026-11'],
    ['2026-10: 263.225806 480', '2026-11: 480'],
  ],
  [
    'a quarter in arrears is on its last month, one in advance on the month before it',
    [
      version('2026-01-01', [
        { ...ports, every: 'quarter', quantity: '1' },
        { ...ports, id: 'early', every: 'quarter', due: 'advance', price: '90', quantity: '1', from: '2026-04-01' },
      ]),
    ],
    ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06'],
    ['2026-01:', '2026-02:', '2026-03: 40 90', '2026-04:', '2026-05:', '2026-06: 40 90'],
  ],
  [
    'years from the 15th of March end on the 14th',
    [version('2025-03-15', [{ ...ports, every: 'year', cycleStart: '2025-03-15', from: '2025-03-15' }])],
    ['2026-02', '2026-03', '2026-04'],
    ['2026-02:', '2026-03: 480', '2026-04:'],
  ],
  [
    'a fee due once is on the statement of its day, whole, and never again',
    [version('2026-01-01', [{ ...ports, every: 'once', from: '2026-02-10', price: '250', quantity: '1' }])],
    ['2026-01', '2026-02', '2026-03'],
    ['2026-01:', '2026-02: 250', '2026-03:'],
  ],
  [
    'three more ports from the 11th of a month of 30 days: 10 days of 12 and 20 days of 15',
    [version('2026-01-01', [ports]), version('2026-11-11', [{ ...ports, quantity: '15' }])],
    ['2026-10', '2026-11', '2026-12'],
    ['2026-10: 480', '2026-11: 560', '2026-12: 600'],
  ],
  [
    'months that become quarters with a new version are due up to it, and the quarter from it on',
    [version('2026-01-01', [ports]), version('2026-11-01', [{ ...ports, every: 'quarter', price: '120' }])],
    ['2026-10', '2026-11', '2026-12'],
    // 61 of 92 days of 1,440.
    ['2026-10: 480', '2026-11:', '2026-12: 954.782609'],
  ],
  [
    'what was before the first settled day was billed elsewhere',
    [
      version('2026-01-01', [{ ...ports, every: 'year', price: '365', quantity: '1' }], {
        settlement: { ...usualSettlement, from: '2026-12-01', deals: [{ ...ports, every: 'year', price: '365', quantity: '1' }] },
      }),
    ],
    ['2026-12'],
    ['2026-12: 31'],
  ],
  [
    'an agreement that ends in the middle of a month owes its fees to its last day',
    [version('2026-01-01', [ports], { validTo: '2026-10-11' })],
    ['2026-09', '2026-10'],
    ['2026-09: 480', '2026-10: 154.83871'],
  ],
];
for (const [what, versions, months, expected] of rows) test(what, () => assert.deepEqual(closed(versions, months), expected));

test('a fee in advance that ends earlier than it was billed is given back on the next statement, the difference only', () => {
  const before = { known: [version('2026-01-01', [{ ...ports, due: 'advance' }])], months: ['2026-09', '2026-10'] };
  const ended = [version('2026-01-01', [{ ...ports, due: 'advance', to: '2026-11-16' }])];
  // September's first statement has January to October; October's has November. 15 of November's 30 days are given back.
  assert.deepEqual(closed(ended, ['2026-11', '2026-12'], before).slice(1), ['2026-10: 480', '2026-11: -240', '2026-12:']);
});

test('a fee that is taken out of all versions is given back; one that is put in for closed days is billed with the next statement', () => {
  const with12 = [version('2026-09-01', [ports])];
  const none = [version('2026-09-01', [])];
  assert.deepEqual(closed(none, ['2026-10', '2026-11'], { known: with12, months: ['2026-09'] }), [
    '2026-09: 480',
    '2026-10: -480',
    '2026-11:',
  ]);
  assert.deepEqual(closed(with12, ['2026-11'], { known: none, months: ['2026-09', '2026-10'] }), [
    '2026-09:',
    '2026-10:',
    '2026-11: 480 480 480',
  ]);
});

test('side, price and cycle may change for closed days: all that was booked is made good, and nothing twice', () => {
  const sum = (lines: readonly string[]) =>
    lines.flatMap((line) => line.split(': ')[1]?.split(' ').map(Number) ?? []).reduce((all, each) => all + each, 0);
  const before = { known: [version('2026-07-01', [ports])], months: ['2026-07', '2026-08', '2026-09'] };
  const quarterly = [version('2026-07-01', [{ ...ports, every: 'quarter', price: '100' }])];
  assert.equal(sum(closed(quarterly, ['2026-10'], before)), 1200);
  const theirs = [version('2026-07-01', [{ ...ports, side: 'payable' }])];
  assert.deepEqual(closed(theirs, ['2026-10'], before).at(-1), '2026-10: -480 -480 -480 480 480 480 480');
});

test('the words can be followed with pencil and paper', () => {
  const versions = [version('2026-01-01', [ports]), version('2026-11-11', [{ ...ports, quantity: '15' }])];
  const [made] = feeAdjustments({ known: versions, versions, period: month('2026-11'), closed: undefined, settled: [] });
  assert.equal(made?.words, 'E1 ports, 1 – 30 November 2026: 12 × 40 for 10 of 30 days: 160; 15 × 40 for 20 of 30 days: 400.');
  assert.deepEqual([made?.quantity, made?.price], [0n, undefined]);
  const [whole] = feeAdjustments({ known: versions, versions, period: month('2026-10'), closed: undefined, settled: [] });
  assert.deepEqual([whole?.words, whole?.quantity, whole?.price], ['E1 ports, 1 – 31 October 2026: 12 × 40: 480.', 12n, '40.00']);
});

test('statements begin with the first day of a fee, of one in advance with the day before', () => {
  assert.equal(firstFeeDay([version('2026-01-01', [{ ...ports, from: '2026-11-01' }])]), '2026-11-01');
  assert.equal(firstFeeDay([version('2026-01-01', [{ ...ports, from: '2026-11-01', due: 'advance' }])]), '2026-10-31');
  assert.equal(firstFeeDay([version('2026-11-01', [{ ...ports, from: '2026-11-01', due: 'advance' }])]), '2026-11-01');
  assert.equal(firstFeeDay([version('2026-11-01', [])]), undefined);
});

test('what was settled under the same versions is settled: any fees in any cycles come to the same without their history', () => {
  const pick = <const T>(from: readonly [T, ...T[]], seed: number): T => from[seed % from.length] ?? from[0];
  for (let seed = 0; seed < 300; seed += 1) {
    const fee = (at: number): Fee => {
      const own = seed * 31 + at * 7;
      const every = pick(['month', 'quarter', 'half-year', 'year', 'once', 'period'], own);
      const from = pick(['2026-01-01', '2026-02-15', '2026-05-31', '2026-07-20'], own >> 1);
      const cycle =
        every === 'once' || every === 'period' || own % 3 > 0 ? {} : { cycleStart: pick(['2025-12-15', '2026-01-31'], own >> 2) };
      const to = own % 5 === 0 ? { to: pick(['2026-06-10', '2026-09-01', '2026-12-31'], own >> 1) } : {};
      return {
        ...ports,
        id: `f${at % (seed % 7 === 0 ? 1 : 3)}`,
        every,
        from,
        due: pick(['advance', 'arrears'], own >> 3),
        ...cycle,
        ...to,
      };
    };
    const fees = [fee(0), fee(1), fee(2)];
    const first = [version('2026-01-01', fees), version('2026-06-15', [fee(3), fee(1), fee(5)])];
    const months = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09'] as const;
    const changed = [version('2026-01-01', [fee(4), fee(2)]), version('2026-06-15', [fee(3), fee(1)])];
    closed(changed, months.slice(4), { known: first, months: months.slice(0, 4) });
  }
});
