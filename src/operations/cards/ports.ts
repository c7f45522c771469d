/** What payment by card needs of the provider and of storage. */

/** What the party is asked to pay. */
export interface CardRequest {
  readonly legalEntity: string;
  readonly document: string;
  readonly account: string;
  readonly currency: string;
  readonly amountNanos: bigint;
}

export interface CardLink extends CardRequest {
  readonly linkId: bigint;
  readonly providerId: string | undefined;
  readonly url: string | undefined;
  readonly expiresMicros: number | undefined;
}

export interface CardProvider {
  /** Makes the page on which it is paid; the same link a second time gives the same page. Throws RefusedError (`card.provider-failed`, `card.amount-not-possible`). */
  makePage(link: CardLink): Promise<{ readonly providerId: string; readonly url: string; readonly expiresMicros: number }>;
  /** Events from a moment on, oldest first: for what was told while nobody listened. */
  eventsSince(micros: number): AsyncIterable<CardEvent>;
}

/** What the provider tells, as far as it matters; all else is noted. */
export interface CardEvent {
  readonly eventId: string;
  readonly type: string;
  readonly createdMicros: number;
  readonly what: CardHappening;
  /** As it came. */
  readonly content: object;
}

export type CardHappening =
  | {
      readonly kind: 'paid';
      readonly providerId: string;
      readonly paymentId: string;
      readonly currency: string;
      readonly amountNanos: bigint;
    }
  | {
      readonly kind: 'refunded';
      readonly paymentId: string;
      readonly refundId: string;
      readonly currency: string;
      readonly amountNanos: bigint;
    }
  | { readonly kind: 'disputed'; readonly paymentId: string; readonly reason: string }
  | { readonly kind: 'other' };

export interface CardBooks {
  /** A link of this document that can still be used for this amount, or a new one. */
  linkFor(request: CardRequest, by: string, nowMicros: number): Promise<CardLink>;
  setPage(linkId: bigint, page: { readonly providerId: string; readonly url: string; readonly expiresMicros: number }): Promise<void>;
  linkOf(providerId: string): Promise<CardLink | undefined>;
  /** Locks the event's number until the transaction ends; false when it was worked on before. */
  begin(eventId: string): Promise<boolean>;
  /** What the work wrote is taken back when it throws; the transaction goes on. */
  attempt<T>(work: () => Promise<T>): Promise<T>;
  save(event: CardEvent, outcome: 'booked' | 'noted' | 'held', said: string): Promise<void>;
  /** When the provider made the latest event that we have. */
  lastEvent(): Promise<number | undefined>;
}
