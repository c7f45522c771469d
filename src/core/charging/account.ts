/**
 * An account as charging knows it: one aggregate, immutable, everything that a decision reads or changes. Amounts are whole
 * numbers of their unit: nanos of the account's currency, seconds, bytes, messages, events.
 */
import type { CounterKey } from '../rating/charge.ts';
import type { Service } from '../usage/usage-event.ts';
import type { BalanceUnit, ChargingAnswer } from './answer.ts';
import type { Identity, ServiceFacts, Units } from './request.ts';

/** An instant that never comes (in the year 2255), so that what has no end has one shape with what has. */
export const FOREVER = Number.MAX_SAFE_INTEGER;

export const accountStatuses = ['active', 'blocked', 'closed'] as const;

export interface ChargingAccount {
  readonly id: string;
  /** Grows by one with every change. */
  readonly version: number;
  /** ISO 4217, of all its money. */
  readonly currency: string;
  readonly status: (typeof accountStatuses)[number];
  /** Plan; its version is the one in force at the time. */
  readonly plan: string;
  readonly identities: readonly Identity[];
  /** In the order in which they are used. */
  readonly buckets: readonly Bucket[];
  readonly counters: readonly AccountCounter[];
  readonly sessions: readonly ChargingSession[];
  /** Accounts whose shared buckets it draws from; they lie in its shard. */
  readonly pools: readonly PoolMembership[];
  /** What the customer set for controls of spending that the plan offers. */
  readonly controls: readonly ControlSetting[];
  /** Bought add-ons that renew. */
  readonly addOns: readonly HeldAddOn[];
  /** Recurring allowances of the plan: up to when each has been given. */
  readonly renewals: readonly Renewal[];
  /** Used beyond what was there (a peer reported more than it was granted): the next top-up pays it first. */
  readonly debtNanos: bigint;
  /** The number the next bucket gets. */
  readonly nextBucket: number;
  /** Nothing falls due before: no bucket ends, nothing renews, no session dies. `sweep` looks when it is reached. UTC microseconds. */
  readonly dueMicros: number;
}

/** More sessions than those of a person and a fleet's device: one that pays for others, such as the network of inbound roamers. */
const MANY_SESSIONS = 64;

/** Whether what is done with all of its sessions for each request would be felt. */
export const hasManySessions = ({ sessions }: ChargingAccount): boolean => sessions.length > MANY_SESSIONS;

export interface Bucket {
  /** Unique in the account, never used again. */
  readonly id: number;
  /** `main` for the account's own money, else the allowance of the catalog that says its scope, priority and rollover. */
  readonly definition: string;
  readonly unit: BalanceUnit;
  /** What is left, reservations included. May be negative down to -limit. */
  readonly value: bigint;
  /** What percentages are of: the value it was last filled up to. */
  readonly filled: bigint;
  /** Set aside for running sessions: the sum of their reservations. */
  readonly reserved: bigint;
  /** How many items of sessions have set something aside. */
  readonly holders: number;
  /** Credit limit or overdraft: how far below nothing it may go. */
  readonly limit: bigint;
  /** Lower is used first; then what ends first, then the smaller id. */
  readonly priority: number;
  readonly validFromMicros: number;
  readonly validToMicros: number;
  /** How many thresholds of its definition it has crossed since it was filled. */
  readonly raised: number;
  /** What may still be taken of it into the next period: how often it was rolled over. */
  readonly rolled: number;
}

/** Counts use or spending in a period: for tiers, controls of spending, and what a member took from a pool. */
export interface AccountCounter {
  /** `control:<id>`, `pool:<account>:<allowance>`, or a tier's key. */
  readonly key: CounterKey;
  readonly value: bigint;
  /** What running sessions may still add to it. */
  readonly reserved: bigint;
  readonly fromMicros: number;
  /** From then on it counts from nothing. */
  readonly toMicros: number;
  readonly raised: number;
}

export interface PoolMembership {
  /** Account of the pool. */
  readonly pool: string;
  /** The most this member may take of an allowance in its period; none: as much as there is. */
  readonly caps: readonly { readonly definition: string; readonly most: bigint }[];
}

export interface ControlSetting {
  readonly control: string;
  /** In the control's unit; undefined: the plan's. */
  readonly limit?: bigint;
  /** Agreed to go beyond (roaming data), until then. */
  readonly agreedToMicros?: number;
}

export interface HeldAddOn {
  readonly addOn: string;
  readonly renewsMicros: number;
}

