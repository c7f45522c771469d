/** One connection to an SMSC: bound, asked now and then whether it lives, each request with its answer. */
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import {
  type Bind,
  commands,
  type Deliver,
  decodePdu,
  encodeBind,
  encodePlain,
  HEADER_OCTETS,
  MOST_OCTETS,
  type Pdu,
  statedLength,
  statuses,
  statusName,
} from '#codecs/smpp/pdu.ts';

export interface SmscAddress extends Bind {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

export interface SessionTimes {
  readonly connectMs: number;
  readonly answerMs: number;
  /** Without traffic for so long it is asked whether it lives. */
  readonly enquireMs: number;
}

export const usualTimes: SessionTimes = { connectMs: 10_000, answerMs: 10_000, enquireMs: 30_000 };

/** The connection is gone, or the other side did not answer: whether it took the message nobody knows. */
export class SmscLost extends Error {}
/** The SMSC refused to bind us. */
export class SmscRefusedBind extends Error {}

/** Stores a message that came; its answer leaves when it is stored, or says that it was not. */
export type OnDeliver = (deliver: Deliver) => Promise<void>;

interface Pending {
  readonly resolve: (answer: Pdu) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

export class SmscSession {
  readonly #socket: Socket;
  readonly #times: SessionTimes;
  readonly #onDeliver: OnDeliver;
  readonly #pending = new Map<number, Pending>();
  #received: Buffer = Buffer.alloc(0);
  #sequence = 0;
  #lost: Error | undefined;
  #enquiring: NodeJS.Timeout | undefined;

  private constructor(socket: Socket, times: SessionTimes, onDeliver: OnDeliver) {
    this.#socket = socket;
    this.#times = times;
    this.#onDeliver = onDeliver;
    socket.on('data', (octets: Buffer) => this.#receive(octets));
    socket.on('error', (error) => this.#end(error));
    socket.on('close', () => this.#end(new Error('the connection was closed')));
  }

  /** Connects and binds. Throws SmscLost, SmscRefusedBind. */
  static async open(address: SmscAddress, onDeliver: OnDeliver, times: SessionTimes = usualTimes): Promise<SmscSession> {
    const { host, port, tls } = address;
    const socket = tls ? connectTls({ host, port, servername: host }) : connectTcp({ host, port });
    socket.setNoDelay(true);
    try {
      await once(socket, tls ? 'secureConnect' : 'connect', { signal: AbortSignal.timeout(times.connectMs) });
    } catch (error) {
      socket.destroy();
      throw new SmscLost(`${host}:${port}: ${error instanceof Error ? error.message : String(error)}`);
    }
    const session = new SmscSession(socket, times, onDeliver);
    const answer = await session.request((sequence) => encodeBind(sequence, address));
    if (answer.status !== 0) {
      session.close();
      throw new SmscRefusedBind(`bind was answered ${statusName(answer.status)}`);
    }
    session.#enquiring = setInterval(() => void session.#enquire(), times.enquireMs);
    session.#enquiring.unref();
    return session;
  }

  get isOpen(): boolean {
    return this.#lost === undefined;
  }

  /** Sends a request and waits for its answer. Throws SmscLost. */
  request(encode: (sequence: number) => Uint8Array): Promise<Pdu> {
    return new Promise((resolve, reject) => {
      if (this.#lost !== undefined) {
        reject(new SmscLost(this.#lost.message));
        return;
      }
      const sequence = this.#next();
      const octets = encode(sequence); // throws before anything is entered
      const timer = setTimeout(() => {
        this.#pending.delete(sequence);
        reject(new SmscLost('no answer came in time'));
      }, this.#times.answerMs);
      this.#pending.set(sequence, { resolve, reject, timer });
      this.#socket.write(octets);
    });
  }

  /** Takes leave and closes. */
  async leave(): Promise<void> {
    if (this.#lost === undefined) await this.request((sequence) => encodePlain('unbind', sequence)).catch(() => undefined);
    this.close();
  }

  close(): void {
    this.#end(new Error('the session was closed'));
  }

  /** 1 to 0x7FFFFFFF (§3.2). */
  #next(): number {
    this.#sequence = this.#sequence >= 0x7fffffff ? 1 : this.#sequence + 1;
    return this.#sequence;
  }

  async #enquire(): Promise<void> {
    try {
      await this.request((sequence) => encodePlain('enquire_link', sequence));
    } catch (error) {
      this.#end(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #receive(octets: Buffer): void {
    this.#received = this.#received.length === 0 ? octets : Buffer.concat([this.#received, octets]);
    for (;;) {
      const length = statedLength(this.#received);
      if (length === undefined) return;
      if (length < HEADER_OCTETS || length > MOST_OCTETS) {
        // Where the next PDU begins nobody can say.
        this.#end(new Error(`a PDU states ${length} octets`));
        return;
      }
      if (this.#received.length < length) return;
      const whole = this.#received.subarray(0, length);
      this.#received = this.#received.subarray(length);
      this.#take(decodePdu(whole));
    }
  }

  #take(pdu: ReturnType<typeof decodePdu>): void {
    if (pdu.kind === 'faulty') {
      if (pdu.id < 0x80000000) this.#socket.write(encodePlain('generic_nack', pdu.sequence, statuses.ESME_RINVCMDLEN));
      return;
    }
    const { sequence, command, id } = pdu;
    if (id >= commands.generic_nack) {
      const pending = this.#pending.get(sequence);
      if (pending === undefined) return; // it came too late, or nobody asked for it
      this.#pending.delete(sequence);
      clearTimeout(pending.timer);
      pending.resolve(pdu);
    } else if (pdu.kind === 'deliver') void this.#deliver(pdu.deliver, sequence);
    else if (command === 'enquire_link') this.#socket.write(encodePlain('enquire_link_resp', sequence));
    else if (command === 'unbind') {
      this.#socket.end(encodePlain('unbind_resp', sequence));
      this.#end(new Error('the SMSC unbound us'));
    } else this.#socket.write(encodePlain('generic_nack', sequence, statuses.ESME_RINVCMDID));
  }

  async #deliver(deliver: Deliver, sequence: number): Promise<void> {
    const stored = await this.#onDeliver(deliver).then(
      () => true,
      () => false,
    );
    if (this.#lost === undefined)
      this.#socket.write(encodePlain('deliver_sm_resp', sequence, stored ? statuses.ESME_ROK : statuses.ESME_RX_T_APPN));
  }

  #end(error: Error): void {
    if (this.#lost !== undefined) return;
    this.#lost = error;
    clearInterval(this.#enquiring);
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(new SmscLost(error.message));
    }
    this.#pending.clear();
    this.#socket.destroySoon();
  }
}
