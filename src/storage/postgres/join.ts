/** The side of a command: finds or starts the keeper of a data folder, joins, and leaves. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { connect, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { DatabaseAddress } from '../database.ts';
import { DATABASE_NAME, DATABASE_USER } from './cluster.ts';
import { type Places, placesOf } from './places.ts';
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
}

export interface Membership {
  readonly address: Exclude<DatabaseAddress, string>;
  /** The last one to leave stops the server; resolves when that is done. */
  leave(): Promise<'stopped' | 'kept'>;
}

/** The folder of this installation: two of them may not run on one data folder at the same time. */
const INSTALLATION = fileURLToPath(new URL('../../../', import.meta.url));
const POLL_MS = 15;
const CONNECT_TIMEOUT_MS = 60_000;
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
    const answer = await line.next(options.note);
    if (answer?.say === 'refused') throw new RefusedError(...answer.refusals);
    if (answer?.say !== 'ready') continue;
    const { socketFolder, port } = answer;
    line.rest();
    return {
      address: { socketFolder, port, user: DATABASE_USER, database: DATABASE_NAME },
      leave: async () => {
        line.send({ say: 'leave' });
        const left = await line.next();
        await line.next();
        line.close();
        return left?.say === 'left' ? left.server : 'stopped';
      },
    };
  }
  throw new RefusedError(refuse('data-folder.in-use', `${describeKeeper(places)} holds ${places.dataFolder} and does not answer`));
}

/** Undefined when no keeper is running. */
export async function keeperStatus(dataFolder: string): Promise<KeeperStatus | undefined> {
  const line = existsSync(dataFolder) ? await openLine(placesOf(dataFolder)) : undefined;
  line?.send({ say: 'status' });
  const answer = await line?.next();
  line?.close();
  return answer?.say === 'status' ? answer.status : undefined;
}

/** False when nothing was running. Throws RefusedError when commands are using it, unless `force`. */
export async function stopCluster(dataFolder: string, force: boolean): Promise<boolean> {
  const line = existsSync(dataFolder) ? await openLine(placesOf(dataFolder)) : undefined;
  if (line === undefined) return false;
  line.send({ say: 'stop', force });
  const answer = await line.next();
  if (answer?.say !== 'refused') await line.next();
  line.close();
  if (answer?.say === 'refused') throw new RefusedError(...answer.refusals);
  return true;
}

interface Line {
  send(message: ToKeeper): void;
  /** The next answer that is not a note; undefined when the keeper is gone. */
  next(note?: (text: string) => void): Promise<FromKeeper | undefined>;
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
  if (connected.code === 'EACCES') {
    throw new RefusedError(refuse('data-folder.not-usable', `${places.dataFolder} belongs to another user (${connected.message})`));
  }
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
    next: async (note) => {
      socket.ref();
      for (;;) {
        const message = arrived.shift();
        if (message?.say === 'note') note?.(message.text);
        else if (message !== undefined) return message;
        else if (closed) return undefined;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
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
  const said = readFileSync(places.keeperLog, 'utf8').trim().split('\n').slice(-8).join('\n');
  throw new RefusedError(
    refuse('cluster.did-not-start', `the keeper of the database ended with ${status}; ${places.keeperLog} says:\n${said}`),
  );
}

function openLog(places: Places): number {
  try {
    return openSync(places.keeperLog, 'a');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RefusedError(refuse('data-folder.not-usable', `the data folder belongs to another user: ${reason}`));
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
