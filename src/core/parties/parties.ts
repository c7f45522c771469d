/** The operator's own company. */
export interface LegalEntity {
  readonly id: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly zone: string;
  readonly address: readonly string[];
  readonly taxId?: string;
  readonly email?: string;
}

export const partyKinds = ['carrier', 'mvno', 'roaming-partner', 'content-provider', 'aggregator', 'reseller', 'customer'] as const;

/** Any person or company dealt with. */
export interface Party {
  readonly id: string;
  readonly name: string;
  readonly kind: (typeof partyKinds)[number];
  readonly country?: string;
  readonly address: readonly string[];
  readonly taxId?: string;
  readonly email?: string;
}

/** What a party is billed on. */
export interface Account {
  readonly id: string;
  readonly party: string;
  readonly legalEntity: string;
  readonly currency: string;
  readonly paymentTermsDays?: number;
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
  readonly numbering?: NumberingRules;
}

/** How numbers are written on a trunk or by a source, so that they can be brought to E.164. */
export interface NumberingRules {
  /** Country calling code that a national number belongs to, for example 44. */
  readonly countryCode?: string;
  /** For example 0: national numbers begin with it. */
  readonly nationalPrefix?: string;
  /** For example 00 or 011. A leading plus is always understood. */
  readonly internationalPrefix?: string;
  /** Technical prefixes such as `1234#`, removed first; the first that matches. */
  readonly stripPrefixes?: readonly string[];
}
