/** Issuing: numbers without gaps, the text and its hash, the row and the postings, all in the caller's transaction. */
import { hash } from 'node:crypto';
import { setImmediate as nextTurnOfTheLoop } from 'node:timers/promises';
import { creditFaults } from '#core/invoicing/credit-note.ts';
import type { Invoice, InvoiceContent } from '#core/invoicing/invoice.ts';
import { canonicalJson, parseInvoice } from '#core/invoicing/invoice-json.ts';
import { entryCauseOf, entryOf } from '#core/invoicing/invoice-postings.ts';
import { invoiceText } from '#core/invoicing/invoice-text.ts';
import { totalFaults } from '#core/invoicing/invoice-totals.ts';
import { scopeOf, seriesFor, writeNumber } from '#core/invoicing/number-series.ts';
import { entryName } from '#core/ledger/check-entry.ts';
import type { NumberSeries } from '#core/parties/invoicing-terms.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { together } from '#core/together.ts';
import type { LedgerBooks } from '../ledger/ports.ts';
import type { InvoiceBooks, Issued, IssuedRow, LockedRow } from './ports.ts';

/** What is to be issued. */
export interface InvoiceDraft {
  /** What it is made of, once in a legal entity: `northwind@2026-10@1/receivable/USD`. A second time it is found, not issued again. */
  readonly key: string;
  readonly content: InvoiceContent;
  /** The legal entity's configured series; the first that has the document's kind is taken, else the default of the kind. */
  readonly series?: readonly NumberSeries[];
  /** What refusals call it, which never gets the number that it was to have: `draft 12`. Left out: that number. */
  readonly name?: string;
}

export interface IssuingBooks {
  readonly invoices: InvoiceBooks;
  readonly ledger: LedgerBooks;
}

export interface IssuedInvoice {
  readonly invoice: Invoice;
  /** False when a document of this key stood already: then nothing was issued. */
  readonly isNew: boolean;
}

/** Documents that are made between two looks at what the database has answered: a millisecond or two. */
const AT_ONCE = 25;

/** One document; see issueInvoices. */
export async function issueInvoice(books: IssuingBooks, draft: InvoiceDraft, by: string): Promise<IssuedInvoice> {
  const [issued] = await issueInvoices(books, [draft], by);
  if (issued === undefined) throw new Error('a document was neither issued nor refused');
  return issued;
}

/**
 * Issues documents in their order, in the caller's transaction: when it rolls back, no number is taken. Numbers come from rows that
 * stay locked until it ends, so parallel issuing of a series waits here. Throws RefusedError for the whole batch: totals that do
 * not add up, a key that stands with other content (`invoice.key-differs`), a date before the last where the series has that rule,
 * a credit of more than is left, and what the ledger refuses. `beside` is asked for when the numbers are known: what else the transaction
 * writes, so that the server has work while documents are made.
 */
export async function issueInvoices(
  books: IssuingBooks,
  drafts: readonly InvoiceDraft[],
  by: string,
  beside: () => Promise<void> = () => Promise.resolve(),
): Promise<readonly IssuedInvoice[]> {
  const faults = drafts.flatMap(({ content, key, name }) => totalFaults(content, name ?? key));
  if (faults.length > 0) throw new RefusedError(...faults);
  const placed = drafts.map((draft) => {
    const series = seriesFor(draft.content.kind, draft.series ?? []);
    return { draft, series, scope: scopeOf(series, draft.content) };
  });
  const rows = new Map<string, Standing>();
  const wanted = new Map(
    placed.map(({ draft: { content }, series, scope }) => [
      rowKey(content.legalEntity, series.id, scope),
      { legalEntity: content.legalEntity, series: series.id, scope, firstNumber: BigInt(series.firstNumber ?? 1) },
    ]),
  );
  for (const row of await books.invoices.lockRows([...wanted.values()]))
    rows.set(rowKey(row.legalEntity, row.series, row.scope), { ...row, moved: false });
  const standing = await books.invoices.issuedByKey(drafts.map(({ content, key }) => ({ legalEntity: content.legalEntity, key })));
  const known = new Map(standing.map((issued) => [`${issued.legalEntity}|${issued.key}`, issued]));
  const [issued] = await together(makeAndWrite(books, placed, rows, known, by), beside());
  return issued;
}

interface Placed {
  readonly draft: InvoiceDraft;
  readonly series: NumberSeries;
  readonly scope: string;
}

