/** Opens what a command needs: settings, log, data folder and a migrated database; and closes it again. */
import { join } from 'node:path';
import { RefusedError, refusals, refuse } from '#core/refusals.ts';
import { type Act, actingAs } from '#operations/audit-trail/ports.ts';
import { worded } from '#operations/audit-trail/wording.ts';
import { auditBooksOn } from '#storage/audit-trail/audit-books.ts';
import { folderFault, makeFolders, spaceLeft } from '#storage/data-folder.ts';
import { type Database, firstConnection, openDatabase } from '#storage/database.ts';
import { databaseFault } from '#storage/database-fault.ts';
import { migrate } from '#storage/migrations.ts';
import { joinCluster, type Membership } from '#storage/postgres/join.ts';
import { createLog, type Logger } from './log.ts';
import { postgresParameters } from './postgres-parameters.ts';
import { loadSettings, type Settings, type SettingsOptions, withoutPassword } from './settings.ts';

export interface Installation {
  readonly settings: Settings;
  readonly database: Database;
  readonly log: Logger;
  /** Absolute. */
  readonly dataFolder: string;
  /** For those that stay: starts the embedded PostgreSQL again when its server has ended. Nothing with a database URL. */
  rejoin(): Promise<void>;
}

export interface InstallationOptions {
  readonly settings?: SettingsOptions;
  /** Name of the command, which `database status` shows. */
  readonly command?: string;
  /** For the audit trail: the system's user, and what the command was given. Left out: nobody in particular. */
  readonly by?: { readonly user: string; readonly subject: { readonly kind: string; readonly id: string }; readonly asked: object };
}

/**
 * Runs the work with an open installation. Without a database URL the embedded PostgreSQL is started when it is not
 * running, and stopped again by the last command that leaves. Throws RefusedError when a setting is wrong or the
 * database cannot be opened.
 */
export async function withInstallation<T>(options: InstallationOptions, work: (installation: Installation) => Promise<T>): Promise<T> {
  const { settings } = await loadSettings(options.settings);
  const log = createLog(settings.log);
  const { database, leave, rejoin } = await open(settings, log, options.command);
  try {
    await connect(database, settings, log);
    const applied = await migrate(database);
    if (applied.length > 0) log.debug({ migrations: applied }, 'database migrated');
    return await inNameOf(options, database, () => work({ settings, database, log, dataFolder: settings.data, rejoin }));
  } catch (error) {
    throw named(error, settings);
  } finally {
    await database.close();
    await leave();
  }
}

/** The first change of a command leaves an entry in the audit trail, with its transaction; a refusal leaves one, too. */
async function inNameOf<T>({ command, by }: InstallationOptions, database: Database, work: () => Promise<T>): Promise<T> {
  if (by === undefined) return work();
  const actor = { kind: 'cli', id: by.user, name: by.user } as const;
  const deed = { actor, operation: command ?? 'carillon', subject: by.subject, asked: worded(by.asked) };
  const act: Act = { deed, entry: undefined };
  try {
    return await actingAs(act, work);
  } catch (error) {
    const code = error instanceof RefusedError ? error.refusals[0]?.code : undefined;
    // Where the database itself is what fails, the fault stays what it was.
    if (code !== undefined || act.entry !== undefined)
      await auditBooksOn(database)
        .append({ ...deed, stage: code === undefined ? 'failed' : 'refused', code, follows: act.entry })
        .catch(() => undefined);
    throw error;
  }
}

/** Faults of the server and of the disk are the operator's to mend, and have names; others are ours and stay as they are. */
function named(error: unknown, settings: Settings): unknown {
  if (error instanceof RefusedError) return error;
  const fault = databaseFault(error);
  if (fault === undefined) return error;
  const { bytes } = spaceLeft(settings.data);
  const isSpace = fault.code === 'database.full' || (fault.code === 'database.lost' && bytes < LITTLE_SPACE_BYTES);
  const isOurSpace = isSpace && settings.database.url === '';
  const code = isOurSpace ? 'data-folder.full' : fault.code;
  const left = isOurSpace ? `, and ${Math.floor(bytes / 1_000_000)} MB are left on its disk` : '';
  return new RefusedError(refuse(code, `${whereIs(settings)}: ${fault.said}${left}. ${refusals[code].remedy}`));
}

/** PostgreSQL writes its log in pieces of 16 MB and ends when there is no room for the next. */
const LITTLE_SPACE_BYTES = 32 * 1024 * 1024;

function whereIs({ data, database }: Settings): string {
  return database.url === '' ? `the embedded PostgreSQL in ${data} (its log: logs/postgres.log)` : withoutPassword(database.url);
}

async function open(
  settings: Settings,
  log: Logger,
  command: string | undefined,
): Promise<{ database: Database; leave: () => Promise<unknown>; rejoin: () => Promise<void> }> {
  const pool = { connections: settings.database.connections, readStatementMs: settings.api.readSeconds * 1_000 };
  if (settings.database.url !== '') {
    makeArchive(settings.data);
    return { database: openDatabase(settings.database.url, pool), leave: async () => undefined, rejoin: async () => undefined };
  }
  const join = (): Promise<Membership> =>
    joinCluster({
      dataFolder: settings.data,
      parameters: postgresParameters(settings),
      note: (text) => log.warn(text),
      ...(command === undefined ? {} : { command }),
    });
  const first = await join();
  const memberships = [first];
  makeArchive(settings.data);
  return {
    database: openDatabase(first.address, pool),
    leave: () => Promise.all(memberships.map((membership) => membership.leave())),
    rejoin: async () => {
      const again = await join();
      const before = memberships.splice(0, memberships.length, again);
      // The keeper that was left may be gone; then there is nobody to say good-bye to.
      await Promise.allSettled(before.map((membership) => membership.leave()));
    },
  };
}

/** What is archived is other people's traffic: only the owner may look. */
function makeArchive(folder: string): void {
  try {
    makeFolders(join(folder, 'archive'), 0o700);
  } catch (error) {
    throw error instanceof RefusedError ? error : new RefusedError(folderFault(error, folder));
  }
}

/** The first connection, so that a server that cannot be reached is said in one sentence. */
async function connect(database: Database, settings: Settings, log: Logger): Promise<void> {
  const where = whereIs(settings);
  try {
    await firstConnection(database, () => log.warn(`Waiting for ${where}: it is starting, recovering or stopping.`));
  } catch (error) {
    // Never had is not lost; the other faults are named as in the middle of the work.
    if (![undefined, 'database.lost'].includes(databaseFault(error)?.code)) throw error;
    const reason =
      error instanceof AggregateError ? error.errors.map(String).join('; ') : error instanceof Error ? error.message : String(error);
    throw new RefusedError(refuse('database.unreachable', `${where}: ${reason}`));
  }
}
