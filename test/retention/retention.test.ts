/** What is deleted when its time is over: the books still add up, say so, and nothing goes that is needed. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { lastDueMs, retentionJob, startOnce } from '#app/retention/keep.ts';
import {
  dayBehind,
  holdRetention,
  type RetentionHome,
  releaseRetention,
  retentionDeletions,
  retentionDue,
  runRetention,
} from '#app/retention/retention.ts';
import { loadSettings } from '#app/settings.ts';
import { auditBooks } from '#app/usage/audit.ts';
import { explainUsage } from '#app/usage/explain.ts';
import { showRecords } from '#app/usage/look-up.ts';
import { rerateUsage } from '#app/usage/rerate.ts';
import { rollbackFile } from '#app/usage/rollback.ts';
import { deletedUsage, indexUsage } from '#app/usage/search.ts';
import { printDeleted } from '#cli/found-calls-table.ts';
import { RefusedError } from '#core/refusals.ts';
import { JobRunner } from '#operations/jobs/run-jobs.ts';
import { jobBooksOn } from '#storage/jobs/jobs.ts';
import { assertBooksAgree, configure, fileOf, line, loadOne, operator, rollup, type TestHome, withHome, write } from '../usage/home.ts';

const NOW = Date.parse('2026-12-20T12:00:00Z');

async function homeWith(home: TestHome, days: Readonly<Record<string, number>>): Promise<RetentionHome> {
  const environment = Object.fromEntries(Object.entries(days).map(([name, value]) => [`CARILLON_RETENTION_${name}`, String(value)]));
  return { ...home, settings: (await loadSettings({}, { environment, folder: '/' })).settings };
}

async function refusedWith(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof RefusedError, String(error));
  return error.refusals.map(({ code, message }) => `${code}: ${message}`).join('\n');
}

const close = (home: TestHome, ...agreements: readonly string[]): Promise<unknown> =>
  home.database.pool.query(`insert into usage_closed_until (agreement, day) select a, date '2026-11-01' from unnest($1::text[]) as a`, [
    agreements,
  ]);

/** What stays: rollups, traffic for reports, counters. */
async function figures(home: TestHome): Promise<object> {
  const { rows: traffic } = await home.database.pool.query<object>(
    `select kind, day, hour, leg, trunk, destination, cause, agreement, currency, sum(attempts)::text as attempts, sum(micros)::text as micros,
            sum(amount_nanos)::text as nanos from usage_traffic group by 1, 2, 3, 4, 5, 6, 7, 8, 9 order by 1, 2, 3, 4, 5, 6, 7, 8, 9`,
  );
  const { rows: counters } = await home.database.pool.query<object>('select key, value::text from usage_counter order by 1');
  return { rollup: await rollup(home), traffic, counters };
}

