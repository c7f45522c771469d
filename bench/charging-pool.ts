/**
 * A pool of very many members: IoT SIMs that draw from one allowance, each with a cap of its own. Sessions of some thousand members of a pool of 1,000,000, beside
 * the same of a pool of 1,000, through an engine with the real rules on PostgreSQL: what a request costs must not depend on how many members there are.
 * BENCH_MEMBERS and BENCH_SESSIONS make it smaller.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Installation, withInstallation } from '#app/installation.ts';
import type { ChargingAccount } from '#core/charging/account.ts';
import { openAccount } from '#core/charging/change.ts';
import type { CompiledCatalog } from '#core/charging/plan.ts';
import type { ChargingRequest, RequestItem } from '#core/charging/request.ts';
import { chargingRules } from '#core/charging/rules.ts';
import { valueOrThrow } from '#core/refusals.ts';
import { ChargingEngine } from '#engine/engine.ts';
import { accountToJson } from '#storage/charging/account-json.ts';
import { openChargingStore } from '#storage/charging/charging-store.ts';
import { insertAccounts, shardOf } from '#storage/charging/new-accounts.ts';
import { copyField, copyRows } from '#storage/database.ts';
import { catalogOf } from '../test/charging/plan-words.ts';
import { figure, report } from './harness.ts';

const MEMBERS = Number(process.env.BENCH_MEMBERS ?? 1_000_000);
const SESSIONS = Number(process.env.BENCH_SESSIONS ?? 5_000);
const FEW = 1_000;
const OUTSTANDING = 64;
const MB = 1_000_000n;
/** What a member may take, so that its third report finds too little. */
const CAP = 2n * MB + MB / 2n;

type Database = Installation['database'];

interface Pool {
  readonly name: string;
  readonly members: number;
  /** The number of a member begins with it. */
  readonly prefix: string;
}

