import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, realpathSync, statfsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Refusal, RefusedError, refuse } from '#core/refusals.ts';

/** Where everything of the embedded database lies below a data folder. */
export interface Places {
  /** Absolute, without symbolic links. */
  readonly dataFolder: string;
  /** PostgreSQL's own directory. It exists only when it is complete: it is made under `making` and renamed. */
  readonly cluster: string;
  readonly making: string;
  readonly run: string;
  readonly lock: string;
  /** Who keeps the database, for people and for other machines that see the same folder. */
  readonly keeperFile: string;
  readonly keeperSocket: string;
  /** Folder of PostgreSQL's socket. */
  readonly serverSockets: string;
  /** True when the sockets had to move out of the data folder, because its path is too long for them. */
  readonly socketsElsewhere: boolean;
  readonly serverLog: string;
  readonly keeperLog: string;
}

/** The kernel's limit is 107 bytes with the terminating zero on Linux, 103 on macOS. */
const LONGEST_SOCKET_PATH = 100;
/** PostgreSQL takes paths of 1,023 bytes, and its own files need some of them. */
const LONGEST_DATA_FOLDER = 900;

/** Makes the data folder when it is missing. Throws RefusedError when that fails. */
export function placesOf(folder: string): Places {
  const dataFolder = makeFolder(folder);
  const cluster = join(dataFolder, 'postgres');
  const run = join(dataFolder, 'run');
  const longest = join(cluster, '.s.PGSQL.5432.lock');
  const socketsElsewhere = Buffer.byteLength(longest) > LONGEST_SOCKET_PATH;
  const short = join('/tmp', `carillon-${createHash('sha256').update(dataFolder).digest('hex').slice(0, 16)}`);
  return {
    dataFolder,
    cluster,
    making: join(dataFolder, 'postgres.making'),
    run,
    lock: join(run, 'keeper.lock'),
    keeperFile: join(run, 'keeper.json'),
    keeperSocket: join(socketsElsewhere ? short : run, 'keeper.sock'),
    serverSockets: socketsElsewhere ? short : cluster,
    socketsElsewhere,
    serverLog: join(dataFolder, 'logs', 'postgres.log'),
    keeperLog: join(dataFolder, 'logs', 'keeper.log'),
  };
}

function makeFolder(folder: string): string {
  const whole = resolve(folder);
  const bytes = Buffer.byteLength(whole);
  if (bytes > LONGEST_DATA_FOLDER) {
    const most = `its path has ${bytes} bytes, and PostgreSQL takes ${LONGEST_DATA_FOLDER}`;
    throw new RefusedError(refuse('data-folder.not-usable', `the data folder cannot be used: ${most}`, { value: whole.slice(0, 120) }));
  }
  // PostgreSQL writes the path on a line of its lock.
  if (/\p{Cc}/u.test(whole)) {
    throw new RefusedError(
      refuse('data-folder.not-usable', 'the data folder cannot be used: its path has control characters', { value: whole.slice(0, 120) }),
    );
  }
  try {
    // Others may pass, as PostgreSQL's user must when we are root, and see nothing.
    makeParents(dirname(whole));
    if (!existsSync(whole)) mkdirSync(whole, { mode: 0o711 });
    for (const name of ['run', 'logs']) mkdirSync(join(whole, name), { recursive: true, mode: 0o700 });
    return realpathSync(whole);
  } catch (error) {
    throw new RefusedError(folderFault(error, folder));
  }
}

/** Not mkdir's own `recursive`, which never returns below /proc. */
function makeParents(folder: string): void {
  if (existsSync(folder)) return;
  makeParents(dirname(folder));
  mkdirSync(folder);
}

/** Why a folder cannot be written, by name: no space, only to be read, another's, or what the system says. */
export function folderFault(error: unknown, folder: string): Refusal {
  const reason = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const at = { value: folder.slice(0, 120) };
  if (code === 'ENOSPC' || code === 'EDQUOT') return refuse('data-folder.full', `no space is left for the data folder: ${reason}`, at);
  if (code === 'EROFS') return refuse('data-folder.not-usable', `the data folder is on a file system that can only be read: ${reason}`, at);
  if (code === 'EACCES' || code === 'EPERM') {
    const who = `user ${process.getuid?.() ?? 'who runs this'}`;
    return refuse('data-folder.not-usable', `${who} may not write the data folder, or it belongs to another user: ${reason}`, at);
  }
  return refuse('data-folder.not-usable', `the data folder cannot be made: ${reason}`, at);
}

/** Less than this is nothing: PostgreSQL cannot even say in its log what it lacks. */
const NOTHING_LEFT_BYTES = 64 * 1024;

export function isFull(folder: string): boolean {
  try {
    const { bavail, bsize, ffree, files } = statfsSync(folder);
    return bavail * bsize < NOTHING_LEFT_BYTES || (files > 0 && ffree === 0);
  } catch {
    return false;
  }
}
