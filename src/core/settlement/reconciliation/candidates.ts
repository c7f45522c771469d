/** Which causes are worth trying where a measure does not fit. */
import { MICROS_PER_DAY, MICROS_PER_SECOND, startOfLocalDay } from '../../time/zoned.ts';
import type { Cause } from './causes.ts';
import { dayText, type Grid } from './comparison.ts';
import type { Declared } from './declared.ts';
import type { Measure } from './misfit.ts';
import { hourCauses } from './missing-hours.ts';
import type { ComparedRate } from './price-call.ts';
import type { OurUsage, TheirView, Viewer } from './their-view.ts';
import { SLOT_MICROS } from './usage-cells.ts';

export interface Situation {
  readonly ours: OurUsage;
  readonly declared: Declared;
  readonly grid: Grid;
  readonly viewer: Viewer;
  readonly causes: readonly Cause[];
  readonly view: TheirView;
}

/** Increments in use between carriers. */
const INCREMENTS = [
  '1/1',
  '60/60',
  '30/6',
  '6/6',
  '30/30',
  '30/1',
  '60/1',
  '60/6',
  '60/30',
  '20/20',
  '10/10',
  '12/6',
  '15/15',
  '5/5',
  '20/10',
  '12/12',
].map((text) => {
  const [firstSeconds = 1, nextSeconds = 1] = text.split('/').map(Number);
  return { firstSeconds, nextSeconds };
});

/** With daylight saving: one of each kind. Offsets without it come before, so that they are preferred where both fit. */
const SAVING_ZONES = [
  'Europe/London',
  'Europe/Berlin',
  'Europe/Athens',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Australia/Sydney',
  'Asia/Jerusalem',
];
const OFFSETS = [
  'UTC',
  ...Array.from({ length: 26 }, (_, index) => index - 12)
    .filter((hours) => hours !== 0)
    .map((hours) => `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`),
  '+05:30',
  '+03:30',
  '+04:30',
  '+05:45',
  '+06:30',
  '+09:30',
  '-03:30',
];
const MOST_FILES = 60;
/** Another cause may add calls where a file lacks them. */
const FILE_ROOM = 1.5;
const SHORT_SECONDS = 60;
/** Rates that change so long before or after the period may have been taken within it. */
const NEAR_DAYS = 62;

/** Causes that can change this measure. What changes several is tried where it shows first. */
export function candidates(situation: Situation, measure: Measure): readonly Cause[] {
  const { given } = situation.grid;
  const counted = measure === 'calls' || !(given.calls || (measure !== 'raw' && given.raw) || (measure === 'amount' && given.billed));
  const timed = measure === 'raw' || (measure === 'billed' && !given.raw) || (measure === 'amount' && !given.raw && !given.billed);
  const billed = measure === 'billed' || (measure === 'amount' && !given.billed);
  const voice = situation.declared.service === 'voice';
  return [
    ...(counted ? countCauses(situation, measure) : []),
    ...(voice && timed ? startCauses(situation) : []),
    ...(voice && billed ? incrementCauses(situation, measure) : []),
    ...(measure === 'amount' ? [...dateCauses(situation), ...ratioCauses(situation)] : []),
  ];
}

function countCauses(situation: Situation, measure: Measure): Cause[] {
  const { causes, declared } = situation;
  const has = (kind: Cause['kind']): boolean => causes.some((cause) => cause.kind === kind);
  const found: Cause[] = [];
  if (!has('zone')) for (const zone of [...OFFSETS, ...SAVING_ZONES]) found.push({ kind: 'zone', zone });
  const [theirs, view] = [sumOf(situation.grid.theirs, measure), sumOf(situation.view, measure)];
  if (!has('short-calls') && declared.service === 'voice' && theirs < view) {
    for (let seconds = 1; seconds <= SHORT_SECONDS; seconds += 1) found.push({ kind: 'short-calls', underSeconds: seconds });
  }
  found.push(
    ...hourCauses(situation, measure),
    ...fileCauses(situation, measure === 'calls' ? theirs - view : undefined, theirs < view),
    ...(has('ported') ? [] : portedCauses(situation)),
    ...deckCauses(situation),
  );
  return found;
}

function sumOf(figures: TheirView | Grid['theirs'], measure: Measure): number {
  if (measure === 'amount') return figures.near.reduce((sum, amount) => sum + amount, 0);
  return figures[measure].reduce((sum, value) => sum + value, 0);
}

