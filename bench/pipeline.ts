/**
 * The bulk road: files of call records on disk to rated, stored, added up and durable, through the very path of `usage load`;
 * beside COPY of the very same rows, the same bytes, into a fresh table of the same definition by the same client with
 * nothing else to do. `--calls <n>`: records of each of the three runs, 3 million when left out: an hour of a large operator. What a small
 * load costs, and the first of a process, stands beside it. `--growth <n>`: one run each of a tenth of n, three tenths, and n instead, for
 * time and memory; the COPY is behind all of them, because its rows are kept in memory. `--bare`: without what is kept for lists and the
 * overview while usage is loaded. `--index`: what is loaded is indexed for searching after each run, and what that takes is printed.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyConfiguration } from '#app/configuration.ts';
import { type Installation, withInstallation } from '#app/installation.ts';
import { checkBooks } from '#app/usage/check.ts';
import { loadUsage } from '#app/usage/load.ts';
import { indexUsage } from '#app/usage/search.ts';
import { EVENT_COLUMNS } from '#pipeline/ports.ts';
import { type Stage, Stages, stages } from '#pipeline/stages.ts';
import { copyOut, copyRows } from '#storage/database.ts';
import { figure, report } from './harness.ts';
import { flagOption, numberOption } from './support/options.ts';
import { type PipelineTruth, writePipelineConfiguration, writePipelineTraffic } from './support/pipeline-traffic.ts';

const RUNS = 3;
/** Rows of the bare COPY at most: they are kept in memory. */
const COPIED_ROWS = 1_000_000;
const RECORDS_OF_A_FILE = 1_000_000;
const CALLS = numberOption('calls', 3_000_000);
const SMALL = Math.round(CALLS / 10);
const LARGEST = numberOption('growth', 0);
const BARE = flagOption('bare');
const INDEXES = flagOption('index');
const GROWS = LARGEST > 0;
const SIZES = GROWS ? [LARGEST / 10, (LARGEST * 3) / 10, LARGEST].map(Math.round) : Array.from({ length: RUNS }, () => CALLS);
const DAY = 'usage_event_20261005';

interface Run {
  readonly calls: number;
  readonly seconds: number;
  readonly stages: Readonly<Record<Stage, number>>;
  readonly memory: Memory;
  /** Seconds of processor: this process with its threads, the backend that writes, and the server's other processes. */
  readonly processor: { readonly node: number; readonly backend: number; readonly others: number };
  readonly right: boolean;
}

/** Megabytes at most while a load ran. */
interface Memory {
  readonly node: number;
  /** The backend that writes: all its pages, those of shared buffers included, and its own. */
  readonly backend: number;
  readonly backendOwn: number;
  /** The largest of the server's other processes, its own pages. */
  readonly othersOwn: number;
}

