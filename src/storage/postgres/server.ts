/**
 * The PostgreSQL process on a cluster: started with settings that are always passed on its command line,
 * ready when its pid file says so, stopped with a checkpoint.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { Binaries } from './binaries.ts';
import type { Places } from './places.ts';
import { SOCKET_PORT } from './protocol.ts';
import { commandAs, type ServerUser } from './server-user.ts';

export interface Server {
  readonly pid: number;
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends the connections and the process after a checkpoint. */
  stop(): Promise<void>;
}

/** On every command line of ours, so that a server left behind by a killed keeper is recognised. */
const MARK = 'cluster_name=carillon';
const LARGEST_LOG_BYTES = 16 * 1024 * 1024;
const POLL_MS = 5;

export interface StartOptions {
  readonly places: Places;
  readonly binaries: Binaries;
  readonly user: ServerUser;
  readonly parameters: Readonly<Record<string, string>>;
  readonly durable: boolean;
  /** Told what a person waiting should know. */
  readonly note: (text: string) => void;
}

/** Throws RefusedError with the last lines of the log when the server ends before it is ready. */
export async function startServer(options: StartOptions): Promise<Server> {
  const { places } = options;
  await clearStaleLock(options);
  rotateLog(places.serverLog);
  const log = openSync(places.serverLog, 'a');
  const logStart = statSync(places.serverLog).size;
  const command = commandAs(options.user, options.binaries.postgres, serverArguments(options));
  const child = spawn(command.file, command.args, { ...command.as, stdio: ['ignore', log, log] });
  closeSync(log);
  const ended = new Promise<void>((resolve) => {
    child.on('exit', () => resolve());
    child.on('error', () => resolve());
  });
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!isReady(places, child.pid)) {
    if (over) {
      const said = readFileSync(places.serverLog).subarray(logStart).toString('utf8').trim().split('\n').slice(-8).join('\n');
      throw new RefusedError(refuse('cluster.did-not-start', `PostgreSQL ended at once; its log ${places.serverLog} says:\n${said}`));
    }
    await sleep(POLL_MS);
  }
  return { pid: child.pid ?? 0, ended, stop: () => stopChild(child, ended) };
}

function serverArguments(options: StartOptions): string[] {
  const parameters: Record<string, string> = {
    ...options.parameters,
    listen_addresses: '',
    unix_socket_directories: options.places.serverSockets,
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
    process.kill(pid, 'SIGINT');
    while (commandLineOf(pid) !== undefined) await sleep(POLL_MS);
    return;
  }
  note(`Stale lock: PostgreSQL was not stopped properly last time (process ${pid} is gone). It recovers from its log now.`);
  for (let waitedMs = 0; waitedMs < LONGEST_END_MS && worksIn(places.cluster); waitedMs += POLL_MS) await sleep(POLL_MS);
  if (worksIn(places.cluster)) return;
  const socket = join(places.serverSockets, `.s.PGSQL.${SOCKET_PORT}`);
  for (const stale of [file, socket, `${socket}.lock`]) rmSync(stale, { force: true });
}

/** How long processes of a killed server take to notice, at most. */
const LONGEST_END_MS = 20_000;

/**
 * Whether a process has the cluster as its current folder, as all of PostgreSQL's have. True where that cannot be
 * known: then PostgreSQL's own check decides.
 */
function worksIn(cluster: string): boolean {
  if (process.platform !== 'linux') return true;
  return readdirSync('/proc').some((pid) => {
    try {
      return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`) === cluster;
    } catch {
      return false;
    }
  });
}

/** Undefined when there is no such process. */
function commandLineOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      const text = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      // A process that has ended and is not yet waited for has an empty command line, as kernel threads have.
      return text === '' ? undefined : text;
    }
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

async function stopChild(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGINT');
  await ended;
}

function rotateLog(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGEST_LOG_BYTES) renameSync(file, `${file}.1`);
}
