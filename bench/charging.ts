/**
 * Online charging whole: Gy sessions over TCP, decoded, decided with the real rules and tariffs, durable in PostgreSQL before the answer;
 * peers in a process of their own on the same cores. 1,000,000 accounts, 100,000 open sessions. Beside it, as the limit, one connection
 * that commits arrays of 64 balances and does nothing else. BENCH_ACCOUNTS, BENCH_SESSIONS and BENCH_SECONDS make it smaller.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectLessOften } from '#app/charging/heap.ts';
import { keepTended } from '#app/charging/keep-tended.ts';
import { keepWritten } from '#app/charging/keep-written.ts';
import { diameterDictionary } from '#app/diameter.ts';
import { type Installation, withInstallation } from '#app/installation.ts';
import type { ChargingAccount } from '#core/charging/account.ts';
import { chargingRules } from '#core/charging/rules.ts';
import { LATENCY_BOUNDS_MS } from '#engine/counts.ts';
import { ChargingEngine } from '#engine/engine.ts';
import { chargingNode } from '#gateways/diameter/node.ts';
import { defaultLimits } from '#gateways/diameter/settings.ts';
import { accountToJson } from '#storage/charging/account-json.ts';
import { int8Column, itself } from '#storage/charging/binary-arrays.ts';
import { openChargingStore } from '#storage/charging/charging-store.ts';
import { shardOf } from '#storage/charging/new-accounts.ts';
import { copyField, copyRows } from '#storage/database.ts';
import { NANOS_OF_A_REPORT, openedAccount, retailCatalog } from '../test/support/retail-plan.ts';
import { figure, report } from './harness.ts';
import { PeerProcess, type Report, USED_BYTES } from './support/charging-peers.ts';
import { type Stalls, StallWatch, toldStalls, withoutCore } from './support/stalls.ts';

const ACCOUNTS = Number(process.env.BENCH_ACCOUNTS ?? 1_000_000);
const SESSIONS = Number(process.env.BENCH_SESSIONS ?? 100_000);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 15);
const TICKS_A_SECOND = 100;
/** DIAMETER_TOO_BUSY. */
const TOO_BUSY = '3004';
const RUNS = Number(process.env.BENCH_RUNS ?? 3);
const CONNECTIONS = 4;
const OUTSTANDING = 256;
/** Requests a second for latency: half of what is required. */
const HALF = Number(process.env.BENCH_RATE ?? 12_500);
/** Within so long 99 of 100 are to be answered then: one of the bounds that the engine counts by. */
const WANTED_MS = 10;

