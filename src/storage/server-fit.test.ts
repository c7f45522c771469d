import assert from 'node:assert/strict';
import { test } from 'node:test';
import type pg from 'pg';
import { RefusedError } from '#core/refusals.ts';
import { type TestDatabase, withTestDatabase } from '../../test/support/database.ts';
import { openDatabase } from './database.ts';
import { migrate } from './migrations.ts';
import { demandFit } from './server-fit.ts';

/** Runs the work on this database as a user without any right on the server, who owns the schema; the user is gone afterwards. */
async function asPlainUser<T>(
  database: TestDatabase,
  work: (own: ReturnType<typeof openDatabase>, user: string) => Promise<T>,
): Promise<T> {
  const { rows } = await database.pool.query<{ name: string }>("select 'plain_' || current_database() as name");
  const user = rows[0]?.name ?? '';
  await database.pool.query(`drop schema public, sign_in cascade; create role ${user} login; create schema public authorization ${user}`);
  const own = openDatabase(database.url.replace(/\/\/[^@]*@/, `//${user}@`), { connections: 2 });
  try {
    return await work(own, user);
  } finally {
    await own.close();
    await database.pool.query(`drop owned by ${user} cascade; drop role ${user}`);
  }
}

async function said(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => assert.fail('not refused'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof RefusedError, String(error));
  return error.message;
}

test('a user who is no superuser is told the statements of the administrator before anything is made, and then goes on', async () => {
  await withTestDatabase((database) =>
    asPlainUser(database, async (own, user) => {
      const grant = `grant "carillon_partner", "carillon_customer" to "${user}";`;
      assert.match(await said(migrate(own)), new RegExp(`runs: ${grant} \\[database\\.roles-missing\\]`));
      const { rows } = await database.pool.query("select to_regclass('public.schema_migration') as made");
      assert.deepEqual(rows, [{ made: null }]);

      const client = await own.pool.connect();
      try {
        const absent = await said(demandFit(client, ['carillon_partner', 'a role of "nobody"']));
        assert.ok(
          absent.includes(
            `runs: create role "a role of ""nobody""" nologin; grant "carillon_partner", "a role of ""nobody""" to "${user}";`,
          ),
        );
      } finally {
        client.release();
      }

      await database.pool.query(`${grant} grant create on database ${user.slice('plain_'.length)} to ${user}`);
      assert.ok((await migrate(own)).length > 100);
      const seen = await own.transaction(async (reader) => {
        await reader.query('set local role carillon_partner');
        return (await reader.query<{ count: string }>('select count(*)::text as count from invoice')).rows;
      });
      assert.deepEqual(seen, [{ count: '0' }]);
    }),
  );
});

test('a server that is too old, or a database of another encoding or order, is refused', async () => {
  const server = (number: number, encoding: string, bytewise = true): pg.ClientBase =>
    ({
      query: (text: string) =>
        Promise.resolve({
          rows: text.includes('server_encoding') ? [{ version: 'of the test', number, encoding, database: 'd', bytewise }] : [],
        }),
    }) as unknown as pg.ClientBase; // nothing else of it is used
  assert.match(await said(demandFit(server(159_999, 'UTF8'))), /PostgreSQL of the test; version 16 or later.*database\.too-old/);
  assert.match(await said(demandFit(server(160_000, 'LATIN1'))), /encoding LATIN1; UTF8 is needed.*database\.not-utf8/);
  assert.match(await said(demandFit(server(160_000, 'UTF8', false))), /rules of a language; C.UTF-8 is needed.*database\.other-order/);
  await demandFit(server(160_000, 'UTF8'));
});
