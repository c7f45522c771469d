/** Files in a folder of an SFTP server. */
import { rm, stat } from 'node:fs/promises';
import { posix } from 'node:path';
import type { FileEntry, Stats } from 'ssh2';
import { RefusedError, refuse } from '#core/refusals.ts';
import { PATIENCE, type Patience, type Place, type PlaceFile, type Spool } from '#operations/collecting/ports.ts';
import { isNoSuchFile, type SftpAccount, SftpConnection } from './connection.ts';

/** Of the mode as POSIX has it. */
const FILE_TYPE = 0o170000;
const REGULAR_FILE = 0o100000;

export interface SftpFolder extends SftpAccount {
  readonly path: string;
}

/** Looks into the folder itself, not into folders below it. Symbolic links are left alone. */
export function sftpPlace(folder: SftpFolder, spool: Spool, patience: Patience = PATIENCE): Place {
  return new SftpPlace(folder, spool, patience);
}

class SftpPlace implements Place {
  readonly #folder: SftpFolder;
  readonly #spool: Spool;
  readonly #patience: Patience;
  #connection: SftpConnection | undefined;
  readonly #closing = new AbortController();

  constructor(folder: SftpFolder, spool: Spool, patience: Patience) {
    this.#folder = folder;
    this.#spool = spool;
    this.#patience = patience;
  }

  async list(): Promise<readonly PlaceFile[]> {
    const { path } = this.#folder;
    const connection = await this.#connected();
    try {
      const entries = await connection.call<FileEntry[]>((sftp, done) => sftp.readdir(path, done));
      return entries.filter(({ attrs }) => (attrs.mode & FILE_TYPE) === REGULAR_FILE).map(({ filename, attrs }) => fileOf(filename, attrs));
    } catch (error) {
      throw error instanceof RefusedError ? error : this.#refused(`the folder ${path} cannot be read`, error);
    }
  }

  async withFile<T>(file: PlaceFile, work: (path: string, unchanged: () => Promise<void>) => Promise<T>): Promise<T> {
    const local = await this.#spool.newPath();
    try {
      await this.#fetch(file, local);
      // What was fetched is as it was listed, and nobody else writes it: it cannot change any more.
      return await work(local, async () => undefined);
    } finally {
      await rm(local, { force: true });
    }
  }

  async #fetch(file: PlaceFile, local: string): Promise<void> {
    const connection = await this.#connected();
    const changed = (problem: string): RefusedError => new RefusedError(refuse('collect.file-changed', problem, { file: file.name }));
    try {
      await connection.fetch(this.#pathOf(file), local);
      const attrs = await connection.call<Stats>((sftp, done) => sftp.stat(this.#pathOf(file), done));
      const { size } = await stat(local);
      if (fileOf(file.name, attrs).version !== file.version) throw changed('the file changed while it was fetched');
      if (size !== file.sizeBytes) throw changed(`${size} of ${file.sizeBytes} bytes were fetched`);
    } catch (error) {
      if (isNoSuchFile(error)) throw changed('the file is gone');
      throw error instanceof RefusedError ? error : this.#refused(`${file.name} cannot be read`, error);
    }
  }

  async delete(file: PlaceFile): Promise<void> {
    const connection = await this.#connected();
    try {
      await connection.call<void>((sftp, done) => sftp.unlink(this.#pathOf(file), done));
    } catch (error) {
      if (!isNoSuchFile(error)) throw error instanceof RefusedError ? error : this.#refused(`${file.name} cannot be deleted`, error);
    }
  }

  async move(file: PlaceFile, folder: string): Promise<void> {
    const connection = await this.#connected();
    const target = posix.join(this.#folder.path, folder, posix.basename(file.name));
    try {
      // Most servers answer only "failure" when the folder is there: the renaming shows whether it is.
      await connection.call<void>((sftp, done) => sftp.mkdir(posix.dirname(target), done)).catch(() => undefined);
      await connection.call<void>((sftp, done) => sftp.rename(this.#pathOf(file), target, done));
    } catch (error) {
      if (!isNoSuchFile(error)) throw error instanceof RefusedError ? error : this.#refused(`${file.name} cannot be moved`, error);
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#connection?.close();
  }

  async #connected(): Promise<SftpConnection> {
    if (this.#connection?.isOpen !== true) this.#connection = await SftpConnection.open(this.#folder, this.#patience, this.#closing.signal);
    return this.#connection;
  }

  #pathOf({ name }: PlaceFile): string {
    return posix.join(this.#folder.path, name);
  }

  #refused(what: string, error: unknown): RefusedError {
    const { user, host, port } = this.#folder;
    const reason = error instanceof Error ? error.message : String(error);
    return new RefusedError(refuse('collect.place-unreachable', `${user}@${host}:${port}: ${what}: ${reason}`));
  }
}

/** The protocol's times are whole seconds. */
function fileOf(name: string, { size, mtime }: Pick<Stats, 'size' | 'mtime'>): PlaceFile {
  return { name, version: `${size}-${mtime}`, sizeBytes: size, modifiedMicros: mtime * 1_000_000 };
}
