/**
 * One transport connection with a Diameter peer, TCP or TLS: octets into messages and back, capabilities, watchdog, disconnection
 * (RFC 6733 §5, RFC 3539 §3.4). What is asked beyond that goes to the owner. Memory is bounded: by the longest message, by the
 * requests that wait for their answers, by the answers that the peer does not read.
 */
import type { Socket } from 'node:net';
import { checkMessage } from '#codecs/diameter/check.ts';
import { type Header, REQUEST, readHeader } from '#codecs/diameter/header.ts';
import { MessageStream } from '#codecs/diameter/stream.ts';
import { type BaseMessages, CAPABILITIES, DISCONNECT, WATCHDOG } from './base-messages.ts';
import { Outbox } from './outbox.ts';
import type { ConnectionSettings } from './settings.ts';
import { turns } from './turns.ts';

/** What the peer said of itself in CER or CEA. */
export interface PeerIdentity {
  readonly host: string;
  readonly realm: string;
  readonly product: string;
  readonly originState: number | undefined;
  /** That both have. */
  readonly applications: readonly number[];
  /** Those of them that it named within Vendor-Specific-Application-Id. */
  readonly grouped: readonly number[];
}

/** A request as it came. Nothing of it needs to be kept. */
export interface IncomingRequest {
  readonly header: Header;
  readonly message: Uint8Array;
  /** Over the message. */
  readonly view: DataView;
  readonly connection: DiameterConnection;
}

export type ConnectionState = 'waiting' | 'open' | 'closing' | 'closed';

export interface ConnectionOwner {
  /** The first message: CER of a peer that connected, CEA of one that was connected to. It calls `open` or `refuse`. */
  capabilities(connection: DiameterConnection, header: Header, message: Uint8Array): void;
  /** A request of an open connection that is not of the base protocol. It is answered by `answer`, once. */
  request(request: IncomingRequest): void;
  /** An answer that nobody waits for: dropped (RFC 6733 §6.2). */
  strayAnswer(connection: DiameterConnection, header: Header): void;
  /** Dealing with a message threw: a mistake of ours. It ends the connection. */
  failed(connection: DiameterConnection, error: unknown): void;
  closed(connection: DiameterConnection, reason: string): void;
}

interface Pending {
  readonly resolve: (answer: Uint8Array | undefined) => void;
  readonly timer: NodeJS.Timeout;
}

/** While nobody knows who is there. */
const MOST_BYTES_BEFORE_CAPABILITIES = 8_192;
/** Read, and not dealt with: beyond it nothing more is read. */
const MOST_BYTES_WAITING = 131_072;

export class DiameterConnection {
  readonly remote: string;
  readonly local: string;
  readonly tls: boolean;
  readonly #socket: Socket;
  readonly #settings: ConnectionSettings;
  readonly #owner: ConnectionOwner;
  readonly #base: BaseMessages;
  readonly #outbox: Outbox;
  #stream = new MessageStream(MOST_BYTES_BEFORE_CAPABILITIES);
  #state: ConnectionState = 'waiting';
  #peer: PeerIdentity | undefined;
  #outstanding = 0;
  #paused = false;
  /** So much waits for its answer, or for the peer to read it, that nothing more is begun. */
  #busy = false;
  /** What the peer sent and has not had its turn, whether the stream has the first of it, and its octets. */
  #pieces: Uint8Array[] = [];
  #isBegun = false;
  #waitingBytes = 0;
  #hasTurns = false;
  #timer: NodeJS.Timeout;
  #heard = false;
  /** A DWR that waits for its answer. */
  #asked = false;
  #hopByHop = (Math.random() * 0xffff_ffff) >>> 0;
  readonly #pending = new Map<number, Pending>();