async function makeAndWrite(
  books: IssuingBooks,
  placed: readonly Placed[],
  rows: ReadonlyMap<string, Standing>,
  known: ReadonlyMap<string, Issued>,
  by: string,
): Promise<readonly IssuedInvoice[]> {
  // What goes on beside it is asked for first.
  await nextTurnOfTheLoop();
  const issued: IssuedInvoice[] = [];
  const written: IssuedRow[] = [];
  const fresh = new Map<string, IssuedRow>();
  const names: DraftNames = new Map();
  for (const [at, { draft, series, scope }] of placed.entries()) {
    // What the server has done meanwhile is followed by what is to come.
    if (at % AT_ONCE === AT_ONCE - 1) await nextTurnOfTheLoop();
    const { content, key } = draft;
    const id = `${content.legalEntity}|${key}`;
    const before = known.get(id) ?? asIssued(fresh.get(id));
    if (before !== undefined) {
      issued.push({ invoice: sameOrRefused(before, content), isNew: false });
      continue;
    }
    const row = rows.get(rowKey(content.legalEntity, series.id, scope));
    if (row === undefined) throw new Error(`series ${series.id} was not locked`);
    if (series.inDateOrder === true && row.lastDay !== undefined && content.issueDay < row.lastDay) {
      const last = row.lastName ?? writeNumber(series, content, row.lastNumber);
      const message = `${draft.name === undefined ? '' : `${draft.name}: `}${content.issueDay}, and ${last} is of ${row.lastDay}`;
      throw new RefusedError(refuse('invoice.day-before-last', message, { field: 'issueDay', value: content.issueDay }));
    }
    row.lastNumber += 1n;
    row.lastDay = row.lastDay === undefined || row.lastDay < content.issueDay ? content.issueDay : row.lastDay;
    row.moved = true;
    row.lastName = draft.name;
    const made = numbered(content, series, scope, row.lastNumber, key, by);
    written.push(made);
    fresh.set(id, made);
    if (draft.name !== undefined) names.set(made, draft.name);
    issued.push({ invoice: made.invoice, isNew: true });
  }
  await checkCredits(books.invoices, written, names);
  if (written.length > 0) {
    // The server writes the one while the other is made.
    await together(
      books.ledger.post(written.flatMap(({ invoice }) => entryOf(invoice, by) ?? [])).catch((error: unknown) => {
        throw calledByDrafts(error, names);
      }),
      books.invoices.moveRows([...rows.values()].filter(({ moved }) => moved)),
      books.invoices.insert(written),
    );
  }
  return issued;
}

/** By the rows that drafts with a name became. */
type DraftNames = Map<IssuedRow, string>;

/** What the ledger refuses begins with the name of an entry: that of a number which is not given. */
function calledByDrafts(error: unknown, names: DraftNames): unknown {
  if (!(error instanceof RefusedError)) return error;
  const called = [...names].map(([{ invoice }, name]) => ({
    entry: entryName({ legalEntity: invoice.legalEntity, cause: entryCauseOf(invoice) }),
    name,
  }));
  return new RefusedError(
    ...error.refusals.map((refusal) => {
      const { message } = refusal;
      const of = called.find(({ entry }) => message.startsWith(`${entry}:`) || message.startsWith(`${entry} `));
      return of === undefined ? refusal : { ...refusal, message: `${of.name}${message.slice(of.entry.length)}` };
    }),
  );
}

interface Standing extends LockedRow {
  lastNumber: bigint;
  lastDay: string | undefined;
  /** Of the last document of this batch, if it has one. */
  lastName?: string | undefined;
  moved: boolean;
}

function rowKey(legalEntity: string, series: string, scope: string): string {
  return `${legalEntity}|${series}|${scope}`;
}

function numbered(content: InvoiceContent, series: NumberSeries, scope: string, sequence: bigint, key: string, by: string): IssuedRow {
  const unhashed = { ...content, number: writeNumber(series, content, sequence), series: series.id };
  const text = invoiceText(unhashed);
  return { invoice: { ...unhashed, sha256: sha256(text) }, content: text, key, scope, sequence, by };
}

/** Hexadecimal, of the text as UTF-8. */
export function sha256(text: string): string {
  return hash('sha256', text);
}

function asIssued(row: IssuedRow | undefined): Issued | undefined {
  if (row === undefined) return undefined;
  const { invoice, key, content } = row;
  return { legalEntity: invoice.legalEntity, key, number: invoice.number, sha256: invoice.sha256, content };
}

/** The same cause asked twice: it must ask for the same, whenever it is asked. Dates of issue may differ. */
function sameOrRefused(issued: Issued, content: InvoiceContent): Invoice {
  const invoice = parseInvoice(issued.content, issued.sha256);
  const { number: _, series: __, sha256: ___, ...stands } = invoice;
  // Documents of earlier versions do not say what else a price depends on.
  const undated = ({ issueDay: _day, dueDay: _due, taxDay: _tax, exchange: _rate, lines, ...rest }: InvoiceContent): string =>
    canonicalJson({ ...rest, lines: lines.map(({ formula: _, ...line }) => line) });
  if (undated(stands) !== undated(content)) {
    throw new RefusedError(
      refuse('invoice.key-differs', `${issued.number} was issued for it`, { field: 'key', value: issued.key.slice(0, 120) }),
    );
  }
  return invoice;
}

/** Credit notes of one document in one batch see each other as well. */
async function checkCredits(books: InvoiceBooks, rows: readonly IssuedRow[], names: DraftNames): Promise<void> {
  const called = (row: IssuedRow): string => (names.has(row) ? `${names.get(row)}: ` : '');
  const notes = rows.filter(
    ({ invoice }) => invoice.corrects !== undefined && invoice.lines.some((line) => line.creditsLine !== undefined),
  );
  const byTarget = Map.groupBy(notes, ({ invoice }) => `${invoice.legalEntity}|${invoice.corrects?.number}`);
  for (const [, members] of [...byTarget].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [first] = members;
    const number = first?.invoice.corrects?.number;
    if (first === undefined || number === undefined) continue;
    const target = await books.find(first.invoice.legalEntity, number, { lock: true });
    if (target === undefined) throw new RefusedError(refuse('invoice.unknown', `${called(first)}${number} is to be corrected`));
    const earlier: InvoiceContent[] = [...(await books.corrections(first.invoice.legalEntity, number))];
    for (const row of members) {
      const faults = creditFaults(target, row.invoice, earlier);
      if (faults.length > 0) throw new RefusedError(...faults.map((fault) => ({ ...fault, message: `${called(row)}${fault.message}` })));
      earlier.push(row.invoice);
    }
  }
}
