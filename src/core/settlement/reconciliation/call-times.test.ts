import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CallTimes, callColumns } from './call-times.ts';

test('times with an offset, with fractions, and local ones are the same instants', () => {
  const times = new CallTimes('Europe/Berlin');
  const at = Date.parse('2026-10-05T00:00:07.689Z') / 1000;
  for (const text of [
    '2026-10-05T00:00:07.689Z',
    '2026-10-05 02:00:07.689',
    '2026-10-05T02:00:07.689+02:00',
    '2026-10-04 20:30:07,689 -0330',
    '2026-10-05T05:00:07.689+05',
    '1791158407689',
  ])
    assert.equal(times.seconds(text), at, text);
  for (const text of ['2026-02-30T00:00:07Z', '2026-10-05T24:00:07Z', '2026-10-05T00:60:07Z', 'yesterday'])
    assert.equal(times.seconds(text), undefined, text);
});

test('an hour that the clock comes to twice is read as the first and said to have a second; one that is left out has none', () => {
  const times = new CallTimes('Europe/Berlin');
  const repeated = (text: string) => [times.seconds(text), times.repeatedSeconds];
  const at = (text: string) => Date.parse(text) / 1000;
  assert.deepEqual(repeated('2026-10-25 02:10:00'), [at('2026-10-25T00:10:00Z'), 3600]);
  assert.deepEqual(repeated('25.10.2026 02:10:00'), [at('2026-10-25T00:10:00Z'), 3600]);
  assert.deepEqual(repeated('2026-10-25 02:10:00+01:00'), [at('2026-10-25T01:10:00Z'), 0]);
  for (const text of ['2026-10-25 01:59:59', '2026-10-25 03:00:00', '2026-03-29 02:10:00']) assert.equal(repeated(text)[1], 0, text);
});

test('a mapping for one of the two files leaves the other to be recognised', () => {
  const mapping = new Map([
    ['A-Nummer', 'calling'],
    ['Beginn (lokal)', 'start'],
  ] as const);
  assert.deepEqual(callColumns(['a-nummer', 'Called', 'Beginn (Lokal)', 'Duration'], mapping), {
    columns: { calling: 0, called: 1, start: 2, duration: 3 },
  });
  assert.deepEqual(callColumns(['called', 'calling', 'start', 'duration'], mapping), {
    columns: { calling: 1, called: 0, start: 2, duration: 3 },
  });
  assert.deepEqual(callColumns(['called', 'duration'], mapping), { missing: 'start' });
  assert.deepEqual(callColumns(['start_utc', 'start_local', 'calling', 'called', 'raw_quantity', 'billed_quantity'], new Map()), {
    columns: { calling: 2, called: 3, start: 0, duration: 4 },
  });
});
