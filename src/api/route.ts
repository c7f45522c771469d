/** One operation as a route: who may, what is wrong, done once, answered as declared. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type, { type TObject } from 'typebox';
import { type Refusal, RefusedError, refuse } from '#core/refusals.ts';
import { isPermission } from '#operations/access/permissions.ts';
import { viewedBy, whileWaitedFor } from '#operations/access/ports.ts';
import type { KeptAnswer } from '#operations/repetitions/ports.ts';
import { type Access, demandOperation } from './access.ts';
import { audited, toldSeen } from './audit.ts';
import { bulkAnswers, bulkLines, isBulk, takesMany } from './bulk.ts';
import { type Check, checkOf, readQuery } from './checks.ts';
import type { EventStreams } from './event-stream.ts';
import { fieldsOf, handedOn, inPart, queryOf } from './fields.ts';
import type { ApiLimits } from './limits.ts';
import { isList, LINES_TYPE, linesOf, wantsLines } from './lines.ts';
import { type Answer, type Call, isWhollyOptional, KNOWN, type Operation, type Principal, routePath } from './operation.ts';
import { fingerprintOf, once, readKey } from './repeating.ts';
import type { ApiOptions } from './server.ts';
import { guardOf, namesVersion, ofVersion, versionOf } from './versions.ts';

export interface Routing extends Omit<ApiOptions, 'limits'> {
  readonly limits: ApiLimits;
  readonly access: Access;
  readonly streams: EventStreams;
  /** Unanswered requests of each client. */
  readonly running: Map<string, number>;
  /** Lists under way, line by line, of each party or client. */
  readonly lines: Map<string, number>;
  readonly refusalsOf: (error: unknown, request: FastifyRequest) => readonly [Refusal, ...Refusal[]];
}

const nothing = Type.Object({}, { additionalProperties: false });

/** Throws for a declaration that lacks something: no operation without a permission, no change without a way to repeat it. */
export function addOperation(server: FastifyInstance, operation: Operation, routing: Routing): void {
  const { id, method, path } = operation;
  if (operation.permission !== KNOWN && !isPermission(operation.permission)) throw new Error(`${id} declares no permission`);
  const changes = method !== 'GET';
  if (changes !== (operation.repetition !== undefined))
    throw new Error(`${id}: what changes something says how it is repeated, and nothing else`);
  if (changes !== (operation.audit !== undefined))
    throw new Error(`${id}: what changes something says what the audit trail has of it, and nothing else`);
  const inPath = [...path.matchAll(/\{(\w+)\}/g)]
    .map(([, name]) => name)
    .sort()
    .join();
  if (
    inPath !==
    Object.keys(operation.parameters?.properties ?? {})
      .sort()
      .join()
  )
    throw new Error(`${id}: ${path} and its parameters differ`);
  const { running } = routing;
  const route = new Route(operation, routing);
  const countIn = ({ id: client, name }: Principal, reply: FastifyReply): void => {
    const open = running.get(client) ?? 0;
    if (open >= routing.limits.mostOfClient) throw new RefusedError(refuse('api.too-many', `${name} has ${open} requests unanswered`));
    running.set(client, open + 1);
    reply.raw.once('close', () => {
      const left = (running.get(client) ?? 1) - 1;
      if (left > 0) running.set(client, left);
      else running.delete(client);
    });
  };
  server.route({
    method,
    url: routePath(path),
    bodyLimit: operation.mostBodyBytes ?? routing.limits.mostBodyBytes,
    // Before the body is read: who may not ask need not be listened to.
    onRequest: async (request, reply) => {
      const principal = await routing.access.principal(request);
      await demandTold(routing, operation, principal, request);
      principals.set(request, principal);
      const startMs = performance.now();
      if (operation.kind !== 'events') countIn(principal, reply);
      reply.raw.once('close', () => {
        const { statusCode } = reply.raw;
        const ms = Math.round(performance.now() - startMs);
        routing.log.info({ requestId: request.id, client: principal.name, operation: id, status: statusCode, ms }, 'API request');
      });
    },
    handler: (request, reply) => route.answer(request, reply),
  });
}

