/** `carillon invoice detail`: the events that a document bills, which add up to its lines exactly or are not written. */
import { usageLines } from '#core/invoicing/billed-events.ts';
import type { Invoice } from '#core/invoicing/invoice.ts';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import { parseStatementPeriod, periodBetween, type StatementPeriod } from '#core/settlement/statement-period.ts';
import type { SettlementBooks } from '#operations/settlement/books.ts';
import { makeStatement } from '#operations/settlement/make-statement.ts';
import { detailOf } from '#operations/settlement/statement-detail.ts';
import type { Database } from '#storage/database.ts';
import { settlementStore } from '#storage/settlement/settlement-store.ts';
import { detailCsv, detailHeader } from '../statement-texts.ts';
import { fileAt, fileName, writeWhole } from '../written-file.ts';
import { invoiceOf } from './books.ts';

export interface DetailRequest {
  readonly legalEntity?: string;
  /** File or folder; compressed when it ends in .gz. */
  readonly out?: string;
  readonly nowMicros: number;
}

export interface WrittenDetail {
  readonly file: string;
  readonly events: number;
  /** Lines that stand for events; adjustments and fees have none of their own. */
  readonly lines: number;
}

/** Throws RefusedError: `invoice.no-statement`, `invoice.detail-differs`, `statement.detail-differs`. */
export async function writeDetail(database: Database, number: string, request: DetailRequest): Promise<WrittenDetail> {
  const invoice = await invoiceOf(database, number, request.legalEntity);
  const name = `${fileName('detail', number)}.csv.gz`;
  const file = request.out === undefined ? name : await fileAt(request.out, name);
  return settlementStore(database).read(async (books) => {
    const count = { events: 0, lines: 0 };
    await writeWhole(file, chunks(books, invoice, request.nowMicros, count));
    return { file, ...count };
  });
}

const CHUNK = 64 * 1024;

async function* chunks(
  books: SettlementBooks,
  invoice: Invoice,
  nowMicros: number,
  count: { events: number; lines: number },
): AsyncGenerator<string> {
  const { agreement, period } = statementOf(invoice);
  const made = valueOrThrow(await makeStatement(books, { agreement, period, nowMicros, allowEmpty: true }));
  const wanted = valueOrThrow(usageLines(invoice, made.statement.lines));
  count.lines = wanted.size;
  const detail = detailOf(books, made);
  let chunk = detailHeader;
  for await (const row of detail.rows) {
    if (!wanted.has(row.line.number)) continue;
    count.events += 1;
    chunk += detailCsv(row, made.statement.zone);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  const differences = detail.differences();
  if (differences.length > 0) throw new RefusedError(...differences);
  yield chunk;
}

/** `agreement@period label@version`, as statements are recorded. */
function statementOf({ number, statement }: Invoice): { readonly agreement: string; readonly period: StatementPeriod } {
  const match = /^(.+)@([^@]+)@\d+$/.exec(statement?.id ?? '');
  const [, agreement, label] = match ?? [];
  if (agreement === undefined || label === undefined)
    throw new RefusedError(refuse('invoice.no-statement', `${number} bills no statement`, { value: number.slice(0, 120) }));
  const [from, to] = label.split('..');
  const period = from !== undefined && to !== undefined ? periodBetween(from, to) : parseStatementPeriod(label);
  return { agreement, period: valueOrThrow(period) };
}
