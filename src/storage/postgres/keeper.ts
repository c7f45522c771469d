/**
 * The process that keeps the embedded PostgreSQL of one data folder. The first command starts it; it makes
 * the cluster when there is none, starts the server for the first user, stops it when the last has left (or was
 * killed: the kernel closes the connection), and ends. The lock is one that the kernel releases with the process.
 *
 * Run as: node keeper.ts '<KeeperOptions as JSON>'
 */
import { chmodSync, chownSync, lstatSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Refusal, RefusedError, refuse } from '#core/refusals.ts';
import { folderFault } from '../data-folder.ts';
import { findBinaries } from './binaries.ts';
import { inspectCluster, makeCluster } from './cluster.ts';
import { type Places, placesOf } from './places.ts';
import { commandLineOf } from './processes.ts';
import {
  ALREADY_KEPT,
  encode,
  type FromKeeper,
  type KeeperFile,
  type KeeperOptions,
  type KeeperStatus,
  lineReader,
  SOCKET_PORT,
  type ToKeeper,
  type User,
} from './protocol.ts';
import { type Server, startServer } from './server.ts';
import { type ServerUser, serverUser } from './server-user.ts';
import { FORCED_WAITS, STOP_WAITS, type StopWaits } from './stop-server.ts';

/** How often the keeper's file is touched, so that other machines see it alive. */
export const HEARTBEAT_MS = 5_000;

class Keeper {
  readonly #options: KeeperOptions;
  readonly #places: Places;
  readonly #lock: DatabaseSync;
  readonly #startedAt = new Date().toISOString();
  readonly #users = new Map<Socket, User>();
  #server: Server | undefined;
  /** Ends the start that is going on, and those that wait, when the database is to be stopped by force. */
  readonly #unwanted = new AbortController();
  #state: KeeperStatus['server'] = 'stopped';
  /** Starts and stops, one after the other. */
  #queue: Promise<void> = Promise.resolve();

  constructor(options: KeeperOptions, places: Places, lock: DatabaseSync) {
    this.#options = options;
    this.#places = places;
    this.#lock = lock;
  }

