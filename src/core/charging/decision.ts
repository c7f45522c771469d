/** What a decision comes to. The caller writes all of it in one commit before the answer leaves. */
import type { Charge } from '../rating/charge.ts';
import type { Result } from '../refusals.ts';
import type { Service, UsageEvent } from '../usage/usage-event.ts';
import type { ChargingAccount, Covered, Paid } from './account.ts';
import type { BalanceUnit, ChargingAnswer } from './answer.ts';
import type { AccountCommand } from './command.ts';
import type { ChargingRequest } from './request.ts';

/** A subscriber's account with the pools it draws from, all of one shard. */
export interface AccountState {
  readonly account: ChargingAccount;
  readonly pools: readonly ChargingAccount[];
  /** Where the session that is asked for stands among the account's, or stood before others left: it is not behind. -1: it is not there. Undefined: nobody knows. */
  readonly sessionPlace?: number | undefined;
}

/** What changed, whatever changed it. */
export interface Outcome {
  /** The accounts that changed, whole, with their new version. */
  readonly accounts: readonly ChargingAccount[];
  /** Use that is complete: goes to the store of usage, once. */
  readonly records: readonly UsageRecord[];
  /** The journal: every change of a balance with its cause. Reservations are none. */
  readonly changes: readonly BalanceChange[];
  readonly events: readonly ChargingEvent[];
}

export interface Decision extends Outcome {
  readonly answer: ChargingAnswer;
  /**
   * The session (or event) is over and its row is gone from the account: the caller keeps the answer, to give it again to a
   * repetition of the same session and number.
   */
  readonly closed: boolean;
}

/** Charging as pure functions. `now` is UTC microseconds by our own clock; the request states the peer's. */
export interface ChargingRules {
  /** Undefined state: no account has any of the identities. */
  readonly decide: (state: AccountState | undefined, request: ChargingRequest, now: number) => Decision;
  /** Ends, renews and closes what has fallen due. */
  readonly sweep: (state: AccountState, now: number) => Outcome;
  /** A command to an account, all of it or a refusal. */
  readonly change: (state: AccountState, command: AccountCommand, now: number) => Result<Outcome>;
  /** Tells the steps of a decision: runs it again with its trace on. Same state, request and now as then. */
  readonly explain: (state: AccountState | undefined, request: ChargingRequest, now: number) => readonly string[];
}

/** One usage event with its charge, as the bulk road would have made them, and what paid for it. */
export interface UsageRecord {
  /** `<session>|<n>`: unique, what makes storing it twice impossible. It is the event's id too. */
  readonly id: string;
  readonly account: string;
  readonly session: string;
  readonly event: UsageEvent;
  /** Price of what buckets of units did not cover. Undefined where the peer had the price, and where the use was not priced. */
  readonly charge: Charge | undefined;
  readonly chargedNanos: bigint;
  readonly currency: string;
  readonly plan: string;
  readonly planVersion: number;
  /** Which of the plan's services priced it. */
  readonly planService: number;
  readonly covered: readonly Covered[];
  readonly paid: readonly Paid[];
  /** Of the charge, what nothing could pay. */
  readonly unpaidNanos: bigint;
  /** Follows another record of the same session and item: its fees were charged with that. */
  readonly continues: boolean;
}

/** Why a balance changed. */
export type ChangeCause =
  | { readonly kind: 'use' | 'refund'; readonly session: string; readonly number: number; readonly note?: string }
  | { readonly kind: 'command'; readonly command: AccountCommand['kind']; readonly key: string; readonly text?: string }
  | { readonly kind: 'expiry' | 'renewal' | 'rollover' | 'fee' | 'debt' | 'threshold'; readonly of: string };

export interface BalanceChange {
  readonly account: string;
  readonly bucket: number;
  readonly definition: string;
  readonly unit: BalanceUnit;
  readonly before: bigint;
  readonly after: bigint;
  readonly atMicros: number;
  readonly cause: ChangeCause;
}

/** What others want to hear of. The engine hands them on; gateways act on the last three. */
export type ChargingEvent =
  | {
      readonly kind: 'threshold-crossed';
      readonly account: string;
      /** `main`, an allowance, or a control. */
      readonly of: string;
      readonly threshold: string;
      /** Left in the bucket; of a control: used. */
      readonly value: bigint;
      /** What per cent are of: filled, or the limit; undefined where there is none. */
      readonly whole: bigint | undefined;
      readonly unit: BalanceUnit;
      readonly notify: string | undefined;
    }
  | { readonly kind: 'counter-status'; readonly account: string; readonly counter: string; readonly status: string }
  | { readonly kind: 'account-closed'; readonly account: string }
  | { readonly kind: 'add-on-bought'; readonly account: string; readonly addOn: string; readonly nanos: bigint }
  /** Money came in; `left` is what the bucket then has. */
  | {
      readonly kind: 'topped-up';
      readonly account: string;
      readonly by: 'top-up' | 'voucher' | 'transfer-in';
      readonly nanos: bigint;
      readonly left: bigint;
    }
  /** A use that nothing could pay for, or that a control of spending stops. */
  | {
      readonly kind: 'use-refused';
      readonly account: string;
      readonly session: string;
      readonly service: Service;
      /** The control that stops it; undefined: there is nothing left to pay from. */
      readonly control: string | undefined;
    }
  /** The subscriber is seen in another's network, for the first time since it was in another one or at home. */
  | { readonly kind: 'roaming-entered'; readonly account: string; readonly network: string }
  | { readonly kind: 'renewal-failed'; readonly account: string; readonly of: string; readonly reason: string }
  | {
      readonly kind: 'bucket-expired';
      readonly account: string;
      readonly definition: string;
      readonly lost: bigint;
      readonly unit: BalanceUnit;
    }
  /** A bucket ends soon, and something is left in it. */
  | {
      readonly kind: 'bucket-ending';
      readonly account: string;
      readonly definition: string;
      readonly left: bigint;
      readonly unit: BalanceUnit;
      readonly toMicros: number;
    }
  | {
      readonly kind: 'used-beyond-grant';
      readonly account: string;
      readonly session: string;
      readonly unpaidNanos: bigint;
    }
  | { readonly kind: 'session-closed'; readonly account: string; readonly session: string }
  /** Running sessions must ask again: RAR, notify, CoA. Of a pool: those of all its members. */
  | {
      readonly kind: 'reauthorise';
      readonly account: string;
      readonly sessions: readonly string[] | 'all-members';
      /** Of the one session: the rating groups whose quota another group waits for. */
      readonly groups?: readonly string[];
    }
  /** Running sessions must end: ASR, abort, Disconnect. */
  | { readonly kind: 'abort'; readonly account: string; readonly sessions: readonly string[]; readonly reason: string };