/** Also what else falls due at an instant: a fee that is tried again, a reminder of a bucket's end. */
export interface Renewal {
  readonly allowance: string;
  readonly givenToMicros: number;
}

export interface ChargingSession {
  readonly id: string;
  readonly service: Service;
  readonly identity: Identity | undefined;
  readonly facts: ServiceFacts;
  readonly startedMicros: number;
  /** Without a sign of life until then it is closed with what it used. */
  readonly expiresMicros: number;
  readonly lastNumber: number;
  /** Answered again to a repetition. */
  readonly lastAnswer: ChargingAnswer;
  readonly items: readonly SessionItem[];
  /** Charges of the session that are closed. */
  readonly closedNanos: bigint;
  /** How many usage records it has given. */
  readonly records: number;
  /** Where its peer knows pools of granted units and the plan has them. */
  readonly pooling?: Pooling;
}

/** Rating groups of a session that draw from one pool of abstract units (RFC 8506 §5.1.2): docs/decisions/0024. */
export interface Pooling {
  /** How many pools the session has had: the number of the last. */
  readonly opened: number;
  /** Undefined: no item draws from one. */
  readonly pool: UnitPool | undefined;
}

export interface UnitPool {
  /** What gives it: items under another version or service do not draw from it. */
  readonly planVersion: number;
  readonly planService: number;
  /** Items may still come to it: their price is not another by now. */
  readonly open: boolean;
  /** What is set aside for it: nanos, or units of the service. */
  readonly over: 'money' | 'units';
  /** One of its units is `of` / `by` nanos or units of the service. */
  readonly worth: { readonly of: bigint; readonly by: bigint };
  /** By how much rounding may raise a charge at most. */
  readonly roundingNanos: bigint;
  /** What the peer may still use of it, in its own units. */
  readonly left: bigint;
  /** As those of an item: items that draw from the pool have none themselves. */
  readonly reservations: readonly Reservation[];
  readonly counted: readonly CounterReservation[];
}

/** One rating group or service of a session. */
export interface SessionItem {
  readonly ratingGroup: string | undefined;
  readonly services: readonly string[] | undefined;
  readonly unit: CountedUnit;
  /** The running charge: one usage event in the making. */
  readonly use: RunningUse | undefined;
  readonly grant: OpenGrant | undefined;
  /** Of buckets, and of counters that a control limits. */
  readonly reservations: readonly Reservation[];
  readonly counted: readonly CounterReservation[];
  /** What a peer that counts from the session's beginning has reported so far. */
  readonly inAll?: Units;
  /** It draws from the session's pool: so many units of the pool for each of its own. What it was granted is `grant`. */
  readonly multiplier?: bigint;
}

/** In what a peer counts the use of a service; money where it has the price itself. */
export type CountedUnit = 'seconds' | 'bytes' | 'events' | 'money';

export interface OpenGrant {
  readonly units: bigint;
  readonly atMicros: number;
  readonly validToMicros: number;
  readonly tariffChangeMicros: number | undefined;
}

/** What has been used since a charge began, and what has paid for it. Price and debits are of the whole, so that they are rounded once. */
export interface RunningUse {
  readonly startMicros: number;
  /** Version of the plan that prices it, and which of its services. */
  readonly planVersion: number;
  readonly planService: number;
  /** As reported: seconds, bytes or events; nanos where the peer has the price. */
  readonly used: bigint;
  readonly usedUp: bigint;
  readonly usedDown: bigint;
  /** Follows a charge of the same session item: fees were paid with that. */
  readonly continues: boolean;
  /** Billed units that buckets of units have paid, in the order of use. */
  readonly covered: readonly Covered[];
  /** What buckets of money have paid. */
  readonly paid: readonly Paid[];
  /** Price so far. */
  readonly chargedNanos: bigint;
  /** Of it, what nothing could pay. */
  readonly unpaidNanos: bigint;
  /** Where counters of tiers stood when it began. */
  readonly counters: readonly { readonly key: CounterKey; readonly before: bigint; readonly added: bigint }[];
}

/** Billed units [from, from + units) that a bucket of units has paid. */
export interface Covered {
  readonly account: string;
  readonly bucket: number;
  readonly definition: string;
  readonly from: bigint;
  readonly units: bigint;
}

export interface Paid {
  readonly account: string;
  readonly bucket: number;
  readonly definition: string;
  readonly nanos: bigint;
}

export interface Reservation {
  readonly account: string;
  readonly bucket: number;
  readonly amount: bigint;
}

export interface CounterReservation {
  readonly key: CounterKey;
  readonly amount: bigint;
}
