import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { auditBooks } from '#app/usage/audit.ts';
import { checkBooks } from '#app/usage/check.ts';
import { discardUsage } from '#app/usage/discard.ts';
import { printAudit } from '../../src/cli/audit-tables.ts';
import { fileOf, line, loadOne, type TestHome, withHome, write } from './home.ts';

const OCTOBER_FIFTH = { from: '2026-10-05', to: '2026-10-06' };

async function differences(home: TestHome, archive = false): Promise<readonly string[]> {
  return (await auditBooks(home, OCTOBER_FIFTH, archive)).differences.map(({ message }) => message);
}

/** Two priced calls, one repeated, one unknown trunk, one broken line, one of the day after. */
async function loadDay(home: TestHome): Promise<void> {
  const lines = [line({ id: '1' }), line({ id: '2', out: 'home' }), line({ id: '1' }), line({ id: '3', in: 'nobody' }), 'broken'];
  await loadOne(home, write(home, 'a.csv', fileOf([...lines, line({ id: '4', start: '2026-10-06 10:00:00' })])));
}

test('an audit says of each file, source and day what became of every record, in calls, seconds and money', async () => {
  await withHome(async (home) => {
    await loadDay(home);
    await discardUsage(home, { records: [], rejected: true, file: 'a.csv', why: 'a test line', by: 'tester' });
    const report = await auditBooks(home, OCTOBER_FIFTH, true);
    assert.deepEqual(report.differences, []);
    assert.equal(report.files.length, 1);
    assert.deepEqual(report.files[0]?.stored, { read: 6, rated: 3, held: 1, duplicate: 1, rejected: 1 });
    assert.equal(report.files[0]?.writtenOff, 1);
    // 61 s of two calls; 120 s at 0.05 a minute each from north, 61 s at 0.03 to south
    const money = [{ currency: 'EUR', receivableNanos: 200_000_000n, payableNanos: 30_500_000n }];
    assert.deepEqual(report.days, [{ source: 'switch', day: '2026-10-05', rated: 2, held: 1, durationMicros: 122_000_000n, money }]);
    const both = (await auditBooks(home, { ...OCTOBER_FIFTH, to: '2026-10-07' }, false)).days.map((day) => [day.day, day.rated, day.money]);
    const second = [{ currency: 'EUR', receivableNanos: 100_000_000n, payableNanos: 30_500_000n }];
    assert.deepEqual(both, [
      ['2026-10-05', 2, money],
      ['2026-10-06', 1, second],
    ]);
    const shown = printAudit(report, false);
    assert.match(shown, /nothing is lost: 1 file, read again from the archive/);
    const json = JSON.parse(printAudit(report, true));
    assert.equal(json.ok, true);
    assert.equal(json.files[0].writtenOff, 1);
    assert.equal(json.days[0].money[0].payable, '0.0305');
  });
});

/** Damages one table, and puts its rows back afterwards. */
async function damaged(home: TestHome, damage: string, work: () => Promise<void>): Promise<void> {
  const table = /^(?:update|delete from|insert into) (\w+)/.exec(damage)?.[1] ?? assert.fail(damage);
  const { pool } = home.database;
  await pool.query(`create table as_before as select * from ${table}`);
  await pool.query(damage);
  try {
    await work();
  } finally {
    // In one transaction, and without the references of other tables.
    await pool.query(`begin; set local session_replication_role = replica; delete from ${table};
      insert into ${table} overriding system value select * from as_before; drop table as_before; commit`);
  }
}

