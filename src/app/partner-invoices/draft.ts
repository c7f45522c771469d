/** What a file or a person says of a partner's invoice becomes an invoice: every line gets its agreement, its days and its service. */
import { legRoles, type Side, settlementOf } from '#core/agreements/agreements.ts';
import { smallestUnitNanos, wholeAmounts } from '#core/invoicing/draft-invoice.ts';
import { minorUnits } from '#core/money/currencies.ts';
import { parseDecimal } from '#core/money/decimal.ts';
import { divideRounded } from '#core/money/rounding.ts';
import { type Refusal, RefusedError, refuse } from '#core/refusals.ts';
import {
  type PartnerDocumentKind,
  type PartnerInvoice,
  type PartnerInvoiceLine,
  partnerDocumentKinds,
  type StatedTax,
} from '#core/settlement/partner-invoices/partner-invoice.ts';
import type { DeclaredLine, DeclaredStep } from '#core/settlement/reconciliation/declared.ts';
import { lastDay, parseStatementPeriod } from '#core/settlement/statement-period.ts';
import type { Period } from '#core/time/period.ts';
import { type Service, services } from '#core/usage/usage-event.ts';
import { unknownAgreement } from '#operations/partner-invoices/assess.ts';
import { dueDayOf } from '#operations/periods/settle-statements.ts';
import type { AgreementTerms } from '#operations/settlement/books.ts';

/** A line as it is said, with the figures by which it is compared. */
export interface SaidLine {
  readonly description: string;
  readonly agreement?: string;
  readonly service?: string;
  /** As written, `2026-10`; or days. */
  readonly period?: string | Period;
  readonly netNanos: bigint;
  readonly figures: DeclaredLine;
}

export interface SaidInvoice {
  readonly source: string;
  readonly kind?: PartnerDocumentKind;
  readonly number?: string;
  readonly issueDay?: string;
  readonly dueDay?: string;
  readonly currency?: string;
  readonly corrects?: string;
  readonly agreement?: string;
  readonly period?: Period;
  readonly lines: readonly SaidLine[];
  readonly taxes?: readonly StatedTax[];
  readonly netNanos?: bigint;
  readonly totalNanos?: bigint;
  readonly sellerTaxId?: string;
  readonly buyerTaxId?: string;
  readonly step: DeclaredStep;
}

/** What the person says besides: for lines that say nothing, and in place of what the file says of the document. */
export interface GivenInvoice {
  readonly agreement?: string;
  readonly period?: Period;
  readonly service?: string;
  readonly kind?: PartnerDocumentKind;
  readonly number?: string;
  readonly dated?: string;
  readonly due?: string;
  /** `23%` of the net, or an amount. */
  readonly tax?: string;
  readonly currency?: string;
  readonly corrects?: string;
}

export interface DraftedInvoice {
  readonly invoice: PartnerInvoice;
  /** Of each line of the invoice, in its order. */
  readonly figures: readonly DeclaredLine[];
  readonly step: DeclaredStep;
}

type Terms = ReadonlyMap<string, AgreementTerms>;

