import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LocalClock } from './local-clock.ts';
import { compileTimePicture } from './time-picture.ts';

function read(picture: string, text: string): { micros: number; instant: boolean } {
  const reader = compileTimePicture(picture);
  assert.ok(reader, `picture ${picture}`);
  const reading = { micros: 0, instant: false };
  reader(text, reading);
  return reading;
}

const utc = (text: string): number => Date.parse(`${text}Z`) * 1000;

for (const [picture, text, expected] of [
  ['YYYY-MM-DD HH:mm:ss', '2026-10-05 08:01:02', '2026-10-05T08:01:02'],
  ['YYYY-MM-DD HH:mm:ss', '2026-10-05 08:01:02.25', '2026-10-05T08:01:02.250'],
  ['DD.MM.YYYY HH:mm:ss.SSS', '05.10.2026 08:01:02.250', '2026-10-05T08:01:02.250'],
  ['DD.MM.YYYY HH:mm:ss,SSS', '05.10.2026 08:01:02', '2026-10-05T08:01:02'],
  ['DD.MM.YYYY HH:mm', '05.10.2026 08:01', '2026-10-05T08:01:00'],
  ['D/M/YY H:mm:ss', '5/10/26 8:01:02', '2026-10-05T08:01:02'],
  ['YYYYMMDDHHmmss', '20240229235960', '2024-03-01T00:00:00'],
  ['DD MMM YYYY HH:mm:ss', '05 Oct 2026 08:01:02', '2026-10-05T08:01:02'],
  ['iso', '2026-10-05T08:01:02', '2026-10-05T08:01:02'],
] as const) {
  test(`${picture} reads ${text}`, () => assert.deepEqual(read(picture, text), { micros: utc(expected), instant: false }));
}

for (const [picture, text, expected] of [
  ['YYYY-MM-DDTHH:mm:ssZ', '2026-10-05T08:01:02+02:00', '2026-10-05T06:01:02'],
  ['iso', '2026-10-05 08:01:02.5Z', '2026-10-05T08:01:02.500'],
  ['iso', '2026-10-05T08:01:02-0530', '2026-10-05T13:31:02'],
  ['epoch-s', '1791187262.25', '2026-10-05T08:01:02.250'],
  ['epoch-ms', '1791187262250', '2026-10-05T08:01:02.250'],
  ['epoch-us', '1791187262250000', '2026-10-05T08:01:02.250'],
] as const) {
  test(`${picture} reads ${text} as an instant`, () => assert.deepEqual(read(picture, text), { micros: utc(expected), instant: true }));
}

for (const [picture, text] of [
  ['YYYY-MM-DD HH:mm:ss', '2026-02-29 08:00:00'],
  ['YYYY-MM-DD HH:mm:ss', '2026-13-01 08:00:00'],
  ['YYYY-MM-DD HH:mm:ss', '2026-10-05 24:00:00'],
  ['YYYY-MM-DD HH:mm:ss', '2026-10-05 08:00:00x'],
  ['YYYY-MM-DD HH:mm:ss', '2026-10-05 08:00'],
  ['YYYY-MM-DD HH:mm:ss', ''],
  ['iso', '5 October'],
  ['epoch-s', '-5'],
] as const) {
  test(`${picture} refuses ${JSON.stringify(text)}`, () => assert.ok(Number.isNaN(read(picture, text).micros)));
}

test('a picture without a full date is none', () => {
  assert.equal(compileTimePicture('HH:mm:ss'), undefined);
  assert.equal(compileTimePicture('YYYY-MM HH'), undefined);
});

test('the clock of a zone tells one, two or no instants for a local time', () => {
  const berlin = new LocalClock('Europe/Berlin');
  assert.deepEqual(berlin.meaning(utc('2026-07-01T12:00:00')), { kind: 'one', micros: utc('2026-07-01T10:00:00') });
  assert.deepEqual(berlin.meaning(utc('2026-10-25T02:30:00')), {
    kind: 'two',
    earlier: utc('2026-10-25T00:30:00'),
    later: utc('2026-10-25T01:30:00'),
  });
  assert.deepEqual(berlin.meaning(utc('2026-03-29T02:30:00')), { kind: 'none', shifted: utc('2026-03-29T01:30:00') });
});

test('a change by half an hour leaves the other half of the hour unambiguous', () => {
  const lordHowe = new LocalClock('Australia/Lord_Howe');
  assert.equal(lordHowe.meaning(utc('2026-04-05T01:45:00')).kind, 'two');
  assert.equal(lordHowe.meaning(utc('2026-04-05T01:15:00')).kind, 'one');
});