const pools: readonly Pool[] = [
  { name: 'few', members: Math.min(FEW, MEMBERS), prefix: '1' },
  { name: 'many', members: MEMBERS, prefix: '2' },
];
const folder = mkdtempSync(join(tmpdir(), 'carillon-bench-pool-'));
try {
  const settings = { data: join(folder, 'data'), database: { url: '' }, log: { level: 'warn' as const } };
  await withInstallation({ settings, command: 'bench charging-pool' }, measure);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

interface Measured {
  readonly opening: readonly number[];
  readonly reports: readonly number[];
  readonly perSecond: number;
  readonly commitMs: number;
  readonly tellingSeconds: number;
  readonly refused: number;
}

async function measure({ database }: Installation): Promise<void> {
  const catalog = catalogOf('0.005/MB', 'allowance iot = 4000000 GB; grants 1 MB');
  for (const pool of pools) await fill(database, catalog, pool);
  await database.pool.query('vacuum analyze');
  const engine = new ChargingEngine({
    store: openChargingStore(database),
    rules: chargingRules(catalog),
    name: 'bench',
    clock: () => Date.now() * 1000,
    note: (text, error) => console.error(text, error ?? ''),
  });
  const begun = performance.now();
  await engine.start();
  await engine.handle(request('many', memberOf(pools[1] as Pool, 0), 'first', 'initial', 0, { requested: 'any' }));
  const startedMs = performance.now() - begun;
  await engine.handle(request('many', memberOf(pools[1] as Pool, 0), 'first', 'terminate', 1, {}));
  const measured: Measured[] = [];
  for (const pool of pools) measured.push(await run(engine, pool));
  const { accounts, bytes } = engine.state;
  await settled(database);
  await engine.stop();
  const [few, many] = measured as [Measured, Measured]; // one of each pool
  const right = (await Promise.all(pools.map((pool, index) => isRight(database, pool, measured[index] as Measured)))).every(Boolean);
  const { rows } = await database.pool.query<{ bytes: number }>(
    "select length(state::text) as bytes from charging_account where account_id = 'many'",
  );
  report(
    'charging-pool',
    right,
    [
      figure('requests_per_s', [many.perSecond], [few.perSecond]),
      figure('p50_ms_first_request', [percentile(many.opening, 50)], [percentile(few.opening, 50)]),
      figure('p99_ms_first_request', [percentile(many.opening, 99)], [percentile(few.opening, 99)]),
      figure('p50_ms_report', [percentile(many.reports, 50)], [percentile(few.reports, 50)]),
      figure('p99_ms_report', [percentile(many.reports, 99)], [percentile(few.reports, 99)]),
      figure('ms_a_commit', [many.commitMs], [few.commitMs]),
      figure('s_to_tell_all_sessions', [many.tellingSeconds], [few.tellingSeconds]),
      figure('ms_to_start_and_answer', [startedMs]),
    ],
    [
      `${MEMBERS.toLocaleString('en')} members of one pool, of which ${SESSIONS.toLocaleString('en')} have sessions, ${OUTSTANDING} requests outstanding; an initial, three reports and a termination each`,
      `limit: the same of a pool of ${FEW.toLocaleString('en')} members, a session of each, in the same run`,
      `${many.refused.toLocaleString('en')} members reached their cap; the row of the pool has ${rows[0]?.bytes ?? 0} octets`,
      `${accounts.toLocaleString('en')} accounts in memory, ${Math.round(bytes / 1e6)} MB as estimated; the process has ${Math.round(process.memoryUsage.rss() / 1e6)} MB`,
      'checked: what is left of the allowance, what each member took by its counter, and that none is beyond its cap',
    ],
  );
}

async function run(engine: ChargingEngine, pool: Pool): Promise<Measured> {
  const { name } = pool;
  const count = Math.min(SESSIONS, pool.members);
  const step = Math.floor(pool.members / count);
  const members = Array.from({ length: count }, (_, index) => memberOf(pool, index * step));
  const commits = (): number => engine.counts.commitMs.counts.reduce((sum, each) => sum + each, 0);
  const [commitsBefore, sumBefore] = [commits(), engine.counts.commitMs.sum];
  const from = performance.now();
  let asked = 0;
  const each = async (work: (member: string) => Promise<void>): Promise<void> => {
    let next = 0;
    const one = async (): Promise<void> => {
      for (let at = next++; at < members.length; at = next++) await work(members[at] ?? '');
    };
    await Promise.all(Array.from({ length: OUTSTANDING }, one));
  };
  const timed = async (into: number[], sent: ChargingRequest, expected: string): Promise<void> => {
    const at = performance.now();
    const answer = await engine.handle(sent);
    into.push(performance.now() - at);
    asked += 1;
    const got = answer.items[0]?.result ?? answer.result;
    if (got !== expected)
      throw new Error(`${sent.session} ${sent.operation} ${sent.number}: ${got} ${answer.detail ?? answer.items[0]?.detail ?? ''}`);
  };
  const opening: number[] = [];
  const reports: number[] = [];
  let refused = 0;
  const requested = { bytes: MB };
  const used = [{ bytes: MB }];
  await each((member) => timed(opening, request(name, member, `${name}-${member}`, 'initial', 0, { requested }), 'granted'));
  await each((member) => timed(reports, request(name, member, `${name}-${member}`, 'update', 1, { requested, used }), 'granted'));
  // Half a megabyte is left of the cap: that is granted, and then nothing.
  await each((member) => timed(reports, request(name, member, `${name}-${member}`, 'update', 2, { requested, used }), 'granted'));
  const half = [{ bytes: MB / 2n }];
  await each(async (member) => {
    await timed(reports, request(name, member, `${name}-${member}`, 'update', 3, { requested, used: half }), 'credit-limit-reached');
    refused += 1;
  });
  const perSecond = asked / ((performance.now() - from) / 1000);
  const commitMs = (engine.counts.commitMs.sum - sumBefore) / Math.max(1, commits() - commitsBefore);
  const tellingSeconds = await telling(engine, name, count);
  await each((member) => timed(reports, request(name, member, `${name}-${member}`, 'terminate', 4, {}), 'granted'));
  console.error(
    `${name}: ${Math.round(perSecond)} requests a second, ${commitMs.toFixed(2)} ms a commit, ${tellingSeconds.toFixed(2)} s to tell all`,
  );
  return { opening, reports, perSecond, commitMs, tellingSeconds, refused };
}

/** Until the sessions of all members are named, after something came into the pool. */
async function telling(engine: ChargingEngine, pool: string, sessions: number): Promise<number> {
  const told = new Set<string>();
  const from = performance.now();
  const done = new Promise<void>((resolve) => {
    engine.on((event) => {
      if (event.kind !== 'reauthorise' || event.sessions === 'all-members') return;
      for (const session of event.sessions) if (session.startsWith(`${pool}-`)) told.add(session);
      if (told.size >= sessions) resolve();
    });
  });
  valueOrThrow(await engine.apply(pool, { kind: 'top-up', key: `more ${pool}`, nanos: 1_000_000_000n, currency: 'EUR' }));
  await done;
  return (performance.now() - from) / 1000;
}

function request(
  pool: string,
  member: string,
  session: string,
  operation: ChargingRequest['operation'],
  number: number,
  item: Partial<RequestItem>,
): ChargingRequest {
  return {
    ...{ session, number, operation, service: 'data', eventMicros: Date.now() * 1_000, facts: { apn: pool } },
    identities: [{ kind: 'imsi', value: member }],
    items: operation === 'terminate' ? [] : [{ ratingGroup: '1', used: [], ...item }],
  };
}

function memberOf({ prefix }: Pool, index: number): string {
  return `${prefix}${String(index).padStart(9, '0')}`;
}

/** The pool by what opens accounts, its members by COPY: all alike, but for their numbers. */
async function fill(database: Database, catalog: CompiledCatalog, pool: Pool): Promise<void> {
  const start = performance.now();
  const now = Date.now() * 1_000;
  const open = (id: string): ChargingAccount => {
    const [account] = valueOrThrow(openAccount(catalog, { id, currency: 'EUR', plan: 'plan', identities: [] }, now)).accounts;
    if (account === undefined) throw new Error('the account cannot be opened');
    return account;
  };
  const given = chargingRules(catalog).change(
    { account: open(pool.name), pools: [] },
    { kind: 'give-allowance', key: 'iot', allowance: 'iot' },
    now,
  );
  await database.transaction((client) => insertAccounts(client, valueOrThrow(given).accounts));
  const place = 'NUMBER';
  const model: ChargingAccount = {
    ...open(place),
    identities: [{ kind: 'imsi', value: place }],
    pools: [{ pool: pool.name, caps: [{ definition: 'iot', most: CAP }] }],
  };
  const state = copyField(accountToJson(model));
  const row = `${shardOf(pool.name)}\t0\t0\t0\t${model.dueMicros}\t${Math.floor(model.dueMicros / 3_600_000_000)}`;
  await database.transaction(async (client) => {
    await client.query('set local session_replication_role = replica');
    await copyRows(
      client,
      'copy charging_account (account_id, shard, epoch, version, last_entry, due_micros, due_hour, state) from stdin',
      lines(pool, (member) => `${member}\t${row}\t${state.replaceAll(place, member)}\n`),
    );
    await copyRows(
      client,
      'copy charging_identity (identity, account_id) from stdin',
      lines(pool, (member) => `imsi:${member}\t${member}\n`),
    );
    await copyRows(
      client,
      'copy charging_member (pool_id, account_id) from stdin',
      lines(pool, (member) => `${pool.name}\t${member}\n`),
    );
  });
  console.error(`${pool.members.toLocaleString('en')} members made in ${((performance.now() - start) / 1000).toFixed(0)} s`);
}

/** A line for each member, some thousand at a time. */
function* lines(pool: Pool, written: (member: string) => string): Generator<string> {
  for (let from = 0; from < pool.members; from += 2_000) {
    let text = '';
    for (let index = from; index < Math.min(from + 2_000, pool.members); index += 1) text += written(memberOf(pool, index));
    yield text;
  }
}

/** When rows have what was committed: they are what the books are checked by. */
async function settled({ pool: connections }: Database): Promise<void> {
  for (let tries = 0; tries < 10; tries += 1) {
    await connections.query('call charging_settle()');
    const { rows } = await connections.query('select from charging_log limit 1');
    if (rows.length === 0) return;
  }
}

/** All that members took is what the pool has less, and nobody took more than its cap. */
async function isRight({ pool: connections }: Database, { name, prefix }: Pool, { refused }: Measured): Promise<boolean> {
  const { rows } = await connections.query<{ spent: string; entries: bigint; beyond: bigint; taken: string | null }>(
    `select (select coalesce(sum(before - after), 0) from charging_journal where account_id = $1 and definition = 'iot') as spent,
            (select count(*) from charging_journal where account_id = $1 and definition = 'iot') as entries,
            count(*) filter (where (c.counter ->> 1)::numeric > ${CAP}) as beyond, sum((c.counter ->> 1)::numeric) as taken
       from charging_account a, json_array_elements(a.state -> 'counters') as c(counter)
      where a.account_id like $2 and c.counter ->> 0 = $3`,
    [name, `${prefix}%`, `pool:${name}:iot`],
  );
  const [books] = rows;
  const expected = BigInt(refused) * CAP;
  const sound = books !== undefined && BigInt(books.spent) === expected && BigInt(books.taken ?? '0') === expected && books.beyond === 0n;
  if (!sound) console.error(`the books of ${name} are wrong`, books, expected);
  return sound;
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}
