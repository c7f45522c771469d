/** Repetitions against PostgreSQL: windows, restarts, merges that die, indexes made anew. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkBooks } from '#app/usage/check.ts';
import { mergeRuns } from '#pipeline/keys/merge-runs.ts';
import type { KeyMergeStore } from '#pipeline/keys/ports.ts';
import { SourceKeys } from '#pipeline/keys/source-keys.ts';
import type { KeyRunStore } from '#storage/usage/key-runs.ts';
import { withUsageWriter } from '#storage/usage/usage-writer.ts';
import { assertBooksAgree, fileOf, line, loadOne, operator, type TestHome, withHome, write } from './home.ts';

const DAY_MS = 86_400_000;

/** A call at ten o'clock, so many days after 2026-02-01. */
function call(id: string, day: number): string {
  return line({ id, start: `${new Date(Date.UTC(2026, 1, 1) + day * DAY_MS).toISOString().slice(0, 10)} 10:00:00` });
}

async function duplicates(home: TestHome, name: string, lines: readonly string[]): Promise<number> {
  return (await loadOne(home, write(home, name, fileOf(lines)))).counts.duplicate;
}

/** Runs of the source in the books: live ones, and those that are being made. */
async function runs({ database }: TestHome): Promise<readonly { readonly live: boolean; readonly entries: number }[]> {
  const { rows } = await database.pool.query<{ live: boolean; entries: bigint }>('select live, entries from usage_key_run order by run_id');
  return rows.map(({ live, entries }) => ({ live, entries: Number(entries) }));
}

function withKeys<T>(home: TestHome, work: (store: KeyRunStore) => Promise<T>): Promise<T> {
  return withUsageWriter(
    home.database,
    () => undefined,
    (writer) => work(writer.keys as KeyRunStore), // what withUsageWriter makes
  );
}

test('a key counts for 90 days by default, before and after', async () => {
  await withHome(async (home) => {
    assert.equal(await duplicates(home, 'a.csv', [call('x', 95)]), 0);
    assert.equal(await duplicates(home, 'b.csv', [call('x', 5), call('x', 185), call('x', 4), call('x', 186)]), 2);
    assert.equal(await duplicates(home, 'c.csv', [call('x', 4), call('x', 186), call('x', 95), call('x', 275)]), 4);
    await assertBooksAgree(home);
  });
});

test('a source sets its own window', async () => {
  const files = {
    ...operator,
    'operator.yaml': operator['operator.yaml'].replace('    key: id\n', '    key: id\n    duplicateWindowDays: 2\n'),
  };
  await withHome(async (home) => {
    assert.equal(await duplicates(home, 'a.csv', [call('x', 10), call('x', 12), call('x', 13)]), 1);
    assert.equal(await duplicates(home, 'b.csv', [call('x', 8), call('x', 7), call('x', 16)]), 1);
    await assertBooksAgree(home);
  }, files);
});

test('many small files leave few runs, and every key is found in them', async () => {
  await withHome(async (home) => {
    for (let file = 0; file < 20; file++)
      await duplicates(
        home,
        `${file}.csv`,
        Array.from({ length: 30 }, (_, index) => call(`${file}-${index}`, index)),
      );
    const after = await runs(home);
    assert.ok(after.length < 10, `${after.length} runs`);
    assert.equal(
      after.reduce((sum, { entries }) => sum + entries, 0),
      600,
    );
    const again = Array.from({ length: 20 }, (_, file) => Array.from({ length: 30 }, (_, index) => call(`${file}-${index}`, index)));
    assert.equal(await duplicates(home, 'again.csv', again.flat()), 600);
    await assertBooksAgree(home);
  });
});

test('a merge that dies at any step goes on where it was; meanwhile every key is found', async () => {
  await withHome(async (home) => {
    const calls = Array.from({ length: 400 }, (_, index) => call(`k${index}`, index % 60));
    for (let file = 0; file < 4; file++) await duplicates(home, `${file}.csv`, calls.slice(100 * file, 100 * file + 100));
    const small = { fanOut: 4, smallestTier: 10, stepEntries: 1 };
    let attempts = 0;
    for (let done = false, round = 0; !done; round++) {
      await withKeys(home, async (store) => {
        // Every other transaction dies when all but its commit is done: nothing of it is left.
        const dying: KeyMergeStore = {
          runs: (sourceId) => store.runs(sourceId),
          transaction: (work) => {
            attempts += 1;
            return store.transaction(async (step) => {
              const value = await work(step);
              if (attempts % 2 === 1) throw new Error('killed');
              return value;
            });
          },
        };
        const [source] = (await home.database.pool.query<{ source_id: number }>('select source_id from usage_source')).rows;
        await mergeRuns(dying, source?.source_id ?? 0, Number.POSITIVE_INFINITY, small).then(
          () => {
            done = true;
          },
          (error: unknown) => assert.match(String(error), /killed/),
        );
      });
      assert.equal(await duplicates(home, `again-${round}.csv`, [...calls, call(`new-${round}`, 1)]), 400);
    }
    assert.ok(attempts >= 3, `${attempts} attempts`);
    assert.ok((await runs(home)).every(({ live }) => live));
    await assertBooksAgree(home);
  });
});

