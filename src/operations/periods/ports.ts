/** What closing periods needs of storage. `storage/periods` implements it over PostgreSQL. */
import type { Agreement, LegRole, Side } from '#core/agreements/agreements.ts';
import type { CloseCheck } from '#core/agreements/settlement-terms.ts';
import type { LedgerEntry } from '#core/ledger/entry.ts';
import type { Said } from '#core/said.ts';
import type { DealAdjustment } from '#core/settlement/deals/settle-deals.ts';
import type { UnbilledFeesAsked } from '#core/settlement/deals/unbilled-fees.ts';
import type { StatedService } from '#core/settlement/statement.ts';
import type { Period } from '#core/time/period.ts';
import type { ExchangeRates } from '../exchange/ports.ts';
import type { IssuingBooks } from '../invoicing/issue-invoice.ts';
import type { PartnerInvoiceBooks } from '../partner-invoices/ports.ts';
import type { AgreementTerms, ChargeQuery, SettlementBooks } from '../settlement/books.ts';

/** Where an agreement stands. */
export interface Standing {
  /** Days before it are closed; undefined when none is. */
  readonly closedUntil: string | undefined;
  /** The first local day with charges; undefined when nothing was ever booked. */
  readonly firstDay: string | undefined;
}

/** Something that is open, and the check that it is about. */
export interface Finding {
  readonly check: CloseCheck;
  readonly detail: string;
  /** The same in pieces, for other languages; statements that were recorded before there were pieces have none. */
  readonly said?: Said;
}

/** Local days with traffic, by role. */
export type ActiveDays = ReadonlyMap<LegRole, ReadonlySet<string>>;

/** What is open in the whole installation, of traffic before a day. */
export interface OpenTraffic {
  /** Open in collecting and loading: it may be of any agreement. */
  readonly findings: readonly Finding[];
  /** Held records by trunk: names as they stand in the records. */
  readonly held: readonly { readonly trunks: readonly string[]; readonly records: bigint }[];
}

/** An amount of one side and service, of charges and of what was adjusted. */
export interface StatedAmount {
  readonly side: Side;
  readonly currency: string;
  readonly service: StatedService;
  readonly chargesNanos: bigint;
  readonly adjustedNanos: bigint;
}

/** What a statement has of a line of the rollup. */
export interface StatedCharge {
  readonly lineId: number;
  /** Number of the statement of the days that it belongs to, where that is an earlier one. */
  readonly ofStatement: number | undefined;
  readonly events: bigint;
  readonly answered: bigint;
  readonly raw: bigint;
  readonly billed: bigint;
  readonly amountNanos: bigint;
}

export interface StatementRecord {
  /** `agreement@period@version`. */
  readonly id: string;
  readonly agreement: string;
  readonly label: string;
  readonly version: number;
  /** Undefined: its first, which covers all days before, too. */
  readonly coversFrom: string | undefined;
  readonly period: Period;
  /** See knownVersionsOf. */
  readonly knownVersions: string;
  readonly legalEntity: string;
  readonly account: string;
  /** Persons who must approve. */
  readonly approvals: number;
  readonly findings: readonly Finding[];
  readonly override: string | undefined;
  /** Canonical JSON, and its SHA-256. */
  readonly content: string;
  readonly sha256: string;
  readonly amounts: readonly StatedAmount[];
  readonly charges: readonly StatedCharge[];
  readonly deals: readonly DealAdjustment[];
  /** What comes to its days from now on is marked. */
  readonly watched: boolean;
  readonly closedOn: string;
  readonly closedBy: string;
}

/** A recorded statement whose sides have not become documents yet. */
export interface RecordedStatement {
  readonly statementId: number;
  readonly id: string;
  readonly agreement: string;
  readonly label: string;
  readonly period: Period;
  readonly content: string;
  readonly sha256: string;
  readonly approvals: number;
  readonly approvedBy: readonly string[];
  /** Its sides have become something. */
  readonly settled: boolean;
  readonly amounts: readonly StatedAmount[];
}

export const outcomes = ['issued', 'expected', 'carried', 'nothing'] as const;

export interface SideOutcome {
  readonly statementId: number;
  readonly side: Side;
  readonly currency: string;
  readonly outcome: (typeof outcomes)[number];
  readonly document: string | undefined;
  readonly bookedOn: string;
}

/** Amounts carried forward that no document has yet. */
export interface Carried {
  readonly statementId: number;
  readonly agreement: string;
  readonly label: string;
  readonly side: Side;
  readonly currency: string;
  readonly amounts: readonly StatedAmount[];
}

/** The books of some agreements at one moment, to make statements of. */
export interface PeriodReading {
  readonly books: SettlementBooks;
  readonly rates: ExchangeRates;
  readonly openTraffic: OpenTraffic;
  /** First days that were not closed. */
  readonly closedUntil: ReadonlyMap<string, string>;
  readonly carried: readonly Carried[];
  /** Charges of an agreement by line, as `books` has them. */
  chargesOf(query: ChargeQuery): readonly StatedCharge[];
  /** Of agreements that lack days of the period, and some weeks before it; the others had traffic of each role on every day. */
  readonly activeDays: ReadonlyMap<string, ActiveDays>;
  /** Whether anything of any agreement is charged on days behind the period. */
  chargedBeyond(): Promise<boolean>;
  /** Frees the connection. The books answer no more. */
  end(): void;
}

