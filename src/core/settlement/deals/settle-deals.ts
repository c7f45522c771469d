/**
 * Deals of an agreement settled: what each makes due beyond the charges, rounded once as the agreement says, for the
 * windows that end in a period; and what windows settled before have changed by since.
 */
import type { Side } from '../../agreements/agreements.ts';
import { type Deal, isInDestinations, sidesOf, type TrafficDeal } from '../../agreements/deals.ts';
import { NANO_DECIMALS } from '../../money/amount.ts';
import type { Fraction } from '../../money/fraction.ts';
import { divideRounded, type Rounding } from '../../money/rounding.ts';
import type { Period } from '../../time/period.ts';
import { SETTLED_AGAIN } from '../adjustment-texts.ts';
import { writePeriod } from '../statement-period.ts';
import { type DealOutcome, type DealTraffic, outcomesOf } from './deal-outcome.ts';
import { type DealUsage, inScope, sumOf } from './deal-usage.ts';
import { windowOf, windowsEndingIn, windowsOver } from './deal-windows.ts';

export interface DealBooks {
  /** In the order in which they are agreed: those that count money count what the ones before them made due. */
  readonly deals: readonly TrafficDeal[];
  readonly rounding: Rounding;
  /** Traffic of the agreement itself. */
  readonly usage: readonly DealUsage[];
  /** Traffic of the agreements that shares are of. */
  readonly others: ReadonlyMap<string, readonly DealUsage[]>;
}

/** What statements made before have booked for a window. */
export interface SettledDeal {
  readonly deal: string;
  /** First day of the window. */
  readonly window: string;
  readonly side: Side;
  readonly amountNanos: bigint;
}

export interface DealAdjustment {
  readonly deal: Deal;
  readonly window: Period;
  readonly side: Side;
  /** Billed, in the units of DealUsage; of fees how many. */
  readonly quantity: bigint;
  /** Fees: the price, where quantity × price is the amount. */
  readonly price?: string;
  /** Beyond what was charged and settled; rounded. */
  readonly amountNanos: bigint;
  readonly words: string;
}

/** Closed days whose windows are settled again. */
export interface LateDays {
  /** For which traffic of the agreement came since they were stated. */
  readonly own: readonly Period[];
  /** For which traffic of others may have come, that shares are of. */
  readonly others: readonly Period[];
}

const NOT_LATE: LateDays = { own: [], others: [] };

export type RoundedOutcome = DealOutcome & { readonly amountNanos: bigint };

/**
 * Adjustments that a statement for the period makes; none where nothing is due beyond what was charged. Windows
 * over late days are settled again, whatever they had come to.
 */
export function dealAdjustments(
  books: DealBooks,
  period: Period,
  settled: readonly SettledDeal[],
  late: LateDays = NOT_LATE,
): readonly DealAdjustment[] {
  return books.deals.flatMap((deal) =>
    windowsToSettle(deal, period, settled, late).flatMap((window) =>
      outcomesIn(books, deal, window).flatMap(({ side, sums, amountNanos, words }): DealAdjustment[] => {
        const before = settled.filter((each) => each.deal === deal.id && each.window === window.from && each.side === side);
        const booked = before.reduce((sum, each) => sum + each.amountNanos, 0n);
        if (amountNanos === booked) return [];
        const again = before.length === 0 ? '' : SETTLED_AGAIN;
        const name = `${deal.name ?? deal.id}, ${writePeriod(window)}`;
        return [{ deal, window, side, quantity: sums.quantity, amountNanos: amountNanos - booked, words: `${name}: ${words}.${again}` }];
      }),
    ),
  );
}

/** The days whose usage those adjustments are made from; undefined when there are none. */
export function daysOfDeals(
  deals: readonly TrafficDeal[],
  period: Period,
  settled: readonly SettledDeal[],
  late: LateDays = NOT_LATE,
): Period | undefined {
  const windows = deals.flatMap((deal) => windowsToSettle(deal, period, settled, late));
  const from = windows.map((window) => window.from).sort()[0];
  return from === undefined ? undefined : { from, to: period.to };
}

function windowsToSettle(deal: TrafficDeal, period: Period, settled: readonly SettledDeal[], late: LateDays): readonly Period[] {
  const looked = deal.kind === 'share' ? late.others : late.own;
  const before = [
    ...settled.flatMap((each) => (each.deal === deal.id ? [windowOf(deal, each.window)] : [])),
    ...looked.flatMap((days) => windowsOver(deal, days)),
  ];
  const ending = windowsEndingIn(deal, period);
  const again = new Map(before.flatMap((window): [string, Period][] => (window === undefined ? [] : [[window.from, window]])));
  for (const { from } of ending) again.delete(from);
  const earlier = [...again.values()].filter(({ to }) => to <= period.to).sort((a, b) => (a.from < b.from ? -1 : 1));
  return [...earlier, ...ending];
}

/** What a deal of the books comes to in a window, with its adjustment rounded once. */
export function outcomesIn(books: DealBooks, deal: TrafficDeal, window: Period): readonly RoundedOutcome[] {
  return outcomesOf(deal, trafficOf(books, deal, window)).map((outcome) => ({
    ...outcome,
    amountNanos: roundedNanos(outcome.adjustmentNanos, books.rounding),
  }));
}

function trafficOf(books: DealBooks, deal: TrafficDeal, window: Period): DealTraffic {
  const measure = deal.kind === 'minimum-revenue' ? 'money' : (deal.measure ?? 'money');
  const usage = deal.kind === 'share' ? (books.others.get(deal.of) ?? []) : books.usage;
  const sums = (side: Side) => sumOf(inScope(deal, measure, side, window, usage));
  const traffic = { receivable: sums('receivable'), payable: sums('payable') };
  if (deal.kind !== 'discount' && deal.kind !== 'minimum-revenue') return traffic;
  const before = books.deals.slice(0, books.deals.indexOf(deal)).filter((earlier) => holds(deal, earlier));
  const settled = before.flatMap((earlier) =>
    windowsEndingIn(earlier, window).flatMap((part) => (part.from < window.from ? [] : outcomesIn(books, earlier, part))),
  );
  const { side } = deal;
  const added = settled.reduce((sum, outcome) => (outcome.side === side ? sum + outcome.amountNanos : sum), 0n);
  return { ...traffic, [side]: { ...traffic[side], amountNanos: traffic[side].amountNanos + added } };
}

/** Whether all traffic of the inner deal is traffic of the outer one. */
function holds(outer: TrafficDeal, inner: TrafficDeal): boolean {
  if (outer.kind === 'swap' || inner.kind === 'share' || !sidesOf(inner).includes(outer.side)) return false;
  if (outer.service !== undefined && outer.service !== inner.service) return false;
  if (outer.bins !== undefined) return inner.bins?.every((bin) => outer.bins?.includes(bin)) ?? false;
  if (outer.destinations === undefined) return true;
  return (
    inner.destinations?.every((each) => outer.destinations?.includes(each) || isInDestinations(outer, each.replace(/\*$/, ''))) ?? false
  );
}

/** Nanos rounded to the decimals of the agreement, in its mode. */
export function roundedNanos({ numerator, denominator }: Fraction, { decimals, mode }: Rounding): bigint {
  const step = 10n ** BigInt(NANO_DECIMALS - decimals);
  return divideRounded(numerator, denominator * step, mode) * step;
}
