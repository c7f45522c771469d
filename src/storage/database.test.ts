import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viewedBy, whileWaitedFor } from '#operations/access/ports.ts';
import { withTestDatabase } from '../../test/support/database.ts';
import { formatTimestamptz } from './column-types.ts';
import { copyField, copyOut, copyRows, openDatabase } from './database.ts';

test('values arrive exactly, and none as a Date or a rounded number', async () => {
  await withTestDatabase(async ({ pool }) => {
    const { rows } = await pool.query(`select
      9007199254740993::int8 as whole, 0.10::numeric as price, date '2026-10-25' as day,
      timestamptz '2026-10-25 02:30:00.123456+02' as instant, timestamptz '1969-12-31 23:59:59.999999Z' as before_1970,
      'infinity'::timestamptz as forever, '-infinity'::timestamptz as since_ever,
      array[1::int8, null] as wholes, array[1.10::numeric] as prices, array[timestamptz 'epoch'] as instants,
      interval '1 day 2 hours' as span, null::int8 as nothing`);
    assert.deepEqual(rows[0], {
      whole: 9007199254740993n,
      price: '0.10',
      day: '2026-10-25',
      instant: 1_792_888_200_123_456,
      before_1970: -1,
      forever: Number.POSITIVE_INFINITY,
      since_ever: Number.NEGATIVE_INFINITY,
      wholes: [1n, null],
      prices: ['1.10'],
      instants: [0],
      span: 'P1DT2H',
      nothing: null,
    });
  });
});

test('an instant written as a parameter is read back to the microsecond', async () => {
  await withTestDatabase(async ({ pool }) => {
    for (const micros of [0, -1, 1_792_888_200_123_456, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY]) {
      const { rows } = await pool.query('select $1::timestamptz as instant', [formatTimestamptz(micros)]);
      assert.equal(rows[0].instant, micros);
    }
  });
});

test('a transaction of which a statement failed unnoticed is never told as committed', async () => {
  await withTestDatabase(async (database) => {
    const work = database.transaction(async (client) => {
      await client.query('create table note (body text)');
      await client.query('select 1 / 0').catch(() => undefined);
      return 'booked';
    });
    await assert.rejects(work, /the transaction was undone/);
    const { rows } = await database.pool.query(`select to_regclass('note') as note`);
    assert.equal(rows[0].note, null);
  });
});

test('of statements that are asked for at once none is left when one fails, and none is sent behind the end', async () => {
  await withTestDatabase(async (database) => {
    await database.pool.query('create table note (body text)');
    let late: Promise<unknown> = Promise.resolve();
    const work = database.transaction(async (client) => {
      const note = (body: string) => client.query('insert into note values ($1)', [body]);
      await Promise.all([client.query('select 1 / 0'), note('second'), note('third'), note('fourth')]);
    });
    await assert.rejects(work, /division by zero/);
    await database.transaction(async (client) => {
      void client.query(`insert into note values ('not waited for')`);
      late = new Promise((resolve) => setTimeout(resolve, 20)).then(() => client.query(`insert into note values ('late')`));
    });
    await assert.rejects(late, /the transaction is over/);
    const { rows } = await database.pool.query('select body from note');
    assert.deepEqual(rows, [{ body: 'not waited for' }]);
  });
});

test('COPY writes and reads any text, and a failing source leaves nothing behind', async () => {
  await withTestDatabase(async (database) => {
    await database.pool.query('create table line (number int8, body text)');
    const bodies = ['plain', 'tab\tand\\backslash', 'two\r\nlines', '', '\\N', 'ünï©ode'];
    const written = await database.transaction((client) =>
      copyRows(
        client,
        'copy line from stdin',
        [...bodies, null].map((body, index) => `${copyField(index)}\t${copyField(body)}\n`),
      ),
    );
    assert.equal(written, bodies.length + 1);
    const { rows } = await database.pool.query('select body from line order by number');
    assert.deepEqual(
      rows.map((row) => row.body),
      [...bodies, null],
    );

    const failing = async function* (): AsyncGenerator<string> {
      yield '100\tlost\n';
      throw new Error('the source broke');
    };
    await assert.rejects(
      database.transaction((client) => copyRows(client, 'copy line from stdin', failing())),
      /the source broke/,
    );

    const chunks: Buffer[] = [];
    await database.transaction(async (client) => {
      for await (const chunk of copyOut(client, 'copy (select number from line order by number) to stdout')) chunks.push(chunk);
    });
    assert.equal(Buffer.concat(chunks).toString(), '0\n1\n2\n3\n4\n5\n6\n');
  });
});

test('a transaction that throws leaves nothing, and its connection is used again', async () => {
  await withTestDatabase(async (database) => {
    await database.pool.query('create table note (body text)');
    await assert.rejects(
      database.transaction(async (client) => {
        await client.query("insert into note values ('gone')");
        throw new Error('no');
      }),
      /^Error: no$/,
    );
    const { rows } = await database.pool.query('select count(*) as notes from note');
    assert.deepEqual(rows, [{ notes: 0n }]);
    assert.equal(database.pool.totalCount, 1);
  });
});

test('what the house reads and somebody waits for has connections of its own and an end; what changes something has neither', () =>
  withTestDatabase(async ({ address }) => {
    const database = openDatabase(address, { connections: 1, readStatementMs: 200, connectTimeoutMs: 5_000 });
    try {
      const ended = assert.rejects(
        whileWaitedFor(() => database.pool.query('select pg_sleep(600)')),
        { code: '57014' },
      );
      const waits = whileWaitedFor(() => database.transaction((client) => client.query('select 1 as one')));
      const limits = await Promise.all(
        [whileWaitedFor, <T>(work: () => Promise<T>) => work()]
          .map((how) =>
            how(
              async () => (await database.pool.query<{ statement_timeout: string }>('show statement_timeout')).rows[0]?.statement_timeout,
            ),
          )
          .toReversed(),
      );
      assert.deepEqual(limits, ['0', '200ms']);
      await ended;
      assert.deepEqual((await waits).rows, [{ one: 1 }]);
    } finally {
      await database.close();
    }
  }));

test('what parties ask has connections of its own, and PostgreSQL ends what takes too long', () =>
  withTestDatabase(async ({ address }) => {
    const database = openDatabase(address, { connections: 1, partyConnections: 1, partyStatementMs: 200, connectTimeoutMs: 5_000 });
    const party = { role: 'partner', party: 'atlantic' } as const;
    try {
      const long = viewedBy(party, () => database.pool.query('select pg_sleep(600)'));
      const waits = viewedBy(party, () => database.pool.query('select 1 as one'));
      assert.deepEqual((await database.pool.query('select 2 as two')).rows, [{ two: 2 }]);
      await assert.rejects(long, { code: '57014' });
      assert.deepEqual((await waits).rows, [{ one: 1 }]);
    } finally {
      await database.close();
    }
  }));
