import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Act, actingAs } from '#operations/audit-trail/ports.ts';
import { withTestDatabase } from '../../../test/support/database.ts';
import { auditBooksOn } from './audit-books.ts';

const deed = {
  actor: { kind: 'user', id: 'u1', name: 'ann@house.test', address: '192.0.2.7' },
  ...{ operation: 'setThing', subject: { kind: 'thing', id: 'a' }, asked: '{"a":1}' },
} as const;
const act = (): Act => ({ deed, entry: undefined });

test('the first change in somebody’s name leaves one entry with its transaction, and what alters the trail is found', async () => {
  await withTestDatabase(async (database) => {
    const { pool, transaction } = database;
    const books = auditBooksOn(database);
    await pool.query('create table thing (name text primary key)');
    const stages = async (): Promise<readonly string[]> => (await books.list({}, undefined, 100)).map(({ stage }) => stage);

    await pool.query(`insert into thing values ('nobody')`);
    await actingAs(act(), async () => {
      await transaction(async (client) => client.query('select from thing'));
      await pool.query('delete from thing where false');
    });
    assert.deepEqual(await stages(), [], 'nobody’s change, and no change');

    await actingAs(act(), async () => {
      await assert.rejects(
        transaction(async (client) => {
          await client.query(`insert into thing values ('undone')`);
          throw new Error('undone');
        }),
      );
      assert.deepEqual(await stages(), [], 'an undone change has no entry');
      await transaction(async (client) => client.query(`insert into thing values ('a')`));
      await pool.query(`insert into thing values ('b')`);
    });
    assert.deepEqual(await stages(), ['changed']);
    await actingAs(act(), () => pool.query(`update thing set name = 'c' where name = 'b' returning name`)).then(({ rows }) =>
      assert.deepEqual(rows, [{ name: 'c' }]),
    );
    const other = { ...deed, actor: { kind: 'key', id: 'k', name: 'Reporting' } } as const;
    await Promise.all(Array.from({ length: 20 }, () => books.append({ ...other, stage: 'seen' })));

    const [newest] = await books.list({ who: 'ann@house.test' }, undefined, 1);
    assert.deepEqual(
      [newest?.sequence, newest?.stage, newest?.actor.address, newest?.asked, newest?.subject.id],
      [2n, 'changed', '192.0.2.7', '{"a":1}', 'a'],
    );
    assert.equal((await books.list({ subjectKind: 'thing', stage: 'seen' }, 10n, 100)).length, 7);
    assert.equal((await books.list({ fromMicros: Date.now() * 1_000 + 60_000_000 }, undefined, 9)).length, 0);
    const sound = await books.verify();
    assert.deepEqual([sound.entries, sound.erased, sound.faults], [22, 0, []]);
    assert.ok(await books.has(sound.head));

    for (const change of ['update audit_entry set actor = actor', 'delete from audit_entry', 'truncate audit_content, audit_entry'])
      await assert.rejects(pool.query(change), /append-only/);
    await assert.rejects(pool.query(`update audit_content set name = 'x'`), /append-only/);

    // Contents may be erased: the chain still holds.
    await pool.query('delete from audit_content where sequence = 3');
    const erased = await books.verify();
    assert.deepEqual([erased.erased, erased.faults], [1, []]);

    // As somebody with every right on the database could do it.
    const forge = async (change: string): Promise<readonly string[]> => {
      const client = await pool.connect();
      try {
        await client.query(`begin; set local session_replication_role = replica; ${change}`);
        await client.query('commit');
      } finally {
        client.release();
      }
      return (await books.verify()).faults.map(({ sequence, said }) => `${sequence} ${said}`);
    };
    assert.deepEqual(await forge(`update audit_content set address = '192.0.2.8' where sequence = 1`), [
      '1 its content is not what its hash says',
    ]);
    assert.match((await forge(`update audit_entry set actor = 'u2' where sequence = 2`)).join(), /^1 .*2 it, or one before it/);
    assert.match(
      (await forge('delete from audit_content where sequence > 20; delete from audit_entry where sequence = 22')).join(),
      /22 the chain has another end/,
    );
    assert.match(
      (await forge('delete from audit_content where sequence = 5; delete from audit_entry where sequence = 5')).join(),
      /6 an entry before it is missing/,
    );
  });
});
