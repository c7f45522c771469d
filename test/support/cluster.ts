/** Embedded clusters for the tests of their life: each in a folder of its own, stopped and removed after its test. */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { RefusedError } from '#core/refusals.ts';
import { openDatabase } from '#storage/database.ts';
import { POSTGRES_MAJOR } from '#storage/postgres/binaries.ts';
import { type JoinOptions, joinCluster, keeperStatus, type Membership, stopCluster } from '#storage/postgres/join.ts';

/** Of the running test; more may be added to be stopped and removed. */
export const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) {
    await stopCluster(folder, true).catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  }
});

export function newFolder(name = 'data'): string {
  const folder = mkdtempSync(join(tmpdir(), `carillon-${name}-`));
  folders.push(folder);
  return folder;
}

/** A data folder with a cluster that was made and closed before, as a second command finds it: copied, for making one takes seconds. */
export async function folderWithCluster(name = 'data'): Promise<string> {
  if (!existsSync(MADE)) {
    const making = mkdtempSync(join(tmpdir(), 'carillon-made-'));
    try {
      await inside(making, (member) => query(member, 'select 1'));
      execFileSync('cp', ['-a', join(making, 'postgres'), `${MADE}.${process.pid}`]);
      // Two test processes may make it at once: the first one's stays.
      if (existsSync(MADE)) rmSync(`${MADE}.${process.pid}`, { recursive: true });
      else renameSync(`${MADE}.${process.pid}`, MADE);
    } finally {
      rmSync(making, { recursive: true, force: true });
    }
  }
  const folder = newFolder(name);
  execFileSync('cp', ['-a', MADE, join(folder, 'postgres')]);
  return folder;
}

const MADE = join(tmpdir(), `carillon-test-cluster-${POSTGRES_MAJOR}`);

/** Durable is slow and is not what these tests look at, except where they say so. */
export function enter(dataFolder: string, options: Partial<JoinOptions> = {}): Promise<Membership> {
  return joinCluster({ dataFolder, durable: false, parameters: { shared_buffers: '16MB' }, ...options });
}

export async function query(membership: Membership, sql: string): Promise<unknown[]> {
  const database = openDatabase(membership.address, { connections: 1 });
  try {
    return (await database.pool.query(sql)).rows;
  } finally {
    await database.close();
  }
}

export async function inside<T>(
  dataFolder: string,
  work: (membership: Membership) => Promise<T>,
  options: Partial<JoinOptions> = {},
): Promise<T> {
  const membership = await enter(dataFolder, options);
  try {
    return await work(membership);
  } finally {
    await membership.leave();
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // Killed and not yet waited for by its parent: dead for us.
    return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

export async function gone(pid: number): Promise<void> {
  for (let tries = 0; isAlive(pid); tries += 1) {
    assert.ok(tries < 1000, `process ${pid} is still there`);
    await sleep(10);
  }
}

export async function running(dataFolder: string): Promise<{ keeper: number; server: number }> {
  const status = await keeperStatus(dataFolder);
  assert.ok(status?.serverPid !== undefined);
  return { keeper: status.pid, server: status.serverPid };
}

/** A process that is a user of the cluster until it is killed. */
export async function startUser(dataFolder: string): Promise<ChildProcess> {
  const program = `
    import { joinCluster } from ${JSON.stringify(new URL('../../src/storage/postgres/join.ts', import.meta.url).href)};
    await joinCluster({ dataFolder: ${JSON.stringify(dataFolder)}, durable: false, parameters: { shared_buffers: '16MB' } });
    process.stdout.write('joined');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve, reject) => {
    child.stdout?.once('data', resolve);
    child.once('exit', () => reject(new Error('the user ended before it joined')));
  });
  return child;
}

export async function refusedWith(code: string, work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => assert.fail(`not refused: ${code} expected`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof RefusedError, String(error));
  assert.deepEqual(
    error.refusals.map((refusal) => refusal.code),
    [code],
  );
  return error.message;
}