/** Throws RefusedError: `partner-invoice.faulty`, `.line-unplaced`, `.party-differs`, `statement.agreement-unknown`, `statement.period-malformed`. */
export function draftOf(said: SaidInvoice, given: GivenInvoice, terms: Terms): DraftedInvoice {
  const refusals: Refusal[] = [];
  const { kind, side } = partnerDocumentKinds[given.kind ?? said.kind ?? 'invoice'];
  const placed = said.lines.flatMap((line, at) => placeLine({ line, at, side }, said, given, terms, refusals));
  if (refusals.length > 0) throw new RefusedError(...refusals.slice(0, 20));
  const first = placed[0];
  if (first === undefined) throw faulty('it has no lines', 'lines', said.source);
  const own = terms.get(first.agreement);
  const version = own?.known.at(-1);
  const account = version === undefined ? undefined : own?.accounts.get(version.account);
  if (own === undefined || version === undefined || account === undefined) throw new RefusedError(unknownAgreement(first.agreement));
  const others = new Set(placed.map(({ agreement }) => terms.get(agreement)?.known.at(-1)?.account)).difference(new Set([account.id]));
  if (others.size > 0)
    throw new RefusedError(
      refuse(
        'partner-invoice.party-differs',
        `its lines are of the accounts ${[account.id, ...others].join(' and ')}: one invoice is of one account`,
      ),
    );
  checkTaxIds(side === 'payable' ? said : turned(said), own, account.party, account.legalEntity);
  const currency = (given.currency ?? said.currency ?? version.currency).toUpperCase();
  if (minorUnits(currency) === undefined) throw faulty('no currency of today', 'currency', currency);
  const issueDay = given.dated ?? said.issueDay;
  const number = (given.number ?? said.number ?? '').trim();
  if (number === '') throw faulty('give their number with --number', 'number', '');
  if (issueDay === undefined) throw faulty('give its date with --issued', 'issued', '');
  const netNanos =
    said.netNanos ??
    sumOf(
      wholeAmounts(
        placed.map((line) => line.netNanos),
        currency,
      ),
    );
  // Lines are written with more decimals than can be paid: they are made whole together, so that they add up to the net.
  const exact = sumOf(placed.map((line) => line.netNanos));
  const near = (exact < netNanos ? netNanos - exact : exact - netNanos) < smallestUnitNanos(currency) * BigInt(placed.length);
  const whole = wholeAmounts(
    placed.map((line) => line.netNanos),
    currency,
  );
  if (near && whole[0] !== undefined) whole[0] += netNanos - sumOf(whole);
  const taxes = given.tax === undefined ? (said.taxes ?? []) : taxOf(given.tax, netNanos, currency);
  const taxNanos = sumOf(taxes.map((tax) => tax.taxNanos));
  const corrects = given.corrects ?? said.corrects;
  const { dueFrom, paymentTermsDays } = settlementOf(version);
  const dueDay =
    given.due ??
    said.dueDay ??
    (kind === 'credit-note'
      ? issueDay
      : dueDayOf(dueFrom, paymentTermsDays ?? account.paymentTermsDays ?? 30, issueDay, lastDay(first.period)));
  return {
    invoice: {
      ...{ kind, side, legalEntity: account.legalEntity, party: account.party, account: account.id, number, issueDay, dueDay, currency },
      ...(corrects === undefined ? {} : { corrects }),
      lines: placed.map((line, at) => ({ ...line, netNanos: whole[at] ?? 0n })),
      taxes,
      ...{
        netNanos,
        taxNanos,
        totalNanos: said.totalNanos !== undefined && given.tax === undefined ? said.totalNanos : netNanos + taxNanos,
      },
    },
    figures: said.lines.map(({ figures }) => figures),
    step: said.step,
  };
}

function placeLine(
  { line, at, side }: { readonly line: SaidLine; readonly at: number; readonly side: Side },
  said: SaidInvoice,
  given: GivenInvoice,
  terms: Terms,
  refusals: Refusal[],
): PartnerInvoiceLine[] {
  const place = { file: said.source, line: line.figures.row };
  const agreement =
    line.agreement ?? given.agreement ?? (said.agreement !== undefined && terms.has(said.agreement) ? said.agreement : undefined);
  const version = agreement === undefined ? undefined : terms.get(agreement)?.known.at(-1);
  if (agreement === undefined || version === undefined) {
    refusals.push(
      agreement === undefined
        ? refuse('partner-invoice.line-unplaced', 'of which agreement? give --agreement', place)
        : { ...unknownAgreement(agreement), ...place },
    );
    return [];
  }
  let period: Period | undefined = typeof line.period === 'string' ? undefined : (line.period ?? given.period ?? said.period);
  if (typeof line.period === 'string') {
    const read = parseStatementPeriod(line.period);
    if (!read.ok) {
      refusals.push(...read.refusals.map((refusal) => ({ ...refusal, ...place })));
      return [];
    }
    period = { from: read.value.from, to: read.value.to };
  }
  if (period === undefined) {
    refusals.push(refuse('partner-invoice.line-unplaced', 'of which days? give --period', place));
    return [];
  }
  const name = line.service ?? given.service;
  const service = name === undefined ? onlyService(version.services, side) : services.find((each) => each === name.toLowerCase());
  if (name !== undefined && service === undefined) {
    refusals.push(
      refuse('partner-invoice.faulty', `expected one of ${services.join(', ')}`, { ...place, field: 'service', value: name.slice(0, 120) }),
    );
    return [];
  }
  const { from, to } = period;
  return [
    {
      ...{ number: at + 1, description: line.description, agreement, period: { from, to }, netNanos: line.netNanos },
      ...(service === undefined ? {} : { service }),
    },
  ];
}

