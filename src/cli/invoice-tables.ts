/** Documents on the terminal. */
import type { ListedInvoice, ShownInvoice, VerifiedInvoices } from '#app/invoicing/look-up.ts';
import type { InvoiceContent } from '#core/invoicing/invoice.ts';
import { formatDecimal, trimDecimal } from '#core/money/decimal.ts';
import { divideRounded } from '#core/money/rounding.ts';
import { money } from './ledger-tables.ts';
import { formatPairs, formatTable, type TableRow } from './table.ts';

const right = 'right' as const;

export function printInvoices(invoices: readonly ListedInvoice[]): string {
  if (invoices.length === 0) return 'No documents.\n';
  const rows = invoices.map((each) => [
    ...[each.number, each.kind, each.account, each.issueDay, each.dueDay],
    ...[money(each.netNanos, each.currency), money(each.taxNanos, each.currency), money(each.totalNanos, each.currency), each.currency],
  ]);
  // Who copies a number or a day needs all of it: two that are cut look the same.
  const columns = ['Number', 'Kind', 'Account', 'Issued', 'Due'].map((title) => ({
    title,
    ...(title === 'Kind' || title === 'Account' ? {} : { cut: 'never' as const }),
  }));
  return `${formatTable([...columns, ...['Net', 'Tax', 'Total'].map((title) => ({ title, align: right })), { title: '' }], rows)}\n`;
}

export interface ListedDraft {
  readonly draftId: bigint;
  readonly key: string;
  readonly content: InvoiceContent;
  readonly madeBy: string;
}

export function printDrafts(drafts: readonly ListedDraft[]): string {
  if (drafts.length === 0) return 'No open drafts.\n';
  const rows = drafts.map(({ draftId, key, content, madeBy }) => [
    ...[
      String(draftId),
      key,
      content.kind,
      content.account,
      content.issueDay,
      money(content.totalNanos, content.currency),
      content.currency,
    ],
    madeBy,
  ]);
  const columns = [{ title: 'Draft', align: right }, { title: 'Key' }, { title: 'Kind' }, { title: 'Account' }, { title: 'Dated' }];
  return `${formatTable([...columns, { title: 'Total', align: right }, { title: '' }, { title: 'By' }], rows)}\n`;
}

export function printInvoice({ invoice, corrections, leftNanos }: ShownInvoice): string {
  const changed = corrections.length > 0;
  const pairs: readonly (readonly [string, string])[] = [
    ['Number', `${invoice.number}, ${invoice.kind}`],
    ['SHA-256', invoice.sha256],
    ...(changed ? [['Corrected by', corrections.join(', ')] as const] : []),
    ...contentPairs(invoice),
  ];
  return `${formatPairs(pairs)}\n\n${linesTable(invoice, changed ? leftNanos : undefined)}\n`;
}

export function printDraft({ draftId, key, content }: ListedDraft): string {
  return `${formatPairs([['Draft', `${draftId}, ${content.kind}`], ['Key', key], ...contentPairs(content)])}\n\n${linesTable(content, undefined)}\n`;
}

function contentPairs(content: InvoiceContent): (readonly [string, string])[] {
  const { legalEntity, party, account, issueDay, dueDay, taxDay, statement, corrects, exchange, conversions, notes } = content;
  return [
    ['Legal entity', legalEntity],
    ['To', `${party}, account ${account}`],
    ['Issued', `${issueDay}, due ${dueDay}, tax of ${taxDay}`],
    ...(statement === undefined ? [] : [['Statement', statement.id] as const]),
    ...(corrects === undefined ? [] : [['Corrects', `${corrects.number}: ${corrects.reason}`] as const]),
    ...(conversions ?? []).map(({ currency: of, rate, source, day, made }): [string, string] => [
      'Charges in',
      `${of}: 1 ${of} = ${formatDecimal(rate)} ${content.currency}${made === undefined ? '' : ` (${made})`}, ${source}, ${day}`,
    ]),
    ...(exchange === undefined
      ? []
      : [
          [
            'Exchange',
            `1 ${content.currency} = ${formatDecimal(exchange.rate)} ${exchange.currency}, ${exchange.source}, ${exchange.day}`,
          ] as const,
        ]),
    ...notes.map((note) => ['Note', note] as const),
  ];
}

function linesTable(content: InvoiceContent, left: ReadonlyMap<number, bigint> | undefined): string {
  const { currency, lines, taxes, netNanos, totalNanos } = content;
  const pad = left === undefined ? [] : [''];
  const rows: TableRow[] = [
    ...lines.map((line) => [
      ...[String(line.number), line.description, quantity(line), line.unitPrice === undefined ? '' : formatDecimal(line.unitPrice)],
      money(line.netNanos, currency),
      ...(left === undefined ? [] : [money(left.get(line.number) ?? 0n, currency)]),
    ]),
    'rule',
    ['', 'Net', '', '', money(netNanos, currency), ...pad],
    ...taxes.map((tax) => ['', `${tax.name} ${tax.percent} % (${tax.rule})`, '', '', money(tax.taxNanos, currency), ...pad]),
    ['', `Total ${currency}`, '', '', money(totalNanos, currency), ...pad],
  ];
  const figures = ['Quantity', 'Price', 'Amount', ...(left === undefined ? [] : ['Left'])];
  return formatTable([{ title: '#', align: right }, { title: 'Description' }, ...figures.map((title) => ({ title, align: right }))], rows);
}

/** In the unit of the price; minutes and volumes rounded for showing. */
function quantity({ quantity: exact, unit, priceQuantity }: InvoiceContent['lines'][number]): string {
  if (unit === 'C62' || priceQuantity.units === 1n) return formatDecimal(trimDecimal(exact));
  const units = divideRounded(exact.units * 1000n, priceQuantity.units * 10n ** BigInt(exact.scale), 'half-up');
  return formatDecimal({ units, scale: 3 });
}

export function printVerified({ documents, series, findings }: VerifiedInvoices): string {
  const told = `${documents} documents in ${series} rows of numbers`;
  if (findings.length === 0) return `${told}: every text is as it was issued, and no number is missing\n`;
  const rows = findings.map(({ legalEntity, what, message }) => [legalEntity, what, message]);
  return `${told}, ${findings.length} findings\n${formatTable([{ title: 'Legal entity' }, { title: 'Document', cut: 'never' }, { title: 'Finding', cut: 'never' }], rows)}\n`;
}
