/**
 * Gy peers for the charging bench, in a process of its own: connections over TCP, each with many sessions, requests made from templates.
 * Told what to do over IPC by bench/charging.ts.
 */
import { connect, type Socket } from 'node:net';
import { diameterDictionary } from '#app/diameter.ts';
import { AvpCursor } from '#codecs/diameter/avp-cursor.ts';
import { type AvpValues, buildMessage } from '#codecs/diameter/build.ts';
import { HEADER_BYTES } from '#codecs/diameter/header.ts';
import { MessageStream } from '#codecs/diameter/stream.ts';
import { MessageWriter } from '#codecs/diameter/writer.ts';
import { BaseMessages } from '#gateways/diameter/base-messages.ts';
import { seeded } from '../../test/support/seeded.ts';
import { type Order, type Report, USED_BYTES } from './charging-orders.ts';
import { StallWatch } from './stalls.ts';

/** A session: initial, so many updates, termination. */
const UPDATES = 8;
const MOST_OUTSTANDING = 65_536;
/** Written to, or read from, a connection in one go. */
const ROOM_BYTES = 65_536;

const dictionary = diameterDictionary();
const CCR_I = 1;
const CCR_U = 2;
const CCR_T = 3;
const RESULT_CODE = 268;

/** A request whose session, subscriber and numbers are written over at their places. */
interface Template {
  readonly bytes: Buffer;
  /** Of the digit of its peer's name, in Session-Id and Origin-Host. */
  readonly peers: readonly number[];
  readonly session: number;
  readonly subscriber: number;
  readonly number: number;
}

const SESSION_PLACE = 'SSSSSSSSSSSS';
/** `pgw0` to `pgw9`, as its connection introduced itself. */
const PEER_PLACE = 'pgwP';
const SUBSCRIBER_PLACE = '490000000000';
const NUMBER_PLACE = 0x5a5a5a5a;

function template(type: number): Template {
  const use =
    type === CCR_I
      ? {}
      : { 'Used-Service-Unit': { 'CC-Total-Octets': USED_BYTES, 'CC-Input-Octets': 200_000, 'CC-Output-Octets': 800_000 } };
  const values: AvpValues = {
    'Session-Id': `${PEER_PLACE}.epc.example.net;1732238400;${SESSION_PLACE}`,
    'Origin-Host': `${PEER_PLACE}.epc.example.net`,
    'Origin-Realm': 'epc.example.net',
    'Destination-Realm': 'example.net',
    'Auth-Application-Id': 4,
    'Service-Context-Id': '32251@3gpp.org',
    'CC-Request-Type': type,
    'CC-Request-Number': NUMBER_PLACE,
    'Event-Timestamp': Math.floor(Date.now() / 1000),
    'Subscription-Id': [{ 'Subscription-Id-Type': 0, 'Subscription-Id-Data': SUBSCRIBER_PLACE }],
    'Multiple-Services-Indicator': 1,
    'Multiple-Services-Credit-Control': [
      {
        ...(type === CCR_T ? {} : { 'Requested-Service-Unit': {} }),
        ...use,
        'Rating-Group': 10,
        ...(type === CCR_I ? {} : { 'Reporting-Reason': type === CCR_T ? 2 : 4 }),
      },
    ],
    'Service-Information': {
      'PS-Information': {
        '3GPP-Charging-Id': 4660,
        '3GPP-PDP-Type': 0,
        'PDP-Address': '10.20.30.40',
        'SGSN-Address': '192.0.2.77',
        'GGSN-Address': '192.0.2.78',
        'Called-Station-Id': 'internet',
        '3GPP-SGSN-MCC-MNC': '26202',
        '3GPP-RAT-Type': Uint8Array.of(6),
      },
    },
  };
  const built = buildMessage(dictionary, new MessageWriter(), { command: 'CCR', hopByHop: 0, endToEnd: 0 }, values);
  if (!built.ok) throw new Error(JSON.stringify(built.refusals));
  const bytes = Buffer.from(built.value);
  const number = Buffer.alloc(4);
  number.writeUInt32BE(NUMBER_PLACE);
  const first = bytes.indexOf(PEER_PLACE);
  const peers = [first, bytes.indexOf(PEER_PLACE, first + 1)].map((at) => at + PEER_PLACE.length - 1);
  return {
    bytes,
    peers,
    session: bytes.indexOf(SESSION_PLACE),
    subscriber: bytes.indexOf(SUBSCRIBER_PLACE),
    number: bytes.indexOf(number),
  };
}

/** Twelve decimal digits, without making a text. */
function writeDigits(bytes: Buffer, at: number, value: number): void {
  let left = value;
  for (let place = at + 11; place >= at; place -= 1) {
    bytes[place] = 48 + (left % 10);
    left = Math.floor(left / 10);
  }
}

/** What a measurement began with. */
interface Begun {
  readonly startMs: number;
  readonly cpu: NodeJS.CpuUsage;
  readonly watch: StallWatch;
}