/** An agreement under which one service only is owed says of which service a line is. */
function onlyService(all: readonly { readonly service: Service; readonly role: keyof typeof legRoles }[], side: Side): Service | undefined {
  const owed = new Set(all.filter(({ role }) => legRoles[role] === side).map(({ service }) => service));
  return owed.size === 1 ? [...owed][0] : undefined;
}

/** In a self-billed one we are the seller. */
function turned({ sellerTaxId, buyerTaxId, source }: SaidInvoice): TaxIds {
  return {
    source,
    ...(sellerTaxId === undefined ? {} : { buyerTaxId: sellerTaxId }),
    ...(buyerTaxId === undefined ? {} : { sellerTaxId: buyerTaxId }),
  };
}

type TaxIds = Pick<SaidInvoice, 'sellerTaxId' | 'buyerTaxId' | 'source'>;

/** An electronic invoice says whose it is and to whom: what contradicts the configuration is another's paper. */
function checkTaxIds(
  { sellerTaxId, buyerTaxId, source }: TaxIds,
  { parties, entities }: AgreementTerms,
  party: string,
  entity: string,
): void {
  const check = (said: string | undefined, known: ReturnType<typeof parties.get> | ReturnType<typeof entities.get>, role: string): void => {
    const ids = [known?.taxId, ...Object.values(known?.registrations ?? {})].flatMap((id) => (id === undefined ? [] : [plain(id)]));
    if (said === undefined || ids.length === 0 || ids.includes(plain(said))) return;
    const message = `the ${role} in the file has the number ${said}, ${known?.id ?? ''} has ${[known?.taxId, ...Object.values(known?.registrations ?? {})].filter((id) => id !== undefined).join(', ')}`;
    throw new RefusedError(refuse('partner-invoice.party-differs', message, { file: source, field: role, value: said.slice(0, 120) }));
  };
  check(sellerTaxId, parties.get(party), 'seller');
  check(buyerTaxId, entities.get(entity), 'buyer');
}

function plain(id: string): string {
  return id.replace(/[^A-Za-z0-9]/g, '').toUpperCase();
}

function taxOf(text: string, netNanos: bigint, currency: string): readonly StatedTax[] {
  const value = parseDecimal(text.replace(/\s*%$/, ''));
  if (value === undefined || value.units < 0n || value.scale > 9)
    throw faulty('expected a share of the net such as 23% or an amount such as 115.00', 'tax', text);
  const unit = smallestUnitNanos(currency);
  if (!text.endsWith('%')) return [{ taxNanos: value.units * 10n ** BigInt(9 - value.scale) }];
  const taxNanos = divideRounded(netNanos * value.units, 100n * 10n ** BigInt(value.scale) * unit, 'half-up') * unit;
  return [{ percent: text.replace(/\s*%$/, ''), baseNanos: netNanos, taxNanos }];
}

function sumOf(nanos: readonly bigint[]): bigint {
  return nanos.reduce((sum, each) => sum + each, 0n);
}

function faulty(message: string, field: string, value: string): RefusedError {
  return new RefusedError(refuse('partner-invoice.faulty', message, { field, value: value.slice(0, 120) }));
}
