/** A partner's invoice beside what we expect: by agreement and days, its tax, its day of payment. */
import { type Agreement, settlementOf } from '#core/agreements/agreements.ts';
import { smallestUnitNanos } from '#core/invoicing/draft-invoice.ts';
import { parseDecimal } from '#core/money/decimal.ts';
import { conversionText } from '#core/money/exchange.ts';
import type { LegalEntity } from '#core/parties/parties.ts';
import { RefusedError, type Result, refuse } from '#core/refusals.ts';
import type { BookedRate } from '#core/settlement/partner-invoices/booking.ts';
import { cutStatements, type Expected, expectedOf } from '#core/settlement/partner-invoices/clearing.ts';
import { type Cover, coversOf, type PartnerInvoice } from '#core/settlement/partner-invoices/partner-invoice.ts';
import { type BookedTaxes, bookedTaxes } from '#core/settlement/partner-invoices/stated-tax.ts';
import { lastDay } from '#core/settlement/statement-period.ts';
import type { TaxAnswer } from '#core/tax/tax.ts';
import { taxPartyOf, taxPartyOfEntity } from '#core/tax/tax-party.ts';
import type { ExchangeRates } from '../exchange/ports.ts';
import { dueDayOf, type Taxing } from '../periods/settle-statements.ts';
import type { AgreementTerms } from '../settlement/books.ts';
import type { PartnerInvoiceBooks } from './ports.ts';

export interface AssessedCover {
  readonly cover: Cover;
  /** Its days are all closed. */
  readonly isClosed: boolean;
  readonly expected: readonly Expected[];
  /** Statements that lie only in part within its days. */
  readonly cut: readonly string[];
  /** In the invoice's currency; undefined where it is expected in another one, or nothing is closed. */
  readonly expectedNanos?: bigint;
  /** No more off than the agreement's tolerance, or than rounding makes. */
  readonly fits: boolean;
}

export interface Assessment {
  readonly covers: readonly AssessedCover[];
  /** What is expected of all of it; undefined where that cannot be said. */
  readonly expectedNanos?: bigint;
  readonly tax: Result<TaxAnswer>;
  /** By the agreement's terms. */
  readonly agreedDueDay?: string;
}

export interface Assessing {
  readonly books: PartnerInvoiceBooks;
  readonly terms: ReadonlyMap<string, AgreementTerms>;
  readonly tax: Taxing;
}

export async function assessInvoice({ books, terms, tax }: Assessing, invoice: PartnerInvoice): Promise<Assessment> {
  const covers = coversOf(invoice);
  const all = await books.expected(covers);
  const assessed: AssessedCover[] = [];
  for (const cover of covers) {
    const closedUntil = await books.closedUntil(cover.agreement);
    const isClosed = closedUntil !== undefined && closedUntil >= cover.period.to;
    const expected = expectedOf(cover, invoice, all);
    const known = isClosed && expected.every(({ currency }) => currency === invoice.currency);
    const sum = expected.reduce((total, { openNanos }) => total + openNanos, 0n);
    assessed.push({
      ...{ cover, isClosed, expected, cut: cutStatements(cover, expected) },
      ...(known ? { expectedNanos: sum } : {}),
      fits: known && isWithin(cover.netNanos, sum, invoice.currency, versionOf(terms, cover)),
    });
  }
  const sums = assessed.map(({ expectedNanos }) => expectedNanos);
  const [first] = covers;
  const version = first === undefined ? undefined : versionOf(terms, first);
  return {
    covers: assessed,
    ...(sums.includes(undefined) ? {} : { expectedNanos: sums.reduce<bigint>((total, nanos) => total + (nanos ?? 0n), 0n) }),
    tax: await taxOf(invoice, terms, tax),
    ...(version === undefined || first === undefined ? {} : { agreedDueDay: agreedDueDay(version, terms, first, invoice) }),
  };
}

/** By the tolerance of the agreement; without one, by half of the smallest unit a statement, which rounding may make. */
function isWithin(netNanos: bigint, expectedNanos: bigint, currency: string, version: Agreement | undefined): boolean {
  const off = netNanos < expectedNanos ? expectedNanos - netNanos : netNanos - expectedNanos;
  if (off <= smallestUnitNanos(currency)) return true;
  const { amount, percent } = (version === undefined ? undefined : settlementOf(version).tolerance) ?? {};
  const [most, share] = [parseDecimal(amount ?? '0'), parseDecimal(percent ?? '0')];
  const magnitude = expectedNanos < 0n ? -expectedNanos : expectedNanos;
  return (
    (most !== undefined && off * 10n ** BigInt(most.scale) <= most.units * 1_000_000_000n) ||
    (share !== undefined && off * 100n * 10n ** BigInt(share.scale) <= magnitude * share.units)
  );
}

