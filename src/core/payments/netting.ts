/** Netting: what both sides owe each other, over agreements and currencies, set off up to the smaller sum. */

import type { Posting } from '../ledger/entry.ts';
import { minorUnits } from '../money/currencies.ts';
import { type Conversion, convert } from '../money/exchange.ts';
import { byAge, smaller } from './allocation.ts';
import { carryingShare, type OpenBalance, type Part } from './settle.ts';

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
  // A part that is worth less than half of the smallest unit of its own currency cannot be set off: then so much less is.
  for (let setOffNanos = smaller(receivableNanos, payableNanos); ; ) {
    const set = setOff(items, setOffNanos, currency, into);
    const lost = set.reduce((most, each) => {
      const worth = each.setOffNanos === 0n ? magnitudeOf(each.setOffWorthNanos) : 0n;
      return worth > most ? worth : most;
    }, 0n);
    if (lost === 0n)
      return { currency, items: set, receivableNanos, payableNanos, setOffNanos, remainderNanos: receivableNanos - payableNanos };
    setOffNanos -= lost;
  }
}

/** So much of each side, the oldest first. */
function setOff(
  items: readonly Pick<NettingItem, 'balance' | 'worthNanos'>[],
  nanos: bigint,
  currency: string,
  into: ReadonlyMap<string, Conversion>,
): readonly NettingItem[] {
  const left = { receivable: nanos, payable: nanos };
  return items.map(({ balance, worthNanos }): NettingItem => {
    const sign = worthNanos < 0n ? -1n : 1n;
    const side = sign < 0n ? 'payable' : 'receivable';
    const magnitude = worthNanos * sign;
    const taken = smaller(magnitude, left[side]);
    left[side] -= taken;
    const own = taken === magnitude ? balance.openNanos : ownPart(balance, taken * sign, currency, into);
    return { balance, worthNanos, setOffNanos: taken === 0n ? 0n : own, setOffWorthNanos: taken * sign };
  });
}

function magnitudeOf(nanos: bigint): bigint {
  return nanos < 0n ? -nanos : nanos;
}

/**
 * What remains of all items, as one item of the netting's currency: the balances whole, and the posting that stands for what is left of
 * them. In the legal entity's currency it carries what they were booked at: nothing is realised on what is not paid.
 */
export function remainderAsOne(
  { items, currency, remainderNanos }: NettingProposal,
  parts: readonly Part[],
  item: { readonly account: string; readonly document: string; readonly dueDay: string },
  entityCurrency: string,
): { readonly parts: readonly Part[]; readonly posting: Posting | undefined } {
  const set = new Map(parts.map((part) => [partKey(part.balance), part]));
  const whole = items.map(({ balance }): Part => {
    const now = set.get(partKey(balance))?.balance ?? balance;
    return { balance: now, nanos: now.openNanos };
  });
  if (remainderNanos === 0n) return { parts: whole, posting: undefined };
  const carried = whole.reduce((sum, { balance }) => {
    const taken = set.get(partKey(balance));
    return sum + balance.openEntityNanos - (taken === undefined ? 0n : carryingShare(balance, taken.nanos, entityCurrency));
  }, 0n);
  const ledgerAccount = remainderNanos > 0n ? 'receivable' : 'payable';
  const own = currency === entityCurrency ? {} : { entityAmountNanos: carried };
  return { parts: whole, posting: { ledgerAccount, ...item, currency, amountNanos: remainderNanos, ...own } };
}

function partKey({ ledgerAccount, account, document, currency }: OpenBalance): string {
  return JSON.stringify([ledgerAccount, account, document, currency]);
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
