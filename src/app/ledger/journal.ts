/** The journal as CSV or JSON, on the user's own chart of accounts. */
import { formatSpreadsheetRow, type SpreadsheetCell } from '#codecs/csv/spreadsheet.ts';
import { chartAccount } from '#core/ledger/chart.ts';
import { formatNanos } from '#core/money/amount.ts';
import { minorUnits } from '#core/money/currencies.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import type { Database } from '#storage/database.ts';
import { legalEntityNow } from '#storage/ledger/legal-entities.ts';
import { journalEntries } from '#storage/ledger/reports.ts';
import { fileAt, fileName, writeWhole } from '../written-file.ts';
import { type DayRange, stretchOf } from './reports.ts';

const COLUMNS = [
  'sequence', 'day', 'bookedAt', 'kind', 'reference', 'corrects', 'description', 'by', 'line', 'code', 'name', 'ledgerAccount', 'account',
  'agreement', 'service', 'document', 'dueDay', 'taxCode', 'currency', 'debit', 'credit', 'entityCurrency', 'entityDebit', 'entityCredit', 'hash',
]; // biome-ignore format: a table of names

export interface JournalRequest extends DayRange {
  readonly legalEntity?: string;
  readonly format: 'csv' | 'json';
  /** File or folder; to `sink` unless given. */
  readonly out?: string;
  readonly sink: (text: string) => Promise<void>;
}

type JournalRow = Readonly<Record<string, string | number>>;

/** Writes one object or row for each posting. Returns the file. Refused: `ledger.account-unmapped`, `ledger.legal-entity-unknown`. */
export async function writeJournal(database: Database, request: JournalRequest): Promise<string | undefined> {
  return database.transaction(async (client) => {
    await client.query('set transaction isolation level repeatable read read only');
    const entity = await legalEntityNow(client, request.legalEntity);
    const stretch = { legalEntity: entity.id, ...stretchOf(request) };
    async function* rows(): AsyncGenerator<JournalRow> {
      for await (const entry of journalEntries(client, stretch)) {
        for (const [index, posting] of entry.postings.entries()) {
          const mapped = chartAccount(entity.ledger?.chart, posting);
          if (mapped === undefined) {
            const service = posting.service === undefined ? '' : ` (${posting.service})`;
            const said = `the chart of ${entity.id} has no account for ${posting.ledgerAccount}${service} in ${posting.currency}`;
            throw new RefusedError(refuse('ledger.account-unmapped', said));
          }
          const sides = (nanos: bigint, currency: string): readonly [string, string] => {
            const text = formatNanos(nanos < 0n ? -nanos : nanos, minorUnits(currency));
            return nanos < 0n ? ['', text] : [text, ''];
          };
          const [debit, credit] = sides(posting.amountNanos, posting.currency);
          const [entityDebit, entityCredit] = sides(posting.entityAmountNanos, entity.currency);
          yield {
            sequence: Number(entry.sequence),
            day: entry.day,
            bookedAt: formatInstant(entry.bookedAtMicros),
            kind: entry.cause.kind,
            reference: entry.cause.id,
            corrects: entry.corrects === undefined ? '' : `${entry.corrects.kind} ${entry.corrects.id}`,
            description: entry.description,
            by: entry.by,
            line: index + 1,
            ...mapped,
            ledgerAccount: posting.ledgerAccount,
            account: posting.account ?? '',
            agreement: posting.agreement ?? '',
            service: posting.service ?? '',
            document: posting.document ?? '',
            dueDay: posting.dueDay ?? '',
            taxCode: posting.taxCode ?? '',
            currency: posting.currency,
            debit,
            credit,
            entityCurrency: entity.currency,
            entityDebit,
            entityCredit,
            hash: entry.hash.toString('hex'),
          };
        }
      }
    }
    const text = request.format === 'csv' ? csvOf(rows()) : jsonOf(rows());
    if (request.out !== undefined && request.out !== '-') {
      const file = await fileAt(
        request.out,
        `${fileName('journal', entity.id, request.from ?? 'all', request.to ?? 'today')}.${request.format}`,
      );
      await writeWhole(file, text);
      return file;
    }
    for await (const piece of text) await request.sink(piece);
    return undefined;
  });
}

const FIGURES: ReadonlySet<string> = new Set(['debit', 'credit', 'entityDebit', 'entityCredit', 'sequence', 'line']);

async function* csvOf(rows: AsyncIterable<JournalRow>): AsyncGenerator<string> {
  yield `${formatSpreadsheetRow(COLUMNS)}\r\n`;
  for await (const row of rows) {
    const cells = COLUMNS.map((column): SpreadsheetCell => {
      const text = String(row[column] ?? '');
      return FIGURES.has(column) && text !== '' ? { figure: text } : text;
    });
    yield `${formatSpreadsheetRow(cells)}\r\n`;
  }
}

async function* jsonOf(rows: AsyncIterable<JournalRow>): AsyncGenerator<string> {
  let before = '[';
  for await (const row of rows) {
    yield `${before}\n${JSON.stringify(Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '')))}`;
    before = ',';
  }
  yield before === '[' ? '[]\n' : '\n]\n';
}
