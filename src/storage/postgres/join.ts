/** The side of a command: finds or starts the keeper of a data folder, joins, and leaves. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { connect, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Refusal, RefusedError, refuse } from '#core/refusals.ts';
import { folderFault, isFull } from '../data-folder.ts';
import type { DatabaseAddress } from '../database.ts';
import { DATABASE_NAME, DATABASE_USER } from './cluster.ts';
import { type Places, placesOf } from './places.ts';
import { commandLineOf, signalTo } from './processes.ts';
import {
  ALREADY_KEPT,
  encode,
  type FromKeeper,
  type KeeperFile,
  type KeeperOptions,
  type KeeperStatus,
  lineReader,
  type ToKeeper,
} from './protocol.ts';
import { stopLeftServer } from './server.ts';

export interface JoinOptions {
  readonly dataFolder: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly durable?: boolean;
  readonly ephemeral?: boolean;
  readonly lingerMs?: number;
  /** What `database status` shows for this process. */
  readonly command?: string;
  /** Told what a person waiting should know. */
  readonly note?: (text: string) => void;
  readonly waits?: JoinWaits;
}

/** In milliseconds. */
export interface JoinWaits {
  /** For a start with its recovery. */
  readonly ready: number;
  /** What takes longer than this is said. */
  readonly say: number;
  /** For a keeper that works: it answers at once what its state is, also while it starts or stops a server. */
  readonly answer: number;
}

const JOIN_WAITS: JoinWaits = { ready: 600_000, say: 5_000, answer: 5_000 };

export interface Membership {
  readonly address: Exclude<DatabaseAddress, string>;
  /** The last one to leave stops the server; resolves when that is done. */
  leave(): Promise<'stopped' | 'kept'>;
}

/** The folder of this installation: two of them may not run on one data folder at the same time. */
const INSTALLATION = fileURLToPath(new URL('../../../', import.meta.url));
const POLL_MS = 15;
const CONNECT_TIMEOUT_MS = 60_000;
/** Longer than a keeper needs at most to stop a server, see stop-server.ts. */
const STOP_LIMIT_MS = 90_000;

/** A keeper on another machine touches its file every 5 s. */
const ALIVE_MS = 20_000;

/**
 * Makes the cluster when there is none, starts its server when it is not running, and counts as one of its users
 * until `leave`. Throws RefusedError when the data folder cannot be used; the refusal says why.
 */
export async function joinCluster(options: JoinOptions): Promise<Membership> {
  const places = placesOf(options.dataFolder);
  const deadline = Date.now() + CONNECT_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const line = await openLine(places);
    if (line === undefined) {
      refuseOtherMachine(places);
      await startKeeper(places, options);
      continue;
    }
    const command = options.command ?? basename(process.argv[1] ?? 'node');
    line.send({ say: 'join', installation: INSTALLATION, user: { pid: process.pid, command } });
    const answer = await ready(line, places, options);
    if (answer?.say === 'refused') throw new RefusedError(...answer.refusals);
    if (answer?.say !== 'ready') continue;
    const { socketFolder, port } = answer;
    line.rest();
    return {
      address: { socketFolder, port, user: DATABASE_USER, database: DATABASE_NAME },
      leave: async () => {
        line.send({ say: 'leave' });
        const left = await line.next(STOP_LIMIT_MS, options.note);
        if (left === 'silent') options.note?.(notAnswering(places, 'did not say that it has stopped').message);
        else await line.next(JOIN_WAITS.answer);
        line.close();
        return left !== 'silent' && left?.say === 'left' ? left.server : 'stopped';
      },
    };
  }
  throw new RefusedError(refuse('data-folder.in-use', `${describeKeeper(places)} holds ${places.dataFolder} and does not answer`));
}

