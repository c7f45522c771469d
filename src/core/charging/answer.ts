/** What a network element is told. Gateways map the results to their protocol: docs/reference/charging-results.md. */
import type { Decimal } from '../money/decimal.ts';
import type { DebitReference, Units } from './request.ts';

/** Every result of a request or of one of its items, with its meaning. */
export const chargingResults = {
  granted: 'What was asked is granted or done; less than asked when there is less.',
  'credit-limit-reached': 'There is nothing left that this use could be paid from.',
  'service-denied': 'The plan does not have the service, or the account or a control of spending blocks it.',
  'no-charge': 'The use costs nothing and needs no control: it may go on without asking.',
  'user-unknown': 'None of the identities belongs to an account.',
  'rating-failed': 'No price could be found for the use.',
  'unknown-session': 'There is no such session, or it has ended.',
  'out-of-order': 'A later request of the session has been answered already.',
  'units-not-fitting': 'The units asked for or reported are not those in which the service is counted.',
  'too-busy': 'More is asked than can be answered in time; ask again or elsewhere.',
  'unable-to-comply': 'A fault of ours: nothing was changed.',
} as const;
export type ChargingResult = keyof typeof chargingResults;

export interface ChargingAnswer {
  readonly session: string;
  readonly number: number;
  readonly result: ChargingResult;
  readonly items: readonly AnswerItem[];
  /** The account that was charged. */
  readonly account?: string;
  /** Cost of the session or event so far, or the price enquired. */
  readonly cost?: Cost;
  /** Advice of charge, where the request asks for it and there is something to tell. */
  readonly advice?: ChargeAdvice;
  /** Asked for by balance-check; others carry none. */
  readonly balances?: readonly BalanceShown[];
  /** For people and logs. */
  readonly detail?: string;
  /** Of the request that it answered first, where that had one. */
  readonly fingerprint?: string;
}

export interface Cost {
  readonly nanos: bigint;
  readonly currency: string;
}

export interface ChargeAdvice {
  /** ISO 4217, of all its amounts. */
  readonly currency: string;
  readonly cost?: AdvisedCost;
  readonly tariff?: AdvisedTariff;
}

export interface AdvisedCost {
  /** Of the session or event until now, or the price enquired. Nanos. */
  readonly accumulatedNanos: bigint;
  /** What this request was charged; none of a price that is only asked for. Nanos. */
  readonly incrementalNanos?: bigint;
}

export interface AdvisedTariff {
  readonly current: readonly RateElement[];
  /** The next change of it within a day: when, UTC microseconds, and what holds from then on. */
  readonly next?: { readonly fromMicros: number; readonly elements: readonly RateElement[] };
}

/** What the next units cost, one element after the other; or what is paid once. */
export interface RateElement {
  readonly reason: 'use' | 'attempt' | 'set-up' | 'add-on';
  /** Undefined: paid once, at the first unit that is not free. */
  readonly per?: { readonly unit: RatedUnit; readonly amount: bigint };
  /** Exact, as the tariff has it; 0 while an allowance covers it. */
  readonly price: Decimal;
  /** After so many units the element behind it holds; undefined: it lasts. */
  readonly lasts?: bigint;
}

export type RatedUnit = 'seconds' | 'bytes' | 'bytesUp' | 'bytesDown' | 'events';

export interface AnswerItem {
  readonly ratingGroup?: string;
  readonly services?: readonly string[];
  readonly result: ChargingResult;
  readonly granted?: Units;
  /** For peers that count from the session's beginning: up to where they may count. In the unit of `granted`. */
  readonly grantedInAll?: Units;
  /** The grant is drawn from a pool of the session: so many units of the pool for each of its own. */
  readonly unitPool?: UnitPoolReference;
  /** The peer asks again at the latest after so many seconds. */
  readonly validitySeconds?: number;
  /** It gives the quota back after so many seconds without use. */
  readonly holdingSeconds?: number;
  /** Of granted time: the peer counts none of it after so many seconds without use, until there is use again. */
  readonly consumptionSeconds?: number;
  /** It asks again when so little is left. */
  readonly threshold?: Units;
  /** It counts apart what is used after this instant. UTC microseconds. */
  readonly tariffChangeMicros?: number;
  /** What is granted is the last; what happens when it is used up. */
  readonly finalUnit?: FinalUnit;
  /** Name of the profile to which the use is slowed down. */
  readonly slowTo?: string;
  /** Of a debit that was done: what a refund names it by. */
  readonly reference?: DebitReference;
  readonly detail?: string;
}

export interface UnitPoolReference {
  /** Of the session, from 1. */
  readonly number: number;
  readonly multiplier: bigint;
}

export type FinalUnit =
  | { readonly action: 'terminate' }
  | { readonly action: 'redirect'; readonly to: string }
  | { readonly action: 'restrict'; readonly filter: string };

/** A balance as it is shown: what is left, and what of it is set aside for running sessions. */
export interface BalanceShown {
  readonly account: string;
  readonly bucket: string;
  readonly definition: string;
  readonly unit: BalanceUnit;
  readonly value: bigint;
  readonly reserved: bigint;
  /** Credit or overdraft: how far below nothing it may go. */
  readonly limit: bigint;
  readonly validToMicros: number;
}

/** In nanos, seconds, bytes, messages, events. */
export const balanceUnits = ['money', 'seconds', 'bytes', 'messages', 'events'] as const;
export type BalanceUnit = (typeof balanceUnits)[number];
