import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { applyConfiguration } from '#app/configuration.ts';
import { withTestDatabase } from '../support/database.ts';
import { agreements, operator } from './folders.ts';

const child = fileURLToPath(new URL('killed-apply.ts', import.meta.url));

/** Runs the child; resolves with the signal that ended it and what it printed. */
function run(args: readonly string[]): Promise<{ readonly signal: string | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const process_ = spawn(process.execPath, [child, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    process_.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    process_.on('error', reject);
    process_.on('close', (_, signal) => resolve({ signal, output }));
  });
}

test('an apply killed (kill -9) at any of its queries leaves nothing changed, and the next one works', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-killed-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const rows = Array.from({ length: 20_000 }, (_, row) => `${100_000 + row},D${row},0.0${row % 90}`);
  writeFileSync(
    join(folder, 'a.yaml'),
    `${operator}${agreements}tariffs:\n  - {id: voice, name: Voice, service: voice, currency: USD, rates: r.csv}\n`,
  );
  writeFileSync(join(folder, 'r.csv'), `code,destination,price\n${rows.join('\n')}\n`);
  await withTestDatabase(async (database) => {
    const count = async (table: string): Promise<number> => (await database.pool.query(`select from ${table}`)).rowCount ?? -1;
    for (const at of [1, 4, 8, 11, 13, 14, 15]) {
      const { signal, output } = await run([database.url, folder, String(at)]);
      assert.equal(signal, 'SIGKILL', `query ${at}: ${output}`);
      // The server notices the lost connection in its own time and then rolls back.
      for (let tries = 0; tries < 1_200; tries += 1) {
        const { rowCount } = await database.pool.query(
          `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`,
        );
        if (rowCount === 0) break;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      assert.deepEqual([await count('config_version'), await count('rate'), await count('knowledge')], [0, 0, 0], `killed at query ${at}`);
    }
    assert.equal((await applyConfiguration(database, { folder, dryRun: false, closeMissing: false })).written, true);
    assert.equal(await count('rate'), 20_000);
  });
});
