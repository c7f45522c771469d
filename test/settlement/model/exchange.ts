/** Rates as docs/reference/exchange.md says: agreed ones first, else those of the day or up to seven days before, or the month's average to six decimals; directly or over the euro. */
import type { Agreement } from '#core/agreements/agreements.ts';
import { decimal } from '#core/money/decimal.ts';
import { type Exact, ofDecimal, over, plus, roundTo, whole, ZERO } from '../../oracle/exact.ts';
import type { World } from './world.ts';

/** Decimals in which these currencies are paid (ISO 4217). */
export const DECIMALS: Readonly<Record<string, number>> = { EUR: 2, USD: 2, GBP: 2, JPY: 0, KWD: 3, CAD: 2, INR: 2 };

/** Units of `to` for one of `from`, by the terms of an agreement; without one by those of a legal entity that says nothing. */
export function factorOf(world: World, agreement: Agreement | undefined, from: string, to: string, day: string): Exact {
  if (from === to) return whole(1);
  for (const { of, in: into, rate } of agreement?.exchange?.fixed ?? []) {
    if (of === from && into === to) return ofDecimal(decimal(rate));
    if (of === to && into === from) return over(whole(1), ofDecimal(decimal(rate)));
  }
  const average = agreement?.exchange?.by === 'month-average';
  return over(perEuro(world, to, day, average), perEuro(world, from, day, average));
}

function perEuro(world: World, currency: string, day: string, average: boolean): Exact {
  if (currency === 'EUR') return whole(1);
  const own = world.exchange.filter((each) => each.in === currency);
  if (average) {
    const month = own.filter((each) => each.day.slice(0, 7) === day.slice(0, 7)).map(({ rate }) => ofDecimal(rate));
    return roundTo(over(month.reduce(plus, ZERO), whole(month.length)), 6, 'half-up');
  }
  const rate = own.filter((each) => each.day <= day).at(-1);
  if (rate === undefined) throw new Error(`the world has no rate of ${currency} on ${day}`);
  return ofDecimal(rate.rate);
}
