import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DayClock } from './day-clock.ts';
import { periodOf } from './period.ts';
import {
  formatInstant,
  formatLocal,
  hasExactMidnight,
  isLocalDate,
  isZone,
  localDate,
  parseInstant,
  parseLocalDateTime,
  startOfLocalDay,
} from './zoned.ts';

test('instants are read and written to the microsecond', () => {
  assert.equal(parseInstant('2026-10-25T02:30:00.000001+02:00'), Date.UTC(2026, 9, 25, 0, 30) * 1000 + 1);
  assert.equal(formatInstant(Date.UTC(2026, 9, 25, 0, 30) * 1000 + 1), '2026-10-25T00:30:00.000001Z');
  assert.equal(parseInstant('2026-10-25T02:30:00'), undefined);
  assert.equal(parseInstant('2255-06-05T23:47:34.740991Z'), Number.MAX_SAFE_INTEGER);
  for (const beyond of ['2255-06-05T23:47:34.740992Z', '9999-12-31T00:00:00Z', '1684-01-01T00:00:00Z', '+275760-09-13T00:00:00Z'])
    assert.equal(parseInstant(beyond), undefined, beyond);
  assert.deepEqual(['1699-12-31', '1700-01-01', '2199-12-31', '2200-01-01', '2026-02-30'].map(hasExactMidnight), [
    false,
    true,
    true,
    false,
    false,
  ]);
});

test('a local time in the repeated hour is the earlier one unless the later is asked for', () => {
  const earlier = parseLocalDateTime('2026-10-25 02:30:00', 'Europe/Berlin');
  const later = parseLocalDateTime('2026-10-25 02:30:00', 'Europe/Berlin', 'later');
  assert.equal(formatInstant(earlier ?? 0), '2026-10-25T00:30:00Z');
  assert.equal(formatInstant(later ?? 0), '2026-10-25T01:30:00Z');
  assert.equal(formatLocal('Europe/Berlin', later ?? 0), '2026-10-25 02:30:00+01:00');
});

test('a local time that the clock skips, a day that does not exist and a thirteenth month are no times', () => {
  assert.equal(parseLocalDateTime('2026-03-29 02:30:00', 'Europe/Berlin', 'reject'), undefined);
  assert.equal(parseLocalDateTime('2026-02-29 00:00:00', 'Europe/Berlin'), undefined);
  assert.equal(parseLocalDateTime('2026-13-01 00:00:00', 'Europe/Berlin'), undefined);
  assert.equal(isLocalDate('2026-02-29'), false);
  for (const zone of ['', 'Berlin', 'Europe/Atlantis', '../etc', 'Z', 'Mars/Olympus']) assert.equal(isZone(zone), false, zone);
  for (const zone of ['UTC', 'Asia/Kolkata', 'Europe/Kiev', 'Europe/Kyiv']) assert.ok(isZone(zone), zone);
});

test('days have 23, 24 and 25 hours', () => {
  const hours = (date: string, next: string): number =>
    (startOfLocalDay('Europe/Berlin', next) - startOfLocalDay('Europe/Berlin', date)) / 3_600_000_000;
  assert.equal(hours('2026-03-29', '2026-03-30'), 23);
  assert.equal(hours('2026-07-01', '2026-07-02'), 24);
  assert.equal(hours('2026-10-25', '2026-10-26'), 25);
});

for (const zone of ['Europe/Berlin', 'America/Havana', 'Pacific/Apia', 'Asia/Kathmandu', 'America/Sao_Paulo', 'Australia/Lord_Howe']) {
  test(`a day clock in ${zone} gives the local date of every quarter of an hour`, () => {
    const clock = new DayClock(zone);
    for (const day of ['2011-12-29', '2018-11-03', '2026-03-07', '2026-03-28', '2026-10-24', '2026-10-31']) {
      const from = Date.parse(`${day}T00:00:00Z`) * 1000;
      for (let quarter = 0; quarter < 4 * 24 * 3; quarter += 1) {
        const at = from + quarter * 900_000_000 - 1;
        assert.equal(clock.date(at), localDate(zone, at), new Date(at / 1000).toISOString());
      }
    }
  });
}

test('periods are stretches of local days', () => {
  assert.deepEqual(periodOf('week', '2026-11-01'), { from: '2026-10-26', to: '2026-11-02' });
  assert.deepEqual(periodOf('half-month', '2026-02-16'), { from: '2026-02-16', to: '2026-03-01' });
  assert.deepEqual(periodOf('month', '2026-12-31'), { from: '2026-12-01', to: '2027-01-01' });
  assert.deepEqual(periodOf('quarter', '2026-05-31'), { from: '2026-04-01', to: '2026-07-01' });
  assert.deepEqual(periodOf('year', '2028-02-29'), { from: '2028-01-01', to: '2029-01-01' });
});
