/** Processes of PostgreSQL that are killed or hang: no command waits for ever, and the next one works. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { enter, folderWithCluster, gone, inside, isAlive, newFolder, query, refusedWith, running } from '../../../test/support/cluster.ts';
import { firstConnection, openDatabase } from '../database.ts';
import { keeperStatus, type Membership, stopCluster } from './join.ts';
import { stopServer } from './stop-server.ts';

function logOf(folder: string): string {
  return readFileSync(join(folder, 'logs', 'postgres.log'), 'utf8');
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries += 1) {
    assert.ok(tries < 4000, what);
    await sleep(5);
  }
}

/** Writes so much that recovering from the log takes a second or so. */
async function writeMuch(member: Membership): Promise<void> {
  await query(member, 'create table note as select 7 as body');
  await query(member, "create table much as select i, repeat('x', 80) as text from generate_series(1, 1500000) i");
}

/** Kills the backend of a connection, as the kernel does when memory is short. */
async function killBackend(member: Membership): Promise<void> {
  const database = openDatabase(member.address, { connections: 1 });
  const { rows } = await database.pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  process.kill(rows[0]?.pid ?? 0, 'SIGKILL');
  await database.close();
}

test('a server that recovers from a killed connection is stopped at once when the last command leaves, and the next recovers', async () => {
  const folder = await folderWithCluster();
  const member = await enter(folder);
  await writeMuch(member);
  const { keeper, server } = await running(folder);
  await killBackend(member);
  await until('it recovers', () => logOf(folder).includes('redo starts'));
  assert.equal(await member.leave(), 'stopped');
  assert.ok(!isAlive(server));
  await gone(keeper);
  assert.match(logOf(folder), /redo starts[\s\S]*received immediate shutdown request/);
  assert.deepEqual(await inside(folder, (next) => query(next, 'select body, (select count(*) from much) as much from note')), [
    { body: 7, much: 1_500_000n },
  ]);
});

test('a command that comes while the server recovers waits for it, and says so once', async () => {
  const folder = await folderWithCluster();
  const member = await enter(folder);
  await writeMuch(member);
  await killBackend(member);
  await until('it recovers', () => logOf(folder).includes('redo starts'));
  const second = await enter(folder);
  const database = openDatabase(second.address, { connections: 1 });
  let waits = 0;
  await firstConnection(database, () => {
    waits += 1;
  });
  assert.equal(waits, 1);
  await database.close();
  assert.deepEqual(await query(second, 'select body from note'), [{ body: 7 }]);
  await Promise.all([member.leave(), second.leave()]);
});

test('a start that hangs is said, given up by its command, and ended by force', async () => {
  const folder = await folderWithCluster();
  const member = await enter(folder);
  await writeMuch(member);
  const { server } = await running(folder);
  process.kill(server, 'SIGKILL');
  await gone(server);
  await member.leave();

  const notes: string[] = [];
  const waits = { ready: 900, say: 300, answer: 2_000 };
  const starting = refusedWith('cluster.not-answering', enter(folder, { waits, note: (text) => notes.push(text) }));
  const later = refusedWith('cluster.did-not-start', enter(folder));
  const lock = join(folder, 'postgres', 'postmaster.pid');
  const pidOfLock = (): number => (existsSync(lock) ? Number.parseInt(readFileSync(lock, 'utf8'), 10) : 0);
  await until('it starts', () => pidOfLock() > 0 && pidOfLock() !== server);
  const hanging = pidOfLock();
  process.kill(hanging, 'SIGSTOP');
  assert.match(await starting, /not ready after 1 s/);
  assert.match(notes.join('\n'), /Waiting for PostgreSQL \(starting\), at most 1 min/);
  assert.equal((await keeperStatus(folder))?.server, 'starting');
  assert.equal(await stopCluster(folder, true), true);
  assert.match(await later, /stopped before it was ready/);
  await gone(hanging);
  assert.deepEqual(await inside(folder, (next) => query(next, 'select body from note')), [{ body: 7 }]);
});

test('a keeper that hangs is named by every command, and ended by force with its server', async () => {
  const folder = await folderWithCluster();
  const member = await enter(folder);
  await query(member, 'create table note as select 7 as body');
  const { keeper, server } = await running(folder);
  process.kill(keeper, 'SIGSTOP');
  const waits = { ready: 5_000, say: 100, answer: 300 };
  assert.match(await refusedWith('cluster.not-answering', enter(folder, { waits })), new RegExp(`process ${keeper} .*does not answer`));
  await refusedWith('cluster.not-answering', keeperStatus(folder, 300));
  await refusedWith('cluster.not-answering', stopCluster(folder, false, 300));
  assert.equal(await stopCluster(folder, true, 300), true);
  await Promise.all([gone(keeper), gone(server)]);
  assert.equal(await member.leave(), 'stopped');
  assert.deepEqual(await inside(folder, (next) => query(next, 'select body from note')), [{ body: 7 }]);
});

test('a server without its keeper is ended by force as well', async () => {
  const folder = await folderWithCluster();
  const member = await enter(folder);
  const { keeper, server } = await running(folder);
  process.kill(keeper, 'SIGKILL');
  await gone(keeper);
  await member.leave();
  assert.equal(await stopCluster(folder, true), true);
  await gone(server);
  assert.equal(await stopCluster(folder, true), false);
});

test('a server that hears neither of the two requests to stop is killed in the time that was said', async () => {
  const deaf = spawn(process.execPath, [
    '--eval',
    "for (const signal of ['SIGINT', 'SIGQUIT']) process.on(signal, () => require('node:fs').writeSync(1, signal + '\\n')); console.log('ready'); setInterval(() => {}, 1000)",
  ]);
  let heard = '';
  deaf.stdout.on('data', (chunk: Buffer) => {
    heard += chunk.toString();
  });
  await until('it runs', () => heard.includes('ready'));
  const exit = once(deaf, 'close'); // what it said has been read by then
  const notes: string[] = [];
  const server = { pid: deaf.pid ?? 0, cluster: newFolder(), hasEnded: () => deaf.signalCode !== null };
  await stopServer(server, true, (text) => notes.push(text), { properlyMs: 1_500, atOnceMs: 1_500, killedMs: 10_000 });
  assert.deepEqual(await exit, [null, 'SIGKILL']);
  assert.equal(heard, 'ready\nSIGINT\nSIGQUIT\n');
  assert.match(notes.join('\n'), /still stopping[\s\S]*did not stop within 1\.5 s[\s\S]*is killed/);
});
