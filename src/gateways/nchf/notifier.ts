/** Notifications to consumers (TS 32.291 §6.1.5): HTTP/2 connections that are kept while they are used. */
import { type ClientHttp2Session, connect } from 'node:http2';
import type { BlockList } from 'node:net';
import { literalOf, lookupWithin, mayNotify } from './notify-addresses.ts';

const ANSWER_MS = 5_000;
const IDLE_MS = 60_000;
const MOST_CONNECTIONS = 200;

export class Notifier {
  readonly #connections = new Map<string, ClientHttp2Session>();
  readonly #allowed: BlockList | undefined;

  /** Networks that notifications may go to; undefined: any but this machine and its links. */
  constructor(allowed: BlockList | undefined) {
    this.#allowed = allowed;
  }

  /** Status of the answer; undefined when there was none in time. Rejects when the address is none or one to which nothing may go, or its connection ends meanwhile. */
  async send(uri: string, body: string): Promise<number | undefined> {
    const { origin, pathname, search } = new URL(uri);
    const connection = this.#connectionTo(origin);
    return new Promise((resolve) => {
      const stream = connection.request({ ':method': 'POST', ':path': `${pathname}${search}`, 'content-type': 'application/json' });
      stream.setTimeout(ANSWER_MS, () => {
        stream.close();
        resolve(undefined);
      });
      stream.on('response', (headers) => {
        resolve(Number(headers[':status']));
        stream.close();
      });
      stream.on('error', () => resolve(undefined));
      stream.end(body);
    });
  }

  close(): void {
    for (const connection of this.#connections.values()) connection.close();
  }

  #connectionTo(origin: string): ClientHttp2Session {
    const known = this.#connections.get(origin);
    if (known !== undefined && !known.closed && !known.destroyed) return known;
    const literal = literalOf(origin);
    if (literal !== undefined && !mayNotify(literal, this.#allowed)) throw new Error(`notifications may not go to ${literal}`);
    const [oldest] = this.#connections;
    if (this.#connections.size >= MOST_CONNECTIONS && oldest !== undefined) oldest[1].close();
    const connection = connect(origin, { lookup: lookupWithin(this.#allowed) });
    const forget = (): void => {
      if (this.#connections.get(origin) === connection) this.#connections.delete(origin);
    };
    connection.setTimeout(IDLE_MS, () => connection.close());
    connection.on('error', forget);
    connection.on('close', forget);
    this.#connections.set(origin, connection);
    return connection;
  }
}
