/** What both ways of reading a record must agree in. */

const FIRST_START = Date.UTC(2000, 0, 1) * 1000;
const AFTER_LAST_START = Date.UTC(2100, 0, 1) * 1000;

export function startsInRange(startMicros: number): boolean {
  return startMicros >= FIRST_START && startMicros < AFTER_LAST_START;
}

/** Clocks of different parts of a switch differ, and whole seconds are cut: microseconds by which times may be out of order. */
export const MOST_DISORDER = 2_000_000;

const YES: readonly string[] = ['yes', 'Yes', 'YES', 'true', 'TRUE', '1', 'Y', 'y', 'answered', 'ANSWERED', 'Answered'];

/** Whether a text says that a call was answered; `values` are the source's own words. */
export function isYes(text: string, values: readonly string[] | undefined): boolean {
  return (values ?? YES).includes(text);
}
