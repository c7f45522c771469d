/** `carillon statement`: the use case wired to the database, and its files. */
import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';
import { type Refusal, RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import type { StatementLine } from '#core/settlement/statement.ts';
import { type StatementView, viewStatement } from '#core/settlement/statement-view.ts';
import type { Statement } from '#core/settlement/whole-statement.ts';
import { lettersNotPrinted, renderStatement } from '#documents/statement/render-statement.ts';
import type { SettlementBooks } from '#operations/settlement/books.ts';
import { type MadeStatement, makeStatement, type StatementRequest } from '#operations/settlement/make-statement.ts';
import { type DetailRow, detailOf } from '#operations/settlement/statement-detail.ts';
import type { Database } from '#storage/database.ts';
import { deletedOfAgreement } from '#storage/retention/demand-detail.ts';
import { settlementStore } from '#storage/settlement/settlement-store.ts';
import { adjustmentCsv, detailCsv, detailHeader, detailJson, statementCsv, statementJson } from './statement-texts.ts';
import { fileAt, fileName, writeWhole } from './written-file.ts';

export const statementFormats = ['table', 'json', 'csv', 'pdf'] as const;
export type StatementFormat = (typeof statementFormats)[number];

export interface StatementJob extends StatementRequest {
  readonly format: StatementFormat;
  /** File or folder; `-` is standard output. */
  readonly out?: string;
  /** File for the events, gzip when it ends in .gz. */
  readonly detail?: string;
  /** Take this line apart instead of printing the statement. */
  readonly line?: number;
  /** Events of the line to return or to write to `sink`; files get all of them. */
  readonly limit?: number;
  /** Takes the events of a line as they come when the format is csv or json. */
  readonly sink?: (text: string) => Promise<void>;
  /** Compare every line with its events. */
  readonly verify?: boolean;
  /** Of the PDF, instead of the party's, or the legal entity's. */
  readonly language?: DocumentLanguage;
  /** Date on the document instead of today's. */
  readonly dated?: string;
}

export interface StatementOutcome {
  readonly statement: Statement;
  readonly view: StatementView;
  /** What belongs on standard output, when the format is not a table and no file was asked for. */
  readonly output?: string | Uint8Array;
  readonly files: readonly string[];
  /** Letters that the PDF cannot show. */
  readonly lettersNotPrinted: readonly string[];
  /** Events compared with the lines. */
  readonly verifiedEvents?: number;
  readonly line?: LineDetail;
}

/** A line taken apart. */
export interface LineDetail {
  readonly line: StatementLine;
  /** The first `limit` events, unless a sink took them. */
  readonly rows: readonly DetailRow[];
  readonly events: number;
}

/** Everything is read from one unchanging view of the books. Throws RefusedError for all that is refused. */
export async function produceStatement(database: Database, job: StatementJob): Promise<StatementOutcome> {
  return settlementStore(database).read(async (books) => {
    const made = dated(valueOrThrow(await makeStatement(books, job)), job.dated);
    const { statement } = made;
    if (job.line !== undefined || job.verify === true || job.detail !== undefined) await demandDetail(database, statement);
    const view = viewStatement(statement);
    const missing = { lettersNotPrinted: job.format === 'pdf' ? lettersNotPrinted(statement, languageOf(statement, job)) : [] };
    if (job.line !== undefined) {
      const line = lineOf(statement, job.line);
      const files = job.detail === undefined ? [] : [await writeDetail(books, made, job.detail, line)];
      return { statement, view, files, ...missing, line: await takeApart(books, made, line, job) };
    }
    const verified = job.verify === true ? { verifiedEvents: await verify(books, made) } : {};
    const files = job.detail === undefined ? [] : [await writeDetail(books, made, job.detail)];
    const content = job.format === 'table' ? undefined : render(statement, job.format, languageOf(statement, job));
    const file = content === undefined ? undefined : await placeFor(statement, job);
    if (content === undefined || file === undefined)
      return { statement, view, files, ...missing, ...verified, ...(content === undefined ? {} : { output: content }) };
    await writeWhole(file, [content]);
    return { statement, view, files: [file, ...files], ...missing, ...verified };
  });
}

/** Throws RefusedError (`usage.detail-deleted`) where events of the statement are not there any more. */
export async function demandDetail(
  { pool }: Database,
  { agreement, period }: { readonly agreement: { readonly id: string }; readonly period: { readonly from: string; readonly to: string } },
): Promise<void> {
  const gone = await deletedOfAgreement(pool, agreement.id, period);
  if (gone !== undefined) throw new RefusedError(gone);
}

function dated(made: MadeStatement, date: string | undefined): MadeStatement {
  return date === undefined ? made : { ...made, statement: { ...made.statement, preparedOn: date } };
}

function languageOf({ party, entity }: Statement, { language }: StatementJob): DocumentLanguage {
  return language ?? party.language ?? entity.invoicing?.language ?? 'en';
}

function render(statement: Statement, format: Exclude<StatementFormat, 'table'>, language: DocumentLanguage): string | Uint8Array {
  switch (format) {
    case 'json':
      return statementJson(statement);
    case 'csv':
      return statementCsv(statement);
    case 'pdf':
      return renderStatement(statement, language);
  }
}

/** A PDF goes to a file in this folder unless told otherwise; text to standard output. */
async function placeFor(statement: Statement, job: StatementJob): Promise<string | undefined> {
  const name = `${fileName('statement', statement.agreement.id, statement.period.label)}.${job.format}`;
  if (job.out === '-') return undefined;
  if (job.out === undefined) return job.format === 'pdf' ? name : undefined;
  return fileAt(job.out, name);
}

function lineOf(statement: Statement, number: number): StatementLine {
  const line = statement.lines[number - 1];
  if (line !== undefined) return line;
  const lines = statement.lines.length;
  throw new RefusedError(
    refuse('statement.line-unknown', `the statement has ${lines === 1 ? 'one line' : `${lines} lines`}`, {
      field: 'line',
      value: String(number),
    }),
  );
}

async function verify(books: SettlementBooks, made: MadeStatement): Promise<number> {
  const detail = detailOf(books, made);
  let events = 0;
  for await (const { leg } of detail.rows) events += Number(leg.events);
  throwDifferences(detail.differences());
  return events;
}

/** Also checks that the events add up to the lines; when they do not, there is no file. */
async function writeDetail(books: SettlementBooks, made: MadeStatement, out: string, only?: StatementLine): Promise<string> {
  const { statement } = made;
  const parts = ['detail', statement.agreement.id, statement.period.label, ...(only === undefined ? [] : [`line${only.number}`])];
  const file = await fileAt(out, `${fileName(...parts)}.csv.gz`);
  await writeWhole(file, detailChunks(books, made, only));
  return file;
}

async function* detailChunks(books: SettlementBooks, made: MadeStatement, only: StatementLine | undefined): AsyncGenerator<string> {
  const detail = detailOf(books, made, only);
  let chunk = detailHeader;
  for await (const row of detail.rows) {
    chunk += detailCsv(row, made.statement.zone);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  throwDifferences(detail.differences());
  const adjustments = made.statement.lines.filter(
    (line) => line.kind === 'adjustment' && (only === undefined || only.number === line.number),
  );
  yield chunk + adjustments.map(adjustmentCsv).join('');
}

const CHUNK = 64 * 1024;

async function takeApart(books: SettlementBooks, made: MadeStatement, line: StatementLine, job: StatementJob): Promise<LineDetail> {
  const detail = detailOf(books, made, line);
  const { limit = Number.POSITIVE_INFINITY, sink, format } = job;
  const rows: DetailRow[] = [];
  let events = 0;
  if (format === 'csv') await sink?.(detailHeader);
  for await (const row of detail.rows) {
    events += 1;
    if (events > limit) continue;
    if (sink === undefined) rows.push(row);
    else await sink(format === 'csv' ? detailCsv(row, made.statement.zone) : `${detailJson(row)}\n`);
  }
  if (format === 'csv' && line.kind === 'adjustment') await sink?.(adjustmentCsv(line));
  throwDifferences(detail.differences());
  return { line, rows, events };
}

function throwDifferences(differences: readonly Refusal[]): void {
  if (differences.length > 0) throw new RefusedError(...differences);
}
