import { type ArchivedFile, archiveFile } from '#storage/usage/archive-writer.ts';

/** Files archived at once: each waits for the disk most of the time. */
const AT_ONCE = 8;

/** Archives files, and the next ones already while one is loaded: they are hashed and compressed beside what the load waits for. */
export class ArchiveAhead {
  readonly #dataFolder: string;
  readonly #next = new Map<string, Promise<ArchivedFile>>();
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(dataFolder: string) {
    this.#dataFolder = dataFolder;
  }

  /** Fails as archiveFile does. `unpacked`: the content, where it is not that of the path. */
  async take(path: string, onBytes: (bytes: number) => void, unpacked: AsyncIterable<Buffer> | undefined): Promise<ArchivedFile> {
    const next = unpacked === undefined ? this.#next.get(path) : undefined;
    if (next === undefined) return archiveFile(path, this.#dataFolder, onBytes, unpacked);
    this.#next.delete(path);
    return next;
  }

  /** At once where not many others are under way. */
  begin(path: string, onBytes?: (bytes: number) => void): void {
    if (this.#next.has(path)) return;
    const archived = this.#inTurn(() => archiveFile(path, this.#dataFolder, onBytes));
    archived.catch(() => undefined); // reported where it is taken
    this.#next.set(path, archived);
  }

  /** What was begun for this path and is not taken. */
  begun(path: string): Promise<ArchivedFile> | undefined {
    return this.#next.get(path);
  }

  /** Waits for what was begun: nothing goes on behind the command. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#next.values());
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running < AT_ONCE) this.#running += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve)); // it takes the place of one that is done
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
