/**
 * Files of tables that grow, written to the disk as they grow. PostgreSQL makes a table longer with zeros that lie in the system's memory until all that is half a minute old goes
 * to the disk at once: 60 to 90 MB, behind which a commit waits for 100 ms (docs/decisions/0022-charging-tail.md). Nothing is more durable by it.
 */
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** PostgreSQL goes on in the next file then: `16384`, `16384.1` … As the embedded one was compiled. */
const SEGMENT_BYTES = 1_073_741_824;

interface GrownFile {
  readonly path: string;
  segment: number;
  /** When it was last looked at; undefined: never, so that nothing is known of what it grew by. */
  bytes: number | undefined;
}

export interface GrownFilesOptions {
  /** PostgreSQL's directory, below which the files are. */
  readonly cluster: string;
  readonly segmentBytes?: number;
  /** Writes a file to the disk. */
  readonly write?: (path: string) => Promise<void>;
}

export class GrownFiles {
  readonly #cluster: string;
  readonly #segmentBytes: number;
  readonly #write: (path: string) => Promise<void>;
  #files: readonly GrownFile[] = [];
  #next = 0;

  constructor({ cluster, segmentBytes = SEGMENT_BYTES, write = toDisk }: GrownFilesOptions) {
    this.#cluster = cluster;
    this.#segmentBytes = segmentBytes;
    this.#write = write;
  }

  /** These from now on, as PostgreSQL names them below its directory. */
  watch(paths: readonly string[]): void {
    const known = new Map(this.#files.map((file) => [file.path, file]));
    this.#files = paths.map((path) => known.get(path) ?? { path, segment: 0, bytes: undefined });
  }

  /** Looks at one of them, the next each time, and writes it when it has grown since. A file that is gone is passed over. */
  async lookAtNext(): Promise<void> {
    const file = this.#files[this.#next % this.#files.length];
    this.#next += 1;
    if (file === undefined) return;
    for (;;) {
      const path = join(this.#cluster, file.segment === 0 ? file.path : `${file.path}.${file.segment}`);
      const bytes = await bytesOf(path);
      const before = file.bytes;
      file.bytes = bytes;
      if (bytes === undefined) {
        file.segment = 0; // it is gone, or shorter than it was
        return;
      }
      if (before !== undefined && bytes > before) await this.#write(path);
      if (bytes < this.#segmentBytes || (await bytesOf(join(this.#cluster, `${file.path}.${file.segment + 1}`))) === undefined) return;
      file.segment += 1;
      file.bytes = before === undefined ? undefined : 0;
    }
  }
}

async function bytesOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

async function toDisk(path: string): Promise<void> {
  try {
    const file = await open(path, 'r');
    try {
      await file.datasync();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

const isGone = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';
