import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Agreement, settlementPeriods } from '../agreements/agreements.ts';
import { usualSettlement } from '../agreements/settlement-terms.ts';
import { valueOrThrow } from '../refusals.ts';
import { localDate, MICROS_PER_SECOND, startOfLocalDay } from '../time/zoned.ts';
import { windowOf, windowsEndingIn } from './deals/deal-windows.ts';
import { LATEST_START, settlementPeriodOf } from './settlement-periods.ts';
import { lastDay, parseStatementPeriod } from './statement-period.ts';

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

// Clocks that change at midnight (Havana, Beirut, São Paulo), by half an hour (Lord Howe), a day that never was (Apia, 30 December 2011).
const ZONES = [
  'Europe/Berlin',
  'America/Havana',
  'Asia/Beirut',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Asia/Kathmandu',
];

/** A second before a change of clocks, the change, and other moments around it: seconds. */
const AROUND = [-86_400, -3600, -1, 0, 1, 1800, 3600, 86_399];

function changeAfter(zone: string, epochSeconds: number): number {
  const at = Temporal.Instant.fromEpochMilliseconds(epochSeconds * 1000).toZonedDateTimeISO(zone);
  return (at.getTimeZoneTransition('next')?.epochMilliseconds ?? epochSeconds * 1000) / 1000;
}

test('each moment lies in one period, of any kind, start and zone, also around changes of clocks; periods follow one another without a gap', () => {
  const kinds = fc.constantFrom(...settlementPeriods);
  const zones = fc.constantFrom(...ZONES);
  const years = fc.integer({ min: 2010, max: 2027 });
  fc.assert(
    fc.property(
      kinds,
      zones,
      years,
      fc.integer({ min: 0, max: 365 }),
      fc.nat(40),
      fc.constantFrom(...AROUND),
      (kind, zone, year, day, first, around) => {
        const latest = Math.min(LATEST_START[kind], 28);
        const periodStart = `${year - 1}-0${1 + (day % 9)}-${String(1 + (first % latest)).padStart(2, '0')}`;
        const starts = first % 4 > 0 && Temporal.PlainDate.from(periodStart).day <= latest;
        const terms = { settlementPeriod: kind, settlement: { ...usualSettlement, ...(starts ? { periodStart } : {}) } };
        const micros = (changeAfter(zone, Date.UTC(year, 0, 1 + day) / 1000) + around) * MICROS_PER_SECOND;
        const local = localDate(zone, micros);
        const period = settlementPeriodOf(terms, local);
        const said = JSON.stringify({ kind, zone, local, periodStart: starts ? periodStart : undefined, period });
        assert.ok(period.from <= local && local < period.to, said);
        assert.ok(startOfLocalDay(zone, period.from) <= micros && micros < startOfLocalDay(zone, period.to), said);
        const dayBefore = Temporal.PlainDate.from(period.from).subtract({ days: 1 }).toString();
        assert.equal(settlementPeriodOf(terms, dayBefore).to, period.from, said);
        assert.equal(settlementPeriodOf(terms, period.to).from, period.to, said);
        // All its days are of the same period, whichever is asked about; and what it is called means it.
        assert.deepEqual(settlementPeriodOf(terms, lastDay(period)), period, said);
        if (!period.label.includes('..')) {
          const { from, to } = valueOrThrow(parseStatementPeriod(period.label));
          assert.deepEqual([from, to], [period.from, period.to], said);
        }
      },
    ),
    { seed: 11, numRuns: 3000 },
  );
});
