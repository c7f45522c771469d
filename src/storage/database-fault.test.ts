import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderWithCluster, inside, query } from '../../test/support/cluster.ts';
import { databaseFault } from './database-fault.ts';

const days = (count: number): string => `do $$ begin
  create table event (day date not null) partition by range (day);
  for i in 1..${count} loop
    execute format('create table event_%s partition of event for values from (%L) to (%L)', i, date '2000-01-01' + i, date '2000-01-02' + i);
  end loop; end $$`;

test('too many tables for the locks of a server are said so, and the embedded server has locks for a hundred years of days', async () => {
  const few = { shared_buffers: '16MB', max_locks_per_transaction: '10', max_connections: '10' };
  const error = await inside(await folderWithCluster(), (member) => query(member, days(2_000)), { parameters: few }).catch(
    (reason: unknown) => reason,
  );
  assert.deepEqual(databaseFault(error), { code: 'database.too-few-locks', said: 'out of shared memory' });
  const places = "select current_setting('max_locks_per_transaction')::int * current_setting('max_connections')::int as places";
  const [row] = (await inside(await folderWithCluster(), (member) => query(member, places))) as { places: number }[]; // as the query names it
  // Days from 2000 to 2099, each a table with an index.
  assert.ok((row?.places ?? 0) > 100 * 366 * 2);
});

test('faults that an operator can mend have a name, also inside another error; others have none', () => {
  const withCode = (code: string): Error => Object.assign(new Error('said'), { code });
  const codes = { '53100': 'database.full', '53300': 'database.too-many-connections', '42501': 'database.not-allowed' };
  for (const [state, code] of Object.entries(codes)) assert.deepEqual(databaseFault(withCode(state)), { code, said: 'said' });
  for (const state of ['57P01', '57P02', '08006', 'EPIPE', 'ECONNRESET'])
    assert.deepEqual(databaseFault(withCode(state)), { code: 'database.lost', said: 'said' });
  const inside = new Error('migration 010', { cause: new Error('Connection terminated unexpectedly') });
  assert.deepEqual(databaseFault(inside), { code: 'database.lost', said: 'Connection terminated unexpectedly' });
  assert.equal(databaseFault(withCode('42P01')), undefined);
  assert.equal(databaseFault(withCode('53200')), undefined, 'memory for another reason is not for want of locks');
  assert.equal(databaseFault('text'), undefined);
});
