/**
 * Retail plans as configuration says them. Plain data: money as text, units as whole numbers.
 */
import type { Agreement } from '../agreements/agreements.ts';
import type { FinalUnit } from '../charging/answer.ts';
import type { Rounding } from '../money/rounding.ts';
import type { Service } from '../usage/usage-event.ts';

export const allowanceUnits = ['money', 'seconds', 'bytes', 'messages', 'events'] as const;
export type AllowanceUnit = (typeof allowanceUnits)[number];

export const calendarPeriods = ['day', 'week', 'month', 'quarter', 'year'] as const;

/** A calendar period in the plan's zone, or so many times 24 hours: `month`, `30`. */
export type PeriodDefinition = (typeof calendarPeriods)[number] | number;

/** What something is for. What is left out does not matter. */
export interface ScopeDefinition {
  readonly services?: readonly Service[];
  /** Called numbers that begin with one of these, and not with one of `except`. */
  readonly destinations?: readonly string[];
  readonly except?: readonly string[];
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
  /** Ids. */
  readonly allowances: readonly string[];
  readonly controls: readonly ControlDefinition[];
  /** Of the account's own money. */
  readonly thresholds: readonly ThresholdDefinition[];
  /** As written: `50.00`. */
  readonly creditLimit?: string;
  readonly fee?: { readonly amount: string; readonly every: PeriodDefinition };
  readonly supervisionSeconds: number;
}

export interface PlanServiceDefinition {
  readonly service: Service;
  readonly when?: ScopeDefinition;
  /** Left out: it costs nothing and is not controlled. */
  readonly tariff?: string;
  readonly freeGroups: readonly string[];
  /** Seconds, bytes or events; left out: what is usual for the service. */
  readonly usualGrant?: number;
  readonly mostGrant?: number;
  readonly leastGrant?: number;
  readonly validitySeconds: number;
  readonly holdingSeconds?: number;
  readonly thresholdPercent: number;
  readonly finalUnit: FinalUnit;
}

export interface AllowanceDefinition {
  readonly id: string;
  readonly name: string;
  readonly unit: AllowanceUnit;
  /** Money as written, others in whole units. */
  readonly amount: string;
  readonly scope?: ScopeDefinition;
  readonly priority: number;
  readonly period?: PeriodDefinition;
  readonly rollover?: { readonly most: string; readonly times: number };
  readonly thresholds: readonly ThresholdDefinition[];
  readonly converts: readonly { readonly to: string; readonly from: string; readonly into: string }[];
}

export interface AddOnDefinition {
  readonly id: string;
  readonly name: string;
  readonly price: string;
  readonly currency: string;
  readonly allowances: readonly string[];
  readonly renews?: PeriodDefinition;
}

export interface ControlDefinition {
  readonly id: string;
  readonly name: string;
  readonly measure: AllowanceUnit;
  readonly scope?: ScopeDefinition;
  readonly period: PeriodDefinition;
  readonly limit?: string;
  readonly mayAgree: boolean;
  readonly thresholds: readonly ThresholdDefinition[];
  readonly status: string;
}

/** `percent` or `amount`: of what was filled or of the limit, or in the unit itself. */
export interface ThresholdDefinition {
  readonly id: string;
  readonly percent?: number;
  readonly amount?: string;
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
