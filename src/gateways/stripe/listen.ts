/** Where Stripe tells of payments: `POST /stripe`. What is answered with 200 is in the books. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { CardEvent } from '#operations/cards/ports.ts';
import { readMessage } from './provider.ts';

export interface StripeListener {
  readonly port: number;
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly secret: string;
}

const LARGEST_BYTES = 1_000_000;
const REQUEST_MS = 30_000;
const MOST_CONNECTIONS = 128;

/** `take` works on an event before it is answered; when it throws, the answer is 500 and Stripe tells again. Throws RefusedError (`card.cannot-listen`). */
export async function listenForStripe(
  { host, port, secret }: ListenOptions,
  take: (event: CardEvent) => Promise<void>,
): Promise<StripeListener> {
  const server = createServer((request, response) => void answer(request, response, secret, take));
  server.requestTimeout = REQUEST_MS;
  server.maxConnections = MOST_CONNECTIONS;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, host, () => resolve());
    });
  } catch (error) {
    throw new RefusedError(refuse('card.cannot-listen', error instanceof Error ? error.message : String(error)));
  }
  return {
    port: (server.address() as AddressInfo).port, // it listens on a port, not a pipe
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  secret: string,
  take: (event: CardEvent) => Promise<void>,
): Promise<void> {
  const end = (status: number): void => void response.writeHead(status).end();
  if (request.method !== 'POST' || request.url !== '/stripe') return end(404);
  const signature = request.headers['stripe-signature'];
  const body = await bodyOf(request).catch(() => undefined);
  if (body === undefined) return end(413);
  const event = typeof signature === 'string' ? readMessage(body, signature, secret) : undefined;
  if (event === undefined) return end(400);
  try {
    await take(event);
    end(200);
  } catch {
    end(500);
  }
}

/** Rejects when there is too much of it, and reads no further. */
async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    chunks.push(chunk as Buffer); // a request without an encoding gives Buffers
    bytes += chunks.at(-1)?.length ?? 0;
    if (bytes > LARGEST_BYTES) throw new RangeError('too large');
  }
  return Buffer.concat(chunks);
}
