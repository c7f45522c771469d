/** The grid on which both sides are compared: their destinations and their days or hours, as fine as they give them. */
import { plainWords } from '../../tariffs/rate-sheets/words.ts';
import { formatInstant, formatLocal, MICROS_PER_SECOND, microsOf, startOfLocalDay, toZoned } from '../../time/zoned.ts';
import type { Declared, DeclaredLine } from './declared.ts';
import type { ComparedRate } from './price-call.ts';
import { SLOT_MICROS } from './usage-cells.ts';

const MICROS_PER_HOUR = 3_600 * MICROS_PER_SECOND;

/** Sums on the grid. Whole numbers; amounts are kept as bigint. */
export interface GridFigures {
  /** Amounts as numbers, for measures of fit alone: hundreds of views are compared, and bigint costs ten times as much. */
  readonly near: Float64Array;
  readonly calls: Float64Array;
  readonly raw: Float64Array;
  readonly billed: Float64Array;
  readonly amounts: BigInt64Array;
}

export interface Grid {
  readonly destinations: readonly string[];
  /** Days, hours, or one entry for the whole period. */
  readonly times: readonly string[];
  readonly grain: 'hour' | 'day' | 'period';
  readonly theirs: GridFigures;
  /** How many of their rows each place is made of: what rounding may take of it. */
  readonly rows: Int32Array;
  readonly given: { readonly calls: boolean; readonly raw: boolean; readonly billed: boolean; readonly amount: boolean };
  /** Place of a destination by its name; -1 where the rate is none of ours or theirs. */
  destinationOf(rateId: number): number;
}

export function emptyFigures(places: number): GridFigures {
  return {
    calls: new Float64Array(places),
    raw: new Float64Array(places),
    billed: new Float64Array(places),
    amounts: new BigInt64Array(places),
    near: new Float64Array(places),
  };
}

/** Lays out the grid. Names are compared without case and punctuation; a code names the destination of the rate it falls under. */
export function layOut(declared: Declared, rates: ReadonlyMap<number, ComparedRate>, usedRates: Iterable<number>): Grid {
  const { lines, period } = declared;
  const single = lines.every(({ destination, code }) => destination === '' && code === undefined);
  const grain = lines.every(({ hour, day }) => hour !== undefined && day !== undefined)
    ? 'hour'
    : lines.every(({ day }) => day !== undefined)
      ? 'day'
      : 'period';
  const names = new Map<string, number>();
  const destinations: string[] = [];
  const place = (name: string): number => {
    const key = plainWords(name);
    const known = names.get(key);
    if (known !== undefined) return known;
    names.set(key, destinations.length);
    destinations.push(name);
    return destinations.length - 1;
  };
  const byRate = new Map<number, number>();
  for (const id of usedRates) byRate.set(id, place(single ? '' : (rates.get(id)?.destination ?? '')));
  const byCode = new Map<string, string>();
  for (const { code, destination } of rates.values()) if (code !== undefined) byCode.set(code, destination);
  const named = new Set([...rates.values()].map(({ destination }) => plainWords(destination)));
  const nameOf = ({ destination, code }: DeclaredLine): string => {
    if (single) return '';
    if (named.has(plainWords(destination)) || code === undefined) return destination;
    for (let length = code.length; length > 0; length -= 1) {
      const found = byCode.get(code.slice(0, length));
      if (found !== undefined) return found;
    }
    return destination === '' ? code : destination;
  };
  const lineDestinations = lines.map((line) => place(nameOf(line)));
  const times = timesOf(grain, period.from, period.to);
  const timeAt = new Map(times.map((time, index) => [time, index]));
  const theirs = emptyFigures(destinations.length * times.length);
  const rows = new Int32Array(destinations.length * times.length);
  lines.forEach((line, index) => {
    const time = timeAt.get(timeName(grain, line));
    if (time === undefined) return;
    const at = (lineDestinations[index] ?? 0) * times.length + time;
    rows[at] = (rows[at] ?? 0) + 1;
    theirs.calls[at] = (theirs.calls[at] ?? 0) + Number(line.calls ?? 0n);
    theirs.raw[at] = (theirs.raw[at] ?? 0) + Number(line.raw ?? 0n);
    theirs.billed[at] = (theirs.billed[at] ?? 0) + Number(line.billed ?? 0n);
    theirs.amounts[at] = (theirs.amounts[at] ?? 0n) + (line.amountNanos ?? 0n);
    theirs.near[at] = Number(theirs.amounts[at] ?? 0n);
  });
  const every = (has: (line: DeclaredLine) => boolean): boolean => lines.length > 0 && lines.every(has);
  return {
    destinations,
    times,
    grain,
    theirs,
    rows,
    given: {
      calls: every(({ calls }) => calls !== undefined),
      raw: every(({ raw }) => raw !== undefined),
      billed: every(({ billed }) => billed !== undefined),
      amount: every(({ amountNanos }) => amountNanos !== undefined),
    },
    destinationOf: (rateId) => {
      const known = byRate.get(rateId);
      if (known !== undefined) return known;
      return single ? 0 : (names.get(plainWords(rates.get(rateId)?.destination ?? '')) ?? -1);
    },
  };
}

