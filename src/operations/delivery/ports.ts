/** What delivering needs of the outside world. */
import type { DeliveryPart, DeliveryRoute, EmailRoute, SftpRoute } from '#core/parties/delivery.ts';

/** An issued document as far as delivering it needs to know it. */
export interface DeliverableDocument {
  readonly legalEntity: string;
  readonly number: string;
  readonly account: string;
  readonly kind: string;
}

export interface Delivery extends DeliverableDocument {
  readonly deliveryId: bigint;
  readonly route: DeliveryRoute;
  /** Attempts so far, the one under way included. */
  readonly attempts: number;
  readonly attemptId: bigint;
}

export interface DeliveryFile {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Uint8Array;
}

/** How an attempt ended. `deferred` is tried again, `refused` is not. */
export interface AttemptOutcome {
  readonly outcome: 'sent' | 'deferred' | 'refused';
  /** What the other side said, or what went wrong here. */
  readonly answer: string;
  /** Of mail to several: those whom the server does not take it for. The others have it. */
  readonly rejected?: readonly { readonly recipient: string; readonly status: string; readonly answer: string }[];
  /** SHA-256 of each file that went, hexadecimal. */
  readonly sha256?: Readonly<Record<string, string>>;
}

export interface DeliveryStore {
  /** Enters deliveries of documents issued since their account declared the way. Tells how many are new. */
  plan(nowMicros: number): Promise<number>;
  /**
   * Takes a delivery that is due, and enters the attempt. One whose sender has died is taken after `leaseMs`; its attempt
   * gets the outcome `unknown`. Undefined when none is due.
   */
  take(nowMicros: number, leaseMs: number, by: string): Promise<Delivery | undefined>;
  finish(delivery: Delivery, outcome: AttemptOutcome, endMicros: number, nextMicros: number | undefined): Promise<void>;
}

/** The files of a document. Throws RefusedError when one cannot be made, such as an electronic invoice with faults. */
export interface DocumentFiles {
  make(document: DeliverableDocument, parts: readonly DeliveryPart[]): Promise<readonly DeliveryFile[]>;
}

export interface Letter {
  readonly from: string;
  readonly replyTo: string | undefined;
  readonly copyTo: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** The same in each attempt, so that who gets it twice sees that it is one. */
  readonly messageId: string;
}

/** One delivery by mail. Never throws for what the server answers. */
export interface Mailer {
  send(route: EmailRoute, letter: Letter, files: readonly DeliveryFile[]): Promise<AttemptOutcome>;
}

/** Puts files into a folder, each whole or not at all; one that is there with the same content stays. */
export interface Dropper {
  drop(route: SftpRoute, files: readonly DeliveryFile[]): Promise<AttemptOutcome>;
}

/** The letter that goes with a document. Throws RefusedError (`delivery.sender-missing`). */
export interface Letters {
  letterFor(delivery: Delivery, route: EmailRoute): Promise<Letter>;
}
