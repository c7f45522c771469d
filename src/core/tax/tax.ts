/** What tax is asked about and what it answers. Rules are dated data; this is their question and answer. */
import type { RoundingMode } from '../money/rounding.ts';
import { services } from '../usage/usage-event.ts';

/** What tax may be due on: services of the network, and what documents bill besides. */
export const taxedServices = [...services, 'fee', 'interest', 'commitment'] as const;
export type TaxedService = (typeof taxedServices)[number];

/** One side of a supply. */
export interface TaxParty {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Part of the country, as its tax rules name it: `US-CA`, `CA-ON`, `IN-KA`. */
  readonly region?: string;
  /** Registrations for tax, by country: `{IE: IE6388047V}`. */
  readonly registrations: Readonly<Record<string, string>>;
  readonly isBusiness: boolean;
  /** Buys telecommunication to sell it on: several countries tax that otherwise at home. Only of businesses. */
  readonly isReseller?: boolean;
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
  readonly service: TaxedService;
  /** Net, whole in the currency's smallest unit; with `pricesIncludeTax` what the buyer pays. May be negative. */
  readonly netNanos: bigint;
}

export interface TaxQuestion {
  readonly seller: TaxParty;
  readonly buyer: TaxParty;
  /** The local day that decides which rules hold. */
  readonly taxDay: string;
  readonly currency: string;
  readonly lines: readonly TaxableLine[];
  /** Left out: once a rate and document, half-up. */
  readonly rounding?: TaxRounding;
  /** The lines' amounts are what the buyer pays, as consumers' prices are. */
  readonly pricesIncludeTax?: boolean;
}

/** By `document` a tax is rounded once on the sum of its lines, by `line` on each line. To the currency's smallest unit. */
export interface TaxRounding {
  readonly by: 'document' | 'line';
  readonly mode: RoundingMode;
}

/** UNCL 5305, as EN 16931 uses it: S standard, Z zero, E exempt, AE reverse charge, K intra-community, G export, O outside the scope. */
export const taxCategories = ['S', 'Z', 'E', 'AE', 'K', 'G', 'O'] as const;
export type TaxCategory = (typeof taxCategories)[number];

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
  /** Key of the wording that must stand on the document, which is shipped in several languages: `reverse-charge`. */
  readonly wording?: string;
  /** What the buyer accounts for itself (reverse charge): tax-input and tax-output in its books, nothing on the document. */
  readonly selfAssessed?: readonly SelfAssessedTax[];
}

export interface SelfAssessedTax {
  /** Key of the rate. */
  readonly rate: string;
  readonly name: string;
  readonly jurisdiction: string;
  readonly percent: string;
  readonly taxNanos: bigint;
}

/** What a line is without tax, and the tax on it. Over all lines they add up to the answer's taxes. */
export interface TaxedLine {
  readonly line: number;
  readonly netNanos: bigint;
  readonly taxNanos: bigint;
}

export interface TaxAnswer {
  /** In the order in which documents print them. */
  readonly taxes: readonly TaxAmount[];
  readonly taxNanos: bigint;
  /** In the order of the question. */
  readonly lines: readonly TaxedLine[];
  /** Withheld by the payer from what it pays; not part of the document's total. */
  readonly withholding: readonly TaxAmount[];
}
