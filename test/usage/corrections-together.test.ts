/** Corrections of several kinds on the same records: rolled back after a re-rating, corrected parts, duplicates of what is gone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { produceStatement } from '#app/statement.ts';
import { pruneArchive } from '#app/usage/archive.ts';
import { auditBooks } from '#app/usage/audit.ts';
import { correctUsage } from '#app/usage/correct.ts';
import type { FileReport } from '#app/usage/load.ts';
import { type RerateRequest, rerateUsage } from '#app/usage/rerate.ts';
import { retryUsage } from '#app/usage/retry.ts';
import { rollbackFile } from '#app/usage/rollback.ts';
import { RefusedError } from '#core/refusals.ts';
import { parseStatementPeriod } from '#core/settlement/statement-period.ts';
import { assertBooksAgree, configure, fileOf, line, loadOne, operator, rollup, type TestHome, withHome, write } from './home.ts';

const october = { from: '2026-10-01', to: '2026-11-01' };
const book = { why: 'wrong rate', by: 'test' };
const dearer = { ...operator, 'tariffs.yaml': operator['tariffs.yaml'].replace('price: 0.05', 'price: 0.07') };

function rerate(home: TestHome, request: Partial<RerateRequest>): ReturnType<typeof rerateUsage> {
  const quiet = { onWait: () => undefined, onProgress: () => undefined };
  return rerateUsage(home, { unratable: 'block', nowMicros: Date.now() * 1000, ...request }, quiet);
}

const rollback = (home: TestHome, file: string) => rollbackFile(home, { file, why: 'test', by: 'test' });

async function assertNothingLost(home: TestHome): Promise<void> {
  await assertBooksAgree(home);
  const { differences } = await auditBooks(home, { from: '2026-09-01', to: '2027-01-01' }, true);
  assert.deepEqual(differences, []);
}

async function amounts({ database }: TestHome, knownAtMicros?: number): Promise<readonly bigint[]> {
  const period = parseStatementPeriod('2026-10');
  assert.ok(period.ok);
  const { statement } = await produceStatement(database, {
    ...{ agreement: 'north', period: period.value, nowMicros: Date.now() * 1000, format: 'table', allowEmpty: true, verify: true },
    ...(knownAtMicros === undefined ? {} : { knownAtMicros }),
  });
  return statement.lines.map(({ amountNanos }) => amountNanos);
}

const calls = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => line({ id: `c${index}`, start: `2026-10-05 10:0${index}:00` }));

const proxy = `sources:
  - id: proxy
    format: delimited
    separator: ";"
    header: true
    zone: UTC
    key: [id, method]
    fields:
      start: {column: time, time: "YYYY-MM-DD HH:mm:ss"}
      answered: {constant: "yes"}
      calling: a
      called: b
      trunkIn: in
      trunkOut: out
      part: {column: method, map: {INVITE: start, BYE: stop}}
      partGroup: id
`;
const withParts = { ...operator, 'operator.yaml': operator['operator.yaml'].replace('sources:\n', () => proxy) };
const invite = (id: string, called = '442079460000'): string => `2026-10-05 10:00:00;INVITE;${id};4930123456;${called};north-1;south-1`;
const bye = (id: string): string => `2026-10-05 10:01:00;BYE;${id};;;;`;

function loadParts(home: TestHome, name: string, lines: readonly string[]): Promise<FileReport> {
  return loadOne(home, write(home, name, `${['time;method;id;a;b;in;out', ...lines].join('\n')}\n`), false, 'proxy');
}

test('a part of a call that is held is corrected as any record, and the whole call is charged with it', () =>
  withHome(async (home) => {
    await loadParts(home, 'a.csv', [invite('c1', '999000111222'), bye('c1')]);
    await correctUsage(home, { record: '1', set: ['called=442079460000'], why: 'a test number', by: 'test' });
    const { taken, rated } = await retryUsage(home, {});
    assert.deepEqual([taken, rated], [2, 2]);
    await assertNothingLost(home);
  }, withParts));

test('a part that waits alone for the others is corrected, too', () =>
  withHome(async (home) => {
    await loadParts(home, 'a.csv', [invite('c1', '999000111222')]);
    await correctUsage(home, { record: '1', set: ['called=442079460000'], why: 'a test number', by: 'test' });
    assert.equal((await retryUsage(home, {})).rated, 0);
    await loadParts(home, 'b.csv', [bye('c1')]);
    const { rows } = await home.database.pool.query('select called from usage_rated');
    assert.deepEqual(rows, [{ called: '442079460000' }]);
    await assertNothingLost(home);
  }, withParts));

test('duplicates of parts in other files are told when their file is rolled back, and make the call again', () =>
  withHome(async (home) => {
    await loadParts(home, 'a.csv', [invite('c1'), bye('c1')]);
    await loadParts(home, 'b.csv', [invite('c1'), bye('c1'), invite('c2'), bye('c2')]);
    assert.equal((await rollback(home, 'a.csv')).duplicatesElsewhere, 2);
    const { taken, rated } = await retryUsage(home, { duplicates: true });
    assert.deepEqual([taken, rated], [2, 2]);
    await assertNothingLost(home);
  }, withParts));

const collect = '    format: delimited\n    collect: {from: directory, path: /nowhere, archiveDays: 30}\n';
const withArchiveDays = { ...operator, 'operator.yaml': operator['operator.yaml'].replace('    format: delimited\n', () => collect) };

async function prune(home: TestHome, file: string): Promise<number> {
  await home.database.pool.query(`update usage_file set finished_at = now() - interval '40 days' where name like '%' || $1`, [file]);
  return (await pruneArchive(home, { dryRun: false })).files.length;
}

test('the raw file of what was rolled back leaves the archive, though it had records that were held', () =>
  withHome(async (home) => {
    await loadOne(home, write(home, 'a.csv', fileOf([line({ id: '1' }), line({ id: '2', in: 'nobody' })])));
    await rollback(home, 'a.csv');
    assert.equal(await prune(home, 'a.csv'), 1);
    await assertBooksAgree(home);
  }, withArchiveDays));

test('a retry of duplicates whose raw file left the archive is refused before anything changes, file by file', () =>
  withHome(async (home) => {
    const pairs: readonly (readonly [string, string, string])[] = [
      ['a.csv', 'b.csv', '1'],
      ['c.csv', 'd.csv', '2'],
    ];
    for (const [first, second, id] of pairs) {
      await loadOne(home, write(home, first, fileOf([line({ id })])));
      await loadOne(home, write(home, second, fileOf([line({ id }), line({ id: `own-${id}` })])));
    }
    assert.equal(await prune(home, 'd.csv'), 1);
    await rollback(home, 'a.csv');
    await rollback(home, 'c.csv');
    await assert.rejects(retryUsage(home, { duplicates: true }), (error: unknown) => {
      assert.ok(error instanceof RefusedError);
      assert.deepEqual(
        error.refusals.map(({ code, message }) => [code, /^1 of the records are in file 4,/.test(message)]),
        [['usage.archive-removed', true]],
      );
      return true;
    });
    assert.equal((await retryUsage(home, { duplicates: true, file: 'b.csv' })).rated, 1);
    await assertBooksAgree(home);
  }, withArchiveDays));

test('a statement as known before a re-rating, and before a rollback, is what it was', () =>
  withHome(async (home) => {
    await loadOne(home, write(home, 'a.csv', fileOf(calls(5))));
    const before = await amounts(home);
    const booked = await pause();
    await configure(home, dearer);
    await rerate(home, { agreement: 'north', book });
    const after = await amounts(home);
    assert.notDeepEqual(after, before);
    assert.deepEqual(await amounts(home, booked), before);
    const rerated = await pause();
    await rollback(home, 'a.csv');
    assert.deepEqual([await amounts(home), await amounts(home, rerated), await amounts(home, booked)], [[], after, before]);
  }));

/** An instant between what was done before and what is done after. */
async function pause(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 5));
  const now = Date.now() * 1000;
  await new Promise((resolve) => setTimeout(resolve, 5));
  return now;
}

