/** Listens for NASes: whose packet it is, whether it is as it should be, whether it came before; what it asks is others' to answer. */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { isIP } from 'node:net';
import { packetCodes, packetName, type RadiusPacket, readPacket } from '#codecs/radius/packet.ts';
import type { Reply } from './access.ts';
import { Answers } from './answers.ts';
import { authenticatorOf, hasRequestAuthenticator, messageAuthenticator } from './authenticators.ts';
import { type Clients, plainAddress } from './clients.ts';
import type { DropReason, RadiusCounts } from './counts.ts';
import { hasProxyState, replyTo } from './reply.ts';
import type { ListenAddress, RadiusClient, RadiusLimits } from './settings.ts';

export type Purpose = 'authentication' | 'accounting';

export interface ServerSettings {
  readonly authentication: readonly ListenAddress[];
  readonly accounting: readonly ListenAddress[];
  readonly limits: RadiusLimits;
}

export type RadiusEvent =
  /** `more`: so many others for the same reason were not told since the last. */
  | { readonly kind: 'dropped'; readonly reason: DropReason; readonly address: string; readonly detail: string; readonly more: number }
  | { readonly kind: 'refused'; readonly client: string; readonly result: string; readonly detail: string; readonly more: number }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Undefined: no answer. `incomplete`: dropped for good. */
export type Handler = (client: RadiusClient, packet: RadiusPacket, address: string) => Promise<Reply | 'incomplete' | undefined>;

const ZEROS = new Uint8Array(16);
/** One line of the log for each reason in so long. */
const QUIET_MS = 10_000;
/** Octets that the system keeps while we are busy. */
const RECEIVE_BUFFER = 4_194_304;

export class RadiusServer {
  clients: Clients;
  readonly #settings: ServerSettings;
  readonly #handlers: Readonly<Record<Purpose, Handler>>;
  readonly #counts: RadiusCounts;
  readonly #told: (event: RadiusEvent) => void;
  readonly #answers: Answers;
  readonly #sockets: Socket[] = [];
  readonly #quiet = new Map<string, { untilMs: number; more: number }>();
  readonly #waiting = new Set<Promise<void>>();
  #closing = false;

  constructor(
    clients: Clients,
    settings: ServerSettings,
    handlers: Readonly<Record<Purpose, Handler>>,
    counts: RadiusCounts,
    told: (event: RadiusEvent) => void,
  ) {
    this.clients = clients;
    this.#settings = settings;
    this.#handlers = handlers;
    this.#counts = counts;
    this.#told = told;
    this.#answers = new Answers(settings.limits);
  }

  get outstanding(): number {
    return this.#waiting.size;
  }

