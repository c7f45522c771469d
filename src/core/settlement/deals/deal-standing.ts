/** How far a deal has come, as figures: what is needed, what is reached of it. */
import type { DealMeasure, TrafficDeal } from '../../agreements/deals.ts';
import { formatNanos } from '../../money/amount.ts';
import { decimal, formatDecimal, unitsAtScale } from '../../money/decimal.ts';
import { divideRounded } from '../../money/rounding.ts';
import { type DealSums, unitsOf } from './deal-usage.ts';

/** What a deal counts. */
export function measureOfDeal(deal: TrafficDeal): DealMeasure {
  return deal.kind === 'minimum-revenue' ? 'money' : (deal.measure ?? 'money');
}

/** What was promised, as it was written, in the deal's measure; undefined where nothing is. */
export function promisedIn(deal: TrafficDeal): string | undefined {
  if (deal.kind === 'commitment' || deal.kind === 'send-or-pay') return deal.quantity;
  return deal.kind === 'minimum-revenue' ? deal.amount : undefined;
}

/** Traffic in a measure, with two decimals: half-up, as it is shown and never booked. */
export function quantityIn({ quantity, amountNanos }: DealSums, measure: DealMeasure): string {
  if (measure === 'money') return formatNanos(amountNanos, 2);
  return formatDecimal({ units: divideRounded(quantity * 100n, unitsOf(measure), 'half-up'), scale: 2 });
}

/** Per cent with one decimal, cut and not rounded: 100.0 is only said of what is reached. Both decimals; undefined where nothing is needed. */
export function percentOf(reached: string, needed: string): string | undefined {
  const [have, want] = [reached, needed].map((each) => {
    const read = decimal(each);
    return unitsAtScale(read, Math.max(read.scale, 9));
  });
  if (have === undefined || want === undefined || want <= 0n) return undefined;
  const tenths = have <= 0n ? 0n : (have * 1_000n) / want;
  return `${tenths / 10n}.${tenths % 10n}`;
}
