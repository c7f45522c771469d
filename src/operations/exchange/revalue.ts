/** Revaluing balances in foreign currencies at a period's end. */

import type { LedgerEntry } from '#core/ledger/entry.ts';
import { type ForeignBalance, isRevalued, type RevaluationRequest, revaluationEntries } from '#core/ledger/revaluation.ts';
import type { Conversion } from '#core/money/exchange.ts';
import { valueOrThrow } from '#core/refusals.ts';
import type { BookedEntry, LedgerBooks } from '../ledger/ports.ts';
import type { ExchangeRates } from './ports.ts';

export interface Revalued {
  readonly entries: readonly (BookedEntry & { readonly entry: LedgerEntry })[];
}

/**
 * Books what the balances of the day are worth more or less, and takes it back on the next day. A second time it books what changed
 * since, and nothing with the same balances and rates. Refused by RefusedError: `exchange.rate-missing`, and all that booking refuses.
 */
export async function revalue(
  books: LedgerBooks,
  rates: ExchangeRates,
  balances: readonly ForeignBalance[],
  request: RevaluationRequest,
): Promise<Revalued> {
  const policy = await rates.policyOf(request.legalEntity);
  const conversions = new Map<string, Conversion>();
  for (const { currency } of balances.filter(isRevalued)) {
    if (!conversions.has(currency))
      conversions.set(currency, valueOrThrow(await rates.rateOn(currency, request.currency, request.day, policy)));
  }
  const entries = revaluationEntries(request, balances, conversions);
  const booked = await books.post(entries);
  return { entries: booked.map((each, index) => ({ ...each, entry: entries[index] as LedgerEntry })) }; // one each
}
