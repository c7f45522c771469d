/** `carillon invoice detail`: the events that a document bills, which add up to its lines exactly or are not written. */
import { usageLines } from '#core/invoicing/billed-events.ts';
import { describe } from '#core/invoicing/draft-invoice.ts';
import type { Invoice } from '#core/invoicing/invoice.ts';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import { parseStatementPeriod, periodBetween, type StatementPeriod } from '#core/settlement/statement-period.ts';
import type { SettlementBooks } from '#operations/settlement/books.ts';
import { makeStatement } from '#operations/settlement/make-statement.ts';
import { type DetailRow, detailOf } from '#operations/settlement/statement-detail.ts';
import type { Database } from '#storage/database.ts';
import { settlementStore } from '#storage/settlement/settlement-store.ts';
import { demandDetail } from '../statement.ts';
import { detailCsv, detailHeader } from '../statement-texts.ts';
import { fileAt, fileName, writeWhole } from '../written-file.ts';
import { invoiceOf } from './books.ts';
import { detailParquet } from './detail-parquet.ts';

export interface DetailRequest {
  readonly legalEntity?: string;
  /** File or folder; a file that ends in .parquet is Parquet, else it is CSV, compressed when it ends in .gz. */
  readonly out?: string;
  readonly format?: 'csv' | 'parquet';
  readonly nowMicros: number;
}

export interface WrittenDetail {
  readonly file: string;
  readonly events: number;
  /** Lines that stand for events; adjustments and fees have none of their own. */
  readonly lines: number;
}

/** Throws RefusedError: `invoice.no-statement`, `usage.detail-deleted`, `invoice.detail-differs`, `statement.detail-differs`. */
export async function writeDetail(database: Database, number: string, request: DetailRequest): Promise<WrittenDetail> {
  const invoice = await invoiceOf(database, number, request.legalEntity);
  const name = `${fileName('detail', number)}.${request.format === 'parquet' ? 'parquet' : 'csv.gz'}`;
  const file = request.out === undefined ? name : await fileAt(request.out, name);
  const isParquet = request.format === 'parquet' || (request.format === undefined && file.endsWith('.parquet'));
  return settlementStore(database).read(async (books) => {
    const { agreement, period } = statementOf(invoice);
    await demandDetail(database, { agreement: { id: agreement }, period });
    const count = { events: 0, lines: 0 };
    const { rows, zone, check } = await eventsOf(books, invoice, request.nowMicros, count);
    await writeWhole(file, checked(isParquet ? detailParquet(rows, zone) : csv(rows, zone), check));
    return { file, ...count };
  });
}

/** Events of a detail that is sent as one answer. */
const MOST_SENT = 200_000;

/** As CSV; `shown` gives numbers of subscribers as who asks may see them. Throws RefusedError as `writeDetail` does, and `invoice.detail-too-long`. */
export async function detailText(
  database: Database,
  number: string,
  legalEntity: string | undefined,
  nowMicros: number,
  shown: (text: string) => string,
): Promise<string> {
  const invoice = await invoiceOf(database, number, legalEntity);
  return settlementStore(database).read(async (books) => {
    const count = { events: 0, lines: 0 };
    const { rows, zone, check } = await eventsOf(books, invoice, nowMicros, count);
    async function* told(): AsyncGenerator<DetailRow> {
      for await (const { line, leg } of rows) {
        if (count.events > MOST_SENT)
          throw new RefusedError(refuse('invoice.detail-too-long', `${number} bills more than ${MOST_SENT} events`, { value: number }));
        yield { line, leg: { ...leg, called: shown(leg.called), ...(leg.calling === undefined ? {} : { calling: shown(leg.calling) }) } };
      }
    }
    const parts: string[] = [];
    for await (const part of csv(told(), zone)) parts.push(part);
    check();
    return parts.join('');
  });
}

const CHUNK = 64 * 1024;

interface Events {
  readonly rows: AsyncIterable<DetailRow>;
  readonly zone: string;
  /** After all rows were read: throws RefusedError where they do not add up to the lines. */
  check(): void;
}

/** The events of the lines that the document bills, under the numbers that it says. */
async function eventsOf(
  books: SettlementBooks,
  invoice: Invoice,
  nowMicros: number,
  count: { events: number; lines: number },
): Promise<Events> {
  const { agreement, period } = statementOf(invoice);
  const made = valueOrThrow(await makeStatement(books, { agreement, period, nowMicros, allowEmpty: true }));
  const stated = made.statement.lines.map((line) => ({ ...line, description: describe(line) }));
  const wanted = valueOrThrow(usageLines(invoice, stated));
  count.lines = wanted.size;
  const detail = detailOf(books, made);
  async function* rows(): AsyncGenerator<DetailRow> {
    for await (const { line, leg } of detail.rows) {
      const number = wanted.get(line.number);
      if (number === undefined) continue;
      count.events += 1;
      yield { line: { ...line, number }, leg };
    }
  }
  const check = (): void => {
    const differences = detail.differences();
    if (differences.length > 0) throw new RefusedError(...differences);
  };
  return { rows: rows(), zone: made.statement.zone, check };
}

async function* csv(rows: AsyncIterable<DetailRow>, zone: string): AsyncGenerator<string> {
  let chunk = detailHeader;
  for await (const row of rows) {
    chunk += detailCsv(row, zone);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

/** Nothing is left behind where the events do not add up: the file is written beside its place, and only takes it at the end. */
async function* checked(chunks: AsyncIterable<string | Uint8Array>, check: () => void): AsyncGenerator<string | Uint8Array> {
  yield* chunks;
  check();
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
