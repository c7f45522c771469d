/** Stripe as the provider of card payments: pages of Checkout, and its events. */
import Stripe from 'stripe';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { CardEvent, CardHappening, CardLink, CardProvider } from '#operations/cards/ports.ts';
import { fromStripe, toStripe } from './amounts.ts';

export interface StripeAccess {
  readonly key: string;
  /** Address of the API where it is not Stripe's own: `http://127.0.0.1:12111`. */
  readonly api: string | undefined;
  /** Where the payer comes to afterwards. */
  readonly returnTo: string;
}

const TIMEOUT_MS = 20_000;
const RETRIES = 2;
const MICROS = 1_000_000;

export function stripeProvider({ key, api, returnTo }: StripeAccess): CardProvider {
  const stripe = clientOf(key, api);
  return {
    async makePage(link) {
      const session = await asked(() =>
        stripe.checkout.sessions.create(sessionOf(link, returnTo), { idempotencyKey: `carillon-link-${link.linkId}` }),
      );
      if (session.url === null) throw failed('it gave no address for the page');
      return { providerId: session.id, url: session.url, expiresMicros: session.expires_at * MICROS };
    },
    async *eventsSince(micros) {
      const found: CardEvent[] = [];
      const list = stripe.events.list({ created: { gte: Math.floor(micros / MICROS) }, limit: 100 });
      try {
        for await (const event of list) found.push(readEvent(event));
      } catch (error) {
        throw failed(error instanceof Error ? error.message : String(error));
      }
      yield* found.toReversed(); // Stripe lists the newest first
    },
  };
}

function clientOf(key: string, api: string | undefined): Stripe {
  const url = api === undefined ? undefined : new URL(api);
  return new Stripe(key, {
    ...{ timeout: TIMEOUT_MS, maxNetworkRetries: RETRIES, telemetry: false },
    ...(url === undefined ? {} : { host: url.hostname, port: url.port, protocol: url.protocol === 'http:' ? 'http' : 'https' }),
  });
}

function sessionOf(
  { legalEntity, document, account, currency, amountNanos }: CardLink,
  returnTo: string,
): Stripe.Checkout.SessionCreateParams {
  const units = toStripe(currency, amountNanos);
  if (units === undefined)
    throw new RefusedError(
      refuse('card.amount-not-possible', `${document}: the provider cannot take this amount of ${currency}`, { value: document }),
    );
  const metadata = { carillon_legal_entity: legalEntity, carillon_document: document, carillon_account: account };
  return {
    mode: 'payment',
    line_items: [{ quantity: 1, price_data: { currency: currency.toLowerCase(), unit_amount: units, product_data: { name: document } } }],
    client_reference_id: document,
    metadata,
    payment_intent_data: { metadata, description: document },
    success_url: returnTo,
  };
}

async function asked<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    throw failed(error instanceof Error ? error.message : String(error));
  }
}

function failed(said: string): RefusedError {
  return new RefusedError(refuse('card.provider-failed', said));
}

/** The event that a message is, when its signature is right and it is not too old; undefined otherwise. */
export function readMessage(body: Buffer, signature: string, secret: string): CardEvent | undefined {
  try {
    return readEvent(Stripe.webhooks.constructEvent(body, signature, secret));
  } catch {
    return undefined;
  }
}

function readEvent(event: Stripe.Event): CardEvent {
  // Copied as plain data: it is stored as it came.
  const content: object = JSON.parse(JSON.stringify(event));
  return { eventId: event.id, type: event.type, createdMicros: event.created * MICROS, what: happeningOf(event), content };
}

function happeningOf(event: Stripe.Event): CardHappening {
  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded': {
      const { id, payment_status, payment_intent, currency, amount_total } = event.data.object;
      const amountNanos = amount(currency, amount_total);
      const paymentId = typeof payment_intent === 'string' ? payment_intent : (payment_intent?.id ?? id);
      // Completed and not yet paid: some ways of payment take days, and tell by another event.
      if (payment_status !== 'paid' || amountNanos === undefined || currency === null) return { kind: 'other' };
      return { kind: 'paid', providerId: id, paymentId, currency: currency.toUpperCase(), amountNanos };
    }
    case 'charge.refunded': {
      const { id, payment_intent, currency, amount_refunded } = event.data.object;
      const amountNanos = amount(currency, amount_refunded);
      const paymentId = typeof payment_intent === 'string' ? payment_intent : (payment_intent?.id ?? id);
      return amountNanos === undefined
        ? { kind: 'other' }
        : { kind: 'refunded', paymentId, refundId: id, currency: currency.toUpperCase(), amountNanos };
    }
    case 'charge.dispute.created': {
      const { id, payment_intent, reason } = event.data.object;
      return { kind: 'disputed', paymentId: typeof payment_intent === 'string' ? payment_intent : (payment_intent?.id ?? id), reason };
    }
    default:
      return { kind: 'other' };
  }
}

function amount(currency: string | null, units: number | null): bigint | undefined {
  return currency === null || units === null ? undefined : fromStripe(currency.toUpperCase(), units);
}
