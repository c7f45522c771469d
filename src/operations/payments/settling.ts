/** What every way of settling shares: the day that is open, the rates, and looking balances up. */
import type { Conversion } from '#core/money/exchange.ts';
import type { OpenBalance } from '#core/payments/settle.ts';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import type { ExchangeRates } from '../exchange/ports.ts';
import type { LedgerBooks } from '../ledger/ports.ts';
import type { EntityTerms, Payment, PaymentBooks } from './ports.ts';

export interface Settling {
  readonly books: PaymentBooks;
  readonly ledger: LedgerBooks;
  readonly rates: ExchangeRates;
}

/** The day itself, or the first open day where it is closed. */
export async function openDay(ledger: LedgerBooks, legalEntity: string, day: string): Promise<string> {
  const openFrom = await ledger.openFrom(legalEntity);
  return openFrom !== undefined && day < openFrom ? openFrom : day;
}

/** Conversions of all these currencies into the legal entity's; none where there is only one currency. Refused: `exchange.rate-missing`. */
export async function conversionsInto(
  { rates }: Settling,
  legalEntity: string,
  into: string,
  currencies: readonly string[],
  day: string,
): Promise<ReadonlyMap<string, Conversion>> {
  const all = new Map<string, Conversion>();
  const distinct = [...new Set(currencies)];
  if (distinct.length < 2) return all;
  const policy = await rates.policyOf(legalEntity);
  for (const currency of distinct) {
    if (currency !== into) all.set(currency, valueOrThrow(await rates.rateOn(currency, into, day, policy)));
  }
  return all;
}

export async function entityOf(books: PaymentBooks, id: string): Promise<EntityTerms> {
  const found = (await books.entities()).find((entity) => entity.id === id);
  if (found === undefined) throw new RefusedError(refuse('ledger.legal-entity-unknown', `there is no legal entity ${id}`));
  return found;
}

/** Refused: `payment.unknown`. */
export async function paymentOf(books: PaymentBooks, id: bigint): Promise<Payment> {
  const found = await books.payment(id);
  if (found === undefined) throw new RefusedError(refuse('payment.unknown', `there is no payment PAY-${id}`));
  return found;
}

/** The open documents of these numbers, each once and in the order asked. Refused: `payment.document-not-open`. */
export function named(documents: readonly string[], open: readonly OpenBalance[]): readonly OpenBalance[] {
  return documents.map((document) => {
    const found = open.filter((balance) => balance.document === document);
    const [only] = found;
    if (only === undefined || found.length > 1) {
      const said = only === undefined ? `nothing is open of ${document} on this account` : `${document} is open in several currencies`;
      throw new RefusedError(refuse('payment.document-not-open', said, { value: document.slice(0, 120) }));
    }
    return only;
  });
}
