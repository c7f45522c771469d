import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BandClock, checkTimeBands } from './band-clock.ts';
import type { TimeBandSet } from './time-bands.ts';
import { toZoned } from './zoned.ts';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const set: TimeBandSet = {
  id: 'set',
  calendar: 'holidays',
  bands: [
    { name: 'peak', ranges: [{ days: weekdays, fromMinute: 480, toMinute: 1080 }], otherwise: false },
    { name: 'night', ranges: [{ days: [...weekdays, 'sat', 'sun', 'holiday'], fromMinute: 1320, toMinute: 150 }], otherwise: false },
    { name: 'holiday', ranges: [{ days: ['holiday'], fromMinute: 150, toMinute: 1320 }], otherwise: false },
    { name: 'rest', ranges: [], otherwise: true },
  ],
};
const calendar = { id: 'holidays', dates: ['2026-10-26', '2027-04-05'] };

/** The plain model: ask the wall clock. */
function plainBand(zone: string, micros: number): string {
  const local = toZoned(zone, micros);
  const minute = local.hour * 60 + local.minute;
  if (minute >= 1320 || minute < 150) return 'night';
  if (calendar.dates.includes(local.toPlainDate().toString())) return 'holiday';
  return local.dayOfWeek <= 5 && minute >= 480 && minute < 1080 ? 'peak' : 'rest';
}

for (const zone of [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'America/Havana',
  'Pacific/Chatham',
]) {
  test(`bands in ${zone} are those of the wall clock, through both clock changes`, () => {
    const clock = new BandClock(set, calendar, zone);
    for (const day of ['2026-03-07', '2026-03-28', '2026-04-04', '2026-10-03', '2026-10-24', '2026-10-31', '2027-04-03']) {
      const from = Date.parse(`${day}T00:00:00Z`) * 1000;
      for (let minute = 0; minute < 3 * 1440; minute += 7) {
        const at = from + minute * 60_000_000 + 59_999_999;
        assert.equal(set.bands[clock.at(at)]?.name, plainBand(zone, at), `${zone} ${new Date(at / 1000).toISOString()}`);
      }
    }
  });
}

test('the next boundary is never behind a change of band', () => {
  const clock = new BandClock(set, calendar, 'Europe/Berlin');
  let at = Date.parse('2026-10-24T00:00:00Z') * 1000;
  for (let step = 0; step < 40; step += 1) {
    const next = clock.nextBoundary(at);
    assert.ok(next > at);
    assert.equal(clock.at(next - 1), clock.at(at));
    at = next;
  }
});

test('a band set with a gap or an overlap is refused with the day and time', () => {
  const gap = { id: 'gap', bands: [{ name: 'peak', ranges: [{ days: weekdays, fromMinute: 480, toMinute: 1080 }], otherwise: false }] };
  assert.equal(checkTimeBands(gap)[0]?.message, 'time bands gap: no band covers mon 00:00');
  const [peak, , , rest] = set.bands;
  const early = { name: 'early', ranges: [{ days: ['tue'], fromMinute: 420, toMinute: 500 }], otherwise: false } as const;
  assert.ok(peak !== undefined && rest !== undefined);
  assert.deepEqual(
    checkTimeBands({ id: 'two', bands: [peak, early, rest] }).map(({ message }) => message),
    ['time bands two: peak and early both cover tue 08:00'],
  );
  assert.deepEqual(checkTimeBands(set), []);
});
