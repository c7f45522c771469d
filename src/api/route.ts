/** One operation as a route: who may, what is wrong, done once, answered as declared. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type, { type TObject } from 'typebox';
import { type Refusal, RefusedError, refuse } from '#core/refusals.ts';
import { whileWaitedFor } from '#operations/access/ports.ts';
import type { KeptAnswer } from '#operations/repetitions/ports.ts';
import { type Access, demandOperation } from './access.ts';
import { answerEvents, seen } from './answer-events.ts';
import { audited, toldSeen } from './audit.ts';
import { bodyTypesOf, bulkAnswers, bulkLines, isBulk, takesMany } from './bulk.ts';
import { type Check, checkOf, readQuery } from './checks.ts';
import type { ClientCounts } from './client-counts.ts';
import { demandDeclared } from './declared.ts';
import type { EventStreams } from './event-stream.ts';
import { typeRefusal } from './faults.ts';
import { fieldsOf, handedOn, inPart, queryOf } from './fields.ts';
import type { ApiLimits } from './limits.ts';
import { isList, LINES_TYPE, linesOf, wantsLines } from './lines.ts';
import { type Answer, type Call, isWhollyOptional, type Operation, type Principal, routePath } from './operation.ts';
import { fingerprintOf, keyOfLine, once, readKey } from './repeating.ts';
import type { ApiOptions } from './server.ts';
import { withStream } from './stream-body.ts';
import { guardOf, namesVersion, ofVersion, preconditionOf, versionOf } from './versions.ts';

export interface Routing extends Omit<ApiOptions, 'limits'> {
  readonly limits: ApiLimits;
  readonly access: Access;
  readonly streams: EventStreams;
  /** Unanswered requests of each client. */
  readonly running: ClientCounts;
  /** Streams of each client. */
  readonly watching: ClientCounts;
  /** Lists under way, line by line, of each party or client. */
  readonly lines: ClientCounts;
  readonly refusalsOf: (error: unknown, request: FastifyRequest) => readonly [Refusal, ...Refusal[]];
}

/** What hooks of all routes know of one. */
export interface RouteConfig {
  /** Its body may take long. */
  readonly isStream: boolean;
  readonly bodyTypes: readonly string[];
}

const nothing = Type.Object({}, { additionalProperties: false });

/** Throws for a declaration that lacks something. */
export function addOperation(server: FastifyInstance, operation: Operation, routing: Routing): void {
  demandDeclared(operation);
  const { id, method, path } = operation;
  const { running, watching, limits } = routing;
  const route = new Route(operation, routing);
  server.route({
    method,
    url: routePath(path),
    bodyLimit: operation.mostBodyBytes ?? limits.mostBodyBytes,
    config: { isStream: operation.takesStream !== undefined, bodyTypes: bodyTypesOf(operation) } satisfies RouteConfig,
    // Before the body is read: who may not ask need not be listened to.
    onRequest: async (request, reply) => {
      const principal = await routing.access.principal(request);
      await demandTold(routing, operation, principal, request);
      principals.set(request, principal);
      const startMs = performance.now();
      if (operation.kind === 'events')
        watching.take(principal.id, limits.mostStreamsOfClient, reply, (open) => `${principal.name} has ${open} streams open`);
      else running.take(principal.id, limits.mostOfClient, reply, (open) => `${principal.name} has ${open} requests unanswered`);
      reply.raw.once('close', () => {
        const { statusCode } = reply.raw;
        const ms = Math.round(performance.now() - startMs);
        routing.log.info({ requestId: request.id, client: principal.name, operation: id, status: statusCode, ms }, 'API request');
      });
    },
    handler: (request, reply) => route.answer(request, reply),
  });
}

/** And what is only read may not take for ever. */
function read<T>(operation: Operation, call: Call, work: () => Promise<T>): Promise<T> {
  return operation.method === 'GET' ? whileWaitedFor(() => seen(call, work)) : seen(call, work);
}

/** Who may not change something, and tried, is told of. */
async function demandTold({ audit }: Routing, operation: Operation, principal: Principal, request: FastifyRequest): Promise<void> {
  try {
    demandOperation(principal, operation);
  } catch (error) {
    if (operation.audit !== undefined && !('keptIn' in operation.audit)) {
      const subject = { kind: operation.audit.subject, id: '' };
      const [code] = error instanceof RefusedError ? error.refusals.map((each) => each.code) : [];
      await audit.append({ actor: principal.actor, operation: operation.id, subject, requestId: request.id, stage: 'refused', code });
    }
    throw error;
  }
}

/** Who asks, between the hook and the handler. */
const principals = new WeakMap<FastifyRequest, Principal>();

