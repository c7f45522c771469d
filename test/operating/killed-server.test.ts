/** PostgreSQL is killed under a load: the command says so and ends, and the next one works without help. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { withFolder } from '../support/cli.ts';
import { giveDatabase } from '../support/made-database.ts';
import { assertGoesOn, assertRefused, prepareLoad } from './load-under-test.ts';

/** The process of PostgreSQL that writes for the load. Its title says what it does, its current folder whose it is. */
async function writingProcess(dataFolder: string): Promise<number> {
  const cluster = join(realpathSync(dataFolder), 'postgres');
  for (let tries = 0; tries < 2_000; tries += 1) {
    const pid = readdirSync('/proc').find((each) => /^\d+$/.test(each) && titleIn(each, cluster).includes('[local] COPY'));
    if (pid !== undefined) return Number(pid);
    await sleep(5);
  }
  return assert.fail('nothing writes');
}

function titleIn(pid: string, cluster: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === cluster ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '';
  } catch {
    return '';
  }
}

/** What there is to kill, by the connection that writes. */
const victims: Readonly<Record<string, (backend: number) => number>> = {
  'a connection of PostgreSQL': (backend) => backend,
  'the whole of PostgreSQL': (backend) => Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${backend}/status`, 'utf8'))?.[1]),
};

for (const [victim, pidOf] of Object.entries(victims)) {
  test(`${victim} killed with -9 in the middle of a load ends the load by name, and the next goes on`, (context) => {
    if (process.platform !== 'linux') return context.skip('the process to kill is found in /proc');
    return withFolder(async (folder) => {
      const dataFolder = join(folder, 'data');
      await giveDatabase(dataFolder);
      const installation = await prepareLoad(folder, dataFolder, 30_000);
      const broken = installation.load();
      process.kill(pidOf(await writingProcess(dataFolder)), 'SIGKILL');
      assertRefused(await broken, /embedded PostgreSQL in .*data .*Repeat the command.*\[database\.lost\]\n$/);
      // As a load leaves it that is killed while it archives.
      const archive = join(dataFolder, 'archive', 'usage');
      writeFileSync(join(archive, '.writing-4711-0123456789ab'), 'half');
      await assertGoesOn(installation);
      assert.deepEqual(
        readdirSync(archive).filter((name) => name.startsWith('.')),
        [],
      );
    });
  });
}
