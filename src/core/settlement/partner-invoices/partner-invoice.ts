/**
 * An invoice or credit note that a partner wrote: what it asks for, of which agreements and days. One of side `receivable` is written in our
 * name about what the partner owes us (self-billing).
 */
import type { Side } from '../../agreements/agreements.ts';
import type { Period } from '../../time/period.ts';
import type { Service } from '../../usage/usage-event.ts';

export const partnerInvoiceKinds = ['invoice', 'credit-note'] as const;
export type PartnerInvoiceKind = (typeof partnerInvoiceKinds)[number];

/** As people and files name kind and side together: UNCL 1001 380, 381, 389, 261. */
export const partnerDocumentKinds = {
  invoice: { kind: 'invoice', side: 'payable' },
  'credit-note': { kind: 'credit-note', side: 'payable' },
  'self-billed-invoice': { kind: 'invoice', side: 'receivable' },
  'self-billed-credit-note': { kind: 'credit-note', side: 'receivable' },
} as const satisfies Record<string, { readonly kind: PartnerInvoiceKind; readonly side: Side }>;
export type PartnerDocumentKind = keyof typeof partnerDocumentKinds;

export function documentKindOf({ kind, side }: Pick<PartnerInvoice, 'kind' | 'side'>): PartnerDocumentKind {
  return side === 'payable' ? kind : `self-billed-${kind}`;
}

/** A line belongs to one agreement and one stretch of days. */
export interface PartnerInvoiceLine {
  /** From 1. */
  readonly number: number;
  readonly description: string;
  readonly agreement: string;
  readonly period: Period;
  /** Left out: it does not say. */
  readonly service?: Service;
  /** Without tax, in nanos; whole in the currency's smallest unit only in sum. Positive in a credit note, too. */
  readonly netNanos: bigint;
}

/** Tax as the document states it. */
export interface StatedTax {
  /** Per cent as written: `19`. Left out where it does not say. */
  readonly percent?: string;
  /** UNCL 5305, where it says. */
  readonly category?: string;
  readonly baseNanos?: bigint;
  readonly taxNanos: bigint;
}

/** All that it says; kept for ever as it was taken in. */
export interface PartnerInvoice {
  readonly kind: PartnerInvoiceKind;
  /** `payable`: they ask us; `receivable`: they wrote in our name what they owe us. */
  readonly side: Side;
  readonly legalEntity: string;
  readonly party: string;
  readonly account: string;
  /** Theirs. */
  readonly number: string;
  readonly issueDay: string;
  readonly dueDay: string;
  readonly currency: string;
  /** Credit notes: the invoice of theirs that it corrects. */
  readonly corrects?: string;
  readonly lines: readonly PartnerInvoiceLine[];
  readonly taxes: readonly StatedTax[];
  readonly netNanos: bigint;
  readonly taxNanos: bigint;
  readonly totalNanos: bigint;
}

/** What of it is of one agreement and stretch of days. */
export interface Cover {
  readonly agreement: string;
  readonly period: Period;
  readonly netNanos: bigint;
  /** Undefined: at least one line does not say of which service it is. */
  readonly services?: readonly Service[];
}

/** The agreements and days that it is about, in the order of its lines. */
export function coversOf({ lines }: Pick<PartnerInvoice, 'lines'>): readonly Cover[] {
  const groups = Map.groupBy(lines, ({ agreement, period }) => `${agreement}@${period.from}..${period.to}`);
  return [...groups.values()].flatMap((own): Cover[] => {
    const [first] = own;
    if (first === undefined) return [];
    const services = [...new Set(own.map(({ service }) => service))];
    return [
      {
        agreement: first.agreement,
        period: first.period,
        netNanos: own.reduce((sum, { netNanos }) => sum + netNanos, 0n),
        ...(services.includes(undefined) ? {} : { services: services.filter((each) => each !== undefined) }),
      },
    ];
  });
}

export type PartnerInvoiceStep =
  | { readonly kind: 'received'; readonly by: string; readonly day: string }
  /** By the first of two persons: the second books it as it is. */
  | { readonly kind: 'proposed'; readonly by: string; readonly day: string; readonly terms: AcceptanceTerms }
  | { readonly kind: 'accepted'; readonly by: string; readonly day: string; readonly terms: AcceptanceTerms }
  | { readonly kind: 'refused' | 'reversed'; readonly by: string; readonly day: string; readonly reason: string };

/** What a person decides when he accepts. */
export interface AcceptanceTerms {
  /** Also what is more than expected: nothing of it is contested now. */
  readonly whole: boolean;
  /** Only this net; the rest is contested. Left out: what is not contested already. */
  readonly undisputedNanos?: bigint;
  /** Self-billed by them: so much that it leaves out is claimed, and stays expected until that is settled. */
  readonly claimedNanos?: bigint;
  /** Of the dispute over the rest, or over what is claimed. */
  readonly reason?: string;
  /** Before the periods are closed: the close then takes back what it expects. */
  readonly beforeClose: boolean;
  /** More invoices of the same days and services will come: only so much of what is expected is taken back as this one asks for. */
  readonly moreToCome: boolean;
  /** Tax as it is invoiced, also where our rules say otherwise. */
  readonly taxAsInvoiced: boolean;
}

export const partnerInvoiceStates = ['received', 'proposed', 'accepted', 'refused'] as const;
export type PartnerInvoiceState = (typeof partnerInvoiceStates)[number];

/** After a reversal it is as it was when it came. */
export function stateOf(steps: readonly Pick<PartnerInvoiceStep, 'kind'>[]): PartnerInvoiceState {
  const last = steps.at(-1)?.kind ?? 'received';
  return last === 'reversed' ? 'received' : last;
}

/**
 * Under what it is booked: `northwind/4711`, and `northwind/4711/2` when it was taken back and accepted again; `northwind/4711/v2` is the
 * number with the figures that came after the first were refused.
 */
export function acceptanceReference(
  { invoice: { party, number }, version }: { readonly invoice: Pick<PartnerInvoice, 'party' | 'number'>; readonly version: number },
  acceptance: number,
): string {
  return [party, number, ...(version === 1 ? [] : [`v${version}`]), ...(acceptance === 1 ? [] : [acceptance])].join('/');
}
