/**
 * Retail plans as configuration says them. Plain data: quantities, levels and periods are text as it was written (`quantity.ts`),
 * which reading has checked.
 */
import type { Agreement } from '../agreements/agreements.ts';
import type { BalanceUnit, FinalUnit } from '../charging/answer.ts';
import type { Rounding } from '../money/rounding.ts';
import type { Service } from '../usage/usage-event.ts';

/** What something is for. What is left out does not matter. */
export interface ScopeDefinition {
  readonly services?: readonly Service[];
  /** Called numbers that begin with one of these, and not with a longer one of `except`. */
  readonly destinations?: readonly string[];
  readonly except?: readonly string[];
  /** A set of time bands, and those of its bands that it is for. */
  readonly timeBands?: string;
  readonly bands?: readonly string[];
  readonly ratingGroups?: readonly string[];
  readonly apns?: readonly string[];
  readonly slices?: readonly string[];
  readonly roaming?: boolean;
  readonly visitedNetworks?: readonly string[];
  readonly serviceClasses?: readonly string[];
  readonly rats?: readonly string[];
}

/** A version of a plan. `id` and `validFrom` together are its key. */
export interface PlanDefinition {
  readonly id: string;
  /** Number of this stored version; 0 when read from files without a database. */
  readonly versionId: number;
  readonly name: string;
  readonly currency: string;
  readonly zone: string;
  /** Local dates. */
  readonly validFrom: string;
  readonly validTo?: string;
  readonly rounding: Rounding;
  readonly seconds: Agreement['seconds'];
  readonly bands: Agreement['bands'];
  readonly services: readonly PlanServiceDefinition[];
  /** Ids of allowances that it gives. */
  readonly allowances: readonly string[];
  readonly controls: readonly ControlDefinition[];
  /** Of the account's own money. */
  readonly thresholds: readonly ThresholdDefinition[];
  /** Money that ends: told so long before. */
  readonly remind?: readonly string[];
  readonly creditLimit?: string;
  readonly fee?: { readonly amount: string; readonly every: string; readonly prorate?: boolean };
  readonly supervisionSeconds: number;
}

export interface PlanServiceDefinition {
  readonly service: Service;
  readonly when?: ScopeDefinition;
  /** Left out: it costs nothing and is not controlled. */
  readonly tariff?: string;
  readonly freeGroups: readonly string[];
  /** Left out: what is usual for the service. */
  readonly usualGrant?: string;
  readonly mostGrant?: string;
  readonly leastGrant?: string;
  readonly validitySeconds: number;
  readonly holdingSeconds?: number;
  /** Only of services that are counted in seconds. */
  readonly consumptionSeconds?: number;
  readonly thresholdPercent: number;
  readonly finalUnit: FinalUnit;
  /** Rating groups that draw from one pool of granted units. */
  readonly pool?: { readonly groups: readonly string[] };
}

export interface AllowanceDefinition {
  readonly id: string;
  readonly name: string;
  readonly amount: string;
  readonly scope?: ScopeDefinition;
  readonly priority: number;
  readonly period?: string;
  readonly prorate?: boolean;
  readonly rollover?: { readonly most: string; readonly times: number };
  readonly thresholds: readonly ThresholdDefinition[];
  readonly remind?: readonly string[];
  readonly converts: readonly { readonly to: string; readonly from: string; readonly into: string }[];
}

export interface AddOnDefinition {
  readonly id: string;
  readonly name: string;
  readonly price: string;
  readonly currency: string;
  readonly allowances: readonly string[];
  readonly renews?: string;
}

export interface ControlDefinition {
  readonly id: string;
  readonly name: string;
  /** Needed without a limit, which says it otherwise. */
  readonly measure?: BalanceUnit;
  readonly scope?: ScopeDefinition;
  readonly period: string;
  readonly limit?: string;
  /** Between which the customer may set its own; left out: from nothing, and up to the plan's. */
  readonly leastLimit?: string;
  readonly mostLimit?: string;
  /** `limit` and amounts of thresholds are without tax, while prices are with it: so many per cent are added. */
  readonly plusTaxPercent?: string;
  readonly mayAgree: boolean;
  readonly thresholds: readonly ThresholdDefinition[];
  readonly status: string;
}

/** At most one of block, slowTo, redirectTo and buy. */
export interface ThresholdDefinition {
  readonly id: string;
  /** `80 %` or an amount. */
  readonly at: string;
  readonly notify?: string;
  readonly status?: string;
  readonly block?: boolean;
  readonly slowTo?: string;
  readonly redirectTo?: string;
  readonly buy?: string;
}

/** All plans and what they are made of. */
export interface CatalogDefinition {
  readonly plans: readonly PlanDefinition[];
  readonly allowances: readonly AllowanceDefinition[];
  readonly addOns: readonly AddOnDefinition[];
}
