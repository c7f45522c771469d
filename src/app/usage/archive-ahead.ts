import { type ArchivedFile, archiveFile } from '#storage/usage/archive-writer.ts';

/** Archives files, and the next one already while one is loaded: it is hashed and compressed beside what the load waits for. */
export class ArchiveAhead {
  readonly #dataFolder: string;
  #next: { readonly path: string; readonly archived: Promise<ArchivedFile> } | undefined;

  constructor(dataFolder: string) {
    this.#dataFolder = dataFolder;
  }

  /** Fails as archiveFile does. `unpacked`: the content, where it is not that of the path. */
  async take(path: string, onBytes: (bytes: number) => void, unpacked: AsyncIterable<Buffer> | undefined): Promise<ArchivedFile> {
    const next = this.#next;
    this.#next = undefined;
    if (next?.path === path && unpacked === undefined) return next.archived;
    await next?.archived.catch(() => undefined); // it is somebody else's, and reported when its turn comes
    return archiveFile(path, this.#dataFolder, onBytes, unpacked);
  }

  begin(path: string, onBytes?: (bytes: number) => void): void {
    const archived = archiveFile(path, this.#dataFolder, onBytes);
    archived.catch(() => undefined); // reported where it is taken
    this.#next = { path, archived };
  }

  /** What was begun for this path and is not taken. */
  begun(path: string): Promise<ArchivedFile> | undefined {
    return this.#next?.path === path ? this.#next.archived : undefined;
  }

  /** Waits for what was begun: nothing goes on behind the command. */
  async close(): Promise<void> {
    await this.#next?.archived.catch(() => undefined);
  }
}
