/** What a call to a prefix costs with each carrier, as its router would know it: for choosing the route only. */
import { buyPrice, type Carrier } from '../rate-sheets/offers.ts';
import type { PublishedRate } from '../rate-sheets/published-list.ts';

export interface RouteCosts {
  /** Ten-thousandths of a dollar a minute, about; Infinity where the list has no code for it. */
  of(carrier: Carrier, prefix: string): number;
}

export function routeCosts(published: readonly PublishedRate[]): RouteCosts {
  const byCode = new Map(published.map((rate) => [rate.code, rate]));
  return {
    of(carrier, prefix) {
      for (let length = prefix.length; length > 0; length -= 1) {
        const rate = byCode.get(prefix.slice(0, length));
        if (rate !== undefined)
          return buyPrice(carrier, rate).offPeak * (carrier === 'rheinland' ? 1 / 0.86 : carrier === 'atlantic' ? 1.12 : 1);
      }
      return Number.POSITIVE_INFINITY;
    },
  };
}
