import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TrafficDeal } from '../../agreements/deals.ts';
import { formatNanos } from '../../money/amount.ts';
import { dealProgress } from './deal-forecast.ts';
import type { DealUsage } from './deal-usage.ts';
import type { DealBooks } from './settle-deals.ts';

const commitment: TrafficDeal = {
  ...{ id: 'c', kind: 'commitment', side: 'receivable', measure: 'minutes', quantity: '31000', price: '0.01' },
  ...{ from: '2026-10-01', to: '2027-01-01', every: 'month' },
};

function traffic(minutesOn: (weekday: number) => number, days: number): DealUsage[] {
  return Array.from({ length: days }, (_, at) => {
    const day = Temporal.PlainDate.from('2026-10-01').add({ days: at });
    const billed = BigInt(minutesOn(day.dayOfWeek)) * 60n;
    const usual = { side: 'receivable', service: 'voice', destination: 'Germany' } as const;
    return { ...usual, day: day.toString(), billed, amountNanos: (billed * 10_000_000n) / 60n };
  });
}
const books = (usage: readonly DealUsage[]): DealBooks => ({
  deals: [commitment],
  rounding: { decimals: 4, mode: 'half-up' },
  usage,
  others: new Map(),
});
const figures = (usage: readonly DealUsage[], on: string) => {
  const [{ sides: [side] = [], ...head } = { daysOver: -1, days: -1, sides: [] }] = dealProgress(books(usage), on);
  const of = (outcome: typeof side extends infer S ? (S extends { soFar: infer O } ? O | undefined : never) : never) =>
    outcome === undefined ? undefined : [Number(outcome.sums.quantity) / 60, formatNanos(outcome.amountNanos)];
  return { over: [head.daysOver, head.days], soFar: of(side?.soFar), linear: of(side?.linear), byWeekday: of(side?.byWeekday) };
};

test('even traffic is forecast the same both ways: 900 min a day are 27,900 in October, 3,100 short', () => {
  assert.deepEqual(
    figures(
      traffic(() => 900, 31),
      '2026-10-11',
    ),
    {
      over: [10, 31],
      soFar: [9000, '220'],
      linear: [27_900, '31'],
      byWeekday: [27_900, '31'],
    },
  );
});

test('working days of 1,200 and free ones of 200: the weekday forecast is what October comes to, the linear one is not', () => {
  // October 2026 has 22 working days and 9 Saturdays and Sundays: 26,400 + 1,800. The first 14 days have 10 and 4: 12,800.
  const usage = traffic((weekday) => (weekday < 6 ? 1200 : 200), 31);
  const { linear, byWeekday } = figures(usage, '2026-10-15');
  assert.deepEqual(byWeekday, [28_200, '28']);
  assert.deepEqual(linear?.[0], Math.round((12_800 * 60 * 31) / 14) / 60);
});

test('on the first day nothing is over, and nothing is forecast; after the end there is no window', () => {
  assert.deepEqual(figures([], '2026-10-01'), { over: [0, 31], soFar: [0, '310'], linear: undefined, byWeekday: undefined });
  assert.deepEqual(dealProgress(books([]), '2027-01-01'), []);
});
