/** What taking in and settling payments needs of storage, in the transaction of the use case. */
import type { ChainedEntry } from '#core/ledger/canonical.ts';
import type { EntryCause, EntryKind } from '#core/ledger/entry.ts';
import type { LedgerAccount } from '#core/ledger/ledger-accounts.ts';
import type { BankAccount } from '#core/parties/bank-account.ts';
import type { AllocationRule } from '#core/payments/allocation.ts';
import type { OpenChange } from '#core/payments/late-interest.ts';
import type { OpenDocument, Payer, Remittance } from '#core/payments/matching.ts';
import type { NettingProposal } from '#core/payments/netting.ts';
import type { OpenBalance } from '#core/payments/settle.ts';

export interface NewPayment extends Remittance {
  readonly legalEntity: string;
  readonly entryKey: string;
  readonly part: number;
  readonly direction: 'in' | 'out';
  readonly day: string;
  readonly endToEndId?: string;
  readonly bankAccount?: string;
  readonly isReversal: boolean;
  readonly by: string;
}

export interface Payment extends NewPayment {
  readonly id: bigint;
}

/** `PAY-17`: the document of a payment's postings. */
export function paymentReference({ id }: Pick<Payment, 'id'>): string {
  return `PAY-${id}`;
}

export interface BankFileRow {
  readonly name: string;
  readonly sha256: Buffer;
  readonly message: string;
  readonly messageId: string;
  readonly summary: object;
  readonly by: string;
}

export interface BalanceQuestion {
  readonly legalEntity: string;
  readonly ledgerAccounts: readonly LedgerAccount[];
  readonly accounts?: readonly string[];
  readonly documents?: readonly string[];
  /** Receivables and payables without what is disputed of them. */
  readonly undisputed?: true;
}

export interface EntityTerms {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly fourEyes: boolean;
  readonly bankAccounts: readonly BankAccount[];
}

export interface PaymentBooks {
  /** All legal entities of the configuration. */
  entities(): Promise<readonly EntityTerms[]>;
  /** Locks the ledger of a legal entity until the transaction ends: nobody else books or settles there. */
  lock(legalEntity: string): Promise<void>;
  /** Undefined when a file of this content was taken before; else its number. */
  addFile(file: BankFileRow): Promise<bigint | undefined>;
  /** Which of these keys have payments already. */
  knownEntries(legalEntity: string, keys: readonly string[]): Promise<ReadonlySet<string>>;
  addPayments(payments: readonly NewPayment[], file: bigint | undefined): Promise<readonly Payment[]>;
  /** By its number; undefined when there is none. */
  payment(id: bigint): Promise<Payment | undefined>;
  /** Payments whose money stands in `clearing` or `unallocated` of the ledger, oldest first. */
  unsettled(legalEntity: string | undefined): Promise<readonly Payment[]>;
  /** Parties with an account of the legal entity. */
  payers(legalEntity: string): Promise<readonly Payer[]>;
  /** Documents owed to us that are open. */
  openDocuments(legalEntity: string): Promise<readonly OpenDocument[]>;
  openBalances(question: BalanceQuestion): Promise<readonly OpenBalance[]>;
  /** The first number behind a reference (`INV-1/`) under which no entry of the kind stands or waits for a second person. */
  freeNumber(legalEntity: string, kind: EntryKind, prefix: string): Promise<number>;
  /** How accounts want payments shared out that name no document; those without a rule are not there. */
  allocationRules(legalEntity: string): Promise<ReadonlyMap<string, AllocationRule>>;
  /** The entries of these causes, in their order; those that stand. */
  entries(legalEntity: string, causes: readonly EntryCause[]): Promise<readonly ChainedEntry[]>;
  /** Whether a return of this payment or order is booked, and not taken back. */
  isReturned(legalEntity: string, cause: EntryCause): Promise<boolean>;
  /** Payments of the other direction with exactly the amount that were not returned; the latest first. */
  returnable(payment: Payment): Promise<readonly Payment[]>;
  /** What waits for a second person to be written off of a document, above zero, by currency. */
  waitingWriteOffs(legalEntity: string, document: string): Promise<ReadonlyMap<string, bigint>>;
  /** How what is open of a receivable changed. */
  changesOf(
    legalEntity: string,
    document: string,
  ): Promise<
    { readonly account: string; readonly currency: string; readonly dueDay: string; readonly changes: readonly OpenChange[] } | undefined
  >;
}

export interface NettingRow {
  readonly id: bigint;
  readonly legalEntity: string;
  readonly party: string;
  readonly day: string;
  readonly by: string;
  readonly proposal: NettingProposal;
  readonly rates: readonly { readonly currency: string; readonly rate: string; readonly source: string; readonly day: string }[];
  readonly state: 'proposed' | 'agreed' | 'cancelled';
  /** What remains becomes one item, `NET-3`, on this account and due on this day; undefined: it stays on its documents. */
  readonly remainder?: { readonly account: string; readonly dueDay: string };
  /** Who of the two sides confirmed it, the first first. */
  readonly confirmations: readonly NettingConfirmation[];
}

export const nettingSides = ['us', 'them'] as const;
export type NettingSide = (typeof nettingSides)[number];

export interface NettingConfirmation {
  readonly side: NettingSide;
  readonly by: string;
  /** Who of the party, when, by which mail; or why we do. */
  readonly why: string;
}
