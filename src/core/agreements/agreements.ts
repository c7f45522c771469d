import type { ExchangePolicy } from '../money/exchange.ts';
import type { Rounding } from '../money/rounding.ts';
import type { Service } from '../usage/usage-event.ts';
import { type SettlementTerms, usualSettlement } from './settlement-terms.ts';

/** Roles a leg can have, with the side of the books it falls on. */
export const legRoles = {
  incoming: 'receivable',
  retail: 'receivable',
  'roaming-inbound': 'receivable',
  'network-access': 'receivable',
  outgoing: 'payable',
  'roaming-outbound': 'payable',
  content: 'payable',
} as const;
export type LegRole = keyof typeof legRoles;
export type Side = (typeof legRoles)[LegRole];

/** One service that an agreement prices in one role. Service and side together are unique in an agreement. */
export interface AgreementService {
  readonly service: Service;
  readonly role: LegRole;
  readonly tariff: string;
}

/** How seconds are taken from a record before increments apply. */
export const secondsRules = ['as-given', 'ceil', 'nearest'] as const;
/** Which price a call gets that reaches over a change of time band. */
export const bandRules = ['start', 'split'] as const;
export const settlementPeriods = ['day', 'week', 'half-month', 'month', 'quarter'] as const;

/** A contract between a legal entity and a party, in one version. `id` and `validFrom` together are its key. */
export interface Agreement {
  readonly id: string;
  /** Number of this stored version; 0 when read from files without a database. */
  readonly versionId: number;
  readonly name: string;
  readonly account: string;
  /** IANA zone in which its days, bands and validity are understood. */
  readonly zone: string;
  readonly currency: string;
  /** First local date (in `zone`) on which it applies, `2026-01-01`. */
  readonly validFrom: string;
  /** First local date on which it no longer applies; undefined while open. */
  readonly validTo?: string;
  readonly rounding: Rounding;
  readonly seconds: (typeof secondsRules)[number];
  readonly bands: (typeof bandRules)[number];
  readonly settlementPeriod: (typeof settlementPeriods)[number];
  readonly services: readonly AgreementService[];
  /** By which rates its amounts are converted, where that is agreed; the legal entity's otherwise. */
  readonly exchange?: ExchangePolicy;
  /** How it is settled; `settlementOf` says what holds where it is left out. */
  readonly settlement?: SettlementTerms;
}

export function settlementOf(agreement: Pick<Agreement, 'settlement'>): SettlementTerms {
  return agreement.settlement ?? usualSettlement;
}

/** Numbers of the versions of an agreement that are known, in their order: what a statement was made under. */
export function knownVersionsOf(known: readonly Agreement[]): string {
  return known.map(({ versionId }) => versionId).join(' ');
}