test('whatever is taken out of the books, put in or changed is found and named', async (context) => {
  const faults: readonly (readonly [string, string, RegExp])[] = [
    ['a lost event', "delete from usage_event where source_key = '2'", /3 counted as rated against 2 in the books/],
    ['a lost duplicate', 'delete from usage_duplicate', /1 counted as duplicate against 0/],
    ['an amount', "update usage_event set in_amount_nanos = in_amount_nanos + 1 where source_key = '1'", /rollup .* against charges/],
    [
      'a duration',
      "update usage_event set duration_micros = duration_micros + 1 where source_key = '1'",
      /rollup .* raw 122000000.* against charges .* raw 122000001/,
    ],
    ['an answer', "update usage_event set answered = not answered where source_key = '1'", /rollup .* answered.* against charges/],
    [
      'a called number',
      "update usage_event set called = '442079460001' where source_key = '1'",
      /file 1 .* one was changed, put in or taken out/,
    ],
    ['no calling number', "update usage_event set calling = null where source_key = '1'", /file 1 .* one was changed/],
    [
      'what was found out about an event',
      `update usage_event set detail = '{"enriched": {"place": "here"}}' where source_key = '1'`,
      /file 1 .* one was changed/,
    ],
    ['the file of an event', "update usage_event set file_id = 99 where source_key = '1'", /event 1 of 2026-10-05: .* against no file 99/],
    ['the run of an event', "update usage_event set run_id = 99 where source_key = '1'", /against no run 99/],
    ['a trunk', "delete from usage_trunk where name = 'north-1'", /against no trunk/],
    ['a line of the rollups', 'delete from rollup_line where line_id = (select in_line from usage_event limit 1)', /against no line \d/],
    [
      'the tariff of a line',
      "update rollup_line set tariff = 'other'",
      /line \d+: agreement \w+, tariff other against rate \d+ is of tariff/,
    ],
    ['the agreement of a line', "update rollup_line set agreement = 'other'", /line \d+: agreement other, .* against version \d+ is of/],
    [
      'the start of an event',
      "update usage_event set started_at = started_at - interval '1 day' where source_key = '1'",
      /event 1: on the day .* started on 2026-10-04/,
    ],
    ['an event twice', "insert into usage_event select * from usage_event where source_key = '1'", /event 1: once against 2 rows/],
    ['the next number', 'update usage_numbering set next_event_id = 1', /numbers of records: the next is 1 against record/],
    ['a rollup taken away', 'delete from rollup_sum where day = (select min(day) from rollup_sum)', /rollup .* against charges/],
    ['a rollup of another line', 'update rollup_sum set line_id = line_id + 100', /a line that is known against none/],
    ['a reason', "update usage_held set reason = 'rating.no-rate'", /rating.trunk-unknown.* against in the books .*rating.no-rate/],
    ['a rejected record', 'delete from usage_rejected', /1 counted as rejected against 0/],
    ['a held record', 'delete from usage_held', /1 counted as held against 0/],
    [
      'a part that nobody would find',
      "update usage_held set reason = 'usage.awaiting-parts'",
      /a part that waits for others against nothing/,
    ],
    ['who discarded', "update usage_rejected set reason = 'usage.discarded'", /who discarded it, and why against nobody/],
    ['counts of a file', 'update usage_file set read = read + 1, rated = rated + 1', /4 counted as rated against 3/],
    [
      'an adjustment without its rollup',
      "insert into usage_adjustment (event_id, day, leg, version_id, role, local_day, billed, amount_nanos, counters, reason, line_id) select 1, '2026-10-05', 'in', version_id, role, '2026-10-05', 0, 1, '{}', 're-rated', line_id from rollup_line limit 1",
      /rollup .* against charges/,
    ],
    [
      'an adjustment of another version',
      "insert into usage_adjustment (event_id, day, leg, version_id, role, local_day, billed, amount_nanos, counters, reason, line_id) select 77, '2026-10-05', 'in', 99, role, '2026-10-05', 0, 0, '{}', 're-rated', line_id from rollup_line limit 1",
      /adjustment \d+ of event 77: .* against no event/,
    ],
    [
      'a file rolled back with its charges',
      "update usage_file set state = 'rolled-back'",
      /no charge, since it was taken back against \d+ nanos stand/,
    ],
    [
      'a rollup line',
      'update rollup_sum set events = events + 1 where day = (select min(day) from rollup_sum)',
      /rollup .* against charges/,
    ],
    ['a record over another', "update usage_event set byte_from = byte_from - 1 where source_key = '2'", /1 that overlap/],
    ['a file half loaded', "update usage_file set state = 'loading'", /a whole file against loaded in part/],
    [
      'a file that never came',
      "insert into collecting_alarm (source, kind, subject, detail, raised_at) values ('switch', 'gap', '7–9', '', now())",
      /files numbered 7–9 against none of them came/,
    ],
  ];
  await withHome(async (home) => {
    await loadDay(home);
    for (const [name, damage, expected] of faults)
      await context.test(name, async () => {
        await damaged(home, damage, async () => {
          const found = await differences(home);
          assert.ok(
            found.some((message) => expected.test(message)),
            found.join('\n') || 'nothing was found',
          );
        });
        assert.deepEqual(await differences(home), [], 'as before');
      });
  });
});

