/**
 * The pool of connections to PostgreSQL and the few things every query needs: transactions, COPY in and out.
 * Values arrive as `column-types.ts` says.
 */
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { isWaitedFor, type View, viewNow } from '#operations/access/ports.ts';
import { actWithoutEntry } from '#operations/audit-trail/ports.ts';
import { appendIfChanged } from './audit-trail/append.ts';
import { columnTypes } from './column-types.ts';
import { demandCommitted } from './commit.ts';
import { isNotReady } from './database-fault.ts';
import { oneByOne } from './one-by-one.ts';

export interface Database {
  readonly address: DatabaseAddress;
  readonly pool: pg.Pool;
  /**
   * Runs the work on one connection between BEGIN and COMMIT; rolls back when it throws, and throws on.
   * `read committed` unless the work sets another isolation first. Statements that are not waited for are sent one by one.
   */
  transaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Where the server is. A URL as in DATABASE_URL, or the folder of a unix socket. */
export type DatabaseAddress =
  | string
  | { readonly socketFolder: string; readonly port: number; readonly user: string; readonly database: string };

export interface DatabaseOptions {
  /** Connections of the pool at most. */
  readonly connections?: number;
  /** How long to wait for a connection, in milliseconds. */
  readonly connectTimeoutMs?: number;
  /** Connections at most for what is read with a party's eyes: whatever parties ask, the house has its own. */
  readonly partyConnections?: number;
  /** So long a statement may take that a party has asked for; PostgreSQL ends it then. */
  readonly partyStatementMs?: number;
  /**
   * The same for what the house reads and somebody waits for (`whileWaitedFor`), on connections of its own, as many as the pool has: what
   * changes something does not stand behind questions. Left out or 0: such reads are like all else.
   */
  readonly readStatementMs?: number;
}

/** Sent with every connection: times and dates are written one way, whatever the server's own settings. */
const SESSION = '-c timezone=UTC -c datestyle=ISO -c intervalstyle=iso_8601 -c extra_float_digits=1';

function poolConfig(address: DatabaseAddress, options: DatabaseOptions): pg.PoolConfig {
  const shared: pg.PoolConfig = {
    max: options.connections ?? 10,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 10_000,
    application_name: 'carillon',
    options: SESSION,
    types: columnTypes,
  };
  if (typeof address === 'string') return { ...shared, connectionString: address };
  return { ...shared, host: address.socketFolder, port: address.port, user: address.user, database: address.database };
}

/**
 * The first connection. A server that is starting, recovering or stopping is waited for: `onWait` is called once.
 * Throws the last error of the server, or of the connection, when it cannot be had within the time.
 */
export async function firstConnection({ pool }: Database, onWait: () => void, limitMs = LONGEST_WAIT_MS): Promise<void> {
  const deadline = performance.now() + limitMs;
  for (let waited = false; ; waited = true) {
    try {
      (await pool.connect()).release();
      return;
    } catch (error) {
      if (!isNotReady(error) || performance.now() >= deadline) throw error;
      if (!waited) onWait();
      await sleep(RETRY_MS);
    }
  }
}

/** A server recovers from its log for minutes at most, with the settings of the embedded one. */
const LONGEST_WAIT_MS = 600_000;
const RETRY_MS = 50;
const PARTY_CONNECTIONS = 4;
const PARTY_STATEMENT_MS = 20_000;

/** Opens a pool. The first connection is made by the first query. */
export function openDatabase(address: DatabaseAddress, options: DatabaseOptions = {}): Database {
  const config = poolConfig(address, options);
  const pool = guarded(new pg.Pool(config));
  const { partyConnections: max = PARTY_CONNECTIONS, partyStatementMs: statement_timeout = PARTY_STATEMENT_MS } = options;
  // No connection of it is opened before a party asks.
  const ofParties = guarded(new pg.Pool({ ...config, max, statement_timeout }));
  ofPartiesOf.set(pool, ofParties);
  const { readStatementMs = 0 } = options;
  const ofReads = readStatementMs === 0 ? undefined : guarded(new pg.Pool({ ...config, statement_timeout: readStatementMs }));
  if (ofReads !== undefined) ofReadsOf.set(pool, ofReads);
  const pools = [pool, ofParties, ...(ofReads === undefined ? [] : [ofReads])];
  const open = new Set<pg.PoolClient>();
  for (const each of pools)
    each.on('connect', (client) => {
      open.add(client);
      client.once('end', () => open.delete(client));
    });
  inSomebodysName(pool);
  let closed: Promise<void> | undefined;
  return {
    address,
    pool,
    transaction: (work) => inTransaction(pool, work),
    close: () => {
      closed ??= end(pools, open);
      return closed;
    },
  };
}

/** What a statement that is under way has left at the end. A server that does not answer is not waited for. */
const CUT_MS = 5_000;

async function end(pools: readonly pg.Pool[], open: ReadonlySet<pg.PoolClient>): Promise<void> {
  const cut = new Promise<void>((resolve) => {
    const late = setTimeout(() => {
      // The library has no way to end a connection that does not wait for the other side.
      for (const client of open)
        (client as pg.PoolClient & { readonly connection: { readonly stream: Socket } }).connection.stream.destroy();
      resolve();
    }, CUT_MS);
    void Promise.all(pools.map((pool) => pool.end())).then(() => {
      late.unref(); // an idle connection may still wait for the server to take leave
      if (open.size === 0) clearTimeout(late);
      resolve();
    });
  });
  await cut;
}

function guarded(pool: pg.Pool): pg.Pool {
  // An idle connection that the server closes must not end the process; the next query gets a new one or its error.
  pool.on('error', () => undefined);
  // Nor one in use that is lost between two queries: the next query reports it.
  return pool.on('connect', (client) => client.on('error', () => undefined));
}

/** Single statements, too, read with the eyes of whose request it is, and a change leaves its entry in the audit trail: both need a transaction. */
function inSomebodysName(pool: pg.Pool): void {
  const query = pool.query.bind(pool) as (...words: unknown[]) => Promise<unknown>;
  const named = (...words: unknown[]): Promise<unknown> => {
    const isChange = actWithoutEntry() !== undefined && typeof words[0] === 'string' && CHANGES.test(words[0]);
    if (!isChange && viewNow() === undefined) {
      const reads = isWaitedFor() ? ofReadsOf.get(pool) : undefined;
      return reads === undefined ? query(...words) : (reads.query as (...words: unknown[]) => Promise<unknown>)(...words);
    }
    return inTransaction(pool, (client) => (client.query as (...words: unknown[]) => Promise<unknown>)(...words));
  };
  // Whoever takes a connection by itself would read with the house's eyes.
  const connect = pool.connect.bind(pool) as (...words: unknown[]) => unknown;
  connects.set(pool, connect as () => Promise<pg.PoolClient>);
  const taken = (...words: unknown[]): unknown => {
    if (viewNow() !== undefined) throw new Error('a connection is taken past the rows of the party');
    return connect(...words);
  };
  pool.connect = taken as typeof pool.connect;
  pool.query = named as typeof pool.query; // with the same words, to the same answer
}

const connects = new WeakMap<pg.Pool, () => Promise<pg.PoolClient>>();
const ofPartiesOf = new WeakMap<pg.Pool, pg.Pool>();
const ofReadsOf = new WeakMap<pg.Pool, pg.Pool>();

/** Row-level security of migration 311. Nothing of it is a query, so that the work can still set the isolation. */
function beginAs({ role, party }: View): string {
  return `begin read only; set local role carillon_${role}; set local carillon.party = ${pg.escapeLiteral(party)}`;
}

/** A text that has one of these may change something; whether it does, the transaction knows. */
const CHANGES = /\b(insert|update|delete|merge)\b/i;

async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const view = viewNow();
  const source = view !== undefined ? ofPartiesOf.get(pool) : isWaitedFor() ? ofReadsOf.get(pool) : undefined;
  const client = await (source?.connect() ?? connects.get(pool)?.() ?? pool.connect());
  let broken: Error | undefined;
  // Without a listener a connection lost between two queries would be an uncaught error; the next query reports it.
  const lost = (error: Error): void => {
    broken = error;
  };
  client.on('error', lost);
  const turn = oneByOne(client);
  try {
    await client.query(view === undefined ? 'begin' : beginAs(view));
    const value = await work(turn.client);
    const act = view === undefined ? actWithoutEntry() : undefined;
    const entry = act === undefined ? undefined : await appendIfChanged(turn.client, act);
    demandCommitted(await turn.end('commit'));
    if (act !== undefined && entry !== undefined) act.entry = entry;
    return value;
  } catch (error) {
    try {
      await turn.end('rollback');
    } catch (rollbackError) {
      broken ??= rollbackError instanceof Error ? rollbackError : new Error(String(rollbackError));
    }
    throw error;
  } finally {
    client.off('error', lost);
    client.release(broken);
  }
}

