/**
 * Nchf over HTTP/2, with TLS or with prior knowledge: connections, paths, tokens, bodies. An SMF, SMSF or IMS node creates, updates and
 * releases charging data (TS 32.291), a PCF subscribes to spending limits (TS 29.594); both are notified at the address they gave.
 */
import {
  constants,
  createSecureServer,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo, BlockList } from 'node:net';
import type { SpendingLimitService, SpendingNotifier } from '#operations/charging/spending-ports.ts';
import { type ChargingDataSettings, convergedCharging, notifyUriOf, offlineOnlyCharging } from './charging-data.ts';
import { Notifier } from './notifier.ts';
import type { ChargingService } from './ports.ts';
import { httpProblem, type ProblemDetails, problem } from './problem.ts';
import { isProblem, type NchfReply, type NchfResource } from './resource.ts';
import { SpendingNotifications, spendingLimitControl } from './spending-limits.ts';
import type { TokenCheck } from './tokens.ts';

export interface NchfSettings extends Pick<ChargingDataSettings, 'roamingProfile' | 'roaming'> {
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
  /** Undefined: they are not served. */
  readonly spendingLimits?: SpendingLimitService;
  /** Networks in which consumers may have themselves notified; left out: any but this machine and its links. */
  readonly notifyTo?: BlockList | undefined;
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

export class NchfServer {
  readonly #resources: readonly NchfResource[];
  readonly #settings: NchfSettings;
  readonly #told: (event: NchfEvent) => void;
  readonly #server: Http2Server;
  readonly #sessions = new Set<ServerHttp2Session>();
  readonly #notifier: Notifier;
  /** Tells PCFs of their subscriptions. */
  readonly spendingNotifier: SpendingNotifier;

  constructor(charging: ChargingService, settings: NchfSettings, told: (event: NchfEvent) => void) {
    const { spendingLimits, now } = settings;
    this.#notifier = new Notifier(settings.notifyTo);
    this.spendingNotifier = new SpendingNotifications(this.#notifier);
    this.#resources = [
      convergedCharging(charging, settings),
      offlineOnlyCharging(charging, settings),
      ...(spendingLimits === undefined ? [] : [spendingLimitControl(spendingLimits, now)]),
    ];
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
      if (isProblem(answered)) this.#refuse(stream, path, answered);
      else reply(stream, answered);
    } catch (error) {
      this.#told({ kind: 'failed', error });
      this.#refuse(stream, path, problem('UNSPECIFIED_NF_FAILURE', 'a fault of ours'));
    }
  }

  /** Answers, or says what the problem is. */
  async #answer(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, path: string): Promise<NchfReply | ProblemDetails> {
    const method = String(headers[':method'] ?? '');
    for (const { path: pattern, scope, methods, answer } of this.#resources) {
      const match = pattern.exec(path);
      if (match === null) continue;
      const allowed = methods(match);
      if (!allowed.includes(method)) return httpProblem(405, `only ${allowed.join(' and ')}`);
      const token = await this.#settings.token?.(headers.authorization, scope);
      if (token !== undefined) return httpProblem(token.status, token.detail);
      const isJson = /^application\/json\b/i.test(headers['content-type'] ?? '');
      if (method !== 'DELETE' && !isJson) return httpProblem(415, 'the body must be application/json');
      const origin = `${String(headers[':scheme'] ?? 'http')}://${String(headers[':authority'] ?? '')}`;
      return answer({ method, match, origin, body: () => bodyOf(stream, this.#settings.limits) });
    }
    return problem('RESOURCE_URI_STRUCTURE_NOT_FOUND', 'there is no such resource');
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

function reply(stream: ServerHttp2Stream, { status, location, body }: NchfReply): void {
  if (stream.destroyed || stream.closed) return;
  const headers = {
    ':status': status,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(location === undefined ? {} : { location }),
  };
  stream.respond(headers, { endStream: body === undefined });
  if (body !== undefined) stream.end(body);
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
