import type { HoldReason, RejectionReason } from '#core/refusals/usage.ts';
import type { PartKind } from '#core/usage/format.ts';
import type { Service } from '#core/usage/usage-event.ts';

/** A record read: everything of an event except that numbers and trunks are still as the source writes them. */
export interface UsageDraft {
  /** Unique in the source. */
  readonly key: string;
  readonly service: Service;
  readonly startMicros: number;
  readonly answered: boolean;
  readonly durationMicros: number;
  /** '' where the record has none. */
  readonly calling: string;
  readonly called: string;
  readonly trunkIn: string;
  readonly trunkOut: string;
  readonly quantity: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly priceNanos: bigint | undefined;
  readonly priceCurrency: string;
  readonly serviceClass: string;
  readonly ratingGroup: string;
  readonly apn: string;
  readonly cause: string;
  /** Voice: see UsageEvent. */
  readonly pddMillis?: number;
  /** When the record may be one of several that are a call or session. */
  readonly part?: DraftPart;
  /** Only where the source maps one of them. */
  readonly marks?: DraftMarks;
}

/** What a record says of its numbers and its place, as it was written; '' where it says nothing. */
export interface DraftMarks {
  readonly callingNature: string;
  readonly calledNature: string;
  readonly presentation: string;
  /** Cell or area. */
  readonly cell: string;
  /** MCC and MNC, an IMSI or a TADIG code. */
  readonly network: string;
}

/**
 * `start` and `stop` are signals (INVITE, BYE): `startMicros` is the instant of the signal, for a stop the end of the call,
 * which need not name a called number. `first`, `intermediate` and `last` are stretches of one call, each with its own
 * start and duration. `single` is complete by itself.
 */
export interface DraftPart {
  /** The same in all parts of one call or session of the source. */
  readonly group: string;
  readonly kind: PartKind;
  /** Where the record counts its parts. */
  readonly sequence?: number;
}

export interface Hold {
  readonly reason: HoldReason;
  readonly detail: string;
}

export interface Rejection {
  readonly kind: 'rejected';
  readonly reason: RejectionReason;
  /** One sentence with the field and the value as it was written. */
  readonly detail: string;
}

/** A record that is no usage by its format: a header, a trailer, an attempt. It is not counted as read. */
export interface Skipped {
  readonly kind: 'skipped';
  /** Its type as written; '' for a comment. */
  readonly type: string;
}

export type Decoded = { readonly kind: 'draft'; readonly draft: UsageDraft; readonly hold: Hold | undefined } | Rejection | Skipped;

export function reject(reason: RejectionReason, detail: string): Rejection {
  return { kind: 'rejected', reason, detail };
}

/** A value as it was written, for a message: at most `most` characters, quoted. */
export function shown(value: string, most = 60): string {
  return JSON.stringify(value.length > most ? `${value.slice(0, most - 1)}…` : value);
}
