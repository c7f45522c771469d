/** Puts files into a folder of an SFTP server, each under another name first, so that nobody there sees half of one. */
import { posix } from 'node:path';
import type { SFTPWrapper, Stats } from 'ssh2';
import { RefusedError, refuse } from '#core/refusals.ts';
import { PATIENCE, type Patience } from '#operations/collecting/ports.ts';
import type { DeliveryFile } from '#operations/delivery/ports.ts';
import { isNoSuchFile, type SftpAccount, SftpConnection } from './connection.ts';

const PIECE = 32 * 1024;

export interface SftpFolder extends SftpAccount {
  readonly path: string;
}

/**
 * Tells what is there afterwards. One of the same name and content stays as it is. Throws RefusedError:
 * `delivery.name-taken`, `collect.host-key-differs`, `collect.place-unreachable`; other errors are the server's answers.
 */
export async function dropFiles(folder: SftpFolder, files: readonly DeliveryFile[], patience: Patience = PATIENCE): Promise<string> {
  const closing = new AbortController();
  const connection = await SftpConnection.open(folder, patience, closing.signal);
  try {
    const said: string[] = [];
    for (const file of files) said.push(await drop(connection, folder.path, file));
    return said.join('; ');
  } finally {
    connection.close();
  }
}

async function drop(connection: SftpConnection, folder: string, { name, content }: DeliveryFile): Promise<string> {
  const target = posix.join(folder, name);
  const there = await sizeAt(connection, target);
  if (there !== undefined) {
    if (there === content.length && (await isSame(connection, target, content))) return `${target} was there already`;
    throw new RefusedError(refuse('delivery.name-taken', `${target} has ${there} bytes and other content`, { file: name }));
  }
  const unfinished = posix.join(folder, `.${name}.part`);
  await write(connection, unfinished, content);
  await connection.call<void>((sftp, done) => sftp.rename(unfinished, target, done));
  return `${target}, ${content.length} bytes`;
}

async function sizeAt(connection: SftpConnection, path: string): Promise<number | undefined> {
  try {
    return (await connection.call<Stats>((sftp, done) => sftp.stat(path, done))).size;
  } catch (error) {
    if (isNoSuchFile(error)) return undefined;
    throw error;
  }
}

async function write(connection: SftpConnection, path: string, content: Uint8Array): Promise<void> {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  await withHandle(connection, path, 'w', async (handle) => {
    for (let at = 0; at < bytes.length; at += PIECE) {
      const length = Math.min(PIECE, bytes.length - at);
      await connection.call<void>((sftp, done) => sftp.write(handle, bytes, at, length, at, (error) => done(error ?? null)));
    }
  });
}

async function isSame(connection: SftpConnection, path: string, content: Uint8Array): Promise<boolean> {
  return withHandle(connection, path, 'r', async (handle) => {
    const piece = Buffer.alloc(PIECE);
    for (let at = 0; at < content.length; ) {
      const read = await connection.call<number>((sftp, done) =>
        sftp.read(handle, piece, 0, Math.min(PIECE, content.length - at), at, (error, count) => done(error ?? null, count)),
      );
      if (read === 0 || piece.compare(content, at, at + read, 0, read) !== 0) return false;
      at += read;
    }
    return true;
  });
}

async function withHandle<T>(
  connection: SftpConnection,
  path: string,
  mode: Parameters<SFTPWrapper['open']>[1],
  work: (handle: Buffer) => Promise<T>,
): Promise<T> {
  const handle = await connection.call<Buffer>((sftp, done) => sftp.open(path, mode, (error, opened) => done(error ?? null, opened)));
  try {
    return await work(handle);
  } finally {
    await connection.call<void>((sftp, done) => sftp.close(handle, (error) => done(error ?? null)));
  }
}