  /** The ports, those for authentication first. Rejects with the system's error when one cannot be had. */
  async listen(): Promise<readonly number[]> {
    const ports: number[] = [];
    const { authentication, accounting } = this.#settings;
    const all = [
      ...authentication.map((each) => ['authentication', each] as const),
      ...accounting.map((each) => ['accounting', each] as const),
    ];
    for (const [purpose, { host, port }] of all) {
      const socket = createSocket({ type: isIP(host) === 6 ? 'udp6' : 'udp4' });
      this.#sockets.push(socket);
      await new Promise<void>((resolve, reject) => {
        socket.once('error', reject).bind(port, host, () => {
          socket.off('error', reject).on('error', (error) => this.#told({ kind: 'failed', error }));
          resolve();
        });
      });
      socket.setRecvBufferSize(RECEIVE_BUFFER);
      socket.on('message', (octets, from) => {
        // One packet never ends the process.
        try {
          this.#heard(purpose, socket, octets, from);
        } catch (error) {
          this.#told({ kind: 'failed', error });
        }
      });
      ports.push(socket.address().port);
    }
    return ports;
  }

  /** Takes nothing new; what was asked is answered. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all(this.#waiting);
    for (const socket of this.#sockets) socket.close();
  }

  #heard(purpose: Purpose, socket: Socket, octets: Uint8Array, from: RemoteInfo): void {
    if (this.#closing) return;
    const address = plainAddress(from.address);
    const client = this.clients.at(address);
    if (client === undefined) {
      this.#drop('unknown-client', address, `${octets.length} octets`);
      return;
    }
    const read = readPacket(octets);
    if (!read.ok) {
      this.#drop('malformed', address, read.fault.message);
      return;
    }
    const { packet } = read;
    const wrong = faultOf(purpose, client, packet);
    if (wrong !== undefined) {
      this.#drop(wrong, address, `${packetName(packet.code) ?? `code ${packet.code}`} of client ${client.name}`);
      return;
    }
    const key = `${address}:${from.port} ${purpose} ${packet.identifier}`;
    const sum = Buffer.from(authenticatorOf(packet)).toString('latin1');
    const known = this.#answers.take(key, sum, performance.now());
    if (known === 'waiting') this.#drop('repeated', address, client.name);
    else if (known !== 'new') {
      this.#counts.repetitions += 1;
      socket.send(known, from.port, from.address, () => undefined);
    } else if (this.#waiting.size >= this.#settings.limits.mostOutstanding) {
      this.#answers.dropped(key, sum);
      this.#drop('overload', address, client.name);
    } else {
      const answered = this.#answer(purpose, client, packet, address, (answer) => {
        if (answer === undefined) this.#answers.dropped(key, sum);
        else {
          this.#answers.answered(key, sum, answer);
          socket.send(answer, from.port, from.address, () => undefined);
        }
      })
        .catch((error: unknown) => {
          this.#answers.dropped(key, sum);
          this.#told({ kind: 'failed', error });
        })
        .finally(() => this.#waiting.delete(answered));
      this.#waiting.add(answered);
    }
  }

  async #answer(
    purpose: Purpose,
    client: RadiusClient,
    packet: RadiusPacket,
    address: string,
    send: (answer: Uint8Array | undefined) => void,
  ): Promise<void> {
    let reply: Awaited<ReturnType<Handler>>;
    try {
      reply = packet.code === packetCodes.statusServer ? alive(purpose) : await this.#handlers[purpose](client, packet, address);
    } catch (error) {
      this.#told({ kind: 'failed', error });
    }
    if (reply === undefined || reply === 'incomplete') {
      this.#drop(reply === undefined ? 'not-charged' : 'incomplete', address, `${packetName(packet.code) ?? ''} of client ${client.name}`);
      send(undefined);
      return;
    }
    this.#counts.answer(client.name, packetName(packet.code) ?? '', reply.result);
    if (reply.code === packetCodes.accessReject) this.#refused(client.name, reply);
    send(replyTo(packet, reply.code, reply.values, client.secret));
  }

  #drop(reason: DropReason, address: string, detail: string): void {
    this.#counts.drop(reason);
    const more = this.#mayTell(reason);
    if (more !== undefined) this.#told({ kind: 'dropped', reason, address, detail, more });
  }

  #refused(client: string, { result, detail }: Reply): void {
    const more = this.#mayTell(`refused ${result}`);
    if (more !== undefined) this.#told({ kind: 'refused', client, result, detail: detail ?? '', more });
  }

  /** How many were not told since the last; undefined: not now. */
  #mayTell(subject: string): number | undefined {
    const now = performance.now();
    const known = this.#quiet.get(subject);
    if (known !== undefined && now < known.untilMs) {
      known.more += 1;
      return undefined;
    }
    this.#quiet.set(subject, { untilMs: now + QUIET_MS, more: 0 });
    return known?.more ?? 0;
  }
}

/** Why it is dropped; undefined: it is of this client, for this port, and nobody changed it. */
function faultOf(purpose: Purpose, client: RadiusClient, packet: RadiusPacket): DropReason | undefined {
  const { secret } = client;
  const isAccess = packet.code === packetCodes.accessRequest;
  const isStatus = packet.code === packetCodes.statusServer;
  if (!isStatus && packet.code !== (purpose === 'authentication' ? packetCodes.accessRequest : packetCodes.accountingRequest))
    return 'unexpected-code';
  const signed = messageAuthenticator(packet, isAccess || isStatus ? authenticatorOf(packet) : ZEROS, secret);
  if (signed === 'wrong') return 'wrong-secret';
  if (isStatus) return signed === 'missing' ? 'no-message-authenticator' : undefined; // RFC 5997 §3
  if (!isAccess) return hasRequestAuthenticator(packet, secret) ? undefined : 'wrong-secret';
  // Without it, who sits between can choose Proxy-State so that a refusal of ours becomes an acceptance.
  const isWeak = signed === 'missing' && (client.messageAuthenticator === 'required' || hasProxyState(packet));
  return isWeak ? 'no-message-authenticator' : undefined;
}

/** Status-Server (RFC 5997): that we are there. */
function alive(purpose: Purpose): Reply {
  return { code: purpose === 'authentication' ? packetCodes.accessAccept : packetCodes.accountingResponse, values: [], result: 'alive' };
}
