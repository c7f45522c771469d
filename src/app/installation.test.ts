import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { RefusedError } from '#core/refusals.ts';
import { withFolder } from '../../test/support/cli.ts';
import { withTestDatabase } from '../../test/support/database.ts';
import { databaseStatus, describeStatus, stopDatabase } from './database.ts';
import { withInstallation } from './installation.ts';

test('an installation opens on an empty folder, knows who uses it, and leaves no server behind', async () => {
  await withFolder(async (folder) => {
    const settings = { data: join(folder, 'data'), log: { level: 'silent' as const } };
    await withInstallation({ settings, command: 'carillon test' }, async ({ database, dataFolder }) => {
      assert.equal(dataFolder, join(folder, 'data'));
      const { rows } = await database.pool.query('select count(*) > 0 as migrated from schema_migration');
      assert.deepEqual(rows, [{ migrated: true }]);
      const status = await databaseStatus({ settings });
      assert.match(describeStatus(status), /: running, process \d+\nin use by\n {2}carillon test, process \d+\n$/);
      await assert.rejects(stopDatabase({ settings }, false), /carillon test/);
    });
    assert.match(describeStatus(await databaseStatus({ settings })), /: stopped\n$/);
    assert.equal(await stopDatabase({ settings }, false), false);
  });
});

test('an installation on a server of its own uses that one and does not stop it', async () => {
  await withTestDatabase(async (testDatabase) => {
    await withFolder(async (folder) => {
      const settings = { data: folder, database: { url: testDatabase.url }, log: { level: 'silent' as const } };
      await withInstallation({ settings }, async ({ database }) => {
        await database.pool.query('create table seen (id int)');
      });
      const { rows } = await testDatabase.pool.query("select to_regclass('seen') is not null as seen");
      assert.deepEqual(rows, [{ seen: true }]);
      assert.match(describeStatus(await databaseStatus({ settings })), /^server .*PostgreSQL 18/);
      await assert.rejects(stopDatabase({ settings }, false), /database\.not-ours/);
    });
  });
});

test('work that fails closes the installation and passes its error on', async () => {
  await withTestDatabase(async ({ url }) => {
    await withFolder(async (folder) => {
      const settings = { data: folder, database: { url }, log: { level: 'silent' as const } };
      await assert.rejects(
        withInstallation({ settings }, async () => {
          throw new Error('the work failed');
        }),
        /the work failed/,
      );
    });
  });
});

test('a connection that is lost in the middle of the work has a name, also when it was lost between two queries', async () => {
  await withTestDatabase(async ({ url, pool }) => {
    await withFolder(async (folder) => {
      const settings = { data: folder, database: { url }, log: { level: 'silent' as const } };
      const kill = 'select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid = $1';
      const lost = withInstallation({ settings }, async ({ database }) => {
        const client = await database.pool.connect();
        const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
        await pool.query(kill, [rows[0]?.pid]);
        try {
          await client.query('select 1');
        } finally {
          client.release(true);
        }
      });
      const error = await lost.catch((reason: unknown) => reason);
      assert.ok(error instanceof RefusedError, String(error));
      assert.match(error.message, /^postgresql:.*Repeat the command\. What was committed is kept.*\[database\.lost\]$/);
    });
  });
});

test('a server that cannot be reached is one sentence without its password', async () => {
  await withFolder(async (folder) => {
    const settings = {
      data: folder,
      database: { url: 'postgresql://carillon:s3cret@127.0.0.1:9/carillon' },
      log: { level: 'silent' as const },
    };
    const error = await withInstallation({ settings }, async () => undefined).catch((reason: unknown) => reason);
    assert.ok(error instanceof RefusedError);
    assert.match(error.message, /^postgresql:\/\/carillon:…@127\.0\.0\.1:9\/carillon: .*ECONNREFUSED.*\[database\.unreachable\]$/);
  });
});

test('wrong settings stop everything before a folder is made', async () => {
  await withFolder(async (folder) => {
    await mkdir(join(folder, 'elsewhere'));
    const file = join(folder, 'wrong.yaml');
    await writeFile(file, `data: ${join(folder, 'data')}\nlog:\n  level: loud\n`);
    await assert.rejects(
      withInstallation({ settings: { file } }, async () => undefined),
      /settings\.wrong-value/,
    );
    await assert.rejects(
      import('node:fs/promises').then(({ stat }) => stat(join(folder, 'data'))),
      /ENOENT/,
    );
  });
});
