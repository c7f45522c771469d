import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatInstant, parseInstant } from '../time/zoned.ts';
import { bandChanges } from './band-changes.ts';

const peak = { days: ['mon', 'tue', 'wed', 'thu', 'fri'] as const, fromMinute: 480, toMinute: 1200 };
const set = {
  id: 'week',
  calendar: 'de',
  bands: [
    { name: 'peak', ranges: [peak], otherwise: false },
    { name: 'off-peak', ranges: [{ ...peak, days: ['holiday'] as const, fromMinute: 0, toMinute: 0 }], otherwise: true },
  ],
};

test('bands change where another begins, not at midnight; weekends, holidays and clock changes count', () => {
  const [from, to] = [parseInstant('2026-10-22T22:00:00Z') ?? 0, parseInstant('2026-10-28T23:00:00Z') ?? 0];
  // Friday 23 October; summer time ends on Sunday; Monday is made a holiday.
  assert.deepEqual(bandChanges(set, { id: 'de', dates: ['2026-10-26'] }, 'Europe/Berlin', from, to).map(formatInstant), [
    '2026-10-23T06:00:00Z',
    '2026-10-23T18:00:00Z',
    '2026-10-27T07:00:00Z',
    '2026-10-27T19:00:00Z',
    '2026-10-28T07:00:00Z',
    '2026-10-28T19:00:00Z',
  ]);
});