/**
 * COPY … FROM STDIN with backpressure: the next chunk is asked for when the socket has taken the last.
 * Chunks need not end at a row. Returns the number of rows written. When `chunks` throws, the COPY is
 * ended with an error, nothing of it is written, and the error is thrown on.
 */
export async function copyRows(
  client: pg.PoolClient,
  copySql: string,
  chunks: AsyncIterable<Buffer | string> | Iterable<Buffer | string>,
): Promise<number> {
  const { from } = await import('pg-copy-streams');
  const stream = client.query(from(copySql));
  await pipeline(Readable.from(chunks, { objectMode: true, highWaterMark: 2 }), stream);
  return stream.rowCount;
}

/** COPY … TO STDOUT: chunks of bytes as they arrive, no faster than they are read. */
export async function* copyOut(client: pg.PoolClient, copySql: string): AsyncGenerator<Buffer> {
  const { to } = await import('pg-copy-streams');
  const stream = client.query(to(copySql));
  for await (const chunk of stream) yield chunk as Buffer; // the stream is typed for any object; COPY gives Buffers
}

/** One field of COPY's text format: escapes backslash, tab and line ends; null is \N. */
export function copyField(value: string | number | bigint | boolean | null): string {
  if (value === null) return '\\N';
  if (typeof value !== 'string') return String(value);
  return /[\\\t\n\r]/.test(value) ? value.replace(/[\\\t\n\r]/g, (character) => COPY_ESCAPES[character] ?? character) : value;
}

const COPY_ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