test('days whose time is over leave as a whole; what they came to stays, the audits hold and say it, and a record of them says why it is gone', () =>
  withHome(async (home) => {
    const { database } = home;
    const calls = Array.from({ length: 40 }, (_, at) =>
      line({
        ...{
          id: `c${at}`,
          start: `2026-10-${String(5 + (at % 4)).padStart(2, '0')} ${at % 8 === 0 ? '00' : '10'}:00:${String(at).padStart(2, '0')}`,
        },
        ...{ seconds: 61 + at * 7, result: at % 9 === 0 ? 'BUSY' : 'ANSWERED', b: at % 5 === 0 ? '00442079469999' : '00442079460000' },
      }),
    );
    const report = await loadOne(home, write(home, 'october.csv', fileOf(calls)));
    assert.equal(report.counts.rated, 40);
    await loadOne(home, write(home, 'again.csv', fileOf(calls.slice(0, 3))));
    // Earlier traffic that comes later: adjustments of tiers.
    await loadOne(home, write(home, 'late.csv', fileOf([line({ id: 'late', start: '2026-10-05 09:00:00', seconds: 900 })])));
    await indexUsage(database, () => undefined);
    const whole = await auditBooks(home, { from: '2026-10-01', to: '2026-11-01' }, false);
    const before = await figures(home);

    const ruled = await homeWith(home, { USAGE_DAYS: 60 });
    const due = async (kind: string) => (await retentionDue(ruled, NOW)).find((each) => each.kind === kind);
    const open = await due('usage');
    assert.deepEqual([open?.records, new Set(open?.kept.map(({ code }) => code))], [0, new Set(['retention.period-open'])]);
    assert.deepEqual((await runRetention(ruled, { by: 'ann', nowMs: NOW })).deleted, []);
    await close(home, 'north', 'south');

    // A legal entity whose law asks for longer: a day goes after its days, counted from the run's; 0 is for ever.
    const keeping = async (terms: string): Promise<readonly string[]> => {
      const text = operator['operator.yaml'].replace('address: [Street 1]', `address: [Street 1]${terms}`);
      await configure(home, { ...operator, 'operator.yaml': text });
      const { kept = [] } = (await due('usage')) ?? {};
      assert.ok(kept.every(({ code }) => code === 'retention.legal-entity'));
      return [...new Set(kept.map(({ message }) => message.slice(0, 10)))];
    };
    assert.deepEqual(await keeping(', retention: {usageDays: 75}'), ['2026-10-06', '2026-10-07', '2026-10-08']);
    assert.deepEqual(await keeping(', retention: {usageDays: 74}'), ['2026-10-07', '2026-10-08']);
    assert.equal((await keeping(', retention: {usageDays: 0}')).length, 5);
    assert.deepEqual(await keeping(''), []);

    // An order of a court about a day, and one about a partner.
    const hold = await holdRetention(database, {
      party: undefined,
      from: '2026-10-08',
      to: dayBehind('2026-10-08'),
      why: 'court',
      by: 'ann',
    });
    assert.match(
      await refusedWith(holdRetention(database, { party: undefined, from: '2026-10-09', to: '2026-10-08', why: 'x', by: 'ann' })),
      /days-wrong/,
    );
    const { rows: days } = await database.pool.query<{ day: string }>('select distinct day::text as day from usage_event order by 1');
    const ids = async (day: string): Promise<number> => {
      const { rows } = await database.pool.query<{ id: bigint }>('select min(event_id) as id from usage_event where day = $1', [day]);
      return Number(rows[0]?.id);
    };
    const first = await ids('2026-10-05');
    assert.deepEqual(
      days.map(({ day }) => day),
      ['2026-10-04', '2026-10-05', '2026-10-06', '2026-10-07', '2026-10-08'],
    );
    const done = await runRetention(ruled, { by: 'ann', nowMs: NOW });
    assert.deepEqual(new Set(done.kept.map(({ code }) => code)), new Set(['retention.legal-hold']));
    const { rows: left } = await database.pool.query<{ day: string }>('select distinct day::text as day from usage_event order by 1');
    assert.deepEqual(
      left.map(({ day }) => day),
      ['2026-10-07', '2026-10-08'],
    );
    assert.equal(
      (await database.pool.query(`select from pg_class where relname = 'usage_event_20261005'`)).rowCount,
      0,
      'its table is gone',
    );

    assert.deepEqual(await figures(home), before);
    await assertBooksAgree(home);
    const after = await auditBooks(home, { from: '2026-10-01', to: '2026-11-01' }, true);
    assert.deepEqual(after.differences, []);
    assert.deepEqual(after.days, whole.days, 'what each day came to');
    assert.deepEqual(
      after.files.map(({ stored }) => stored),
      whole.files.map(({ stored }) => stored),
    );
    assert.deepEqual(
      after.deleted.map(({ rule, first: from, last }) => [rule, from, last]),
      [['retention.usageDays=60', '2026-10-04', '2026-10-06']],
    );

    const gone =
      /usage\.detail-deleted: record \d+ of .*october\.csv: the detail of 2026-10-04 to 2026-10-06 was deleted on .* by rule retention\.usageDays=60/;
    assert.match(await refusedWith(showRecords(home, { record: String(first), raw: false, limit: 1 })), gone);
    assert.match(await refusedWith(explainUsage(home, `${first}/in`)), gone);
    assert.match(await refusedWith(showRecords(home, { record: '999999', raw: false, limit: 1 })), /usage\.record-unknown/);
    const nothing = { onWait: () => undefined, onProgress: () => undefined };
    const request = { agreement: 'north', nowMicros: NOW * 1000, unratable: 'block' } as const;
    assert.match(await refusedWith(rerateUsage(home, request, nothing)), /usage\.detail-deleted/);
    assert.match(await refusedWith(rollbackFile(home, { file: 'october.csv', why: 'x', by: 'ann' })), /usage\.detail-deleted/);

    // Nor is what is searched for there without a word.
    const asked = (from: string, to: string) => ({ from: Date.parse(from) * 1000, to: Date.parse(to) * 1000 });
    assert.deepEqual(await deletedUsage(ruled, {}), { days: [{ from: '2026-10-04', to: '2026-10-06' }], keptDays: 60 });
    assert.deepEqual((await deletedUsage(ruled, asked('2026-10-06T23:59:59Z', '2026-10-09T00:00:00Z')))?.days.length, 1);
    assert.equal(await deletedUsage(ruled, asked('2026-10-07T00:00:00Z', '2026-10-09T00:00:00Z')), undefined);
    assert.equal(await deletedUsage(ruled, asked('2026-10-01T00:00:00Z', '2026-10-04T00:00:00Z')), undefined);
    assert.equal(await deletedUsage(ruled, { status: 'held' }), undefined, 'held records stay');
    assert.equal(
      printDeleted({ days: [{ from: '2026-10-04', to: '2026-10-06' }], keptDays: 60 }),
      'records of 2026-10-04 to 2026-10-06 were deleted when their time was over; records are kept 60 days (retention.usageDays)\n',
    );

    // The same call again is known, though its row is gone; one that comes late goes behind what the tiers had seen.
    assert.equal((await loadOne(home, write(home, 'repeated.csv', fileOf([calls[0] ?? ''])))).counts.duplicate, 1);
    await loadOne(home, write(home, 'later.csv', fileOf([line({ id: 'later', start: '2026-10-05 11:00:00' })])));
    await assertBooksAgree(home);

    await releaseRetention(database, hold, 'lifted', 'ann');
    assert.match(await refusedWith(releaseRetention(database, hold, 'again', 'ann')), /retention\.hold-unknown/);
    await indexUsage(database, () => undefined);
    const all = await figures(home);
    await runRetention(ruled, { by: 'ann', nowMs: NOW });
    assert.equal((await database.pool.query('select from usage_event')).rowCount, 0);
    assert.deepEqual(await figures(home), all);
    await assertBooksAgree(home);
    assert.deepEqual((await auditBooks(home, { from: '2026-10-01', to: '2026-11-01' }, true)).differences, []);
    assert.equal((await database.pool.query('select from usage_search_number')).rowCount, 0, 'no number is left in the index');
    for (const change of ['delete from retention_deletion', 'update usage_deleted_sum set events = 0'])
      await assert.rejects(database.pool.query(change), /what was deleted stays known/);
    assert.ok((await retentionDeletions(database, { kind: 'usage' }, 10)).length >= 5);
  }));

