/** Asks other engines: one connection to each, opened when it is needed, with any number of questions under way. */
import { connect, type TLSSocket } from 'node:tls';
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { AccountCommand } from '#core/charging/command.ts';
import type { ChargingRequest } from '#core/charging/request.ts';
import type { Result } from '#core/refusals.ts';
import type { OtherEngines } from '#engine/ports.ts';
import { FrameReader, frameOf } from './frames.ts';
import { CIPHERS, IDENTITY, keyOf, type LinkAnswer, type LinkQuestion } from './messages.ts';

type Body = LinkQuestion extends infer Q ? (Q extends LinkQuestion ? Omit<Q, 'id'> : never) : never;

const CONNECT_MS = 1_000;
const MOST_UNDER_WAY = 10_000;

export class LinkClient implements OtherEngines {
  readonly #psk: Buffer;
  readonly #answerMs: number;
  readonly #links = new Map<string, Link>();

  /** `answerMs`: who asked is answered otherwise by then. */
  constructor(secret: string, answerMs: number) {
    this.#psk = keyOf(secret);
    this.#answerMs = answerMs;
  }

  handle(address: string, request: ChargingRequest): Promise<ChargingAnswer | undefined> {
    return this.#ask(address, { request }) as Promise<ChargingAnswer | undefined>; // what a request is answered with
  }

  apply(address: string, account: string, command: AccountCommand): Promise<Result<'done'> | undefined> {
    return this.#ask(address, { account, command }) as Promise<Result<'done'> | undefined>; // likewise
  }

  /** What the client of a session answered, if it is connected there. */
  tell(address: string, tell: 'reauthorise' | 'abort', session: string): Promise<number | undefined> {
    return this.#ask(address, { tell, session }) as Promise<number | undefined>; // likewise
  }

  close(): void {
    for (const link of this.#links.values()) link.end();
  }

  #ask(address: string, body: Body): Promise<LinkAnswer['answer']> {
    let link = this.#links.get(address);
    if (link === undefined || link.isOver) {
      link = new Link(address, this.#psk, this.#answerMs);
      this.#links.set(address, link);
    }
    return link.ask(body);
  }
}

interface Pending {
  readonly resolve: (answer: LinkAnswer['answer']) => void;
  readonly sinceMs: number;
}

class Link {
  readonly #socket: TLSSocket;
  readonly #answerMs: number;
  /** In the order of their asking. */
  readonly #pending = new Map<number, Pending>();
  readonly #timer: NodeJS.Timeout;
  readonly #late: NodeJS.Timeout;
  #next = 1;
  isOver = false;

  constructor(address: string, psk: Buffer, answerMs: number) {
    const at = address.lastIndexOf(':');
    this.#answerMs = answerMs;
    this.#socket = connect({
      ...{ host: address.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(address.slice(at + 1)) },
      ...{ ciphers: CIPHERS, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', checkServerIdentity: () => undefined },
      pskCallback: () => ({ psk, identity: IDENTITY }),
    });
    this.#socket.setNoDelay(true);
    this.#late = setTimeout(() => this.end(), CONNECT_MS);
    this.#socket.once('secureConnect', () => clearTimeout(this.#late));
    this.#socket.on('error', () => this.end());
    this.#socket.on('close', () => this.end());
    const reader = new FrameReader();
    this.#socket.on('data', (piece: Buffer) => {
      try {
        for (const answer of reader.push(piece)) this.#answered(answer as LinkAnswer); // of the same program, behind the key
      } catch {
        this.end();
      }
    });
    this.#timer = setInterval(() => this.#giveUpLate(), 100);
    this.#timer.unref();
  }

  ask(body: Body): Promise<LinkAnswer['answer']> {
    if (this.isOver || this.#pending.size >= MOST_UNDER_WAY) return Promise.resolve(undefined);
    const id = this.#next;
    this.#next += 1;
    return new Promise((resolve) => {
      this.#pending.set(id, { resolve, sinceMs: performance.now() });
      this.#socket.write(frameOf({ id, ...body }));
    });
  }

  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    clearInterval(this.#timer);
    clearTimeout(this.#late);
    this.#socket.destroy();
    for (const { resolve } of this.#pending.values()) resolve(undefined);
    this.#pending.clear();
  }

  #answered({ id, answer }: LinkAnswer): void {
    this.#pending.get(id)?.resolve(answer);
    this.#pending.delete(id);
  }

  #giveUpLate(): void {
    const now = performance.now();
    for (const [id, { resolve, sinceMs }] of this.#pending) {
      if (now - sinceMs < this.#answerMs) return;
      this.#pending.delete(id);
      resolve(undefined);
    }
  }
}
