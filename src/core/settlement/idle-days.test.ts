import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idleDays } from './idle-days.ts';

const october = { from: '2026-10-01', to: '2026-11-01' };

/** All days of September and October but these. */
function daysWithout(missing: (day: Temporal.PlainDate) => boolean): ReadonlySet<string> {
  const first = Temporal.PlainDate.from('2026-09-01');
  const days = Array.from({ length: 61 }, (_, at) => first.add({ days: at }));
  return new Set(days.filter((day) => !missing(day)).map(String));
}

test('a day without traffic is idle where its weekday usually has some', () => {
  const rows: readonly (readonly [string, (day: Temporal.PlainDate) => boolean, readonly string[]])[] = [
    ['traffic every day', () => false, []],
    ['a day is missing', (day) => day.toString() === '2026-10-14', ['2026-10-14']],
    ['never on weekends', (day) => day.dayOfWeek > 5, []],
    ['never on weekends, and a Monday is missing', (day) => day.dayOfWeek > 5 || day.toString() === '2026-10-12', ['2026-10-12']],
    ['two weeks in a row: both are told', (day) => ['2026-10-07', '2026-10-14'].includes(day.toString()), ['2026-10-07', '2026-10-14']],
    ['it has stopped for good: told for two weeks', (day) => day.toString() >= '2026-10-15', october14()],
    ['it began in the month', (day) => day.toString() < '2026-10-10', []],
    ['no traffic at all', () => true, []],
  ];
  for (const [what, missing, idle] of rows) assert.deepEqual(idleDays(daysWithout(missing), october), idle, what);
});

function october14(): readonly string[] {
  return Array.from({ length: 14 }, (_, at) => `2026-10-${15 + at}`);
}
