import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Agreement } from '../agreements/agreements.ts';
import { usualSettlement } from '../agreements/settlement-terms.ts';
import { windowOf, windowsEndingIn } from './deals/deal-windows.ts';
import { settlementPeriodOf } from './settlement-periods.ts';

const rows: readonly (readonly [kind: Agreement['settlementPeriod'], start: string | undefined, day: string, label: string])[] = [
  ['month', undefined, '2026-10-31', '2026-10'],
  ['week', undefined, '2026-10-21', '2026-W43'],
  ['half-month', undefined, '2026-10-16', '2026-10-H2'],
  ['quarter', undefined, '2026-10-16', '2026-Q4'],
  ['day', '2026-01-16', '2026-10-16', '2026-10-16'],
  ['month', '2026-01-16', '2026-10-15', '2026-09-16..2026-10-15'],
  ['month', '2026-01-16', '2026-10-16', '2026-10-16..2026-11-15'],
  ['month', '2027-05-16', '2026-10-16', '2026-10-16..2026-11-15'],
  ['month', '2026-01-01', '2026-10-16', '2026-10'],
  ['week', '2026-01-01', '2026-10-21', '2026-10-15..2026-10-21'],
  ['week', '2026-01-01', '2026-10-22', '2026-10-22..2026-10-28'],
  ['half-month', '2026-01-05', '2026-10-04', '2026-09-20..2026-10-04'],
  ['half-month', '2026-01-05', '2026-10-19', '2026-10-05..2026-10-19'],
  ['quarter', '2026-02-10', '2026-11-09', '2026-08-10..2026-11-09'],
  ['quarter', '2026-02-10', '2026-11-10', '2026-11-10..2027-02-09'],
];

for (const [kind, start, day, label] of rows)
  test(`${day} lies in ${label} of a ${kind} ${start === undefined ? 'of the calendar' : `that begins on ${start}`}`, () => {
    const settlement = { ...usualSettlement, ...(start === undefined ? {} : { periodStart: start }) };
    const period = settlementPeriodOf({ settlementPeriod: kind, settlement }, day);
    assert.equal(period.label, label);
    assert.ok(period.from <= day && day < period.to);
    assert.equal(settlementPeriodOf({ settlementPeriod: kind, settlement }, period.to).from, period.to, 'the next begins where it ends');
  });

test('windows of a deal are counted from its first day, and the last ends with it', () => {
  const deal = { from: '2026-01-31', to: '2026-05-15', every: 'month' } as const;
  assert.deepEqual(windowOf(deal, '2026-02-27'), { from: '2026-01-31', to: '2026-02-28' });
  assert.deepEqual(windowOf(deal, '2026-02-28'), { from: '2026-02-28', to: '2026-03-31' });
  assert.deepEqual(windowOf(deal, '2026-05-14'), { from: '2026-04-30', to: '2026-05-15' });
  assert.equal(windowOf(deal, '2026-05-15'), undefined);
  assert.deepEqual(
    windowsEndingIn(deal, { from: '2026-02-01', to: '2026-05-01' }).map(({ to }) => to),
    ['2026-02-28', '2026-03-31', '2026-04-30'],
  );
});