/** Files one at a time, of no more calls than those that differ; further ones join the cause that is there. */
function fileCauses({ ours, causes }: Situation, difference: number | undefined, fewer: boolean): Cause[] {
  const counts = new Map<number, number>();
  const { count, fileIds, calls } = ours.cells;
  for (let at = 0; at < count; at += 1) {
    const id = fileIds[at] ?? 0;
    counts.set(id, (counts.get(id) ?? 0) + (calls[at] ?? 0));
  }
  if (counts.size < 2) return [];
  const kind = fewer ? ('files-missing' as const) : ('files-twice' as const);
  const known = causes.flatMap((cause) => (cause.kind === kind ? cause.fileIds : []));
  return [...counts]
    .filter(([id, calls_]) => !known.includes(id) && calls_ <= Math.abs(difference ?? calls_) * FILE_ROOM)
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, MOST_FILES)
    .map(([id]) => ({ kind, fileIds: [...known, id] }));
}

/** Where any of our calls were priced by the number that a ported one stands for. */
function portedCauses({ ours: { cells } }: Situation): Cause[] {
  return cells.dialledRateIds.subarray(0, cells.count).some((id) => id !== 0) ? [{ kind: 'ported' }] : [];
}

/** A code that they do not have: its calls fall under the next shorter one. Only where the one destination lacks and the other has too much. */
function deckCauses({ ours, grid, causes, view }: Situation): Cause[] {
  const excess = grid.destinations.map((_, destination) => {
    let sum = 0;
    for (let time = 0; time < grid.times.length; time += 1) {
      const at = destination * grid.times.length + time;
      sum += grid.given.calls
        ? (grid.theirs.calls[at] ?? 0) - (view.calls[at] ?? 0)
        : (grid.theirs.billed[at] ?? 0) - (view.billed[at] ?? 0);
    }
    return sum;
  });
  const byCode = Map.groupBy(
    [...ours.rates.values()].filter(({ code }) => code !== undefined),
    ({ code }) => code ?? '',
  );
  const found: Cause[] = [];
  for (const [code, rates] of byCode) {
    if (causes.some((cause) => cause.kind === 'code-deck' && cause.code === code)) continue;
    const moved = new Map<number, number>();
    let takenAs = '';
    for (const rate of rates) {
      const parent = parentOf(rate, byCode);
      if (parent === undefined || parent.destination === rate.destination) continue;
      const [from, to] = [grid.destinationOf(rate.id), grid.destinationOf(parent.id)];
      if (from < 0 || to < 0 || from === to || !((excess[from] ?? 0) < 0 && (excess[to] ?? 0) > 0)) continue;
      moved.set(rate.id, parent.id);
      takenAs = parent.code ?? '';
    }
    if (moved.size > 0) found.push({ kind: 'code-deck', code, takenAs, rates: moved });
  }
  return found;
}

function parentOf(rate: ComparedRate, byCode: ReadonlyMap<string, readonly ComparedRate[]>): ComparedRate | undefined {
  const code = rate.code ?? '';
  for (let length = code.length - 1; length >= 0; length -= 1) {
    const parent = byCode
      .get(code.slice(0, length))
      ?.find(
        (other) =>
          other.tariff === rate.tariff &&
          other.condition === rate.condition &&
          other.validFromMicros <= Math.max(rate.validFromMicros, other.validFromMicros) &&
          other.validToMicros > rate.validFromMicros &&
          other.validFromMicros < rate.validToMicros,
      );
    if (parent !== undefined) return parent;
  }
  return undefined;
}

/** Where they give raw seconds, the constant is what they have too much, by call; else all that signals can differ by. */
function startCauses({ grid, causes, view }: Situation): Cause[] {
  if (causes.some(({ kind }) => kind === 'start')) return [];
  const cause = (seconds: number): Cause => ({ kind: 'start', seconds });
  if (grid.given.raw) {
    const calls = view.calls.reduce((sum, value) => sum + value, 0);
    const more = grid.theirs.raw.reduce((sum, value) => sum + value, 0) - view.raw.reduce((sum, value) => sum + value, 0);
    const about = calls === 0 ? 0 : Math.round(more / calls / MICROS_PER_SECOND);
    return [-2, -1, 0, 1, 2]
      .map((off) => about + off)
      .flatMap((seconds) => (seconds === 0 || Math.abs(seconds) > 120 ? [] : [cause(seconds)]));
  }
  return Array.from({ length: 41 }, (_, index) => index - 10).flatMap((seconds) => (seconds === 0 ? [] : [cause(seconds)]));
}

