/** Local dates moved by whole days. */

/** Those that were asked for: a close asks for the same few for thousands of agreements, and Temporal takes microseconds for each. */
const moved = new Map<string, string>();
const MOST_KNOWN = 10_000;

/** The local date so many days later, or earlier where they are negative: `2026-03-01` and -1 is `2026-02-28`. */
export function addDays(date: string, days: number): string {
  const key = `${date} ${days}`;
  const found = moved.get(key);
  if (found !== undefined) return found;
  const made = Temporal.PlainDate.from(date).add({ days }).toString();
  if (moved.size >= MOST_KNOWN) moved.clear();
  moved.set(key, made);
  return made;
}
