/** Days on which traffic is missing that usually is there. */
import type { Period } from '../time/period.ts';

/** How many weeks before a day are looked at, and in how many of them its weekday must have had traffic. */
export const IDLE_WEEKS = 4;
const USUAL_WEEKS = 3;

/**
 * Days of the period without traffic although the same weekday had some in at least three of the four weeks before. `active`: local days
 * with traffic, from four weeks before the period to its end.
 */
export function idleDays(active: ReadonlySet<string>, { from, to }: Period): readonly string[] {
  const idle: string[] = [];
  for (let day = Temporal.PlainDate.from(from); day.toString() < to; day = day.add({ days: 1 })) {
    if (active.has(day.toString())) continue;
    const before = Array.from({ length: IDLE_WEEKS }, (_, week) => day.subtract({ weeks: week + 1 }).toString());
    if (before.filter((each) => active.has(each)).length >= USUAL_WEEKS) idle.push(day.toString());
  }
  return idle;
}
