/** `carillon numbers import`: a file of a number table into the database. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import { type ImportMode, NumberFileReader, type NumberImport } from '#operations/numbers/import-numbers.ts';
import type { Database } from '#storage/database.ts';
import { layersOf, selectImports, writeImport } from '#storage/numbers/number-store.ts';
import { findNumberTable } from './tables.ts';

export interface ImportRequest {
  readonly file: string;
  readonly table: string;
  readonly mode: ImportMode;
  /** Called with the bytes read so far. */
  readonly onProgress?: (bytes: number) => void;
}

export interface ImportedNumbers {
  /** `already-imported`: the same file is one of those that count, and nothing was written. */
  readonly state: 'imported' | 'already-imported';
  readonly import: NumberImport;
}

/**
 * Imports a file, also gzipped: all of it, or nothing. Throws RefusedError: no such table, an unreadable file, faults of
 * rows with their lines, a delta before any full file.
 */
export async function importNumbers(database: Database, { file, table, mode, onProgress }: ImportRequest): Promise<ImportedNumbers> {
  const declaration = await findNumberTable(database, table);
  const earlier = layersOf(await selectImports(database.pool, table), undefined);
  if (mode === 'delta' && earlier.length === 0)
    throw new RefusedError(refuse('numbers.delta-before-full', `number table ${table} has no full file yet`, { file }));
  const reader = new NumberFileReader(declaration, basename(file));
  const sha256 = await readThrough(file, reader, onProgress);
  const known = earlier.find((layer) => layer.mode === mode && layer.sha256.equals(sha256));
  if (known !== undefined && (mode === 'delta' || earlier.length === 1)) return { state: 'already-imported', import: known };
  const read = valueOrThrow(reader.finish());
  const written = await database.transaction((client) => writeImport(client, { ...read, table, mode, file: basename(file), sha256 }));
  if (written === undefined) throw new RefusedError(refuse('configuration.busy', 'another command is changing the configuration'));
  return { state: 'imported', import: written };
}

async function readThrough(file: string, reader: NumberFileReader, onProgress: ImportRequest['onProgress']): Promise<Buffer> {
  const hash = createHash('sha256');
  const decoder = new TextDecoder('utf-8');
  let bytes = 0;
  const take = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of chunks) {
      hash.update(chunk);
      reader.push(decoder.decode(chunk, { stream: true }));
      bytes += chunk.length;
      onProgress?.(bytes);
    }
    reader.push(decoder.decode());
  };
  try {
    if (!(await stat(file)).isFile())
      throw new RefusedError(refuse('numbers.file-unreadable', 'it is a folder, a pipe or a device; write it to a file first', { file }));
    const raw = createReadStream(file, { highWaterMark: 1 << 20 });
    if (file.endsWith('.gz')) await pipeline(raw, createGunzip({ chunkSize: 1 << 20 }), take);
    else await pipeline(raw, take);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new RefusedError(refuse('numbers.file-unreadable', `the file cannot be read: ${error.message}`, { file }));
  }
  return hash.digest();
}
