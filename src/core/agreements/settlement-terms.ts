/** How an agreement is settled: periods, documents, payment, what is done about late traffic and small amounts, and its deals. */
import type { Deal } from './deals.ts';

/**
 * What the parties are to each other. `hubbing`: traffic is handed on along a chain, and each settles with his neighbour;
 * further parties of the chain get their part by a deal of the kind `share`.
 */
export const relations = ['bilateral', 'termination', 'transit', 'hubbing', 'mvno', 'network-access', 'roaming', 'content'] as const;
/** `netted`: both sides are invoiced in full, and only the difference is paid. */
export const bearers = ['payee', 'payer'] as const;
export const nettingRules = ['gross', 'netted'] as const;
export const approvals = ['none', 'one', 'two'] as const;
/** Where traffic is stated that comes after its days were closed: on the next statement, or on a further one of its own period. */
export const lateRules = ['next-statement', 'own-statement'] as const;
/** Who writes the document of a side. */
export const issuers = ['us', 'them'] as const;
/** From when the days of payment count. */
export const dueRules = ['issue-day', 'period-end', 'end-of-month'] as const;

/** What is looked at before a period is closed. */
export const closeChecks = [
  'sequence-gap',
  'alarm',
  'suspense',
  'unpriced',
  'loading',
  'failing-file',
  'missing-days',
  'no-traffic',
  'deals-first',
] as const;
export type CloseCheck = (typeof closeChecks)[number];
/** `block`: nothing is closed but with a reason given by hand. `warn`: it is told and recorded. */
export const checkLevels = ['block', 'warn', 'ignore'] as const;
export type CheckLevel = (typeof checkLevels)[number];

export interface SettlementTerms {
  readonly relation: (typeof relations)[number];
  /** A local day on which a period begins. Left out: Monday, the 1st (and the 16th), January. */
  readonly periodStart?: string;
  /** First local day that is settled here: what was before it was settled elsewhere. Left out: the first with charges, or of a deal. */
  readonly from?: string;
  /** Days that are waited after a period's end for late files, before it is due. */
  readonly graceDays: number;
  /** Currency of the documents, where it is not the agreement's; converted as the agreement's `exchange` says. */
  readonly currency?: string;
  /** Days to pay; else those of the account. */
  readonly paymentTermsDays?: number;
  readonly dueFrom: (typeof dueRules)[number];
  /** Days after issue within which a document may be disputed. */
  readonly disputeWindowDays?: number;
  /** Differences up to this are not argued: per cent of the line, and amount of the statement. */
  readonly tolerance?: { readonly percent?: string; readonly amount?: string };
  /** Below it nothing is invoiced: it is carried forward to the next period. */
  readonly minimum?: string;
  readonly netting: (typeof nettingRules)[number];
  /** Who writes the document for what is owed to us, and for what we owe (`us`: self-billing). */
  readonly receivableBy: (typeof issuers)[number];
  readonly payableBy: (typeof issuers)[number];
  /** Whose loss the tax is that a payer withholds: `payer` adds it, so that the payee has what was agreed. Left out: `payee`. */
  readonly withholdingBorneBy?: (typeof bearers)[number];
  readonly approval: (typeof approvals)[number];
  /** What becomes of traffic that comes after its days were closed. */
  readonly late: (typeof lateRules)[number];
  /** Days after a period's last one: what of it is not stated when they are over is refused. Left out: never. */
  readonly lateDays?: number;
  /** So many days of a period may be without traffic that usually have some before the check `missing-days` tells. Left out: none. */
  readonly missingDays?: number;
  readonly checks: Readonly<Record<CloseCheck, CheckLevel>>;
  readonly deals: readonly Deal[];
}

/** What holds where an agreement says nothing. What is certainly missing blocks; what may be nothing is told. */
export const usualChecks: SettlementTerms['checks'] = {
  'sequence-gap': 'block',
  alarm: 'warn',
  suspense: 'block',
  unpriced: 'warn',
  loading: 'block',
  'failing-file': 'block',
  'missing-days': 'warn',
  'no-traffic': 'block',
  'deals-first': 'block',
};

/** Of an agreement without a settlement section. */
export const usualSettlement: SettlementTerms = {
  relation: 'bilateral',
  graceDays: 0,
  dueFrom: 'issue-day',
  netting: 'gross',
  receivableBy: 'us',
  payableBy: 'them',
  approval: 'none',
  late: 'next-statement',
  checks: usualChecks,
  deals: [],
};