test('an index that is lost is made anew from the books, with the keys of held and discarded records', async () => {
  await withHome(async (home) => {
    const lines = [call('a', 1), call('b', 2), line({ id: 'c', in: 'nobody' })];
    await duplicates(home, 'a.csv', lines);
    await home.database.pool.query('delete from usage_key_run');
    await home.database.pool.query('update usage_key_seed set rebuild = true');
    assert.equal(await duplicates(home, 'b.csv', [...lines, call('d', 3)]), 3);
    await assertBooksAgree(home);
  });
});

test('the check of the books finds a key that is missing in the index, and one that no record has', async () => {
  await withHome(async (home) => {
    await duplicates(home, 'a.csv', [call('a', 1)]);
    await duplicates(home, 'b.csv', [call('b', 1)]);
    await assertBooksAgree(home);
    const problems = async (): Promise<readonly string[]> =>
      (await checkBooks(home.database, { keys: true })).differences.map(({ message }) => message);
    // The same number of keys, but one of them is that of another record.
    await home.database.pool.query("update usage_event set source_key = 'c' where source_key = 'b'");
    assert.match((await problems()).join(), /^source 1, keys: index 2 keys, sum \w+ \w+ against records 2 keys, sum/);
    await home.database.pool.query("update usage_event set source_key = 'b' where source_key = 'c'");
    assert.deepEqual(await problems(), []);
    await home.database.pool.query('delete from usage_key_run where run_id = 1');
    assert.match((await problems()).join(), /source 1: 1 keys in the index against 2 records with a key/);
  });
});

test('a released key is free for the next record that has it, and taken again by that', async () => {
  await withHome(async (home) => {
    await duplicates(home, 'a.csv', [call('a', 1), call('b', 1)]);
    const { rows } = await home.database.pool.query<{ id: bigint }>("select event_id as id from usage_event where source_key = 'a'");
    const id = Number(rows[0]?.id);
    await withKeys(home, (store) => store.release([{ first: id, last: id }]));
    assert.equal(await duplicates(home, 'b.csv', [call('b', 1), call('a', 1)]), 1);
    assert.equal(await duplicates(home, 'c.csv', [call('a', 1), call('b', 1), call('b', 2)]), 3);
    // The books have the record twice: releasing is for records that are taken out of them.
    const { differences } = await checkBooks(home.database, { keys: true });
    assert.deepEqual(differences, []);
  });
});

test('what another process has written in between is found, whatever is in memory', async () => {
  await withHome(async (home) => {
    await duplicates(home, 'a.csv', [call('a', 1)]);
    await duplicates(home, 'b.csv', [call('b', 1)]);
    const { rows } = await home.database.pool.query<{ id: bigint }>("select event_id as id from usage_event where source_key = 'b'");
    const b = Number(rows[0]?.id);
    await withUsageWriter(
      home.database,
      () => undefined,
      async (writer, client) => {
        const claim = (keys: SourceKeys, id: number, key: string): Promise<ReadonlyMap<number, number>> =>
          keys.transaction(
            (work) => writer.transaction(work),
            (_, claims) => claims.claim(1, 90, [{ id, key, startMicros: Date.UTC(2026, 1, 2, 9) * 1000 }]),
          );
        // The key of b is not claimed yet.
        await client.query('delete from usage_key_run where run_id = (select max(run_id) from usage_key_run)');
        const keys = await SourceKeys.open(writer.keys);
        assert.deepEqual(await claim(keys, b, 'b'), new Map());
        const other = await SourceKeys.open(writer.keys);
        assert.deepEqual(await claim(other, 1_000, 'b'), new Map([[1_000, b]]));
        await client.query('delete from usage_key_run where run_id = (select max(run_id) from usage_key_run)');
        assert.deepEqual(await claim(other, b, 'b'), new Map());
        assert.deepEqual(await claim(keys, 1_001, 'b'), new Map([[1_001, b]]));
      },
    );
  });
});
