/** What dunning needs of storage: all of it on the connection of one transaction. */
import type { DunningTone } from '#core/parties/dunning-terms.ts';
import type { Account } from '#core/parties/parties.ts';
import type { Notice, OverdueDocument } from '#core/payments/dunning.ts';

export interface OverdueAccount {
  readonly account: Account;
  readonly currency: string;
  readonly documents: readonly OverdueDocument[];
}

export interface StoredNotice extends Notice {
  readonly noticeId: bigint;
  /** `DUN-000012`. */
  readonly number: string;
  readonly legalEntity: string;
  readonly account: string;
  readonly currency: string;
  readonly day: string;
  readonly stageName: string;
  readonly tone: DunningTone;
}

export interface DunningBooks {
  /** Nobody else makes letters of this account until the transaction ends. */
  lock(account: string): Promise<void>;
  /** Accounts of the legal entity with open documents, one for each currency; only the one account where given. */
  overdue(legalEntity: string, day: string, account?: string): Promise<readonly OverdueAccount[]>;
  /** The letter of the account in the currency on this day, when there is one. */
  noticeOf(legalEntity: string, account: string, currency: string, day: string): Promise<StoredNotice | undefined>;
  save(notice: Omit<StoredNotice, 'noticeId' | 'number'>, moved: readonly string[], by: string): Promise<StoredNotice>;
  /** True when it was not on hold. */
  hold(account: string, day: string, why: string, by: string): Promise<boolean>;
  /** True when it was on hold. */
  release(account: string, day: string, why: string, by: string): Promise<boolean>;
  /** Accounts of the legal entity that are on hold because of a letter. */
  heldAccounts(legalEntity: string): Promise<readonly string[]>;
}
