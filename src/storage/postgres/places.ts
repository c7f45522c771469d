import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { RefusedError, refuse } from '#core/refusals.ts';
import { folderFault, makeFolders } from '../data-folder.ts';

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
/** SQLite, whose lock the keeper holds, takes paths of 512 bytes, PostgreSQL of 1,023; the files below need some of them. */
const LONGEST_DATA_FOLDER = 450;

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
    const most = `its path has ${bytes} bytes, and it may have ${LONGEST_DATA_FOLDER}`;
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
    makeFolders(whole, 0o711);
    for (const name of ['run', 'logs']) mkdirSync(join(whole, name), { recursive: true, mode: 0o700 });
    return realpathSync(whole);
  } catch (error) {
    throw new RefusedError(folderFault(error, folder));
  }
}
