/** The desk where files are brought: `PUT /usage/<source>/<file name>`. What is answered with 201 is on the disk. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer as createPlainServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type Refusal, RefusedError, refusals, refuse } from '#core/refusals.ts';
import type { UploadDesk, UploadSource } from '#operations/collecting/ports.ts';
import { letWait, receive, waitingUploads } from './inbox.ts';

export interface UploadServerOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: { readonly certificate: Buffer; readonly key: Buffer } | undefined;
  readonly maximumBytes: number;
  /** A sender from whom nothing comes for so long is hung up on. */
  readonly idleMs: number;
}

export interface UploadServer {
  readonly port: number;
  /** Uploads under way are cut: their senders send again. */
  close(): Promise<void>;
}

/** The whole of one request, however slowly it drips. */
const LONGEST_REQUEST_MS = 3_600_000;
const MOST_CONNECTIONS = 256;
const MOST_NAME_BYTES = 180;

/** Throws RefusedError (`collect.cannot-listen`). `onFault` is told what was nobody's fault but ours. */
export async function startUploadServer(
  options: UploadServerOptions,
  desk: UploadDesk,
  onFault: (error: unknown) => void,
): Promise<UploadServer> {
  const uploads = new Uploads(options, desk, onFault);
  const answer = (request: IncomingMessage, response: ServerResponse): void => void uploads.answer(request, response);
  let server: Server;
  try {
    const { tls } = options;
    server = tls === undefined ? createPlainServer(answer) : createTlsServer({ cert: tls.certificate, key: tls.key }, answer);
    server.requestTimeout = LONGEST_REQUEST_MS;
    server.maxConnections = MOST_CONNECTIONS;
    server.setTimeout(options.idleMs, (socket) => socket.destroy());
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(options.port, options.host, () => resolve());
    });
  } catch (error) {
    throw new RefusedError(refuse('collect.cannot-listen', error instanceof Error ? error.message : String(error)));
  }
  server.on('error', onFault);
  return {
    port: (server.address() as AddressInfo).port, // it listens on a port, not a pipe
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

class Uploads {
  readonly #options: UploadServerOptions;
  readonly #desk: UploadDesk;
  readonly #onFault: (error: unknown) => void;
  /** What was received is let wait one after the other: of two contents with one name the first wins. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: UploadServerOptions, desk: UploadDesk, onFault: (error: unknown) => void) {
    this.#options = options;
    this.#desk = desk;
    this.#onFault = onFault;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const [status, body] = await this.#handle(request);
      send(response, status, 'application/json', body);
    } catch (error) {
      if (request.destroyed && !request.complete) return; // nobody listens any more
      const refusal = error instanceof RefusedError ? error.refusals[0] : undefined;
      if (refusal === undefined) {
        this.#onFault(error);
        send(response, 500, 'application/problem+json', { title: 'The file was not taken.', status: 500 }, true);
        return;
      }
      const { http } = refusals[refusal.code];
      if (http >= 500) this.#onFault(error);
      send(response, http, 'application/problem+json', problemOf(refusal), true);
    }
  }

  async #handle(request: IncomingMessage): Promise<readonly [number, object]> {
    const { sourceId, name } = pathOf(request.url ?? '');
    const source = await this.#allowed(sourceId, request.headers.authorization);
    if (request.method === 'GET') return [200, await this.#tell(sourceId, source, name)];
    if (request.method !== 'PUT' && request.method !== 'POST') throw refusal('collect.upload-method', `${request.method} has no meaning`);
    if (!source.wants(name)) throw refusal('collect.upload-path', `the source ${sourceId} takes no file of this name`, name);
    const { maximumBytes } = this.#options;
    if (Number(request.headers['content-length'] ?? '0') > maximumBytes)
      throw refusal('collect.upload-too-large', `a file may have ${maximumBytes} bytes at most`);
    const received = await receive(source.folder, name, request, maximumBytes);
    const turn = this.#last.then(async (): Promise<readonly [number, object]> => {
      const told = { name, sha256: received.sha256, bytes: received.bytes };
      try {
        const before = await this.#before(sourceId, source, name, received.sha256);
        if (before !== undefined) return [200, { ...told, ...before }];
        await letWait(source.folder, received);
        return [201, { ...told, state: 'waiting' }];
      } finally {
        await rm(received.path, { force: true });
      }
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** The same answer for a wrong token and a wrong source: nobody learns which sources there are. */
  async #allowed(sourceId: string, authorization: string | undefined): Promise<UploadSource> {
    const source = await this.#desk.source(sourceId);
    const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '';
    const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
    if (timingSafeEqual(digest(token), digest(source?.token ?? '')) && source !== undefined && source.token !== '') return source;
    throw refusal('collect.upload-unauthorized', 'the token is not that of a source that takes uploads');
  }

  /** What is known of this content under this name. Throws when another content waits (`collect.upload-conflict`). */
  async #before(sourceId: string, source: UploadSource, name: string, sha256: string): Promise<object | undefined> {
    const waiting = (await waitingUploads(source.folder)).find((one) => one.name === name);
    if (waiting?.sha256 === sha256) return { state: 'waiting' };
    if (waiting !== undefined) throw refusal('collect.upload-conflict', `${name} with another content waits to be loaded`, name);
    // Without the database it is taken: when it was in the books before, that is found when it is loaded.
    const outcome = await this.#desk.outcome(sourceId, name, sha256).catch(() => undefined);
    if (outcome?.state === 'loaded') return outcome;
    if (outcome !== undefined) await this.#desk.forgetRefusal(sourceId, name, sha256);
    return undefined;
  }

  async #tell(sourceId: string, source: UploadSource, name: string): Promise<object> {
    const waiting = (await waitingUploads(source.folder)).find((one) => one.name === name);
    if (waiting !== undefined) return { ...waiting, state: 'waiting' };
    const outcome = await this.#desk.outcome(sourceId, name);
    if (outcome === undefined) throw refusal('collect.upload-unknown', `no file ${name} was uploaded`, name);
    return { name, ...outcome };
  }
}

/** Throws RefusedError (`collect.upload-path`): not two parts, or a name that a file cannot have here. */
function pathOf(url: string): { readonly sourceId: string; readonly name: string } {
  const [, first, sourceId = '', name = '', ...more] = (url.split('?')[0] ?? '').split('/').map(decoded);
  if (first !== 'usage' || sourceId === '' || name === '' || more.length > 0)
    throw refusal('collect.upload-path', 'the path is not /usage/<source>/<file name>', url);
  if (name.startsWith('.') || /[\p{Cc}/\\]/u.test(name) || Buffer.byteLength(name) > MOST_NAME_BYTES || !name.isWellFormed())
    throw refusal('collect.upload-path', `the name is not one of 1 to ${MOST_NAME_BYTES} bytes without slashes and a dot in front`, name);
  return { sourceId, name };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw refusal('collect.upload-path', 'the path is not encoded as a URL is', part);
  }
}

function refusal(code: Refusal['code'], message: string, value?: string): RefusedError {
  return new RefusedError(refuse(code, message, value === undefined ? {} : { value: value.slice(0, 120) }));
}

/** RFC 9457. */
function problemOf({ code, message }: Refusal): object {
  const { meaning, http } = refusals[code];
  return { type: `urn:carillon:${code}`, title: meaning, status: http, detail: message, code };
}

function send(response: ServerResponse, status: number, type: string, body: object, last = false): void {
  const text = `${JSON.stringify(body)}\n`;
  // After a refusal the rest of a body is not read: the connection ends.
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text), ...(last ? { connection: 'close' } : {}) });
  response.end(text);
}
