import { DEFAULT_DUPLICATE_WINDOW_DAYS, MOST_DUPLICATE_WINDOW_DAYS, type RepetitionSettings } from '#core/usage/repetitions.ts';
import type { SourceReading } from './source-reading.ts';

/** `duplicateWindowDays` of a source's declaration, in whole days. */
export function readRepetitions(reading: SourceReading, map: Readonly<Record<string, unknown>>): RepetitionSettings {
  const duplicateWindowDays = reading.whole(map, 'duplicateWindowDays', 1, MOST_DUPLICATE_WINDOW_DAYS, DEFAULT_DUPLICATE_WINDOW_DAYS);
  return map.duplicateWindowDays === undefined ? {} : { duplicateWindowDays };
}
