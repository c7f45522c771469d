/** Invoices written by hand: fees, one-off lines, debit notes; from YAML or JSON, with the line of every fault. */
import { wholeAmounts } from '#core/invoicing/draft-invoice.ts';
import { type InvoiceLine, invoiceLineKinds } from '#core/invoicing/invoice.ts';
import { type Decimal, unitsAtScale } from '#core/money/decimal.ts';
import { divideRounded } from '#core/money/rounding.ts';
import type { InvoiceKind } from '#core/parties/invoicing-terms.ts';
import { type Result, refuse } from '#core/refusals.ts';
import { parseStatementPeriod, type StatementPeriod } from '#core/settlement/statement-period.ts';
import { services } from '#core/usage/usage-event.ts';
import { readYaml } from '../configuration/read-yaml.ts';
import { Reading } from '../configuration/reading.ts';
import type { ReferenceData } from '../configuration/reference-data.ts';
import { amount, currency, identifier, localDate, text } from '../configuration/scalar-shapes.ts';
import { changed, listOf, oneOf, optional, record, required, type Values } from '../configuration/shapes.ts';

const period = changed(text, (value, tree, field, reading): StatementPeriod | undefined => {
  const read = parseStatementPeriod(value);
  return read.ok ? read.value : reading.fault('configuration.value-wrong', `${field} is no period such as 2026-10`, tree, field, value);
});

const lineFields = {
  description: required(text, 'What a person reads.', 'Port fee, November 2026'),
  kind: optional(oneOf(invoiceLineKinds), 'Left out: `fee`.', 'other'),
  service: optional(oneOf(services), 'Which revenue it is, and how it is taxed.', 'voice'),
  quantity: optional(amount, 'Left out: 1.', '2'),
  unit: optional(text, 'UN/ECE Recommendation 20. Left out: C62, pieces.', 'MON'),
  price: required(amount, 'For one unit, without tax; below zero for what is given back.', '250.00'),
};

const manual = record('invoice', {
  key: optional(text, 'What it is made for, once in a legal entity. Left out: the name of the file.', 'port-fee-2026-11'),
  kind: optional(oneOf(['invoice', 'debit-note', 'self-billing']), 'Left out: `invoice`.', 'debit-note'),
  account: required(identifier, 'Whom it is for.', 'northwind-usd'),
  currency: optional(currency, 'Left out: that of the account.', 'EUR'),
  taxDay: optional(localDate, 'Day of supply. Left out: the last day of the period, else the day of issue.', '2026-11-01'),
  dueDay: optional(localDate, 'Left out: by the account’s payment terms.', '2026-12-01'),
  period: optional(period, 'What it is for.', '2026-11'),
  corrects: optional(text, 'Debit notes: the number of the document that they correct.', 'INV-2026-000017'),
  reason: optional(text, 'With `corrects`: why.', 'A fee was left out.'),
  notes: optional(listOf(text, { lone: true }), 'What else it says.', '[Ordered by M. Glöckner]'),
  lines: required(listOf(record('line', lineFields)), 'At least one.', '[{description: Port fee, price: 250.00}]'),
});

export interface ManualInvoice {
  readonly key: string;
  readonly kind: Exclude<InvoiceKind, 'credit-note' | 'self-billing-credit'>;
  readonly account: string;
  readonly currency?: string;
  readonly taxDay?: string;
  readonly dueDay?: string;
  readonly period?: StatementPeriod;
  readonly corrects?: { readonly number: string; readonly reason: string };
  readonly notes: readonly string[];
  readonly lines: readonly ManualLine[];
}

export type ManualLine = Values<typeof lineFields>;

/** Reads a file: one invoice, or several as YAML documents. Refuses it as a whole, with every fault by line. */
export function readManualInvoices(file: string, content: string, reference: ReferenceData): Result<readonly ManualInvoice[]> {
  const reading = new Reading(reference);
  const trees = readYaml(file, content, reading);
  const stem = file.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '');
  const invoices = trees.flatMap((tree, index): ManualInvoice[] => {
    const read = manual.read(tree, '', reading);
    if (read === undefined) return [];
    const { key, kind, corrects, reason, notes, lines, ...rest } = read;
    const place = { file: tree.file, line: tree.line };
    if (lines.length === 0) reading.add([refuse('invoice.empty', 'it has no lines', { ...place, field: 'lines' })]);
    if (corrects !== undefined && reason === undefined)
      reading.add([refuse('invoice.reason-missing', `why is ${corrects} corrected?`, { ...place, field: 'reason' })]);
    return [
      {
        ...rest,
        key: key ?? (trees.length === 1 ? stem : `${stem}#${index + 1}`),
        kind: kind ?? 'invoice',
        notes: notes ?? [],
        lines,
        ...(corrects === undefined ? {} : { corrects: { number: corrects, reason: reason ?? '' } }),
      },
    ];
  });
  if (reading.faults.length === 0 && trees.length === 0) reading.fault('invoice.empty', 'the file says nothing', { file, line: 1 });
  return reading.faults.length > 0 ? { ok: false, refusals: reading.faults } : { ok: true, value: invoices };
}

/** Quantity × price, exact to nanos (half-even), and whole in the smallest unit so that the lines add up to their exact sum. */
export function manualLines(invoice: ManualInvoice, documentCurrency: string): InvoiceLine[] {
  const one: Decimal = { units: 1n, scale: 0 };
  const exact = invoice.lines.map(({ quantity = one, price }) => nanosOf(quantity, price));
  const nets = wholeAmounts(exact, documentCurrency);
  return invoice.lines.map(({ description, kind, service, quantity, unit, price }, index): InvoiceLine => {
    const negative = price.units < 0n;
    const amountOf = quantity ?? one;
    return {
      number: index + 1,
      kind: kind ?? 'fee',
      ...(service === undefined ? {} : { service }),
      description,
      // A price is never negative (EN 16931 BR-27), so the quantity is.
      quantity: negative ? { ...amountOf, units: -amountOf.units } : amountOf,
      unit: unit ?? 'C62',
      priceQuantity: one,
      unitPrice: negative ? { ...price, units: -price.units } : price,
      netNanos: nets[index] ?? 0n,
      exactNanos: exact[index] ?? 0n,
      ...(invoice.period === undefined ? {} : { period: { from: invoice.period.from, to: invoice.period.to } }),
    };
  });
}

function nanosOf(quantity: Decimal, price: Decimal): bigint {
  const scale = quantity.scale + price.scale;
  const units = quantity.units * price.units;
  return scale <= 9 ? unitsAtScale({ units, scale }, 9) : divideRounded(units, 10n ** BigInt(scale - 9), 'half-even');
}
