/** Sides of recorded statements become documents, expected documents, or are carried forward; and their postings. */
import { type Agreement, type Side, settlementOf } from '#core/agreements/agreements.ts';
import { type BillableLine, draftInvoice, invoiceLinesOf, statedRate } from '#core/invoicing/draft-invoice.ts';
import type { InvoiceLine } from '#core/invoicing/invoice.ts';
import { ledgerAccountOf } from '#core/invoicing/invoice-postings.ts';
import type { LedgerEntry, Posting } from '#core/ledger/entry.ts';
import { NANO_DECIMALS } from '#core/money/amount.ts';
import { decimal } from '#core/money/decimal.ts';
import type { Conversion } from '#core/money/exchange.ts';
import type { LegalEntity, Party } from '#core/parties/parties.ts';
import type { Refusal, Result } from '#core/refusals.ts';
import type { StatementLine } from '#core/settlement/statement.ts';
import { lastDay } from '#core/settlement/statement-period.ts';
import type { ExemptionCertificate } from '#core/tax/tax.ts';
import { taxPartyOf, taxPartyOfEntity } from '#core/tax/tax-party.ts';
import { addDays } from '#core/time/days.ts';
import { type Period, periodOf } from '#core/time/period.ts';
import type { ExchangeRates } from '../exchange/ports.ts';
import type { InvoiceDraft } from '../invoicing/issue-invoice.ts';
import type { AgreementTerms } from '../settlement/books.ts';
import type { TaxPort } from '../tax/ports.ts';
import type { Carried, SideOutcome, StatedAmount } from './ports.ts';
import { taxedLines } from './taxed-lines.ts';

/** What of a recorded statement its documents are made of. */
export interface Settled {
  readonly id: string;
  readonly sha256: string;
  readonly period: Period;
  readonly lines: readonly StatementLine[];
  readonly amounts: readonly StatedAmount[];
  readonly version: Agreement;
  readonly terms: AgreementTerms;
  /** From earlier statements of the agreement. */
  readonly carried: readonly Carried[];
}

/** Who answers what tax is due, and which certificates of exemption a party or legal entity holds. */
export interface Taxing {
  readonly port: TaxPort;
  certificatesOf(id: string): readonly ExemptionCertificate[];
}

/** What documents are made with: tax, and rates where they are in another currency than the charges. */
export interface Documenting {
  readonly tax: Taxing;
  readonly rates: ExchangeRates;
}

export interface SidePlan {
  readonly side: Side;
  readonly currency: string;
  readonly outcome: SideOutcome['outcome'];
  readonly draft?: InvoiceDraft;
  readonly entry?: LedgerEntry;
  /** What was carried and is on it now. */
  readonly takes: readonly Carried[];
}

/** What becomes of each side, on the day of issue. Refused: what tax refuses, and a rate of exchange that is not there. */
export async function planSides(settled: Settled, documenting: Documenting, on: string, by: string): Promise<Result<readonly SidePlan[]>> {
  const plans: SidePlan[] = [];
  const faults: Refusal[] = [];
  for (const side of ['receivable', 'payable'] as const) {
    const owed = [...settled.amounts, ...settled.carried.flatMap(({ amounts }) => amounts)].filter((each) => each.side === side);
    for (const currency of new Set(owed.map((each) => each.currency))) {
      const plan = await planSide(settled, side, currency, documenting, on, by);
      if (plan.ok) plans.push(plan.value);
      else faults.push(...plan.refusals.filter(({ message }) => faults.every((fault) => fault.message !== message)));
    }
  }
  return faults.length > 0 ? { ok: false, refusals: faults } : { ok: true, value: plans };
}