test('two re-ratings, a retry, a load and a rollback at the same time wait for each other, and the books are right', () =>
  withHome(async (home) => {
    await loadOne(home, write(home, 'a.csv', fileOf([...calls(9), line({ id: 'h', b: '112' })])));
    await configure(home, dearer);
    const late = write(home, 'b.csv', fileOf([line({ id: 'z', start: '2026-10-01 10:00:00', seconds: 900 })]));
    await Promise.all([
      rerate(home, { agreement: 'north', book }),
      rerate(home, { period: october, book }),
      retryUsage(home, {}),
      loadOne(home, late),
      rollback(home, 'a.csv'),
    ]);
    await assertNothingLost(home);
    const due = await amounts(home);
    const fresh = await withHome(async (other) => {
      await loadOne(other, write(other, 'b.csv', fileOf([line({ id: 'z', start: '2026-10-01 10:00:00', seconds: 900 })])));
      return amounts(other);
    }, dearer);
    assert.deepEqual(due, fresh);
  }));

/** All connections are cut, as when PostgreSQL is restarted; waits until there are others. */
async function cutConnections({ database }: TestHome): Promise<void> {
  const others = 'datname = current_database() and pid <> pg_backend_pid()';
  await database.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where ${others}`).catch(() => undefined);
}

async function connectAgain({ database }: TestHome): Promise<void> {
  for (let left = 20; left > 0; left -= 1) await database.pool.query('select 1').catch(() => undefined);
}

const spread = (from: number, count: number): string =>
  fileOf(
    Array.from({ length: count }, (_, index) => {
      const day = String(1 + ((from + index) % 28)).padStart(2, '0');
      return line({ id: `c${from + index}`, start: `2026-10-${day} 10:00:0${index % 10}`, seconds: (index * 37) % 300 });
    }),
  );

test('connections are cut under a re-rating with tiers, a late file comes, a file is rolled back: the books of a fresh installation', async () => {
  const tiers = { ...dearer, 'tariffs.yaml': dearer['tariffs.yaml'].replace('10: 0.02', '7: 0.015') };
  const open = async (home: TestHome): Promise<unknown> => {
    await assertNothingLost(home);
    return (await rollup(home)).filter((each) => Object.entries(each).some(([name, value]) => name === 'events' && value !== 0n));
  };
  const mended = await withHome(async (home) => {
    for (const [name, text] of [
      ['a.csv', spread(0, 800)],
      ['b.csv', spread(600, 600)],
    ] as const)
      await loadOne(home, write(home, name, text));
    await configure(home, tiers);
    const steps: readonly (() => Promise<unknown>)[] = [
      () => loadOne(home, write(home, 'late.csv', spread(3000, 100))),
      () => rollback(home, 'a.csv'),
      () => retryUsage(home, { duplicates: true }),
    ];
    for (const [index, step] of steps.entries()) {
      const work = rerate(home, { period: october, book }).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 20 + 40 * index));
      await cutConnections(home);
      await work;
      await connectAgain(home);
      await step();
    }
    await rerate(home, { period: october, book });
    return open(home);
  });
  const fresh = await withHome(async (home) => {
    for (const [name, text] of [
      ['b.csv', spread(600, 600)],
      ['late.csv', spread(3000, 100)],
    ] as const)
      await loadOne(home, write(home, name, text));
    return open(home);
  }, tiers);
  assert.deepEqual(mended, fresh);
});
