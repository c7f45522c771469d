/** The disk of the data folder is full, or can only be read: each is said by name, and with room everything goes on. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { runCli, withFolder } from '../support/cli.ts';
import { assertGoesOn, assertRefused, prepareLoad } from './load-under-test.ts';

function mount(...args: string[]): string {
  const { status, stderr, error } = spawnSync('mount', args, { encoding: 'utf8' });
  return status === 0 ? '' : (error?.message ?? stderr.trim());
}

/** A small disk in memory. Without the right to mount one the test is skipped and says so. */
function withDisk(context: TestContext, megabytes: number, work: (folder: string, disk: string) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    const failed = mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', disk);
    if (failed !== '') return context.skip(`a tmpfs cannot be mounted here: ${failed}`);
    try {
      await work(folder, disk);
    } finally {
      spawnSync('umount', ['--lazy', disk]);
    }
  });
}

function resize(disk: string, options: string): void {
  assert.equal(mount('-o', `remount,${options}`, disk), '');
}

// Measured: the empty database takes 55 MB, 150,000 records some 60 more. With 75 MB a table cannot grow; with 100 MB
// PostgreSQL's own log cannot, which ends it.
for (const megabytes of [75, 100]) {
  test(`a load on a disk of ${megabytes} MB is refused for want of space, and goes on when there is room`, (context) =>
    withDisk(context, megabytes, async (folder, disk) => {
      const installation = await prepareLoad(folder, join(disk, 'data'), 150_000);
      assertRefused(await installation.load(), /Make room.*\[data-folder\.full\]\n$/);
      assertRefused(await installation.load(), /Make room.*\[data-folder\.full\]\n/);
      assert.equal((await installation.run('database', 'stop', '--force')).status, 0);
      resize(disk, 'size=600m');
      await assertGoesOn(installation);
    }));
}

test('a disk on which not even the database fits is said, and so is one that can only be read', (context) =>
  withDisk(context, 20, async (folder, disk) => {
    const check = (): ReturnType<typeof runCli> => runCli(['--data', join(disk, 'data'), 'check'], { cwd: folder });
    assertRefused(await check(), /the database cannot be made in .*: no space is left.*\[data-folder\.full\]\n$/);
    resize(disk, 'ro');
    assertRefused(await check(), /on a file system that can only be read.*\[data-folder\.not-usable\]\n$/);
  }));