/** `charged`: the currency of the charges. Documents, what is expected and `minimum` are in that of the settlement terms. */
async function planSide(
  settled: Settled,
  side: Side,
  charged: string,
  { tax, rates }: Documenting,
  on: string,
  by: string,
): Promise<Result<SidePlan>> {
  const { version, period } = settled;
  const terms = settlementOf(version);
  const currency = terms.currency ?? charged;
  const conversion = await conversionFor(settled, charged, currency, rates);
  if (!conversion.ok) return conversion;
  const takes = settled.carried.filter((each) => each.side === side && each.currency === charged);
  const all: readonly BillableLine[] = [...settled.lines.map(billable), ...takes.flatMap((each) => carriedLines(each, settled))];
  const lines = all.filter((line) => line.currency === charged);
  const drawn = invoiceLinesOf(lines, { side, currency, agreement: version.id, period, conversions: conversion.value });
  const exact = drawn.reduce((sum, line) => sum + line.exactNanos, 0n);
  const base = { side, currency: charged, takes: [] };
  if (drawn.every(({ exactNanos }) => exactNanos === 0n)) return done({ ...base, outcome: 'nothing', takes });
  if (terms.minimum !== undefined && magnitude(exact) < nanosOf(terms.minimum)) return done({ ...base, outcome: 'carried' });
  const of: SideOf = { side, charged, currency, lines: drawn, conversions: conversion.value };
  const ours = side === 'receivable' ? terms.receivableBy === 'us' : terms.payableBy === 'us';
  if (!ours) return done({ ...base, outcome: 'expected', entry: expectedEntry(settled, of, on, by), takes });
  const draft = await draftOf(settled, of, tax, on);
  return draft.ok ? done({ ...base, outcome: 'issued', draft: draft.value, takes }) : draft;
}

/** One side in one currency of charges, as lines in the currency of its document. */
interface SideOf {
  readonly side: Side;
  readonly charged: string;
  readonly currency: string;
  readonly lines: readonly InvoiceLine[];
  readonly conversions: readonly Conversion[];
}

/** By the rates that the agreement names, of the period's last day. None where nothing is converted. */
async function conversionFor(
  { version, terms, period }: Settled,
  from: string,
  to: string,
  rates: ExchangeRates,
): Promise<Result<readonly Conversion[]>> {
  if (from === to) return { ok: true, value: [] };
  const policy = await rates.policyOf(partiesOf(version, terms).entity.id, version.id);
  const found = await rates.rateOn(from, to, lastDay(period), policy);
  return found.ok ? { ok: true, value: [found.value] } : found;
}

function done(plan: SidePlan): Result<SidePlan> {
  return { ok: true, value: plan };
}

/** Fees are fees. What is paid because less was sent than promised stands on a document as a commitment; what other deals change, as an adjustment. */
function billable(line: StatementLine): BillableLine {
  if (line.service === 'fee') return { ...line, kind: 'fee' };
  const promised = line.deal === 'commitment' || line.deal === 'send-or-pay' || line.deal === 'minimum-revenue';
  return promised ? { ...line, kind: 'commitment' } : line;
}

/** One line a service of what an earlier statement came to. */
function carriedLines({ label, side, currency, amounts }: Carried, { version }: Settled): BillableLine[] {
  return amounts.flatMap(({ service, chargesNanos, adjustedNanos }, at): BillableLine[] => {
    const kind = service === 'fee' ? service : 'adjustment';
    const role = version.services.find((each) => each.service === service)?.role ?? (side === 'receivable' ? 'incoming' : 'outgoing');
    const about = { side, role, service, currency, destination: `carried forward from ${label}`, band: '', condition: '', unit: '' };
    return [{ number: at + 1, kind, ...about, billed: 0n, amountNanos: chargesNanos + adjustedNanos }];
  });
}