class Peers {
  readonly #templates = { [CCR_I]: template(CCR_I), [CCR_U]: template(CCR_U), [CCR_T]: template(CCR_T) } as const;
  readonly #random = seeded(11);
  #sockets: Socket[] = [];
  /** Of each slot: the session's number, its account, the number of its next request; -1 while one is under way. */
  #session = new Float64Array(0);
  #account = new Int32Array(0);
  #next = new Int8Array(0);
  #isBusy = new Uint8Array(0);
  #accounts = 0;
  #sessions = 0;
  /** By hop-by-hop id. */
  readonly #slotOf = new Int32Array(MOST_OUTSTANDING);
  readonly #typeOf = new Uint8Array(MOST_OUTSTANDING);
  readonly #dueMs = new Float64Array(MOST_OUTSTANDING);
  readonly #free = Array.from({ length: MOST_OUTSTANDING }, (_, hop) => hop);
  #outstanding = 0;
  #onAnswer: () => void = () => undefined;
  #sent = 0;
  #latencies: number[] = [];
  #results: Record<string, number> = {};
  #usedReports = 0;
  /** Of each connection, what is written together; and what was, and can be again: what a peer leaves behind is collected at the cost of whoever answers it. */
  #pending: { bytes: Buffer; length: number }[] = [];
  readonly #spare: Buffer[] = [];

  async connect({ port, connections, sessions, accounts }: Order & { kind: 'connect' }): Promise<void> {
    const slots = Array.from({ length: sessions }, (_, index) => index);
    this.#session = Float64Array.from(slots);
    this.#account = Int32Array.from(slots, (slot) => Math.floor((slot * accounts) / sessions));
    this.#next = new Int8Array(sessions);
    this.#isBusy = new Uint8Array(sessions);
    this.#accounts = accounts;
    this.#sessions = sessions;
    for (let index = 0; index < connections; index += 1) this.#sockets.push(await this.#openConnection(port, index));
  }