  constructor(socket: Socket, tls: boolean, settings: ConnectionSettings, base: BaseMessages, owner: ConnectionOwner) {
    this.#socket = socket;
    this.tls = tls;
    this.remote = `${plainAddress(socket.remoteAddress)}:${socket.remotePort ?? 0}`;
    this.local = plainAddress(socket.localAddress);
    this.#settings = settings;
    this.#base = base;
    this.#owner = owner;
    this.#outbox = new Outbox(socket, settings.limits.mostUnreadBytes, (blocked) => {
      if (blocked === 'overflow') this.end('the peer does not read its answers');
      else this.#flow();
    });
    this.#timer = setTimeout(() => this.end('no capabilities exchange in time'), settings.limits.capabilitiesMs);
    socket.setNoDelay(true);
    socket.on('data', (piece: Uint8Array) => this.#receive(piece));
    socket.on('error', (error) => this.#gone(error.message));
    socket.on('close', () => this.#gone('the peer closed the connection'));
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Undefined until the capabilities are exchanged. */
  get peer(): PeerIdentity | undefined {
    return this.#peer;
  }

  /** Requests of the peer that wait for their answer. */
  get outstanding(): number {
    return this.#outstanding;
  }

  /** IP address of the peer. */
  get address(): string {
    return plainAddress(this.#socket.remoteAddress);
  }

  /** For the certificate that the peer showed. */
  get socket(): Socket {
    return this.#socket;
  }

  /** The peer is one that we talk to. `cea` is sent first, where it is we who answer. */
  open(peer: PeerIdentity, cea: Uint8Array | undefined): void {
    if (this.#state !== 'waiting') return;
    this.#peer = peer;
    this.#state = 'open';
    this.#stream.allow(this.#settings.limits.mostMessageBytes);
    if (cea !== undefined) this.#outbox.add(cea);
    clearTimeout(this.#timer);
    this.#heard = true;
    this.#watch();
  }

  /** The capabilities exchange ends the connection. */
  refuse(cea: Uint8Array | undefined, reason: string): void {
    if (cea !== undefined && this.#state === 'waiting') this.#outbox.add(cea);
    this.#outbox.flush();
    this.#socket.end();
    this.end(reason);
  }

  /** The answer to a request that `owner.request` was given. After the connection is gone it is dropped: the peer asks again elsewhere, with T. */
  answer(message: Uint8Array): void {
    this.#outstanding -= 1;
    if (this.#state === 'closed') return;
    this.#outbox.add(message);
    if (this.#state === 'closing' && this.#outstanding === 0) this.#outbox.flush();
    this.#flow();
  }

  /** A message that nothing comes back for, or whose answer is told otherwise: CER. */
  send(message: Uint8Array): void {
    if (this.#state !== 'closed') this.#outbox.add(message);
  }

  /** A request of ours: `message` is made with a hop-by-hop identifier of this connection. Undefined when no answer came in time or the connection ended. */
  ask(message: (hopByHop: number) => Uint8Array): Promise<Uint8Array | undefined> {
    if (this.#state === 'closed') return Promise.resolve(undefined);
    this.#hopByHop = (this.#hopByHop + 1) >>> 0;
    const hopByHop = this.#hopByHop;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#pending.delete(hopByHop);
        resolve(undefined);
      }, this.#settings.limits.answerMs);
      this.#pending.set(hopByHop, { resolve, timer });
      this.#outbox.add(message(hopByHop));
    });
  }

  /** Whether the peer answers a watchdog within a time. */
  async alive(milliseconds: number): Promise<boolean> {
    if (this.#state !== 'open') return false;
    const late = new Promise<undefined>((resolve) => void setTimeout(() => resolve(undefined), milliseconds).unref());
    const answer = this.ask((hopByHop) => this.#base.watchdogRequest(hopByHop, hopByHop));
    return (await Promise.race([answer, late])) !== undefined;
  }

  /** Ends in order: open requests are answered, the peer is told, and the connection closes when it has agreed or the time is over. */
  async close(cause: number): Promise<void> {
    if (this.#state !== 'open') return this.end('closed by us');
    this.#state = 'closing';
    const until = performance.now() + this.#settings.limits.closingMs;
    while (this.#outstanding > 0 && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 10));
    const late = new Promise<void>((resolve) => void setTimeout(() => resolve(), this.#settings.limits.closingMs).unref());
    await Promise.race([this.ask((hopByHop) => this.#base.disconnectRequest(hopByHop, hopByHop, cause)), late]);
    this.#outbox.flush();
    this.#socket.end();
    this.end('closed by us');
  }

  /** Ends at once. */
  end(reason: string): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    clearTimeout(this.#timer);
    for (const { resolve, timer } of this.#pending.values()) {
      clearTimeout(timer);
      resolve(undefined);
    }
    this.#pending.clear();
    // What was written before leaves: `end` of the socket was called where something has to.
    if (this.#socket.writableEnded) setTimeout(() => this.#socket.destroy(), this.#settings.limits.closingMs).unref();
    else this.#socket.destroy();
    this.#owner.closed(this, reason);
  }

  #receive(piece: Uint8Array): void {
    this.#heard = true;
    this.#pieces.push(piece);
    this.#waitingBytes += piece.length;
    this.#flow();
  }

  /** What the peer sent before is dealt with. */
  #gone(reason: string): void {
    while (this.#takeOne());
    this.end(reason);
  }

  readonly #turn = (): boolean => {
    if (!this.#busy && this.#takeOne()) return true;
    this.#hasTurns = false;
    return false;
  };

  /** Deals with the next message that is whole. False: there is none. */
  #takeOne(): boolean {
    while (this.#state !== 'closed') {
      const [piece] = this.#pieces;
      if (piece === undefined) return false;
      if (!this.#isBegun) this.#stream.begin(piece);
      this.#isBegun = true;
      const message = this.#stream.next();
      if (message !== undefined) {
        // One message never ends the process.
        try {
          this.#message(message);
        } catch (error) {
          this.#owner.failed(this, error);
        }
        return true;
      }
      this.#pieces.shift();
      this.#isBegun = false;
      this.#waitingBytes -= piece.length;
      const { fault } = this.#stream;
      if (fault !== undefined) this.end(`${fault.error}: ${fault.message}`);
      else this.#flow();
    }
    return false;
  }

  #message(message: Uint8Array): void {
    const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
    const header = readHeader(view, 0);
    if (header === undefined) return;
    const request = (header.flags & REQUEST) !== 0;
    if (this.#state === 'waiting') {
      if (header.command !== CAPABILITIES) this.end('the first message is no capabilities exchange');
      else this.#owner.capabilities(this, header, message);
    } else if (!request) this.#answered(header, message);
    else if (header.application === 0 && isOfBase(header.command)) this.#baseRequest(header, message);
    else {
      this.#outstanding += 1;
      this.#owner.request({ header, message, view, connection: this });
      this.#flow();
    }
  }

  #answered(header: Header, message: Uint8Array): void {
    const pending = this.#pending.get(header.hopByHop);
    if (pending === undefined) {
      this.#owner.strayAnswer(this, header);
      return;
    }
    this.#pending.delete(header.hopByHop);
    clearTimeout(pending.timer);
    pending.resolve(message);
  }

  #baseRequest(header: Header, message: Uint8Array): void {
    const fault = checkMessage(this.#settings.dictionary, message).find(({ fatal }) => fatal);
    if (fault !== undefined) this.#outbox.add(this.#base.errorAnswer(header, message, fault));
    else if (header.command === WATCHDOG) this.#outbox.add(this.#base.watchdogAnswer(header));
    else if (header.command === CAPABILITIES)
      this.#outbox.add(this.#base.capabilitiesAnswer(header, this.local, undefined, this.peer?.grouped));
    else this.#disconnected(header);
  }

  /** §5.4: it is the peer that closes after our answer; where it does not, we do. */
  #disconnected(header: Header): void {
    this.#outbox.add(this.#base.disconnectAnswer(header));
    this.#outbox.flush();
    this.#state = 'closing';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end('disconnected by the peer'), this.#settings.limits.closingMs);
  }

  /** RFC 3539 §3.4.1: silence for Tw is asked, silence after that ends. With a jitter of up to 2 seconds, as it says. */
  #watch(): void {
    const { watchdogMs } = this.#settings.limits;
    const jitter = Math.min(2_000, watchdogMs / 10) * (2 * Math.random() - 1);
    this.#timer = setTimeout(() => {
      if (this.#state !== 'open') return;
      if (this.#heard) this.#asked = false;
      else if (this.#asked) return this.end('the peer is silent and did not answer the watchdog');
      else {
        this.#asked = true;
        void this.ask((hopByHop) => this.#base.watchdogRequest(hopByHop, hopByHop));
      }
      this.#heard = false;
      this.#watch();
    }, watchdogMs + jitter);
  }

  /** Begins and reads no more while too much waits for its answer or to be read by the peer, and goes on when half of it is done. */
  #flow(): void {
    const { mostOutstanding } = this.#settings.limits;
    this.#busy = this.#outstanding >= (this.#busy ? mostOutstanding / 2 : mostOutstanding) || this.#outbox.blocked;
    if (!this.#busy && !this.#hasTurns && this.#pieces.length > 0) {
      this.#hasTurns = true;
      turns.add(this.#turn);
    }
    const full = this.#busy || this.#waitingBytes > (this.#paused ? MOST_BYTES_WAITING / 2 : MOST_BYTES_WAITING);
    if (full === this.#paused) return;
    this.#paused = full;
    if (full) this.#socket.pause();
    else this.#socket.resume();
  }
}

const isOfBase = (command: number): boolean => command === WATCHDOG || command === DISCONNECT || command === CAPABILITIES;

/** `192.0.2.1` for `::ffff:192.0.2.1`. */
export function plainAddress(address: string | undefined): string {
  return (address ?? '0.0.0.0').replace(/^::ffff:(?=\d+\.)/, '');
}
