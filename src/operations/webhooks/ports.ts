/** What telling systems of others needs of the outside world. */

/** Something that happened, of any subject of the house. */
export interface NewWebhookEvent {
  /** It is entered once for it. */
  readonly sourceKey: string;
  /** `charging.topped-up`. */
  readonly type: string;
  /** What it is about: events of one subject are told in their order. */
  readonly subject: string;
  readonly happenedMicros: number;
  readonly data: object;
}

/** Where events go. */
export interface WebhookEndpoint {
  readonly id: string;
  readonly url: string;
  /** `env:NAME` or `file:path`. */
  readonly secret: string;
  /** `charging.topped-up`, `charging.*`, `*`. */
  readonly types: readonly string[];
}

/** A message that is being sent. */
export interface OutgoingWebhook {
  readonly messageId: bigint;
  readonly attemptId: bigint;
  readonly endpoint: WebhookEndpoint;
  /** The same for each attempt and each replay of one event. */
  readonly eventId: bigint;
  readonly type: string;
  readonly subject: string;
  readonly body: string;
  readonly attempts: number;
}

export interface WebhookOutcome {
  readonly outcome: 'sent' | 'deferred' | 'refused';
  /** Of HTTP; undefined where there was no answer. */
  readonly status: number | undefined;
  /** The beginning of the answer, or what went wrong. */
  readonly answer: string;
}

export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One request by HTTP. Never throws for what the other side does. */
export interface WebhookCaller {
  call(request: WebhookRequest): Promise<WebhookOutcome>;
}

export interface WebhookStore {
  /** Takes messages that are due, of each endpoint and subject the first; and enters an attempt of each. */
  take(nowMicros: number, leaseMs: number, by: string, most: number): Promise<readonly OutgoingWebhook[]>;
  finish(message: OutgoingWebhook, outcome: WebhookOutcome, endMicros: number, nextMicros: number | undefined): Promise<void>;
}
