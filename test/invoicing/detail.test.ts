import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { writeDetail } from '#app/invoicing/detail.ts';
import { type DocumentTerms, draftInvoice, invoiceLinesOf } from '#core/invoicing/draft-invoice.ts';
import { RefusedError, valueOrThrow } from '#core/refusals.ts';
import { parseStatementPeriod } from '#core/settlement/statement-period.ts';
import { issueInvoice } from '#operations/invoicing/issue-invoice.ts';
import { makeStatement } from '#operations/settlement/make-statement.ts';
import { invoiceBooksOn } from '#storage/invoicing/invoice-books.ts';
import { settlementStore } from '#storage/settlement/settlement-store.ts';
import { withFolder } from '../support/cli.ts';
import { withTestDatabase } from '../support/database.ts';
import { writeConfiguration, writeEvents, writeRate } from '../support/settlement-fixture.ts';

const NOW = Date.parse('2026-11-03T10:00:00Z') * 1000;

test('the events of a document add up to its lines; when the books changed since, nothing is written', () =>
  withTestDatabase((database) =>
    withFolder(async (folder) => {
      const version = await writeConfiguration(database);
      const [haiti, spain] = [await writeRate(database, 'sell', 'Haiti', '0.30'), await writeRate(database, 'sell', 'Spain', '0.02')];
      const bought = await writeRate(database, 'buy', 'Italy', '0.01');
      const call = (minute: number, rate: number, amount: string) => ({
        ...{ start: `2026-10-05T10:0${minute}:00Z`, day: '2026-10-05', seconds: 90 },
        in: { rate, billed: 90, amount },
        out: { rate: bought, billed: 90, amount: '0.015' },
      });
      await writeEvents(database, version, [call(1, haiti, '0.450001'), call(2, haiti, '0.45'), call(3, spain, '0.03')]);
      const period = valueOrThrow(parseStatementPeriod('2026-10'));
      const { statement } = await settlementStore(database).read(async (books) =>
        valueOrThrow(await makeStatement(books, { agreement: 'borealis-2026', period, nowMicros: NOW })),
      );
      const lines = invoiceLinesOf(statement.lines, { side: 'receivable', currency: 'USD', agreement: 'borealis-2026', period });
      const head: DocumentTerms = {
        ...{ kind: 'invoice', legalEntity: 'carillon', account: 'borealis-usd', party: 'borealis', currency: 'USD' },
        ...{ issueDay: '2026-11-03', dueDay: '2026-12-03', taxDay: '2026-10-31', prepaidNanos: 0n, notes: [] },
        statement: { id: 'borealis-2026@2026-10@1', sha256: '' },
      };
      const content = draftInvoice(head, lines, { taxes: [], taxNanos: 0n, lines: [], withholding: [] });
      const ledger = { post: async () => [], openFrom: async () => undefined };
      const { invoice } = await database.transaction((client) =>
        issueInvoice({ invoices: invoiceBooksOn(client), ledger }, { key: 'k', content }, 'tester'),
      );
      const out = join(folder, 'calls.csv.gz');
      assert.deepEqual(await writeDetail(database, invoice.number, { out, nowMicros: NOW }), { file: out, events: 3, lines: 2 });
      const text = gunzipSync(await readFile(out)).toString();
      assert.equal(text.trimEnd().split('\r\n').length, 4);
      assert.doesNotMatch(text, /Italy/);

      // The same as Parquet, exact: its amounts are those of the lines.
      const parquet = join(folder, 'calls.parquet');
      assert.equal((await writeDetail(database, invoice.number, { out: parquet, nowMicros: NOW })).events, 3);
      const rows = await parquetReadObjects({ file: await asyncBufferFromFile(parquet), utf8: true });
      assert.deepEqual(
        rows.map((row) => [row.line, row.destination, Math.round(row.amount * 1e9), row.start_utc.toISOString(), row.billed_quantity]),
        [
          [invoice.lines[0]?.statementLine, 'Haiti', 450_001_000, '2026-10-05T10:01:00.000Z', 90n],
          [invoice.lines[0]?.statementLine, 'Haiti', 450_000_000, '2026-10-05T10:02:00.000Z', 90n],
          [invoice.lines[1]?.statementLine, 'Spain', 30_000_000, '2026-10-05T10:03:00.000Z', 90n],
        ],
      );

      // Another line comes before the others: they have other numbers now, and the detail keeps those of the document.
      const first = await writeRate(database, 'sell', 'Albania', '0.10');
      await writeEvents(database, version, [call(5, first, '0.15')]);
      const shifted = join(folder, 'shifted.csv');
      assert.equal((await writeDetail(database, invoice.number, { out: shifted, nowMicros: NOW })).events, 3);
      assert.equal(await readFile(shifted, 'utf8'), text);

      await writeEvents(database, version, [call(4, haiti, '0.45')]);
      const late = join(folder, 'late.csv.gz');
      await assert.rejects(writeDetail(database, invoice.number, { out: late, nowMicros: NOW }), (error) => {
        assert.ok(error instanceof RefusedError);
        assert.deepEqual(
          error.refusals.map(({ code }) => code),
          ['invoice.detail-differs'],
        );
        return true;
      });
      await assert.rejects(readFile(late));
    }),
  ));
