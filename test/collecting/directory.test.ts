import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCli } from '../support/cli.ts';
import { assertBooksAgree, configure, fileOf, line, operator, type TestHome, withHome } from '../usage/home.ts';
import { round } from './round.ts';

/** The operator, whose switch drops its files into a directory. */
function collecting(inbox: string, more = ''): Readonly<Record<string, string>> {
  const source = `    format: delimited\n    collect: {from: directory, path: ${JSON.stringify(inbox)}, match: '.*\\.csv', ${more}}\n`;
  return { ...operator, 'operator.yaml': operator['operator.yaml'].replace('    format: delimited\n', source) };
}

async function withInbox(
  more: string,
  work: (home: TestHome, inbox: string, drop: (name: string, ids: readonly string[], secondsOld?: number) => void) => Promise<void>,
): Promise<void> {
  await withHome(async (home) => {
    const inbox = join(home.folder, 'inbox');
    mkdirSync(inbox);
    await configure(home, collecting(inbox, more));
    await work(home, inbox, (name, ids, secondsOld = 100) => {
      writeFileSync(join(inbox, name), fileOf(ids.map((id) => line({ id }))));
      const at = Date.now() / 1000 - secondsOld;
      utimesSync(join(inbox, name), at, at);
    });
  });
}

test('complete files are taken once; those still written, of other names or too young wait', async () => {
  await withInbox('stableSeconds: 10', async (home, _inbox, drop) => {
    drop('a_1.csv', ['1', '2']);
    drop('a_2.csv.tmp', ['3']);
    drop('notes.txt', ['4']);
    drop('a_3.csv', ['5'], 0);
    assert.deepEqual(await round(home), { files: ['a_1.csv loaded 2'], alarms: [] });
    assert.deepEqual(await round(home), { files: [], alarms: [] });
    drop('a_3.csv', ['5', '6'], 60);
    // Its time is in the past now, but its content was seen changing only a moment ago.
    assert.deepEqual((await round(home)).files, []);
    await home.database.pool.query("update collected_file set changed_at = changed_at - interval '11 seconds' where name = 'a_3.csv'");
    assert.deepEqual((await round(home)).files, ['a_3.csv loaded 2']);
  });
});

test('a person clears alarms by their numbers; a gap that was cleared is not raised again by the next file', async () => {
  await withInbox("sequence: {pattern: 'a_(\\d+)', from: 1, to: 99}", async (home, _inbox, drop) => {
    drop('a_1.csv', ['1']);
    drop('a_4.csv', ['2']);
    assert.deepEqual((await round(home)).alarms, ['gap 2–3']);
    const environment = { DATABASE_URL: home.database.url, CARILLON_DATA: home.dataFolder, CARILLON_LOG_LEVEL: 'silent' };
    const alarms = (...args: string[]) => runCli(['collect', 'alarms', ...args], { environment });
    const { id, kind, cleared } = JSON.parse((await alarms('--json')).stdout);
    assert.deepEqual([kind, cleared], ['gap', undefined]);
    const clearing = await alarms('--clear', String(id), '4711');
    assert.deepEqual([clearing.stdout, clearing.status], ['1 cleared; not open: 4711\n', 1]);
    drop('a_5.csv', ['3']);
    assert.deepEqual((await round(home)).alarms, []);
    assert.equal((await alarms()).stdout, 'no alarms\n');
    assert.match((await alarms('--all')).stdout, /gap \(cleared\) {2}2–3/);
    drop('a_7.csv', ['4']);
    assert.deepEqual((await round(home)).alarms, ['gap 6']);
  });
});

test('numbers that never came, came late or came twice raise one alarm each; the gap closes when its file comes', async () => {
  await withInbox("sequence: {pattern: 'a_(\\d+)', from: 1, to: 9}", async (home, _inbox, drop) => {
    drop('a_8.csv', ['1']);
    drop('a_9.csv', ['2']);
    drop('a_2.csv', ['3'], 90);
    assert.deepEqual((await round(home)).alarms, ['gap 1']);
    assert.deepEqual((await round(home)).alarms, []);
    drop('a_1.csv', ['4'], 80);
    assert.deepEqual(await round(home), { files: ['a_1.csv loaded 1'], alarms: ['late a_1.csv'] });
    const { rows } = await home.database.pool.query<{ kind: string }>(
      'select kind from collecting_alarm where cleared_at is null order by 1',
    );
    assert.deepEqual(
      rows.map(({ kind }) => kind),
      ['late'],
    );
    drop('b_a_2.csv', ['5'], 70);
    assert.deepEqual((await round(home)).alarms, ['repeat b_a_2.csv']);
  });
});

