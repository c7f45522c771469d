/** How a legal entity keeps its ledger. */

export interface LedgerTerms {
  /** Manual entries and reversals are booked by a second person. */
  readonly fourEyes: boolean;
  /** Its own chart of accounts, for the journal export. The first rule that fits counts. */
  readonly chart?: readonly ChartRule[];
  /** Last days of the buckets of ageing, in days past due. */
  readonly ageingDays?: readonly number[];
}

/** Code and name of an account of the user's chart, for postings that match. */
export interface ChartRule {
  /** Ledger account: `receivable`, `revenue` … */
  readonly ledgerAccount: string;
  readonly service?: string;
  readonly currency?: string;
  /** Billing account, for those that the chart keeps apart. */
  readonly account?: string;
  readonly code: string;
  readonly name?: string;
}
