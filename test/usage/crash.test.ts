/** Kill -9 at seeded points of a load, load again: the books are those of an undisturbed run, to the last row. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { seeded } from '../support/seeded.ts';
import { assertBooksAgree, fileOf, line, loadInBatches, rollup, type TestHome, withHome, write } from './home.ts';

const child = fileURLToPath(new URL('crash-child.ts', import.meta.url));
/** Loads that are killed, each at two points one after the other. Every seed that ever failed stays in the list. */
const SEEDS = [1, 2, 5, 6];

/** With tiers, repetitions in and across files, damage and suspense. */
function records(): readonly string[] {
  const random = seeded(77);
  return Array.from({ length: 1_400 }, (_, index) => {
    if (index % 97 === 13) return 'broken';
    const minute = String(Math.floor(index / 24) % 60).padStart(2, '0');
    const start = `2026-10-${String(5 + (index % 3)).padStart(2, '0')} ${String(8 + (index % 9)).padStart(2, '0')}:${minute}:00`;
    return line({
      id: `${index % 41 === 7 ? index - 3 : index}`,
      start,
      seconds: Math.floor(random() * 300),
      in: index % 59 === 5 ? 'nobody' : 'north',
    });
  });
}

/** Two files, the later one first, 250 records to a transaction. */
const TWO_FILES: Loads = {
  batch: 250,
  write: (home) => [write(home, 'second.csv', fileOf(records().slice(680))), write(home, 'first.csv', fileOf(records().slice(0, 720)))],
};
/** Thirty, which are loaded together. */
const SMALL_FILES: Loads = {
  batch: 0,
  write: (home) => Array.from({ length: 30 }, (_, file) => write(home, `${file}.csv`, fileOf(records().slice(file * 45, file * 45 + 50)))),
};

interface Loads {
  /** 0: as many as it takes. */
  readonly batch: number;
  write(home: TestHome): readonly string[];
}

interface Ended {
  readonly killed: boolean;
  readonly output: string;
}

function run(home: TestHome, point: number, { batch }: Loads, files: readonly string[]): Promise<Ended> {
  const process_ = spawn(process.execPath, [child, home.database.url, home.dataFolder, String(point), String(batch), ...files], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  process_.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  process_.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    process_.on('error', reject);
    process_.on('close', (code, signal) => {
      if (signal !== 'SIGKILL' && code !== 0) reject(new Error(output));
      else resolve({ killed: signal === 'SIGKILL', output });
    });
  });
}

/** Everything that must be the same: rollups, counts, every record with its number, place, key and amounts. */
async function books(home: TestHome): Promise<unknown> {
  const { pool } = home.database;
  const [files, events, others, counters] = await Promise.all([
    pool.query(`select name, state, offset_bytes, read, rated, held, duplicate, rejected, reasons from usage_file order by file_id`),
    pool.query(`select e.event_id, byte_from, source_key, started_at, in_amount_nanos, out_amount_nanos, out_billed, a.nanos
      from usage_event e left join (select event_id, sum(amount_nanos) as nanos from usage_adjustment group by 1) a using (event_id) order by 1`),
    pool.query(`select event_id, byte_from, reason from usage_held union all select event_id, byte_from, reason from usage_rejected
      union all select event_id, byte_from, duplicate_of::text from usage_duplicate order by 1`),
    pool.query('select * from usage_counter order by key'),
  ]);
  const name = (path: unknown): string => String(path).replace(/^.*\//, '');
  return {
    rollup: await rollup(home),
    files: files.rows.map((row: { name: unknown }) => ({ ...row, name: name(row.name) })),
    events: events.rows,
    others: others.rows,
    counters: counters.rows,
  };
}

test('a load killed anywhere and begun again leaves the same books', () => killAndLoad(TWO_FILES, SEEDS));

test('small files that are loaded together, killed anywhere and loaded again, are in the books once', () =>
  killAndLoad(SMALL_FILES, [3, 4]));

async function killAndLoad(loads: Loads, seeds: readonly number[]): Promise<void> {
  let points = 0;
  let expected: unknown;
  await withHome(async (home) => {
    const { output } = await run(home, 1_000_000, loads, loads.write(home));
    points = Number(/points (\d+)/.exec(output)?.[1]);
    expected = await books(home);
    await assertBooksAgree(home);
  });
  assert.ok(points > 100, `${points} points`);
  for (const seed of seeds) {
    const random = seeded(seed);
    await withHome(async (home) => {
      const files = loads.write(home);
      const killedAt: number[] = [];
      for (const most of [points, points / 2]) {
        const point = 1 + Math.floor(random() * most);
        if ((await run(home, point, loads, files)).killed) killedAt.push(point);
      }
      await loadInBatches(home, files, loads.batch);
      const where = `seed ${seed}, killed at ${killedAt.join(' and ')} of ${points}`;
      assert.ok(killedAt.length > 0, where);
      assert.deepEqual(await books(home), expected, where);
      await assertBooksAgree(home);
      // Half-written archives are not taken for whole ones.
      for (const path of globSync(join(home.dataFolder, 'archive/usage/??/*'))) assert.ok(path.endsWith('.zst') && existsSync(path), where);
    });
  }
}