const folder = mkdtempSync(join(tmpdir(), 'carillon-bench-charging-'));
try {
  const settings = { data: join(folder, 'data'), database: { url: '' }, log: { level: 'warn' as const } };
  await withInstallation({ settings, command: 'bench charging' }, measure);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(installation: Installation): Promise<void> {
  const { database } = installation;
  collectLessOften(); // as carillon serve does
  const catalog = retailCatalog();
  await fill(database, openedAccount(catalog, Date.now() * 1000));
  const limits = [await arrayCommits(database)];
  const engine = new ChargingEngine({
    store: openChargingStore(database),
    rules: chargingRules(catalog),
    name: 'bench',
    clock: () => Date.now() * 1000,
    note: (text, error) => console.error(text, error ?? ''),
  });
  await engine.start();
  const over = new AbortController();
  const besides = [keepWritten(installation, over.signal), keepTended(installation, over.signal)]; // this, too
  const node = chargingNode(
    engine,
    {
      ...{
        dictionary: diameterDictionary(),
        limits: defaultLimits,
        listen: [{ host: '127.0.0.1', port: 0, tls: undefined }],
        peers: undefined,
      },
      ...{ mostConnections: 10, contexts: {}, homeNetworks: ['26202'], now: () => Date.now() * 1000 },
      identity: { host: 'ocs.example.net', realm: 'example.net', others: [], product: 'Carillon', originState: 1 },
    },
    () => undefined,
  );
  const [port = 0] = await node.listen();
  const peers = new PeerProcess();
  await peers.order({ kind: 'connect', port, connections: CONNECTIONS, sessions: SESSIONS, accounts: ACCOUNTS });
  const opening = await peers.report({ kind: 'open', outstanding: OUTSTANDING });
  console.error(`${opening.answered} sessions opened in ${opening.seconds.toFixed(1)} s`);
  await peers.report({ kind: 'closed-loop', outstanding: OUTSTANDING, seconds: SECONDS / 3 }); // warms up
  const before = engine.counts.commitMs.counts.reduce((sum, each) => sum + each, 0);
  const full: Report[] = [];
  const half: (Report & { readonly engine: Stalls })[] = [];
  const processor: number[] = [];
  const ofServer: number[] = [];
  let reports = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const cpu = process.cpuUsage();
    const serverBefore = await serverProcessor(database);
    const measured = await peers.report({ kind: 'closed-loop', outstanding: OUTSTANDING, seconds: SECONDS });
    const { user, system } = process.cpuUsage(cpu);
    processor.push((user + system) / measured.answered);
    let server = 0;
    for (const [pid, seconds] of await serverProcessor(database)) server += seconds - (serverBefore.get(pid) ?? 0);
    ofServer.push((server * 1e6) / measured.answered);
    full.push(measured);
    console.error(`${Math.round(done(measured) / measured.seconds)} CCR/s, p99 ${measured.p99.toFixed(2)} ms`);
    const [sum, count] = [engine.counts.commitMs.sum, engine.counts.commitMs.counts.reduce((all, each) => all + each, 0)];
    console.error(`${count} commits, ${(sum / count).toFixed(2)} ms each`);
    half.push(await atHalf(engine, peers));
    limits.push(await arrayCommits(database));
  }
  const commits = engine.counts.commitMs.counts.reduce((sum, each) => sum + each, 0) - before;
  await peers.order({ kind: 'end' });
  peers.stop();
  await node.close();
  const { accounts, bytes } = engine.state;
  await settled(database);
  await engine.stop();
  over.abort();
  await Promise.all(besides);
  for (const each of [opening, ...full, ...half]) reports += each.usedReports;
  const all = [...full, ...half];
  const shed = all.reduce((sum, { results }) => sum + (results[TOO_BUSY] ?? 0), 0);
  const right =
    all.every((each) => each.sent === each.answered && done(each) + (each.results[TOO_BUSY] ?? 0) === each.answered) &&
    (await isRight(database));
  const answered = all.reduce((sum, each) => sum + each.answered, 0);
  report(
    'charging',
    right,
    [
      figure(
        'ccr_per_s',
        full.map((each) => done(each) / each.seconds),
        limits,
      ),
      figure(
        'p50_ms',
        half.map(({ p50 }) => p50),
      ),
      figure(
        'p95_ms',
        half.map(({ p95 }) => p95),
      ),
      figure(
        'p99_ms',
        half.map(({ p99 }) => p99),
      ),
      figure(
        'p99_ms_at_full_load',
        full.map(({ p99 }) => p99),
      ),
    ],
    [
      `${ACCOUNTS.toLocaleString('en')} accounts, ${SESSIONS.toLocaleString('en')} open sessions, ${CONNECTIONS} connections; sessions of an initial, 8 updates and a termination`,
      `full load: ${OUTSTANDING} requests outstanding; latency at ${HALF} requests a second by the clock, half of what is required`,
      `at half of the load, run by run: longest that the engine's loop was late ${half.map(({ engine }) => engine.longestMs.toFixed(1)).join(', ')} ms, the peers' own, which counts as latency, ${half.map(({ stalls }) => stalls.longestMs.toFixed(1)).join(', ')} ms; without a core, in hundredths of the time, ${half.map(({ engine }) => withoutCore(engine)).join(', ')} and ${half.map(({ stalls }) => withoutCore(stalls)).join(', ')}`,
      'limit: one connection that commits arrays of 64 balances, balances a second, in the same run',
      `${(answered / Math.max(1, commits)).toFixed(1)} requests a commit; ${Math.round(medianOf(processor))} µs of processor a request in the charging process, ${Math.round(((full[0]?.processorSeconds ?? 0) * 1e6) / (full[0]?.answered ?? 1))} µs in the peers, ${Math.round(medianOf(ofServer))} µs in PostgreSQL, ${(engine.counts.rows / Math.max(1, answered)).toFixed(2)} rows of accounts written`,
      `${accounts.toLocaleString('en')} accounts in memory, ${Math.round(bytes / 1e6)} MB as estimated; the process has ${Math.round(process.memoryUsage.rss() / 1e6)} MB`,
      `${shed.toLocaleString('en')} requests were answered too-busy, and are not counted`,
      `checked: ${reports.toLocaleString('en')} reports of ${USED_BYTES.toLocaleString('en')} bytes and the balances of all accounts, by the journal and by what was charged`,
    ],
  );
}

