/**
 * Events through the screen, on one core: rules of every kind at once, each of them, and what they write down and read back.
 * Beside it, as the limit, the same events with only a map of callers counted up.
 */
import type { ScreeningRule } from '#core/usage/screening.ts';
import { Screen, type ScreenedEvent } from '#pipeline/screening/screen.ts';
import { seeded } from '../test/support/seeded.ts';
import { figure, report } from './harness.ts';

const EVENTS = Number(process.env.BENCH_EVENTS ?? 1_000_000);
const RUNS = 2;
/** What a transaction of a load writes. */
const AT_ONCE = 200_000;
const T0 = Date.UTC(2026, 9, 5) * 1000;
const MICROS_APART = 4_000;

const usual = { action: 'flag', measure: 'calls', attempts: false, lateHours: 1 } as const;
const rules: readonly ScreeningRule[] = [
  { ...usual, id: 'volume per caller', kind: 'volume', per: 'calling', limit: 60, windowMinutes: 60 },
  { ...usual, id: 'minutes per trunk', kind: 'volume', per: 'trunkIn', measure: 'minutes', limit: 1_000_000, windowMinutes: 60 },
  { ...usual, id: 'burst per called number', kind: 'burst', per: 'called', limit: 20, windowMinutes: 10, shorterThanSeconds: 10 },
  { ...usual, id: 'simultaneous per caller', kind: 'simultaneous', per: 'calling', limit: 3, longerThanSeconds: 600 },
  { ...usual, id: 'first call', kind: 'first-call', per: 'calling', called: ['447'], days: 90 },
  { ...usual, id: 'silence per trunk', kind: 'silence', per: 'trunkIn', silentHours: 6 },
];

const random = seeded(11);
const callers = Array.from({ length: 200_000 }, (_, index) => `4930${index}`);
const called = Array.from({ length: 50_000 }, (_, index) => `${['44', '447', '33', '1'][index % 4]}${index}`);
const trunks = Array.from({ length: 200 }, (_, index) => `trunk-${index}`);
const pick = (from: readonly string[]): string => from[Math.floor(random() ** 2 * from.length)] as string; // below its length
const events = Array.from({ length: EVENTS }, (_, index): ScreenedEvent => {
  const answered = random() < 0.7;
  return {
    source: 'bench',
    service: 'voice',
    startMicros: T0 + index * MICROS_APART - Math.floor(random() * 60_000_000),
    durationMicros: answered ? Math.floor(random() ** 4 * 1_200) * 1_000_000 : 0,
    answered,
    calling: pick(callers),
    called: pick(called),
    trunkIn: pick(trunks),
  };
});

/** Of this processor: others may use the machine too. */
function seconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}

interface Run {
  readonly perSecond: number;
  readonly hits: number;
  readonly bytes: number;
  readonly written: readonly Uint8Array[];
}

function run(some: readonly ScreeningRule[]): Run {
  const screen = new Screen(some, [], T0 + 1e15);
  let [hits, bytes] = [0, 0];
  let written: Uint8Array[] = [];
  const took = seconds(() => {
    for (const [index, event] of events.entries()) {
      hits += screen.look(event).length;
      if (index % AT_ONCE !== AT_ONCE - 1) continue;
      const { state, replaces } = screen.take();
      if (state === undefined) continue;
      bytes += state.length;
      written = replaces ? [state] : [...written, state];
    }
  });
  return { perSecond: EVENTS / took, hits, bytes, written };
}

const limit = Array.from({ length: RUNS }, () => {
  const counts = new Map<string, number>();
  return (
    EVENTS /
    seconds(() => {
      for (const { calling = '' } of events) counts.set(calling, (counts.get(calling) ?? 0) + 1);
    })
  );
});
const all = Array.from({ length: RUNS }, () => run(rules));
const each = rules.map((rule) => ({ rule, runs: Array.from({ length: RUNS }, () => run([rule])) }));
const [first] = all;
const stored = first?.written ?? [];
const before = process.memoryUsage();
let read: Screen | undefined;
const readSeconds = seconds(() => {
  read = new Screen(rules, [], T0 + 1e15, stored);
});
const memory = process.memoryUsage().heapUsed - before.heapUsed;
const entries = read?.sizes.reduce((sum, size) => sum + size.entries, 0) ?? 0;
const size = stored.reduce((sum, { length }) => sum + length, 0);
// Rules do not know of each other: together they find what each finds alone.
const ok = all.every(({ hits }) => hits === each.reduce((sum, { runs }) => sum + (runs[0]?.hits ?? 0), 0));
report(
  'screening',
  ok,
  [
    figure(
      'events_per_s_all_rules',
      all.map(({ perSecond }) => perSecond),
      limit,
    ),
    ...each.map(({ rule, runs }) =>
      figure(
        `events_per_s_${rule.id.replaceAll(' ', '_')}`,
        runs.map(({ perSecond }) => perSecond),
        limit,
      ),
    ),
  ],
  [
    `${EVENTS.toLocaleString('en')} events, ${rules.length} rules: ${Math.round(1e9 / Math.max(...all.map(({ perSecond }) => perSecond)))} ns an event with what is written down every ${AT_ONCE.toLocaleString('en')} events; ${(first?.hits ?? 0).toLocaleString('en')} hits`,
    `written: ${((first?.bytes ?? 0) / EVENTS).toFixed(0)} bytes an event; kept: ${(size / 2 ** 20).toFixed(1)} MiB, read again in ${(readSeconds * 1000).toFixed(0)} ms`,
    `memory of ${entries.toLocaleString('en')} entries: ${(memory / 2 ** 20).toFixed(0)} MiB, ${(memory / Math.max(1, entries)).toFixed(0)} bytes each`,
    'the limit counts callers in a map, and does nothing else; one core, processor time with garbage collection',
  ],
);
