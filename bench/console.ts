/**
 * What the console asks: lists and searches over seeded records (`--records`) as `carillon serve` answers them over a socket, and what a thousand
 * consoles that watch the overview cost it while figures move.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeApiKey } from '#app/access/keys.ts';
import { type Installation, withInstallation } from '#app/installation.ts';
import { permissions } from '#operations/access/permissions.ts';
import type { Database } from '#storage/database.ts';
import { indexNextPart } from '#storage/usage/search/index-part.ts';
import { type Figure, figure, report } from './harness.ts';
import { type Served, serveData } from './support/served.ts';
import { calledOf, FIRST_DAY, writeUsage } from './support/write-usage.ts';

const RECORDS = option('records', 10_000_000);
const CONSOLES = option('consoles', 1_000);
const DAYS = 30;
const PARTNERS = 20;
const DESTINATIONS = 2_000;
const RUNS = 60;
const WATCHED_MS = 15_000;
/** Of a list, as people feel them. */
const MOST_MS = 200;

const kept = process.env.BENCH_CONSOLE_DATA;
const folder = kept ?? mkdtempSync(join(tmpdir(), 'carillon-bench-console-'));
try {
  const settings = { data: join(folder, 'data'), database: { url: '' }, log: { level: 'warn' as const } };
  await withInstallation({ settings, command: 'bench console' }, measure);
} finally {
  if (kept === undefined) rmSync(folder, { recursive: true, force: true });
}

async function measure({ database, dataFolder }: Installation): Promise<void> {
  const seeded = await seed(database);
  const words = { name: 'bench', permissions: Object.keys(permissions), createdBy: 'bench', expiresMicros: undefined };
  const { key } = await makeApiKey(database, { ...words, party: undefined });
  const served = await serveData(dataFolder);
  const figures: Figure[] = [];
  let ok = true;
  try {
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    for (const [name, path, least] of lists()) {
      const times: number[] = [];
      let first = 0;
      for (let run = 0; run <= RUNS; run += 1) {
        const start = process.hrtime.bigint();
        const { status, text } = await ask(agent, served.port, key, path);
        const ms = Number(process.hrtime.bigint() - start) / 1e6;
        if (run === 0) first = ms;
        else times.push(ms);
        const found = status === 200 ? (JSON.parse(text) as { readonly items: readonly unknown[] }).items.length : -1; // as every list answers
        if (found < least) {
          ok = false;
          console.error(`${name}: ${status}, ${found} entries: ${text.slice(0, 200)}`);
          break;
        }
      }
      const p99 = times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.99) - 1] ?? 0;
      figures.push(figure(`${name}_ms`, times), figure(`${name}_p99_ms`, [p99]), figure(`${name}_first_ms`, [first]));
      if (p99 > MOST_MS) console.error(`${name}: p99 ${p99.toFixed(0)} ms is more than ${MOST_MS}`);
    }
    agent.destroy();
    const watched = await watch(database, served, key);
    figures.push(figure('consoles_cores', [watched.cores]), figure('consoles_events_a_second', [watched.eventsPerSecond]));
    ok &&= watched.least > 0;
    report('console', ok, figures, [...seeded, ...watched.notes]);
  } finally {
    await served.stop();
  }
}

/** Every list is asked for a page of 50; `least`: entries that must come. */
function lists(): readonly (readonly [name: string, path: string, least: number])[] {
  const middle = Math.floor(RECORDS / 2);
  const called = calledOf(middle, DESTINATIONS);
  const usage = (query: string): string => `/v1/usage/records?${query}`;
  const day = (at: number): string => new Date(Date.parse(FIRST_DAY) + at * 86_400_000).toISOString();
  return [
    ['usage', usage(''), 50],
    ['usage_number', usage(`called=${called}&exact=true`), 1],
    ['usage_number_unknown', usage('number=999912345678&exact=true'), 0],
    ['usage_prefix', usage('called=20'), 50],
    ['usage_call', usage(`callId=call-${middle}`), 1],
    ['usage_trunk', usage('trunk=trunk-7'), 50],
    ['usage_agreement', usage('agreement=partner-3'), 50],
    ['usage_day', usage(`from=${day(DAYS - 10)}&to=${day(DAYS - 9)}`), 50],
    ['usage_answered_destination', usage(`answered=true&destination=${encodeURIComponent('Destination 1')}`), 1],
    ['jobs', '/v1/jobs', 50],
    ['jobs_state', '/v1/jobs?state=failed', 1],
    ['audit_trail', '/v1/audit-trail', 50],
    ['audit_trail_who', '/v1/audit-trail?who=clerk-7', 50],
    ['audit_trail_subject', '/v1/audit-trail?subjectKind=dispute&subject=dispute-77', 1],
    ['accounts_charging', '/v1/charging/accounts?limit=50', 0],
  ];
}

