/** Netting: what both sides owe each other, over agreements and currencies, set off up to the smaller sum. */
import { minorUnits } from '../money/currencies.ts';
import { type Conversion, convert } from '../money/exchange.ts';
import { byAge, smaller } from './allocation.ts';
import type { OpenBalance, Part } from './settle.ts';

export interface NettingItem {
  readonly balance: OpenBalance;
  /** What is open, in the currency of the netting; debit above zero. */
  readonly worthNanos: bigint;
  /** What is set off of it: in its own currency and in that of the netting; of the sign of what is open. */
  readonly setOffNanos: bigint;
  readonly setOffWorthNanos: bigint;
}

export interface NettingProposal {
  readonly currency: string;
  readonly items: readonly NettingItem[];
  /** Sums of what is owed to us and by us (above zero both), what is set off, and what remains: above zero for us to get. */
  readonly receivableNanos: bigint;
  readonly payableNanos: bigint;
  readonly setOffNanos: bigint;
  readonly remainderNanos: bigint;
}

/**
 * The oldest first on both sides. The smaller side is settled whole; of the other the items that were reached in part keep the rest.
 * `into` has a conversion of each other currency into that of the netting, rounded half-up per item.
 */
export function proposeNetting(balances: readonly OpenBalance[], currency: string, into: ReadonlyMap<string, Conversion>): NettingProposal {
  const decimals = minorUnits(currency) ?? 2;
  const items = balances.toSorted(byAge).map((balance) => ({ balance, worthNanos: worthIn(balance, currency, decimals, into) }));
  const sum = (sign: bigint): bigint =>
    items.reduce((total, { worthNanos }) => (worthNanos * sign > 0n ? total + worthNanos * sign : total), 0n);
  const [receivableNanos, payableNanos] = [sum(1n), sum(-1n)];
  const setOffNanos = smaller(receivableNanos, payableNanos);
  const left = { receivable: setOffNanos, payable: setOffNanos };
  const set = items.map(({ balance, worthNanos }): NettingItem => {
    const sign = worthNanos < 0n ? -1n : 1n;
    const side = sign < 0n ? 'payable' : 'receivable';
    const magnitude = worthNanos * sign;
    const taken = smaller(magnitude, left[side]);
    left[side] -= taken;
    const own = taken === magnitude ? balance.openNanos : ownPart(balance, taken * sign, currency, into);
    return { balance, worthNanos, setOffNanos: taken === 0n ? 0n : own, setOffWorthNanos: taken * sign };
  });
  return { currency, items: set, receivableNanos, payableNanos, setOffNanos, remainderNanos: receivableNanos - payableNanos };
}

/** What is taken out of the balances. */
export function partsOf({ items }: NettingProposal): readonly Part[] {
  return items.flatMap(({ balance, setOffNanos }) => (setOffNanos === 0n ? [] : [{ balance, nanos: setOffNanos }]));
}

function worthIn(balance: OpenBalance, currency: string, decimals: number, into: ReadonlyMap<string, Conversion>): bigint {
  if (balance.currency === currency) return balance.openNanos;
  return convert(balance.openNanos, conversionOf(balance, into), decimals);
}

/** So much of the netting's currency back in the balance's own, in whole smallest units and never more than is open. */
function ownPart(balance: OpenBalance, worthNanos: bigint, currency: string, into: ReadonlyMap<string, Conversion>): bigint {
  if (balance.currency === currency) return worthNanos;
  const { factor, ...rest } = conversionOf(balance, into);
  const back: Conversion = { ...rest, factor: { numerator: factor.denominator, denominator: factor.numerator } };
  const own = convert(worthNanos, back, minorUnits(balance.currency) ?? 2);
  const isTooMuch = balance.openNanos < 0n ? own < balance.openNanos : own > balance.openNanos;
  return isTooMuch ? balance.openNanos : own;
}

function conversionOf(balance: OpenBalance, into: ReadonlyMap<string, Conversion>): Conversion {
  const conversion = into.get(balance.currency);
  if (conversion === undefined) throw new Error(`no conversion of ${balance.currency} was given`);
  return conversion;
}
