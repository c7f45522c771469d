/** What settlement reads. `storage/settlement` implements it over PostgreSQL. */
import type { Agreement, LegRole } from '#core/agreements/agreements.ts';
import type { Account, LegalEntity, Party } from '#core/parties/parties.ts';
import type { CounterKey } from '#core/rating/charge.ts';
import type { DealUsage } from '#core/settlement/deals/deal-usage.ts';
import type { SettledDeal } from '#core/settlement/deals/settle-deals.ts';
import type { MarginGroup } from '#core/settlement/margin.ts';
import type { MarginBy } from '#core/settlement/margin-by.ts';
import type { DatedTotal } from '#core/settlement/priced-terms.ts';
import type { LinePart, SplitCalls, UsedRate, UsedTariff } from '#core/settlement/statement.ts';
import type { DayUsage } from '#core/settlement/volume-tiers.ts';
import type { Period, PeriodKind } from '#core/time/period.ts';
import type { Service } from '#core/usage/usage-event.ts';

/** An agreement with all that charges under it refer to. */
export interface AgreementTerms {
  /**
   * Every version ever stored, also those replaced since: charges name the version that priced them. Oldest first.
   */
  readonly versions: readonly Agreement[];
  /** The versions known at the instant asked about, by first day. Empty: the agreement was not known then. */
  readonly known: readonly Agreement[];
  readonly accounts: ReadonlyMap<string, Account>;
  readonly parties: ReadonlyMap<string, Party>;
  readonly entities: ReadonlyMap<string, LegalEntity>;
  readonly tariffs: ReadonlyMap<string, UsedTariff & { readonly currency: string }>;
}

/** Which charges: of these agreement versions, on these local days; only those booked by an instant, when given. */
export interface ChargeQuery {
  readonly terms: AgreementTerms;
  readonly period: Period;
  readonly knownAtMicros?: number;
  /** Only what came late of the period, which is closed, and is in no statement: for a further statement of it. */
  readonly onlyLate?: boolean;
}

/** Calls under one rate that continue in another time band. */
export interface SplitTotal extends SplitCalls {
  readonly versionId: number;
  readonly role: LegRole;
  readonly rateId: number;
}

/** One leg of one event with its charge, or a correction of it. */
export interface ChargedLeg {
  readonly eventId: bigint;
  readonly leg: 'in' | 'out';
  readonly source: string;
  readonly sourceKey: string;
  readonly service: Service;
  readonly startMicros: number;
  readonly calling: string | undefined;
  readonly called: string;
  readonly trunk: string | undefined;
  readonly answered: boolean;
  readonly versionId: number;
  readonly role: LegRole;
  readonly rateId: number | undefined;
  readonly raw: bigint;
  readonly billed: bigint;
  readonly amountNanos: bigint;
  /** 1 for a charge, -1 for one that is taken back, 0 for a difference to one. */
  readonly events: bigint;
  /**
   * Undefined for the charge itself. Else why it was corrected: `raw`, `billed` and `amountNanos` are what changed.
   */
  readonly correction: string | undefined;
  /** Its billed time reaches into another time band than that in which it began, and the agreement splits it. */
  readonly split: boolean;
}

export interface FeesBefore {
  readonly settled: readonly SettledDeal[];
  /** From the first to the last day that was stated: what was not known then is due now. Undefined: none. */
  readonly closed: Period | undefined;
}

/** The books at one moment: all that is read through it fits together, also while usage is loaded. */
export interface SettlementBooks {
  /** The agreement by id; undefined when none ever had it. */
  findAgreement(id: string, knownAtMicros?: number): Promise<AgreementTerms | undefined>;
  /** Ids of the agreements configured now. */
  agreementIds(): Promise<readonly string[]>;
  /** Charges added up by version, role, tariff and rate; from the rollups, or from the events with `knownAtMicros`. */
  chargeTotals(query: ChargeQuery): Promise<readonly DatedTotal[]>;
  /** The same, always from the events. */
  chargeTotalsOfEvents(query: ChargeQuery): Promise<readonly DatedTotal[]>;
  /** Corrections of closed days that are booked with days of the query, by line; with the days that they correct. */
  backdatedTotals(query: ChargeQuery): Promise<readonly DatedTotal[]>;
  /**
   * Traffic that came after its days were closed: what is booked with days before the query's (with `onlyLate`: with the query's) and in no
   * statement, and was not refused.
   */
  lateTotals(query: ChargeQuery): Promise<readonly DatedTotal[]>;
  /** Charges by local day and destination, less those that were refused; with bins those of the events that lie in each of them, besides. */
  dealUsage(terms: AgreementTerms, days: Period, bins: readonly string[]): Promise<readonly DealUsage[]>;
  /** What statements of periods that begin before a day have booked for deals. */
  settledDeals(agreement: string, before: string): Promise<readonly SettledDeal[]>;
  /**
   * What statements of periods that begin before this one have booked for fees. Where the last of them was made under the versions known
   * now, it has settled them all: then only what was booked for windows that the period may bill, and no days.
   */
  feesBefore(terms: AgreementTerms, period: Period): Promise<FeesBefore>;
  /** Calls that the agreement splits between time bands, by the rate of the band in which they began. */
  splitTotals(query: ChargeQuery): Promise<readonly SplitTotal[]>;
  /** Rates by id, with the first local day of their validity in the zone. */
  rates(ids: readonly number[], zone: string): Promise<ReadonlyMap<number, UsedRate>>;
  /** Kinds of period over which the rates of these tariffs have whole-volume tiers. */
  volumeTierPeriods(tariffs: readonly string[]): Promise<readonly PeriodKind[]>;
  /** Usage by day of rates with whole-volume tiers. */
  volumeUsage(query: ChargeQuery): Promise<readonly DayUsage[]>;
  /** Where these counters stand now. Those never moved are left out. */
  counters(keys: readonly CounterKey[]): Promise<ReadonlyMap<CounterKey, bigint>>;
  /** What events of the query moved these counters by. */
  counterSums(query: ChargeQuery, keys: readonly CounterKey[]): Promise<ReadonlyMap<CounterKey, bigint>>;
  /** Events with their charges, ordered by start. With `parts` only theirs. Memory does not grow with their number. */
  chargedLegs(query: ChargeQuery, parts?: readonly LinePart[]): AsyncIterable<ChargedLeg>;
  /** All charges whose events began in a stretch of time, both legs of an event together, added up by destination. */
  margins(fromMicros: number, toMicros: number, by: MarginBy): Promise<readonly MarginGroup[]>;
  /** Whether usage of these days, whatever the agreement, was charged at rates with whole-volume tiers. */
  volumeTiersUsed(period: Period): Promise<boolean>;
  /** Zones of the legal entities known now. */
  entityZones(): Promise<readonly string[]>;
}

export interface SettlementStore {
  /** Runs the work on one unchanging view of the books. */
  read<T>(work: (books: SettlementBooks) => Promise<T>): Promise<T>;
}