export interface LatePeriod {
  readonly agreement: string;
  readonly label: string;
  readonly period: Period;
  readonly version: number;
}

export interface RefusedLate {
  readonly agreement: string;
  readonly label: string;
  readonly side: Side;
  readonly currency: string;
  readonly amountNanos: bigint;
}

/** One turn: its writes stand or fall together, and no other turn runs meanwhile. */
export interface PeriodTurn {
  readonly issuing: IssuingBooks;
  readonly rates: ExchangeRates;
  /** Invoices of theirs that came before the close. */
  readonly theirs: Pick<PartnerInvoiceBooks, 'acceptedOf' | 'expected' | 'addEntries'>;
  closedUntil(agreements: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Refuses late traffic of periods whose last day is before `endedBy`. */
  refuseLate(terms: ReadonlyMap<string, AgreementTerms>, days: number, on: string, by: string): Promise<readonly RefusedLate[]>;
  /** Numbers for so many statements. */
  number(many: number): Promise<readonly number[]>;
  /** Records statements under their numbers; those of version 1 close their days. */
  record(records: readonly StatementRecord[], numbers: readonly number[]): Promise<void>;
  settle(outcomes: readonly SideOutcome[]): Promise<void>;
  carried(agreements: readonly string[]): Promise<readonly Carried[]>;
  /** Says on whose statement's document what was carried is. */
  takeCarried(carried: readonly Carried[], withStatement: number): Promise<void>;
  find(agreement: string, label: string): Promise<RecordedStatement | undefined>;
  approve(statementId: number, by: string, on: string): Promise<void>;
}

/** What is charged and not billed by a day. */
export interface Unbilled {
  /** In no statement that became documents, expected documents, or was carried forward. */
  readonly charges: readonly UnbilledCharges[];
  /** Carried forward, and on no document yet. */
  readonly carried: readonly Carried[];
  /** Of the agreements that were asked about. */
  readonly billed: ReadonlyMap<string, BilledFees>;
}

/** What bounds the fees that are still open. */
export type BilledFees = Pick<UnbilledFeesAsked, 'billed' | 'theirs'>;

export interface UnbilledCharges {
  readonly agreement: string;
  readonly role: LegRole;
  readonly tariff: string;
  readonly currency: string;
  readonly amountNanos: bigint;
}

/** A line of the board. */
export interface RecordedState {
  readonly agreement: string;
  readonly label: string;
  readonly id: string;
  readonly closedOn: string;
  readonly closedBy: string;
  readonly approvals: number;
  readonly approvedBy: readonly string[];
  readonly overridden: boolean;
  readonly sides: readonly {
    readonly side: Side;
    readonly currency: string;
    readonly outcome: SideOutcome['outcome'];
    readonly document: string | null;
    /** What of the document is not paid. */
    readonly openNanos: string;
  }[];
  /** What it states, charges and adjustments of all services together. */
  readonly amounts: readonly { readonly side: Side; readonly currency: string; readonly nanos: string }[];
}

export interface PeriodStore {
  /** Recorded statements, the latest first; of one agreement, or all; only those of periods that reach beyond a day. */
  board(agreement: string | undefined, after: string): Promise<readonly RecordedState[]>;
  /** The recorded text of a statement, the latest version unless told, and its hash. */
  content(agreement: string, label: string, version?: number): Promise<{ readonly content: string; readonly sha256: string } | undefined>;
  unbilled(before: string, withFees: readonly string[]): Promise<Unbilled>;
  /**
   * Posts those accruals that are not booked yet, and with the day given what takes each back, at the worth at which it was booked; in
   * one transaction. Returns how many entries were booked.
   */
  postAccruals(accruals: readonly LedgerEntry[], takenBackOn: string): Promise<number>;
  /**
   * Before statements of days before this one are made: from now on what comes to these days is marked. False: not all of it, as
   * somebody has been writing for long.
   */
  announce(day: string): Promise<boolean>;
  /** Traffic may be loaded meanwhile: it is not in what is read. With `onlyLate` of what came late of the period, which is closed. */
  read(terms: ReadonlyMap<string, AgreementTerms>, period: Period, onlyLate?: boolean): Promise<PeriodReading>;
  /** Closed periods of these agreements for which traffic came since, with the version that a further statement has. Not while one waits for approval. */
  latePeriods(terms: ReadonlyMap<string, AgreementTerms>, on: string): Promise<readonly LatePeriod[]>;
  turn<T>(work: (turn: PeriodTurn) => Promise<T>): Promise<T>;
  /** All agreements known now with what charges under them refer to. */
  agreements(): Promise<ReadonlyMap<string, AgreementTerms>>;
  /** Of all that are configured where none are named. */
  standings(agreements?: readonly string[]): Promise<ReadonlyMap<string, Standing>>;
}

/** The account's trunks, to know whose held records are. */
export type TrunksOf = (agreement: Agreement) => ReadonlySet<string>;
