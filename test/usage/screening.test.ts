/** Screening from file to charge: flags, holds, release; the same over batches and threads, after retries and with parts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditBooks } from '#app/usage/audit.ts';
import { correctUsage } from '#app/usage/correct.ts';
import { loadUsage } from '#app/usage/load.ts';
import { retryUsage } from '#app/usage/retry.ts';
import { rollbackFile } from '#app/usage/rollback.ts';
import { listFlags, releaseUsage } from '#app/usage/screening.ts';
import { runCli } from '../support/cli.ts';
import { assertBooksAgree, configure, fileOf, line, loadOne, operator, rollup, type TestHome, withHome, write } from './home.ts';

const rules = (text: string): Readonly<Record<string, string>> => ({ ...operator, 'screening.yaml': `screening:\n${text}\n` });
const VOLUME = '  - {id: volume, kind: volume, per: calling, action: hold, limit: 2, windowMinutes: 60}';

const calls = (count: number, more: object = {}): readonly string[] =>
  Array.from({ length: count }, (_, index) => line({ id: `c${index}`, start: `2026-10-05 10:0${index}:00`, ...more }));

async function held(home: TestHome): Promise<readonly string[]> {
  const { rows } = await home.database.pool.query<{ text: string }>(
    `select event_id || ' ' || reason || ' ' || detail as text from usage_held order by event_id`,
  );
  return rows.map(({ text }) => text);
}

test('a hit is held before it is charged, priced in tiers or not; a release by a person with a reason charges it', () =>
  withHome(async (home) => {
    const report = await loadOne(home, write(home, 'a.csv', fileOf(calls(4))));
    assert.deepEqual([report.counts.rated, report.counts.held], [2, 2]);
    assert.deepEqual(await held(home), [
      '3 screening.volume rule volume, calling 4930123456: 3 calls in 60 minutes, 2 allowed',
      '4 screening.volume rule volume, calling 4930123456: 4 calls in 60 minutes, 2 allowed',
    ]);
    await assertBooksAgree(home);
    assert.deepEqual(await retryUsage(home, { reason: 'screening.volume' }), { taken: 2, rated: 0, held: 2, duplicate: 0, rejected: 0 });
    await assert.rejects(releaseUsage(home, { records: ['1'], why: 'x', by: 'me' }), /a screening rule holds 0/);
    await assert.rejects(releaseUsage(home, { records: ['3'], why: ' ', by: 'me' }), /--why/);
    await assert.rejects(releaseUsage(home, { records: [], why: 'x', by: 'me' }), /say which/);
    const released = await releaseUsage(home, { records: ['3'], why: 'his own dialler', by: 'me' });
    assert.deepEqual([released.released, released.rated, released.held], [1, 1, 1]);
    const { rows } = await home.database.pool.query(
      'select event_id, released_by, released_why from usage_flag where released_at is not null',
    );
    assert.deepEqual(rows, [{ event_id: 3n, released_by: 'me', released_why: 'his own dialler' }]);
    assert.equal((await held(home)).length, 1);
    const [flag] = await listFlags(home.database, 'volume', 10);
    assert.deepEqual([flag?.subject, flag?.count, flag?.waiting, flag?.lastRecord], ['4930123456', 2, 1, 4]);
    await assert.rejects(listFlags(home.database, 'other', 10), /no record was flagged/);
    await assertBooksAgree(home);
  }, rules(VOLUME)));

test('when the rule allows more, or is gone, a retry takes the records; they are not counted again', () =>
  withHome(async (home) => {
    await loadOne(home, write(home, 'a.csv', fileOf(calls(5))));
    assert.equal((await held(home)).length, 3);
    await configure(home, rules(VOLUME.replace('limit: 2', 'limit: 4')));
    assert.deepEqual(await retryUsage(home, { reason: 'screening.volume' }), { taken: 3, rated: 2, held: 1, duplicate: 0, rejected: 0 });
    await configure(home, operator);
    assert.deepEqual(await retryUsage(home, { reason: 'screening.volume' }), { taken: 1, rated: 1, held: 0, duplicate: 0, rejected: 0 });
    await assertBooksAgree(home);
  }, rules(VOLUME)));

test('a flag leaves the charge alone; repetitions are not looked at, and what was held for its price is looked at when it is charged', () =>
  withHome(async (home) => {
    const flagging = VOLUME.replace('hold', 'flag').replace('limit: 2', 'limit: 0');
    await configure(home, rules(flagging));
    const lines = [...calls(1), ...calls(1), line({ id: 'x', b: '0033123456789' })];
    const report = await loadOne(home, write(home, 'a.csv', fileOf(lines)));
    assert.deepEqual([report.counts.rated, report.counts.duplicate, report.counts.held], [1, 1, 1]);
    assert.equal((await listFlags(home.database, undefined, 9))[0]?.count, 1);
    const tariffs = (operator['tariffs.yaml'] ?? '').replaceAll(
      'code: "44", destination: United Kingdom',
      'code: "33", destination: France',
    );
    await configure(home, { ...rules(flagging), 'tariffs.yaml': tariffs });
    assert.equal((await retryUsage(home, { reason: 'rating.no-rate' })).rated, 1);
    assert.equal((await listFlags(home.database, undefined, 9))[0]?.count, 2);
    await assertBooksAgree(home);
  }, rules(VOLUME)));

test('whatever the batches and threads, over files and restarts: the same flags, holds and charges', async () => {
  const lines = Array.from({ length: 900 }, (_, index) =>
    line({
      id: `${index % 37 === 5 ? index - 1 : index}`,
      start: `2026-10-05 ${String(8 + (Math.floor(index / 60) % 12)).padStart(2, '0')}:${String((index * 7) % 60).padStart(2, '0')}:00`,
      a: `+49301${index % 11}`,
      seconds: (index * 13) % 200,
      in: index % 53 === 9 ? 'nobody' : 'north',
      out: index % 3 === 0 ? 'home' : 'south',
    }),
  );
  const several = rules(
    `${VOLUME}\n  - {id: burst, kind: burst, per: trunkOut, action: flag, limit: 3, windowMinutes: 4, shorterThanSeconds: 60}\n  - {id: at-once, kind: simultaneous, per: calling, action: hold, limit: 2}`,
  );
  const results: unknown[] = [];
  const quiet = { onWait: () => undefined, onProgress: () => undefined, onFile: () => undefined, onAdjusted: () => undefined };
  for (const [batchRecords, threads, files] of [
    [100_000, 0, 1],
    [7, 0, 3],
    [64, 2, 2],
  ] as const)
    await withHome(async (home) => {
      const size = Math.ceil(lines.length / files);
      for (let part = 0; part < files; part += 1) {
        const file = write(home, `${part}.csv`, fileOf(lines.slice(part * size, (part + 1) * size)));
        await loadUsage(home, { files: [file], source: 'switch', allOrNothing: false, batchRecords, threads }, quiet);
      }
      await assertBooksAgree(home);
      const { rows } = await home.database.pool.query('select event_id, rule, subject, measured, detail from usage_flag order by flag_id');
      results.push({ flags: rows, held: await held(home), rollup: await rollup(home) });
      assert.ok(rows.length > 50, `${rows.length} flags`);
    }, several);
  assert.deepEqual(results[1], results[0]);
  assert.deepEqual(results[2], results[0]);
});

test('faults of rules are refused with file, line and field', async () => {
  const text = `  - {id: one, kind: volume, per: calling, action: hold, limit: 2}
  - {id: two, kind: burst, per: nobody, action: hold}
  - {id: three, kind: silence, per: destination, action: flag, silentHours: 3, trunksIn: north-9}`;
  await assert.rejects(
    withHome(async () => undefined, rules(text)),
    (error: { refusals?: readonly { code: string; at?: { file?: string; line?: number; field?: string } }[] }) => {
      assert.deepEqual(
        error.refusals?.map(({ code, at }) => `${code} ${at?.file}:${at?.line} ${at?.field}`),
        [
          'configuration.key-missing screening.yaml:2 windowMinutes',
          'configuration.value-wrong screening.yaml:3 screening two.per',
          'configuration.reference-unknown screening.yaml:4 trunksIn',
          'configuration.key-missing screening.yaml:4 codeDeck',
        ],
      );
      return true;
    },
  );
});

test('the commands say what was found, whose it is, and what became of it', () =>
  withHome(async (home) => {
    await loadOne(home, write(home, 'a.csv', fileOf(calls(4))));
    const run = async (...args: readonly string[]): Promise<string> => {
      const { status, stdout, stderr } = await runCli(['--data', home.dataFolder, 'usage', ...args], {
        environment: { DATABASE_URL: home.database.url },
      });
      return `${stdout}${stderr}${status === 0 ? '' : `status ${status}`}`.replaceAll(/ +/g, ' ');
    };
    assert.match(await run('flags'), /volume 4930123456 2 2 2026-10-05T08:03:00Z 4 calls in 60 minutes, 2 allowed 4\n/);
    assert.match(
      await run('flags', '--json'),
      /"rule":"volume","kind":"volume","action":"hold","subject":"4930123456","count":2,"waiting":2/,
    );
    assert.match(await run('flags', '--rule', 'nobody'), /screening\.rule-unknown.*status 1/s);
    assert.match(await run('release', '3', '--why', 'known'), /1 released: 1 rated; 1 still held/);
    assert.match(await run('release', '3', '--why', 'known'), /usage\.not-waiting.*status 1/s);
    assert.match(await run('correlate'), /0 events rated of 0 parts; 0 wait, 0 held with others missing, 0 late, 0 held/);
    assert.match(await run('held'), /screening\.volume/);
  }, rules(VOLUME)));

test('a file that is rolled back is forgotten by every kind of rule: loaded again it is judged as the first time', async () => {
  const kinds = [
    'kind: volume, per: calling, limit: 2, windowMinutes: 60',
    'kind: volume, measure: minutes, per: trunkOut, limit: 4, windowMinutes: 60',
    'kind: burst, per: called, limit: 2, windowMinutes: 60, shorterThanSeconds: 100',
    'kind: simultaneous, per: calling, limit: 1',
    'kind: first-call, per: calling, called: ["44"], days: 30',
    'kind: silence, per: trunkIn, silentHours: 24',
  ].map((rule, index) => `  - {id: rule-${index}, ${rule}, action: ${index % 2 === 0 ? 'hold' : 'flag'}}`);
  for (const text of [...kinds, kinds.join('\n')])
    await withHome(async (home) => {
      await loadOne(home, write(home, 'before.csv', fileOf([line({ id: 'b', start: '2026-10-01 10:00:00' })])));
      const file = write(home, 'a.csv', fileOf([...calls(3), line({ id: 'other', start: '2026-10-05 10:01:10', a: '+4930999' })]));
      const first = await loadOne(home, file);
      const flagged = async (): Promise<unknown> =>
        (await home.database.pool.query('select rule, subject, measured from usage_flag order by flag_id')).rows;
      const flags = await flagged();
      await rollbackFile(home, { file: 'a.csv', why: 'test', by: 'test' });
      await home.database.pool.query('delete from usage_flag where event_id > 1');
      const again = await loadOne(home, file);
      assert.deepEqual([again.counts, again.reasons], [first.counts, first.reasons], text);
      assert.deepEqual(await flagged(), flags, text);
      await assertBooksAgree(home);
    }, rules(text));
});

test('corrections are not screened again: holds and flags stay, and the books are those of records that were right at first', async () => {
  const wrong = calls(5);
  const right = calls(5).map((text, index) => (index === 0 ? (calls(1, { seconds: 300 })[0] ?? '') : text));
  const expected = await withHome(async (home) => {
    await loadOne(home, write(home, 'a.csv', fileOf(right)));
    return { rollup: await rollup(home), held: await held(home) };
  }, rules(VOLUME));
  await withHome(async (home) => {
    await loadOne(home, write(home, 'a.csv', fileOf(wrong)));
    const flags = await listFlags(home.database, undefined, 9);
    const said = { why: 'wrong in the switch', by: 'test' };
    await correctUsage(home, { record: '1', set: ['seconds=300'], ...said });
    // The caller has had two calls that count: a third would be held.
    await correctUsage(home, { record: '2', set: ['calling=+4930123456', 'seconds=61'], ...said });
    assert.deepEqual(await rollup(home), expected.rollup);
    assert.deepEqual(await held(home), expected.held);
    assert.deepEqual(await listFlags(home.database, undefined, 9), flags);
    await releaseUsage(home, { records: ['3'], why: 'his own dialler', by: 'test' });
    await correctUsage(home, { record: '3', set: ['seconds=10'], ...said });
    assert.deepEqual((await auditBooks(home, { from: '2026-10-01', to: '2026-11-01' }, true)).differences, []);
    await assertBooksAgree(home);
  }, rules(VOLUME));
});
