/** The description of the API (OpenAPI 3.1), from the same schemas that check its requests. */
import type { TObject, TSchema } from 'typebox';
import { type RefusalCode, refusals } from '#core/refusals.ts';
import { permissions } from '#operations/access/permissions.ts';
import { takesMany } from './bulk.ts';
import { queryOf } from './fields.ts';
import { LINES_TYPE } from './lines.ts';
import { isWhollyOptional, KNOWN, type Operation } from './operation.ts';
import { PROBLEM_TYPE } from './problem.ts';
import { Problem } from './schemas.ts';
import { tags } from './tags.ts';
import { guardOf } from './versions.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** What every operation can refuse. */
const always: readonly RefusalCode[] = [
  'api.key-missing',
  'api.key-wrong',
  'api.permission-missing',
  'api.field-wrong',
  'api.too-many',
  'api.too-busy',
  'api.fault',
];
const ofBodies: readonly RefusalCode[] = ['api.body-malformed', 'api.body-too-large', 'api.body-type', 'api.too-slow'];
const ofVersions: readonly RefusalCode[] = ['api.precondition-failed'];
const ofKeys: readonly RefusalCode[] = ['api.idempotency-key-missing', 'api.idempotency-key-reused', 'api.idempotency-key-busy'];

export function openApiOf(operations: readonly Operation[], version: string): Json {
  const schemas = new Map<string, Json>();
  const named = (schema: TSchema): Json => nameSchemas(JSON.parse(JSON.stringify(schema)) as Json, schemas); // schemas are plain JSON
  schemas.set('Problem', named(Problem));
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: describe(operation, named, operations) };
  }
  const used = [...new Set(operations.map(({ tag }) => tag))];
  return {
    openapi: '3.1.1',
    info: {
      title: 'Carillon',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Billing for telecom operators. Amounts are exact decimals as text with their currency, instants RFC 3339 in UTC. Lists come in pages with a cursor. ' +
        'What changes something is done once for its Idempotency-Key. A no is an `application/problem+json` with the code of the refusal and what to do about it.',
    },
    servers: [{ url: '/' }],
    security: [{ key: [] }],
    tags: used.map((name) => ({ name, description: tags[name] })),
    paths,
    components: {
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description: `An API key of \`carillon keys create\`, with permissions: ${Object.keys(permissions).join(', ')}.`,
        },
      },
      schemas: Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
}

