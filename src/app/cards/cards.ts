/** `carillon card …`. */
import { RefusedError, refuse } from '#core/refusals.ts';
import { listenForStripe, type StripeListener } from '#gateways/stripe/listen.ts';
import { stripeProvider } from '#gateways/stripe/provider.ts';
import type { CardEvent, CardLink, CardProvider } from '#operations/cards/ports.ts';
import { type TakenEvent, takeEvent } from '#operations/cards/take-event.ts';
import { cardBooksOn, listCardEvents, markSeen, type StoredEvent } from '#storage/cards/card-books.ts';
import type { Database } from '#storage/database.ts';
import { legalEntityNow } from '#storage/ledger/legal-entities.ts';
import { openItems } from '#storage/ledger/reports.ts';
import { readSecret } from '../collecting/secrets.ts';
import { settle } from '../payments/settling.ts';
import type { Settings } from '../settings.ts';

export type { CardLink, StoredEvent };

/** Throws RefusedError (`card.not-set-up`, `card.secret-missing`). */
export async function openProvider({ key, api, returnTo }: Settings['stripe']): Promise<CardProvider> {
  const access = {
    key: await secretOf(key),
    api: api === '' ? undefined : api,
    returnTo: returnTo === '' ? 'https://stripe.com' : returnTo,
  };
  return stripeProvider(access);
}

async function secretOf(reference: string): Promise<string> {
  if (reference === '') throw new RefusedError(refuse('card.not-set-up', 'stripe.key or stripe.webhookSecret is empty'));
  try {
    // Checked by the settings: a reference.
    return await readSecret(reference as `env:${string}`);
  } catch (error) {
    throw new RefusedError(refuse('card.secret-missing', error instanceof Error ? error.message : String(error)));
  }
}

/**
 * The page on which what is open of a document can be paid. While a page for the same amount is open it is the same one. Throws
 * RefusedError (`card.document-settled`, `card.amount-not-possible`, `card.provider-failed`).
 */
export async function makeLink(database: Database, provider: CardProvider, document: string, by: string): Promise<CardLink> {
  const link = await database.transaction(async (client) => {
    const items = await openItems(client, {});
    const open = items.find(
      (item) => item.document === document && item.ledgerAccount === 'receivable' && item.openNanos - item.disputedNanos > 0n,
    );
    if (open === undefined) throw new RefusedError(refuse('card.document-settled', 'nothing of it is owed to us', { value: document }));
    const { legalEntity, account, currency, openNanos, disputedNanos } = open;
    const request = { legalEntity, document, account, currency, amountNanos: openNanos - disputedNanos };
    return cardBooksOn(client).linkFor(request, by, Date.now() * 1000);
  });
  if (link.url !== undefined) return link;
  // Outside of the transaction: the provider may take its time. It makes the same page for the same link.
  const page = await provider.makePage(link);
  await database.transaction((client) => cardBooksOn(client).setPage(link.linkId, page));
  return { ...link, ...page };
}

/** Works on one event, once. */
export async function takeCardEvent(database: Database, event: CardEvent): Promise<TakenEvent> {
  return settle(database, (settling, client) =>
    takeEvent(cardBooksOn(client), settling, event, async (legalEntity, micros) => {
      const { zone } = await legalEntityNow(client, legalEntity);
      return Temporal.Instant.fromEpochMilliseconds(Math.floor(micros / 1000))
        .toZonedDateTimeISO(zone)
        .toPlainDate()
        .toString();
    }),
  );
}

/** The provider may bring events in any order, and some late. */
const OVERLAP_MICROS = 3 * 86_400 * 1_000_000;
const KEPT_BY_STRIPE_MICROS = 30 * 86_400 * 1_000_000;

/** Asks for what was told while nobody listened. */
export async function fetchEvents(
  database: Database,
  provider: CardProvider,
  told: (event: CardEvent, taken: TakenEvent) => void,
): Promise<void> {
  const last = await database.transaction((client) => cardBooksOn(client).lastEvent());
  const since = last === undefined ? Date.now() * 1000 - KEPT_BY_STRIPE_MICROS : last - OVERLAP_MICROS;
  for await (const event of provider.eventsSince(since)) told(event, await takeCardEvent(database, event));
}

/** Until it is closed. Throws RefusedError (`card.not-set-up`, `card.cannot-listen`). */
export async function listenForCards(
  database: Database,
  { listen, webhookSecret }: Settings['stripe'],
  told: (event: CardEvent, taken: TakenEvent) => void,
): Promise<StripeListener> {
  if (listen === '') throw new RefusedError(refuse('card.not-set-up', 'stripe.listen is empty'));
  const at = listen.lastIndexOf(':');
  const address = { host: listen.slice(0, at).replace(/^\[(.*)\]$/, '$1'), port: Number(listen.slice(at + 1)) };
  return listenForStripe({ ...address, secret: await secretOf(webhookSecret) }, async (event) =>
    told(event, await takeCardEvent(database, event)),
  );
}

export async function cardEvents(database: Database, held: boolean): Promise<readonly StoredEvent[]> {
  return listCardEvents(database.pool, held, 200);
}

/** Throws RefusedError (`card.event-unknown`). */
export async function seeCardEvent(database: Database, eventId: string, by: string): Promise<void> {
  if (!(await markSeen(database.pool, eventId, by)))
    throw new RefusedError(refuse('card.event-unknown', 'no such event waits', { value: eventId.slice(0, 120) }));
}
