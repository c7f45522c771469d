/** Events for systems of others: where they go, the log of what was sent, sending again. */
import Type from 'typebox';
import { RefusedError, refuse } from '#core/refusals.ts';
import { formatInstant, parseInstant } from '#core/time/zoned.ts';
import type { WebhookEndpoint } from '#operations/webhooks/ports.ts';
import { webhookTypes } from '#operations/webhooks/types.ts';
import { actorOf, type Operation, operation } from '../operation.ts';
import { Instant, Name } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

export interface EndpointKept extends WebhookEndpoint {
  readonly madeMicros: number;
  readonly madeBy: string;
  readonly stoppedMicros: number | undefined;
  readonly waiting: number;
  readonly failed: number;
  readonly sent: number;
}

export interface MessageKept {
  readonly messageId: bigint;
  readonly endpoint: string;
  readonly eventId: bigint;
  readonly type: string;
  readonly subject: string;
  readonly replay: number;
  readonly state: string;
  readonly attempts: number;
  readonly happenedMicros: number;
  readonly nextMicros: number | undefined;
  readonly answer: string | undefined;
  readonly status: number | undefined;
}

export interface AttemptKept {
  readonly startedMicros: number;
  readonly outcome: string | undefined;
  readonly status: number | undefined;
  readonly answer: string | undefined;
}

/** Methods throw RefusedError for what is refused. */
export interface WebhookDesk {
  readonly list: () => Promise<readonly EndpointKept[]>;
  readonly put: (endpoint: WebhookEndpoint, by: string) => Promise<void>;
  readonly stop: (id: string) => Promise<void>;
  readonly messages: (filter: {
    readonly endpoint?: string;
    readonly state?: string;
    readonly subject?: string;
    readonly limit: number;
  }) => Promise<readonly MessageKept[]>;
  readonly message: (
    id: bigint,
  ) => Promise<{ readonly message: MessageKept; readonly body: string; readonly attempts: readonly AttemptKept[] }>;
  readonly retry: (id: bigint) => Promise<unknown>;
  readonly replay: (endpoint: string, fromMicros: number, toMicros: number) => Promise<number>;
  readonly test: (endpoint: string, by: string) => Promise<bigint>;
}

const Endpoint = Type.Object(
  {
    ...{ webhook: Type.String(), url: Type.String(), secret: Type.String({ description: 'Where it is: `env:NAME` or `file:path`.' }) },
    ...{ types: Type.Array(Type.String()), made: Instant, madeBy: Type.String(), stopped: Type.Optional(Instant) },
    ...{ waiting: Type.Integer(), failed: Type.Integer(), sent: Type.Integer() },
  },
  { ...closed, title: 'Webhook' },
);
const Message = Type.Object(
  {
    ...{ message: Type.String(), webhook: Type.String(), event: Type.String(), type: Type.String(), subject: Type.String() },
    ...{ replay: Type.Integer(), state: Type.String(), attempts: Type.Integer(), happened: Instant, next: Type.Optional(Instant) },
    ...{ status: Type.Optional(Type.Integer()), answer: Type.Optional(Type.String()) },
  },
  { ...closed, title: 'WebhookMessage' },
);
const Attempt = Type.Object(
  { started: Instant, outcome: Type.Optional(Type.String()), status: Type.Optional(Type.Integer()), answer: Type.Optional(Type.String()) },
  closed,
);
const states = ['waiting', 'sending', 'sent', 'failed', 'stopped'] as const;

