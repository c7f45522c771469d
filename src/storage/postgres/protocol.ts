/**
 * What commands and the keeper of the embedded database say to each other over the keeper's socket: one
 * JSON object a line. A command is a user of the database as long as its connection is open, so the kernel
 * itself reports when one was killed.
 */
import type { Refusal } from '#core/refusals.ts';

export interface KeeperOptions {
  readonly dataFolder: string;
  /** PostgreSQL's parameters, such as shared_buffers, passed on its command line. */
  readonly parameters: Readonly<Record<string, string>>;
  /** False only for tests: commits do not wait for the disk. */
  readonly durable: boolean;
  /** Remove the cluster when the last user has left. For tests. */
  readonly ephemeral: boolean;
  /** How long to keep the server after the last user has left. For tests, whose files follow one another. */
  readonly lingerMs: number;
  /** Folder of the installation, which may not share a data folder with another. */
  readonly installation: string;
}

export interface User {
  readonly pid: number;
  readonly command: string;
}

export type ToKeeper =
  | { readonly say: 'join'; readonly installation: string; readonly user: User }
  | { readonly say: 'leave' }
  | { readonly say: 'status' }
  | { readonly say: 'stop'; readonly force: boolean };

export interface KeeperStatus {
  readonly pid: number;
  readonly installation: string;
  readonly startedAt: string;
  readonly server: 'running' | 'starting' | 'stopping' | 'stopped';
  readonly serverPid: number | undefined;
  readonly users: readonly User[];
}

export type FromKeeper =
  | { readonly say: 'note'; readonly text: string }
  | { readonly say: 'ready'; readonly socketFolder: string; readonly port: number }
  | { readonly say: 'refused'; readonly refusals: readonly Refusal[] }
  | { readonly say: 'left'; readonly server: 'stopped' | 'kept' }
  | { readonly say: 'status'; readonly status: KeeperStatus };

/** Written to the data folder while a keeper runs. */
export interface KeeperFile {
  readonly pid: number;
  readonly host: string;
  readonly installation: string;
  readonly startedAt: string;
}

/** Exit status of a keeper that found another one in charge. */
export const ALREADY_KEPT = 3;

/** The port only names the socket file; nothing listens on a network. */
export const SOCKET_PORT = 5432;

/** Splits a stream of bytes into lines and parses each. */
export function lineReader<T>(take: (message: T) => void): (chunk: Buffer) => void {
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk.toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line !== '') take(JSON.parse(line) as T); // both ends are this file; the socket is closed to other users
    }
  };
}

export function encode(message: ToKeeper | FromKeeper): string {
  return `${JSON.stringify(message)}\n`;
}
