/** What we ask of a NAS: to end a session, or to hold it to other limits (RFC 5176). Sent again as RFC 5080 §2.2.1 says, answers checked. */
import { createSocket, type Socket } from 'node:dgram';
import { isIP } from 'node:net';
import type { RadiusDictionary } from '#codecs/radius/dictionary.ts';
import { packetCodes, packetName, type RadiusPacket, readPacket } from '#codecs/radius/packet.ts';
import { integerOf } from '#codecs/radius/values.ts';
import { type NamedValue, utf8, valueOctets } from '#codecs/radius/write-value.ts';
import { PacketWriter } from '#codecs/radius/writer.ts';
import { attribute } from './attribute-codes.ts';
import { hasResponseAuthenticator, messageAuthenticator, signRequest } from './authenticators.ts';
import { plainAddress } from './clients.ts';
import type { RadiusCounts } from './counts.ts';
import type { SessionPlace } from './session-name.ts';
import type { RadiusLimits } from './settings.ts';

export interface DynamicOptions {
  readonly dictionary: RadiusDictionary;
  readonly limits: RadiusLimits;
  readonly counts: RadiusCounts;
  /** UTC microseconds. */
  readonly now: () => number;
}

export interface DynamicTarget {
  readonly port: number;
  readonly secret: Uint8Array;
  readonly place: SessionPlace;
}

/** `cause`: Error-Cause of a NAK. */
export interface DynamicResult {
  readonly result: 'ack' | 'nak' | 'silence';
  readonly cause?: number;
}

interface Pending {
  readonly octets: Uint8Array;
  readonly code: number;
  readonly target: DynamicTarget;
  readonly resolve: (result: DynamicResult) => void;
  tries: number;
  timer: NodeJS.Timeout | undefined;
}

const acks: Readonly<Record<number, readonly [ack: number, nak: number]>> = {
  [packetCodes.disconnectRequest]: [packetCodes.disconnectAck, packetCodes.disconnectNak],
  [packetCodes.coaRequest]: [packetCodes.coaAck, packetCodes.coaNak],
};

export class DynamicRequests {
  readonly #options: DynamicOptions;
  readonly #sockets = new Map<4 | 6, Socket>();
  /** Under way, by `address:port identifier`. */
  readonly #pending = new Map<string, Pending>();
  /** The identifier that each NAS got last. */
  readonly #identifiers = new Map<string, number>();
  readonly #waiting = new Map<string, (() => void)[]>();
  #waits = 0;
  #closed = false;

  constructor(options: DynamicOptions) {
    this.#options = options;
  }

  disconnect(target: DynamicTarget): Promise<DynamicResult> {
    return this.#ask(packetCodes.disconnectRequest, target, []);
  }

  change(target: DynamicTarget, values: readonly NamedValue[]): Promise<DynamicResult> {
    return this.#ask(packetCodes.coaRequest, target, values);
  }

  close(): void {
    this.#closed = true;
    for (const { timer, resolve } of this.#pending.values()) {
      clearTimeout(timer);
      resolve({ result: 'silence' });
    }
    this.#pending.clear();
    for (const socket of this.#sockets.values()) socket.close();
    this.#sockets.clear();
  }

  async #ask(code: number, target: DynamicTarget, values: readonly NamedValue[]): Promise<DynamicResult> {
    const { counts } = this.#options;
    const nas = `${target.place.address}:${target.port}`;
    const identifier = this.#closed ? undefined : (this.#free(nas) ?? (await this.#wait(nas)));
    const result =
      identifier === undefined || this.#closed
        ? ({ result: 'silence' } as const)
        : await new Promise<DynamicResult>((resolve) => {
            const octets = signRequest(this.#packet(code, identifier, target, values), target.secret);
            const pending = { octets, code, target, resolve, tries: 0, timer: undefined };
            this.#pending.set(`${nas} ${identifier}`, pending);
            this.#send(`${nas} ${identifier}`, pending);
          });
    counts.asked(packetName(code) ?? '', result.result);
    this.#next(nas);
    return result;
  }

  #free(nas: string): number | undefined {
    const last = this.#identifiers.get(nas) ?? 0;
    for (let step = 1; step <= 256; step += 1) {
      const identifier = (last + step) & 0xff;
      if (this.#pending.has(`${nas} ${identifier}`)) continue;
      this.#identifiers.set(nas, identifier);
      return identifier;
    }
    return undefined;
  }

  /** Undefined: too many wait already. */
  async #wait(nas: string): Promise<number | undefined> {
    if (this.#waits >= this.#options.limits.mostWaiting) return undefined;
    this.#waits += 1;
    await new Promise<void>((resolve) => {
      const others = this.#waiting.get(nas);
      if (others === undefined) this.#waiting.set(nas, [resolve]);
      else others.push(resolve);
    });
    this.#waits -= 1;
    return this.#free(nas);
  }

  #next(nas: string): void {
    const waiting = this.#waiting.get(nas);
    waiting?.shift()?.();
    if (waiting?.length === 0) this.#waiting.delete(nas);
  }

