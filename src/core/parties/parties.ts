import type { ExchangePolicy } from '../money/exchange.ts';
import type { NumberWriting } from '../numbering/normalise.ts';
import type { BankAccount } from './bank-account.ts';
import type { Brand } from './brand.ts';
import type { CreditTerms } from './credit-terms.ts';
import type { DeliveryRoute } from './delivery.ts';
import type { DunningTerms } from './dunning-terms.ts';
import type { DocumentLanguage, InvoicingTerms } from './invoicing-terms.ts';
import type { LedgerTerms } from './ledger-terms.ts';
import type { PartnerFile } from './partner-files.ts';

/** The operator's own company. */
export interface LegalEntity {
  readonly id: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly zone: string;
  /** Whether its documents round tax once on their sum, or on each line; left out: once. */
  readonly taxRounding?: 'document' | 'line';
  readonly address: readonly string[];
  readonly taxId?: string;
  /** State or province, where taxes depend on it: `CA-ON`. */
  readonly region?: string;
  /** Registrations for tax besides `taxId` in its own country, by country: `{DE: DE123456789}`. */
  readonly registrations?: Readonly<Record<string, string>>;
  /** In the register of companies: `HRB 12345`, or with the scheme of ISO 6523 before it, `0183:CHE123456788`. */
  readonly companyNumber?: string;
  /** Where electronic invoices reach it, with the scheme before it: `0088:7300010000001`. */
  readonly electronicAddress?: string;
  readonly email?: string;
  /** How its ledger is kept; one person books and ledger accounts keep their names unless told. */
  readonly ledger?: LedgerTerms;
  /** By which rates it converts; those of the ECB unless told. */
  readonly exchange?: ExchangePolicy;
  /** How it invoices. */
  readonly invoicing?: InvoicingTerms;
  /** How it asks for what is overdue; undefined: it does not. */
  readonly dunning?: DunningTerms;
  /** For how long records of its traffic stay, where that is longer than the settings say: days, 0 for ever. */
  readonly retention?: { readonly usageDays?: number };
  /** Who sends its documents by mail. */
  readonly mail?: { readonly from: string; readonly replyTo?: string; readonly copyTo?: readonly string[] };
  /** How sign-in and the portal look to its partners and customers. */
  readonly brand?: Brand;
}

export const partyKinds = ['carrier', 'mvno', 'roaming-partner', 'content-provider', 'aggregator', 'reseller', 'customer'] as const;

/** Any person or company dealt with. */
export interface Party {
  readonly id: string;
  readonly name: string;
  readonly kind: (typeof partyKinds)[number];
  readonly country?: string;
  /** For tax; left out: all but `customer` are businesses. */
  readonly business?: boolean;
  /** Buys telecommunication to sell it on; left out: all but `customer` and `content-provider` do. */
  readonly reseller?: boolean;
  readonly address: readonly string[];
  readonly taxId?: string;
  /** State or province, where taxes depend on it: `CA-ON`. */
  readonly region?: string;
  /** Registrations for tax besides `taxId` in its own country, by country: `{DE: DE123456789}`. */
  readonly registrations?: Readonly<Record<string, string>>;
  /** In the register of companies: `HRB 12345`, or with the scheme of ISO 6523 before it, `0183:CHE123456788`. */
  readonly companyNumber?: string;
  /** Where electronic invoices reach it, with the scheme before it: `0088:7300010000001`. */
  readonly electronicAddress?: string;
  readonly email?: string;
  /** Where it is paid, and where its payments come from. */
  readonly bankAccounts?: readonly BankAccount[];
  /** Of documents to it. */
  readonly language?: DocumentLanguage;
}

/** What a party is billed on. */
export interface Account {
  readonly id: string;
  readonly party: string;
  readonly legalEntity: string;
  readonly currency: string;
  readonly paymentTermsDays?: number;
  /** How its documents reach the party; undefined: they do not go out by themselves. */
  readonly delivery?: readonly DeliveryRoute[];
  /** How payments that name no document settle what is open; undefined: a person says it. */
  readonly allocation?: 'oldest-first' | 'pro-rata';
  /** How the party writes its declarations and invoices, where that is not found by itself. */
  readonly partnerFiles?: readonly PartnerFile[];
  /** What may be owed on it; undefined: no limit. */
  readonly credit?: CreditTerms;
}

/** Where traffic enters or leaves: says whose it is. */
export interface Trunk {
  readonly id: string;
  /** The account behind it; undefined for the operator's own network, which makes no leg. */
  readonly account?: string;
  /** Only needed where the account has several agreements for one service and direction. */
  readonly agreement?: string;
  /** The switches' own names for it: `source/name`, or `name` for every source. */
  readonly names: readonly string[];
  /** Addresses behind it: hosts, realms, `*.example.net`, IP addresses and IPv4 networks (`192.0.2.0/24`). */
  readonly hosts?: readonly string[];
  /** How numbers are written on it, where it differs from the source. */
  readonly numbering?: NumberWriting;
}
