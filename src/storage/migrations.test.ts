import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RefusedError } from '#core/refusals.ts';
import { withTestDatabase } from '../../test/support/database.ts';
import { openDatabase } from './database.ts';
import { type Migration, migrate, readMigrations } from './migrations.ts';

const step = (name: string, sql: string): Migration => ({ name, sql, sha256: `sha of ${sql}` });

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => assert.fail('not refused'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof RefusedError, String(error));
  return error.message;
}

test('a migrated database has nothing left to apply, and every file is recorded', async () => {
  await withTestDatabase(async (database) => {
    assert.deepEqual(await migrate(database), []);
    const { rows } = await database.pool.query<{ name: string }>('select name from schema_migration order by name');
    assert.deepEqual(
      rows.map((row) => row.name),
      readMigrations().map((migration) => migration.name),
    );
  });
});

test('what is new is applied in the order of names, once, also by processes that start at the same time', async () => {
  await withTestDatabase(async (database) => {
    const known = readMigrations();
    const more = [...known, step('900_a.sql', 'create table ninth (id int)'), step('901_b.sql', 'alter table ninth add column body text')];
    const others = Array.from({ length: 4 }, () => openDatabase(database.url, { connections: 1 }));
    const applied = await Promise.all([database, ...others].map((each) => migrate(each, more)));
    await Promise.all(others.map((each) => each.close()));
    assert.deepEqual(applied.flat().sort(), ['900_a.sql', '901_b.sql']);
  });
});

test('a migration that comes when later ones are applied already is applied, too', async () => {
  await withTestDatabase(async (database) => {
    const known = readMigrations();
    const later = step('901_later.sql', 'create table later (id int)');
    assert.deepEqual(await migrate(database, [...known, later]), ['901_later.sql']);
    assert.deepEqual(await migrate(database, [...known, step('900_earlier.sql', 'create table earlier (id int)'), later]), [
      '900_earlier.sql',
    ]);
  });
});

/** The server of the tests has no lz4, that of most operators does: as if it had, with the compression that both have. */
test('a server that was built with lz4 is brought to these tables as well', async () => {
  await withTestDatabase(async (database) => {
    await database.pool.query('drop schema public, sign_in cascade; create schema public');
    const asked: string[] = [];
    const known = readMigrations().map((migration) => {
      const sql = migration.sql
        .replace(/if exists \(select from pg_settings where name = 'default_toast_compression'[^\n]*\) then/g, 'if true then')
        .replace(/set compression lz4/g, 'set compression pglz');
      if (sql !== migration.sql) asked.push(migration.name);
      assert.doesNotMatch(sql, /^(?!--).*lz4/m, migration.name);
      return { ...migration, sql };
    });
    assert.equal((await migrate(database, known)).length, known.length);
    assert.deepEqual(asked, ['111_close_fast.sql', '532_invoices_lz4.sql']);
  });
});

test('a text that was mended is what it was before, to a database that has that', async () => {
  await withTestDatabase(async (database) => {
    const former = '98b0b5f4bef33d09628d7e094e9fd1af5a9df262a8216bd6d2ef60060afebd1e';
    await database.pool.query("update schema_migration set sha256 = $1 where name = '111_close_fast.sql'", [former]);
    assert.deepEqual(await migrate(database), []);
  });
});

test('a migration that fails leaves nothing of itself and is named', async () => {
  await withTestDatabase(async (database) => {
    const known = readMigrations();
    const broken = [...known, step('900_broken.sql', 'create table half (id int); select no_such_function()')];
    await assert.rejects(migrate(database, broken), /migration 900_broken\.sql: .*no_such_function/);
    const { rows } = await database.pool.query("select to_regclass('half') as half");
    assert.deepEqual(rows, [{ half: null }]);
  });
});

test('a migration whose text was changed after it was applied is refused', async () => {
  await withTestDatabase(async (database) => {
    const [first, ...rest] = readMigrations();
    assert.ok(first !== undefined);
    const altered = [{ ...first, sha256: 'other' }, ...rest];
    assert.match(await refusal(migrate(database, altered)), new RegExp(`${first.name}.*another text.*database\\.migration-altered`));
  });
});

test('a database of a newer release is refused', async () => {
  await withTestDatabase(async (database) => {
    const known = readMigrations();
    assert.match(await refusal(migrate(database, known.slice(0, -1))), new RegExp(`${known.at(-1)?.name}.*database\\.newer`));
  });
});