/** Latency by the clock, and beside it why some were late: whether the engine had them for so long, or the peers were late themselves. */
async function atHalf({ counts }: ChargingEngine, peers: PeerProcess): Promise<Report & { readonly engine: Stalls }> {
  const [latency, commits] = [counts.latencyMs.counts.slice(), counts.commitMs.counts.slice()];
  const commitMs = counts.commitMs.sum;
  const watch = new StallWatch();
  const quiet = await peers.report({ kind: 'open-loop', perSecond: HALF, seconds: SECONDS });
  const stalls = watch.end();
  const answered = counts.latencyMs.counts.map((each, place) => each - (latency[place] ?? 0));
  const beyond = sumOf(answered.filter((_, place) => (LATENCY_BOUNDS_MS[place] ?? Number.POSITIVE_INFINITY) > WANTED_MS)) / sumOf(answered);
  const committed = sumOf(counts.commitMs.counts) - sumOf(commits);
  console.error(`at ${HALF} CCR/s: p50 ${quiet.p50.toFixed(2)}, p95 ${quiet.p95.toFixed(2)}, p99 ${quiet.p99.toFixed(2)} ms`);
  console.error(
    `  the engine had ${(beyond * 100).toFixed(2)} % of them for longer than ${WANTED_MS} ms; ${Math.round(committed / quiet.seconds)} commits a second, ${((counts.commitMs.sum - commitMs) / committed).toFixed(2)} ms each`,
  );
  console.error(`  ${toldStalls('engine', stalls)}`);
  console.error(`  ${toldStalls('peers', quiet.stalls)}`);
  return { ...quiet, engine: stalls };
}

/** When rows have what was committed: they are what the books are checked by, and an engine that ends leaves to the log what takes it long. */
async function settled({ pool }: Installation['database']): Promise<void> {
  for (let tries = 0; tries < 10; tries += 1) {
    await pool.query('call charging_settle()');
    const { rows } = await pool.query('select from charging_log limit 1');
    if (rows.length === 0) return;
  }
}

