/** Sequence numbers of files, which begin anew after their last. */
import type { SequenceRule } from './collecting.ts';

/**
 * The position of a number in an endless row: the one nearest to the highest position so far that has this number.
 * A number up to half a round behind is late, everything else is ahead. Undefined when the number is not in the rule's range.
 */
export function positionOf(number: number, highest: number | undefined, { from, to }: SequenceRule): number | undefined {
  if (!Number.isSafeInteger(number) || number < from || number > to) return undefined;
  const round = to - from + 1;
  const place = number - from;
  if (highest === undefined) return place;
  const base = Math.floor(highest / round) * round + place;
  const nearest = [base - round, base, base + round].filter((position) => position >= 0);
  return nearest.reduce((best, position) => (Math.abs(position - highest) < Math.abs(best - highest) ? position : best));
}

/** The number that stands at a position. */
export function numberAt(position: number, { from, to }: SequenceRule): number {
  return from + (position % (to - from + 1));
}

/** The number in a file's name; undefined when the pattern finds none. */
export function sequenceNumber(name: string, { pattern }: SequenceRule): number | undefined {
  const digits = new RegExp(pattern).exec(name)?.[1];
  return digits !== undefined && /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;
}

/** What a position means for the row that is there: nothing, numbers skipped, one that comes late, or one that was there. */
export type SequenceFinding =
  | { readonly kind: 'next' }
  /** Positions skipped, both included. */
  | { readonly kind: 'gap'; readonly first: number; readonly last: number }
  | { readonly kind: 'late' }
  | { readonly kind: 'repeat' };

export function sequenceFinding(position: number, highest: number | undefined, taken: boolean): SequenceFinding {
  if (taken) return { kind: 'repeat' };
  if (highest === undefined || position === highest + 1) return { kind: 'next' };
  return position > highest ? { kind: 'gap', first: highest + 1, last: position - 1 } : { kind: 'late' };
}