/** Terms at the end of its days, as far as they are known. */
export function versionOf(terms: ReadonlyMap<string, AgreementTerms>, { agreement, period }: Cover): Agreement | undefined {
  const known = terms.get(agreement)?.known ?? [];
  return known.findLast(({ validFrom }) => validFrom < period.to) ?? known[0];
}

function agreedDueDay(
  version: Agreement,
  terms: ReadonlyMap<string, AgreementTerms>,
  cover: Cover,
  { issueDay, account }: PartnerInvoice,
): string {
  const { dueFrom, paymentTermsDays } = settlementOf(version);
  const ofAccount = terms.get(cover.agreement)?.accounts.get(account)?.paymentTermsDays;
  return dueDayOf(dueFrom, paymentTermsDays ?? ofAccount ?? 30, issueDay, lastDay(cover.period));
}

/** They sell, we buy; self-billed by them the other way round, and what the buyer does with tax is not ours. */
async function taxOf(invoice: PartnerInvoice, terms: ReadonlyMap<string, AgreementTerms>, tax: Taxing): Promise<Result<TaxAnswer>> {
  const [known] = terms.values();
  const party = known?.parties.get(invoice.party);
  const entity = known?.entities.get(invoice.legalEntity);
  if (party === undefined || entity === undefined) throw new Error(`${invoice.party} or ${invoice.legalEntity} is not configured`);
  const them = taxPartyOf(party, tax.certificatesOf(party.id));
  if (!them.ok) return them;
  const us = taxPartyOfEntity(entity, tax.certificatesOf(entity.id));
  const [seller, buyer] = invoice.side === 'payable' ? [them.value, us] : [us, them.value];
  const answer = await tax.port.answer({
    ...{ seller, buyer },
    taxDay: invoice.lines.map(({ period }) => lastDay(period)).toSorted()[invoice.lines.length - 1] ?? invoice.issueDay,
    currency: invoice.currency,
    lines: invoice.lines.map(({ number, service, netNanos }) => ({ line: number, service: service ?? ('fee' as const), netNanos })),
  });
  if (!answer.ok || invoice.side === 'payable') return answer;
  const taxes = answer.value.taxes.map(({ selfAssessed: _, ...each }) => each);
  return { ok: true, value: { ...answer.value, taxes, withholding: [] } };
}

/**
 * Tax by which it is booked. Where our rules refuse to answer (a party without a country, a rule with a gap) only tax as it is invoiced can
 * be booked. Refused: `partner-invoice.tax-differs`, and what tax refuses.
 */
export function taxesToBook(invoice: PartnerInvoice, { tax }: Pick<Assessment, 'tax'>, asInvoiced: boolean): Result<BookedTaxes> {
  if (tax.ok) return bookedTaxes(invoice, tax.value, smallestUnitNanos(invoice.currency), asInvoiced);
  if (!asInvoiced) return tax;
  return bookedTaxes(invoice, { taxes: [], taxNanos: 0n, lines: [], withholding: [] }, smallestUnitNanos(invoice.currency), true);
}

/** Of the day of acceptance, for all that follows of the document. Undefined where nothing is converted. */
export async function acceptanceRate(
  rates: ExchangeRates,
  { currency, legalEntity }: PartnerInvoice,
  to: string,
  day: string,
): Promise<BookedRate | undefined> {
  if (currency === to) return undefined;
  const found = await rates.rateOn(currency, to, day, await rates.policyOf(legalEntity));
  if (!found.ok) throw new RefusedError(...found.refusals);
  const { factor, source, day: of } = found.value;
  return { ...factor, currency: to, said: { currency, rate: conversionText(found.value), source, day: of } };
}

/** The legal entity wants two persons for what is booked by hand. */
export function wantsTwo(entity: LegalEntity | undefined): boolean {
  return entity?.ledger?.fourEyes === true;
}

export function unknownAgreement(id: string) {
  return refuse('statement.agreement-unknown', `there is no agreement ${JSON.stringify(id)}`, { field: 'agreement', value: id });
}
