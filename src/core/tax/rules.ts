/**
 * The rules of tax as data. A rule says whose tax is due on a supply, a rate what it comes to. Both are dated: the first day
 * on which they hold, and where they end the first on which they no longer do.
 */
import type { TaxCategory, TaxedService } from './tax.ts';

/** How the buyer counts: one of these. */
export const buyerStatuses = ['consumer', 'business', 'reseller'] as const;
export type BuyerStatus = (typeof buyerStatuses)[number];

/** How the two sides stand to each other: of one territory (and there of one region or not), or of two. */
export const relations = ['domestic', 'same-region', 'other-region', 'foreign'] as const;
export type Relation = (typeof relations)[number];

/** Registrations without which a rule cannot be used. `buyer-at-home` is one of the buyer's own country. */
export const requirements = ['seller-at-home', 'seller-at-buyer', 'buyer-at-home'] as const;
export type Requirement = (typeof requirements)[number];

/** Where the rates are looked for: the chain of places of one side, `IN-KA` and `IN`. */
export type TaxingSide = 'seller' | 'buyer';

export interface Dated {
  readonly validFrom: string;
  readonly validTo?: string;
}

/** Countries that act together, such as the EU for VAT. Members are territories. */
export interface TaxArea {
  readonly id: string;
  readonly members: readonly (Dated & { readonly place: string })[];
}

/** A country or region that belongs, for tax, to another country or stands alone: `MC` is `FR`, `ES-CN` is not `ES`. */
export interface TaxTerritory extends Dated {
  readonly id: string;
  readonly place: string;
  readonly territory: string;
  /** Said in the explanation of every tax of a party there. */
  readonly note?: string;
}

/** Declared by the user, and asked before what is shipped. Whoever puts rules together says it. */
export interface Origin {
  readonly own: boolean;
}

export interface TaxRuleDeclaration extends Dated {
  readonly id: string;
  /** What it is about, in a few words: `Telecommunication to a business in another EU country`. */
  readonly says: string;
  /** Countries, regions, territories, areas, or `any`: one of them, and none of the other list. */
  readonly seller: readonly string[];
  readonly sellerNot: readonly string[];
  readonly buyer: readonly string[];
  readonly buyerNot: readonly string[];
  readonly relation?: Relation;
  readonly buyerStatus: readonly BuyerStatus[];
  readonly services: readonly TaxedService[];
  readonly category: TaxCategory;
  /** Whose places give the rates; only with category S. */
  readonly taxedAt?: TaxingSide;
  /** Names of the taxes that are due, in the order of the document; left out: all that have a rate there. */
  readonly taxes?: readonly string[];
  /** The buyer, a business, accounts for the tax of its own country itself where that asks for it. */
  readonly selfAssessed: boolean;
  readonly requires: readonly Requirement[];
  readonly reference?: string;
  readonly wording?: string;
  readonly exemptionCode?: string;
  /** Where it is written. */
  readonly source: string;
}

export type TaxRule = TaxRuleDeclaration & Origin;

/** A tax of a jurisdiction with its history of percentages. */
export interface TaxRateDeclaration {
  readonly id: string;
  /** As documents name it: `VAT`, `CGST`, `Federal USF`. */
  readonly tax: string;
  /** A country, a region, or something within: `IE`, `CA-QC`, `US-CA-037`. */
  readonly jurisdiction: string;
  readonly services: readonly TaxedService[];
  /** Oldest first. */
  readonly percents: readonly TaxPercent[];
  readonly source: string;
}

export type TaxRate = TaxRateDeclaration & Origin;

/** One percentage. Without `validTo` it holds until the next one begins. */
export interface TaxPercent extends Dated {
  /** As written: `9.975`. */
  readonly percent: string;
  /** Names of taxes that are part of its base (a tax on a tax). */
  readonly onTopOf: readonly string[];
}

/** What a payer in one place holds back from what it pays to another. */
export interface WithholdingDeclaration {
  readonly id: string;
  readonly tax: string;
  readonly says: string;
  /** Where the payer is: the buyer of the supply. */
  readonly payer: readonly string[];
  /** Where the payee is; a rule that names places goes before one for `any`. */
  readonly payee: readonly string[];
  readonly payeeNot: readonly string[];
  readonly services: readonly TaxedService[];
  /** Needs a certificate (of residence) whose `of` is this rule's id; without one the rule for `any` holds. */
  readonly needsCertificate: boolean;
  readonly percents: readonly TaxPercent[];
  readonly reference?: string;
  readonly source: string;
}

export type WithholdingRule = WithholdingDeclaration & Origin;

/** Where businesses account themselves for the tax on services from abroad, and by which taxes. */
export interface SelfAssessment extends Dated {
  readonly id: string;
  /** A territory or an area. */
  readonly place: string;
  readonly taxes: readonly string[];
  readonly source: string;
}

export interface TaxRules {
  readonly areas: readonly TaxArea[];
  readonly territories: readonly TaxTerritory[];
  readonly selfAssessment: readonly SelfAssessment[];
  readonly rules: readonly TaxRule[];
  readonly rates: readonly TaxRate[];
  readonly withholding: readonly WithholdingRule[];
}

export function holdsOn({ validFrom, validTo }: Dated, day: string): boolean {
  return validFrom <= day && (validTo === undefined || day < validTo);
}

/** The percentages in force on a day: one, none in a gap, several where they overlap. A percentage without an end ends where the next begins. */
export function percentsOn(percents: readonly TaxPercent[], day: string): readonly TaxPercent[] {
  return percents.filter((entry, index) => {
    const end = entry.validTo ?? percents[index + 1]?.validFrom;
    return entry.validFrom <= day && (end === undefined || day < end);
  });
}
