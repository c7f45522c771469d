/**
 * An export that was asked for over HTTP: a file of the data folder that only its owner reads. It goes after a day, and at once when the
 * person is erased; what a job keeps as its answer says nothing of the person.
 */
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RefusedError, refuse } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import type { Actor } from '#operations/audit-trail/ports.ts';
import {
  completeExport,
  deleteExport,
  deleteExportsBefore,
  deleteExportsOf,
  exportIds,
  findExport,
  insertExport,
} from '#storage/person/exports.ts';
import { termsOf } from '#storage/person/find-person.ts';
import type { PersonTerms } from '#storage/person/tables.ts';
import type { Installation } from '../installation.ts';
import { checkIdentity, exportPerson, type OnTable, type PersonExport, writeExport } from './export.ts';
import { tellExportSeen } from './told.ts';

export type ExportHome = Pick<Installation, 'database' | 'dataFolder'>;

const KEPT_MS = 86_400_000;

export interface MadeExport {
  readonly export: string;
  /** When it goes. */
  readonly until: string;
  readonly bytes: number;
  readonly sections: PersonExport['sections'];
  readonly notSearched: readonly string[];
}

/** Nothing is looked for yet. Throws RefusedError (`person.identity-unclear`). */
export async function askExport(home: ExportHome, text: string, nowMs = Date.now()): Promise<bigint> {
  const identity = checkIdentity(text);
  await dropOldExports(home, nowMs);
  return insertExport(home.database, identity, await termsOf(home.database.pool, identity), nowMs);
}

/**
 * Killed anywhere, it is made again: the file has its name only when it is whole. `job` tells apart what two write at once. Throws
 * RefusedError: `person.export-gone`, `person.unknown`.
 */
export async function makeExport(home: ExportHome, id: bigint, by: string, job: bigint, onTable: OnTable): Promise<MadeExport> {
  const { database } = home;
  const asked = await findExport(database, id);
  if (asked === undefined) throw gone(id);
  const found = await exportPerson(database, asked.identity, by, onTable).catch(async (error: unknown) => {
    if (error instanceof RefusedError) await deleteExport(database, id); // whom nothing is held of is not remembered for having been asked for
    throw error;
  });
  await mkdir(folderOf(home), { recursive: true, mode: 0o700 });
  const part = join(folderOf(home), `${id}-${job}.part.zip`);
  await rm(part, { force: true });
  await writeExport(found, part);
  const { size } = await stat(part);
  await rename(part, pathOf(home, id));
  if (!(await completeExport(database, id, size))) {
    await rm(pathOf(home, id), { force: true });
    throw gone(id);
  }
  const until = formatInstant((asked.askedMs + KEPT_MS) * 1000);
  return { export: String(id), until, bytes: size, sections: found.sections, notSearched: found.notSearched };
}

/** Told in the audit trail, with whom it is of. Throws RefusedError (`person.export-gone`): none, not whole yet, or its day is over. */
export async function readExport(home: ExportHome, id: bigint, actor: Actor, nowMs = Date.now()): Promise<Uint8Array> {
  const kept = await findExport(home.database, id);
  if (kept?.bytes === undefined || kept.askedMs + KEPT_MS <= nowMs) throw gone(id);
  const content = await readFile(pathOf(home, id)).catch((error: unknown) => {
    if (isMissing(error)) throw gone(id);
    throw error;
  });
  await tellExportSeen(home.database, actor, id, kept.identity);
  return content;
}

export async function dropOldExports(home: ExportHome, nowMs: number): Promise<void> {
  await deleteExportsBefore(home.database.pool, nowMs - KEPT_MS);
  await removeOthers(home);
}

/** Of who was erased: also what was asked for while that went on. */
export async function dropExportsOf(home: ExportHome, terms: PersonTerms): Promise<void> {
  await deleteExportsOf(home.database.pool, terms);
  await removeOthers(home);
}

/** Files whose row is gone. The folder is read first: a row is there before its file. */
async function removeOthers(home: ExportHome): Promise<void> {
  const files = await readdir(folderOf(home)).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  if (files.length === 0) return;
  const live = await exportIds(home.database.pool);
  for (const file of files) {
    const id = /^(\d+)(-\d+\.part)?\.zip$/.exec(file)?.[1];
    if (id !== undefined && !live.has(id)) await rm(join(folderOf(home), file), { force: true });
  }
}

function folderOf({ dataFolder }: ExportHome): string {
  return join(dataFolder, 'exports');
}

function pathOf(home: ExportHome, id: bigint): string {
  return join(folderOf(home), `${id}.zip`);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function gone(id: bigint): RefusedError {
  return new RefusedError(refuse('person.export-gone', `there is no export ${id}, or not yet`, { value: String(id) }));
}