/** Waits for the server's start, and says so when it takes long. Throws RefusedError when it takes too long. */
async function ready(line: Line, places: Places, { note, waits = JOIN_WAITS }: JoinOptions): Promise<FromKeeper | undefined> {
  const deadline = performance.now() + waits.ready;
  for (let said = false; performance.now() < deadline; said = true) {
    const answer = await line.next(waits.say, note);
    if (answer !== 'silent') return answer;
    const state = (await keeperStatus(places.dataFolder, waits.answer))?.server ?? 'stopped';
    if (!said) {
      const most = `${Math.ceil(waits.ready / 60_000)} min`;
      note?.(`Waiting for PostgreSQL (${state}), at most ${most}; after an interruption it recovers first, see ${places.serverLog}.`);
    }
  }
  line.close();
  throw new RefusedError(
    refuse('cluster.not-answering', `PostgreSQL was not ready after ${Math.round(waits.ready / 1000)} s; see ${places.serverLog}`),
  );
}

function notAnswering(places: Places, what: string): Refusal {
  return refuse('cluster.not-answering', `${describeKeeper(places)} keeps the database in ${places.dataFolder} and ${what}`);
}

/** Undefined when no keeper is running. Throws RefusedError when one is and does not answer. */
export async function keeperStatus(dataFolder: string, answerMs = JOIN_WAITS.answer): Promise<KeeperStatus | undefined> {
  if (!existsSync(dataFolder)) return undefined;
  const places = placesOf(dataFolder);
  const line = await openLine(places);
  line?.send({ say: 'status' });
  const answer = await line?.next(answerMs);
  line?.close();
  if (answer === 'silent') throw new RefusedError(notAnswering(places, `does not answer within ${answerMs / 1000} s`));
  return answer?.say === 'status' ? answer.status : undefined;
}

/**
 * False when nothing was running. Throws RefusedError when commands are using it, unless `force`. By force it always ends:
 * a keeper that does not answer is killed, and its server after it.
 */
export async function stopCluster(dataFolder: string, force: boolean, answerMs = JOIN_WAITS.answer): Promise<boolean> {
  if (!existsSync(dataFolder)) return false;
  const places = placesOf(dataFolder);
  const line = await openLine(places);
  if (line === undefined) return force && stopLeftServer(places);
  line.send({ say: 'status' });
  const alive = (await line.next(answerMs)) !== 'silent';
  if (alive) line.send({ say: 'stop', force });
  const answer = alive ? await line.next(STOP_LIMIT_MS) : 'silent';
  if (answer !== 'silent' && answer?.say === 'left') await line.next(answerMs);
  line.close();
  if (answer !== 'silent' && answer?.say === 'refused') throw new RefusedError(...answer.refusals);
  if (answer === 'silent' && !force) throw new RefusedError(notAnswering(places, 'does not answer'));
  if (answer === 'silent') await killKeeper(places);
  // A keeper that ended without having answered left its server.
  if (force && (answer === 'silent' || answer?.say !== 'left')) await stopLeftServer(places);
  return true;
}

/** A keeper that hangs. Its number is looked at first: it may be another's by now. */
async function killKeeper(places: Places): Promise<void> {
  const pid = readKeeperFile(places)?.pid;
  const isKeeper = (): boolean => pid !== undefined && commandLineOf(pid)?.includes('keeper.ts') === true;
  if (pid === undefined || !isKeeper()) return;
  signalTo(pid, 'SIGKILL');
  for (let waitedMs = 0; isKeeper() && waitedMs < JOIN_WAITS.answer; waitedMs += POLL_MS) await sleep(POLL_MS);
}

interface Line {
  send(message: ToKeeper): void;
  /** The next answer that is not a note; undefined when the keeper is gone; `silent` when neither comes in time. */
  next(limitMs: number, note?: (text: string) => void): Promise<FromKeeper | undefined | 'silent'>;
  /** From here on the open line does not keep this process alive. */
  rest(): void;
  close(): void;
}

async function openLine(places: Places): Promise<Line | undefined> {
  const socket = connect(places.keeperSocket);
  const connected = await new Promise<true | NodeJS.ErrnoException>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', resolve);
  });
  if (connected === true) return lineOf(socket);
  if (connected.code === 'EACCES') throw new RefusedError(folderFault(connected, places.dataFolder));
  return undefined;
}

