/** The screen against a plain model that keeps every event for ever, with random traffic, disorder and restarts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ScreeningRule } from '#core/usage/screening.ts';
import { seeded } from '../../../test/support/seeded.ts';
import { Screen, type ScreenedEvent } from './screen.ts';

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const T0 = Date.UTC(2026, 9, 5) * 1000;
const NOW = T0 + 1000 * DAY;

const usual = { action: 'flag', measure: 'calls', attempts: false, lateHours: 24 } as const;
const deck = {
  id: 'deck',
  codes: [
    { code: '44', destination: 'UK' },
    { code: '447', destination: 'UK mobile' },
    { code: '49', destination: 'Germany' },
  ],
};

const rules: readonly ScreeningRule[] = [
  { ...usual, id: 'volume', kind: 'volume', per: 'calling', limit: 4, windowMinutes: 30 },
  { ...usual, id: 'minutes', kind: 'volume', per: 'destination', codeDeck: 'deck', measure: 'minutes', limit: 20, windowMinutes: 60 },
  { ...usual, id: 'tries', kind: 'volume', per: 'called', limit: 3, windowMinutes: 10, attempts: true, lateHours: 2 },
  { ...usual, id: 'burst', kind: 'burst', per: 'trunkIn', limit: 2, windowMinutes: 15, shorterThanSeconds: 80 },
  { ...usual, id: 'at-once', kind: 'simultaneous', per: 'calling', limit: 1, longerThanSeconds: 30 },
  { ...usual, id: 'first', kind: 'first-call', per: 'calling', called: ['447'], days: 2 },
  { ...usual, id: 'first-ever', kind: 'first-call', per: 'trunkIn', called: ['49'] },
  { ...usual, id: 'silence', kind: 'silence', per: 'trunkIn', silentHours: 6 },
];

function traffic(seed: number, count: number): readonly ScreenedEvent[] {
  const random = seeded(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T; // from is not empty
  let at = T0;
  return Array.from({ length: count }, (): ScreenedEvent => {
    at += random() < 0.02 ? 9 * HOUR * random() : 3 * MINUTE * random();
    const late = random() < 0.15 ? 40 * MINUTE * random() : random() < 0.02 ? 30 * HOUR * random() : 0;
    const answered = random() < 0.8;
    const calling = random() < 0.05 ? undefined : `4930${Math.floor(random() * 6)}`;
    const trunkIn = random() < 0.1 ? undefined : pick(['north', 'east', 'south']);
    return {
      source: pick(['one', 'two']),
      service: 'voice',
      startMicros: Math.floor(at - late),
      durationMicros: answered ? Math.floor(random() * 200) * SECOND : 0,
      answered,
      called: `${pick(['44', '447', '49', '1'])}${Math.floor(random() * 4)}`,
      ...(calling === undefined ? {} : { calling }),
      ...(trunkIn === undefined ? {} : { trunkIn }),
    };
  });
}

/** What each event hits, by going over all events before it. */
function plainly(rule: ScreeningRule, events: readonly ScreenedEvent[]): readonly boolean[] {
  const seen: { readonly key: string; readonly start: number; readonly duration: number }[] = [];
  let newest = 0;
  return events.map((event) => {
    const { startMicros: start, durationMicros: duration, answered, called } = event;
    const destination = called.startsWith('447')
      ? 'UK mobile'
      : called.startsWith('44')
        ? 'UK'
        : called.startsWith('49')
          ? 'Germany'
          : undefined;
    const key = rule.per === 'destination' ? destination : event[rule.per];
    if (key === undefined || (!answered && !rule.attempts)) return false;
    if (rule.called?.some((prefix) => called.startsWith(prefix)) === false) return false;
    if (rule.shorterThanSeconds !== undefined && duration >= rule.shorterThanSeconds * SECOND) return false;
    if (rule.longerThanSeconds !== undefined && duration <= rule.longerThanSeconds * SECOND) return false;
    if (start < newest - rule.lateHours * HOUR) return false;
    const before = seen.filter((each) => each.key === key);
    const last = before.reduce((latest, each) => Math.max(latest, each.start), Number.NEGATIVE_INFINITY);
    seen.push({ key, start, duration });
    newest = Math.max(newest, start);
    const limit = rule.limit ?? 0;
    const from = start - (rule.windowMinutes ?? 0) * MINUTE;
    const window = [...before, { key, start, duration }].filter((each) => each.start > from && each.start <= start);
    if (rule.kind === 'simultaneous') {
      const instants = [start, ...before.map((each) => each.start)].filter((at) => at >= start && at < start + duration);
      const running = (at: number): number =>
        [...before, { start, duration }].filter((each) => each.start <= at && each.start + each.duration > at).length;
      return instants.some((at) => running(at) > limit);
    }
    if (rule.kind === 'first-call') return start - last > (rule.days === undefined ? Number.MAX_VALUE : rule.days * DAY);
    if (rule.kind === 'silence') return last !== Number.NEGATIVE_INFINITY && start - last > (rule.silentHours ?? 0) * HOUR;
    return rule.measure === 'minutes' ? window.reduce((sum, each) => sum + each.duration, 0) > limit * MINUTE : window.length > limit;
  });
}