  #packet(code: number, identifier: number, { place }: DynamicTarget, values: readonly NamedValue[]): Uint8Array {
    const writer = new PacketWriter(code, identifier);
    writer.messageAuthenticator();
    const named: readonly (readonly [string, string | undefined])[] = [
      ['User-Name', place.userName],
      ['Acct-Session-Id', place.acctSessionId],
      ['NAS-Identifier', place.nasIdentifier],
      [place.nasIp?.includes(':') === true ? 'NAS-IPv6-Address' : 'NAS-IP-Address', place.nasIp],
      ['Framed-IP-Address', place.framedIp],
      ['Calling-Station-Id', place.callingStation],
      // Against a message that is sent again by somebody else (RFC 5176 §6.3).
      ['Event-Timestamp', String(Math.floor(this.#options.now() / 1_000_000))],
    ];
    for (const [name, value] of named) {
      const definition = this.#options.dictionary.named(name);
      const octets = value === undefined ? undefined : definition.type === 'text' ? utf8(value) : valueOctets(definition, value);
      if (octets !== undefined && typeof octets !== 'string') writer.octets(definition.code, octets);
    }
    for (const { definition, octets } of values) writer.octets(definition.code, octets, definition.vendor);
    return writer.finish();
  }

  #send(key: string, pending: Pending): void {
    const { dynamicMs, dynamicTries } = this.#options.limits;
    if (pending.tries === dynamicTries) {
      this.#done(key, pending, { result: 'silence' });
      return;
    }
    const { place, port } = pending.target;
    this.#socket(place.address).send(pending.octets, port, place.address, () => undefined); // what cannot be sent is sent again
    pending.timer = setTimeout(() => this.#send(key, pending), dynamicMs * 2 ** pending.tries);
    pending.tries += 1;
  }

  #done(key: string, { timer, resolve }: Pending, result: DynamicResult): void {
    clearTimeout(timer);
    this.#pending.delete(key);
    resolve(result);
  }

  #socket(address: string): Socket {
    const family = isIP(address) === 6 ? 6 : 4;
    const known = this.#sockets.get(family);
    if (known !== undefined) return known;
    const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
    socket.on('error', () => undefined); // nobody listens there: silence, and it is asked again
    socket.on('message', (octets, from) => this.#heard(octets, plainAddress(from.address), from.port));
    this.#sockets.set(family, socket);
    return socket;
  }

  #heard(octets: Uint8Array, address: string, port: number): void {
    const read = readPacket(octets);
    if (!read.ok) return;
    const { packet } = read;
    const key = `${address}:${port} ${packet.identifier}`;
    const pending = this.#pending.get(key);
    const [ack, nak] = acks[pending?.code ?? 0] ?? [];
    if (pending === undefined || (packet.code !== ack && packet.code !== nak) || !isAnswer(packet, pending)) return;
    const cause = integerOf(packet, attribute.errorCause);
    this.#done(key, pending, { result: packet.code === ack ? 'ack' : 'nak', ...(cause === undefined ? {} : { cause }) });
  }
}

function isAnswer(packet: RadiusPacket, { octets, target: { secret } }: Pending): boolean {
  const request = octets.subarray(4, 20);
  return hasResponseAuthenticator(packet, request, secret) && messageAuthenticator(packet, request, secret) !== 'wrong';
}
