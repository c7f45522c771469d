import assert from 'node:assert/strict';
import { existsSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  enter,
  folders,
  folderWithCluster,
  gone,
  inside,
  isAlive,
  newFolder,
  query,
  refusedWith,
  running,
  startUser,
} from '../../../test/support/cluster.ts';
import { keeperStatus, stopCluster } from './join.ts';

test('commands share one server, and the last one to leave stops it', async () => {
  const folder = newFolder();
  const first = await enter(folder);
  const second = await enter(folder);
  const { keeper, server } = await running(folder);
  assert.deepEqual(await query(second, 'select 1 as one'), [{ one: 1 }]);
  assert.equal(await first.leave(), 'kept');
  assert.ok(isAlive(server));
  assert.equal(await second.leave(), 'stopped');
  assert.ok(!isAlive(server));
  await gone(keeper);
  assert.equal(await keeperStatus(folder), undefined);
});

test('what was committed is there when the cluster is opened again, and commits wait for the disk', async () => {
  const folder = await folderWithCluster();
  await inside(folder, (member) => query(member, 'create table note as select 7 as body'), { durable: true });
  const rows = await inside(
    folder,
    (member) => query(member, "select body, current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit from note"),
    { durable: true },
  );
  assert.deepEqual(rows, [{ body: 7, fsync: 'on', commit: 'on' }]);
});

test('commands that come and go at the same time all find a server, and none is left behind', async () => {
  const folder = newFolder();
  const visits = Array.from({ length: 12 }, async (_, index) => {
    await sleep((index % 4) * 40);
    return inside(folder, (member) => query(member, `select ${index} as visit`));
  });
  assert.deepEqual(
    (await Promise.all(visits)).flat(),
    visits.map((_, visit) => ({ visit })),
  );
  assert.equal((await keeperStatus(folder))?.serverPid, undefined);
});

test('two installations on one machine have nothing in common', async () => {
  const [left, right] = await Promise.all([enter(await folderWithCluster('left')), enter(await folderWithCluster('right'))]);
  assert.notEqual(left.address.socketFolder, right.address.socketFolder);
  await query(left, 'create table only_left (id int)');
  assert.deepEqual(await query(right, "select to_regclass('only_left') as found"), [{ found: null }]);
  await Promise.all([left.leave(), right.leave()]);
});

test('a command killed with -9 counts as gone: the server stops, and the next command works', async () => {
  const folder = await folderWithCluster();
  const user = await startUser(folder);
  const { keeper, server } = await running(folder);
  user.kill('SIGKILL');
  await gone(server);
  await gone(keeper);
  assert.deepEqual(await inside(folder, (member) => query(member, 'select 1 as one')), [{ one: 1 }]);
});

test('a stale lock of a killed keeper and server is said, and nothing is lost', async () => {
  const folder = await folderWithCluster();
  const user = await startUser(folder);
  const { keeper, server } = await running(folder);
  const member = await enter(folder);
  await query(member, 'create table note as select 7 as body');
  for (const pid of [keeper, server]) process.kill(pid, 'SIGKILL');
  user.kill('SIGKILL');
  await Promise.all([gone(keeper), gone(server)]);
  assert.ok(existsSync(join(folder, 'postgres', 'postmaster.pid')), 'the lock is stale');
  const notes: string[] = [];
  assert.deepEqual(await inside(folder, (again) => query(again, 'select body from note'), { note: (text) => notes.push(text) }), [
    { body: 7 },
  ]);
  assert.match(notes.join('\n'), new RegExp(`^Stale lock: .*process ${server} is gone`));
});

test('a server that is killed under a running command is there again for the next', async () => {
  const folder = await folderWithCluster();
  const first = await enter(folder);
  await query(first, 'create table note as select 7 as body');
  const { server } = await running(folder);
  process.kill(server, 'SIGKILL');
  await gone(server);
  assert.deepEqual(await inside(folder, (second) => query(second, 'select body from note')), [{ body: 7 }]);
  await first.leave();
});

test('a server that outlived its killed keeper is taken over by a new one', async () => {
  const folder = await folderWithCluster();
  const user = await startUser(folder);
  const { keeper, server } = await running(folder);
  process.kill(keeper, 'SIGKILL');
  await gone(keeper);
  user.kill('SIGKILL');
  const notes: string[] = [];
  await inside(folder, (member) => query(member, 'select 1'), { note: (text) => notes.push(text) });
  assert.match(notes.join('\n'), new RegExp(`process ${server}, was left running`));
  assert.ok(!isAlive(server));
});

test('a stale lock whose number belongs to another process by now is removed and said', async () => {
  const folder = await folderWithCluster();
  await inside(folder, (member) => query(member, 'create table note as select 7 as body'));
  writeFileSync(join(folder, 'postgres', 'postmaster.pid'), `${process.pid}\n${folder}/postgres\n1\n5432\n\n\n0 0\nready\n`);
  const notes: string[] = [];
  assert.deepEqual(await inside(folder, (member) => query(member, 'select body from note'), { note: (text) => notes.push(text) }), [
    { body: 7 },
  ]);
  assert.match(notes.join('\n'), /^Stale lock: /);
});