test('held records, open disputes, undecided invoices and books that do not add up keep a day; raw files wait for their periods', () =>
  withHome(async (home) => {
    const { database } = home;
    await loadOne(home, write(home, 'a.csv', fileOf([line({ id: 'a' }), line({ id: 'b', start: '2026-10-06 10:00:00' })])));
    await loadOne(home, write(home, 'held.csv', fileOf([line({ id: 'h', b: '0033123456' })])));
    const ruled = await homeWith(home, { USAGE_DAYS: 60, ARCHIVE_DAYS: 1 });
    await database.pool.query(`update usage_file set finished_at = '2026-11-05'`);
    const run = async (): Promise<readonly string[]> => {
      const { kept } = await runRetention(ruled, { by: 'ann', nowMs: NOW });
      return [...new Set(kept.map(({ code, message }) => `${code} ${message.slice(0, 10)}`))].toSorted();
    };
    const stay = [
      'retention.period-open 2026-10-05',
      'retention.period-open 2026-10-06',
      'retention.period-open raw files ',
      'retention.records-held 2026-10-05',
    ];
    assert.deepEqual(await run(), stay);
    await close(home, 'north', 'south');
    await database.pool.query(
      `insert into dispute (side, legal_entity, account, document, agreement, currency, net_nanos, gross_nanos, reason, respond_by, raised_on)
       values ('payable', 'own', 'south', 'X-1', 'south', 'EUR', 1, 1, 'x', '2026-12-31', '2026-11-20')`,
    );
    assert.deepEqual(await run(), [
      ...[
        'retention.dispute-open 2026-10-05',
        'retention.dispute-open 2026-10-06',
        'retention.dispute-open raw files ',
        'retention.records-held 2026-10-05',
      ],
    ]);
    await database.pool.query(
      `insert into dispute_step (dispute_id, step, kind, made_by, note, day, recorded_at, recorded_by) values (1, 1, 'withdrawn', 'us', 'x', '2026-12-01', now(), 'ann')`,
    );
    // Somebody changed a row by hand: what proves it stays.
    await database.pool.query(`update usage_event set called = '4420' where source_key = 'b'`);
    assert.deepEqual(await run(), [
      'retention.books-differ 2026-10-05',
      'retention.books-differ 2026-10-06',
      'retention.records-held 2026-10-05',
    ]);
    const { rows } = await database.pool.query<{ name: string; archive_path: string; removed: boolean }>(
      'select name, archive_path, archive_removed_at is not null as removed from usage_file order by file_id',
    );
    assert.deepEqual(
      rows.map(({ archive_path, removed }) => [existsSync(join(home.dataFolder, archive_path)), removed]),
      [
        [false, true],
        [true, false],
      ],
    );
    // Of the archive only the file whose record is held is left; nothing but that was lost.
    await database.pool.query(`update usage_event set called = '442079460000' where source_key = 'b'`);
    assert.deepEqual(await run(), ['retention.records-held 2026-10-05']);
    await assertBooksAgree(home);
  }));

