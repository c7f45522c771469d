/** Configuration: read from a folder, applied to the database, exported again. */
import { type CompiledBook, compileBook } from '#core/rating/compile-book.ts';
import { type Refusal, RefusedError, type Result } from '#core/refusals.ts';
import type { Book } from '#core/tariffs/book.ts';
import { type Applied, applySetup } from '#operations/configuration/apply.ts';
import { readFolderWithPlaces } from '#operations/configuration/read-folder.ts';
import type { Setup } from '#operations/configuration/setup.ts';
import { writeFolder } from '#operations/configuration/write-folder.ts';
import { configurationStore } from '#storage/configuration/configuration-store.ts';
import { loadSetup } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { openConfigurationFolder, writeConfigurationFolder } from './configuration-folder.ts';
import { configurationReference } from './configuration-reference.ts';
import { loadJurisdictions } from './reference-data.ts';

export { type ApplyReport, formatPlan, reportPlan } from '#operations/configuration/plan-report.ts';

/** Reads a folder: all that it says, or every fault with file and line. Tariffs are not compiled. */
export function readConfiguration(folder: string): Result<Setup> {
  const files = openConfigurationFolder(folder);
  if (!files.ok) return files;
  const read = readFolderWithPlaces(files.value, configurationReference());
  return read.ok ? { ok: true, value: read.value.setup } : read;
}

/** Compiles with what the installation knows of jurisdictions. */
export function compileConfiguration(book: Book): Result<CompiledBook> {
  return compileBook(book, { jurisdictions: loadJurisdictions() });
}

export interface ApplyCommand {
  readonly folder: string;
  readonly dryRun: boolean;
  readonly closeMissing: boolean;
}

/** Applies a folder in one transaction. With any fault nothing is changed and RefusedError carries all of them. */
export async function applyConfiguration(database: Database, { folder, dryRun, closeMissing }: ApplyCommand): Promise<Applied> {
  const files = openConfigurationFolder(folder);
  if (!files.ok) throw new RefusedError(...files.refusals);
  const read = readFolderWithPlaces(files.value, configurationReference());
  if (!read.ok) throw new RefusedError(...read.refusals);
  const { setup, placeOf } = read.value;
  return database.transaction(async (client) => {
    const applied = await applySetup(setup, configurationStore(client), compileFaults, { dryRun, closeMissing }, placeOf);
    if (!applied.ok) throw new RefusedError(...applied.refusals);
    return applied.value;
  });
}

function compileFaults(book: Book): readonly Refusal[] {
  const compiled = compileConfiguration(book);
  return compiled.ok ? [] : compiled.refusals;
}

export interface Exported {
  readonly files: readonly string[];
  readonly objects: number;
  readonly rates: number;
}

/** Writes what is known now as a folder that applies to the same state. Throws RefusedError when the folder has files and `force` is not set. */
export async function exportConfiguration(database: Database, folder: string, force: boolean): Promise<Exported> {
  const setup = await loadSetup(database);
  const files = writeFolder(setup, configurationReference());
  const written = writeConfigurationFolder(folder, files, force);
  if (!written.ok) throw new RefusedError(...written.refusals);
  const { book, origins: _, ...besides } = setup;
  const objects = [...Object.values(book), ...Object.values(besides)].reduce((sum, list) => sum + list.length, 0);
  return { files: [...files.keys()], objects, rates: book.tariffs.reduce((sum, { rates }) => sum + rates.length, 0) };
}
