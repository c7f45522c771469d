/** Archived files whose records are read again, one by one. */
import { RefusedError, valueOrThrow } from '#core/refusals.ts';
import { openRecords } from '#pipeline/load-file.ts';
import type { ArchivedContent } from '#pipeline/ports.ts';
import type { ReopenedFile } from '#pipeline/retry-records.ts';
import type { Database } from '#storage/database.ts';
import { openArchive } from '#storage/usage/archive-reader.ts';
import { selectFile } from '#storage/usage/files.ts';
import { findSource } from './configuration.ts';

const MOST_OPEN = 64;

/** Archives with their sources' decoders, opened when they are asked for. */
export class OpenFiles {
  readonly #database: Database;
  readonly #dataFolder: string;
  readonly #open = new Map<number, { readonly file: ReopenedFile; readonly content: ArchivedContent }>();

  constructor(database: Database, dataFolder: string) {
    this.#database = database;
    this.#dataFolder = dataFolder;
  }

  async open(fileId: number): Promise<ReopenedFile> {
    const known = this.#open.get(fileId);
    if (known !== undefined) return known.file;
    if (this.#open.size >= MOST_OPEN) await this.close();
    const stored = await selectFile(this.#database.pool, fileId);
    if (stored === undefined) throw new Error(`file ${fileId} is not in the books`);
    const source = await findSource(this.#database, stored.source);
    const content = await openArchive(stored.archivePath, this.#dataFolder);
    const opened = await openRecords(content, source);
    if (!opened.ok) {
      await content.close();
      throw new RefusedError(...opened.refusals.map((refusal) => ({ ...refusal, at: { file: stored.name, ...refusal.at } })));
    }
    const { decoder } = valueOrThrow(opened);
    const file = { source, decoder, read: (from: number, length: number) => content.read(from, length) };
    this.#open.set(fileId, { file, content });
    return file;
  }

  async close(): Promise<void> {
    for (const { content } of this.#open.values()) await content.close();
    this.#open.clear();
  }
}
