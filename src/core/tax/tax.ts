/** What tax is asked about and what it answers. Rules are dated data; this is their question and answer. */
import type { Service } from '../usage/usage-event.ts';

/** One side of a supply. */
export interface TaxParty {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Part of the country, as its tax rules name it: `US-CA`, `CA-ON`, `IN-KA`. */
  readonly region?: string;
  /** Registrations for tax, by country: `{IE: IE6388047V}`. */
  readonly registrations: Readonly<Record<string, string>>;
  readonly isBusiness: boolean;
  /** Exemption certificates held. */
  readonly certificates?: readonly ExemptionCertificate[];
}

export interface ExemptionCertificate {
  readonly id: string;
  /** Jurisdiction or tax that it frees of: `US-CA`, `IN-GST`. */
  readonly of: string;
  readonly validFrom: string;
  /** First day on which it no longer holds. */
  readonly validTo?: string;
}

export interface TaxableLine {
  /** The caller's number of the line. */
  readonly line: number;
  readonly service: Service | 'fee' | 'interest' | 'commitment';
  /** Net, whole in the currency's smallest unit. May be negative. */
  readonly netNanos: bigint;
}

export interface TaxQuestion {
  readonly seller: TaxParty;
  readonly buyer: TaxParty;
  /** The local day that decides which rules hold. */
  readonly taxDay: string;
  readonly currency: string;
  readonly lines: readonly TaxableLine[];
}

/** UNCL 5305, as EN 16931 uses it: S standard, Z zero, E exempt, AE reverse charge, K intra-community, G export, O outside the scope. */
export type TaxCategory = 'S' | 'Z' | 'E' | 'AE' | 'K' | 'G' | 'O';

/** One tax on one group of lines: what a document prints in its tax table. */
export interface TaxAmount {
  /** Key of the rule that made it. */
  readonly rule: string;
  /** `VAT`, `CGST`, `Federal USF`. */
  readonly name: string;
  readonly category: TaxCategory;
  readonly jurisdiction: string;
  /** Per cent, exact, as written: `23`, `9.975`. `0` where nothing is charged. */
  readonly percent: string;
  /** Numbers of the lines. */
  readonly lines: readonly number[];
  readonly baseNanos: bigint;
  /** Whole in the currency's smallest unit. */
  readonly taxNanos: bigint;
  /** Why, in a sentence; and the reference that must stand on the document: `Reverse charge, Article 196 Directive 2006/112/EC`. */
  readonly explanation: string;
  readonly legalReference?: string;
  /** VATEX code of EN 16931 where there is one. */
  readonly exemptionCode?: string;
}

export interface TaxAnswer {
  /** In the order in which documents print them. */
  readonly taxes: readonly TaxAmount[];
  readonly taxNanos: bigint;
  /** Withheld by the payer from what it pays; not part of the document's total. */
  readonly withholding: readonly TaxAmount[];
}