class Route {
  readonly #operation: Operation;
  readonly #routing: Routing;
  readonly #query: TObject;
  /** Of a change: what shows the resource that it is of. */
  readonly #guard: ReturnType<typeof guardOf>;
  readonly #checks: {
    readonly address: Check;
    readonly query: Check;
    readonly body: Check | undefined;
    readonly answer: Check | undefined;
  };

  constructor(operation: Operation, routing: Routing) {
    this.#operation = operation;
    this.#routing = routing;
    const { parameters, body, answer } = operation;
    this.#query = queryOf(operation) ?? nothing;
    this.#guard = guardOf(operation, routing.operations);
    this.#checks = {
      address: checkOf(parameters ?? nothing, 'address'),
      query: checkOf(this.#query, 'query'),
      body: body === undefined ? undefined : checkOf(body, 'body'),
      answer: routing.checkAnswers === true ? checkOf(answer, 'answer') : undefined,
    };
  }

  async answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const operation = this.#operation;
    if (isBulk(request.headers['content-type']) && takesMany(operation)) return this.#many(request, reply);
    const call = this.#callOf(request);
    const trail = this.#routing.audit;
    if (operation.kind === 'events') return answerEvents(this.#routing, operation, call, request, reply);
    if (operation.kind === 'file') {
      const { type, name, content } = await read(operation, call, () => operation.handle(call));
      if (call.seesPersonal) await toldSeen(trail, operation, call);
      reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
      return reply.type(type).send(Buffer.from(content.buffer, content.byteOffset, content.byteLength));
    }
    if (operation.kind === 'json' && isList(operation) && wantsLines(request.headers.accept)) {
      this.#countLines(call.principal, reply);
      const query = call.query as Readonly<Record<string, unknown>>; // an object, as every query
      const fields = fieldsOf(operation, fieldsAsked(request));
      const lines = await linesOf(
        query,
        async (asked) => {
          const { body } = await read(operation, call, () => operation.handle({ ...call, query: asked }));
          return fields === undefined ? body : inPart(operation, body, fields);
        },
        operation.linesAtOnce,
      );
      if (call.seesPersonal) await toldSeen(trail, operation, call);
      return reply.type(LINES_TYPE).send(lines);
    }
    const { takesStream } = operation;
    if (takesStream === undefined) return this.#answerJson(operation, call, request, reply);
    return withStream(takesStream, request, reply, this.#routing.limits.requestMs, (sent) =>
      this.#answerJson(operation, { ...call, sent }, request, reply),
    );
  }

  async #answerJson(
    operation: Operation & { readonly kind: 'json' },
    call: Call,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const trail = this.#routing.audit;
    const change = () => audited(trail, operation, call, () => read(operation, call, () => operation.handle(call)));
    const { 'if-match': match, 'if-none-match': noneMatch } = request.headers;
    const condition = operation.repetition === undefined ? undefined : preconditionOf(operation, { match, noneMatch });
    const work =
      condition === undefined
        ? change
        : () => ofVersion(condition, this.#guard, call, this.#routing.repetitions, (read) => seen(call, read), change);
    if (operation.repetition !== 'key') {
      const answer = this.#keep(await work(), fieldsOf(operation, fieldsAsked(request)));
      if (call.seesPersonal) await toldSeen(trail, operation, call);
      return this.#send(reply, request, answer);
    }
    const fingerprint = fingerprintOf(operation.id, call.parameters, call.query, call.sent?.sha256 ?? call.body);
    const { answer, isRepeated } = await once(this.#routing.repetitions, call.principal.id, call.givenKey, fingerprint, async () =>
      this.#keep(await work()),
    );
    // A repetition shows it again. What was asked is no sight, and may hold what opens something.
    if (call.seesPersonal) await toldSeen(trail, operation, { ...call, body: undefined });
    if (isRepeated) reply.header('idempotent-replayed', 'true');
    return this.#send(reply, request, answer);
  }

  /** Line by line, as if each had come by itself with the key of the request and the number of its line. Throws RefusedError. */
  #many(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const operation = this.#operation;
    if (operation.kind !== 'json') throw new Error(`${operation.id} takes no lines`);
    if (request.headers['if-match'] !== undefined)
      throw new RefusedError(refuse('api.field-wrong', 'many changes have no one version', { field: 'If-Match' }));
    const base = readKey(request.headers['idempotency-key']);
    const lines = bulkLines(request.body as Buffer); // as the parser of its type gives it
    const answers = bulkAnswers(
      lines,
      request.id,
      async (line, body) => {
        const call = this.#callOf(request, body, keyOfLine(base, line));
        const fingerprint = fingerprintOf(operation.id, call.parameters, call.query, body);
        const { answer } = await once(this.#routing.repetitions, call.principal.id, call.givenKey, fingerprint, async () =>
          this.#keep(await audited(this.#routing.audit, operation, call, () => seen(call, () => operation.handle(call)))),
        );
        if (call.seesPersonal) await toldSeen(this.#routing.audit, operation, { ...call, body: undefined });
        return answer;
      },
      (error) => this.#routing.refusalsOf(error, request),
    );
    return reply.type(LINES_TYPE).send(answers);
  }

  /** Each reads page after page: a few of them take all that the database has. Throws RefusedError (`api.too-many`). */
  #countLines({ id, name, view }: Principal, reply: FastifyReply): void {
    const { lines, limits } = this.#routing;
    const client = view === undefined ? id : `party:${view.party}`;
    lines.take(client, limits.mostLines, reply, (open) => `${view?.party ?? name} reads ${open} lists whole already`);
  }

  /** Throws RefusedError: everything that is wrong with it. */
  #callOf(request: FastifyRequest, line?: unknown, lineKey?: string): Call {
    const { repetition, keyed, body: bodySchema, personal } = this.#operation;
    const principal = principals.get(request);
    if (principal === undefined) throw new Error('nobody asks');
    const query = readQuery(this.#query, request.query as Record<string, unknown>); // what the router read
    const parameters = request.params;
    const file = lineKey === undefined && Buffer.isBuffer(request.body) ? request.body : undefined;
    const { takesFile = false, takesStream } = this.#operation;
    const isStream = takesStream !== undefined;
    if (isStream) readKey(request.headers['idempotency-key']);
    if (lineKey === undefined && (isBulk(request.headers['content-type']) !== isStream || (file !== undefined) !== takesFile))
      throw new RefusedError(typeRefusal(bodyTypesOf(this.#operation)));
    const sent = takesFile || isStream ? undefined : lineKey === undefined ? request.body : line;
    const body = sent === undefined && isWhollyOptional(bodySchema) ? {} : sent;
    if (bodySchema !== undefined && body === undefined && request.headers['content-type'] !== undefined)
      throw new RefusedError(refuse('api.body-malformed', 'the body is empty'));
    const faults = [...this.#checks.address(parameters), ...this.#checks.query(query), ...(this.#checks.body?.(body ?? null) ?? [])];
    if (bodySchema === undefined && body !== undefined && body !== null && Object.keys(body).length > 0) {
      faults.push(refuse('api.field-wrong', 'this operation takes no body', { field: 'body' }));
    }
    if (faults.length > 0) throw new RefusedError(...faults);
    const givenKey = lineKey ?? (repetition === 'key' || keyed === true ? readKey(request.headers['idempotency-key']) : '');
    const expected = request.headers['if-match'];
    const last = request.headers['last-event-id'];
    return {
      ...{ parameters, query: handedOn(this.#operation, query), body, principal, givenKey, requestId: request.id },
      seesPersonal: personal === 'whole' || (personal === true && principal.permissions.includes('personal:read')),
      key: givenKey === '' ? '' : `${principal.id}:${givenKey}`,
      file: file ?? new Uint8Array(),
      lastEventId: typeof last === 'string' ? last : undefined,
      expect: (version) => {
        if (expected === undefined || expected === '*' || namesVersion(expected, version)) return;
        throw new RefusedError(
          refuse('api.precondition-failed', `it is version ${version} now`, { field: 'If-Match', value: expected.slice(0, 120) }),
        );
      },
    };
  }

  #keep({ status, body, version, location }: Answer<unknown>, fields?: readonly string[]): KeptAnswer {
    const faults = this.#checks.answer?.(body) ?? [];
    if (faults.length > 0) throw new Error(`${this.#operation.id} answers otherwise than declared: ${JSON.stringify(faults)}`);
    return {
      status: status ?? this.#operation.status ?? 200,
      headers: {
        // Of a part it is that of the whole: it can be sent as If-Match.
        ...(version === undefined && !this.#hasVersion
          ? {}
          : { etag: `"${versionOf({ body, ...(version === undefined ? {} : { version }) })}"` }),
        ...(location === undefined ? {} : { location }),
      },
      body: JSON.stringify(fields === undefined ? body : inPart(this.#operation, body, fields)),
    };
  }

  /** What is read, and no list: those move with every entry. */
  get #hasVersion(): boolean {
    return this.#operation.method === 'GET' && !isList(this.#operation);
  }

  #send(reply: FastifyReply, request: FastifyRequest, { status, headers, body }: KeptAnswer): FastifyReply {
    reply.headers(headers);
    const known = request.headers['if-none-match'];
    if (request.method === 'GET' && known !== undefined && headers.etag !== undefined && namesVersion(known, headers.etag.slice(1, -1))) {
      return reply.code(304).send();
    }
    return reply.code(status).header('content-type', 'application/json; charset=utf-8').send(body);
  }
}

/** Handlers are not given it: what they answer is whole. */
function fieldsAsked(request: FastifyRequest): Readonly<Record<string, unknown>> {
  return request.query as Readonly<Record<string, unknown>>; // what the router read, checked by now
}