const folder = mkdtempSync(join(tmpdir(), 'carillon-bench-pipeline-'));
try {
  const settings = { data: join(folder, 'data'), database: { url: '' }, log: { level: 'warn' as const } };
  await withInstallation({ settings, command: 'bench pipeline' }, measure);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(installation: Installation): Promise<void> {
  const configuration = join(folder, 'configuration');
  writePipelineConfiguration(configuration);
  await applyConfiguration(installation.database, { folder: configuration, dryRun: false, closeMissing: false });
  if (BARE) await installation.database.pool.query('drop index usage_event_started; alter table rollup_sum disable trigger user');
  const first = await load(installation, SMALL, 1); // with all that a process does once: compiling the rates, starting threads
  await clear(installation);
  const small = await load(installation, SMALL, 2);
  const runs: Run[] = [];
  const copies: number[] = [];
  const indexed: string[] = [];
  for (const [run, calls] of SIZES.entries()) {
    await clear(installation);
    const measured = await load(installation, calls, 10 + run);
    console.error(sizeOf(measured)); // it takes minutes: what is known is told
    runs.push(measured);
    if (INDEXES) indexed.push(await indexAll(installation, calls));
    if (!GROWS) copies.push(await copySameRows(installation));
  }
  while (copies.length < RUNS) copies.push(await copySameRows(installation));
  const all = [first, small, ...runs];
  const { rows } = await installation.database.pool.query<{ fsync: string; commit: string }>(
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`,
  );
  report(
    'pipeline',
    all.every(({ right }) => right),
    [
      figure(
        'cdrs_per_s',
        runs.map(({ calls, seconds }) => calls / seconds),
        copies,
      ),
    ],
    [
      `files of ${RECORDS_OF_A_FILE.toLocaleString('en')}, 100,000 rates, 200 trunks, 50 agreements, both legs; fsync ${rows[0]?.fsync}, synchronous_commit ${rows[0]?.commit}`,
      'the limit is COPY of the very same rows into a fresh table of the same definition',
      ...(BARE ? ['without the sums of days and the summaries of times, which lists and the overview are read by'] : []),
      ...indexed,
      ...runs.flatMap((run) => [`share of the time: ${sharesOf(run)}`, sizeOf(run)]),
      `the first load of the process: ${sizeOf(first)}`,
      `as many records once more: ${sizeOf(small)}`,
    ],
  );
}

/** Of the elapsed time. Readers work beside the main thread; all else is the main thread's, waits for PostgreSQL included. */
function sharesOf({ seconds, stages: spent }: Run): string {
  const share = (milliseconds: number): string => `${Math.round(milliseconds / seconds / 10)} %`;
  const main = stages.filter((stage) => stage !== 'read');
  const rest = seconds * 1000 - main.reduce((sum, stage) => sum + spent[stage], 0);
  return [...main.map((stage) => `${stage} ${share(spent[stage])}`), `rest ${share(rest)}`, `beside it readers ${share(spent.read)}`].join(
    ', ',
  );
}

function sizeOf({ calls, seconds, memory, processor }: Run): string {
  const micros = (spent: number): string => ((spent * 1e6) / calls).toFixed(1);
  const speed = Math.round(calls / seconds).toLocaleString('en');
  return `${calls.toLocaleString('en')} records: ${seconds.toFixed(2)} s, ${speed}/s; at most ${memory.node} MB node, ${memory.backend} MB PostgreSQL's writing backend (${memory.backendOwn} MB its own), ${memory.othersOwn} MB each of its other processes (their own); ${micros(processor.node)} + ${micros(processor.backend)} + ${micros(processor.others)} µs of processor a record`;
}

/** Writes files and loads them; only the loading is timed. */
async function load(installation: Installation, calls: number, seed: number): Promise<Run> {
  const traffic = join(folder, 'traffic');
  const truth = writePipelineTraffic(traffic, calls, RECORDS_OF_A_FILE, seed);
  await installation.database.pool.query('checkpoint');
  const spent = new Stages();
  const watch = await watchMemory(installation);
  const before = process.cpuUsage();
  const start = process.hrtime.bigint();
  const reports = await loadUsage(
    installation,
    { files: truth.files, source: 'switch', allOrNothing: false, stages: spent },
    { onWait: () => undefined, onProgress: () => undefined, onFile: () => undefined, onAdjusted: () => undefined },
  );
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const { user, system } = process.cpuUsage(before);
  const { memory, backend, others } = watch();
  rmSync(traffic, { recursive: true });
  const sum = (name: 'read' | 'rated' | 'held' | 'duplicate' | 'rejected'): number =>
    reports.reduce((total, { counts }) => total + counts[name], 0);
  const counted = (['read', 'rated', 'held', 'duplicate', 'rejected'] as const).every((name) => sum(name) === truth[name]);
  const right = counted && (await hasSums(installation, truth));
  const processor = { node: (user + system) / 1e6, backend, others };
  return { calls, seconds, stages: spent.milliseconds, memory, processor, right };
}

/** As `serve` does after a load. */
async function indexAll(installation: Installation, calls: number): Promise<string> {
  const watch = await watchMemory(installation);
  const start = performance.now();
  await indexUsage(installation.database, () => undefined);
  const seconds = (performance.now() - start) / 1_000;
  const { backend, others } = watch();
  return `indexed for searching afterwards in ${seconds.toFixed(1)} s, ${(((backend + others) * 1e6) / calls).toFixed(1)} µs of PostgreSQL's processor a record`;
}

/** Until the function that it gives back is called. */
async function watchMemory({ database }: Installation): Promise<() => { memory: Memory; backend: number; others: number }> {
  const { rows } = await database.pool.query<{ pid: number; ours: boolean }>(
    `select pid, coalesce(datname = current_database() and backend_type = 'client backend', false) as ours from pg_stat_activity`,
  );
  const processes = rows.map(({ pid, ours }) => ({ pid, ours, before: processorSeconds(pid) ?? 0, spent: 0 }));
  let [node, backend, backendOwn, othersOwn] = [0, 0, 0, 0];
  const look = (): void => {
    node = Math.max(node, process.memoryUsage.rss());
    for (const watched of processes) {
      const status = statusOf(watched.pid);
      watched.spent = Math.max(watched.spent, (processorSeconds(watched.pid) ?? 0) - watched.before); // a connection may be closed meanwhile
      if (!watched.ours) othersOwn = Math.max(othersOwn, status('RssAnon'));
      else {
        backend = Math.max(backend, status('VmRSS'));
        backendOwn = Math.max(backendOwn, status('RssAnon'));
      }
    }
  };
  const timer = setInterval(look, 100);
  return () => {
    look();
    clearInterval(timer);
    const spent = (ours: boolean): number => processes.reduce((sum, each) => sum + (each.ours === ours ? each.spent : 0), 0);
    const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
    const memory = {
      node: megabytes(node),
      backend: megabytes(backend),
      backendOwn: megabytes(backendOwn),
      othersOwn: megabytes(othersOwn),
    };
    return { memory, backend: spent(true), others: spent(false) };
  };
}

/** Bytes by name; 0 where the system does not say. */
function statusOf(pid: number): (name: string) => number {
  let text = '';
  try {
    text = readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    // Another system, or the connection is closed.
  }
  return (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) * 1024;
}

/** Seconds of processor that a process has used; undefined where the system does not say. The clock of /proc ticks 100 times a second. */
function processorSeconds(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return undefined;
  }
}

/** The books agree with each other and with the generator, to the last digit. */
async function hasSums({ database }: Installation, { amounts, billed }: PipelineTruth): Promise<boolean> {
  const { rows } = await database.pool.query<{ key: string; amount: string; billed: string }>(
    `select agreement || ' ' || role as key, trim_scale(sum(amount_nanos)) as amount, trim_scale(sum(billed_quantity)) as billed
       from rollup group by 1`,
  );
  const { differences } = await checkBooks(database);
  return (
    differences.length === 0 &&
    rows.length === amounts.size &&
    rows.every((row) => amounts.get(row.key) === BigInt(row.amount) && billed.get(row.key) === Number(row.billed))
  );
}

/** Rows a second of COPY alone: what the run before has stored, read out first as the same bytes. */
async function copySameRows({ database }: Installation): Promise<number> {
  const columns = EVENT_COLUMNS.join(', ');
  return database.transaction(async (client) => {
    const chunks: Buffer[] = [];
    for await (const chunk of copyOut(client, `copy (select ${columns} from ${DAY} limit ${COPIED_ROWS}) to stdout (format binary)`))
      chunks.push(chunk);
    const whole = Buffer.concat(chunks.splice(0));
    for (let at = 0; at < whole.length; at += 1 << 20) chunks.push(whole.subarray(at, at + (1 << 20)));
    await client.query(`drop table if exists bench_copy; create table bench_copy (like ${DAY} including all)`);
    await client.query('commit');
    await client.query('checkpoint');
    const start = process.hrtime.bigint();
    await client.query('begin');
    const rows = await copyRows(client, `copy bench_copy (${columns}) from stdin (format binary)`, chunks);
    await client.query('commit');
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    await client.query('begin');
    await client.query('drop table bench_copy');
    return rows / seconds;
  });
}

/** Empty books, the same configuration. Names stay numbered, as they are on the second day. */
async function clear({ database }: Installation): Promise<void> {
  const { rows } = await database.pool.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'usage_event'::regclass`,
  );
  for (const { name } of rows) await database.pool.query(`drop table ${name}`);
  const { rows: kept } = await database.pool.query<{ name: string }>(
    `select format('%I', tablename) as name from pg_tables where schemaname = current_schema()
        and (tablename like 'usage\\_%' or tablename like 'rollup%')
        and tablename not in ('usage_event', 'usage_numbering', 'usage_key_seed', 'usage_source', 'usage_trunk', 'rollup_line')`,
  );
  await database.transaction(async (client) => {
    // What was deleted of usage stays known, says a trigger; here nothing was.
    await client.query('set local session_replication_role = replica');
    await client.query(`truncate ${kept.map(({ name }) => name).join(', ')} cascade`);
  });
  await database.pool.query('vacuum');
}
