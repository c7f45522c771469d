import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { auditBooks } from '#app/usage/audit.ts';
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
    const shown = printAudit(report, false);
    assert.match(shown, /nothing is lost: 1 files, read again from the archive/);
    const json = JSON.parse(printAudit(report, true));
    assert.equal(json.ok, true);
    assert.equal(json.files[0].writtenOff, 1);
    assert.equal(json.days[0].money[0].payable, '0.0305');
  });
});

test('whatever is taken out of the books, put in or changed is found and named', async (context) => {
  const faults: readonly (readonly [string, string, RegExp])[] = [
    ['a lost event', "delete from usage_event where source_key = '2'", /3 counted as rated against 2 in the books/],
    ['a lost duplicate', 'delete from usage_duplicate', /1 counted as duplicate against 0/],
    ['an amount', "update usage_event set in_amount_nanos = in_amount_nanos + 1 where source_key = '1'", /rollup .* against charges/],
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
  for (const [name, damage, expected] of faults)
    await context.test(name, async () => {
      await withHome(async (home) => {
        await loadDay(home);
        assert.deepEqual(await differences(home), []);
        await home.database.pool.query(damage);
        const found = await differences(home);
        assert.ok(
          found.some((message) => expected.test(message)),
          found.join('\n') || 'nothing was found',
        );
      });
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
