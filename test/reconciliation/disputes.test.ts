import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { settle } from '#app/disputes.ts';
import { issueInvoices } from '#operations/invoicing/issue-invoice.ts';
import type { Database } from '#storage/database.ts';
import { invoiceBooksOn } from '#storage/invoicing/invoice-books.ts';
import { ledgerBooksOn } from '#storage/ledger/ledger-books.ts';
import { openItems } from '#storage/ledger/reports.ts';
import { runCli, withFolder } from '../support/cli.ts';
import { withTestDatabase } from '../support/database.ts';
import { sampleContent } from '../support/invoice-samples.ts';
import { homeOf } from '../support/partner-world.ts';
import { writeConfiguration } from '../support/settlement-fixture.ts';

/** What stands in an account of the ledger, in cents. */
async function balance({ pool }: Database, account: string): Promise<bigint> {
  const { rows } = await pool.query<{ cents: string }>(
    `select trim_scale(coalesce(sum(amount_nanos), 0) / 10000000) as cents from ledger_posting where ledger_account = $1`,
    [account],
  );
  return BigInt(rows[0]?.cents ?? '0');
}

async function disputed({ pool }: Database): Promise<string[]> {
  const { rows } = await pool.query<{ document: string; cents: string }>(
    'select document, trim_scale(amount_nanos / 10000000) as cents from disputed_amount order by 1',
  );
  return rows.map(({ document, cents }) => `${document} ${cents}`);
}

test('a dispute goes from raised to a credit note or a write-off, which are booked once; what is contested is seen apart meanwhile', () =>
  withTestDatabase((database) =>
    withFolder(async (folder) => {
      await writeConfiguration(database);
      await database.pool.query(
        `update config_version set body = body || '{"settlement": {"disputeWindowDays": 20}}' where kind = 'agreements'`,
      );
      // Two documents of 74.04 and 14.06 tax.
      await database.transaction((client) =>
        issueInvoices(
          { invoices: invoiceBooksOn(client), ledger: ledgerBooksOn(client) },
          ['a', 'b'].map((key) => ({ key, content: sampleContent() })),
          'tester',
        ),
      );
      await writeFile(join(folder, 'why.json'), '{"because": "60/60"}');
      const run = (...args: string[]) =>
        runCli(['dispute', ...args], { cwd: folder, environment: { DATABASE_URL: database.url, CARILLON_LOG_LEVEL: 'silent' } });
      const late = await run('raise', 'INV-2026-000001', '--reason', 'late', '--on', '2026-11-24');
      assert.match(late.stderr, /until 2026-11-23.*dispute\.window-passed/);
      const raised = await run(
        ...[
          'raise',
          'INV-2026-000001',
          '--amount',
          '30.00',
          '--reason',
          'increments',
          '--on',
          '2026-11-10',
          '--evidence',
          'why.json',
          '--by',
          'ann',
        ],
      );
      assert.equal(raised.stdout, 'dispute 1 raised\n', raised.stderr);
      // 30.00 of 74.04 with its part of the tax: 35.70.
      assert.deepEqual(await disputed(database), ['INV-2026-000001 3570']);
      assert.match(
        (await run('raise', 'INV-2026-000001', '--amount', '44.05', '--reason', 'more', '--on', '2026-11-10')).stderr,
        /dispute\.amount/,
      );
      assert.match((await run('raise', 'INV-9', '--reason', 'x', '--on', '2026-11-10')).stderr, /dispute\.document-unknown/);
      assert.match((await run('settle', '1', '--outcome', 'credit-note', '--on', '2026-11-11')).stderr, /dispute\.step-impossible/);
      assert.equal((await run('offer', '1', '10.00', '--from', 'us', '--on', '2026-11-11')).stdout, 'dispute 1 is offered\n');
      assert.equal((await run('offer', '1', '20.00', '--from', 'them', '--on', '2026-11-12')).stdout, 'dispute 1 is offered\n');
      assert.match((await run('list', '--on', '2026-12-11')).stdout, /offered by them +overdue since 2026-12-10/);
      assert.equal((await run('accept', '1', '--from', 'us', '--on', '2026-11-13')).stdout, 'dispute 1 is agreed\n');
      const command = { id: '1', outcome: 'credit-note', day: '2026-11-14', note: '', recorded: { atMicros: 0, by: 'bob' } } as const;
      const settled = await Promise.all([settle(homeOf(database), command), settle(homeOf(database), command)]);
      assert.deepEqual(settled.map(({ isNew }) => isNew).sort(), [false, true]);
      assert.deepEqual([...new Set(settled.map(({ result }) => result))].length, 1);
      assert.deepEqual(await disputed(database), []);
      // What a day's ageing says of it does not change with what comes later.
      const contested = async (on: string): Promise<readonly bigint[]> =>
        (await database.transaction((client) => openItems(client, { on }))).map(({ disputedNanos }) => disputedNanos);
      assert.deepEqual(await contested('2026-11-13'), [35_700_000_000n, 0n]);
      assert.deepEqual(
        [await contested('2026-11-09'), await contested('2026-11-14')],
        [
          [0n, 0n],
          [0n, 0n],
        ],
      );
      // 2 × 88.10 less 20.00 and 3.80 tax.
      assert.equal(await balance(database, 'receivable'), 17_620n - 2_380n);
      assert.equal(await balance(database, 'revenue'), -14_808n + 2_000n);

      await run('raise', 'INV-2026-000002', '--line', '2', '--amount', '24.68', '--reason', 'never sent', '--on', '2026-11-10');
      await run('offer', '2', '24.68', '--from', 'us', '--on', '2026-11-11');
      await run('accept', '2', '--from', 'them', '--on', '2026-11-11');
      const written = await run('settle', '2', '--outcome', 'write-off', '--on', '2026-11-12');
      assert.equal(written.stdout, 'dispute 2 is settled: write-off dispute/2\n', written.stderr);
      assert.equal((await run('settle', '2', '--outcome', 'write-off')).stdout, 'dispute 2 was settled before: write-off dispute/2\n');
      assert.equal(await balance(database, 'write-off'), 2_937n);
      assert.equal(await balance(database, 'receivable'), 17_620n - 2_380n - 2_937n);
      const shown = await run('show', '1');
      assert.match(shown.stdout, /evidence +why\.json, SHA-256 [0-9a-f]{64}[\s\S]*raised[\s\S]*ann[\s\S]*settled: credit-note/);
      await assert.rejects(database.pool.query('update dispute_step set note = note'), /never changed/);
    }),
  ));