test('rows whose time is over go in portions; a run that is broken off goes on', () =>
  withHome(async (home) => {
    const { pool } = home.database;
    await pool.query(`insert into job (kind, title, input, by_id, by_name, state, ended_at)
      select 'x', 'x', '{}', 'a', 'a', 'done', '2026-01-01'::timestamptz + n * interval '1 minute' from generate_series(1, 2500) n`);
    await pool.query(
      `insert into job (kind, title, input, by_id, by_name, state, ended_at) values ('new', 'x', '{}', 'a', 'a', 'done', '2026-12-19')`,
    );
    const ruled = await homeWith(home, { JOBS_DAYS: 30 });
    assert.equal((await retentionDue(ruled, NOW)).find(({ kind }) => kind === 'jobs')?.records, 2500);
    let steps = 0;
    const stopping = (): void => {
      steps += 1;
      if (steps === 1) throw new Error('killed');
    };
    await assert.rejects(runRetention(ruled, { by: 'ann', nowMs: NOW, progress: stopping }), /killed/);
    assert.equal((await pool.query('select from job')).rowCount, 1501, 'a portion is gone');
    assert.deepEqual((await runRetention(ruled, { by: 'ann', nowMs: NOW })).deleted, [
      { kind: 'jobs', rule: 'retention.jobsDays=30', records: 1500, bytes: 0 },
    ]);
    assert.deepEqual((await pool.query<{ kind: string }>('select kind from job')).rows, [{ kind: 'new' }]);
    // What was told to others goes with its messages and attempts, once nothing of it waits; kept answers go with theirs.
    await pool.query(
      `insert into webhook_endpoint (endpoint_id, url, secret, types, made_by) values ('crm', 'https://crm.example', 'env:CRM', '{*}', 'ann')`,
    );
    await pool.query(
      `insert into webhook_event (source_key, type, subject, happened_at, body)
       select place::text, 'charging.opened', 'anna', $1::timestamptz - interval '91 days', '{}' from generate_series(1, 3) as place`,
      [new Date(NOW).toISOString()],
    );
    await pool.query(
      `insert into webhook_message (endpoint_id, event_id, subject, state, over_at)
       select 'crm', event_id, 'anna', case source_key when '3' then 'waiting' else 'sent' end, case source_key when '3' then null else happened_at end from webhook_event`,
    );
    await pool.query(`insert into webhook_attempt (message_id, by, started_at) select message_id, 'one', now() from webhook_message`);
    await pool.query(
      `insert into api_repetition (client, key, fingerprint, claimed_at) select 'c', place::text, 'f', $1::timestamptz - place * interval '20 hours' from generate_series(1, 2) as place`,
      [new Date(NOW).toISOString()],
    );
    const told = (await retentionDue(ruled, NOW))
      .filter(({ records }) => records > 0)
      .map(({ kind, rule, records }) => ({ kind, rule, records }));
    assert.deepEqual(told, [
      { kind: 'webhook-events', rule: 'retention.webhooksDays=90', records: 2 },
      { kind: 'api-answers', rule: 'retention.answersDays=1', records: 1 },
    ]);
    await runRetention(ruled, { by: 'ann', nowMs: NOW });
    const { rows: left } = await pool.query(
      `select (select count(*) from webhook_event)::int as events, (select count(*) from webhook_message)::int as messages,
              (select count(*) from webhook_attempt)::int as attempts, (select count(*) from api_repetition)::int as answers`,
    );
    assert.deepEqual(left, [{ events: 1, messages: 1, attempts: 1, answers: 1 }]);
    const known = await retentionDeletions(home.database, { kind: 'jobs' }, 10);
    assert.deepEqual([known.length, known.reduce((sum, { records }) => sum + records, 0)], [3, 2500]);
  }));

test('the house deletes once a day, at its hour, as a job; a run that was broken off is begun again', () =>
  withHome(async (home) => {
    const at = (text: string): number => Date.parse(text);
    assert.equal(lastDueMs('03:00', at('2026-12-20T12:00:00Z')), at('2026-12-20T03:00:00Z'));
    assert.equal(lastDueMs('03:00', at('2026-12-20T02:59:59Z')), at('2026-12-19T03:00:00Z'));
    const { database } = home;
    const books = jobBooksOn(database);
    const ruled = await homeWith(home, { JOBS_DAYS: 30 });
    const faults: unknown[] = [];
    const runner = new JobRunner(books, [retentionJob(ruled)], (error) => faults.push(error));
    const now = lastDueMs('00:00', Date.now());
    assert.equal(await startOnce(database, runner, books, now), true);
    assert.equal(await startOnce(database, runner, books, now), false);
    await runner.close();
    await database.pool.query(`update job set state = 'interrupted', ended_at = coalesce(ended_at, now())`);
    const next = new JobRunner(books, [retentionJob(ruled)], (error) => faults.push(error));
    assert.equal(await startOnce(database, next, books, now), true);
    await next.close();
    assert.deepEqual(faults, []);
  }));
