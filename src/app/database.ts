/** The state of the database, without starting it, and its end. */
import { RefusedError, refuse } from '#core/refusals.ts';
import { openDatabase } from '#storage/database.ts';
import { keeperStatus, stopCluster } from '#storage/postgres/join.ts';
import type { KeeperStatus, User } from '#storage/postgres/protocol.ts';
import type { InstallationOptions } from './installation.ts';
import { loadSettings, withoutPassword } from './settings.ts';

export type DatabaseStatus =
  | { readonly kind: 'server'; readonly url: string; readonly version: string }
  | {
      readonly kind: 'embedded';
      readonly dataFolder: string;
      readonly server: KeeperStatus['server'];
      readonly serverPid?: number;
      readonly keeperPid?: number;
      readonly users: readonly User[];
    };

/** Throws RefusedError when DATABASE_URL is set and its server cannot be reached. */
export async function databaseStatus(options: InstallationOptions): Promise<DatabaseStatus> {
  const { settings } = await loadSettings(options.settings);
  if (settings.database.url !== '') return serverStatus(settings.database.url);
  const status = await keeperStatus(settings.data);
  return {
    kind: 'embedded',
    dataFolder: settings.data,
    server: status?.server ?? 'stopped',
    ...(status?.serverPid === undefined ? {} : { serverPid: status.serverPid }),
    ...(status === undefined ? {} : { keeperPid: status.pid }),
    users: status?.users ?? [],
  };
}

async function serverStatus(url: string): Promise<DatabaseStatus> {
  const database = openDatabase(url, { connections: 1 });
  try {
    const { rows } = await database.pool.query<{ server_version: string }>('show server_version');
    return { kind: 'server', url: withoutPassword(url), version: rows[0]?.server_version ?? '' };
  } catch (error) {
    throw new RefusedError(refuse('database.unreachable', `${withoutPassword(url)}: ${String(error)}`));
  } finally {
    await database.close();
  }
}

/** For people. */
export function describeStatus(status: DatabaseStatus): string {
  if (status.kind === 'server') return `server ${status.url}, PostgreSQL ${status.version}\n`;
  const process = status.serverPid === undefined ? '' : `, process ${status.serverPid}`;
  const users = status.users.map((user) => `  ${user.command}, process ${user.pid}\n`).join('');
  return `embedded PostgreSQL in ${status.dataFolder}: ${status.server}${process}\n${users === '' ? '' : `in use by\n${users}`}`;
}

/** False when it was not running. Throws RefusedError when it is in use, or is not ours to stop. */
export async function stopDatabase(options: InstallationOptions, force: boolean): Promise<boolean> {
  const { settings } = await loadSettings(options.settings);
  if (settings.database.url !== '') {
    throw new RefusedError(refuse('database.not-ours', `${withoutPassword(settings.database.url)} was not started by Carillon`));
  }
  return stopCluster(settings.data, force);
}
