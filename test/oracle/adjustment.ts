/** Section 7, volume tiers: what is booked when the period's quantity is known. */
import type { Rounding } from '#core/money/rounding.ts';
import type { Rate, Tariff } from '#core/tariffs/tariff.ts';
import { type Exact, exact, minus, nanosOf, ofDecimal, ofNanos, over, roundTo, times, whole, ZERO } from './exact.ts';
import { lastReached } from './tiers.ts';

/** `quantity` is the rate's own in the period, `counter` that of all rates with the counter (seconds, messages, bytes, units or nanos). */
export function volumeAdjustmentNanos(tariff: Tariff, rate: Rate, quantity: bigint, counter: bigint, rounding: Rounding): bigint {
  const { tiers } = rate.terms;
  if (tiers?.kind !== 'volume') return 0n;
  const per = whole(tariff.per);
  const reached = lastReached(tiers, per, tiers.measure === 'money' ? ofNanos(counter) : exact(counter));
  const reachedPrice: Exact = reached === 0 ? ofDecimal(rate.terms.price) : ofDecimal(tiers.tiers[reached - 1]?.price ?? rate.terms.price);
  const difference = reached === 0 ? ZERO : minus(reachedPrice, ofDecimal(rate.terms.price));
  return nanosOf(roundTo(over(times(exact(quantity), difference), per), rounding.decimals, rounding.mode));
}
