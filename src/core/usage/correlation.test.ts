/** Which parts are a call, as a table: parts in any order, and what becomes of each. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Correlation, judgeGroup, type RatedSpan, USUAL_CORRELATION, type WaitingKind, type WaitingPart } from './correlation.ts';

const SECOND = 1_000_000;
const NOW = 1_000_000 * SECOND;
const signals: Correlation = { ...USUAL_CORRELATION, id: 'parts', sources: ['s'], timeoutMinutes: 60 };
const lenient: Correlation = { ...signals, onTimeout: 'rate' };
const legs: Correlation = { ...signals, kind: 'legs', onTimeout: 'rate', startSeconds: 5, durationSeconds: 3 };

/** `start 100`, `first 100+60 #1`: kind, start, duration and number in seconds; `old` arrived two hours ago, `mute` was not answered. */
function partsOf(text: string): readonly WaitingPart[] {
  return text.split(', ').map((said, id) => {
    const match = /^(\S+) (\d+)(?:\+(\d+))?(?: #(\d+))?( old)?( mute)?$/.exec(said);
    if (match === null) throw new Error(said);
    return {
      id,
      kind: match[1] as WaitingKind, // the table is read by nobody else
      startMicros: Number(match[2]) * SECOND,
      durationMicros: Number(match[3] ?? 0) * SECOND,
      sequence: match[4] === undefined ? undefined : Number(match[4]),
      arrivedMicros: match[5] === undefined ? NOW : NOW - 7_200 * SECOND,
      answered: match[6] === undefined,
      voice: true,
    };
  });
}

const scenarios: readonly (readonly [string, Correlation, string, string, (readonly RatedSpan[])?])[] = [
  ['INVITE and BYE', signals, 'start 100, stop 160', 'rate 0 1'],
  ['the BYE came first', signals, 'stop 160, start 100', 'rate 0 1'],
  ['within one second', signals, 'stop 100, start 100', 'rate 0 1'],
  ['a BYE cut to the second before', signals, 'stop 99, start 100', 'rate 0 1'],
  ['no BYE yet', signals, 'start 100', 'wait 0'],
  ['no BYE in time', signals, 'start 100 old', 'missing 0: the stop'],
  ['no BYE in time cannot be rated', lenient, 'start 100 old', 'missing 0: the stop'],
  ['no INVITE in time', signals, 'stop 100 old', 'missing 0: the start'],
  ['the time counts from the last arrival', lenient, 'first 100+60 #1 old, last 300+60 #3', 'wait 0 1'],
  ['two calls of one name', signals, 'start 100, stop 160, start 500', 'rate 0 1; wait 2'],
  ['all stretches', signals, 'last 220+10 #3, first 100+60 #1, intermediate 160+60 #2', 'rate 0 1 2'],
  ['all stretches without numbers', signals, 'last 220+10, first 100+60, intermediate 160+60', 'rate 0 1 2'],
  ['a gap in the numbers', signals, 'last 220+10 #3, first 100+60 #1', 'wait 0 1'],
  ['a gap in the times', signals, 'last 220+10, first 100+60', 'wait 0 1'],
  ['a second between is no gap', signals, 'last 162+10, first 100+60', 'rate 0 1'],
  [
    'a gap when the time is out',
    signals,
    'last 400+10 #9 old, first 100+60 #1 old, intermediate 160+60 #2 old',
    'missing 0 1 2: parts 3 to 8',
  ],
  ['what is there is rated, with the gap said', lenient, 'last 400+10 #4 old, first 100+60 #1 old', 'rate 0 1: parts 2 to 3'],
  ['no first and no last', lenient, 'intermediate 160+60 #2 old', 'rate 0: the first part, the last part'],
  ['two sessions of one charging id', signals, 'first 100+60 #1, last 160+60 #2, first 9000+60 #1, last 9060+1 #2', 'rate 0 1; rate 2 3'],
  [
    'late: inside the rated call',
    signals,
    'intermediate 150+10 #2',
    'late 0 of 7',
    [{ eventId: 7, startMicros: 100 * SECOND, endMicros: 200 * SECOND }],
  ],
  ['late: right behind it', signals, 'stop 300', 'late 0 of 7', [{ eventId: 7, startMicros: 100 * SECOND, endMicros: 200 * SECOND }]],
  ['another call behind it', signals, 'start 300', 'wait 0', [{ eventId: 7, startMicros: 100 * SECOND, endMicros: 200 * SECOND }]],
  ['long after it', signals, 'stop 9000', 'wait 0', [{ eventId: 7, startMicros: 100 * SECOND, endMicros: 200 * SECOND }]],
  ['A and B leg', legs, 'b 102+58, a 100+60', 'rate 0 1'],
  ['the nearest B leg', legs, 'b 104+60, a 100+60, b 101+60', 'rate 1 2; wait 0'],
  ['too far apart', legs, 'b 106+60, a 100+60', 'wait 0; wait 1'],
  ['too different in length', legs, 'b 100+64, a 100+60', 'wait 0; wait 1'],
  ['a B leg that was not answered is another attempt', legs, 'b 100+0 mute, a 100+2', 'wait 0; wait 1'],
  ['an A leg alone', legs, 'a 100+60 old', 'rate 0: the B leg'],
  ['legs are never late', legs, 'a 150+10, b 150+10', 'rate 0 1', [{ eventId: 7, startMicros: 100 * SECOND, endMicros: 200 * SECOND }]],
];

for (const [name, rule, parts, expected, rated = []] of scenarios)
  test(`parts of a call: ${name}`, () => {
    const all = partsOf(parts);
    for (const order of [all, [...all].reverse()]) {
      const said = judgeGroup(rule, order, rated, NOW).map((verdict) => {
        const ids = verdict.parts.map(({ id }) => id).sort((a, b) => a - b);
        const missing = 'missing' in verdict && verdict.missing !== undefined ? `: ${verdict.missing}` : '';
        return `${verdict.kind} ${ids.join(' ')}${missing}${verdict.kind === 'late' ? ` of ${verdict.eventId}` : ''}`;
      });
      assert.deepEqual(said.sort(), expected.split('; ').sort());
    }
  });
