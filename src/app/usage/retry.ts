/** `carillon usage retry`: what was held (or rejected) read again with the configuration of today. */
import { RefusedError, valueOrThrow } from '#core/refusals.ts';
import { SourceKeys } from '#pipeline/keys/source-keys.ts';
import { openRecords } from '#pipeline/load-file.ts';
import type { ArchivedContent } from '#pipeline/ports.ts';
import { type ReopenedFile, type RetryCounts, retryRecords } from '#pipeline/retry-records.ts';
import type { Database } from '#storage/database.ts';
import { openArchive } from '#storage/usage/archive-reader.ts';
import { selectFile } from '#storage/usage/files.ts';
import { withUsageWriter } from '#storage/usage/usage-writer.ts';
import { selectWaiting } from '#storage/usage/waiting.ts';
import { currentConfiguration, findSource } from './configuration.ts';
import { settleCounters } from './counters.ts';
import type { UsageHome } from './home.ts';
import { type WaitingRequest, waitingFilter } from './look-up.ts';

export type { RetryCounts } from '#pipeline/retry-records.ts';

/** Records of one transaction. */
const RECORDS_AT_ONCE = 5_000;

/** Takes up everything that fits the request. Throws RefusedError for an unknown file or reason, a source that is gone, a lost archive. */
export async function retryUsage(installation: UsageHome, request: WaitingRequest): Promise<RetryCounts> {
  const { database } = installation;
  const { from, filter } = await waitingFilter(database, request);
  return withUsageWriter(
    database,
    () => undefined,
    async (writer, client) => {
      const configuration = await currentConfiguration(database);
      const keys = await SourceKeys.open(writer.keys);
      const files = new OpenFiles(database, installation.dataFolder);
      let total: RetryCounts = { taken: 0, rated: 0, held: 0, duplicate: 0, rejected: 0 };
      try {
        for (let after = 0; ; ) {
          const records = await selectWaiting(client, from, filter, after, RECORDS_AT_ONCE);
          const last = records.at(-1);
          if (last === undefined) break;
          after = last.id;
          total = added(total, await retryRecords(writer, keys, from, records, (fileId) => files.open(fileId), configuration));
        }
        await settleCounters(installation, client);
      } finally {
        await files.close();
      }
      return total;
    },
  );
}

function added(a: RetryCounts, b: RetryCounts): RetryCounts {
  return {
    taken: a.taken + b.taken,
    rated: a.rated + b.rated,
    held: a.held + b.held,
    duplicate: a.duplicate + b.duplicate,
    rejected: a.rejected + b.rejected,
  };
}

const MOST_OPEN = 64;

/** Archives with their sources' decoders, opened when they are asked for. */
class OpenFiles {
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
