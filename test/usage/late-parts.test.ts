/** Parts that came when their call was charged already, and calls whose parts are in several files. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditBooks } from '#app/usage/audit.ts';
import { correctUsage } from '#app/usage/correct.ts';
import { correlateUsage } from '#app/usage/correlate.ts';
import { explainUsage } from '#app/usage/explain.ts';
import { joinLateParts } from '#app/usage/join.ts';
import { showRecords } from '#app/usage/look-up.ts';
import { rollbackFile } from '#app/usage/rollback.ts';
import { type RefusalCode, RefusedError } from '#core/refusals.ts';
import { runCli } from '../support/cli.ts';
import { everything } from './everything.ts';
import { loadOne, operator, type TestHome, withHome, write } from './home.ts';

const sources = `
  - id: gateway
    format: delimited
    separator: ";"
    header: true
    zone: UTC
    key: [id, number]
    fields:
      start: {column: time, time: "YYYY-MM-DD HH:mm:ss"}
      duration: seconds
      calling: a
      called: b
      trunkIn: in
      trunkOut: out
      part: part
      partGroup: id
      partSequence: number
`;
const configuration = {
  ...operator,
  'operator.yaml': `${(operator['operator.yaml'] ?? '').replace('sources:\n', `sources:${sources}`)}
correlations:
  - {id: calls, kind: parts, sources: [gateway], timeoutMinutes: 60, onTimeout: rate}
`,
};

const HOUR = 3_600_000_000;
const now = (): number => Date.now() * 1000;
const said = { why: 'gateway 2 was down', by: 'test' };

/** Stretches of 10 minutes each of a call that begins at this hour. */
function part(id: string, hour: number, number: number, of: number): string {
  const kind = number === 1 ? 'first' : number === of ? 'last' : 'intermediate';
  const time = `2026-10-05 ${String(hour).padStart(2, '0')}:${String((number - 1) * 10).padStart(2, '0')}:00`;
  return `${time};${kind};${number};${id};600;4930123456;442079460000;north-1;south-1`;
}

async function load(home: TestHome, name: string, lines: readonly string[]): Promise<void> {
  const text = `${['time;part;number;id;seconds;a;b;in;out', ...lines].join('\n')}\n`;
  const report = await loadOne(home, write(home, name, text), false, 'gateway');
  assert.equal(report.state, 'loaded', JSON.stringify(report.refusals));
}

async function held(home: TestHome): Promise<readonly string[]> {
  const { rows } = await home.database.pool.query<{ text: string }>(
    `select source_key || ' ' || reason as text from usage_held order by 1`,
  );
  return rows.map(({ text }) => text);
}

async function assertNothingLost(home: TestHome): Promise<void> {
  const { differences } = await auditBooks(home, { from: '2026-09-01', to: '2027-01-01' }, true);
  assert.deepEqual(differences, []);
}

const late = (home: TestHome): Promise<unknown> => correlateUsage(home, { nowMicros: now() + 2 * HOUR });

const whole = ['a', 'b', 'c'].flatMap((id, at) => [1, 2, 3].map((number) => part(id, 8 + at, number, 3)));

test('late parts are joined to their calls in one command: the books are those of calls that came whole, tiers included', () =>
  withHome(async (home) => {
    await load(home, '1.csv', [part('a', 8, 1, 3), part('a', 8, 3, 3), part('b', 9, 1, 3), part('c', 10, 1, 3), part('c', 10, 2, 3)]);
    await late(home);
    await load(home, '2.csv', [part('a', 8, 2, 3), part('b', 9, 2, 3), part('b', 9, 3, 3), part('c', 10, 3, 3)]);
    assert.deepEqual(await held(home), ['a|2 usage.part-late', 'b|2 usage.part-late', 'b|3 usage.part-late', 'c|3 usage.part-late']);
    const before = await everything(home);
    const dry = await joinLateParts(home, { records: [], dryRun: true, ...said });
    assert.deepEqual(await everything(home), before, 'a dry run books nothing');
    assert.deepEqual(
      dry.joined.map((call) => [call.before, call.after].map(({ event }) => event.durationMicros / 1_000_000)),
      [
        [1200, 1800],
        [600, 1800],
        [1200, 1800],
      ],
    );
    const { joined, left } = await joinLateParts(home, { records: [], ...said });
    assert.deepEqual([joined.length, left, await held(home)], [3, [], []]);
    const expected = await withHome(async (other) => {
      await load(other, 'whole.csv', whole);
      return everything(other);
    }, configuration);
    assert.deepEqual(await everything(home), expected);
    await assertNothingLost(home);
    const eventId = joined[0]?.after.eventId ?? 0;
    const [event] = await showRecords(home, { record: String(eventId), raw: true, limit: 1 });
    assert.deepEqual([event?.correlated?.missing, event?.correlated?.parts.map(({ sequence }) => sequence)], [undefined, [1, 2, 3]]);
    const old = await explainUsage(home, `${joined[0]?.before.eventId}/in`);
    assert.deepEqual([old.charges[0]?.dueNanos, old.takenBack?.replacedBy], [0n, eventId]);
    const [former] = await showRecords(home, { record: String(joined[0]?.before.eventId), raw: false, limit: 1 });
    assert.deepEqual(
      former?.correlated?.parts.map(({ sequence }) => sequence),
      [1, 3],
      'the old event still says what it was made of',
    );
    // Corrected afterwards by one of its parts: 20 minutes of the middle one.
    await correctUsage(home, { record: String(event?.correlated?.parts[1]?.id), set: ['seconds=1200'], ...said });
    const { rows } = await home.database.pool.query(
      `select duration_micros / 1000000 as s from usage_rated e where source_key = 'a|1' and not exists (select from usage_taken_back t where t.event_id = e.event_id)`,
    );
    assert.deepEqual(rows, [{ s: 2400n }]);
    await assert.rejects(joinLateParts(home, { records: ['1'], ...said }), refusedFor('usage.not-late'));
    await assert.rejects(joinLateParts(home, { records: [], by: 'test', why: ' ' }), refusedFor('usage.join-unclear'));
    await everything(home);
    await assertNothingLost(home);
  }, configuration));