function describe(operation: Operation, named: (schema: TSchema) => Json, operations: readonly Operation[]): Json {
  const { id, tag, summary, description, permission, parameters, body, takesFile, takesStream, repetition, keyed, mayMake } = operation;
  const query = queryOf(operation);
  const needsKey = repetition === 'key' || keyed === true;
  const headers: Json[] = needsKey
    ? [
        {
          ...{ name: 'Idempotency-Key', in: 'header', required: true },
          description: 'New for each change, the same when it is repeated; kept for a day.',
          schema: { type: 'string', minLength: 1, maxLength: 128, pattern: '^[A-Za-z0-9_.:@+-]+$' },
        },
      ]
    : [];
  const guard = guardOf(operation, operations);
  if (guard !== undefined) {
    headers.push({
      ...{ name: 'If-Match', in: 'header', required: false },
      description: `ETag of \`${guard.id}\`: refused (412) when it is another by now.`,
      schema: { type: 'string', maxLength: 1000 },
    });
    if (mayMake === true)
      headers.push({
        ...{ name: 'If-None-Match', in: 'header', required: false },
        description: '`*`: only where there is none yet; refused (412) when there is.',
        schema: { type: 'string', const: '*' },
      });
  }
  if (operation.kind === 'events') {
    headers.push({
      ...{ name: 'Last-Event-ID', in: 'header', required: false },
      description: 'Of the last event that was received: the stream goes on behind it.',
      schema: { type: 'string', maxLength: 64 },
    });
  }
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: `${description === undefined ? '' : `${description}\n\n`}${permission === KNOWN ? 'For everybody who is known.' : `Permission: \`${permission}\`.`}`,
    'x-permission': permission,
    parameters: [...partsOf(parameters, 'path', named), ...partsOf(query, 'query', named), ...headers],
    ...(takesFile === true
      ? { requestBody: { required: true, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } } }
      : {}),
    ...(takesStream === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { [LINES_TYPE]: { schema: { type: 'string', description: 'A record a line, sent as a stream.' } } },
          },
        }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: !isWhollyOptional(body),
            content: {
              'application/json': { schema: named(body) },
              ...(takesMany(operation)
                ? {
                    [LINES_TYPE]: {
                      schema: {
                        type: 'string',
                        description:
                          'Many: a body a line. They are answered in this type, too: `line` and `status` with the `answer` or the `problem`.',
                      },
                    },
                  }
                : {}),
            },
          },
        }),
    responses: { [String(operation.status ?? 200)]: successOf(operation, named), ...problemsOf(operation, needsKey, guard) },
  };
}

function partsOf(schema: TObject | undefined, place: 'path' | 'query', named: (schema: TSchema) => Json): Json[] {
  const required: readonly string[] = schema?.required ?? [];
  return Object.entries(schema?.properties ?? {}).map(([name, each]) => {
    const { description, ...rest } = named(each) as { readonly description?: string; readonly [name: string]: Json | undefined };
    return {
      ...{ name, in: place, required: place === 'path' || required.includes(name) },
      ...(description === undefined ? {} : { description }),
      schema: rest as Json, // without its description, which the parameter has
    };
  });
}

function successOf(operation: Operation, named: (schema: TSchema) => Json): Json {
  const { answer, summary } = operation;
  const content: Json =
    operation.kind === 'json'
      ? { 'application/json': { schema: named(answer) } }
      : operation.kind === 'events'
        ? { 'text/event-stream': { schema: { type: 'string', description: 'Events whose data is JSON.' } } }
        : Object.fromEntries(operation.types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]));
  return { description: summary, content };
}

/** By status, with the codes that it can stand for. */
function problemsOf(
  { body, takesFile, takesStream, refusals: own = [] }: Operation,
  needsKey: boolean,
  guard: Operation | undefined,
): Record<string, Json> {
  const byStatus = new Map<number, Set<RefusalCode>>();
  for (const code of [
    ...always,
    ...(body === undefined && takesFile !== true && takesStream === undefined ? [] : ofBodies),
    ...(needsKey ? ofKeys : []),
    // With If-Match what it is of is read first, and that may be refused.
    ...(guard === undefined ? [] : [...ofVersions, ...(guard.refusals ?? [])]),
    ...own,
  ]) {
    const { http } = refusals[code];
    byStatus.set(http, (byStatus.get(http) ?? new Set()).add(code));
  }
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => [
        String(status),
        {
          description: [...codes].map((code) => `\`${code}\`: ${refusals[code].meaning}`).join('\n\n'),
          content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      ]),
  );
}

/** Schemas that have a title stand once, under it. Throws when two that differ have one title. */
function nameSchemas(schema: Json, schemas: Map<string, Json>): Json {
  if (Array.isArray(schema)) return schema.map((each) => nameSchemas(each, schemas));
  if (typeof schema !== 'object' || schema === null) return schema;
  const { title, ...rest } = schema as Readonly<Record<string, Json>>;
  const inner = Object.fromEntries(Object.entries(rest).map(([name, each]) => [name, nameSchemas(each, schemas)]));
  if (typeof title !== 'string') return title === undefined ? inner : { ...inner, title: nameSchemas(title, schemas) };
  const known = schemas.get(title);
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(inner)) throw new Error(`two schemas are called ${title}`);
  schemas.set(title, inner);
  return { $ref: `#/components/schemas/${title}` };
}
