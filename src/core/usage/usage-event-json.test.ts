import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseUsageEvent } from './usage-event-json.ts';

const call = { id: '1', service: 'voice', start: '2026-10-25T02:30:00+02:00', called: '+447700900123', trunkIn: 'a', duration: '61.5' };

function faultsOf(event: object): string[] {
  const result = parseUsageEvent(JSON.stringify(event));
  return result.ok ? [] : result.refusals.map(({ message, at }) => `${at?.field}: ${message}`);
}

test('a call is read with its fraction of a second and its number without the plus', () => {
  const result = parseUsageEvent(JSON.stringify(call));
  assert.ok(result.ok);
  assert.equal(result.value.durationMicros, 61_500_000);
  assert.equal(result.value.called, '447700900123');
  assert.equal(result.value.startMicros, Date.UTC(2026, 9, 25, 0, 30) * 1000);
});

test('every fault of an event is named with its field', () => {
  assert.deepEqual(faultsOf({ ...call, duration: -1, called: '44x', callled: '1' }), [
    'duration: must be a number from 0 with up to 6 decimals',
    'called: must be a string of up to 32 digits',
    'called: voice needs a called number',
    'duration: an answered call needs a duration',
    'callled: unknown field',
  ]);
});

for (const [name, change] of [
  ['a duration of 10^15 seconds', { duration: '1000000000000000' }],
  ['a number of 40 digits', { called: '4'.repeat(40) }],
  ['a start without an offset', { start: '2026-10-25T02:30:00' }],
  ['a day that does not exist', { start: '2026-02-30T00:00:00Z' }],
  ['a duration with 7 decimals', { duration: '1.0000001' }],
  ['a duration in exponent form', { duration: 1e-7 }],
  ['a missing id', { id: undefined }],
  ['an unknown service', { service: 'fax' }],
] as const) {
  test(`${name} is refused`, () => assert.equal(faultsOf({ ...call, ...change }).length >= 1, true));
}

test('what enriching would find can be said: bins, one of each set, and the number that portability routes to', () => {
  const result = parseUsageEvent(JSON.stringify({ ...call, bins: ['circles/delhi', 'hours/busy'], routing: '+447999' }));
  assert.ok(result.ok);
  assert.deepEqual(result.value.enriched, { routing: '447999', numberTable: 'json', bins: ['circles/delhi', 'hours/busy'] });
  for (const bins of ['circles/delhi', ['delhi'], ['circles/delhi', 'circles/mumbai'], [1], [null]])
    assert.deepEqual(
      faultsOf({ ...call, bins }),
      ['bins: must be a list of bins such as circles/delhi, one of each set'],
      JSON.stringify(bins),
    );
});

test('text that is not JSON is refused, not thrown', () => {
  assert.equal(parseUsageEvent('{"id":').ok, false);
  assert.equal(parseUsageEvent('[]').ok, false);
  assert.equal(parseUsageEvent('null').ok, false);
});
