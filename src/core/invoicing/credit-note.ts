/** Correcting an issued document: all of it or some of its lines, never more than is left of each. */
import { formatNanos } from '../money/amount.ts';
import { divideRounded } from '../money/rounding.ts';
import { type Refusal, type Result, refuse } from '../refusals.ts';
import type { TaxAmount } from '../tax/tax.ts';
import { smallestUnitNanos } from './draft-invoice.ts';
import type { Invoice, InvoiceContent, InvoiceKind, InvoiceLine } from './invoice.ts';

/** A line to give back, in whole (what is left of it) or so much of its net. */
export interface CreditedLine {
  readonly line: number;
  readonly netNanos?: bigint;
}

export interface CreditRequest {
  readonly reason: string;
  /** All that is left of every line when not given. */
  readonly lines?: readonly CreditedLine[];
  readonly issueDay: string;
  /** The credit notes of this document that were issued before. */
  readonly earlier: readonly InvoiceContent[];
}

const CREDITS: Partial<Readonly<Record<InvoiceKind, InvoiceKind>>> = {
  invoice: 'credit-note',
  'debit-note': 'credit-note',
  'self-billing': 'self-billing-credit',
};

/**
 * The credit note that corrects an invoice, debit note or self-billed invoice. Tax goes back by the share of each tax's base, so
 * that parts that make up the whole give back the whole tax. Refused: what corrects nothing that can be corrected, a line that is
 * not there, more than is left, an amount that is not whole in the smallest unit, no reason.
 */
export function creditNoteFor(invoice: Invoice, request: CreditRequest): Result<InvoiceContent> {
  const kind = CREDITS[invoice.kind];
  if (kind === undefined) return refused(refuse('invoice.not-creditable', `${invoice.number} is a ${words(invoice.kind)}`));
  if (request.reason.trim() === '') return refused(refuse('invoice.reason-missing', `why is ${invoice.number} corrected?`));
  if (request.issueDay < invoice.issueDay)
    return refused(
      refuse('invoice.credit-before', `${invoice.number} is dated ${invoice.issueDay}`, { field: 'dated', value: request.issueDay }),
    );
  const left = leftOf(invoice, request.earlier);
  const asked: readonly CreditedLine[] = request.lines ?? [...left].flatMap(([line, { netNanos }]) => (netNanos === 0n ? [] : [{ line }]));
  const refusals: Refusal[] = [];
  const lines: InvoiceLine[] = [];
  const seen = new Set<number>();
  for (const each of asked) {
    const line = creditLine(invoice, each, left, seen);
    if (line.ok) lines.push({ ...line.value, number: lines.length + 1 });
    else refusals.push(...line.refusals);
    seen.add(each.line);
  }
  if (refusals.length > 0) return { ok: false, refusals };
  if (lines.length === 0) return refused(refuse('invoice.nothing-left', `${invoice.number} was given back in full already`));
  const taxes = invoice.taxes.flatMap((tax) => shareOf(tax, lines, invoice, request.earlier, 'taxes'));
  const withholding = (invoice.withholding ?? []).flatMap((tax) => shareOf(tax, lines, invoice, request.earlier, 'withholding'));
  const netNanos = sum(lines.map((line) => line.netNanos));
  const taxNanos = sum(taxes.map((tax) => tax.taxNanos));
  const { statement: _, period, exchange, conversions, ...head } = identityOf(invoice);
  return {
    ok: true,
    value: {
      ...head,
      ...(period === undefined ? {} : { period }),
      // The rate of the document that it takes back, so that in the legal entity's currency it takes back the same.
      ...(exchange === undefined ? {} : { exchange }),
      ...(conversions === undefined ? {} : { conversions }),
      kind,
      issueDay: request.issueDay,
      dueDay: request.issueDay,
      lines,
      taxes,
      ...(withholding.length === 0 ? {} : { withholding }),
      netNanos,
      taxNanos,
      totalNanos: netNanos + taxNanos,
      prepaidNanos: 0n,
      corrects: { number: invoice.number, reason: request.reason.trim() },
      notes: [],
    },
  };
}

