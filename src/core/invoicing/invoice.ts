/** A document that asks for money or gives it back, as it is issued: immutable, numbered without gaps per legal entity and series. */
import type { Decimal } from '../money/decimal.ts';
import type { InvoiceKind } from '../parties/invoicing-terms.ts';
import type { TaxAmount } from '../tax/tax.ts';
import type { Period } from '../time/period.ts';
import type { Service } from '../usage/usage-event.ts';

export { type InvoiceKind, invoiceKinds } from '../parties/invoicing-terms.ts';

export const invoiceLineKinds = ['usage', 'adjustment', 'commitment', 'fee', 'interest', 'rounding', 'other'] as const;

export interface InvoiceLine {
  /** From 1. */
  readonly number: number;
  readonly kind: (typeof invoiceLineKinds)[number];
  readonly service?: Service;
  readonly agreement?: string;
  readonly destination?: string;
  /** What a person reads. */
  readonly description: string;
  /** What is billed, in `unit`; exact. */
  readonly quantity: Decimal;
  /** UN/ECE Recommendation 20: SEC (second), AD (byte), C62 (one). */
  readonly unit: string;
  /** How many units the price is for, and in which people count (EN 16931 BT-149): 60 of SEC are a minute. Whole. */
  readonly priceQuantity: Decimal;
  /**
   * For `priceQuantity` units, exact, in the document's currency; what it comes to with the quantity may differ from `netNanos`, as
   * each charge was rounded. Left out where several prices make the line, or where it was converted.
   */
  readonly unitPrice?: Decimal;
  /**
   * What else the price of a line with one rate depends on, as statements say it (core/settlement/rate-words.ts): the price or prices for
   * `priceQuantity` units in the currency that was charged, and its terms: `0.02`, `setup fee 0.05`. Only where `unitPrice` is not all of it.
   */
  readonly formula?: { readonly price: string; readonly terms: readonly string[] };
  /** Without tax; whole in the currency's smallest unit. Lines of a credit note are positive. */
  readonly netNanos: bigint;
  /** The unrounded sum of charges it stands for, in nanos; the difference to `netNanos` goes to the ledger's rounding account. */
  readonly exactNanos: bigint;
  readonly period?: Period;
  /** How an adjustment or a commitment came about. */
  readonly explanation?: string;
  /** Line of the recorded statement that it is made of. */
  readonly statementLine?: number;
  /** What was charged, where that was in another currency: see `conversions` of the document. */
  readonly original?: { readonly currency: string; readonly exactNanos: bigint };
  /** Credit notes: the line of the corrected document that this one gives back, in whole or in part. */
  readonly creditsLine?: number;
}

/** How much of a document's or a legal entity's currency one unit of another is, where the rate comes from, and its day. */
export interface StatedRate {
  /** The other currency. */
  readonly currency: string;
  readonly rate: Decimal;
  readonly source: string;
  readonly day: string;
  /** Of what `rate` is made, where the source gives it the other way round or over a third currency: `0.8400/1.0850`. Amounts are converted by this. */
  readonly made?: string;
}

/** All that a document says, without its number. */
export interface InvoiceContent {
  readonly kind: InvoiceKind;
  readonly legalEntity: string;
  readonly account: string;
  readonly party: string;
  readonly currency: string;
  /** Local days of the legal entity's zone. */
  readonly issueDay: string;
  readonly dueDay: string;
  readonly taxDay: string;
  readonly period?: Period;
  /** Recorded statement that it bills, with the hash of its content. */
  readonly statement?: { readonly id: string; readonly sha256: string };
  readonly lines: readonly InvoiceLine[];
  readonly taxes: readonly TaxAmount[];
  /** Withheld by the payer from what it pays; not part of the total. */
  readonly withholding?: readonly TaxAmount[];
  readonly netNanos: bigint;
  readonly taxNanos: bigint;
  readonly totalNanos: bigint;
  /** Paid already, by prepayment: EN 16931 BT-113. */
  readonly prepaidNanos: bigint;
  /** The document that this one corrects, in whole or in part, and why. */
  readonly corrects?: { readonly number: string; readonly reason: string };
  readonly notes: readonly string[];
  /** Amounts of this document in the legal entity's currency, where that differs: units of it for one of the document's. */
  readonly exchange?: StatedRate;
  /** Rates by which lines were converted into the document's currency: units of it for one of theirs. */
  readonly conversions?: readonly StatedRate[];
}

/** Issued. */
export interface Invoice extends InvoiceContent {
  readonly number: string;
  readonly series: string;
  /** SHA-256 over the canonical JSON of the content with its number, hexadecimal. */
  readonly sha256: string;
}
