/** Long lists are read by an index in their own order: a page costs a page, however long the list is. `carillon bench console` measures it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type pg from 'pg';
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
  }));
