/** What telling customers needs of the outside world. */
import type { NoticeWay } from '#core/catalog/notice.ts';
import type { NoticedEvent } from '#core/charging/notices.ts';
import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';
import type { NewWebhookEvent } from '../webhooks/ports.ts';

/** An event as the engine left it. */
export interface KeptNotice {
  readonly noticeId: bigint;
  readonly atMicros: number;
  readonly event: NoticedEvent;
}

/** Minutes of the local day, `from` inclusive to `to` exclusive; over midnight where `to` is not after `from`. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

/** How an account is reached and what it wants. */
export interface Contact {
  readonly language: DocumentLanguage;
  /** E.164 digits; undefined: the account's own. */
  readonly number: string | undefined;
  readonly email: string | undefined;
  /** Undefined: all that a notice has. */
  readonly ways: readonly NoticeWay[] | undefined;
  /** Undefined: as the settings say. */
  readonly quiet: QuietHours | undefined;
  readonly doNotDisturb: boolean;
}

/** A message that was made of an event. */
export interface NewNotification {
  readonly notice: string;
  readonly way: NoticeWay;
  readonly target: string;
  readonly language: DocumentLanguage;
  readonly subject: string | undefined;
  readonly body: string;
  readonly urgent: boolean;
  readonly zone: string;
  readonly quiet: QuietHours | undefined;
  /** When it may be sent; undefined: never, for the reason. */
  readonly nextMicros: number | undefined;
  readonly reason: string | undefined;
}

/** What becomes of one event. */
export interface Spread {
  readonly noticeId: bigint;
  readonly account: string;
  readonly messages: readonly NewNotification[];
  /** For systems of others. */
  readonly event: NewWebhookEvent;
}

/** What is known about the accounts of some events. */
export interface Known {
  readonly contacts: ReadonlyMap<string, Contact>;
  /** Messages that are not urgent and were made for an account since a day ago. */
  readonly told: ReadonlyMap<string, number>;
}

/** A message that is being sent. */
export interface Outgoing {
  readonly notificationId: bigint;
  readonly attemptId: bigint;
  readonly account: string;
  readonly way: NoticeWay;
  readonly target: string;
  readonly language: DocumentLanguage;
  readonly subject: string | undefined;
  readonly body: string;
  readonly urgent: boolean;
  readonly zone: string;
  readonly quiet: QuietHours | undefined;
  /** The one under way included. */
  readonly attempts: number;
  readonly madeMicros: number;
}

/** How an attempt ended. `deferred` is tried again, `refused` is not. */
export interface SendOutcome {
  readonly outcome: 'sent' | 'deferred' | 'refused';
  readonly answer: string;
  /** What the gateway calls each of its parts: receipts name them. */
  readonly references?: readonly string[];
}

/** Sends one message. Never throws for what the other side answers. */
export interface Sender {
  send(message: Outgoing): Promise<SendOutcome>;
}

export interface Receipt {
  readonly reference: string;
  readonly state: 'delivered' | 'failed';
  readonly text: string;
}

export interface NotificationStore {
  /** Makes messages of the oldest events, at most so many, in one transaction. One process at a time does. How many events it were. */
  spread(
    nowMicros: number,
    most: number,
    make: (notices: readonly KeptNotice[], known: Known) => Promise<readonly Spread[]>,
  ): Promise<number>;
  /** Takes messages that are due by these ways, and enters an attempt of each. Those whose sender has died are taken after `leaseMs`. */
  take(nowMicros: number, leaseMs: number, by: string, most: number, ways: readonly NoticeWay[]): Promise<readonly Outgoing[]>;
  /** How many are due by a way. */
  due(nowMicros: number, way: NoticeWay): Promise<number>;
  finish(message: Outgoing, outcome: SendOutcome, endMicros: number, nextMicros: number | undefined): Promise<void>;
  /** False: no message has this reference (yet). */
  receive(receipt: Receipt, atMicros: number): Promise<boolean>;
  /** Forgets events and messages that were over before an instant, at most so many of each. */
  forget(beforeMicros: number, most: number): Promise<number>;
}