function identityOf(
  invoice: Invoice,
): Pick<InvoiceContent, 'legalEntity' | 'account' | 'party' | 'currency' | 'taxDay' | 'period' | 'statement' | 'exchange' | 'conversions'> {
  const { legalEntity, account, party, currency, taxDay, period, statement, exchange, conversions } = invoice;
  return {
    ...{ legalEntity, account, party, currency, taxDay },
    ...(period === undefined ? {} : { period }),
    ...(statement === undefined ? {} : { statement }),
    ...(exchange === undefined ? {} : { exchange }),
    ...(conversions === undefined ? {} : { conversions }),
  };
}

export interface LineLeft {
  readonly netNanos: bigint;
  readonly exactNanos: bigint;
}

/** What is left of each line after the credit notes that were issued. */
export function leftOf(invoice: Pick<Invoice, 'lines'>, earlier: readonly Pick<InvoiceContent, 'lines'>[]): ReadonlyMap<number, LineLeft> {
  const left = new Map(invoice.lines.map(({ number, netNanos, exactNanos }) => [number, { netNanos, exactNanos }]));
  for (const { creditsLine, netNanos, exactNanos } of earlier.flatMap(({ lines }) => lines)) {
    const before = creditsLine === undefined ? undefined : left.get(creditsLine);
    if (creditsLine !== undefined && before !== undefined)
      left.set(creditsLine, { netNanos: before.netNanos - netNanos, exactNanos: before.exactNanos - exactNanos });
  }
  return left;
}

/** What of a credit note is more than is left: checked again when it is issued, under a lock on the document that it corrects. */
export function creditFaults(invoice: Invoice, note: Pick<InvoiceContent, 'lines'>, earlier: readonly InvoiceContent[]): Refusal[] {
  const left = leftOf(invoice, earlier);
  return note.lines.flatMap(({ creditsLine, netNanos }) => {
    const rest = creditsLine === undefined ? undefined : left.get(creditsLine)?.netNanos;
    if (rest === undefined) return [refuse('invoice.line-unknown', `${invoice.number} has no line ${creditsLine ?? '(none named)'}`)];
    return isWithin(netNanos, rest) ? [] : [tooMuch(invoice, creditsLine ?? 0, netNanos, rest)];
  });
}

function creditLine(
  invoice: Invoice,
  asked: CreditedLine,
  left: ReadonlyMap<number, LineLeft>,
  seen: ReadonlySet<number>,
): Result<InvoiceLine> {
  const line = invoice.lines.find(({ number }) => number === asked.line);
  const rest = left.get(asked.line);
  const at = { field: 'line', value: String(asked.line) };
  if (line === undefined || rest === undefined)
    return refused(refuse('invoice.line-unknown', `${invoice.number} has ${invoice.lines.length} lines`, at));
  if (seen.has(asked.line)) return refused(refuse('invoice.line-unknown', `line ${asked.line} is named twice`, at));
  const netNanos = asked.netNanos ?? rest.netNanos;
  if (netNanos % smallestUnitNanos(invoice.currency) !== 0n)
    return refused(refuse('invoice.amount-not-whole', `${formatNanos(netNanos)} ${invoice.currency} is no amount that can be paid`, at));
  if (netNanos === 0n) return refused(refuse('invoice.nothing-left', `line ${asked.line} of ${invoice.number} was given back already`, at));
  if (!isWithin(netNanos, rest.netNanos)) return refused(tooMuch(invoice, asked.line, netNanos, rest.netNanos));
  const whole = netNanos === line.netNanos;
  const { unitPrice, formula, statementLine, original, quantity, ...same } = line;
  return {
    ok: true,
    value: {
      ...same,
      quantity: whole ? quantity : { units: 1n, scale: 0 },
      ...(whole ? (unitPrice === undefined ? {} : { unitPrice }) : { unit: 'C62', priceQuantity: { units: 1n, scale: 0 } }),
      ...(whole && formula !== undefined ? { formula } : {}),
      ...(whole && original !== undefined ? { original } : {}),
      netNanos,
      // The last part takes what rounding left, so that revenue comes back to zero.
      exactNanos: netNanos === rest.netNanos ? rest.exactNanos : netNanos,
      creditsLine: asked.line,
    },
  };
}

