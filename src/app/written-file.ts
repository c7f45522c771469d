/** Files that a command leaves: complete or not at all. */
import { createWriteStream } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { RefusedError, refuse } from '#core/refusals.ts';
import { makeFolders } from '#storage/data-folder.ts';
import { isAlive } from '#storage/postgres/processes.ts';

type Chunks = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

/** `out` as a file: itself, or `name` in it when it is a folder (exists, or ends with a slash). */
export async function fileAt(out: string, name: string): Promise<string> {
  if (/[/\\]$/.test(out)) return join(out, name);
  const found = await stat(out).catch(() => undefined);
  return found?.isDirectory() === true ? join(out, name) : out;
}

/** A name that is safe in every file system. */
export function fileName(...parts: readonly string[]): string {
  return parts.map((part) => part.replace(/[^\p{L}\p{N}._-]+/gu, '_')).join('-');
}

/**
 * Writes beside the file first and then takes its place, so that nobody finds half a file. Compressed when the name
 * ends in `.gz`. Makes the folder it lies in. Throws RefusedError (`statement.output-unwritable`) when the place cannot be written.
 */
export async function writeWhole(file: string, chunks: Chunks): Promise<void> {
  const part = `${file}${PART}`;
  try {
    makeFolders(resolve(dirname(file)));
    const source = Readable.from(chunks);
    // A device or a pipe is written to; replacing it by a file would take it from everybody else.
    const there = await stat(file).catch(() => undefined);
    if (there !== undefined && !there.isFile() && !there.isDirectory()) {
      await pipeline(source, createWriteStream(file));
      return;
    }
    await removeLeftParts(resolve(dirname(file)));
    const target = createWriteStream(part);
    await (file.endsWith('.gz') ? pipeline(source, createGzip(), target) : pipeline(source, target));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    if (isFileError(error)) throw new RefusedError(refuse('statement.output-unwritable', `cannot be written: ${error.message}`, { file }));
    throw error;
  }
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error && !/^E(PIPE|CONN)/.test(String(error.code));
}

/** Says who writes: parts of a process of this machine that is gone are nobody's. */
const HOST = hostname()
  .replace(/[^A-Za-z0-9-]/g, '_')
  .slice(0, 32);
const PART = `.${HOST}.${process.pid}.part`;

/** Each once a process: a batch writes thousands of files into one folder. */
const lookedThrough = new Set<string>();

/** What a run that was killed left half written beside the files. */
async function removeLeftParts(folder: string): Promise<void> {
  if (lookedThrough.has(folder)) return;
  lookedThrough.add(folder);
  for (const name of await readdir(folder)) {
    const [, host, pid] = /\.([A-Za-z0-9_-]{1,32})\.(\d{1,10})\.part$/.exec(name) ?? [];
    if (host === HOST && (Number(pid) === process.pid || !isAlive(Number(pid)))) await rm(join(folder, name), { force: true });
  }
}
