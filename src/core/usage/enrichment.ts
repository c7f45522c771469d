/** What normalising and enriching found out about an event beside its numbers. All optional; nothing configured, nothing there. */
export const callTypes = [
  'on-net',
  'off-net',
  'national',
  'international',
  'premium',
  'toll-free',
  'shared-cost',
  'emergency',
  'short-code',
  'special',
] as const;
export type CallType = (typeof callTypes)[number];

/** How an attempt ended. `dropped`: it was answered and the network ended it. */
export const causeClasses = [
  'answered',
  'dropped',
  'busy',
  'no-answer',
  'cancelled',
  'rejected',
  'unallocated',
  'unreachable',
  'congestion',
  'failed',
] as const;
export type CauseClass = (typeof causeClasses)[number];

/** Immutable and plain: it is stored with the event as it is, so that its price can be explained from what was known then. */
export interface Enrichment {
  readonly callType?: CallType;
  readonly causeClass?: CauseClass;
  /** ISO 3166-1 alpha-2 of the called number. */
  readonly country?: string;
  /** Digits that stand for the called number where a tariff follows portability: its LRN, or the prefix of its owner. */
  readonly routing?: string;
  /** Who has the called number, as the table names it; and which table said so. */
  readonly owner?: string;
  readonly numberTable?: string;
  readonly callingOwner?: string;
  /** MCC and MNC of the network the subscriber was in, and its TADIG code. */
  readonly network?: string;
  readonly tadig?: string;
  /** Name of the place of the cell or area. */
  readonly place?: string;
  /** What the technical prefix of the called number said. */
  readonly tag?: string;
  /** SMS, MMS: the sender's name, where it is no number. */
  readonly sender?: string;
  /** The caller's number may not be shown; it is priced with. */
  readonly withheld?: true;
  /** One for each set of bins that has one for the event: `circles/delhi`. */
  readonly bins?: readonly string[];
}

/** A number as it may be shown: without its last four digits where it is withheld. */
export function shownNumber(number: string, enriched: Enrichment | undefined): string {
  return enriched?.withheld === true ? `${number.slice(0, Math.max(0, number.length - 4))}****` : number;
}
