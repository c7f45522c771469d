/** Where documents are on their way to those they are for. */
import Type, { type Static } from 'typebox';
import { formatInstant } from '#core/time/zoned.ts';
import { Job, type JobDesk, startJob } from '../jobs/jobs.ts';
import { actorOf, type Operation, operation } from '../operation.ts';
import { Instant, Name } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

/** Kind of the job that delivers what waits. */
export const DELIVER = 'deliver-documents';

export interface DeliveryShown {
  readonly deliveryId: bigint;
  readonly legalEntity: string;
  readonly document: string;
  readonly account: string;
  readonly way: string;
  readonly route: string;
  readonly state: string;
  readonly attempts: number;
  readonly nextMicros: number | undefined;
  readonly doneMicros: number | undefined;
  readonly said: string;
}

export interface DeliveryEventShown {
  readonly atMicros: number;
  readonly what: string;
  readonly said: string;
  readonly by: string;
}

/** Methods throw RefusedError for what is refused. */
export interface DeliveryDesk {
  readonly list: (filter: {
    readonly state?: string;
    readonly document?: string;
    readonly limit: number;
  }) => Promise<readonly DeliveryShown[]>;
  readonly show: (id: bigint) => Promise<{ readonly standing: DeliveryShown; readonly events: readonly DeliveryEventShown[] }>;
  /** How many deliveries are new. */
  readonly plan: (document: string) => Promise<number>;
  /** `again`: also one that was sent. */
  readonly retry: (id: bigint, again: boolean) => Promise<void>;
  readonly stop: (id: bigint) => Promise<void>;
}

const states = ['waiting', 'sending', 'sent', 'failed', 'bounced', 'stopped'] as const;
const Delivery = Type.Object(
  {
    ...{
      delivery: Type.String(),
      legalEntity: Type.String(),
      document: Type.String(),
      account: Type.String(),
      way: Type.String(),
      route: Type.String(),
    },
    ...{ state: Type.Enum([...states]), attempts: Type.Integer(), next: Type.Optional(Instant), ended: Type.Optional(Instant) },
    said: Type.String({ description: 'What was answered last.' }),
  },
  { ...closed, title: 'Delivery' },
);
const OneDelivery = Type.Object(
  {
    delivery: Delivery,
    attempts: Type.Array(Type.Object({ at: Instant, what: Type.String(), said: Type.String(), by: Type.String() }, closed)),
  },
  closed,
);

export function deliveryOperations(desk: DeliveryDesk, jobs: JobDesk): readonly Operation[] {
  const read = { tag: 'Documents', method: 'GET', permission: 'documents:read' } as const;
  const change = {
    tag: 'Documents',
    method: 'POST',
    permission: 'documents:manage',
    repetition: 'key',
    audit: { subject: 'document' },
  } as const;
  const one = { parameters: Type.Object({ delivery: Type.String({ pattern: '^[1-9][0-9]{0,17}$' }) }), answer: OneDelivery };
  const shown = async (id: string) => {
    const { standing, events } = await desk.show(BigInt(id));
    const attempts = events.map(({ atMicros, what, said, by }) => ({ at: formatInstant(atMicros), what, said, by }));
    return { body: { delivery: deliveryShown(standing), attempts } };
  };
  return [
    operation({
      ...{ ...read, id: 'listDeliveries', path: '/v1/deliveries', summary: 'Deliveries of documents, newest first' },
      query: Type.Object(
        {
          state: Type.Optional(Type.Enum([...states])),
          document: Type.Optional(Name),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: '100 when left out.' })),
        },
        closed,
      ),
      answer: Type.Object({ items: Type.Array(Delivery) }, closed),
      handle: async ({ query: { limit = 100, ...filter } }) => ({
        body: { items: (await desk.list({ ...filter, limit })).map(deliveryShown) },
      }),
    }),
    operation({
      ...{ ...read, ...one, id: 'getDelivery', path: '/v1/deliveries/{delivery}', summary: 'A delivery with every attempt' },
      refusals: ['delivery.unknown'],
      handle: ({ parameters }) => shown(parameters.delivery),
    }),
    operation({
      ...{
        ...change,
        id: 'deliverDocument',
        path: '/v1/documents/{number}/deliveries',
        summary: 'Plan a document to be sent',
        status: 201,
      },
      description: 'By the ways that its account declares now; those that it went already are not planned again.',
      parameters: Type.Object({ number: Type.String({ ...Name, description: 'Number of the document, percent-encoded.' }) }),
      answer: Type.Object({ planned: Type.Integer() }, closed),
      refusals: ['delivery.document-unknown', 'delivery.no-route'],
      handle: async ({ parameters }) => ({ body: { planned: await desk.plan(parameters.number) } }),
    }),
    operation({
      ...{ ...change, ...one, id: 'retryDelivery', path: '/v1/deliveries/{delivery}/retries', summary: 'Try a delivery again' },
      body: Type.Object({ again: Type.Optional(Type.Boolean({ description: 'Also one that was sent.' })) }, closed),
      refusals: ['delivery.unknown', 'delivery.not-possible'],
      handle: async ({ parameters, body }) => {
        await desk.retry(BigInt(parameters.delivery), body.again === true);
        return shown(parameters.delivery);
      },
    }),
    operation({
      ...{ ...change, ...one, id: 'stopDelivery', path: '/v1/deliveries/{delivery}/stops', summary: 'Stop a delivery that is not sent' },
      refusals: ['delivery.unknown', 'delivery.not-possible'],
      handle: async ({ parameters }) => {
        await desk.stop(BigInt(parameters.delivery));
        return shown(parameters.delivery);
      },
    }),
    operation({
      ...{ ...change, id: 'deliverDue', path: '/v1/deliveries/runs', summary: 'Send what waits and is due', status: 202, answer: Job },
      description: 'A job; its result counts what was `planned`, `sent`, `deferred` and `refused`.',
      handle: ({ principal }) => startJob(jobs, DELIVER, { by: actorOf(principal) }, principal),
    }),
  ];
}

function deliveryShown(of: DeliveryShown): Static<typeof Delivery> {
  const { deliveryId, legalEntity, document, account, way, route, state, attempts, nextMicros, doneMicros, said } = of;
  const known = states.find((each) => each === state) ?? 'waiting';
  return {
    ...{ delivery: String(deliveryId), legalEntity, document, account, way, route, state: known, attempts, said },
    ...(nextMicros === undefined ? {} : { next: formatInstant(nextMicros) }),
    ...(doneMicros === undefined ? {} : { ended: formatInstant(doneMicros) }),
  };
}
