/** Section 7: what is used is laid behind the counter and each slice has the price of its tier. */
import type { Rate, Tiers } from '#core/tariffs/tariff.ts';
import { compare, type Exact, exact, least, minus, ofDecimal, over, plus, times, ZERO } from './exact.ts';

/** A stretch of what is billed, in time order, all in one band and one step. */
export interface Portion {
  /** Seconds, messages, bytes or units. */
  readonly quantity: Exact;
  /** The rate of the band it lies in. */
  readonly rate: Rate;
  /** 0: the rate's own price; k: its k-th step's. */
  readonly step: number;
  /** Price of the step or size band per `per`, in the first tier. */
  readonly price: Exact;
}

/** A part of a portion that lies in one tier: quantity × unitPrice is its price. */
export interface Slice {
  readonly quantity: Exact;
  readonly unitPrice: Exact;
  readonly rateId: number;
  readonly step: number;
  readonly tier: number;
}

/** Lays the portions behind the counter. `tiers` are those of the rate at the start; `per` is the tariff's. */
export function sliceByTier(portions: readonly Portion[], per: Exact, tiers: Tiers | undefined, counterBefore: Exact): readonly Slice[] {
  const slices: Slice[] = [];
  let position = counterBefore;
  for (const portion of portions) {
    let rest = portion.quantity;
    while (compare(rest, ZERO) > 0) {
      const tier = tiers?.kind === 'graduated' ? lastReached(tiers, per, position) : 0;
      const unitPrice = over(tier === 0 ? portion.price : tierPrice(portion.rate, tier), per);
      const next = tiers?.kind === 'graduated' ? tiers.tiers[tier] : undefined;
      let quantity = rest;
      if (tiers !== undefined && next !== undefined) {
        const room = minus(tierStart(tiers, per, next.from), position);
        if (tiers.measure !== 'money') quantity = least(rest, room);
        else if (compare(unitPrice, ZERO) > 0) quantity = least(rest, over(room, unitPrice));
      }
      slices.push({ quantity, unitPrice, rateId: portion.rate.id, step: portion.step, tier });
      position = plus(position, tiers?.measure === 'money' ? times(quantity, unitPrice) : quantity);
      rest = minus(rest, quantity);
    }
  }
  return slices;
}

export function priceOfSlices(slices: readonly Slice[]): Exact {
  return slices.reduce((sum, { quantity, unitPrice }) => plus(sum, times(quantity, unitPrice)), ZERO);
}

/** Where a tier begins, in what the counter counts: seconds for minutes, bytes for volume, else as written. */
export function tierStart(tiers: Tiers, per: Exact, from: Tiers['tiers'][number]['from']): Exact {
  const written = ofDecimal(from);
  if (tiers.measure === 'minutes') return times(written, exact(60n));
  return tiers.measure === 'volume' ? times(written, per) : written;
}

/** 0 for the rate's own price; k for the k-th further tier: the last whose beginning the position has reached. */
export function lastReached(tiers: Tiers, per: Exact, position: Exact): number {
  let reached = 0;
  tiers.tiers.forEach(({ from }, index) => {
    if (compare(tierStart(tiers, per, from), position) <= 0) reached = index + 1;
  });
  return reached;
}

function tierPrice(rate: Rate, tier: number): Exact {
  const found = rate.terms.tiers?.tiers[tier - 1];
  if (found === undefined) throw new Error(`rate ${rate.id} has no tier ${tier}, though the rate at the start has`);
  return ofDecimal(found.price);
}
