/** The amounts of an entry in the legal entity's currency. */
import { allocate } from '../money/allocate.ts';
import { minorUnits } from '../money/currencies.ts';
import { type Conversion, conversionText, convert } from '../money/exchange.ts';
import type { EntryExchange, LedgerEntry, Posting } from './entry.ts';

/** Currencies in which an entry has postings without their amount in the legal entity's currency. */
export function currenciesToConvert(entry: LedgerEntry, entityCurrency: string): readonly string[] {
  const missing = entry.postings.filter((posting) => posting.currency !== entityCurrency && posting.entityAmountNanos === undefined);
  return [...new Set(missing.map(({ currency }) => currency))];
}

/**
 * The entry with these amounts filled in: the debits of a currency together become a whole amount of the legal entity's currency,
 * rounded half-up once, which is shared out over them so that nothing is lost; the credits likewise. So an entry that balances in its
 * own currency balances in the legal entity's.
 */
export function withEntityAmounts(entry: LedgerEntry, entityCurrency: string, conversions: ReadonlyMap<string, Conversion>): LedgerEntry {
  const postings: Posting[] = [...entry.postings];
  const exchange: EntryExchange[] = [...(entry.exchange ?? [])];
  for (const currency of currenciesToConvert(entry, entityCurrency)) {
    const conversion = conversions.get(currency);
    if (conversion === undefined) throw new Error(`no conversion of ${currency} was given`);
    for (const sign of [1n, -1n]) {
      const side = postings.flatMap((posting, index) =>
        posting.currency === currency && posting.entityAmountNanos === undefined && posting.amountNanos * sign > 0n ? [index] : [],
      );
      const weights = side.map((index) => (postings[index]?.amountNanos ?? 0n) * sign);
      const total = convert(
        weights.reduce((sum, each) => sum + each, 0n),
        conversion,
        minorUnits(entityCurrency) ?? 2,
      );
      for (const [at, share] of allocate(total, weights).entries()) {
        const index = side[at] ?? 0;
        postings[index] = { ...(postings[index] as Posting), entityAmountNanos: share * sign }; // one of the list
      }
    }
    exchange.push({ currency, rate: conversionText(conversion), source: conversion.source, day: conversion.day });
  }
  const all = postings.map((posting) =>
    posting.currency !== entityCurrency && posting.entityAmountNanos === undefined ? { ...posting, entityAmountNanos: 0n } : posting,
  );
  return { ...entry, postings: all, exchange };
}
