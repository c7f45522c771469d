/** The API's server: HTTP with limits, operations as routes, problems as answers. */
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Refusal, RefusedError, refuse } from '#core/refusals.ts';
import type { KeyBooks, SignIn } from '#operations/access/ports.ts';
import type { RepetitionBooks } from '#operations/repetitions/ports.ts';
import { Access, demandOperation } from './access.ts';
import type { AuditTrail } from './audit.ts';
import { readBody } from './body.ts';
import { addLogos, type BrandDesk } from './brand.ts';
import { MOST_BULK_BYTES } from './bulk.ts';
import { ClientCounts } from './client-counts.ts';
import { EventStreams } from './event-stream.ts';
import { connectionRefusal, refusalsOf } from './faults.ts';
import { type ApiLimits, defaultApiLimits } from './limits.ts';
import { LINES_TYPE } from './lines.ts';
import { openApiOf } from './openapi.ts';
import { type Operation, routePath } from './operation.ts';
import { PROBLEM_TYPE, problemOf } from './problem.ts';
import { PAGE_POLICY, pageParts } from './reference-page.ts';
import { addOperation, type RouteConfig } from './route.ts';
import { addSignIn } from './sign-in.ts';
import { comesWithin } from './stream-body.ts';
import { addWeb, isDeepLink, sendIndex, type Web } from './web-pages.ts';

export interface ApiOptions {
  readonly operations: readonly Operation[];
  readonly keys: KeyBooks;
  /** Left out: people cannot sign in, programs can. */
  readonly signIn?: SignIn | undefined;
  readonly repetitions: RepetitionBooks;
  /** Console and portal; left out: there are no pages. */
  readonly web?: Web | undefined;
  /** Left out: the pages have no mark but our bell. */
  readonly brands?: BrandDesk | undefined;
  readonly audit: AuditTrail;
  /** Of Carillon. */
  readonly version: string;
  readonly log: ApiLog;
  /** Faults of the database and the disk that have a name. */
  readonly faultOf?: (error: unknown) => Refusal | undefined;
  readonly tls?: { readonly certificate: string; readonly key: string } | undefined;
  readonly limits?: Partial<ApiLimits>;
  /** Live counters as Prometheus reads them, for keys with `charging:read`; left out: there are none. */
  readonly metrics?: { readonly type: string; readonly text: () => string } | undefined;
  /** Told of each answer: the address as it is declared, the status, how long it took. */
  readonly answered?: ((method: string, address: string, status: number, milliseconds: number) => void) | undefined;
  /** For tests: an answer that is not what its schema says is a fault. */
  readonly checkAnswers?: boolean;
}

export interface ApiLog {
  readonly info: (fields: object, text: string) => void;
  readonly error: (fields: object, text: string) => void;
}

export interface Api {
  /** The port. Rejects with the system's error when it cannot be had. */
  readonly listen: (host: string, port: number) => Promise<number>;
  /** Takes nothing new, ends streams, answers what is under way. */
  readonly close: () => Promise<void>;
  readonly server: FastifyInstance;
  readonly streams: EventStreams;
}

/** Of everything but the reference page. */
const POLICY = "default-src 'none'; frame-ancestors 'none'";
const REQUEST_ID = /^[\w.-]{8,64}$/;
const FORGET_EVERY_MS = 60_000;
const MOST_FORGOTTEN = 50_000;
const CHECK_TIMEOUTS_MS = 500;