/** Between nothing and what is left, on its side of zero. */
function isWithin(nanos: bigint, rest: bigint): boolean {
  return rest >= 0n ? nanos > 0n && nanos <= rest : nanos < 0n && nanos >= rest;
}

function tooMuch({ number, currency }: Invoice, line: number, asked: bigint, rest: bigint): Refusal {
  const what = `${formatNanos(asked, 2)} ${currency} of line ${line} of ${number}`;
  const isOpposite = asked < 0n !== rest < 0n;
  const message = isOpposite
    ? `${what} is of the other sign than what is billed: give an amount ${rest < 0n ? 'below' : 'above'} zero`
    : `${what}, and ${formatNanos(rest, 2)} is left`;
  return refuse('invoice.credit-too-much', message, { field: 'line', value: String(line) });
}

/** The part of a tax that these lines bring back: the share of all given back so far, less what was given back before. */
function shareOf(
  tax: TaxAmount,
  lines: readonly InvoiceLine[],
  invoice: Invoice,
  earlier: readonly InvoiceContent[],
  where: 'taxes' | 'withholding',
): TaxAmount[] {
  const taxed = lines.filter(({ creditsLine }) => creditsLine !== undefined && tax.lines.includes(creditsLine));
  if (taxed.length === 0) return [];
  const baseNanos = sum(taxed.map((line) => line.netNanos));
  // India's two halves have the rule and the percentage in common: only their names tell them apart.
  const before = earlier
    .flatMap((note) => note[where] ?? [])
    .filter(
      (each) => each.rule === tax.rule && each.percent === tax.percent && each.name === tax.name && each.jurisdiction === tax.jurisdiction,
    );
  const baseSoFar = baseNanos + sum(before.map((each) => each.baseNanos));
  const unit = smallestUnitNanos(invoice.currency);
  const linesNanos = sum(invoice.lines.filter(({ number }) => tax.lines.includes(number)).map((line) => line.netNanos));
  /** Of an amount of the whole tax the part that belongs to all given back so far, less what was given back before. */
  const part = (wholeNanos: bigint, givenNanos: bigint): bigint => {
    const share = linesNanos === 0n ? 0n : divideRounded(abs(wholeNanos) * abs(baseSoFar), abs(linesNanos) * unit, 'half-up') * unit;
    const sign = (wholeNanos < 0n !== baseSoFar < 0n) !== linesNanos < 0n ? -1n : 1n;
    return sign * share - givenNanos;
  };
  const { selfAssessed, ...own } = tax;
  return [
    {
      ...{ ...own, lines: taxed.map(({ number }) => number), baseNanos },
      taxNanos: part(tax.taxNanos, sum(before.map((each) => each.taxNanos))),
      ...(selfAssessed === undefined
        ? {}
        : {
            selfAssessed: selfAssessed.map((each, at) => ({
              ...each,
              taxNanos: part(each.taxNanos, sum(before.map((note) => note.selfAssessed?.[at]?.taxNanos ?? 0n))),
            })),
          }),
    },
  ];
}

function abs(nanos: bigint): bigint {
  return nanos < 0n ? -nanos : nanos;
}

function sum(nanos: readonly bigint[]): bigint {
  return nanos.reduce((total, each) => total + each, 0n);
}

function words(kind: InvoiceKind): string {
  return kind.replaceAll('-', ' ');
}

function refused(refusal: Refusal): { readonly ok: false; readonly refusals: readonly Refusal[] } {
  return { ok: false, refusals: [refusal] };
}
