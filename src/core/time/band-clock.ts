import { type Refusal, refuse } from '../refusals.ts';
import { DayCache } from './day-cache.ts';
import { type DayKind, dayKinds, type HolidayCalendar, type TimeBandRange, type TimeBandSet } from './time-bands.ts';
import { MICROS_PER_DAY, MICROS_PER_SECOND, microsOf, toZoned } from './zoned.ts';

const MINUTES_PER_DAY = 1440;
const MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** The minutes of one kind of day at which a band begins, from 0; and which. */
interface DayPlan {
  readonly fromMinutes: readonly number[];
  readonly bands: readonly number[];
}

/** The instants of one UTC day at which a band begins, from its start; and which. */
interface BandDay {
  readonly fromMicros: readonly number[];
  readonly bands: readonly number[];
}

/** Faults of a band set: local times with two bands or with none. Empty when the set covers each moment once. */
export function checkTimeBands(set: TimeBandSet): readonly Refusal[] {
  const faults: Refusal[] = [];
  for (const kind of kindsUsed(set)) {
    const covered = coverage(set, kind);
    const gap = covered.find(({ bands }) => bands.length === 0);
    const overlap = covered.find(({ bands }) => bands.length > 1);
    if (gap !== undefined && !set.bands.some(({ otherwise }) => otherwise)) {
      faults.push(refuse('time-bands.gap', `time bands ${set.id}: no band covers ${kind} ${clockTime(gap.fromMinute)}`));
    }
    if (overlap !== undefined) {
      const names = overlap.bands.map((index) => set.bands[index]?.name).join(' and ');
      faults.push(refuse('time-bands.overlap', `time bands ${set.id}: ${names} both cover ${kind} ${clockTime(overlap.fromMinute)}`));
    }
  }
  return faults;
}

/** Says which band an instant lies in, in one zone. The set must have passed checkTimeBands. */
export class BandClock {
  readonly #zone: string;
  readonly #plans: ReadonlyMap<DayKind, DayPlan>;
  readonly #holidays: ReadonlySet<string>;
  readonly #days = new DayCache<BandDay>((utcDay) => this.#compile(utcDay));

  constructor(set: TimeBandSet, calendar: HolidayCalendar | undefined, zone: string) {
    this.#zone = zone;
    this.#plans = new Map(kindsUsed(set).map((kind) => [kind, dayPlan(set, kind)]));
    this.#holidays = new Set(this.#plans.has('holiday') ? calendar?.dates : []);
  }

  /** Index of the band in the set. */
  at(micros: number): number {
    const { fromMicros, bands } = this.#days.get(Math.floor(micros / MICROS_PER_DAY));
    let index = fromMicros.length - 1;
    while (index > 0 && micros < (fromMicros[index] ?? 0)) index -= 1;
    return bands[index] ?? 0;
  }

  /** The next instant after `micros` where a band begins or a UTC day does: the band may or may not be another one. */
  nextBoundary(micros: number): number {
    const utcDay = Math.floor(micros / MICROS_PER_DAY);
    for (const from of this.#days.get(utcDay).fromMicros) if (from > micros) return from;
    return (utcDay + 1) * MICROS_PER_DAY;
  }

  /** Walks the stretches of one UTC day that have one offset and one local date: in each, local minutes map straight to instants. */
  #compile(utcDay: number): BandDay {
    const fromMicros: number[] = [];
    const bands: number[] = [];
    const end = (utcDay + 1) * MICROS_PER_DAY;
    for (let at = utcDay * MICROS_PER_DAY; at < end; ) {
      const zoned = toZoned(this.#zone, at);
      const transition = zoned.getTimeZoneTransition('next');
      const offsetMicros = zoned.offsetNanoseconds / 1000;
      const midnight = Math.floor((at + offsetMicros) / MICROS_PER_DAY) * MICROS_PER_DAY - offsetMicros;
      const until = Math.min(end, midnight + MICROS_PER_DAY, transition === null ? end : microsOf(transition.toInstant()));
      const plan = this.#planOf(zoned.toPlainDate());
      plan.bands.forEach((band, index) => {
        const from = midnight + (plan.fromMinutes[index] ?? 0) * MICROS_PER_MINUTE;
        const to = midnight + (plan.fromMinutes[index + 1] ?? MINUTES_PER_DAY) * MICROS_PER_MINUTE;
        if (to <= at || from >= until || bands.at(-1) === band) return;
        fromMicros.push(Math.max(from, at));
        bands.push(band);
      });
      at = until;
    }
    return { fromMicros, bands };
  }

  #planOf(date: Temporal.PlainDate): DayPlan {
    const kind = this.#holidays.has(date.toString()) ? 'holiday' : (weekdays[date.dayOfWeek - 1] ?? 'mon');
    return this.#plans.get(kind) ?? { fromMinutes: [0], bands: [0] };
  }
}

function kindsUsed(set: TimeBandSet): readonly DayKind[] {
  const holiday = set.bands.some(({ ranges }) => ranges.some(({ days }) => days.includes('holiday')));
  return dayKinds.filter((kind) => kind !== 'holiday' || holiday);
}

/** Part of a kind of day in which the same bands apply: to where the next begins. */
interface Stretch {
  readonly fromMinute: number;
  /** In the order of the set. */
  readonly bands: readonly number[];
}

/** The stretches of a kind of day with the bands that name them, from minute 0. */
function coverage(set: TimeBandSet, kind: DayKind): readonly Stretch[] {
  const ranges = set.bands.flatMap((band, index) =>
    band.ranges.filter(({ days }) => days.includes(kind)).map((range) => ({ index, ...range })),
  );
  const cuts = new Set([0, ...ranges.flatMap(({ fromMinute, toMinute }) => [fromMinute, toMinute])]);
  return [...cuts]
    .filter((minute) => minute < MINUTES_PER_DAY)
    .sort((a, b) => a - b)
    .map((minute) => ({
      fromMinute: minute,
      bands: [...new Set(ranges.filter((range) => isInside(range, minute)).map(({ index }) => index))],
    }));
}

/** A range whose end is not after its beginning goes over midnight. */
function isInside({ fromMinute, toMinute }: TimeBandRange, minute: number): boolean {
  return fromMinute < toMinute ? minute >= fromMinute && minute < toMinute : minute >= fromMinute || minute < toMinute;
}

function dayPlan(set: TimeBandSet, kind: DayKind): DayPlan {
  const otherwise = set.bands.findIndex((band) => band.otherwise);
  const fromMinutes: number[] = [];
  const bands: number[] = [];
  for (const stretch of coverage(set, kind)) {
    const band = stretch.bands[0] ?? otherwise;
    if (bands.at(-1) === band) continue;
    fromMinutes.push(stretch.fromMinute);
    bands.push(band);
  }
  return { fromMinutes, bands };
}

function clockTime(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