  listen(): void {
    const { keeperSocket, keeperFile } = this.#places;
    rmSync(keeperSocket, { force: true });
    const server = createServer((socket) => this.#serve(socket));
    server.listen(keeperSocket, () => chmodSync(keeperSocket, 0o600));
    const file: KeeperFile = {
      pid: process.pid,
      host: hostname(),
      installation: this.#options.installation,
      startedAt: this.#startedAt,
    };
    writeFileSync(keeperFile, `${JSON.stringify(file)}\n`);
    setInterval(() => touch(keeperFile), HEARTBEAT_MS);
    // Nobody came: the command that started us was killed before it could join.
    setTimeout(() => void this.#leaveEmpty(), 10_000);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void this.#stopAndEnd());
  }

  #serve(socket: Socket): void {
    const answer = (message: FromKeeper): void => {
      if (socket.writable) socket.write(encode(message));
    };
    const note = (text: string): void => answer({ say: 'note', text });
    socket.on('error', () => undefined);
    socket.on('close', () => void this.#leave(socket));
    socket.on(
      'data',
      lineReader<ToKeeper>((message) => {
        if (message.say === 'join') void this.#join(socket, message.installation, message.user, answer);
        else if (message.say === 'leave') {
          void this.#leave(socket, note).then((server) => {
            answer({ say: 'left', server });
            // Of a keeper that ends the connection closes with it, so that who left last knows that nothing is left.
            setImmediate(() => socket.end());
          });
        } else if (message.say === 'status') answer({ say: 'status', status: this.#status() });
        else void this.#stopOnRequest(message.force, answer);
      }),
    );
  }

  async #join(socket: Socket, installation: string, user: User, answer: (message: FromKeeper) => void): Promise<void> {
    try {
      if (installation !== this.#options.installation) {
        const { dataFolder } = this.#places;
        throw new RefusedError(
          refuse(
            'data-folder.in-use',
            `the installation ${this.#options.installation} (process ${process.pid}) is running on ${dataFolder}`,
          ),
        );
      }
      this.#users.set(socket, user);
      await this.#inTurn(() => this.#start((text) => answer({ say: 'note', text })));
      answer({ say: 'ready', socketFolder: this.#places.serverSockets, port: SOCKET_PORT });
    } catch (error) {
      this.#users.delete(socket);
      const refusals = error instanceof RefusedError ? error.refusals : [this.#fault(error)];
      answer({ say: 'refused', refusals });
      socket.end();
      await this.#leaveEmpty();
    }
  }

  #fault(error: unknown): Refusal {
    if (error instanceof Error && 'syscall' in error && 'path' in error) return folderFault(error, this.#places.dataFolder);
    return refuse('cluster.did-not-start', error instanceof Error ? error.message : String(error));
  }

  async #leave(socket: Socket, note?: (text: string) => void): Promise<'stopped' | 'kept'> {
    if (!this.#users.delete(socket) || this.#users.size > 0) return 'kept';
    if (this.#options.lingerMs > 0) {
      setTimeout(() => void this.#leaveEmpty(), this.#options.lingerMs);
      return 'kept';
    }
    await this.#leaveEmpty(note);
    return this.#users.size > 0 ? 'kept' : 'stopped';
  }

  async #leaveEmpty(note?: (text: string) => void): Promise<void> {
    if (this.#users.size > 0) return;
    await this.#inTurn(async () => {
      if (this.#users.size === 0) await this.#stop(note);
    });
    // Whoever connects now and is not heard finds its connection closed and starts the next keeper.
    if (this.#users.size === 0) setImmediate(() => this.#users.size === 0 && this.#end());
  }

  async #stopOnRequest(force: boolean, answer: (message: FromKeeper) => void): Promise<void> {
    if (this.#users.size > 0 && !force) {
      const who = [...this.#users.values()].map((user) => `${user.command} (process ${user.pid})`).join(', ');
      answer({ say: 'refused', refusals: [refuse('database.in-use', `in use by ${who}`)] });
      return;
    }
    if (force) this.#unwanted.abort();
    await this.#inTurn(() => this.#stop((text) => answer({ say: 'note', text }), force ? FORCED_WAITS : STOP_WAITS));
    answer({ say: 'left', server: 'stopped' });
    setImmediate(() => this.#end());
  }

  async #stopAndEnd(): Promise<void> {
    await this.#inTurn(() => this.#stop());
    this.#end();
  }

  #status(): KeeperStatus {
    return {
      pid: process.pid,
      installation: this.#options.installation,
      startedAt: this.#startedAt,
      server: this.#state,
      serverPid: this.#server?.pid,
      users: [...this.#users.values()],
    };
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => undefined);
    await turn;
  }

  async #start(note: (text: string) => void): Promise<void> {
    if (this.#server !== undefined) {
      if (commandLineOf(this.#server.pid) !== undefined) return;
      // It was killed, and we have not heard of it yet.
      await this.#server.ended;
    }
    this.#state = 'starting';
    const { signal } = this.#unwanted;
    try {
      const places = this.#places;
      const binaries = await findBinaries();
      const user = serverUser(places, binaries);
      const { durable, parameters } = this.#options;
      const state = inspectCluster(places);
      if (state === 'half-made')
        note(`A half-made database was found in ${places.dataFolder} (its making was interrupted); it held no data and is made anew.`);
      if (state !== 'whole') await makeCluster(places, binaries, user, durable, signal);
      if (places.socketsElsewhere) makeSocketFolder(places.serverSockets, user);
      const server = await startServer({ places, binaries, user, parameters, durable, note, signal });
      this.#server = server;
      this.#state = 'running';
      void server.ended.then(() => this.#gone(server));
    } finally {
      if (this.#server === undefined) this.#state = 'stopped';
    }
  }

  /** The server ended, asked or not; the next user gets a new one. */
  #gone(server: Server): void {
    if (this.#server !== server) return;
    this.#server = undefined;
    this.#state = 'stopped';
  }

  async #stop(note: (text: string) => void = () => undefined, waits: StopWaits = STOP_WAITS): Promise<void> {
    if (this.#server === undefined) return;
    this.#state = 'stopping';
    await this.#server.stop(note, waits);
    this.#server = undefined;
    this.#state = 'stopped';
    if (this.#options.ephemeral) rmSync(this.#places.cluster, { recursive: true, force: true });
  }

  #end(): void {
    rmSync(this.#places.keeperSocket, { force: true });
    rmSync(this.#places.keeperFile, { force: true });
    if (this.#places.socketsElsewhere) rmSync(this.#places.serverSockets, { recursive: true, force: true });
    this.#lock.close();
    process.exit(0);
  }
}

/** Other machines only look; the database of this one does not end because the file cannot be touched. */
function touch(file: string): void {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Tried again with the next beat.
  }
}

/** A folder in /tmp that belongs to the server's user, or to us, and to which nobody else has access. */
function makeSocketFolder(folder: string, user: ServerUser): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const own = process.getuid?.() ?? 0;
  const uid = user.owner?.uid ?? own;
  const stat = lstatSync(folder);
  if (!stat.isDirectory() || (stat.uid !== uid && stat.uid !== own)) {
    throw new RefusedError(
      refuse(
        'data-folder.not-usable',
        `the folder for sockets ${folder} belongs to another user; choose a data folder with a shorter path`,
      ),
    );
  }
  if (user.owner !== undefined) chownSync(folder, user.owner.uid, user.owner.gid);
  chmodSync(folder, 0o700);
}

/** Held until this process ends, however it ends. Undefined when another process has it. */
function takeLock(file: string): DatabaseSync | undefined {
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    lock.exec('pragma locking_mode = exclusive; begin exclusive');
    return lock;
  } catch {
    lock.close();
    return undefined;
  }
}

const options = JSON.parse(process.argv[2] ?? '') as KeeperOptions; // written by join.ts
const places = placesOf(options.dataFolder);
const lock = takeLock(places.lock);
if (lock === undefined) process.exit(ALREADY_KEPT);
if (places.socketsElsewhere) mkdirSync(dirname(places.keeperSocket), { recursive: true, mode: 0o700 });
new Keeper(options, places, lock).listen();
