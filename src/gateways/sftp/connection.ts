/** One SSH connection with its SFTP channel. Whatever hangs ends it: after that every call fails, and a new one is opened. */
import { createHash } from 'node:crypto';
import { Client, type SFTPWrapper } from 'ssh2';
import { RefusedError, refuse } from '#core/refusals.ts';
import { noRoomFault, type Patience } from '#operations/collecting/ports.ts';
import { readPrivateKey } from './private-key.ts';

export interface SftpAccount {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** `SHA256:…` as ssh-keygen -lf prints it. */
  readonly hostKey: string;
  readonly password: string | undefined;
  /** As OpenSSH, PEM (PKCS #1, SEC 1) or PuTTY write it; of an encrypted one the passphrase too. */
  readonly privateKey: string | undefined;
  readonly passphrase: string | undefined;
}

type Done<T> = (error: Error | null | undefined, value?: T) => void;

export class SftpConnection {
  readonly #client: Client;
  readonly #sftp: SFTPWrapper;
  readonly #where: string;
  readonly #patience: Patience;
  /** Rejects when the connection has ended. */
  readonly #ended: Promise<never>;
  #open = true;

  /** `closing` ends it while it is being made. Throws RefusedError: `collect.key-unreadable`, `collect.host-key-differs`, `collect.place-unreachable`. */
  static async open(account: SftpAccount, patience: Patience, closing: AbortSignal): Promise<SftpConnection> {
    const client = new Client();
    const letGo = (): void => void client.destroy();
    closing.addEventListener('abort', letGo, { once: true });
    const where = `${account.user}@${account.host}:${account.port}`;
    let seen = '';
    const ended = new Promise<never>((_, reject) => {
      client.on('error', reject).on('close', () => reject(new Error('the connection was closed')));
    });
    ended.catch(() => undefined); // reported by the call that waits
    try {
      const ready = new Promise<SFTPWrapper>((resolve, reject) => {
        client.on('ready', () => client.sftp((error, sftp) => (error === undefined ? resolve(sftp) : reject(error))));
      });
      client.connect({
        host: account.host,
        port: account.port,
        username: account.user,
        ...(account.password === undefined ? {} : { password: account.password }),
        ...(account.privateKey === undefined ? {} : { privateKey: readPrivateKey(account.privateKey, account.passphrase) }),
        ...(account.passphrase === undefined ? {} : { passphrase: account.passphrase }),
        readyTimeout: patience.connectMs,
        keepaliveInterval: Math.ceil(patience.answerMs / 3),
        keepaliveCountMax: 2,
        hostVerifier: (key: Buffer) => {
          seen = fingerprintOf(key);
          return seen === account.hostKey.replace(/=$/, '');
        },
      });
      client.setNoDelay(true); // small messages go back and forth: together they would wait for half a second or more
      const sftp = await withinTime(Promise.race([ready, ended]), patience.connectMs, 'the server did not answer');
      return new SftpConnection(client, sftp, where, patience, ended);
    } catch (error) {
      client.destroy();
      if (seen !== '' && seen !== account.hostKey.replace(/=$/, ''))
        throw new RefusedError(refuse('collect.host-key-differs', `${where} has the host key ${seen}`, { value: account.hostKey }));
      throw error instanceof RefusedError ? error : unreachable(where, isRejectedLogin(error) ? rejectedLogin(account) : error);
    } finally {
      closing.removeEventListener('abort', letGo);
    }
  }

  private constructor(client: Client, sftp: SFTPWrapper, where: string, patience: Patience, ended: Promise<never>) {
    this.#client = client;
    this.#sftp = sftp;
    this.#where = where;
    this.#patience = patience;
    this.#ended = ended;
    ended.catch(() => {
      this.#open = false;
    });
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** One request. Errors that the server answers are thrown as they are; what is not answered in time ends the connection. */
  async call<T>(request: (sftp: SFTPWrapper, done: Done<T>) => void): Promise<T> {
    const answer = new Promise<T>((resolve, reject) => {
      // Calls without a value resolve with undefined, which is then what T is.
      request(this.#sftp, (error, value) => (error ? reject(error) : resolve(value as T)));
    });
    return this.#orEnd(answer, this.#patience.answerMs);
  }

  /** Fetches a file whole, in many requests at a time. Bounded is the time in which nothing arrives, not that of the whole. */
  async fetch(path: string, to: string): Promise<void> {
    let last = performance.now();
    const fetched = new Promise<void>((resolve, reject) => {
      const step = (): void => {
        last = performance.now();
      };
      this.#sftp.fastGet(path, to, { step }, (error) => (error ? reject(noRoomFault(error) ?? error) : resolve()));
    });
    fetched.catch(() => undefined); // when the time is over it fails later
    for (;;) {
      const left = last + this.#patience.answerMs - performance.now();
      const stalled = Symbol('stalled');
      const first = await this.#orEnd(Promise.race([fetched, later(Math.max(left, 1)).then(() => stalled)]), undefined);
      if (first !== stalled) return;
      if (performance.now() - last < this.#patience.answerMs) continue;
      this.close();
      throw unreachable(this.#where, new Error(`nothing of the file arrived for ${this.#patience.answerMs / 1000} s`));
    }
  }

  close(): void {
    this.#open = false;
    this.#client.destroy();
  }

  async #orEnd<T>(work: Promise<T>, mostMs: number | undefined): Promise<T> {
    work.catch(() => undefined); // it may fail after the connection has
    try {
      const first = Promise.race([work, this.#ended]);
      return await (mostMs === undefined ? first : withinTime(first, mostMs, 'the server did not answer'));
    } catch (error) {
      if (isAnswer(error)) throw error;
      this.close();
      throw error instanceof RefusedError ? error : unreachable(this.#where, error);
    }
  }
}

function isRejectedLogin(error: unknown): boolean {
  return error instanceof Error && 'level' in error && error.level === 'client-authentication';
}

function rejectedLogin({ user, password, privateKey }: SftpAccount): Error {
  const shown = [password === undefined ? '' : 'password', privateKey === undefined ? '' : 'private key'].filter((each) => each !== '');
  return new Error(`the server does not let ${user} in with this ${shown.join(' or this ')} (authentication failed)`);
}

/** As ssh-keygen -lf prints it. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** Status codes of the protocol (draft-ietf-secsh-filexfer-02 §7): the server has answered, and the connection is sound. */
const NO_CONNECTION = 6;
const CONNECTION_LOST = 7;
const NO_SUCH_FILE = 2;

function isAnswer(error: unknown): error is Error & { readonly code: number } {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'number' &&
    error.code !== NO_CONNECTION &&
    error.code !== CONNECTION_LOST
  );
}

export function isNoSuchFile(error: unknown): boolean {
  return isAnswer(error) && error.code === NO_SUCH_FILE;
}

function unreachable(where: string, error: unknown): RefusedError {
  return new RefusedError(refuse('collect.place-unreachable', `${where}: ${error instanceof Error ? error.message : String(error)}`));
}

function later(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}

async function withinTime<T>(work: Promise<T>, milliseconds: number, otherwise: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${otherwise} within ${milliseconds / 1000} s`)), milliseconds);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
