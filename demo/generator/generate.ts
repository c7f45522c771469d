/** One day of traffic for the demonstration, from a seed: the same seed writes the same bytes. */
import { readFileSync } from 'node:fs';
import { readPublishedList } from '../rate-sheets/published-list.ts';
import { type FileTruth, writeDayFiles } from './day-files.ts';
import { dayOfCalls } from './day-of-calls.ts';
import { routeCosts } from './route-costs.ts';

export interface TrafficOptions {
  readonly seed: string;
  readonly calls: number;
  /** Local date in New York. */
  readonly day: string;
  /** Where the files go. */
  readonly folder: string;
  /** The published price list in `examples/demo-operator/rate-sheets`. */
  readonly publishedList: string;
}

/** Friday 2 October 2026 in New York: in Berlin it reaches into Saturday 3 October, the Day of German Unity. */
export const DEMO_DAY = '2026-10-02';
export const DEMO_SEED = 'carillon-demo-1';
export const DEMO_CALLS = 200_000;

export function generateTraffic(options: TrafficOptions): readonly FileTruth[] {
  const { seed, calls, day, folder, publishedList } = options;
  const midnight = Temporal.PlainDate.from(day).toZonedDateTime('America/New_York');
  const dayStartMicros = midnight.epochMilliseconds * 1_000;
  const costs = routeCosts(readPublishedList(readFileSync(publishedList, 'utf8')));
  const made = dayOfCalls({ seed, calls, dayStartMicros, routeCosts: costs });
  return writeDayFiles(made, { seed, folder, dayStartMicros, day });
}
