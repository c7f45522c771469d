/**
 * The PostgreSQL process on a cluster: started with settings that are always passed on its command line,
 * ready when its pid file says so, stopped with a checkpoint.
 */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Refusal, RefusedError, refuse } from '#core/refusals.ts';
import { isFull } from '../data-folder.ts';
import type { Binaries } from './binaries.ts';
import { DATABASE_USER } from './cluster.ts';
import type { Places } from './places.ts';
import { commandLineOf, processesIn } from './processes.ts';
import { SOCKET_PORT } from './protocol.ts';
import { commandAs, type ServerUser } from './server-user.ts';
import { type StopWaits, serves, stopServer } from './stop-server.ts';

export interface Server {
  readonly pid: number;
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends the connections and the process after a checkpoint, or without one when it cannot be had in time. */
  stop(note: (text: string) => void, waits: StopWaits): Promise<void>;
}

/** On every command line of ours, so that a server left behind by a killed keeper is recognised. */
const MARK = 'cluster_name=carillon';
const LARGEST_LOG_BYTES = 16 * 1024 * 1024;
const POLL_MS = 5;
/**
 * A query over all days locks each day's partition and its index. With PostgreSQL's own 64 about 6,000 days are too many;
 * this is enough for the years 2000 to 2099, which a record's time may have, and costs 40 MB of shared memory.
 */
const MOST_LOCKS = '1024';

const NOT_WANTED = refuse('cluster.did-not-start', 'PostgreSQL was stopped before it was ready');

export interface StartOptions {
  readonly places: Places;
  readonly binaries: Binaries;
  readonly user: ServerUser;
  readonly parameters: Readonly<Record<string, string>>;
  readonly durable: boolean;
  /** Told what a person waiting should know. */
  readonly note: (text: string) => void;
  /** Aborted when the server is no longer wanted, though it has not started yet. */
  readonly signal: AbortSignal;
}

/**
 * Throws RefusedError with the last lines of the log when the server ends before it is ready. A recovery takes as long as
 * it takes; `signal` ends it.
 */
export async function startServer(options: StartOptions): Promise<Server> {
  const { places } = options;
  if (options.signal.aborted) throw new RefusedError(NOT_WANTED);
  await clearStaleLock(options);
  rotateLog(places.serverLog);
  const log = openSync(places.serverLog, 'a');
  const logStart = statSync(places.serverLog).size;
  const command = commandAs(options.user, options.binaries.postgres, serverArguments(options));
  const child = spawn(command.file, command.args, { ...command.as, stdio: ['ignore', log, log] });
  closeSync(log);
  let over = false;
  const ended = new Promise<void>((resolve) => {
    const end = (): void => {
      over = true;
      resolve();
    };
    child.on('exit', end);
    child.on('error', end);
  });
  const server = { pid: child.pid ?? 0, cluster: places.cluster, hasEnded: () => over };
  while (!isReady(places, child.pid)) {
    if (over) throw new RefusedError(didNotStart(places, logStart));
    if (options.signal.aborted) {
      await stopServer(server, false);
      throw new RefusedError(NOT_WANTED);
    }
    await sleep(POLL_MS);
  }
  return {
    pid: server.pid,
    ended,
    stop: async (note, waits) => {
      if (!over) await stopServer(server, await serves(places.serverSockets, DATABASE_USER), note, waits);
    },
  };
}

/** Why, in the words of the log. A full disk is said by its own name. */
function didNotStart(places: Places, logStart: number): Refusal {
  const said = readFileSync(places.serverLog).subarray(logStart).toString('utf8').trim();
  const full =
    /No space left on device|Disk quota exceeded/.exec(said)?.[0] ?? (isFull(places.dataFolder) ? 'no space is left' : undefined);
  if (full !== undefined) {
    return refuse(
      'data-folder.full',
      `PostgreSQL could not start in ${places.dataFolder}: ${full} (its log is ${places.serverLog}). Make room, then repeat the command`,
    );
  }
  const end = said.split('\n').slice(-8).join('\n');
  return refuse('cluster.did-not-start', `PostgreSQL ended at once; its log ${places.serverLog} says:\n${end}`);
}

