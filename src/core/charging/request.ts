/**
 * What a network element asks, in the domain's own words: Diameter (RFC 8506, TS 32.299), Nchf (TS 32.291), RADIUS and HTTP
 * all become this. A gateway writes it; nothing here knows a protocol.
 */
import type { Service } from '../usage/usage-event.ts';
import type { CountedUnit } from './account.ts';
import type { BalanceUnit } from './answer.ts';

/** In the order in which they are asked: see `inOrder`. */
export const identityKinds = ['msisdn', 'imsi', 'nai', 'sip-uri', 'private'] as const;

/** One name of a subscriber. */
export interface Identity {
  readonly kind: (typeof identityKinds)[number];
  readonly value: string;
}

/**
 * Identities of one request in the order in which they are asked: by their kinds as above, of one kind as they stand. A peer names a subscriber in any
 * order; which account is charged must not depend on it.
 */
export function inOrder(identities: readonly Identity[]): readonly Identity[] {
  if (identities.length < 2) return identities;
  return identities.toSorted((one, other) => identityKinds.indexOf(one.kind) - identityKinds.indexOf(other.kind));
}

/**
 * initial, update, terminate: a session with reservations. event-debit and event-refund: one event, at once.
 * balance-check and price-enquiry change nothing.
 */
export const chargingOperations = [
  'initial',
  'update',
  'terminate',
  'event-debit',
  'event-refund',
  'balance-check',
  'price-enquiry',
] as const;
export type ChargingOperation = (typeof chargingOperations)[number];

export interface ChargingRequest {
  /** The peer's own id of the dialogue, unique among all peers. Events have one too. */
  readonly session: string;
  /** CC-Request-Number, invocation sequence number: ascending in a session. The same number again is a repetition. */
  readonly number: number;
  readonly operation: ChargingOperation;
  /** The first that belongs to an account decides. May be empty in updates and terminations of a known session. */
  readonly identities: readonly Identity[];
  readonly service: Service;
  /** When it happened, as the peer states it. UTC microseconds. */
  readonly eventMicros: number;
  /** When use began (a call was answered), where the peer says so. */
  readonly usedSinceMicros?: number;
  /** In updates only what changed needs to be there: the session remembers the others. */
  readonly facts: ServiceFacts;
  readonly items: readonly RequestItem[];
  /**
   * The peer counts from the beginning of the session (RADIUS): its reports are totals (`usedInAll`), so a repetition says nothing new, and
   * updates and terminations need no number: each takes the session's next, `number` is -1. `opens`: what is said of a session that is not
   * known opens it, for peers that report without asking first; where it is over already, it stays so.
   */
  readonly totals?: 'known' | 'opens';
  /** Where a peer chooses the names itself: what it sent, as a digest. The answer carries it, so that a repetition can be told from another content. */
  readonly fingerprint?: string;
  /** Quota is not managed: what was used is told when it is known, and the peer may be silent for a day. */
  readonly offline?: true;
  /** Advice of charge is wanted in the answer (TS 32.280): costs, the tariff, or both. */
  readonly advice?: AdviceWanted;
  /** In the first of a session: the peer knows pools of granted units (RFC 8506 §5.1.2). */
  readonly knowsPools?: true;
}

export type AdviceWanted = 'full' | 'cost' | 'tariff';

/** What scope and rating need to know of the service. */
export interface ServiceFacts {
  /** E.164 digits without a plus; undefined when withheld. For data: the subscriber. */
  readonly calling?: string;
  /** E.164 digits, or the code that rates match; '' for data. */
  readonly called?: string;
  /** APN or DNN. */
  readonly apn?: string;
  /** Radio access: `EUTRAN`, `NR`, `WLAN`. */
  readonly rat?: string;
  /** S-NSSAI as `sst-sd`: `1-000001`, or `1` alone. */
  readonly slice?: string;
  /** MCC and MNC of the network the subscriber is in, `26201`. */
  readonly visitedNetwork?: string;
  /** Whether that is another's. Undefined: not known, taken as home. */
  readonly roaming?: boolean;
  /** Cell, tracking area or place, as the gateway names it. */
  readonly location?: string;
  /** Matched by rates and scopes: `premium`, `video`. */
  readonly serviceClass?: string;
  /** The call was answered, as a peer that says when has told. */
  readonly answered?: true;
  /** Messages: size, for size bands. */
  readonly sizeBytes?: number;
}

/** Amounts in every unit a peer may count in; those it does not count are absent. */
export interface Units {
  readonly seconds?: bigint;
  readonly bytes?: bigint;
  /** From the subscriber, and to it. */
  readonly bytesUp?: bigint;
  readonly bytesDown?: bigint;
  /** Service-specific: messages, events, items. */
  readonly events?: bigint;
  readonly money?: MoneyUnits;
}

export interface MoneyUnits {
  readonly nanos: bigint;
  /** ISO 4217. */
  readonly currency: string;
}

/** Why usage is reported. */
export const reportingReasons = [
  'threshold',
  'quota-holding-time',
  'final',
  'quota-exhausted',
  'validity-time',
  'other-quota-type',
  'rating-condition-change',
  'forced-reauthorisation',
  'pool-exhausted',
] as const;
export type ReportingReason = (typeof reportingReasons)[number];

export interface UsedUnits extends Units {
  /** On which side of the announced change of tariff it lies; left out: not told apart. */
  readonly change?: 'before' | 'after';
}

/** One of the multiple services of a request. A request without any has one item without group and services. */
export interface RequestItem {
  readonly ratingGroup?: string;
  /** Service identifiers. */
  readonly services?: readonly string[];
  /** Quota wanted; `any`: as much as we choose. Undefined: none. */
  readonly requested?: Units | 'any';
  /** Since the last report. Empty: nothing was used, or nothing is reported. */
  readonly used: readonly UsedUnits[];
  /**
   * Instead of `used`: since the session began. What was reported before is subtracted; a count that goes back reports nothing and is answered
   * out-of-order. Where the service is counted in seconds and none are named, those since the use began are meant.
   */
  readonly usedInAll?: Units;
  /** The peer counts octets in 32 bits and does not say how often they went round: lower than before while its seconds grew, they went round. */
  readonly octetsGoRound?: true;
  readonly reason?: ReportingReason;
  /** Of a refund: the debit that it gives back, and beyond which it gives nothing. */
  readonly refundOf?: DebitReference;
  /** What the journal has of that debit; whoever keeps the journal looks it up. */
  readonly debit?: OriginalDebit;
}

/** Names a debit of one event for its refund: in the answer to the debit, and again in the request of the refund. */
export interface DebitReference {
  readonly session: string;
  readonly number: number;
  /** Which of the request's items. */
  readonly item: number;
  /** When it was decided: where the journal is looked through. UTC microseconds. */
  readonly atMicros: number;
}

export interface OriginalDebit {
  /** Whose debit it was: nobody else gets it back. */
  readonly account: string;
  /** What was debited of the service, and in what it was counted; 0: nothing was. */
  readonly units: bigint;
  readonly unit: CountedUnit;
  /** What buckets paid for them, in their own unit. */
  readonly parts: readonly PaidPart[];
}

/** Of the account itself or of a pool that it draws from. */
export interface PaidPart {
  readonly account: string;
  readonly bucket: number;
  readonly definition: string;
  readonly unit: BalanceUnit;
  readonly amount: bigint;
}
