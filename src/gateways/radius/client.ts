/** What a NAS does: asks, asks again when nothing comes, checks answers; and takes Disconnect and CoA. For `carillon radius send` and tests. */
import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { isIP } from 'node:net';
import { packetCodes, type RadiusPacket, readPacket } from '#codecs/radius/packet.ts';
import type { NamedValue } from '#codecs/radius/write-value.ts';
import { PacketWriter } from '#codecs/radius/writer.ts';
import { attribute, microsoft, vendor } from './attribute-codes.ts';
import {
  chapPassword,
  hasResponseAuthenticator,
  hiddenPassword,
  messageAuthenticator,
  signAccess,
  signRequest,
  signResponse,
} from './authenticators.ts';
import { challengeHash, ntPasswordHash, ntResponse } from './ms-chap.ts';

export interface ClientOptions {
  readonly host: string;
  readonly secret: Uint8Array;
  readonly timeoutMs: number;
  readonly tries: number;
}

export interface Asked {
  readonly request: RadiusPacket;
  /** Undefined: nothing came that is an answer. */
  readonly answer: RadiusPacket | undefined;
  readonly milliseconds: number;
}

/** A password that goes along with an Access-Request. */
export interface GivenPassword {
  readonly text: string;
  readonly how: 'pap' | 'chap' | 'ms-chap-1' | 'ms-chap-2';
}

export class RadiusClientPeer {
  readonly #options: ClientOptions;
  readonly #socket: Socket;
  #identifier = randomBytes(1)[0] ?? 0;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#socket = createSocket(isIP(options.host) === 6 ? 'udp6' : 'udp4');
  }

  /** Access-Requests may have a password. `messageAuthenticator`: false for tests of what must not be answered. */
  async ask(
    port: number,
    code: number,
    values: readonly NamedValue[],
    password?: GivenPassword,
    { messageAuthenticator: signed = true }: { readonly messageAuthenticator?: boolean } = {},
  ): Promise<Asked> {
    this.#identifier = (this.#identifier + 1) & 0xff;
    return this.send(port, this.#packet(code, this.#identifier, values, password, signed));
  }

  /** Octets as they are. */
  async send(port: number, octets: Uint8Array): Promise<Asked> {
    const { host, timeoutMs, tries, secret } = this.#options;
    const read = readPacket(octets);
    if (!read.ok) throw new TypeError(read.fault.message);
    const request = read.packet;
    const authenticator = octets.slice(4, 20);
    const started = performance.now();
    let answer: RadiusPacket | undefined;
    for (let attempt = 0; attempt < tries && answer === undefined; attempt += 1)
      answer = await new Promise<RadiusPacket | undefined>((resolve, reject) => {
        const heard = (received: Buffer): void => {
          const got = readPacket(received);
          if (!got.ok || got.packet.identifier !== request.identifier) return;
          // Servers compute a Message-Authenticator of an Accounting-Response in different ways: none is defined.
          const isSigned =
            got.packet.code === packetCodes.accountingResponse || messageAuthenticator(got.packet, authenticator, secret) !== 'wrong';
          if (isSigned && hasResponseAuthenticator(got.packet, authenticator, secret)) end(got.packet);
        };
        const end = (packet: RadiusPacket | undefined): void => {
          clearTimeout(timer);
          this.#socket.off('message', heard);
          resolve(packet);
        };
        const timer = setTimeout(() => end(undefined), timeoutMs);
        this.#socket.on('message', heard);
        this.#socket.send(octets, port, host, (error) => {
          if (error === null) return;
          clearTimeout(timer);
          reject(error);
        });
      });
    return { request, answer, milliseconds: performance.now() - started };
  }

  close(): void {
    this.#socket.close();
  }

  #packet(
    code: number,
    identifier: number,
    values: readonly NamedValue[],
    password: GivenPassword | undefined,
    signed: boolean,
  ): Uint8Array {
    const { secret } = this.#options;
    const writer = new PacketWriter(code, identifier);
    const isAccess = code === packetCodes.accessRequest || code === packetCodes.statusServer;
    const authenticator = randomBytes(16);
    if (isAccess && signed) writer.messageAuthenticator();
    if (password !== undefined) {
      const octets = Buffer.from(password.text);
      if (password.how === 'pap') writer.octets(attribute.userPassword, hiddenPassword(octets, authenticator, secret));
      else if (password.how === 'chap') writer.octets(attribute.chapPassword, chapPassword(identifier, octets, authenticator));
      else putMsChap(writer, password.how === 'ms-chap-1' ? 1 : 2, identifier, octets, values);
    }
    for (const { definition, octets } of values)
      if (!writer.octets(definition.code, octets, definition.vendor))
        throw new RangeError(`${definition.name} does not fit into the packet`);
    const octets = writer.finish();
    return isAccess ? signAccess(octets, authenticator, secret) : signRequest(octets, secret);
  }
}

/** As the user of a PPPoE or VPN router: its side's challenge is of its own making. */
function putMsChap(writer: PacketWriter, version: 1 | 2, identifier: number, password: Uint8Array, values: readonly NamedValue[]): void {
  const hash = ntPasswordHash(password);
  const challenge = randomBytes(version === 1 ? 8 : 16);
  const peerChallenge = version === 1 ? new Uint8Array(16) : randomBytes(16);
  const name =
    values.find(({ definition }) => definition.vendor === 0 && definition.code === attribute.userName)?.octets ?? new Uint8Array();
  const response = ntResponse(version === 1 ? challenge : challengeHash(peerChallenge, challenge, name), hash);
  writer.octets(microsoft.chapChallenge, challenge, vendor.microsoft);
  const head = Uint8Array.of(identifier, version === 1 ? 1 : 0);
  const code = version === 1 ? microsoft.chapResponse : microsoft.chap2Response;
  writer.octets(code, Buffer.concat([head, peerChallenge, new Uint8Array(8), response]), vendor.microsoft);
}

export interface DynamicListener {
  readonly port: number;
  close(): void;
}

/** Takes Disconnect and CoA as a NAS does, and says what `decide` says. Requests of another secret are passed over. */
export async function listenForDynamic(
  { host, port, secret }: { readonly host: string; readonly port: number; readonly secret: Uint8Array },
  decide: (request: RadiusPacket) => 'ack' | 'nak' | 'silence',
): Promise<DynamicListener> {
  const socket = createSocket(isIP(host) === 6 ? 'udp6' : 'udp4');
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject).bind(port, host, () => resolve());
  });
  socket.on('message', (octets, from) => {
    const read = readPacket(octets);
    if (!read.ok || messageAuthenticator(read.packet, new Uint8Array(16), secret) !== 'there') return;
    const { packet } = read;
    const verdict = decide(packet);
    if (verdict === 'silence') return;
    const answer = new PacketWriter(packet.code + (verdict === 'ack' ? 1 : 2), packet.identifier);
    answer.messageAuthenticator();
    socket.send(signResponse(answer.finish(), octets.subarray(4, 20), secret), from.port, from.address, () => undefined);
  });
  return { port: socket.address().port, close: () => void socket.close() };
}