  #openConnection(port: number, index: number): Promise<Socket> {
    const base = new BaseMessages(dictionary, {
      ...{
        host: `pgw${index % 10}.epc.example.net`,
        realm: 'epc.example.net',
        others: [],
        product: 'bench',
        originState: 1,
        applications: [4],
      },
    });
    const stream = new MessageStream();
    this.#pending[index] = { bytes: this.#room(), length: 0 };
    return new Promise((resolve, reject) => {
      const read = (length: number, bytes: Uint8Array): boolean => {
        for (const message of stream.push(bytes.subarray(0, length))) {
          const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
          const command = view.getUint32(4) & 0xffffff;
          if (command === 272) this.#answer(view);
          else if (command === 257) resolve(socket);
        }
        this.#onAnswer();
        return true;
      };
      const socket = connect({
        host: '127.0.0.1',
        port,
        noDelay: true,
        onread: { buffer: Buffer.allocUnsafeSlow(ROOM_BYTES), callback: read },
      });
      socket.once('error', reject);
      socket.once('connect', () => socket.write(base.capabilitiesRequest(1, 1, '127.0.0.1')));
    });
  }

  #answer(view: DataView): void {
    const hop = view.getUint32(12);
    const slot = this.#slotOf[hop] as number;
    const result = this.#resultOf(view);
    this.#results[result] = (this.#results[result] ?? 0) + 1;
    this.#latencies.push(performance.now() - (this.#dueMs[hop] as number));
    this.#outstanding -= 1;
    this.#free.push(hop);
    this.#isBusy[slot] = 0;
    const type = this.#typeOf[hop];
    if (result !== 2001) return; // it is asked again with the same number
    if (type !== CCR_I) this.#usedReports += 1;
    this.#next[slot] = (this.#next[slot] as number) + 1;
    if (type !== CCR_T) return;
    this.#next[slot] = 0;
    this.#session[slot] = (this.#session[slot] as number) + this.#sessions;
    this.#account[slot] = ((this.#account[slot] as number) + 7_919) % this.#accounts;
  }

  #resultOf(view: DataView): number {
    const cursor = new AvpCursor(view).enter(HEADER_BYTES, view.byteLength);
    while (cursor.next()) if (cursor.code === RESULT_CODE) return view.getUint32(cursor.from);
    return 0;
  }

  /** False: it is under way. */
  #send(slot: number, dueMs: number): boolean {
    if (this.#isBusy[slot] === 1) return false;
    const hop = this.#free.pop();
    if (hop === undefined) return false;
    const number = this.#next[slot] as number;
    const type = number === 0 ? CCR_I : number <= UPDATES ? CCR_U : CCR_T;
    const { bytes, peers, session, subscriber, number: place } = this.#templates[type];
    const pending = this.#pendingOf(slot % this.#sockets.length, bytes.length);
    const message = pending.bytes.subarray(pending.length, pending.length + bytes.length);
    pending.length += bytes.length;
    bytes.copy(message);
    for (const peer of peers) message[peer] = 48 + ((slot % this.#sockets.length) % 10);
    writeDigits(message, session, this.#session[slot] as number);
    writeDigits(message, subscriber, 490_000_000_000 + (this.#account[slot] as number));
    message.writeUInt32BE(number, place);
    message.writeUInt32BE(hop, 12);
    message.writeUInt32BE(this.#sent >>> 0, 16);
    this.#slotOf[hop] = slot;
    this.#typeOf[hop] = type;
    this.#dueMs[hop] = dueMs;
    this.#isBusy[slot] = 1;
    this.#outstanding += 1;
    this.#sent += 1;
    return true;
  }

  #room(): Buffer {
    return this.#spare.pop() ?? Buffer.allocUnsafeSlow(ROOM_BYTES);
  }

  /** What is to be written next to a connection, with room for so many octets more. */
  #pendingOf(index: number, bytes: number): { bytes: Buffer; length: number } {
    const pending = this.#pending[index] as { bytes: Buffer; length: number };
    if (pending.length + bytes > ROOM_BYTES) this.#writeTo(index, pending);
    return pending;
  }

  #write(): void {
    for (const [index, pending] of this.#pending.entries()) if (pending.length > 0) this.#writeTo(index, pending);
  }

  #writeTo(index: number, pending: { bytes: Buffer; length: number }): void {
    const { bytes, length } = pending;
    this.#sockets[index]?.write(bytes.subarray(0, length), () => this.#spare.push(bytes));
    pending.bytes = this.#room();
    pending.length = 0;
  }

  #begin(): Begun {
    this.#latencies = [];
    this.#results = {};
    this.#sent = 0;
    this.#usedReports = 0;
    return { startMs: performance.now(), cpu: process.cpuUsage(), watch: new StallWatch() };
  }

  #report({ startMs, cpu, watch }: Begun): Report {
    const stalls = watch.end();
    const seconds = (performance.now() - startMs) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const sorted = Float64Array.from(this.#latencies).sort();
    const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    return {
      ...{ sent: this.#sent, answered: sorted.length, seconds, results: this.#results, usedReports: this.#usedReports },
      ...{ p50: at(0.5), p95: at(0.95), p99: at(0.99), processorSeconds: (user + system) / 1e6, stalls },
    };
  }

  /** Sends whenever an answer has come, until the slots or the time are used up. */
  async #loop(outstanding: number, more: () => number | undefined): Promise<Report> {
    const begun = this.#begin();
    await new Promise<void>((resolve) => {
      const fill = (): void => {
        let isOver = false;
        for (let tries = 0; this.#outstanding < outstanding && tries < outstanding * 4; tries += 1) {
          const slot = more();
          if (slot === undefined) {
            isOver = true;
            break;
          }
          this.#send(slot, performance.now());
        }
        this.#write();
        if (isOver && this.#outstanding === 0) resolve();
      };
      this.#onAnswer = fill;
      fill();
    });
    this.#onAnswer = () => undefined;
    return this.#report(begun);
  }

  open(outstanding: number): Promise<Report> {
    let slot = 0;
    return this.#loop(outstanding, () => {
      while (slot < this.#sessions && ((this.#isBusy[slot] as number) === 1 || (this.#next[slot] as number) > 0)) slot += 1;
      return slot < this.#sessions ? slot++ : undefined;
    });
  }

  closedLoop(outstanding: number, seconds: number): Promise<Report> {
    const end = performance.now() + seconds * 1000;
    return this.#loop(outstanding, () => (performance.now() < end ? Math.floor(this.#random() * this.#sessions) : undefined));
  }

  /** By the clock: a request that could not be sent in time counts from when it was due. */
  async openLoop(perSecond: number, seconds: number): Promise<Report> {
    const begun = this.#begin();
    const total = Math.floor(perSecond * seconds);
    let due = 0;
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        const now = performance.now();
        const until = Math.min(total, Math.floor(((now - begun.startMs) / 1000) * perSecond));
        // When all are busy, it waits: what is late counts from when it was due.
        for (let tries = 0; due < until && tries < 2 * (until - due) + 100; tries += 1)
          if (this.#send(Math.floor(this.#random() * this.#sessions), begun.startMs + (due / perSecond) * 1000)) due += 1;
        this.#write();
        if (due >= total && this.#outstanding === 0) {
          clearInterval(timer);
          resolve();
        }
      }, 1);
    });
    return this.#report(begun);
  }

  end(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets = [];
  }
}

const peers = new Peers();
process.on('message', (order: Order) => {
  void obey(order).then((report) => process.send?.(report ?? {}));
});
process.on('disconnect', () => process.exit());

async function obey(order: Order): Promise<Report | undefined> {
  switch (order.kind) {
    case 'connect':
      await peers.connect(order);
      return undefined;
    case 'open':
      return peers.open(order.outstanding);
    case 'closed-loop':
      return peers.closedLoop(order.outstanding, order.seconds);
    case 'open-loop':
      return peers.openLoop(order.perSecond, order.seconds);
    case 'end':
      peers.end();
      return undefined;
  }
}
