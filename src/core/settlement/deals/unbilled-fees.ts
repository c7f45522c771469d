/** What fees have come to before a day and no document has: by the days of each window that have passed, as if the fee ended there. */
import type { Agreement, Side } from '../../agreements/agreements.ts';
import { addFractions } from '../../money/fraction.ts';
import type { Period } from '../../time/period.ts';
import { type FeeWindow, feeTermsOf, feeWindows, firstSettledDay } from './fee-windows.ts';
import { bookedFor, partOf, storedFees, sumOf, ZERO } from './fees.ts';
import { roundedNanos, type SettledDeal } from './settle-deals.ts';

export interface UnbilledFeesAsked {
  /** The versions known, by first day, and every one that was ever stored. */
  readonly known: readonly Agreement[];
  readonly versions: readonly Agreement[];
  /** The first day that does not count. */
  readonly before: string;
  /** What documents have booked for deals. */
  readonly billed: readonly SettledDeal[];
  /** Days that documents of the partner are for: fees due on them are on these. */
  readonly theirs: readonly (Period & { readonly side: Side })[];
}

export interface UnbilledFee {
  readonly side: Side;
  readonly currency: string;
  readonly amountNanos: bigint;
}

/** One for each window with a difference; negative where more was billed than is due for days that are over. Billed in advance is never too much. */
export function unbilledFees({ known, versions, before, billed, theirs }: UnbilledFeesAsked): readonly UnbilledFee[] {
  const fees = storedFees(versions);
  const last = known.at(-1);
  if (fees.size === 0 || last === undefined) return [];
  const settledFrom = firstSettledDay(known) ?? before;
  const booked = billed.filter(({ deal }) => fees.has(deal));
  const from = [settledFrom, ...booked.map(({ window }) => window)].sort()[0] ?? settledFrom;
  const until = [before, ...booked.map(({ window }) => window)].sort().at(-1) ?? before;
  const windows = feeTermsOf(known).flatMap((of) => feeWindows(of, { from, to: until }, settledFrom));
  const { booked: bookedOf, stray } = bookedFor(windows, booked);
  const open = windows.flatMap((window): UnbilledFee[] => {
    const [{ fee, version }] = window.of.terms;
    const isTheirs = theirs.some(({ side, from: first, to }) => side === fee.side && first <= window.dueDay && window.dueDay < to);
    if (window.days.from >= before || isTheirs) return [];
    const come = comeTo(window, before);
    const paid = sumOf(bookedOf.get(window) ?? []);
    const isAhead = fee.due === 'advance' && window.days.to > before && (come < 0n ? paid <= come : paid >= come);
    return isAhead ? [] : [{ side: fee.side, currency: version.currency, amountNanos: come - paid }];
  });
  const noMore = stray.map(({ side, amountNanos }) => ({ side, currency: last.currency, amountNanos: -amountNanos }));
  return [...open, ...noMore].filter(({ amountNanos }) => amountNanos !== 0n);
}

/** Up to the day; rounded as the statement will round it. */
function comeTo({ window, parts }: FeeWindow, before: string): bigint {
  const past = parts.flatMap((part) => {
    const days = { from: part.days.from, to: part.days.to < before ? part.days.to : before };
    return days.from < days.to ? [{ ...part, days }] : [];
  });
  const version = past.at(-1)?.version;
  if (version === undefined) return 0n;
  return roundedNanos(
    past.reduce((sum, part) => addFractions(sum, partOf(part, window)), ZERO),
    version.rounding,
  );
}