test('an amount that was changed together with its rollup is found by the sum of the rows of its file', async () => {
  await withHome(async (home) => {
    await loadDay(home);
    await home.database.pool.query(
      `with changed as (update usage_event set in_amount_nanos = in_amount_nanos + 7 where source_key = '1' returning in_line, coalesce(in_day, day) as day)
       update rollup_sum s set amount_nanos = amount_nanos + 7 from changed c where (s.line_id, s.day) = (c.in_line, c.day)`,
    );
    const found = await differences(home);
    assert.equal(found.length, 1);
    assert.match(found[0] ?? '', /^file 1 .* one was changed/);
  });
});

test('an archive that is gone or has another content is found when it is read again', async () => {
  await withHome(async (home) => {
    await loadDay(home);
    const [file] = (await auditBooks(home, OCTOBER_FIFTH, true)).files;
    assert.ok(file !== undefined);
    writeFileSync(join(home.dataFolder, file.archivePath), 'not an archive');
    assert.equal((await differences(home)).length, 0);
    assert.match((await differences(home, true)).join(), /the file as it was delivered against/);
  });
});

test('days without traffic have nothing to say', async () => {
  await withHome(async (home) => {
    await loadDay(home);
    const report = await auditBooks(home, { from: '2025-01-01', to: '2025-02-01' }, false);
    assert.deepEqual([report.files, report.days, report.differences], [[], [], []]);
    assert.match(printAudit(report, false), /^no files in these days\n\nnothing is lost: 0 files\n$/);
  });
});

test('check finds counters, duplicates and keys that are not what the records make', async (context) => {
  const faults: readonly (readonly [string, string, RegExp])[] = [
    ['a counter', 'update usage_counter set value = value + 1', /counter .*: \d+ against \d+ by charges/],
    ['a lost counter', 'delete from usage_counter', /counter .*: 0 against \d+ by charges/],
    [
      'a duplicate of nothing',
      'update usage_duplicate set duplicate_of = 999',
      /record \d+: repeats record 999 against which is not there/,
    ],
    ['a sum of a day', 'update rollup_day_come set amount_nanos = amount_nanos + 1', /agreement .*: sums of days .* against rollup/],
    ['a lost sum of a day', 'delete from rollup_day_come', /sums of days 0 events.* against rollup [1-9]/],
    ['a lost key', 'delete from usage_key_chunk', /keys: index .* against records/],
    ['a lost run of keys', 'update usage_key_run set live = false', /source 1, keys|0 keys in the index/],
    ['a key of another', "update usage_event set source_key = 'x' where source_key = '1'", /keys: index .* against records/],
  ];
  await withHome(async (home) => {
    await loadDay(home);
    const differ = async (): Promise<readonly string[]> =>
      (await checkBooks(home.database, { keys: true })).differences.map(({ message }) => message);
    for (const [name, damage, expected] of faults)
      await context.test(name, async () => {
        await damaged(home, damage, async () => {
          const found = await differ();
          assert.ok(
            found.some((message) => expected.test(message)),
            found.join('\n') || 'nothing was found',
          );
        });
        assert.deepEqual(await differ(), [], 'as before');
      });
  });
});
