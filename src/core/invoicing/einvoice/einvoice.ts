/**
 * An electronic invoice by the terms of EN 16931 (BT and BG numbers beside the fields), whatever its syntax. What a file may
 * leave out is optional, also where a rule asks for it: the checker says so, not the type.
 */
import type { Decimal } from '../../money/decimal.ts';

export interface EAmount {
  /** With the decimals that are written. */
  readonly value: Decimal;
  readonly currency?: string;
}

/** An identifier with the scheme that it belongs to. */
export interface EIdentifier {
  readonly id: string;
  readonly scheme?: string;
}

export interface EAddress {
  /** BT-35, BT-36, BT-162 and their like. */
  readonly lines: readonly string[];
  readonly city?: string;
  readonly postcode?: string;
  readonly subdivision?: string;
  readonly country?: string;
}

/** Seller (BG-4), buyer (BG-7), tax representative (BG-11). */
export interface EParty {
  /** BT-34, BT-49. */
  readonly endpoint?: EIdentifier;
  /** BT-29, BT-46. */
  readonly ids: readonly EIdentifier[];
  /** BT-27, BT-44: registered name. */
  readonly name?: string;
  readonly tradingName?: string;
  readonly address?: EAddress;
  /** BT-31, BT-48. */
  readonly vatId?: string;
  /** BT-32. */
  readonly taxId?: string;
  /** BT-30, BT-47. */
  readonly legalId?: EIdentifier;
  readonly contact?: { readonly name?: string; readonly phone?: string; readonly email?: string };
}

export interface EPeriod {
  readonly start?: string;
  readonly end?: string;
  /** BT-8, only of the document. */
  readonly code?: string;
}

/** Category and percentage that a line, allowance or charge has. */
export interface ETaxCategory {
  readonly code?: string;
  readonly percent?: Decimal;
}

/** BG-20, BG-21, and of lines BG-27, BG-28. */
export interface EAllowance {
  readonly isCharge: boolean;
  /** As a file has it, where that is neither `true` nor `false`. */
  readonly indicator?: string;
  readonly amount?: EAmount;
  readonly base?: EAmount;
  readonly percent?: Decimal;
  readonly reason?: string;
  readonly reasonCode?: string;
  /** Only of the document. */
  readonly tax?: ETaxCategory;
}

/** BG-23. */
export interface ETaxBreakdown {
  readonly base?: EAmount;
  readonly tax?: EAmount;
  readonly category: ETaxCategory;
  readonly reason?: string;
  readonly reasonCode?: string;
}

export interface ETaxTotal {
  readonly amount?: EAmount;
  readonly breakdown: readonly ETaxBreakdown[];
}

/** BG-22. */
export interface ETotals {
  readonly lines?: EAmount;
  readonly allowances?: EAmount;
  readonly charges?: EAmount;
  readonly net?: EAmount;
  readonly gross?: EAmount;
  readonly prepaid?: EAmount;
  readonly rounding?: EAmount;
  readonly payable?: EAmount;
}

/** BG-16. */
export interface EPayment {
  readonly code?: string;
  readonly remittance?: string;
  readonly account?: string;
  readonly accountName?: string;
  readonly bank?: string;
  readonly mandate?: string;
}

/** BG-25. */
export interface ELine {
  readonly id?: string;
  readonly note?: string;
  readonly quantity?: Decimal;
  readonly unit?: string;
  readonly net?: EAmount;
  readonly period?: EPeriod;
  readonly allowances: readonly EAllowance[];
  readonly name?: string;
  readonly description?: string;
  readonly tax?: ETaxCategory;
  /** BT-146. */
  readonly price?: EAmount;
  /** BT-149, BT-150. */
  readonly baseQuantity?: Decimal;
  readonly baseUnit?: string;
  /** BT-147, BT-148. */
  readonly priceDiscount?: EAmount;
  /** A file has a charge on the price, which nothing may have. */
  readonly isPriceCharged?: boolean;
  readonly grossPrice?: EAmount;
  /** UNCL 1001 of each document that a file refers to; '' where it does not say. BT-128 has 130. */
  readonly references?: readonly string[];
}

export interface EInvoice {
  /** The kind of UBL document; a credit note's amounts are positive. */
  readonly kind: 'invoice' | 'credit-note';
  /** BT-24, BT-23. */
  readonly customization?: string;
  readonly profile?: string;
  /** BT-1, BT-2, BT-9, BT-3. */
  readonly number?: string;
  readonly issueDay?: string;
  readonly dueDay?: string;
  readonly typeCode?: string;
  /** BT-22. */
  readonly notes: readonly string[];
  /** BT-7. */
  readonly taxPointDay?: string;
  /** BT-5, BT-6. */
  readonly currency?: string;
  readonly taxCurrency?: string;
  /** BT-10, BT-13, BT-12. */
  readonly buyerReference?: string;
  readonly orderReference?: string;
  readonly contract?: string;
  /** UNCL 1001 of further documents that a file refers to: BT-18 has 130, BT-11 of a credit note 50. */
  readonly references?: readonly string[];
  /** BG-14. */
  readonly period?: EPeriod;
  /** BG-3: documents that this one corrects. */
  readonly preceding: readonly { readonly number?: string; readonly issueDay?: string }[];
  readonly seller: EParty;
  readonly buyer: EParty;
  readonly payee?: { readonly name?: string };
  readonly taxRepresentative?: EParty;
  /** BT-72, BT-80. */
  readonly delivery?: { readonly day?: string; readonly country?: string };
  readonly payments: readonly EPayment[];
  /** BT-20. */
  readonly paymentTerms?: string;
  readonly allowances: readonly EAllowance[];
  /** One with the breakdown; a second one in the accounting currency (BT-111). */
  readonly taxTotals: readonly ETaxTotal[];
  readonly totals: ETotals;
  readonly lines: readonly ELine[];
}

/** Identifiers of Peppol BIS Billing 3.0 and of its self-billing sister. */
export const peppol = {
  customization: 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0',
  profile: 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
  selfBillingCustomization: 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:selfbilling:3.0',
  selfBillingProfile: 'urn:fdc:peppol.eu:2017:poacc:selfbilling:01:1.0',
} as const;