function incrementCauses({ grid, causes, view }: Situation, measure: Measure): Cause[] {
  const taken = causes.flatMap((cause) => (cause.kind === 'increments' ? [cause.destination] : []));
  if (taken.includes(undefined)) return [];
  const everywhere = taken.length > 0 ? [] : INCREMENTS.map((increments): Cause => ({ kind: 'increments', ...increments }));
  const width = grid.times.length;
  const differing = grid.destinations.filter((name, destination) => {
    if (taken.includes(name)) return false;
    for (let at = destination * width; at < (destination + 1) * width; at += 1) {
      if (measure === 'amount' ? grid.theirs.near[at] !== view.near[at] : grid.theirs.billed[at] !== view.billed[at]) return true;
    }
    return false;
  });
  const some = differing.length > 20 || grid.destinations.length === 1 ? [] : differing;
  return [...everywhere, ...some.flatMap((destination) => INCREMENTS.map((each): Cause => ({ kind: 'increments', ...each, destination })))];
}

function dateCauses({ ours, declared, causes, viewer }: Situation): Cause[] {
  const { zone, rates } = ours;
  const from = startOfLocalDay(zone, declared.period.from);
  const to = startOfLocalDay(zone, declared.period.to);
  const changes = new Set<number>();
  for (const { validFromMicros } of rates.values()) {
    if (validFromMicros > from - NEAR_DAYS * MICROS_PER_DAY && validFromMicros < to + NEAR_DAYS * MICROS_PER_DAY)
      changes.add(validFromMicros);
  }
  for (const cause of causes) if (cause.kind === 'rate-date') changes.delete(cause.changeMicros);
  const [first, end] = [viewer.range.firstSlot, viewer.range.firstSlot + viewer.range.slots].map((slot) => slot * SLOT_MICROS);
  // Their own midnight counts once their hours have shown where it is; else ours is tried, for which nothing has to be assumed.
  const theirZone = causes.flatMap((cause) => (cause.kind === 'zone' ? [cause.zone] : []))[0];
  const found: Cause[] = [];
  for (const changeMicros of changes) {
    const add = (day: string, takenMicros: number): void => {
      // Only what lies between the two is priced otherwise.
      const none = Math.max(changeMicros, takenMicros) <= (first ?? 0) || Math.min(changeMicros, takenMicros) >= (end ?? 0);
      if (takenMicros === changeMicros || none) return;
      found.push({ kind: 'rate-date', changeMicros, takenMicros, takenDay: day, ourDay: dayText(zone, changeMicros) });
    };
    for (let day = Temporal.PlainDate.from(declared.period.from); day.toString() <= declared.period.to; day = day.add({ days: 1 })) {
      for (const midnight of theirZone === undefined ? [zone] : [zone, theirZone]) {
        const takenMicros = startOfLocalDay(midnight, day.toString());
        // What they did before the period or after it makes no difference to it.
        if (changeMicros <= from && takenMicros <= from) continue;
        if (changeMicros >= to && takenMicros >= to) continue;
        add(midnight === zone ? day.toString() : `${day} in ${midnight}`, takenMicros);
      }
    }
  }
  return found;
}

/** A tax or a rate of exchange shows as one ratio at most places. */
function ratioCauses({ grid, causes, view }: Situation): Cause[] {
  if (causes.some(({ kind }) => kind === 'tax' || kind === 'exchange')) return [];
  const ratios: number[] = [];
  let [largest, ofLargest] = [0, 1];
  for (let at = 0; at < view.near.length; at += 1) {
    const [ours, theirs] = [view.near[at] ?? 0, grid.theirs.near[at] ?? 0];
    if (ours > 0 && theirs > 0) ratios.push(theirs / ours);
  }
  const median = ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)];
  if (median === undefined) return [];
  for (let at = 0; at < view.near.length; at += 1) {
    const [ours, theirs] = [view.near[at] ?? 0, grid.theirs.near[at] ?? 0];
    if (ours <= largest || Math.abs(theirs / ours / median - 1) > 0.001) continue;
    [largest, ofLargest] = [ours, theirs / ours];
  }
  const tenths = Math.round((ofLargest - 1) * 1000);
  const found: Cause[] = [];
  if (isTax(tenths)) found.push({ kind: 'tax', tenthsOfPercent: tenths });
  // As few decimals as fit: people agree on rates with four.
  for (const digits of [100, 1, 10_000]) {
    const millionths = Math.round((ofLargest * 1_000_000) / digits) * digits;
    if (millionths > 0 && millionths !== 1_000_000) found.push({ kind: 'exchange', millionths });
  }
  return found;
}

/** Half percents, and those of Switzerland and Liechtenstein. */
function isTax(tenths: number): boolean {
  return tenths >= 20 && tenths <= 270 && (tenths % 5 === 0 || tenths === 77 || tenths === 81 || tenths === 26);
}
