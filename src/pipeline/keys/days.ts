/** Days on which events start, and which days a window reaches. */
export const SECONDS_PER_DAY = 86_400;

/** Days seen lately, by their last bits: events of a batch start on few days, in any order. */
const RECENT = 64;

/** UTC days of these starts, in order, without repetition. */
export function daysOfStarts(startSeconds: ArrayLike<number>, indices: ArrayLike<number>, count: number): readonly number[] {
  const days = new Set<number>();
  const recent = new Float64Array(RECENT).fill(Number.NaN);
  for (let at = 0; at < count; at++) {
    const day = Math.floor((startSeconds[indices[at] ?? 0] ?? 0) / SECONDS_PER_DAY);
    if (recent[day & (RECENT - 1)] === day) continue;
    recent[day & (RECENT - 1)] = day;
    days.add(day);
  }
  return [...days].sort((a, b) => a - b);
}

/** Those of `days` that are within `window` days of one of `others`. Both in order. */
export function daysNear(days: readonly number[], others: readonly number[], window: number): readonly number[] {
  const near: number[] = [];
  let at = 0;
  for (const day of days) {
    while (at < others.length && (others[at] ?? 0) < day - window) at++;
    const other = others[at];
    if (other === undefined) break;
    if (other <= day + window) near.push(day);
  }
  return near;
}

export function mergedDays(all: Iterable<readonly number[]>): readonly number[] {
  const days = new Set<number>();
  for (const some of all) for (const day of some) days.add(day);
  return [...days].sort((a, b) => a - b);
}
