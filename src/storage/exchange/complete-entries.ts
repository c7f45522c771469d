/** Fills in amounts in the legal entity's currency at the rates of the entries' days. */
import type pg from 'pg';
import { entryName } from '#core/ledger/check-entry.ts';
import { currenciesToConvert, withEntityAmounts } from '#core/ledger/entity-amounts.ts';
import type { LedgerEntry } from '#core/ledger/entry.ts';
import type { Conversion } from '#core/money/exchange.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { EntryCompleter } from '#operations/ledger/ports.ts';
import { exchangeRatesOn } from './exchange-rates.ts';

/** Nothing is asked for entries that have all their amounts. */
export function completeByRates(client: pg.ClientBase): EntryCompleter {
  const rates = exchangeRatesOn(client);
  return async (entries, currencyOf) => {
    const completed: LedgerEntry[] = [];
    for (const entry of entries) {
      const own = currencyOf(entry.legalEntity);
      const missing = currenciesToConvert(entry, own);
      if (missing.length === 0) {
        completed.push(entry);
        continue;
      }
      const policy = await rates.policyOf(entry.legalEntity);
      const conversions = new Map<string, Conversion>();
      for (const currency of missing) {
        const found = await rates.rateOn(currency, own, entry.day, policy);
        if (!found.ok) {
          const said = found.refusals.map(({ message }) => message).join('; ');
          throw new RefusedError(refuse('ledger.rate-missing', `${entryName(entry)}: ${said}`));
        }
        conversions.set(currency, found.value);
      }
      completed.push(withEntityAmounts(entry, own, conversions));
    }
    return completed;
  };
}
