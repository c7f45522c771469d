/**
 * Deals over a period: what the traffic of a stretch of days is due beyond, or instead of, the sum of its charges.
 * Figures are exact decimals as they were written; amounts and prices are in the agreement's currency.
 */
import type { Service } from '../usage/usage-event.ts';
import type { Side } from './agreements.ts';

/** What quantities are counted in. Prices are for one of it. MB and GB are 10⁶ and 10⁹ bytes. */
export const dealMeasures = ['minutes', 'messages', 'MB', 'GB', 'events', 'money'] as const;
export type DealMeasure = (typeof dealMeasures)[number];
export type QuantityMeasure = Exclude<DealMeasure, 'money'>;

/** How often a deal is settled, counted from its first day. `once`: from its first to its last day. */
export const dealCycles = ['once', 'month', 'quarter', 'half-year', 'year'] as const;
export type DealCycle = (typeof dealCycles)[number];

export interface DealScope {
  /** All services of the side when left out. */
  readonly service?: Service;
  /** Destinations of the rates; one that ends in `*` means all that begin so. All when left out. */
  readonly destinations?: readonly string[];
  /** Bins of enrichment, `set/bin`: only events that lie in one of them. */
  readonly bins?: readonly string[];
}

interface DealBase extends DealScope {
  readonly id: string;
  readonly name?: string;
  /** First local day, and the first on which it no longer holds. */
  readonly from: string;
  readonly to?: string;
  readonly every: DealCycle;
}

/** A volume is promised; what is missing is paid at `price`. Charges stay as they are. */
export interface Commitment extends DealBase {
  readonly kind: 'commitment';
  readonly side: Side;
  readonly measure: QuantityMeasure;
  readonly quantity: string;
  readonly price: string;
}

/** The whole quantity is paid at `price`, sent or not; what is above it at `excessPrice`. Takes the place of the charges. */
export interface SendOrPay extends DealBase {
  readonly kind: 'send-or-pay';
  readonly side: Side;
  readonly measure: QuantityMeasure;
  readonly quantity: string;
  readonly price: string;
  readonly excessPrice: string;
}

/** The lesser of both directions is balanced and paid at `price` on each side; the excess of the greater at `excessPrice`. */
export interface Swap extends DealBase {
  readonly kind: 'swap';
  readonly service: Service;
  readonly measure: QuantityMeasure;
  readonly price: string;
  readonly excessPrice: string;
}

/** `graduated`: each slice at its own price. `retroactive`: everything at the price that was reached. Takes the place of the charges. */
export interface TierDeal extends DealBase {
  readonly kind: 'graduated' | 'retroactive';
  readonly side: Side;
  readonly measure: QuantityMeasure;
  /** Ascending; below the first the charges stay. */
  readonly tiers: readonly { readonly from: string; readonly price: string }[];
}

/** A part of what was charged is given back, the more the more there is: of all of it, or of each slice its own part. */
export interface Discount extends DealBase {
  readonly kind: 'discount';
  readonly side: Side;
  readonly measure: DealMeasure;
  readonly applies: 'all' | 'slices';
  /** Ascending; per cent. */
  readonly tiers: readonly { readonly from: string; readonly percent: string }[];
}

/** What is missing to `amount` is paid. */
export interface MinimumRevenue extends DealBase {
  readonly kind: 'minimum-revenue';
  readonly side: Side;
  readonly amount: string;
}

/** A part of what is charged under another agreement: the further parties of a cascade. */
export interface ShareDeal extends DealBase {
  readonly kind: 'share';
  /** The side of this agreement on which it is owed. */
  readonly side: Side;
  /** The other agreement, of the same currency, and the side of it whose charges count. */
  readonly of: string;
  readonly ofSide: Side;
  /** Either per cent of its charges, or a price for each of its units. */
  readonly percent?: string;
  readonly price?: string;
  readonly measure?: QuantityMeasure;
}

/** What is due whatever is used: ports, lines, seats. Windows are those of the calendar, or from `cycleStart` on. */
export interface Fee {
  readonly kind: 'fee';
  readonly id: string;
  readonly name?: string;
  readonly side: Side;
  /** Of one, for a whole window. */
  readonly price: string;
  /** How many; whole. One when left out. */
  readonly quantity?: string;
  /** First local day, and the first on which it no longer holds. `once`: the day on which it is due. */
  readonly from: string;
  readonly to?: string;
  /** `period`: each settlement period of the agreement. */
  readonly every: DealCycle | 'period';
  /** A local day on which a window begins: years from the 15th of March. Left out: the first of the calendar's. */
  readonly cycleStart?: string;
  /** Whether it is billed with the statement that has the window's last day, or with the one before its first. */
  readonly due: (typeof feeDues)[number];
}

export const feeDues = ['arrears', 'advance'] as const;

/** What traffic makes due. */
export type TrafficDeal = Commitment | SendOrPay | Swap | TierDeal | Discount | MinimumRevenue | ShareDeal;
export type Deal = TrafficDeal | Fee;

/** The deals that count traffic, in their order. */
export function trafficDeals(deals: readonly Deal[]): readonly TrafficDeal[] {
  return deals.filter((deal) => deal.kind !== 'fee');
}

export const dealKinds = [
  'commitment',
  'send-or-pay',
  'swap',
  'graduated',
  'retroactive',
  'discount',
  'minimum-revenue',
  'share',
  'fee',
] as const satisfies readonly Deal['kind'][];

/** Whether it takes the place of the charges of its scope. Two such deals may not share traffic. */
export function replacesCharges(deal: TrafficDeal): boolean {
  return deal.kind === 'send-or-pay' || deal.kind === 'swap' || deal.kind === 'graduated' || deal.kind === 'retroactive';
}

/** The sides on which a deal comes out. */
export function sidesOf(deal: Deal): readonly Side[] {
  return deal.kind === 'swap' ? ['receivable', 'payable'] : [deal.side];
}

/** Whether a destination belongs to what a scope names. */
export function isInDestinations(scope: DealScope, destination: string): boolean {
  const { destinations } = scope;
  if (destinations === undefined) return true;
  return destinations.some((each) => (each.endsWith('*') ? destination.startsWith(each.slice(0, -1)) : each === destination));
}
