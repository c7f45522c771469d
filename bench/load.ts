/**
 * The bulk road: a file of call records on disk to rated, stored, added up and durable, through the very path of
 * `usage load`; beside COPY of the same rows into a table of the same columns by the same client, with nothing
 * else to do. Then the same with twice and four times the records: time and memory.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyConfiguration } from '#app/configuration.ts';
import { type Installation, withInstallation } from '#app/installation.ts';
import { checkBooks } from '#app/usage/check.ts';
import { loadUsage } from '#app/usage/load.ts';
import { copyOut, copyRows } from '#storage/database.ts';
import { figure, report } from './harness.ts';
import { type TrafficTruth, writeConfiguration, writeTraffic } from './support/load-traffic.ts';

const CALLS = 200_000;
const RUNS = 3;

interface Run {
  readonly seconds: number;
  readonly peakMegabytes: number;
  readonly right: boolean;
}

const folder = mkdtempSync(join(tmpdir(), 'carillon-bench-load-'));
try {
  const settings = { data: join(folder, 'data'), database: { url: '' }, log: { level: 'warn' as const } };
  await withInstallation({ settings, command: 'bench load' }, measure);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(installation: Installation): Promise<void> {
  const configuration = join(folder, 'configuration');
  writeConfiguration(configuration);
  await applyConfiguration(installation.database, { folder: configuration, dryRun: false, closeMissing: false });
  await load(installation, CALLS / 4, 1); // warms up: code, server, files
  const runs: Run[] = [];
  const copies: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    await clear(installation);
    runs.push(await load(installation, CALLS, 10 + run));
    copies.push(await copySameRows(installation));
  }
  const sizes: { readonly calls: number; readonly run: Run }[] = [];
  for (const times of [1, 2, 4]) {
    await clear(installation);
    sizes.push({ calls: CALLS * times, run: await load(installation, CALLS * times, 20) });
  }
  const ok = [...runs, ...sizes.map(({ run }) => run)].every(({ right }) => right);
  const notes = [
    `${CALLS.toLocaleString('en')} records a run, 3 carriers, 6,000 rates, both legs; the limit is COPY of the same rows`,
    ...sizes.map(
      ({ calls, run }) =>
        `${calls.toLocaleString('en')} records: ${run.seconds.toFixed(2)} s, ${Math.round(calls / run.seconds).toLocaleString('en')}/s, at most ${run.peakMegabytes} MB of memory`,
    ),
  ];
  report(
    'load',
    ok,
    [
      figure(
        'cdrs_per_s',
        runs.map(({ seconds }) => CALLS / seconds),
        copies,
      ),
    ],
    notes,
  );
}

/** Writes a file and loads it; only the loading is timed. */
async function load(installation: Installation, calls: number, seed: number): Promise<Run> {
  const file = join(folder, `traffic-${seed}-${calls}.csv`);
  const truth = writeTraffic(file, calls, seed);
  await installation.database.pool.query('checkpoint');
  let peak = 0;
  const sample = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 50);
  const start = process.hrtime.bigint();
  const [loaded] = await loadUsage(
    installation,
    { files: [file], source: 'switch', allOrNothing: false },
    { onWait: () => undefined, onProgress: () => undefined, onFile: () => undefined, onAdjusted: () => undefined },
  );
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  clearInterval(sample);
  rmSync(file);
  const { read, rated, held, duplicate, rejected } = truth;
  const counted = JSON.stringify(loaded?.counts) === JSON.stringify({ read, rated, held, duplicate, rejected });
  const right = counted && (seed === 1 || (await hasAmounts(installation, truth)));
  return { seconds, peakMegabytes: Math.round(peak / 1_000_000), right };
}

/** The books agree with each other and with the generator, to the last digit. */
async function hasAmounts({ database }: Installation, { amounts }: TrafficTruth): Promise<boolean> {
  const { rows } = await database.pool.query<{ key: string; amount: string }>(
    `select agreement || ' ' || role as key, trim_scale(sum(amount_nanos)) as amount from rollup group by 1`,
  );
  const { differences } = await checkBooks(database);
  return differences.length === 0 && rows.length === amounts.size && rows.every(({ key, amount }) => amounts.get(key) === BigInt(amount));
}

/** Rows a second of COPY alone: what the run before has stored, read out first, then written to a table without indexes. */
async function copySameRows({ database }: Installation): Promise<number> {
  return database.transaction(async (client) => {
    const chunks: Buffer[] = [];
    for await (const chunk of copyOut(client, 'copy (select * from usage_event) to stdout')) chunks.push(chunk);
    await client.query('drop table if exists bench_copy; create table bench_copy (like usage_event)');
    await client.query('commit');
    await client.query('begin');
    const start = process.hrtime.bigint();
    const rows = await copyRows(client, 'copy bench_copy from stdin', chunks);
    await client.query('commit');
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    await client.query('begin');
    return rows / seconds;
  });
}

/** Empty books, the same configuration. */
async function clear({ database }: Installation): Promise<void> {
  const { rows } = await database.pool.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'usage_event'::regclass`,
  );
  for (const { name } of rows) await database.pool.query(`drop table ${name}`);
  await database.pool.query(
    'truncate usage_held, usage_duplicate, usage_rejected, usage_key_run, usage_counter, usage_adjustment, rollup_sum, usage_file cascade',
  );
  await database.pool.query('vacuum');
}
