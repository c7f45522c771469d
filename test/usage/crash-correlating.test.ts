/** Kill -9 anywhere while parts of calls are loaded, screened and put together; load again: the same events, flags and charges. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { seeded } from '../support/seeded.ts';
import { assertBooksAgree, loadInBatches, operator, rollup, type TestHome, withHome, write } from './home.ts';

const child = fileURLToPath(new URL('crash-child.ts', import.meta.url));
/** Loads that are killed, each at two points one after the other. Every seed that ever failed stays in the list. */
const SEEDS = [1, 2, 3];

const source = `sources:
  - id: switch
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
screening:
  - {id: volume, kind: volume, per: calling, action: hold, limit: 20, windowMinutes: 600}
  - {id: noted, kind: simultaneous, per: trunkIn, action: flag, limit: 1}
`;
const files = { ...operator, 'operator.yaml': (operator['operator.yaml'] ?? '').replace(/sources:\n[\s\S]*$/, source) };

/** Calls of three parts and of one, the last parts in the first file, with some that never come and some that come twice. */
function writeFiles(home: TestHome): readonly string[] {
  const random = seeded(5);
  const lines: [string[], string[]] = [[], []];
  for (let call = 0; call < 260; call += 1) {
    const at = call * 60;
    const said = (part: string, number: number, from: number, seconds: number): string =>
      `${new Date(Date.UTC(2026, 9, 5) + from * 1000).toISOString().slice(0, 19).replace('T', ' ')};${part};${number};c${call};${seconds};493012345${call % 7};442079460000;north-1;south-1`;
    if (call % 3 === 0) lines[call % 2]?.push(said('single', 1, at, 100));
    else {
      lines[1].push(said('first', 1, at, 60));
      if (call % 29 !== 7) lines[random() < 0.5 ? 0 : 1].push(said('intermediate', 2, at + 60, 60));
      lines[0].push(said('last', 3, at + 120, 30));
      if (call % 11 === 5) lines[1].push(said('last', 3, at + 120, 30));
    }
  }
  return lines.map((some, index) => write(home, `${index}.csv`, `${['time;part;number;id;seconds;a;b;in;out', ...some].join('\n')}\n`));
}

interface Ended {
  readonly killed: boolean;
  readonly output: string;
}

function run(home: TestHome, point: number, paths: readonly string[]): Promise<Ended> {
  const started = spawn(process.execPath, [child, home.database.url, home.dataFolder, String(point), '250', ...paths], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [started.stdout, started.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  return new Promise((resolve, reject) => {
    started.on('error', reject);
    started.on('close', (code, signal) => {
      if (signal !== 'SIGKILL' && code !== 0) reject(new Error(output));
      else resolve({ killed: signal === 'SIGKILL', output });
    });
  });
}

async function books(home: TestHome): Promise<unknown> {
  const { pool } = home.database;
  const queries = [
    `select source_key, started_at, duration_micros, in_amount_nanos, out_amount_nanos from usage_event order by 1, 2`,
    `select source_key, reason, detail from usage_held order by 1, 2`,
    `select c.group_key, p.source_key, p.kind from usage_part p join usage_correlated c using (event_id) order by 1, 2`,
    `select source_key, duplicate_of from usage_duplicate order by 1, 2`,
    `select rule, subject, measured, detail, event_id from usage_flag order by 1, 5`,
    `select read, rated, held, duplicate, rejected, reasons from usage_file order by file_id`,
  ];
  const rows: unknown[] = [];
  for (const query of queries) rows.push((await pool.query(query)).rows);
  return [await rollup(home), ...rows];
}

test('parts and screening survive kill -9 at any point: loaded again, the books are those of an undisturbed run', async () => {
  let points = 0;
  let expected: unknown;
  await withHome(async (home) => {
    const { output } = await run(home, 1_000_000, writeFiles(home));
    points = Number(/points (\d+)/.exec(output)?.[1]);
    expected = await books(home);
    const { rows } = await home.database.pool.query<{ events: bigint; held: bigint; flags: bigint }>(
      `select (select count(*) from usage_correlated) as events, (select count(*) from usage_held where reason = 'screening.volume') as held,
         (select count(*) from usage_flag where rule = 'noted') as flags`,
    );
    const [found] = rows;
    const told = `${found?.events} events, ${found?.held} held, ${found?.flags} flags`;
    assert.ok(found !== undefined && found.events > 50n && found.held > 20n && found.flags > 5n, told);
    await assertBooksAgree(home);
  }, files);
  for (const seed of SEEDS) {
    const random = seeded(seed);
    await withHome(async (home) => {
      const paths = writeFiles(home);
      const killedAt: number[] = [];
      for (const most of [points, points / 2]) {
        const point = 1 + Math.floor(random() * most);
        if ((await run(home, point, paths)).killed) killedAt.push(point);
      }
      await loadInBatches(home, paths, 250);
      const where = `seed ${seed}, killed at ${killedAt.join(' and ')} of ${points}`;
      assert.ok(killedAt.length > 0, where);
      assert.deepEqual(await books(home), expected, where);
      await assertBooksAgree(home);
    }, files);
  }
});