export function webhookOperations(desk: WebhookDesk): readonly Operation[] {
  const look = { tag: 'Webhooks', method: 'GET', permission: 'webhooks:read' } as const;
  const change = {
    tag: 'Webhooks',
    method: 'POST',
    permission: 'webhooks:manage',
    repetition: 'key',
    audit: { subject: 'webhook' },
    refusals: ['webhook.unknown'],
  } as const;
  const one = Type.Object({ webhook: Name });
  const numbered = Type.Object({ message: Type.String({ pattern: '^[1-9][0-9]{0,17}$' }) });
  const shown = async (id: string) => {
    const found = (await desk.list()).find((each) => each.id === id);
    if (found === undefined) throw new RefusedError(refuse('webhook.unknown', `there is no endpoint ${id}`, { value: id }));
    return endpointShown(found);
  };
  return [
    operation({
      ...look,
      ...{ id: 'listWebhooks', path: '/v1/webhooks', summary: 'Where events go, and how many were taken' },
      answer: Type.Object({ items: Type.Array(Endpoint), types: Type.Array(Type.String()) }, closed),
      handle: async () => ({ body: { items: (await desk.list()).map(endpointShown), types: [...webhookTypes] } }),
    }),
    operation({
      ...change,
      ...{ id: 'putWebhook', method: 'PUT', path: '/v1/webhooks/{webhook}', summary: 'Send events to an address' },
      description:
        'A new one, or another address, secret or types under the same name; one that was stopped goes on. What is sent is signed as standardwebhooks.com says.',
      ...{ parameters: one, mayMake: true },
      audit: { subject: 'webhook', before: async () => (await desk.list()).map(endpointShown) },
      body: Type.Object(
        {
          url: Type.String({ minLength: 8, maxLength: 2000 }),
          secret: Type.String({ minLength: 5, maxLength: 500, description: 'Its place, never itself: `env:NAME` or `file:path`.' }),
          types: Type.Array(Type.String({ maxLength: 100 }), { minItems: 1, maxItems: 100 }),
        },
        closed,
      ),
      answer: Endpoint,
      refusals: ['webhook.wrong'],
      handle: async ({ parameters: { webhook }, body, principal }) => {
        await desk.put({ id: webhook, ...body }, actorOf(principal));
        return { body: await shown(webhook) };
      },
    }),
    operation({
      ...change,
      ...{ id: 'stopWebhook', path: '/v1/webhooks/{webhook}/stops', summary: 'Send nothing there any more; what waits is stopped' },
      ...{ parameters: one, answer: Endpoint },
      handle: async ({ parameters: { webhook } }) => {
        await desk.stop(webhook);
        return { body: await shown(webhook) };
      },
    }),
    operation({
      ...change,
      ...{ id: 'testWebhook', path: '/v1/webhooks/{webhook}/tests', summary: 'Send an event `webhook.test`', status: 202 },
      ...{ parameters: one, refusals: ['webhook.unknown', 'webhook.stopped'], answer: Type.Object({ message: Type.String() }, closed) },
      handle: async ({ parameters, principal }) => ({
        body: { message: String(await desk.test(parameters.webhook, actorOf(principal))) },
      }),
    }),
    operation({
      ...change,
      ...{ id: 'replayWebhook', path: '/v1/webhooks/{webhook}/replays', summary: 'Send events of a time once more', status: 202 },
      ...{ parameters: one, refusals: ['webhook.unknown', 'webhook.stopped'] },
      body: Type.Object({ from: Instant, to: Instant }, closed),
      answer: Type.Object({ messages: Type.Integer() }, closed),
      handle: async ({ parameters, body }) => ({
        body: { messages: await desk.replay(parameters.webhook, microsOf('from', body.from), microsOf('to', body.to)) },
      }),
    }),
    operation({
      ...look,
      ...{ id: 'listWebhookMessages', path: '/v1/webhook-messages', summary: 'The log, newest first, with what was answered last' },
      query: Type.Object(
        {
          ...{ webhook: Type.Optional(Name), state: Type.Optional(Type.Enum([...states])), subject: Type.Optional(Name) },
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: '100 when left out.' })),
        },
        closed,
      ),
      answer: Type.Object({ items: Type.Array(Message) }, closed),
      handle: async ({ query: { webhook, limit = 100, ...filter } }) => ({
        body: {
          items: (await desk.messages({ ...filter, limit, ...(webhook === undefined ? {} : { endpoint: webhook }) })).map(messageShown),
        },
      }),
    }),
    operation({
      ...look,
      ...{ id: 'getWebhookMessage', path: '/v1/webhook-messages/{message}', summary: 'A message with its body and each attempt' },
      parameters: numbered,
      answer: Type.Object({ message: Message, body: Type.String(), attempts: Type.Array(Attempt) }, closed),
      refusals: ['webhook.unknown'],
      handle: async ({ parameters }) => {
        const { message, body, attempts } = await desk.message(BigInt(parameters.message));
        return { body: { message: messageShown(message), body, attempts: attempts.map(attemptShown) } };
      },
    }),
    operation({
      ...change,
      ...{
        id: 'retryWebhookMessage',
        path: '/v1/webhook-messages/{message}/retries',
        summary: 'Send a message that failed again',
        status: 202,
      },
      ...{ parameters: numbered, refusals: ['webhook.unknown', 'webhook.stopped'] },
      ...{ audit: { subject: 'webhook-message' }, answer: Message },
      handle: async ({ parameters }) => {
        await desk.retry(BigInt(parameters.message));
        return { body: messageShown((await desk.message(BigInt(parameters.message))).message) };
      },
    }),
  ];
}

/** Throws RefusedError (`api.field-wrong`) for an instant that the calendar does not have. */
function microsOf(field: string, text: string): number {
  const micros = parseInstant(text);
  if (micros === undefined)
    throw new RefusedError(refuse('api.field-wrong', 'there is no such instant', { field: `body/${field}`, value: text }));
  return micros;
}

function endpointShown({ id, url, secret, types, madeMicros, madeBy, stoppedMicros, waiting, failed, sent }: EndpointKept) {
  return {
    ...{ webhook: id, url, secret, types: [...types], made: formatInstant(madeMicros), madeBy, waiting, failed, sent },
    ...(stoppedMicros === undefined ? {} : { stopped: formatInstant(stoppedMicros) }),
  };
}

function messageShown({ messageId, endpoint, eventId, happenedMicros, nextMicros, answer, status, ...more }: MessageKept) {
  const { type, subject, replay, state, attempts } = more;
  return {
    ...{ message: String(messageId), webhook: endpoint, event: String(eventId), type, subject, replay, state, attempts },
    happened: formatInstant(happenedMicros),
    ...(nextMicros === undefined ? {} : { next: formatInstant(nextMicros) }),
    ...(status === undefined ? {} : { status }),
    ...(answer === undefined ? {} : { answer }),
  };
}

function attemptShown({ startedMicros, outcome, status, answer }: AttemptKept) {
  return {
    started: formatInstant(startedMicros),
    ...(outcome === undefined ? {} : { outcome }),
    ...(status === undefined ? {} : { status }),
    ...(answer === undefined ? {} : { answer }),
  };
}