test('what is in the books is moved away, what is refused stays and is said once', async () => {
  await withInbox('after: move, moveTo: done', async (home, inbox, drop) => {
    drop('a_1.csv', ['1']);
    writeFileSync(join(inbox, 'b.csv'), Buffer.from('\ufeffid;start\n', 'utf16le'));
    utimesSync(join(inbox, 'b.csv'), 1, 1);
    assert.deepEqual((await round(home)).alarms, ['refused b.csv']);
    assert.deepEqual(readdirSync(inbox).sort(), ['b.csv', 'done']);
    assert.deepEqual(readdirSync(join(inbox, 'done')), ['a_1.csv']);
    assert.deepEqual(await round(home), { files: [], alarms: [] });
  });
});

test('a directory that is gone is an alarm, cleared when it is there again', async () => {
  await withInbox('', async (home, inbox, drop) => {
    rmSync(inbox, { recursive: true });
    const open = async (): Promise<readonly string[]> => {
      const found = await home.database.pool.query<{ detail: string }>('select detail from collecting_alarm where cleared_at is null');
      return found.rows.map(({ detail }) => /\bE[A-Z]+(?=:)/.exec(detail)?.[0] ?? detail);
    };
    assert.deepEqual([(await round(home)).alarms, await open()], [['failing '], ['ENOENT']]);
    writeFileSync(inbox, 'a file');
    assert.deepEqual([(await round(home)).alarms, await open()], [[], ['ENOTDIR']], 'it says what the matter is now');
    rmSync(inbox);
    mkdirSync(inbox);
    drop('a.csv', ['1']);
    assert.deepEqual((await round(home)).files, ['a.csv loaded 1']);
    assert.deepEqual(await open(), []);
  });
});

test('a refused file that is put right is loaded, and neither an alarm nor late', async () => {
  await withInbox("sequence: {pattern: 'a_(\\d+)'}", async (home, inbox, drop) => {
    writeFileSync(join(inbox, 'a_1.csv'), 'no header\n');
    utimesSync(join(inbox, 'a_1.csv'), 1, 1);
    drop('a_2.csv', ['1']);
    assert.deepEqual((await round(home)).alarms, ['refused a_1.csv']);
    drop('a_1.csv', ['2']);
    assert.deepEqual(await round(home), { files: ['a_1.csv loaded 1'], alarms: [] });
    const { rows } = await home.database.pool.query('select from collecting_alarm where cleared_at is null');
    assert.equal(rows.length, 0);
  });
});

test('a file that grows while it is collected, in the middle of a line too, is in the books once when it stands still', async () => {
  await withInbox('stableSeconds: 0', async (home, inbox) => {
    const text = fileOf(Array.from({ length: 3_000 }, (_, index) => line({ id: `${index}` })));
    let written = 0;
    const write = (characters: number): void => {
      appendFileSync(join(inbox, 'a.csv'), text.slice(written, written + characters));
      written += characters;
    };
    write(1_000);
    const writer = setInterval(() => write(7), 1); // slow enough to be there for some rounds, however slow they are
    const seen: string[] = [];
    for (let rounds = 0; rounds < 3; rounds += 1) {
      const before = written;
      const { files, alarms } = await round(home);
      seen.push(...files, ...alarms);
      assert.ok(before < written && written < text.length, 'it grew meanwhile');
    }
    clearInterval(writer);
    write(text.length - written);
    seen.push(...(await round(home)).files);
    assert.deepEqual((await round(home)).files, [], seen.join('\n'));
    const { rows } = await home.database.pool.query<{ events: string }>('select count(*) as events from usage_event');
    assert.equal(Number(rows[0]?.events), 3_000, seen.join('\n'));
    await assertBooksAgree(home);
  });
});