test('one late part may be joined and another left; the command tells both, and discarding is the other way', () =>
  withHome(async (home) => {
    await load(home, '1.csv', [part('a', 8, 1, 3), part('b', 9, 1, 3)]);
    await late(home);
    await load(home, '2.csv', [part('a', 8, 2, 3), part('b', 9, 2, 3)]);
    const run = async (...args: readonly string[]): Promise<string> => {
      const environment = { DATABASE_URL: home.database.url };
      const { stdout, stderr } = await runCli(['--data', home.dataFolder, 'usage', ...args], { environment });
      return `${stdout}${stderr}`;
    };
    assert.match(await run('join', '5', '--why', 'it was late'), /1 late parts of 1 calls joined/);
    assert.deepEqual(await held(home), ['b|2 usage.part-late']);
    assert.match(await run('discard', '--reason', 'usage.part-late', '--why', 'settled with the partner'), /^1 discarded/);
    await everything(home);
    await assertNothingLost(home);
  }, configuration));

test('a file that shares calls with another is rolled back with them: the other parts wait again, and make the calls with the corrected file', () =>
  withHome(async (home) => {
    await load(home, '1.csv', [part('a', 8, 1, 2), part('b', 9, 2, 2), part('c', 10, 1, 2)]);
    await load(home, '2.csv', [part('a', 8, 2, 2), part('b', 9, 1, 2), part('d', 11, 1, 2), part('d', 11, 2, 2)]);
    const report = await rollbackFile(home, { file: '1.csv', ...said });
    assert.deepEqual(
      [report.sharedCalls, report.waitingElsewhere.map(({ name, records }) => [name.endsWith('2.csv'), records])],
      [2, [[true, 2]]],
    );
    assert.deepEqual(await held(home), ['a|2 usage.awaiting-parts', 'b|1 usage.awaiting-parts']);
    await everything(home);
    await assertNothingLost(home);
    // Their time begins anew: nothing is rated alone because it was loaded long ago.
    await home.database.pool.query("update usage_file set started_at = started_at - interval '5 hours'");
    await correlateUsage(home, { nowMicros: now() });
    assert.deepEqual(await held(home), ['a|2 usage.awaiting-parts', 'b|1 usage.awaiting-parts']);
  }, configuration));

test('a file that was rolled back and comes again is as if it had come once, also where its calls are in three files', () => {
  const files = [
    [part('a', 8, 1, 3), part('b', 9, 2, 3), part('c', 10, 1, 2), part('x', 12, 1, 2)],
    [part('a', 8, 2, 3), part('b', 9, 1, 3), part('d', 11, 1, 2), part('d', 11, 2, 2)],
    [part('a', 8, 3, 3), part('b', 9, 3, 3), part('c', 10, 2, 2), part('x', 12, 2, 2)],
  ];
  return withHome(async (home) => {
    for (const [index, lines] of files.entries()) await load(home, `${index}.csv`, lines);
    const once = await everything(home);
    for (const index of [0, 1, 2, 0]) {
      await rollbackFile(home, { file: String(await newest(home, `${index}.csv`)), ...said });
      await everything(home);
      await assertNothingLost(home);
      await load(home, `${index}.csv`, files[index] ?? []);
      assert.deepEqual(await everything(home), once, `file ${index}`);
      assert.deepEqual(await held(home), []);
    }
    // Two of them gone: the third waits with what it has.
    for (const name of ['0.csv', '2.csv']) await rollbackFile(home, { file: String(await newest(home, name)), ...said });
    assert.deepEqual(await held(home), ['a|2 usage.awaiting-parts', 'b|1 usage.awaiting-parts']);
    await everything(home);
    await assertNothingLost(home);
  }, configuration);
});

async function newest({ database }: TestHome, name: string): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>('select max(file_id) as id from usage_file where name like $1', [`%${name}`]);
  return rows[0]?.id ?? 0;
}

function refusedFor(code: RefusalCode): (error: unknown) => boolean {
  return (error) => error instanceof RefusedError && error.refusals[0]?.code === code;
}