/** With the eyes of who asks. */
function seen<T>({ principal: { view } }: Call, work: () => Promise<T>): Promise<T> {
  return view === undefined ? work() : viewedBy(view, work);
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
    if (operation.kind === 'events') {
      const { streams, access } = this.#routing;
      if (streams.isFull) throw new RefusedError(refuse('api.too-many', 'as many streams are open as may be'));
      const feed = await seen(call, () => operation.handle(call));
      if (call.seesPersonal) await toldSeen(trail, operation, call);
      reply.hijack();
      const isAllowed = async (): Promise<boolean> => {
        try {
          const now = await access.principal(request);
          demandOperation(now, operation);
          return seesSame(now, call.principal);
        } catch (error) {
          if (error instanceof RefusedError) return false;
          throw error;
        }
      };
      streams.open(reply.raw, stringHeaders(reply), feed, isAllowed);
      return reply;
    }
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
    const change = () => audited(trail, operation, call, () => read(operation, call, () => operation.handle(call)));
    const expected = request.headers['if-match'];
    const work =
      operation.repetition === undefined || expected === undefined
        ? change
        : () => ofVersion(expected, this.#guard, call, this.#routing.repetitions, (read) => seen(call, read), change);
    if (operation.repetition !== 'key') {
      const answer = this.#keep(await work(), fieldsOf(operation, fieldsAsked(request)));
      if (call.seesPersonal) await toldSeen(trail, operation, call);
      return this.#send(reply, request, answer);
    }
    const fingerprint = fingerprintOf(operation.id, call.parameters, call.query, call.body);
    const { answer, isRepeated } = await once(this.#routing.repetitions, call.principal.id, call.givenKey, fingerprint, async () =>
      this.#keep(await work()),
    );
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
        const call = this.#callOf(request, body, `${base}:${line}`.slice(-128));
        const fingerprint = fingerprintOf(operation.id, call.parameters, call.query, body);
        const { answer } = await once(this.#routing.repetitions, call.principal.id, call.givenKey, fingerprint, async () =>
          this.#keep(await audited(this.#routing.audit, operation, call, () => seen(call, () => operation.handle(call)))),
        );
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
    const open = lines.get(client) ?? 0;
    if (open >= limits.mostLines)
      throw new RefusedError(refuse('api.too-many', `${view?.party ?? name} reads ${open} lists whole already`));
    lines.set(client, open + 1);
    reply.raw.once('close', () => {
      const left = (lines.get(client) ?? 1) - 1;
      if (left > 0) lines.set(client, left);
      else lines.delete(client);
    });
  }

  /** Throws RefusedError: everything that is wrong with it. */
  #callOf(request: FastifyRequest, line?: unknown, lineKey?: string): Call {
    const { repetition, keyed, body: bodySchema, personal } = this.#operation;
    const principal = principals.get(request);
    if (principal === undefined) throw new Error('nobody asks');
    const query = readQuery(this.#query, request.query as Record<string, unknown>); // what the router read
    const parameters = request.params;
    const file = lineKey === undefined && Buffer.isBuffer(request.body) ? request.body : undefined;
    const { takesFile = false } = this.#operation;
    if (lineKey === undefined && (isBulk(request.headers['content-type']) || (file !== undefined) !== takesFile)) {
      const wanted = takesFile ? 'application/octet-stream, the file itself' : 'application/json';
      throw new RefusedError(refuse('api.body-type', `the body must be ${wanted}`, { field: 'Content-Type' }));
    }
    const sent = takesFile ? undefined : lineKey === undefined ? request.body : line;
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

/** Whether what the one is shown may be shown to the other: else a stream ends, and what comes again begins with the rights of now. */
function seesSame(now: Principal, then: Principal): boolean {
  return (
    now.id === then.id &&
    now.view?.role === then.view?.role &&
    now.view?.party === then.view?.party &&
    now.permissions.length === then.permissions.length &&
    now.permissions.every((each) => then.permissions.includes(each))
  );
}

/** Handlers are not given it: what they answer is whole. */
function fieldsAsked(request: FastifyRequest): Readonly<Record<string, unknown>> {
  return request.query as Readonly<Record<string, unknown>>; // what the router read, checked by now
}

function stringHeaders(reply: FastifyReply): Record<string, string> {
  return Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]));
}
