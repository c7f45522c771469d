import { BandClock } from '../time/band-clock.ts';
import type { HolidayCalendar, TimeBandSet } from '../time/time-bands.ts';

/** The instants (microseconds) after `from` and before `to` at which another band of the set begins in the zone. Ascending. */
export function bandChanges(set: TimeBandSet, calendar: HolidayCalendar | undefined, zone: string, from: number, to: number): number[] {
  const clock = new BandClock(set, calendar, zone);
  const changes: number[] = [];
  for (let at = from, band = clock.at(from); ; ) {
    at = clock.nextBoundary(at);
    if (at >= to) return changes;
    const next = clock.at(at);
    if (next !== band) changes.push(at);
    band = next;
  }
}