function timesOf(grain: Grid['grain'], from: string, to: string): string[] {
  if (grain === 'period') return [''];
  const times: string[] = [];
  for (let day = Temporal.PlainDate.from(from); day.toString() < to; day = day.add({ days: 1 })) {
    if (grain === 'day') times.push(day.toString());
    else for (let hour = 0; hour < 24; hour += 1) times.push(`${day.toString()} ${String(hour).padStart(2, '0')}`);
  }
  return times;
}

function timeName(grain: Grid['grain'], { day, hour }: DeclaredLine): string {
  if (grain === 'period') return '';
  return grain === 'day' ? (day ?? '') : `${day} ${String(hour).padStart(2, '0')}`;
}

/** By the hours since 1970 of a local clock. */
function timeOfHour(grain: 'day' | 'hour', hour: number): string {
  const text = formatInstant(hour * MICROS_PER_HOUR);
  return grain === 'day' ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 13)}`;
}

/** For each quarter of an hour from `firstSlot` the place in `times` by a zone; -1 outside the period. */
export function timesBySlot(grid: Grid, period: Declared['period'], zone: string, firstSlot: number, slots: number): Int32Array {
  const found = new Int32Array(slots).fill(-1);
  const at = new Map(grid.times.map((time, index) => [time, index]));
  const start = startOfLocalDay(zone, period.from);
  const end = startOfLocalDay(zone, period.to);
  let until = Number.NEGATIVE_INFINITY;
  let offsetMicros = 0;
  let knownHour = Number.NaN;
  let place = 0;
  for (let index = 0; index < slots; index += 1) {
    const micros = (firstSlot + index) * SLOT_MICROS;
    if (micros < start || micros >= end) continue;
    if (grid.grain === 'period') {
      found[index] = 0;
      continue;
    }
    // The clock of a zone runs evenly up to its next transition: asking for each slot by itself takes ten times as long.
    if (micros >= until) {
      const zoned = toZoned(zone, micros);
      const transition = zoned.getTimeZoneTransition('next');
      offsetMicros = zoned.offsetNanoseconds / 1000;
      until = transition === null ? Number.POSITIVE_INFINITY : microsOf(transition.toInstant());
    }
    const hour = Math.floor((micros + offsetMicros) / MICROS_PER_HOUR);
    if (hour !== knownHour) place = at.get(timeOfHour(grid.grain, hour)) ?? -1;
    knownHour = hour;
    found[index] = place;
  }
  return found;
}

/** `2026-10-03` of an instant. */
export function dayText(zone: string, micros: number): string {
  return formatLocal(zone, Math.floor(micros / MICROS_PER_SECOND) * MICROS_PER_SECOND).slice(0, 10);
}