export async function buildApi(options: ApiOptions): Promise<Api> {
  const limits = { ...defaultApiLimits, ...options.limits };
  const { log, tls } = options;
  const server: FastifyInstance = Fastify({
    ...(tls === undefined ? {} : { https: { cert: tls.certificate, key: tls.key, minVersion: 'TLSv1.2' as const } }),
    logger: false,
    bodyLimit: limits.mostBodyBytes,
    requestTimeout: limits.streamedMs,
    keepAliveTimeout: limits.idleMs,
    http: { connectionsCheckingInterval: CHECK_TIMEOUTS_MS, headersTimeout: limits.requestMs, maxHeaderSize: 16_384 },
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 600 },
    genReqId: (request) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
    frameworkErrors: (error, request, reply) => answerProblem(error, request, reply),
    clientErrorHandler: (error, socket) => refuseConnection(error, socket),
  });
  server.server.maxConnections = limits.mostConnections;
  const streams = new EventStreams(limits.streams);
  const access = new Access(options.keys, options.signIn, limits.keyKnownMs, (error) =>
    log.error({ err: error }, 'the use of an API key could not be noted'),
  );

  /** Faults of ours are told to the log, and as such. */
  function refusalsTold(error: unknown, request: FastifyRequest): readonly [Refusal, ...Refusal[]] {
    const { bodyTypes = ['application/json'] } = request.routeOptions.config as Partial<RouteConfig>; // where it is a route of ours
    const known = refusalsOf(error, options.faultOf ?? (() => undefined), bodyTypes);
    if (known !== undefined) return known;
    log.error({ err: error, requestId: request.id, path: request.routeOptions.url }, 'a request to the API failed');
    return [refuse('api.fault', `a fault of ours; the log has it as ${request.id}`)];
  }
  function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const refusals = refusalsTold(error, request);
    const problem = problemOf(refusals, request.id);
    const { status } = problem;
    if (status === 401) reply.header('www-authenticate', 'Bearer');
    if (status === 429 || status === 503 || problem.code === 'api.idempotency-key-busy') reply.header('retry-after', '1');
    void reply.code(status).header('content-type', PROBLEM_TYPE).send(JSON.stringify(problem));
  }

  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, body.length === 0 ? undefined : readBody(body as Buffer)); // as parseAs says
    } catch (error) {
      done(error as Error); // a RefusedError
    }
  });
  // Lines of a bulk: longer than one body may be, for operations that take many.
  server.addContentTypeParser(LINES_TYPE, { parseAs: 'buffer', bodyLimit: MOST_BULK_BYTES }, (_request, body, done) => done(null, body));
  server.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  // Read and given back to nobody: a body of another type is refused, none at all is the schema's to refuse.
  server.setErrorHandler(answerProblem);
  const { web, brands } = options;
  server.setNotFoundHandler((request, reply) => {
    if (web !== undefined && isDeepLink(request)) return sendIndex(reply, web, brands);
    answerProblem(new RefusedError(refuse('api.resource-unknown', 'there is nothing at this address')), request, reply);
    return reply;
  });

  const ofConnection = new WeakMap<Socket, number>();
  server.addHook('onRequest', async (request, reply) => {
    const { socket } = request.raw;
    const open = (ofConnection.get(socket) ?? 0) + 1;
    ofConnection.set(socket, open);
    reply.raw.once('close', () => ofConnection.set(socket, (ofConnection.get(socket) ?? 1) - 1));
    reply.headers({
      'x-request-id': request.id,
      'x-content-type-options': 'nosniff',
      'content-security-policy': POLICY,
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
      ...(tls === undefined ? {} : { 'strict-transport-security': 'max-age=31536000' }),
    });
    const { 'content-encoding': encoding = 'identity' } = request.headers;
    const { isStream = false } = request.routeOptions.config as Partial<RouteConfig>; // where it is a route of ours
    if (!isStream)
      comesWithin(request.raw, reply, limits.requestMs, (code) => refuseConnection(Object.assign(new Error(code), { code }), socket));
    if (open > limits.mostOfConnection) {
      // A pipeline that nobody answers in time: its answers would wait in memory.
      reply.hijack();
      socket.destroy();
      return;
    }
    // Lines that are sent packed are known by their first bytes, whatever is said of them.
    if (!isStream && encoding.toLowerCase() !== 'identity')
      throw new RefusedError(
        refuse('api.body-type', 'bodies are taken as they are, not packed', { field: 'Content-Encoding', value: encoding }),
      );
  });

  const { metrics, answered } = options;
  if (answered !== undefined)
    server.addHook('onResponse', async (request, reply) => {
      answered(request.method, request.routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime);
    });
  if (metrics !== undefined)
    server.get('/metrics', async (request, reply) => {
      demandOperation(await access.principal(request), { permission: 'charging:read' });
      return reply.type(metrics.type).send(metrics.text());
    });
  addPages(server, options);
  addSignIn(server, options.signIn, options.audit);
  if (web !== undefined) addWeb(server, web, brands);
  if (brands !== undefined) addLogos(server, brands);
  const ids = new Set<string>();
  const [running, watching, lines] = [new ClientCounts(), new ClientCounts(), new ClientCounts()];
  const add = (to: FastifyInstance, operation: Operation): void =>
    addOperation(to, operation, { ...options, limits, access, streams, running, watching, lines, refusalsOf: refusalsTold });
  for (const operation of options.operations) {
    if (ids.has(operation.id)) throw new Error(`two operations are called ${operation.id}`);
    ids.add(operation.id);
    if (operation.takesStream === undefined) add(server, operation);
  }
  await server.register(async (apart) => {
    // Handed on as it comes: elsewhere lines of this type are read whole first.
    apart.removeContentTypeParser(LINES_TYPE);
    apart.addContentTypeParser(LINES_TYPE, (_request, body, done) => done(null, body));
    for (const operation of options.operations) if (operation.takesStream !== undefined) add(apart, operation);
  });
  refuseOtherMethods(server, options.operations);

  const forgetting = setInterval(() => {
    options.repetitions.forget(MOST_FORGOTTEN).catch((error: unknown) => log.error({ err: error }, 'old answers could not be forgotten'));
  }, FORGET_EVERY_MS);
  forgetting.unref();
  await server.ready();
  return {
    server,
    streams,
    async listen(host, port) {
      await server.listen({ host, port });
      const address = server.server.address();
      return typeof address === 'object' && address !== null ? address.port : port;
    },
    async close() {
      clearInterval(forgetting);
      streams.close();
      await server.close();
    },
  };
}

/** What everybody may see: that it lives, the description of the API, and the reference made of it. */
function addPages(server: FastifyInstance, { operations, version }: ApiOptions): void {
  server.get('/health', async (_request, reply) => reply.type('application/json').send('{"status":"ok"}'));
  const description = JSON.stringify(openApiOf(operations, version));
  server.get('/openapi.json', async (_request, reply) => reply.type('application/json').send(description));
  for (const [path, part] of Object.entries(pageParts)) {
    server.get(path, async (_request, reply) => {
      const { type, body } = await part();
      return reply.headers({ 'content-type': type, 'content-security-policy': PAGE_POLICY, 'cache-control': 'no-cache' }).send(body);
    });
  }
}

function refuseOtherMethods(server: FastifyInstance, operations: readonly Operation[]): void {
  const methods = new Map<string, Set<string>>();
  for (const { path, method } of operations) methods.set(path, (methods.get(path) ?? new Set()).add(method));
  for (const [path, known] of methods) {
    const allow = [...known].join(', ');
    server.route({
      method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => !known.has(method)),
      url: routePath(path),
      onRequest: async (_request, reply) => {
        reply.header('allow', allow);
        throw new RefusedError(refuse('api.method-wrong', `this address has ${allow}`));
      },
      handler: async () => undefined,
    });
  }
}

/** Below HTTP there is no request to answer: a bare problem, and the connection ends. */
function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const problem = problemOf([connectionRefusal(error.code ?? '')], randomUUID());
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${problem.status} Refused\r\ncontent-type: ${PROBLEM_TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
