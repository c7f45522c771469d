/** Long lists are read by an index in their own order: a page costs a page, however long the list is. `carillon bench console` measures it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type pg from 'pg';
import { viewedBy } from '#operations/access/ports.ts';
import { auditBooksOn } from '#storage/audit-trail/audit-books.ts';
import type { Database } from '#storage/database.ts';
import { selectInvoicePage } from '#storage/invoicing/invoice-pages.ts';
import { jobBooksOn } from '#storage/jobs/jobs.ts';
import { selectOtherRows } from '#storage/usage/search/call-rows.ts';
import { selectWebhookMessages } from '#storage/webhooks/endpoints.ts';
import { withTestDatabase } from '../support/database.ts';

const held = { status: 'held', filter: {}, trunk: undefined, reason: undefined, group: undefined, after: undefined, limit: 50 } as const;

/** Each with the index that it must be read by. */
const lists: readonly (readonly [name: string, index: string, read: (database: Database) => Promise<unknown>])[] = [
  ['the trail', 'audit_entry_pkey', (database) => auditBooksOn(database).list({}, undefined, 50)],
  ['the trail of a name', 'audit_content_name', (database) => auditBooksOn(database).list({ who: 'somebody' }, undefined, 50)],
  ['what was refused', 'audit_entry_stage', (database) => auditBooksOn(database).list({ stage: 'refused' }, undefined, 50)],
  ['documents', 'invoice_newest', ({ pool }) => selectInvoicePage(pool, {}, undefined, 50)],
  ['documents, the latest first', 'invoice_newest', ({ pool }) => selectInvoicePage(pool, {}, { day: '2026-01-01', id: 7 }, 50, true)],
  ['documents of a kind', 'invoice_kind', ({ pool }) => selectInvoicePage(pool, { kind: 'credit-note' }, undefined, 50)],
  ['documents of an account', 'invoice_account', ({ pool }) => selectInvoicePage(pool, { account: 'a' }, undefined, 50)],
  ['held calls', 'usage_held_newest', ({ pool }) => selectOtherRows(pool, held)],
  ['failed jobs', 'job_by_state', (database) => jobBooksOn(database).list({ kinds: ['a'], states: ['failed'] }, 50)],
  ['failed messages', 'webhook_message_state', (database) => selectWebhookMessages(database, { state: 'failed', limit: 50 })],
];

test('long lists are read by the index of their order', () =>
  withTestDatabase(async (database) => {
    for (const [name, index, read] of lists) {
      const asked: (readonly [string, readonly unknown[]])[] = [];
      // What the list asks, and nothing else of the pool.
      const pool = {
        async query(sql: string, values: readonly unknown[] = []) {
          asked.push([sql, values]);
          return { rows: [] };
        },
      };
      await read({ ...database, pool: pool as unknown as pg.Pool }); // what lists ask of a pool
      const [sql = '', values = []] = asked.at(-1) ?? [];
      const plan = await database.transaction(async (client) => {
        // In an empty table reading all of it is the cheapest.
        await client.query('set local enable_seqscan = off; set local enable_bitmapscan = off');
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, [...values]);
        return rows.map((row) => row['QUERY PLAN']).join('\n');
      });
      assert.match(plan, new RegExp(`Scan (Backward )?using ${index}\\b`), `${name}: ${plan}`);
    }
    await compareParts(database);
  }));

/** Documents by a part of their number: every sign means itself, a party finds its own only, and the index of parts is used for both. */
async function compareParts(database: Database): Promise<void> {
  const numbers = ['A_1', 'A%2', 'a\\3', 'AB-4', 'XX-41', 'XX-42'];
  await issue(database, numbers);
  for (const part of ['_', '%', '\\', 'a', 'A', 'b-', '4', 'xx-4', 'X-42', '%%', '', 'nowhere']) {
    const expected = numbers.filter((number) => number.toLowerCase().includes(part.toLowerCase()));
    const found = async (): Promise<readonly string[]> =>
      (await selectInvoicePage(database.pool, { number: part }, undefined, 50)).map(({ number }) => number);
    assert.deepEqual(await found(), expected, part);
    assert.deepEqual(
      await viewedBy({ role: 'partner', party: 'even' }, found),
      expected.filter((number) => numbers.indexOf(number) % 2 === 1),
      part,
    );
  }
  await issue(
    database,
    Array.from({ length: 5_000 }, (_, at) => `pad ${at}`),
  );
  await database.pool.query('vacuum analyze invoice'); // what waits to be put into the index is put there
  const { rows } = await database.transaction(async (client) => {
    await client.query('set local enable_seqscan = off'); // five thousand are read as quickly
    return client.query<{ 'QUERY PLAN': string }>(`explain select number from invoice where lower(number) like '%x-42%'`);
  });
  assert.match(rows.map((row) => row['QUERY PLAN']).join('\n'), /invoice_number_parts/);
}

async function issue(database: Database, numbers: readonly string[]): Promise<void> {
  await database.pool.query(
    `insert into invoice (legal_entity, number, series, scope, sequence, key, kind, account, party, currency, issue_day, due_day, tax_day, net_nanos, tax_nanos, total_nanos, prepaid_nanos, content, sha256, issued_by)
       select 'own', number, 'D', '', (select count(*) from invoice) + n, number, 'invoice', 'account', case when n % 2 = 0 then 'even' else 'odd' end, 'USD', date '2026-01-01', date '2026-01-01', date '2026-01-01', 0, 0, 0, 0, '{}',
              encode(sha256(n::text::bytea), 'hex'), 'test' from unnest($1::text[]) with ordinality as t(number, n)`,
    [numbers],
  );
}