/** Seconds of processor that each process of the server has used, as Linux tells it; none elsewhere. */
async function serverProcessor({ pool }: Installation['database']): Promise<ReadonlyMap<number, number>> {
  const { rows } = await pool.query<{ pid: number }>('select pid from pg_stat_activity');
  const used = new Map<number, number>();
  for (const { pid } of rows)
    try {
      // Behind the name, which is in brackets, the 12th and 13th field: in user mode and in the kernel.
      const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
      used.set(pid, (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND);
    } catch {
      // It has ended, or this is no Linux.
    }
  return used;
}

/** Answered with DIAMETER_SUCCESS. */
function done({ results }: Report): number {
  return results['2001'] ?? 0;
}

/** All alike, but for their numbers. By COPY, and without looking at each reference: both would be half of the time. */
async function fill({ transaction, pool }: Installation['database'], model: ChargingAccount): Promise<void> {
  const start = performance.now();
  const place = 'NUMBER';
  const { dueMicros } = model;
  const state = copyField(accountToJson({ ...model, id: place, identities: [{ kind: 'msisdn', value: place }] }));
  const due = `${dueMicros}\t${Math.floor(dueMicros / 3_600_000_000)}`;
  await transaction(async (client) => {
    await client.query('set local session_replication_role = replica');
    await copyRows(
      client,
      'copy charging_account (account_id, shard, epoch, version, last_entry, due_micros, due_hour, state) from stdin',
      lines((number) => `${number}\t${shardOf(number)}\t0\t0\t0\t${due}\t${state.replace(place, number)}\n`),
    );
    await copyRows(
      client,
      'copy charging_identity (identity, account_id) from stdin',
      lines((number) => `msisdn:${number}\t${number}\n`),
    );
  });
  await pool.query('create table bench_balance (id bigint primary key, nanos bigint not null) with (fillfactor = 70)');
  await pool.query(`insert into bench_balance select i, 0 from generate_series(1, ${ACCOUNTS}) as i`);
  await pool.query('vacuum analyze');
  await pool.query('checkpoint');
  console.error(`${ACCOUNTS.toLocaleString('en')} accounts made in ${((performance.now() - start) / 1000).toFixed(0)} s`);
}

/** A line for each account, some thousand at a time. */
function* lines(written: (number: string) => string): Generator<string> {
  for (let from = 0; from < ACCOUNTS; from += 2_000) {
    let text = '';
    for (let index = from; index < Math.min(from + 2_000, ACCOUNTS); index += 1) text += written(String(490_000_000_000 + index));
    yield text;
  }
}

/** Balances a second of one connection with nothing else to do. */
async function arrayCommits({ pool }: Installation['database']): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query('set plan_cache_mode = force_generic_plan');
    const text = 'update bench_balance b set nanos = u.nanos from unnest($1::bigint[], $2::bigint[]) as u(id, nanos) where b.id = u.id';
    let commits = 0;
    const start = performance.now();
    for (; performance.now() - start < 3_000; commits += 1) {
      const ids = Array.from({ length: 64 }, (_, index) => (((commits * 64 + index) * 7_919) % ACCOUNTS) + 1);
      await client.query({ name: 'bench', text, values: [int8Column(ids, itself), int8Column(ids, itself)] });
    }
    return (commits * 64) / ((performance.now() - start) / 1000);
  } finally {
    client.release();
  }
}

/** Every balance is what it began with less what was used; every report was charged once. */
async function isRight({ pool }: Installation['database']): Promise<boolean> {
  const { rows } = await pool.query<{ spent: string; entries: bigint; charged: string; open: string; wrong: bigint }>(
    `select (select sum(before - after) from charging_journal) as spent, (select count(*) from charging_journal) as entries,
            (select coalesce(sum((record -> 'chargedNanos' ->> '#')::numeric), 0) from charging_usage) as charged,
            (select coalesce(sum((i.item -> 3 ->> 6)::numeric), 0) from charging_account a, json_array_elements(a.state -> 'sessions') as s(session),
                    json_array_elements(s.session -> 9) as i(item)) as open,
            (select count(*) from (select account_id, min(after) as last from charging_journal group by 1) j
               join charging_balance b using (account_id) where b.value <> j.last) as wrong`,
  );
  const [books] = rows;
  if (books === undefined) return false;
  const spent = BigInt(books.spent);
  const sound = spent === books.entries * NANOS_OF_A_REPORT && BigInt(books.charged) + BigInt(books.open) === spent && books.wrong === 0n;
  if (!sound) console.error('the books are wrong', books);
  return sound;
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += values[index] as number;
  return sum;
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