/** Usage with its index, the trail and long work: as many of each as a tenth of the records. */
async function seed(database: Database): Promise<string[]> {
  const { pool } = database;
  const { rows } = await pool.query('select from usage_file limit 1');
  if (rows.length > 0) return [`${RECORDS.toLocaleString('en')} records, as they were kept`];
  await writeUsage(database, { records: RECORDS, days: DAYS, partners: PARTNERS, destinations: DESTINATIONS });
  const start = process.hrtime.bigint();
  while ((await indexNextPart(database)) !== undefined);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const tenth = Math.floor(RECORDS / 10);
  await pool.query(
    `insert into job (kind, title, input, by_id, by_name, state, ended_at)
       select 'verify-ledger', 'Verify ' || n, '{}', 'user:1', 'clerk', case when n % 50 = 0 then 'failed' else 'done' end, clock_timestamp() from generate_series(1, $1::int) n`,
    [tenth],
  );
  // Not chained: reading does not look at the chain.
  await pool.query('alter table audit_entry disable trigger user');
  await pool.query('alter table audit_content disable trigger user');
  await pool.query(
    `insert into audit_entry (sequence, at, stage, actor_kind, actor, operation, subject_kind, subject, content_hash, hash)
       select n, timestamptz '2026-10-01' + n * interval '1 second', 'changed', 'user', 'clerk-' || n % 100, 'stepInDispute', 'dispute', 'dispute-' || n % 5000,
              sha256(n::text::bytea), sha256(n::text::bytea) from generate_series(1, $1::int) n`,
    [tenth],
  );
  await pool.query(
    `insert into audit_content (sequence, salt, name, asked) select n, '\\x00', 'clerk-' || n % 100, '{"note":"seeded"}' from generate_series(1, $1::int) n`,
    [tenth],
  );
  await pool.query('alter table audit_entry enable trigger user');
  await pool.query('alter table audit_content enable trigger user');
  await pool.query('update audit_head set sequence = $1', [tenth]);
  await pool.query('vacuum analyze');
  const each = (seconds * 1e6) / RECORDS;
  return [
    `${RECORDS.toLocaleString('en')} records in ${DAYS} days, ${tenth.toLocaleString('en')} jobs, ${tenth.toLocaleString('en')} entries of the trail; pages of 50, ${RUNS} times each`,
    `indexed after the load in ${seconds.toFixed(1)} s: ${each.toFixed(2)} µs a record, beside the load and not in it`,
  ];
}

function ask(agent: Agent, port: number, key: string, path: string): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}` };
    get({ agent, port, path, headers, host: '127.0.0.1' }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    }).once('error', reject);
  });
}

/** Consoles that watch while every second a file comes and a day's sums grow. */
async function watch(database: Database, { port, processorSeconds }: Served, key: string) {
  const counts = new Uint32Array(CONSOLES);
  const open: IncomingMessage[] = [];
  for (let at = 0; at < CONSOLES; at += 1) {
    open.push(
      await new Promise<IncomingMessage>((resolve, reject) => {
        const headers = { authorization: `Bearer ${key}`, accept: 'text/event-stream' };
        get({ port, path: '/v1/live', headers, host: '127.0.0.1', agent: false }, (answer) => {
          answer.on('data', (piece: Buffer) => {
            if (piece.includes('event: overview')) counts[at] = (counts[at] ?? 0) + 1;
          });
          resolve(answer);
        }).once('error', reject);
      }),
    );
  }
  await sleep(2_000);
  counts.fill(0);
  const [before, begun] = [processorSeconds(), performance.now()];
  let moved = 0;
  while (performance.now() - begun < WATCHED_MS) {
    moved += 1;
    await database.pool.query(
      `insert into usage_file (source_id, name, sha256, size_bytes, archive_path, state, read, rated)
         select source_id, 'live-' || $1::int, sha256(('live' || $1::int)::bytea), 1, 'live', 'loaded', 0, 0 from usage_source limit 1`,
      [moved],
    );
    await database.pool.query(
      `update rollup_sum set events = events + 1, answered = answered + 1, amount_nanos = amount_nanos + 1000000
        where (line_id, day) in (select line_id, day from rollup_sum where day = (select max(day) from rollup_sum) limit 20)`,
    );
    await sleep(1_000);
  }
  const seconds = (performance.now() - begun) / 1_000;
  const cores = (processorSeconds() - before) / seconds;
  for (const each of open) each.destroy();
  const total = counts.reduce((sum, each) => sum + each, 0);
  return {
    ...{ cores, eventsPerSecond: total / seconds, least: Math.min(...counts) },
    notes: [
      `${CONSOLES.toLocaleString('en')} consoles, ${moved} changes in ${seconds.toFixed(0)} s, each console had ${Math.min(...counts)} events or more`,
    ],
  };
}

function option(name: string, usual: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? usual : Number(process.argv[at + 1]);
}
