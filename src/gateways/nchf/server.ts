/**
 * Nchf_ConvergedCharging (TS 32.291) over HTTP/2, with TLS or with prior knowledge: an SMF, SMSF or IMS node creates, updates and
 * releases charging data, and is notified at the address it gave.
 */
import { createHash } from 'node:crypto';
import {
  constants,
  createSecureServer,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { ChargingRequest } from '#core/charging/request.ts';
import { Notifier } from './notifier.ts';
import type { ChargingService } from './ports.ts';
import { httpProblem, type ProblemDetails, problem } from './problem.ts';
import { readChargingData, type Step } from './read-request.ts';
import type { TokenCheck } from './tokens.ts';
import { problemOf, writeChargingData } from './write-answer.ts';

export interface NchfSettings {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** PEM; undefined: HTTP/2 without TLS, for a mesh that has it. */
  readonly tls: { readonly certificate: string; readonly key: string; readonly authorities: string | undefined } | undefined;
  /** Of the bearer of each request; undefined: none is asked for. */
  readonly token: TokenCheck | undefined;
  readonly homeNetworks: readonly string[];
  /** UTC microseconds. */
  readonly now: () => number;
  readonly limits: NchfLimits;
}

export interface NchfLimits {
  readonly mostConnections: number;
  /** Requests of one connection at a time. */
  readonly mostStreams: number;
  readonly mostBodyBytes: number;
  /** A request that is not here whole by then is ended. */
  readonly bodyMs: number;
  /** A connection without requests is closed after it; consumers connect again when they need to. */
  readonly idleMs: number;
}

export const defaultNchfLimits: NchfLimits = {
  mostConnections: 1_000,
  mostStreams: 256,
  mostBodyBytes: 262_144,
  bodyMs: 10_000,
  idleMs: 120_000,
};

export type NchfEvent =
  | { readonly kind: 'refused'; readonly path: string; readonly status: number; readonly detail: string }
  | { readonly kind: 'failed'; readonly error: unknown };

/** v2 is Release 15 and 16, which ask the same. */
const PATH = /^(\/nchf-convergedcharging\/v[23])\/chargingdata(?:\/([^/?]{1,2048})\/(update|release))?$/;
const SCOPE = 'nchf-convergedcharging';
const MOST_URI = 512;

export class NchfServer {
  readonly #charging: ChargingService;
  readonly #settings: NchfSettings;
  readonly #told: (event: NchfEvent) => void;
  readonly #server: Http2Server;
  readonly #sessions = new Set<ServerHttp2Session>();
  readonly #notifier = new Notifier();

  constructor(charging: ChargingService, settings: NchfSettings, told: (event: NchfEvent) => void) {
    this.#charging = charging;
    this.#settings = settings;
    this.#told = told;
    const { tls, limits } = settings;
    const options = {
      settings: { maxConcurrentStreams: limits.mostStreams, maxHeaderListSize: 16_384, enablePush: false },
      maxSessionMemory: 8,
    };
    this.#server =
      tls === undefined
        ? createServer(options)
        : createSecureServer({
            ...options,
            ...{ cert: tls.certificate, key: tls.key, minVersion: 'TLSv1.2' as const },
            ...(tls.authorities === undefined ? {} : { ca: tls.authorities, requestCert: true, rejectUnauthorized: true }),
          });
    this.#server.on('session', (session) => this.#opened(session));
    // The types of Node know only a stream of either side.
    this.#server.on('stream', (stream, headers) => void this.#asked(stream as ServerHttp2Stream, headers));
    // What is no HTTP/2, or breaks its rules, ends; others do not hear of it.
    this.#server.on('sessionError', (_error, session) => session.destroy());
  }

  /** The port. Rejects with the system's error when it cannot be had. */
  async listen(): Promise<number> {
    const { host, port } = this.#settings;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(port, host, () => resolve());
    });
    return (this.#server.address() as AddressInfo).port; // it listens on a port, not a pipe
  }

  /** Takes no new requests; those under way are answered. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => void this.#server.close(() => resolve()));
    for (const session of this.#sessions) session.close();
    const late = setTimeout(() => {
      for (const session of this.#sessions) session.destroy();
    }, this.#settings.limits.bodyMs);
    await closed;
    clearTimeout(late);
    this.#notifier.close();
  }

  /** Tells the consumer of a session to ask again, or that it is over. The status it answers; undefined when it cannot be told. */
  notify(session: string, type: 'REAUTHORIZATION' | 'ABORT_CHARGING'): Promise<number | undefined> {
    const uri = notifyUriOf(session);
    return uri === undefined ? Promise.resolve(undefined) : this.#notifier.send(uri, JSON.stringify({ notificationType: type }));
  }

  #opened(session: ServerHttp2Session): void {
    const { limits } = this.#settings;
    if (this.#sessions.size >= limits.mostConnections) {
      session.destroy();
      return;
    }
    this.#sessions.add(session);
    session.setTimeout(limits.idleMs, () => session.close());
    session.once('close', () => this.#sessions.delete(session));
  }

  async #asked(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): Promise<void> {
    stream.on('error', () => undefined); // the consumer went away
    const path = String(headers[':path'] ?? '');
    try {
      const answered = await this.#answer(stream, headers, path);
      if (answered !== undefined) this.#refuse(stream, path, answered);
    } catch (error) {
      this.#told({ kind: 'failed', error });
      this.#refuse(stream, path, problem('UNSPECIFIED_NF_FAILURE', 'a fault of ours'));
    }
  }

  /** Answers, or says what the problem is. */
  async #answer(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, path: string): Promise<ProblemDetails | undefined> {
    const [, root, reference, verb] = PATH.exec(path) ?? [];
    const step: Step = verb === 'update' || verb === 'release' ? verb : 'create';
    if (root === undefined) return problem('RESOURCE_URI_STRUCTURE_NOT_FOUND', 'there is no such resource');
    if (headers[':method'] !== 'POST') return httpProblem(405, 'only POST');
    const token = await this.#settings.token?.(headers.authorization, SCOPE);
    if (token !== undefined) return httpProblem(token.status, token.detail);
    if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) return httpProblem(415, 'the body must be application/json');
    const body = await bodyOf(stream, this.#settings.limits);
    if (typeof body !== 'string') return body;
    const read = readChargingData(body, step, this.#settings.homeNetworks);
    if ('status' in read) return read;
    const session = reference === undefined ? referenceOf(read.sameness, read.notifyUri) : decodeURIComponent(reference);
    const request: ChargingRequest = { session, ...read.request };
    const answer = await this.#charging.handle(request);
    const wrong = problemOf(answer);
    if (wrong !== undefined) return wrong;
    if (stream.destroyed || stream.closed) return undefined;
    if (step === 'release') {
      stream.respond({ ':status': 204 }, { endStream: true });
      return undefined;
    }
    const authority = String(headers[':authority'] ?? '');
    const location = `${String(headers[':scheme'] ?? 'http')}://${authority}${root}/chargingdata/${encodeURIComponent(session)}`;
    stream.respond({
      ':status': step === 'create' ? 201 : 200,
      'content-type': 'application/json',
      ...(step === 'create' ? { location } : {}),
    });
    stream.end(writeChargingData(answer, this.#settings.now()));
    return undefined;
  }

  #refuse(stream: ServerHttp2Stream, path: string, details: ProblemDetails): void {
    this.#told({ kind: 'refused', path, status: details.status, detail: details.detail });
    if (stream.destroyed || stream.closed || stream.headersSent) return;
    stream.respond({
      ':status': details.status,
      'content-type': 'application/problem+json',
      ...(details.status === 503 ? { 'retry-after': '1' } : {}),
      ...(details.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    });
    stream.end(JSON.stringify(details));
  }
}

/** The body as text, or why it is none: too long, cut off, too slow, no UTF-8. */
function bodyOf(stream: ServerHttp2Stream, { mostBodyBytes, bodyMs }: NchfLimits): Promise<string | ProblemDetails> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const late = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), bodyMs);
    const ended = (body: string | ProblemDetails): void => {
      clearTimeout(late);
      resolve(body);
    };
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= mostBodyBytes) chunks.push(chunk);
      else ended(httpProblem(413, `a body has at most ${mostBodyBytes} octets`));
    });
    stream.once('end', () => ended(textOf(Buffer.concat(chunks))));
    stream.once('close', () => ended(problem('INVALID_MSG_FORMAT', 'the body is cut off')));
  });
}

function textOf(octets: Buffer): string | ProblemDetails {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    return problem('INVALID_MSG_FORMAT', 'the body is no UTF-8');
  }
}

/**
 * The name of a session: the same for a creation that comes again, so that it is answered with the first answer. The address
 * for notifications is in it, so that every node of ours knows it, also after a restart.
 */
function referenceOf(sameness: string, notifyUri: string | undefined): string {
  const name = createHash('sha256').update(sameness).digest('base64url').slice(0, 27);
  if (notifyUri === undefined || notifyUri.length > MOST_URI || !/^https?:\/\//.test(notifyUri)) return `nchf-${name}`;
  return `nchf-${name}.${Buffer.from(notifyUri).toString('base64url')}`;
}

function notifyUriOf(session: string): string | undefined {
  const [, coded] = /^nchf-[\w-]{27}\.([\w-]+)$/.exec(session) ?? [];
  return coded === undefined ? undefined : Buffer.from(coded, 'base64url').toString();
}
