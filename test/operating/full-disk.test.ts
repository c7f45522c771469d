/** The disk of the data folder is full, or can only be read: each is said by name, and with room everything goes on. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { runCli, withFolder } from '../support/cli.ts';
import { type SmallDisk, withSmallDisk } from '../support/small-disk.ts';
import { assertGoesOn, assertRefused, prepareLoad } from './load-under-test.ts';

function withDisk(
  context: TestContext,
  megabytes: number,
  work: (folder: string, disk: string, change: SmallDisk['change']) => Promise<void>,
): Promise<void> {
  return withFolder(async (folder) => {
    const disk = join(folder, 'disk');
    await withSmallDisk(context, disk, `${megabytes}m`, ({ change }) => work(folder, disk, change));
  });
}

/** What a load of them takes: some 7 MB of tables and as much of PostgreSQL's own log. */
const RECORDS = 20_000;
const LOG_SEGMENT = '16MiB';

/** Room for so much more than there is now. */
function leave(megabytes: number, disk: string, change: SmallDisk['change']): void {
  const { blocks, bfree, bsize } = statfsSync(disk);
  change(`size=${(blocks - bfree) * bsize + megabytes * 1_048_576}`);
}

/** The log's files of tomorrow are sparse: their room is taken now, so that what the disk has no room for is a table. */
function takeRoomOfLog(log: string): void {
  for (const name of readdirSync(log).filter((each) => /^[0-9A-F]{24}$/.test(each))) {
    const { status, stderr } = spawnSync('fallocate', ['--length', LOG_SEGMENT, join(log, name)], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  }
}

test('a load on a full disk is refused for want of space, of the log or of a table, and goes on when there is room', (context) =>
  withDisk(context, 600, async (folder, disk, change) => {
    const installation = await prepareLoad(folder, join(disk, 'data'), RECORDS);
    // As a rule PostgreSQL's log cannot grow, which ends the server; it does not start again.
    leave(9, disk, change);
    assertRefused(await installation.load(), /Make room.*\[data-folder\.full\]\n$/);
    assertRefused(await installation.load(), /Make room.*\[data-folder\.full\]\n/);
    assert.equal((await installation.run('database', 'stop', '--force')).status, 0);
    change('size=600m');
    // A table cannot grow, which ends the load.
    assert.equal((await installation.run('check')).status, 0);
    takeRoomOfLog(join(disk, 'data', 'postgres', 'pg_wal'));
    leave(3, disk, change);
    assertRefused(await installation.load(), /could not extend file.*Make room.*\[data-folder\.full\]\n$/);
    change('size=600m');
    await assertGoesOn(installation);
  }));

test('a disk on which not even the database fits is said, and so is one that can only be read', (context) =>
  withDisk(context, 20, async (folder, disk, change) => {
    const check = (): ReturnType<typeof runCli> => runCli(['--data', join(disk, 'data'), 'check'], { cwd: folder });
    assertRefused(await check(), /the database cannot be made in .*: no space is left.*\[data-folder\.full\]\n$/);
    change('ro');
    assertRefused(await check(), /on a file system that can only be read.*\[data-folder\.not-usable\]\n$/);
  }));
