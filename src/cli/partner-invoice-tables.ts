/** Partners' invoices as tables and JSON. */

import type { CheckedInvoice, PartnerInvoiceFile } from '#app/partner-invoices/look-up.ts';
import type { ImportedInvoice } from '#app/partner-invoices/receive.ts';
import { formatNanos } from '#core/money/amount.ts';
import { minorUnits } from '#core/money/currencies.ts';
import { groupThousands } from '#core/money/grouping.ts';
import { coversOf, documentKindOf, stateOf } from '#core/settlement/partner-invoices/partner-invoice.ts';
import { causeWords } from '#core/settlement/reconciliation/causes.ts';
import { labelled } from '#core/settlement/settlement-periods.ts';
import type { Period } from '#core/time/period.ts';
import { printReconciliation } from './reconciliation-tables.ts';
import { formatPairs, formatTable } from './table.ts';

function money(nanos: bigint, currency: string): string {
  return groupThousands(formatNanos(nanos, minorUnits(currency) ?? 2));
}

function wordOf(invoice: PartnerInvoiceFile['invoice']): string {
  return {
    invoice: 'invoice',
    'credit-note': 'credit note',
    'self-billed-invoice': 'self-billed invoice',
    'self-billed-credit-note': 'self-billed credit note',
  }[documentKindOf(invoice)];
}

function label(period: Period): string {
  return labelled(period).label;
}

export function isOpen({ steps }: PartnerInvoiceFile): boolean {
  return stateOf(steps) === 'received' || stateOf(steps) === 'proposed';
}

export function printTaken({ id, isNew, invoice, columns }: ImportedInvoice): string {
  const { number, party, currency, netNanos, taxNanos, totalNanos, issueDay, dueDay, corrects } = invoice;
  const pairs: readonly (readonly [string, string])[] = [
    [wordOf(invoice), `${number} of ${party}, ${issueDay}, due ${dueDay}${corrects === undefined ? '' : `, corrects ${corrects}`}`],
    ...(columns.length === 0 ? [] : [['columns', columns.map(([header, field]) => `${header} → ${field}`).join(', ')] as const]),
    ...coversOf(invoice).map(
      ({ agreement, period, netNanos: net }) => ['of', `${agreement} ${label(period)}: ${money(net, currency)}`] as const,
    ),
    ['net', `${money(netNanos, currency)} ${currency}`],
    ['tax', `${money(taxNanos, currency)} ${currency}`],
    ['total', `${money(totalNanos, currency)} ${currency}`],
    ['taken in', id === undefined ? 'no: dry run' : `as ${id}${isNew ? '' : ', which was there already'}`],
  ];
  return `${formatPairs(pairs)}\n`;
}

export function printInvoices(all: readonly PartnerInvoiceFile[], asJson: boolean): string {
  if (asJson) return json(all.map(summary));
  if (all.length === 0) return 'nothing came\n';
  return `${formatTable(
    [
      { title: '#', align: 'right' },
      { title: 'party' },
      { title: 'their number', cut: 'never' },
      { title: 'dated', cut: 'never' },
      { title: 'due', cut: 'never' },
      { title: 'of' },
      { title: 'total', align: 'right' },
      { title: '' },
      { title: 'state', cut: 'never' },
    ],
    all.map(({ id, invoice, steps }) => [
      ...[
        String(id),
        invoice.party,
        `${invoice.number}${invoice.side === 'receivable' ? ' (self-billed)' : ''}`,
        invoice.issueDay,
        invoice.dueDay,
      ],
      coversOf(invoice)
        .map(({ agreement, period }) => `${agreement} ${label(period)}`)
        .join(', '),
      ...[`${invoice.kind === 'credit-note' ? '−' : ''}${money(invoice.totalNanos, invoice.currency)}`, invoice.currency, stateOf(steps)],
    ]),
  )}\n`;
}

export function printInvoice(file: PartnerInvoiceFile, asJson: boolean): string {
  if (asJson) return json({ ...summary(file), lines: file.invoice.lines, taxes: file.invoice.taxes, steps: file.steps });
  const { invoice, steps, source, sha256 } = file;
  const { number, party, account, currency, corrects } = invoice;
  const head = formatPairs([
    [wordOf(invoice), `${number} of ${party} (${account})${corrects === undefined ? '' : `, corrects ${corrects}`}`],
    ['dated', `${invoice.issueDay}, due ${invoice.dueDay}`],
    ['from', sha256 === undefined ? source : `${source}, SHA-256 ${sha256}`],
    ['net', `${money(invoice.netNanos, currency)} ${currency}`],
    ['tax', `${money(invoice.taxNanos, currency)} ${currency}`],
    ['total', `${money(invoice.totalNanos, currency)} ${currency}`],
    ['state', stateOf(steps)],
  ]);
  const lines = formatTable(
    [
      { title: '#', align: 'right' },
      { title: 'what' },
      { title: 'agreement' },
      { title: 'days', cut: 'never' },
      { title: 'service' },
      { title: 'net', align: 'right' },
    ],
    invoice.lines.map((line) => [
      ...[String(line.number), line.description, line.agreement, label(line.period), line.service ?? '', money(line.netNanos, currency)],
    ]),
  );
  const history = formatTable(
    [{ title: 'day', cut: 'never' }, { title: 'what' }, { title: 'by' }, { title: 'why' }],
    steps.map((step) => [step.day, step.kind, step.by, 'reason' in step ? step.reason : 'terms' in step ? (step.terms.reason ?? '') : '']),
  );
  return `${head}\n\n${lines}\n\n${history}\n`;
}

