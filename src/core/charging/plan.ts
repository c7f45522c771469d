/** Plans as a decision reads them: `core/catalog` compiles them from what configuration says. */
import type { PrefixTable } from '../numbering/prefix-table.ts';
import type { CompiledBook, Terms } from '../rating/compile-book.ts';
import type { BandClock } from '../time/band-clock.ts';
import type { DayClock } from '../time/day-clock.ts';
import type { Service } from '../usage/usage-event.ts';
import type { BalanceUnit, FinalUnit } from './answer.ts';

export interface CompiledCatalog {
  /** Versions of each plan, the latest first. */
  readonly plans: ReadonlyMap<string, readonly CompiledPlan[]>;
  readonly allowances: ReadonlyMap<string, CompiledAllowance>;
  readonly addOns: ReadonlyMap<string, CompiledAddOn>;
  readonly book: CompiledBook;
}

export interface CompiledPlan {
  readonly id: string;
  readonly name: string;
  /** Tells versions of all plans apart: its version in the database, or its number in the files. */
  readonly version: number;
  readonly validFromMicros: number;
  readonly validToMicros: number;
  readonly currency: string;
  readonly zone: string;
  readonly days: DayClock;
  /** Of each service, the first whose scope has the use prices it. */
  readonly services: ReadonlyMap<Service, readonly PlanService[]>;
  readonly allowances: readonly CompiledAllowance[];
  readonly controls: readonly CompiledControl[];
  /** Of the account's own money. */
  readonly mainPriority: number;
  readonly mainThresholds: readonly Threshold[];
  /** Money that ends is told so many seconds before. */
  readonly mainReminders: readonly number[];
  /** What an account may owe unless it has a limit of its own, nanos. */
  readonly creditLimitNanos: bigint;
  /** For each period of the plan, paid from money; undefined: billed elsewhere. */
  readonly fee: RecurringFee | undefined;
  /** How long a session may be silent after the validity of its grants. */
  readonly supervisionSeconds: number;
}

export interface RecurringFee {
  readonly nanos: bigint;
  readonly period: RecurringPeriod;
  /** The first time, in the middle of a calendar period: for the days that are left. */
  readonly prorate: boolean;
}

export interface PlanService {
  /** Its place in the plan: what a running use remembers. */
  readonly number: number;
  readonly service: Service;
  readonly scope: CompiledScope;
  /** What prices it; undefined: it costs nothing and is not controlled. */
  readonly terms: Terms | undefined;
  /** Rating groups that cost nothing and are not controlled. */
  readonly freeGroups: ReadonlySet<string>;
  /** Granted when the peer leaves the choice, in seconds, bytes or events. */
  readonly usualGrant: bigint;
  readonly mostGrant: bigint;
  /** Below it sessions do not share, for quota of a second is of no use. */
  readonly leastGrant: bigint;
  readonly validitySeconds: number;
  readonly holdingSeconds: number | undefined;
  /** Granted time is consumed for so long after the last use, and then no more until there is use again. Only of what is counted in seconds. */
  readonly consumptionSeconds: number | undefined;
  /** The peer asks again when so much of its grant is left, percent; 0: when it is used up. */
  readonly thresholdPercent: number;
  readonly finalUnit: FinalUnit;
  /** Rating groups that draw from one pool where the peer knows pools; undefined: each has a quota of its own. */
  readonly pool: CompiledPool | undefined;
}

export interface CompiledPool {
  readonly groups: ReadonlySet<string>;
  /** Of all prices of the tariff, at its scale, the greatest common divisor: what a unit of the pool costs. */
  readonly unitPrice: bigint;
}

/** What a bucket or a control is for. Left out: whatever it is. */
export interface CompiledScope {
  readonly services: ReadonlySet<Service> | undefined;
  /** Longest code of the called number decides: 1 in, 0 out. */
  readonly destinations: PrefixTable | undefined;
  /** Bands of a clock in which it fits. */
  readonly bands: { readonly clock: BandClock; readonly fitting: ReadonlySet<number> } | undefined;
  readonly ratingGroups: ReadonlySet<string> | undefined;
  readonly apns: ReadonlySet<string> | undefined;
  readonly slices: ReadonlySet<string> | undefined;
  readonly roaming: boolean | undefined;
  readonly visitedNetworks: ReadonlySet<string> | undefined;
  readonly serviceClasses: ReadonlySet<string> | undefined;
  readonly rats: ReadonlySet<string> | undefined;
  /** Whether anything but the service is left to look at. */
  readonly plain: boolean;
}

/** How often: calendar periods in the plan's zone, or so many times 24 hours. */
export type RecurringPeriod =
  | { readonly kind: 'calendar'; readonly of: 'day' | 'week' | 'month' | 'quarter' | 'year' }
  | { readonly kind: 'days'; readonly days: number };

export interface CompiledAllowance {
  readonly id: string;
  readonly name: string;
  readonly unit: BalanceUnit;
  /** In whole units of it. */
  readonly amount: bigint;
  readonly scope: CompiledScope;
  readonly priority: number;
  /** How long what is given lasts; undefined: until it is used. Recurring ones are given again each period. */
  readonly period: RecurringPeriod | undefined;
  /** The first time, in the middle of a calendar period: for the days that are left. */
  readonly prorate: boolean;
  /** What is left at the end is taken into the next period, at most so much and so often. */
  readonly rollover: { readonly most: bigint; readonly times: number } | undefined;
  readonly thresholds: readonly Threshold[];
  /** Its end is told so many seconds before, while something is left. */
  readonly reminders: readonly number[];
  /** What so many units of it are turned into. */
  readonly converts: readonly Conversion[];
}

export interface Conversion {
  /** `main`, or an allowance. */
  readonly to: string;
  /** `from` units become `into` units (nanos of money); always whole multiples. */
  readonly from: bigint;
  readonly into: bigint;
}

export interface CompiledAddOn {
  readonly id: string;
  readonly name: string;
  readonly priceNanos: bigint;
  readonly currency: string;
  readonly allowances: readonly CompiledAllowance[];
  /** Bought again each period until it is stopped. */
  readonly renews: RecurringPeriod | undefined;
}

/** A limit on use or spending in a period, set by the plan or by the customer. */
export interface CompiledControl {
  readonly id: string;
  readonly name: string;
  /** Of money: the amounts charged. */
  readonly measure: BalanceUnit;
  readonly scope: CompiledScope;
  readonly period: RecurringPeriod;
  /** Nothing is granted beyond; undefined: it only counts and tells, unless the customer sets one. */
  readonly limit: bigint | undefined;
  /** Between these the customer may set its own; no most: as high as it likes. */
  readonly leastLimit: bigint;
  readonly mostLimit: bigint | undefined;
  /** The customer may agree to go beyond, until the period ends. */
  readonly mayAgree: boolean;
  readonly thresholds: readonly Threshold[];
  /** The status that peers of Sy and spending limits hear while no threshold is crossed. */
  readonly status: string;
}

/** Crossed when a bucket falls to it, or a counter rises to it. In the order in which they are crossed. */
export interface Threshold {
  readonly id: string;
  /** Percent of what the bucket was filled to or the control's limit, or an amount of units. */
  readonly at: { readonly percent: bigint } | { readonly units: bigint };
  /** Name of the notice that is sent. */
  readonly notify: string | undefined;
  readonly status: string | undefined;
  readonly action: ThresholdAction | undefined;
}

export type ThresholdAction =
  | { readonly kind: 'block' }
  | { readonly kind: 'slow-down'; readonly to: string }
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'buy'; readonly addOn: string };
