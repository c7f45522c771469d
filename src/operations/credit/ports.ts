/** What watching credit needs of storage. */
import type { Account } from '#core/parties/parties.ts';
import type { Exposure } from '#core/payments/credit.ts';

/** One part of an account's exposure in one currency; above zero where the party owes, or gave. */
export interface ExposureRow {
  readonly account: string;
  readonly part: 'unbilled' | 'unbilled-payable' | 'billed' | 'payable' | 'contested' | 'disputed' | 'unallocated' | 'deposit';
  readonly currency: string;
  readonly nanos: bigint;
}

export interface AccountExposure {
  readonly account: Account;
  readonly exposure: Exposure;
}

export interface CreditAlarm {
  readonly account: string;
  readonly percent: number;
  readonly exposureNanos: bigint;
  readonly limitNanos: bigint;
  readonly currency: string;
}

/** As the books keep it. */
export interface KeptCreditAlarm extends CreditAlarm {
  readonly alarmId: bigint;
  readonly raisedAtMicros: number;
  /** Since when it no longer holds. */
  readonly clearedAtMicros: number | undefined;
}

export interface CreditBooks {
  /** Accounts known now, or the one. */
  accounts(only?: string): Promise<readonly Account[]>;
  rows(only?: string): Promise<readonly ExposureRow[]>;
  /** Raises what is not open yet, clears what no longer holds for these accounts. Tells which are new. */
  settleAlarms(accounts: readonly string[], holding: readonly CreditAlarm[], nowMicros: number): Promise<readonly CreditAlarm[]>;
}