async function draftOf(
  { id, sha256, period, version, terms }: Settled,
  { side, charged, currency, lines, conversions }: SideOf,
  tax: Taxing,
  on: string,
): Promise<Result<InvoiceDraft>> {
  const { account, party, entity } = partiesOf(version, terms);
  const settlement = settlementOf(version);
  const them = taxPartyOf(party, tax.certificatesOf(party.id));
  if (!them.ok) return them;
  const us = taxPartyOfEntity(entity, tax.certificatesOf(entity.id));
  const [seller, buyer] = side === 'receivable' ? [us, them.value] : [them.value, us];
  const taxDay = lastDay(period);
  const rounding = entity.taxRounding === undefined ? {} : { rounding: { by: entity.taxRounding, mode: 'half-up' as const } };
  const taxed = await taxedLines(tax.port, { seller, buyer, taxDay, currency, ...rounding }, lines, settlement.withholdingBorneBy);
  if (!taxed.ok) return taxed;
  const dueDay = dueDayOf(settlement.dueFrom, settlement.paymentTermsDays ?? account.paymentTermsDays ?? 30, on, taxDay);
  const content = draftInvoice(
    {
      kind: side === 'receivable' ? 'invoice' : 'self-billing',
      ...{ legalEntity: entity.id, account: account.id, party: party.id, currency, issueDay: on, dueDay, taxDay, period },
      ...{ statement: { id, sha256 }, prepaidNanos: 0n, notes: [] },
      ...(conversions.length === 0 ? {} : { conversions: conversions.map(statedRate) }),
    },
    taxed.value.lines,
    taxed.value.answer,
  );
  const series = entity.invoicing?.series;
  return { ok: true, value: { key: `${id}/${side}/${charged}`, content, ...(series === undefined ? {} : { series }) } };
}

/** What they will invoice: cost that is not billed yet, or revenue that they bill to themselves. Stands until their document comes. */
function expectedEntry(settled: Settled, { side, charged, currency, lines }: SideOf, on: string, by: string): LedgerEntry {
  const { id, version, terms, period } = settled;
  const { account, party, entity } = partiesOf(version, terms);
  const agreement = version.id;
  const kinds = Map.groupBy(lines, (line) => `${ledgerAccountOf(line, side === 'payable')} ${line.service ?? ''}`);
  const postings = [...kinds.values()].flatMap((own): Posting[] => {
    const [first] = own;
    if (first === undefined) return [];
    const { service } = first;
    const ledgerAccount = ledgerAccountOf(first, side === 'payable');
    const nanos = own.reduce((sum, { exactNanos }) => sum + exactNanos, 0n);
    if (nanos === 0n) return [];
    const of = { agreement, currency, ...(service === undefined ? {} : { service }) };
    const statement = { ...of, account: account.id, document: id };
    return side === 'payable'
      ? [
          { ledgerAccount, ...of, amountNanos: nanos },
          { ledgerAccount: 'unbilled-payable', ...statement, amountNanos: -nanos },
        ]
      : [
          { ledgerAccount: 'unbilled-receivable', ...statement, amountNanos: nanos },
          { ledgerAccount, ...of, amountNanos: -nanos },
        ];
  });
  return {
    legalEntity: entity.id,
    day: on,
    cause: { kind: 'accrual', id: `${id}/${side}/${charged}` },
    description: `${party.name} will invoice ${period.from} to ${lastDay(period)} (${side}, ${agreement})`,
    by,
    postings,
  };
}

/** The receivable or payable of a document is due: days after the day that counts. */
export function dueDayOf(from: 'issue-day' | 'period-end' | 'end-of-month', days: number, issueDay: string, periodEnd: string): string {
  const start = from === 'issue-day' ? issueDay : from === 'period-end' ? periodEnd : addDays(periodOf('month', issueDay).to, -1);
  const due = addDays(start, days);
  return due < issueDay ? issueDay : due;
}

export function partiesOf(version: Agreement, { accounts, parties, entities }: AgreementTerms) {
  const account = accounts.get(version.account);
  const party = account === undefined ? undefined : parties.get(account.party);
  const entity = account === undefined ? undefined : entities.get(account.legalEntity);
  if (account === undefined || party === undefined || entity === undefined) throw new Error(`account ${version.account} is not configured`);
  return { account, party: party satisfies Party, entity: entity satisfies LegalEntity };
}

function nanosOf(amount: string): bigint {
  const { units, scale } = decimal(amount);
  return (units * 10n ** BigInt(NANO_DECIMALS)) / 10n ** BigInt(scale);
}

function magnitude(nanos: bigint): bigint {
  return nanos < 0n ? -nanos : nanos;
}
