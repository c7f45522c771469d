import type { LocalClock, LocalMeaning } from './local-clock.ts';
import type { TimeReading } from './time-picture.ts';

/** The times of one record as they were read; NaN micros for a time that the record does not have. */
export interface CallTimes {
  readonly start: TimeReading;
  readonly answer: TimeReading;
  readonly end: TimeReading;
  /** Start to end, and answer to end, in microseconds, where the record says them; else NaN. */
  elapsed: number;
  duration: number;
  /** An instant near the start; NaN without. */
  clue: number;
}

/** The same times as instants; NaN where there is none. `skipped`: one of them does not exist in the zone. */
export interface CallInstants {
  start: number;
  answer: number;
  end: number;
  skipped: boolean;
}

/** A contradiction between times weighs as much as being off by a year. */
const DISORDER = 31_557_600_000_000;
const ROUNDING_SLACK = 2_000_000;

/**
 * Local times to instants. In the hour that a clock change repeats, a time has two meanings: those are
 * taken that agree best with what else the record says (order, elapsed time, duration, clue); if both
 * passes agree equally, the earlier.
 */
export function toInstants(times: CallTimes, clock: LocalClock, instants: CallInstants): void {
  instants.skipped = false;
  instants.start = quick(times.start, clock);
  instants.answer = quick(times.answer, clock);
  instants.end = quick(times.end, clock);
  const unclear = isUnclear(times.start, instants.start) || isUnclear(times.answer, instants.answer) || isUnclear(times.end, instants.end);
  if (unclear) choose(times, clock, instants);
}

function quick(reading: TimeReading, clock: LocalClock): number {
  return reading.instant ? reading.micros : clock.instant(reading.micros);
}

function isUnclear(reading: TimeReading, micros: number): boolean {
  return Number.isNaN(micros) && !Number.isNaN(reading.micros);
}

function choose(times: CallTimes, clock: LocalClock, instants: CallInstants): void {
  const starts = meanings(times.start, clock, instants);
  const answers = meanings(times.answer, clock, instants);
  const ends = meanings(times.end, clock, instants);
  let least = Number.POSITIVE_INFINITY;
  for (const start of starts) {
    for (const answer of answers) {
      for (const end of ends) {
        const against = contradiction(times, start, answer, end);
        if (against >= least) continue;
        least = against;
        instants.start = start;
        instants.answer = answer;
        instants.end = end;
      }
    }
  }
}

/** The earlier meaning first, so that it wins a tie. */
function meanings(reading: TimeReading, clock: LocalClock, instants: CallInstants): readonly number[] {
  if (reading.instant || Number.isNaN(reading.micros)) return [reading.micros];
  const meaning: LocalMeaning = clock.meaning(reading.micros);
  if (meaning.kind === 'one') return [meaning.micros];
  if (meaning.kind === 'two') return [meaning.earlier, meaning.later];
  instants.skipped = true;
  return [meaning.shifted];
}

function contradiction(times: CallTimes, start: number, answer: number, end: number): number {
  return (
    disorder(start, answer) +
    disorder(answer, end) +
    disorder(start, end) +
    distance(end - start, times.elapsed) +
    distance(end - (Number.isNaN(answer) ? start : answer), times.duration) +
    distance(start, times.clue)
  );
}

function disorder(first: number, second: number): number {
  return second < first - ROUNDING_SLACK ? DISORDER : 0;
}

function distance(found: number, said: number): number {
  const apart = Math.abs(found - said);
  return Number.isNaN(apart) || apart <= ROUNDING_SLACK ? 0 : apart;
}