function lineOf(socket: Socket): Line {
  const arrived: FromKeeper[] = [];
  let wake: (() => void) | undefined;
  let closed = false;
  socket.on('error', () => undefined);
  socket.on('close', () => {
    closed = true;
    wake?.();
  });
  socket.on(
    'data',
    lineReader<FromKeeper>((message) => {
      arrived.push(message);
      wake?.();
    }),
  );
  return {
    send: (message) => {
      if (socket.writable) socket.write(encode(message));
    },
    next: async (limitMs, note) => {
      socket.ref();
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        wake?.();
      }, limitMs);
      try {
        for (;;) {
          const message = arrived.shift();
          if (message?.say === 'note') note?.(message.text);
          else if (message !== undefined) return message;
          else if (closed) return undefined;
          else if (late) return 'silent';
          else {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
        }
      } finally {
        clearTimeout(timer);
      }
    },
    rest: () => {
      socket.unref();
    },
    close: () => {
      socket.destroy();
    },
  };
}

/** Starts a keeper and waits until it listens or has ended. Throws RefusedError when it failed. */
async function startKeeper(places: Places, options: JoinOptions): Promise<void> {
  const keeperOptions: KeeperOptions = {
    dataFolder: places.dataFolder,
    parameters: options.parameters ?? {},
    durable: options.durable ?? true,
    ephemeral: options.ephemeral ?? false,
    lingerMs: options.lingerMs ?? 0,
    installation: INSTALLATION,
  };
  const log = openLog(places);
  const program = fileURLToPath(new URL('keeper.ts', import.meta.url));
  const child = spawn(process.execPath, [program, JSON.stringify(keeperOptions)], {
    detached: true,
    cwd: '/',
    stdio: ['ignore', log, log],
    env: { ...process.env, NODE_COMPILE_CACHE: getCompileCacheDir() },
  });
  closeSync(log);
  child.unref();
  let status: number | string | undefined;
  child.on('exit', (code, signal) => {
    status = code ?? signal ?? 'unknown';
  });
  child.on('error', (error) => {
    status = error.message;
  });
  while (status === undefined) {
    const line = await openLine(places);
    line?.close();
    if (line !== undefined) return;
    await sleep(POLL_MS);
  }
  // Another command was quicker, or the last keeper is just ending: the caller looks again.
  if (status === ALREADY_KEPT || status === 0) return sleep(POLL_MS);
  if (isFull(places.dataFolder)) throw new RefusedError(refuse('data-folder.full', `no space is left in ${places.dataFolder}`));
  const said = readFileSync(places.keeperLog, 'utf8').trim().split('\n').slice(-8).join('\n');
  throw new RefusedError(
    refuse('cluster.did-not-start', `the keeper of the database ended with ${status}; ${places.keeperLog} says:\n${said}`),
  );
}

function openLog(places: Places): number {
  try {
    return openSync(places.keeperLog, 'a');
  } catch (error) {
    throw new RefusedError(folderFault(error, places.dataFolder));
  }
}

function readKeeperFile(places: Places): (KeeperFile & { readonly ageMs: number }) | undefined {
  try {
    const file = JSON.parse(readFileSync(places.keeperFile, 'utf8')) as KeeperFile; // written by keeper.ts
    return { ...file, ageMs: Date.now() - statSync(places.keeperFile).mtimeMs };
  } catch {
    return undefined;
  }
}

/** A folder on a network drive: the keeper's process and its socket are on another machine, only its file is seen. */
function refuseOtherMachine(places: Places): void {
  const file = readKeeperFile(places);
  if (file === undefined || file.host === hostname() || file.ageMs > ALIVE_MS) return;
  throw new RefusedError(
    refuse(
      'data-folder.in-use',
      `process ${file.pid} on the machine ${file.host} holds ${places.dataFolder} (last sign of life ${Math.round(file.ageMs / 1000)} s ago)`,
    ),
  );
}

function describeKeeper(places: Places): string {
  const file = readKeeperFile(places);
  return file === undefined ? 'a process' : `process ${file.pid} of the installation ${file.installation}`;
}
