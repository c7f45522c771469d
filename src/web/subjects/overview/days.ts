/** Two weeks of days, and what they add up to: exact, in the API's own texts. */
import { sumFigures } from '../../parts/figures.ts';

/** The days up to this one, oldest first. */
export function daysTo(on: string, count: number): readonly string[] {
  const last = Date.parse(`${on}T00:00:00Z`);
  return Array.from({ length: count }, (_, at) => new Date(last - (count - 1 - at) * 86_400_000).toISOString().slice(0, 10));
}

export interface Valued {
  readonly day: string;
  readonly value: string;
}

/** The sum of a day; `0` for one that has nothing. */
export function onDay(figures: readonly Valued[], day: string): string {
  return sumFigures(figures.flatMap((each) => (each.day === day ? [each.value] : [])));
}

/** In hundredths of what it was; undefined where it was nothing. Whole, for people: not for the books. */
export function changeOf(now: string, before: string): number | undefined {
  const [a, b] = [Number(now), Number(before)];
  return b === 0 ? undefined : Math.round(((a - b) / Math.abs(b)) * 100);
}