test('every rule hits what a model hits that keeps all events, also out of order, and after restarts at any place', () => {
  for (const seed of [1, 2, 3, 4]) {
    const events = traffic(seed, 1_500);
    const random = seeded(seed + 100);
    let written: Uint8Array[] = [];
    let screen = new Screen(rules, [deck], NOW);
    const found = new Map(rules.map(({ id }) => [id, [] as boolean[]]));
    for (const event of events) {
      const hits = new Set(screen.look(event).map(({ rule }) => rule.id));
      for (const [id, list] of found) list.push(hits.has(id));
      if (random() > 0.03) continue;
      const { state, replaces } = screen.take();
      if (state !== undefined) written = replaces ? [state] : [...written, state];
      if (random() < 0.5) screen = new Screen(rules, [deck], NOW, written);
    }
    for (const rule of rules) {
      const expected = plainly(rule, events);
      assert.ok(expected.includes(true) && expected.includes(false), `${rule.id}, seed ${seed}: both happen`);
      assert.deepEqual(found.get(rule.id), expected, `${rule.id}, seed ${seed}`);
    }
  }
});

const call = (minute: number, more: Partial<ScreenedEvent> = {}): ScreenedEvent => ({
  source: 'one',
  service: 'voice',
  startMicros: T0 + minute * MINUTE,
  durationMicros: 10 * SECOND,
  answered: true,
  calling: '4930',
  called: '447700',
  trunkIn: 'north',
  ...more,
});

function withoutCaller({ calling: _, ...rest }: ScreenedEvent): ScreenedEvent {
  return rest;
}

/** Rule, events by minute, and which of them hit it. */
const scenarios: readonly (readonly [string, Partial<ScreeningRule>, readonly ScreenedEvent[], string])[] = [
  ['three calls in an hour are one too many', { kind: 'volume', limit: 2, windowMinutes: 60 }, [0, 10, 20].map((at) => call(at)), '..x'],
  [
    'the window slides, its far end is outside',
    { kind: 'volume', limit: 2, windowMinutes: 60 },
    [0, 30, 60, 61].map((at) => call(at)),
    '...x',
  ],
  ['of another caller', { kind: 'volume', limit: 1, windowMinutes: 60 }, [call(0), call(1, { calling: '4931' }), call(2)], '..x'],
  ['limit 0: each', { kind: 'volume', limit: 0, windowMinutes: 1 }, [call(0), call(9)], 'xx'],
  [
    'minutes of talk',
    { kind: 'volume', measure: 'minutes', limit: 1, windowMinutes: 60 },
    [call(0, { durationMicros: MINUTE }), call(1)],
    '.x',
  ],
  ['not answered', { kind: 'volume', limit: 0, windowMinutes: 1 }, [call(0, { answered: false, durationMicros: 0 })], '.'],
  ['attempts', { kind: 'volume', limit: 0, windowMinutes: 1, attempts: true }, [call(0, { answered: false, durationMicros: 0 })], 'x'],
  [
    'a burst of short ones',
    { kind: 'burst', limit: 1, windowMinutes: 5, shorterThanSeconds: 11 },
    [call(0), call(1, { durationMicros: MINUTE }), call(2)],
    '..x',
  ],
  ['two at one time', { kind: 'simultaneous', limit: 1 }, [call(0, { durationMicros: 5 * MINUTE }), call(5), call(3)], '..x'],
  ['the first to a range', { kind: 'first-call', called: ['4477'] }, [call(0, { called: '491' }), call(1), call(2)], '.x.'],
  ['again after days', { kind: 'first-call', called: ['44'], days: 1 }, [call(0), call(1440), call(2881)], 'x.x'],
  ['after silence', { kind: 'silence', per: 'trunkIn', silentHours: 1 }, [call(0), call(60), call(121)], '..x'],
  ['without a caller', { kind: 'volume', limit: 0, windowMinutes: 1 }, [withoutCaller(call(0))], '.'],
  ['only a trunk', { kind: 'volume', limit: 0, windowMinutes: 1, trunksIn: ['south'] }, [call(0), call(1, { trunkIn: 'south' })], '.x'],
  ['too late', { kind: 'volume', limit: 0, windowMinutes: 1, lateHours: 1 }, [call(120), call(60), call(59)], 'xx.'],
];

for (const [name, rule, events, expected] of scenarios)
  test(`screening: ${name}`, () => {
    const screen = new Screen([{ ...usual, id: 'rule', kind: 'volume', per: 'calling', ...rule }], [], NOW);
    assert.equal(events.map((event) => (screen.look(event).length > 0 ? 'x' : '.')).join(''), expected);
  });

test('what is written down does not grow with what is past, and a rule that means something else begins anew', () => {
  const rule: ScreeningRule = { ...usual, id: 'volume', kind: 'volume', per: 'calling', limit: 1, windowMinutes: 60, lateHours: 1 };
  let written: Uint8Array[] = [];
  const screen = new Screen([rule], [], NOW);
  let replaced = 0;
  for (let minute = 0; minute < 200_000; minute += 1) {
    screen.look(call(minute, { calling: `49${minute % 5}` }));
    if (minute % 1_000 !== 999) continue;
    const { state, replaces } = screen.take();
    if (state !== undefined) written = replaces ? [state] : [...written, state];
    if (replaces) replaced += 1;
  }
  assert.ok(replaced > 1, `${replaced} times`);
  assert.ok(written.reduce((sum, { length }) => sum + length, 0) < 2 ** 21);
  const [size] = screen.sizes;
  assert.ok((size?.entries ?? 0) < 2_000, JSON.stringify(size));
  assert.ok((new Screen([rule], [], NOW, written).sizes[0]?.keys ?? 0) > 0);
  assert.equal(new Screen([{ ...rule, windowMinutes: 61 }], [], NOW, written).sizes[0]?.keys, 0);
});

test('a clock that is years ahead does not silence a rule', () => {
  const screen = new Screen([{ ...usual, id: 'rule', kind: 'volume', per: 'calling', limit: 0, windowMinutes: 1 }], [], T0 + HOUR);
  assert.equal(screen.look(call(600 * 1440)).length, 1);
  assert.equal(screen.look(call(0)).length, 1);
});
