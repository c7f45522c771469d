/** Text messages by SMPP: bound when the first is to be sent, and again after the connection was lost. */
import { setTimeout as sleep } from 'node:timers/promises';
import { messageParts } from '#codecs/smpp/parts.ts';
import { addressOf, encodeSubmit, statuses, statusName } from '#codecs/smpp/pdu.ts';
import { receiptOf } from '#codecs/smpp/receipt.ts';
import type { Receipt, Sender, SendOutcome } from '#operations/notifications/ports.ts';
import { type SessionTimes, type SmscAddress, SmscLost, SmscRefusedBind, SmscSession, usualTimes } from './session.ts';

export interface SmppSettings extends SmscAddress {
  /** A number, a short code or a name of at most 11 characters. */
  readonly sender: string;
  /** Parts a second at most. */
  readonly perSecond: number;
}

/** Being told to slow down, it waits so long and asks again, so often. */
const THROTTLED_MS = 1_000;
const MOST_THROTTLED = 5;
/** Parts under way without an answer. */
const WINDOW = 10;
/** What may be otherwise the next time. */
const passing: readonly number[] = [statuses.ESME_RSYSERR, statuses.ESME_RMSGQFUL, statuses.ESME_RTHROTTLED, statuses.ESME_RINVBNDSTS];

export class SmppSender implements Sender {
  readonly #settings: SmppSettings;
  readonly #times: SessionTimes;
  readonly #onReceipt: (receipt: Receipt) => Promise<void>;
  #session: Promise<SmscSession> | undefined;
  #reference = 0;
  #underWay = 0;
  #nextAt = 0;
  readonly #turns: (() => void)[] = [];

  /** A receipt is answered when it is stored. */
  constructor(settings: SmppSettings, onReceipt: (receipt: Receipt) => Promise<void>, times: SessionTimes = usualTimes) {
    this.#settings = settings;
    this.#onReceipt = onReceipt;
    this.#times = times;
  }

  async send({ target, body }: { readonly target: string; readonly body: string }): Promise<SendOutcome> {
    this.#reference = (this.#reference + 1) & 0xff;
    const parts = messageParts(body, this.#reference);
    if (parts === undefined) return { outcome: 'refused', answer: 'the text is too long' };
    const { sender, receives } = this.#settings;
    const references: string[] = [];
    try {
      const [source, destination] = [addressOf(sender), addressOf(target)];
      for (const { dataCoding, hasHeader, content } of parts) {
        const submit = { source, destination, hasHeader, wantsReceipt: receives, dataCoding, content };
        const { status, messageId } = await this.#inTurn(() => this.#submit((sequence) => encodeSubmit(sequence, submit)));
        if (status !== 0) return { outcome: passing.includes(status) ? 'deferred' : 'refused', answer: statusName(status) };
        references.push(`smpp:${messageId}`);
      }
    } catch (error) {
      if (error instanceof RangeError) return { outcome: 'refused', answer: error.message };
      if (error instanceof SmscLost || error instanceof SmscRefusedBind) return { outcome: 'deferred', answer: error.message };
      throw error;
    }
    return {
      outcome: 'sent',
      answer: `${parts.length === 1 ? 'one part' : `${parts.length} parts`}: ${references.join(', ')}`,
      references,
    };
  }

  async close(): Promise<void> {
    const session = await this.#session?.catch(() => undefined);
    this.#session = undefined;
    await session?.leave();
  }

  async #submit(encode: (sequence: number) => Uint8Array): Promise<{ readonly status: number; readonly messageId: string }> {
    for (let throttled = 0; ; throttled += 1) {
      await this.#pace();
      const session = await this.#open();
      const answer = await session.request(encode);
      const isSlower = answer.status === statuses.ESME_RTHROTTLED || answer.status === statuses.ESME_RMSGQFUL;
      if (!isSlower || throttled === MOST_THROTTLED)
        return { status: answer.status, messageId: answer.kind === 'submit-resp' ? answer.messageId : '' };
      await sleep(THROTTLED_MS);
    }
  }

  async #open(): Promise<SmscSession> {
    const known = await this.#session?.catch(() => undefined);
    if (known?.isOpen === true) return known;
    // Several that find it lost open one.
    if (this.#opening === undefined) {
      this.#session = SmscSession.open(this.#settings, (deliver) => this.#deliver(deliver), this.#times);
      this.#opening = this.#session;
      this.#opening.finally(() => (this.#opening = undefined)).catch(() => undefined);
    }
    return this.#opening;
  }

  #opening: Promise<SmscSession> | undefined;

  async #deliver(deliver: Parameters<typeof receiptOf>[0]): Promise<void> {
    const receipt = receiptOf(deliver);
    // Of what people answer nothing is read.
    if (receipt === undefined || receipt.state === 'under-way') return;
    await this.#onReceipt({ reference: `smpp:${receipt.messageId}`, state: receipt.state, text: receipt.text });
  }

  /** Not more parts a second than were agreed. */
  async #pace(): Promise<void> {
    const now = performance.now();
    const at = Math.max(now, this.#nextAt);
    this.#nextAt = at + 1_000 / this.#settings.perSecond;
    if (at > now) await sleep(at - now);
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#underWay >= WINDOW) await new Promise<void>((resolve) => this.#turns.push(resolve));
    this.#underWay += 1;
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
      this.#turns.shift()?.();
    }
  }
}
