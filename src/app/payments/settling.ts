import type pg from 'pg';
import { minorUnits } from '#core/money/currencies.ts';
import { parseDecimal, trimDecimal, unitsAtScale } from '#core/money/decimal.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { Settling } from '#operations/payments/settling.ts';
import type { Database } from '#storage/database.ts';
import { exchangeRatesOn } from '#storage/exchange/exchange-rates.ts';
import { ledgerBooksOn } from '#storage/ledger/ledger-books.ts';
import { paymentBooksOn } from '#storage/payments/payment-books.ts';

/** Runs a use case of payments in one transaction. */
export function settle<T>(database: Database, work: (settling: Settling, client: pg.PoolClient) => Promise<T>): Promise<T> {
  return database.transaction((client) =>
    work({ books: paymentBooksOn(client), ledger: ledgerBooksOn(client), rates: exchangeRatesOn(client) }, client),
  );
}

/** Above zero and whole in the currency's smallest unit. Refused: `payment.amount-wrong`. */
export function amountOf(text: string, currency: string): bigint {
  const decimals = minorUnits(currency);
  const read = parseDecimal(text);
  const exact = read === undefined ? undefined : trimDecimal(read);
  if (decimals === undefined || exact === undefined || exact.units <= 0n || exact.scale > decimals) {
    const said =
      decimals === undefined
        ? `${currency} is no currency of today`
        : `an amount in ${currency} has at most ${decimals} decimals and is above zero`;
    throw new RefusedError(refuse('payment.amount-wrong', said, { field: 'amount', value: text.slice(0, 120) }));
  }
  return unitsAtScale(exact, 9);
}