function serverArguments(options: StartOptions): string[] {
  const parameters: Record<string, string> = {
    max_locks_per_transaction: MOST_LOCKS,
    ...options.parameters,
    listen_addresses: '',
    // A list whose names are between quotes: a comma in the path would begin the next.
    unix_socket_directories: `"${options.places.serverSockets.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    log_timezone: 'UTC',
    timezone: 'UTC',
    ...(options.durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  const settings = Object.entries(parameters).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', options.places.cluster, '-p', String(SOCKET_PORT), '-c', MARK, ...settings];
}

function pidFile(places: Places): string {
  return join(places.cluster, 'postmaster.pid');
}

/** The server writes its state into the eighth line of its pid file. */
function isReady(places: Places, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(pidFile(places), 'utf8').split('\n');
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

/**
 * A pid file is left when a server was killed. A server of ours that outlived its keeper is stopped, one of somebody
 * else is left alone. PostgreSQL removes the file itself, except when another process has got the same number,
 * or nobody waited for the killed one: then we do, once no process works in the cluster any more.
 */
async function clearStaleLock({ places, note }: StartOptions): Promise<void> {
  const file = pidFile(places);
  if (!existsSync(file)) return;
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
  const running = Number.isInteger(pid) && pid > 0 ? commandLineOf(pid) : undefined;
  if (running?.includes(places.cluster) === true && running.includes('postgres')) {
    if (!running.includes(MARK)) {
      throw new RefusedError(
        refuse('data-folder.in-use', `a PostgreSQL that Carillon did not start, process ${pid}, runs on ${places.cluster}`),
      );
    }
    note(`PostgreSQL, process ${pid}, was left running by a killed process; it is restarted.`);
    await stopLeftServer(places, note);
    return;
  }
  note(`Stale lock: PostgreSQL was not stopped properly last time (process ${pid} is gone). It recovers from its log now.`);
  await clearFiles(places);
}

/** Stops a server of ours whose keeper is gone. False when there is none. Throws RefusedError when not even killing ends it. */
export async function stopLeftServer(places: Places, note: (text: string) => void = () => undefined): Promise<boolean> {
  const pid = existsSync(pidFile(places)) ? Number.parseInt(readFileSync(pidFile(places), 'utf8'), 10) : 0;
  const isOurs = (): boolean => {
    const running = pid > 0 ? commandLineOf(pid) : undefined;
    return running?.includes(places.cluster) === true && running.includes(MARK);
  };
  if (!isOurs()) return false;
  const server = { pid, cluster: places.cluster, hasEnded: () => !isOurs() };
  await stopServer(server, await serves(places.serverSockets, DATABASE_USER), note);
  if (isOurs()) throw new RefusedError(refuse('cluster.not-answering', `PostgreSQL, process ${pid}, does not end, even when killed`));
  if (existsSync(pidFile(places))) await clearFiles(places);
  return true;
}

/** Removes what a server that was killed left, once no process works in the cluster any more. */
async function clearFiles(places: Places): Promise<void> {
  const inUse = (): boolean => processesIn(places.cluster)?.length !== 0;
  for (let waitedMs = 0; waitedMs < LONGEST_END_MS && inUse(); waitedMs += POLL_MS) await sleep(POLL_MS);
  if (inUse()) return;
  const socket = join(places.serverSockets, `.s.PGSQL.${SOCKET_PORT}`);
  for (const stale of [pidFile(places), socket, `${socket}.lock`]) rmSync(stale, { force: true });
}

/** How long processes of a killed server take to notice, at most. */
const LONGEST_END_MS = 20_000;

function rotateLog(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGEST_LOG_BYTES) renameSync(file, `${file}.1`);
}