export function printCheck({ file, assessment, reconciled }: CheckedInvoice, asJson: boolean): string {
  const { invoice } = file;
  const { currency } = invoice;
  const { covers, tax, agreedDueDay } = assessment;
  if (asJson)
    return json({
      ...summary(file),
      covers: covers.map(({ cover, isClosed, expectedNanos, fits, cut }) => ({
        ...cover,
        isClosed,
        expectedNanos: expectedNanos ?? null,
        fits,
        cut,
      })),
      ourTaxNanos: tax.ok ? tax.value.taxNanos : null,
      agreedDueDay: agreedDueDay ?? null,
      causes: reconciled.flatMap(({ declaration, result }) =>
        result.causes.map(({ cause, said, amountNanos }) => ({
          ...{ agreement: declaration.agreement, cause: cause.kind, words: causeWords(said), amountNanos },
        })),
      ),
    });
  const isAccepted = stateOf(file.steps) === 'accepted';
  const table = formatTable(
    [
      { title: 'agreement' },
      { title: 'days', cut: 'never' },
      { title: 'invoiced', align: 'right' },
      { title: 'expected', align: 'right' },
      { title: 'difference', align: 'right' },
      { title: '', cut: 'never' },
    ],
    covers.map(({ cover, isClosed, expectedNanos, fits, cut }) => [
      ...[cover.agreement, label(cover.period), money(cover.netNanos, currency)],
      // What was expected of an accepted one is taken back: `show` says what it was.
      ...(expectedNanos === undefined || isAccepted
        ? ['', '']
        : [money(expectedNanos, currency), money(cover.netNanos - expectedNanos, currency)]),
      isAccepted
        ? 'accepted'
        : !isClosed
          ? 'not closed yet'
          : cut.length > 0
            ? 'part of a statement'
            : expectedNanos === undefined
              ? 'expected in another currency'
              : fits
                ? 'fits'
                : 'differs',
    ]),
  );
  const theirTax = money(invoice.taxNanos, currency);
  const said = tax.ok
    ? tax.value.taxNanos === invoice.taxNanos
      ? `${theirTax} ${currency}, as our rules say`
      : `${theirTax} ${currency}; by our rules ${money(tax.value.taxNanos, currency)}`
    : `${theirTax} ${currency}; our rules do not answer: ${tax.refusals.map(({ message }) => message).join('; ')}`;
  const pairs = formatPairs([
    ['tax', said],
    ...(tax.ok ? tax.value.taxes.map(({ explanation }) => ['', explanation] as const) : []),
    [
      'due',
      agreedDueDay === undefined || agreedDueDay === invoice.dueDay
        ? invoice.dueDay
        : `${invoice.dueDay}; by the agreement ${agreedDueDay}`,
    ],
  ]);
  // Where not one line of theirs names what ours do, line by line says nothing.
  const comparable = reconciled.filter(({ result }) =>
    result.lines.some(({ state }) => state !== 'missing-theirs' && state !== 'missing-ours'),
  );
  const why =
    comparable.length > 0
      ? `\n${printReconciliation(comparable, false)}`
      : '\nIts lines name no destinations of ours: ask for a report by destination and day (carillon declaration import, carillon reconcile).\n';
  return `${invoice.number} of ${invoice.party}, ${currency}, ${stateOf(file.steps)}\n\n${table}\n\n${pairs}\n${why}`;
}

export function printAccepted(accepted: {
  readonly state: 'proposed' | 'accepted';
  readonly isNew: boolean;
  readonly invoice: PartnerInvoiceFile['invoice'];
  readonly contestedNanos: bigint;
  readonly claimedNanos: bigint;
  readonly dispute?: bigint;
  readonly clearedNanos: bigint;
}): string {
  const { state, isNew, invoice, contestedNanos, claimedNanos, dispute, clearedNanos } = accepted;
  const { currency, number, party, kind, netNanos } = invoice;
  if (!isNew) return `${number} of ${party} was accepted before\n`;
  if (state === 'proposed') return `${number} of ${party} waits for a second person\n`;
  if (kind === 'credit-note')
    return `${wordOf(invoice)} ${number} of ${party} is booked: ${money(invoice.totalNanos, currency)} ${currency}\n`;
  return `${formatPairs([
    ['booked', `${number} of ${party}: ${money(invoice.totalNanos, currency)} ${currency}, due ${invoice.dueDay}`],
    ['accepted', `${money(netNanos - contestedNanos, currency)} ${currency} without tax`],
    ...(contestedNanos === 0n
      ? []
      : [['contested', `${money(contestedNanos, currency)} ${currency}${dispute === undefined ? '' : `: dispute ${dispute}`}`] as const]),
    ...(claimedNanos === 0n
      ? []
      : [
          [
            'claimed',
            `${money(claimedNanos, currency)} ${currency} besides${dispute === undefined ? '' : `: dispute ${dispute}`}`,
          ] as const,
        ]),
    ['expected', `${money(clearedNanos, currency)} ${currency} taken back`],
  ])}\n`;
}

function summary({ id, version, invoice, steps, source }: PartnerInvoiceFile): object {
  const { lines: _lines, taxes: _taxes, ...head } = invoice;
  return { id, version, ...head, source, state: stateOf(steps) };
}

/** Whole numbers as text; nanos as amounts, under their name without it. */
function json(value: unknown): string {
  return `${JSON.stringify(plain(value), null, 2)}\n`;
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]: [string, unknown]) =>
      /Nanos$/.test(key) ? [key.replace(/Nanos$/, ''), typeof each === 'bigint' ? formatNanos(each, 2) : each] : [key, plain(each)],
    ),
  );
}
