import { beginReading, type FileReading, type ReadingOptions } from '#pipeline/load-file.ts';
import type { ArchivedContent } from '#pipeline/ports.ts';
import { openArchive } from '#storage/usage/archive-reader.ts';
import type { ArchivedFile } from '#storage/usage/archive-writer.ts';

/** A file that is read before its turn. */
export interface BegunFile {
  readonly content: ArchivedContent;
  readonly reading: FileReading;
  close(): Promise<void>;
}

/** Reads the next file already while one gets into the books: readers have nothing to do at its end otherwise. */
export class ReadingAhead {
  readonly #dataFolder: string;
  readonly #options: Omit<ReadingOptions, 'content'>;
  #next: { readonly path: string; readonly begun: Promise<BegunFile | undefined> } | undefined;

  constructor(dataFolder: string, options: Omit<ReadingOptions, 'content'>) {
    this.#dataFolder = dataFolder;
    this.#options = options;
  }

  /** A file that is archived or about to be. Only when the readers have got everything of the one before it. */
  begin(path: string, archived: Promise<ArchivedFile>): void {
    if (this.#next !== undefined) return;
    const begun = this.#begin(archived);
    this.#next = { path, begun: begun.catch(() => undefined) }; // what is wrong with it is found again when its turn comes
  }

  /** What was begun, if it is this file: the caller closes it. */
  async take(path: string): Promise<BegunFile | undefined> {
    const next = this.#next;
    this.#next = undefined;
    const begun = await next?.begun;
    if (next?.path === path) return begun;
    await begun?.close();
    return undefined;
  }

  /** Nothing goes on behind the command. */
  async close(): Promise<void> {
    await this.take('');
  }

  async #begin(archived: Promise<ArchivedFile>): Promise<BegunFile | undefined> {
    const content = await openArchive((await archived).path, this.#dataFolder);
    const reading = await beginReading({ ...this.#options, content }).catch(() => undefined);
    if (reading === undefined) {
      await content.close();
      return undefined;
    }
    return {
      content,
      reading,
      close: async () => {
        await reading.close();
        await content.close();
      },
    };
  }
}
