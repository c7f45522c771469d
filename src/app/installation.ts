/** Opens what a command needs: settings, log, data folder and a migrated database; and closes it again. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { RefusedError, refuse } from '#core/refusals.ts';
import { type Database, openDatabase } from '#storage/database.ts';
import { migrate } from '#storage/migrations.ts';
import { joinCluster } from '#storage/postgres/join.ts';
import { createLog, type Logger } from './log.ts';
import { loadSettings, postgresParameters, type Settings, type SettingsOptions, withoutPassword } from './settings.ts';

export interface Installation {
  readonly settings: Settings;
  readonly database: Database;
  readonly log: Logger;
  /** Absolute. */
  readonly dataFolder: string;
}

export interface InstallationOptions {
  readonly settings?: SettingsOptions;
  /** Name of the command, which `database status` shows. */
  readonly command?: string;
}

/**
 * Runs the work with an open installation. Without a database URL the embedded PostgreSQL is started when it is not
 * running, and stopped again by the last command that leaves. Throws RefusedError when a setting is wrong or the
 * database cannot be opened.
 */
export async function withInstallation<T>(options: InstallationOptions, work: (installation: Installation) => Promise<T>): Promise<T> {
  const { settings } = await loadSettings(options.settings);
  const log = createLog(settings.log);
  const { database, leave } = await open(settings, log, options.command);
  try {
    await connect(database, settings);
    const applied = await migrate(database);
    if (applied.length > 0) log.debug({ migrations: applied }, 'database migrated');
    return await work({ settings, database, log, dataFolder: settings.data });
  } finally {
    await database.close();
    await leave();
  }
}

async function open(
  settings: Settings,
  log: Logger,
  command: string | undefined,
): Promise<{ database: Database; leave: () => Promise<unknown> }> {
  const pool = { connections: settings.database.connections };
  if (settings.database.url !== '') {
    makeArchive(settings.data);
    return { database: openDatabase(settings.database.url, pool), leave: async () => undefined };
  }
  const membership = await joinCluster({
    dataFolder: settings.data,
    parameters: postgresParameters(settings),
    note: (text) => log.warn(text),
    ...(command === undefined ? {} : { command }),
  });
  makeArchive(settings.data);
  return { database: openDatabase(membership.address, pool), leave: () => membership.leave() };
}

/** What is archived is other people's traffic: only the owner may look. */
function makeArchive(folder: string): void {
  try {
    mkdirSync(join(folder, 'archive'), { recursive: true, mode: 0o700 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RefusedError(refuse('data-folder.not-usable', `the data folder cannot be made: ${reason}`, { value: folder }));
  }
}

/** The first connection, so that a server that cannot be reached is said in one sentence. */
async function connect(database: Database, settings: Settings): Promise<void> {
  try {
    const client = await database.pool.connect();
    client.release();
  } catch (error) {
    const reason =
      error instanceof AggregateError ? error.errors.map(String).join('; ') : error instanceof Error ? error.message : String(error);
    const where = settings.database.url === '' ? `the embedded PostgreSQL in ${settings.data}` : withoutPassword(settings.database.url);
    throw new RefusedError(refuse('database.unreachable', `${where}: ${reason}`));
  }
}
