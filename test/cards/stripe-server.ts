/** A server that speaks the part of Stripe's API that we use: sessions of Checkout with idempotency keys, and events in pages. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StripeServer {
  readonly api: string;
  /** Sessions made, by idempotency key: what was asked. */
  readonly sessions: ReadonlyMap<string, URLSearchParams>;
  /** Oldest first; the API lists the newest first. */
  readonly events: object[];
  /** How many of the next requests fail with 500. */
  failing: number;
}

export async function withStripe(work: (stripe: StripeServer) => Promise<void>): Promise<void> {
  const { stripe, close } = await startStripe();
  try {
    await work(stripe);
  } finally {
    await close();
  }
}

export async function startStripe(): Promise<{ readonly stripe: StripeServer; readonly close: () => Promise<void> }> {
  const sessions = new Map<string, URLSearchParams>();
  const state: { -readonly [K in keyof StripeServer]: StripeServer[K] } = { api: '', sessions, events: [], failing: 0 };
  const server = createServer((request, response) => void answer(request, response, state, sessions));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo; // it listens on a port
  state.api = `http://127.0.0.1:${address.port}`;
  return {
    stripe: state,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  state: StripeServer,
  sessions: Map<string, URLSearchParams>,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // no encoding is set
  const end = (status: number, body: object): void =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (request.headers.authorization !== 'Bearer sk_test_1')
    return end(401, { error: { type: 'invalid_request_error', message: 'Invalid API Key provided' } });
  if (state.failing > 0) {
    state.failing -= 1;
    return end(500, { error: { type: 'api_error', message: 'something went wrong' } });
  }
  const url = new URL(request.url ?? '', state.api);
  if (request.method === 'POST' && url.pathname === '/v1/checkout/sessions') {
    const key = String(request.headers['idempotency-key']);
    if (!sessions.has(key)) sessions.set(key, new URLSearchParams(Buffer.concat(chunks).toString()));
    const id = `cs_test_${[...sessions.keys()].indexOf(key) + 1}`;
    return end(200, { id, object: 'checkout.session', url: `https://checkout.stripe.com/c/pay/${id}`, expires_at: 1_900_000_000 });
  }
  if (request.method === 'GET' && url.pathname === '/v1/events') {
    const newest = state.events.toReversed() as { id: string }[]; // events have ids
    const after = url.searchParams.get('starting_after');
    const from = after === null ? 0 : newest.findIndex(({ id }) => id === after) + 1;
    const data = newest.slice(from, from + 2);
    return end(200, { object: 'list', url: '/v1/events', has_more: from + 2 < newest.length, data });
  }
  end(404, { error: { type: 'invalid_request_error', message: `Unrecognized request URL (${request.method}: ${url.pathname})` } });
}

export function paidEvent(id: string, session: string, units: number, more: object = {}): object {
  return event(id, 'checkout.session.completed', {
    ...{
      id: session,
      object: 'checkout.session',
      payment_status: 'paid',
      payment_intent: `pi_${id}`,
      currency: 'eur',
      amount_total: units,
    },
    ...more,
  });
}

export function event(id: string, type: string, object: object): object {
  return { id, object: 'event', type, created: 1_795_000_000, api_version: '2026-01-01', livemode: false, data: { object } };
}