test('a half-made cluster is said and made anew', async () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'postgres.making', 'base'), { recursive: true });
  writeFileSync(join(folder, 'postgres.making', 'PG_VERSION'), '18\n');
  const notes: string[] = [];
  await inside(folder, (member) => query(member, 'select 1'), { note: (text) => notes.push(text) });
  assert.match(notes.join('\n'), /half-made/);
  assert.ok(!existsSync(join(folder, 'postgres.making')));
});

test('an initdb that was killed in place is half-made as well, since it never held data', async () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'postgres', 'base', '1'), { recursive: true });
  writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '18\n');
  writeFileSync(join(folder, 'postgres', 'base', '1', '1255'), '');
  const notes: string[] = [];
  await inside(folder, (member) => query(member, 'select 1'), { note: (text) => notes.push(text) });
  assert.match(notes.join('\n'), /half-made/);
});

test('a cluster that held data and lost files is refused and left as it is', async () => {
  const folder = await folderWithCluster();
  await inside(folder, (member) => query(member, 'create table note as select 7 as body'));
  rmSync(join(folder, 'postgres', 'global', 'pg_control'));
  assert.match(await refusedWith('cluster.damaged', enter(folder)), /global\/pg_control missing/);
  assert.ok(existsSync(join(folder, 'postgres', 'base')));
});

test('a cluster of another major version is refused', async () => {
  const folder = await folderWithCluster();
  await inside(folder, (member) => query(member, 'select 1'));
  writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '16\n');
  assert.match(await refusedWith('cluster.other-version', enter(folder)), /PostgreSQL 16, and this is 18/);
});

test('a parameter that PostgreSQL does not take is said with the words of its log', async () => {
  const message = await refusedWith(
    'cluster.did-not-start',
    enter(await folderWithCluster(), { parameters: { shared_buffers: '16MB', no_such_thing: '1' } }),
  );
  assert.match(message, /no_such_thing/);
});

test('a data folder that another installation uses is refused by name', async () => {
  const folder = await folderWithCluster();
  const member = await enter(folder);
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(join(folder, 'run', 'keeper.sock'));
    socket.once('data', (chunk) => {
      socket.destroy();
      resolve(chunk.toString());
    });
    socket.write(`${JSON.stringify({ say: 'join', installation: '/opt/other/', user: { pid: 1, command: 'other' } })}\n`);
  });
  assert.match(answer, /data-folder\.in-use/);
  await member.leave();
});

test('a data folder that a living process of another machine holds is refused, and not when that process is long silent', async () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'run'));
  const file = join(folder, 'run', 'keeper.json');
  writeFileSync(
    file,
    JSON.stringify({ pid: 77, host: `not-${hostname()}`, installation: '/opt/carillon/', startedAt: '2026-11-01T00:00:00Z' }),
  );
  assert.match(await refusedWith('data-folder.in-use', enter(folder)), /process 77 on the machine not-/);
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(file, longAgo, longAgo);
  await inside(folder, (member) => query(member, 'select 1'));
});

test('a data folder may have a path that is too long for a socket', async () => {
  const folder = join(newFolder(), 'a-folder-with-a-rather-long-name'.repeat(3), 'data');
  folders.push(folder);
  assert.deepEqual(await inside(folder, (member) => query(member, 'select 1 as one')), [{ one: 1 }]);
});

test('a data folder may have commas, quotes and spaces in its path', async () => {
  const folder = join(newFolder(), `a, "b,c/d' e`);
  folders.push(folder);
  assert.deepEqual(await inside(folder, (member) => query(member, 'select 1 as one')), [{ one: 1 }]);
});

test('a data folder may have the longest path that is said, and a longer one is refused', async () => {
  const top = newFolder();
  const name = (bytes: number): string => join(top, 'x'.repeat(200), 'y'.repeat(bytes - 200 - 2 - Buffer.byteLength(top)));
  folders.push(name(450));
  assert.deepEqual(await inside(name(450), (member) => query(member, 'select 1 as one')), [{ one: 1 }]);
  assert.match(await refusedWith('data-folder.not-usable', enter(name(451))), /path has 451 bytes, and it may have 450/);
  await refusedWith('data-folder.not-usable', enter(join(top, 'two\nlines')));
});

test('a data folder that cannot be made is refused', async () => {
  const file = join(newFolder(), 'file');
  writeFileSync(file, '');
  await refusedWith('data-folder.not-usable', enter(join(file, 'data')));
});

test('a server in use is stopped only by force', async () => {
  const folder = await folderWithCluster();
  const member = await enter(folder, { command: 'carillon usage load' });
  assert.match(await refusedWith('database.in-use', stopCluster(folder, false)), /carillon usage load \(process \d+\)/);
  const { server } = await running(folder);
  assert.equal(await stopCluster(folder, true), true);
  assert.ok(!isAlive(server));
  assert.equal(await stopCluster(folder, false), false);
  await member.leave();
});
