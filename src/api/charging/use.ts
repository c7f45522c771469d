/** Charging as network elements and switches ask for it: authorise, reserve, commit, release, debit, refund, price, balance. */
import { randomUUID } from 'node:crypto';
import Type from 'typebox';
import type { ChargingAnswer as CoreAnswer } from '#core/charging/answer.ts';
import { readDebitReference } from '#core/charging/debit-reference.ts';
import type { ChargingRequest, RequestItem } from '#core/charging/request.ts';
import { HTTP_SESSIONS } from '#core/charging/session-names.ts';
import { type RefusalCode, RefusedError, refuse } from '#core/refusals.ts';
import type { Call, Operation } from '../operation.ts';
import { operation } from '../operation.ts';
import { fingerprintOf } from '../repeating.ts';
import { Instant } from '../schemas.ts';
import type { ChargingService } from './ports.ts';
import { factsOf, identityOf, itemsOf, microsOf, sessionOf } from './read-use.ts';
import { Balances, ChargingAnswer, Facts, items, Reference, Subscriber, use } from './schemas.ts';
import { accepted, answerShown, balanceShown, resultRefusals } from './show.ts';

const closed = { additionalProperties: false } as const;
const common = { tag: 'Charging', permission: 'charging:use' } as const;
const refusals: readonly RefusalCode[] = [
  ...Object.values(resultRefusals).filter((code): code is RefusalCode => code !== undefined),
  'charging.limit-reached',
];
const repeated: readonly RefusalCode[] = [...refusals, 'api.idempotency-key-reused'];

/** Of the request that ends a session: its repetition has the same. */
const LAST_NUMBER = 4_294_967_295;
const Number_ = Type.Integer({
  minimum: 1,
  maximum: LAST_NUMBER - 1,
  description: 'Counts the updates of a session upwards; the same number again is a repetition.',
});
const DebitName = Type.String({ minLength: 1, maxLength: 700, description: 'The `debit` that the answer to a debit named.' });
const session = Type.Object({ reference: Reference });

export function useOperations(charging: ChargingService, now: () => number): readonly Operation[] {
  /** Asks, and refuses another content under a name that was answered before. */
  const ask = async (request: ChargingRequest): Promise<CoreAnswer> => {
    const answer = await charging.handle(request);
    if (answer.fingerprint !== undefined && answer.fingerprint !== request.fingerprint) {
      throw new RefusedError(
        refuse('api.idempotency-key-reused', 'this was asked before with another content', { value: request.session }),
      );
    }
    // Who names no subscriber and no session that is known.
    return accepted(
      request.identities.length === 0 && answer.result === 'user-unknown' ? { ...answer, result: 'unknown-session' } : answer,
    );
  };
  const begun = ({ at, facts }: { at?: string; facts?: Parameters<typeof factsOf>[0] }) => ({
    eventMicros: at === undefined ? now() : microsOf(at, 'body/at'),
    facts: factsOf(facts),
  });
  /** A question: it has a name of its own and leaves nothing behind. */
  const enquire = (
    body: { subscriber: string; service: ChargingRequest['service']; at?: string; facts?: Parameters<typeof factsOf>[0] } & Parameters<
      typeof itemsOf
    >[0],
    kind: 'balance-check' | 'price-enquiry',
  ): Promise<CoreAnswer> =>
    ask({
      ...{
        session: `question:${randomUUID()}`,
        number: 0,
        operation: kind,
        service: body.service,
        identities: [identityOf(body.subscriber)],
      },
      ...begun(body),
      items: itemsOf(body, 'any'),
    });
  const event = (call: Call, body: Parameters<typeof enquire>[0], kind: 'event-debit' | 'event-refund', of?: string): Promise<CoreAnswer> =>
    ask({
      ...{
        session: `${HTTP_SESSIONS}${encodeURIComponent(call.principal.name)}/e/${call.givenKey}`,
        number: 0,
        operation: kind,
        service: body.service,
      },
      identities: [identityOf(body.subscriber)],
      ...begun(body),
      items: of === undefined ? itemsOf(body, 'any') : refundItems(itemsOf(body, 'any'), of),
      fingerprint: fingerprintOf(kind, body),
    });
  const inSession = async (
    { principal, parameters: { reference }, body }: Call<{ reference: string }, unknown, StepBody>,
    kind: 'update' | 'terminate',
    number: number,
  ) => {
    const answer = await ask({
      ...{ session: sessionOf(principal.name, reference), number, operation: kind, service: 'event', identities: [] },
      ...begun(body),
      items: itemsOf(body, kind === 'update' ? 'any' : undefined),
      fingerprint: fingerprintOf(kind, body),
    });
    return { body: answerShown(answer, reference) };
  };

  return [
    operation({
      ...common,
      ...{
        id: 'authorise',
        method: 'POST',
        path: '/v1/charging/authorisations',
        summary: 'Whether a use could be paid now',
        repetition: 'natural',
        audit: { keptIn: 'journal of charging' },
      },
      description: 'Sets nothing aside and changes nothing.',
      body: Type.Object({ ...use, ...items }, closed),
      answer: ChargingAnswer,
      refusals,
      handle: async ({ body }) => {
        const { balances: _own, ...answer } = await enquire(body, 'balance-check');
        return { body: answerShown(answer) };
      },
    }),
    operation({
      ...common,
      ...{
        id: 'enquirePrice',
        method: 'POST',
        path: '/v1/charging/price-enquiries',
        summary: 'What a use would cost',
        repetition: 'natural',
        audit: { keptIn: 'journal of charging' },
      },
      description: 'Advice of charge: in money, after what allowances cover. Changes nothing.',
      body: Type.Object({ ...use, ...items }, closed),
      answer: ChargingAnswer,
      refusals,
      handle: async ({ body }) => ({ body: answerShown(await enquire(body, 'price-enquiry')) }),
    }),
    operation({
      ...common,
      ...{
        id: 'reserveSession',
        method: 'POST',
        path: '/v1/charging/sessions',
        summary: 'Begin a session and reserve',
        repetition: 'natural',
        audit: { keptIn: 'journal of charging' },
        status: 201,
      },
      description:
        'The same reference with the same content gets the first answer, for a day after the session’s end; with another content it is refused.',
      body: Type.Object({ reference: Reference, ...use, requested: items.requested, items: items.items }, closed),
      answer: ChargingAnswer,
      refusals: repeated,
      handle: async ({ principal, body }) => {
        const { reference, subscriber, service } = body;
        const answer = await ask({
          ...{
            session: sessionOf(principal.name, reference),
            number: 0,
            operation: 'initial',
            service,
            identities: [identityOf(subscriber)],
          },
          ...begun(body),
          items: itemsOf(body, 'any'),
          fingerprint: fingerprintOf('initial', body),
        });
        return { body: answerShown(answer, reference), location: `/v1/charging/sessions/${encodeURIComponent(reference)}` };
      },
    }),
    operation({
      ...common,
      ...{
        id: 'updateSession',
        method: 'POST',
        path: '/v1/charging/sessions/{reference}/updates',
        summary: 'Report use and reserve more',
        repetition: 'natural',
        audit: { keptIn: 'journal of charging' },
      },
      parameters: session,
      body: Type.Object({ number: Number_, at: Type.Optional(Instant), facts: Type.Optional(Facts), ...items }, closed),
      answer: ChargingAnswer,
      refusals: repeated,
      handle: async (call) => inSession(call, 'update', call.body.number),
    }),
    operation({
      ...common,
      ...{
        id: 'commitSession',
        method: 'POST',
        path: '/v1/charging/sessions/{reference}/commit',
        summary: 'Report the last use and end the session',
        repetition: 'natural',
        audit: { keptIn: 'journal of charging' },
      },
      description: 'What is reserved and not used is free again.',
      parameters: session,
      body: Type.Object({ at: Type.Optional(Instant), facts: Type.Optional(Facts), used: items.used, items: items.items }, closed),
      answer: ChargingAnswer,
      refusals: repeated,
      handle: async (call) => inSession(call, 'terminate', LAST_NUMBER),
    }),
    operation({
      ...common,
      ...{
        id: 'releaseSession',
        method: 'POST',
        path: '/v1/charging/sessions/{reference}/release',
        summary: 'End a session without further use',
        repetition: 'natural',
        audit: { keptIn: 'journal of charging' },
      },
      description: 'What is reserved is free again; use that was reported stays charged.',
      parameters: session,
      body: Type.Object({ at: Type.Optional(Instant) }, closed),
      answer: ChargingAnswer,
      refusals: repeated,
      handle: async (call) => inSession(call, 'terminate', LAST_NUMBER),
    }),
    operation({
      ...common,
      ...{
        id: 'debit',
        method: 'POST',
        path: '/v1/charging/debits',
        summary: 'Charge an event at once',
        repetition: 'natural',
        audit: { keptIn: 'journal of charging' },
        keyed: true,
        status: 201,
      },
      description: 'Whole or not at all. The Idempotency-Key names the event: repeated, it gets the first answer, also after a restart.',
      body: Type.Object({ ...use, ...items }, closed),
      answer: ChargingAnswer,
      refusals: repeated,
      handle: async (call) => ({ body: answerShown(await event(call, call.body, 'event-debit')) }),
    }),
    operation({
      ...common,
      ...{
        id: 'refund',
        method: 'POST',
        path: '/v1/charging/refunds',
        summary: 'Give an event back',
        repetition: 'natural',
        audit: { keptIn: 'journal of charging' },
        keyed: true,
        status: 201,
      },
      description:
        'With `of` to the buckets that paid the debit, in their proportion, and never more than it took; all that is left of it where no units are named. Without, units go to the bucket they fit, money to the account’s own.',
      body: Type.Object({ ...use, ...items, of: Type.Optional(DebitName) }, closed),
      answer: ChargingAnswer,
      refusals: repeated,
      handle: async (call) => ({ body: answerShown(await event(call, call.body, 'event-refund', call.body.of)) }),
    }),
    operation({
      ...common,
      ...{ id: 'getBalances', method: 'GET', path: '/v1/charging/balances', summary: 'Balances of a subscriber' },
      description: 'Of the account and of the pools that it draws from, as they are at this moment.',
      query: Type.Object({ subscriber: Subscriber }, closed),
      answer: Balances,
      refusals,
      handle: async ({ query }) => {
        const { account = '', balances = [] } = await ask({
          ...{
            session: `question:${randomUUID()}`,
            number: 0,
            operation: 'balance-check',
            service: 'event',
            identities: [identityOf(query.subscriber)],
          },
          ...{ eventMicros: now(), facts: {}, items: [] },
        });
        return { body: { account, balances: balances.map(balanceShown) } };
      },
    }),
  ];
}

/** Throws RefusedError (`api.field-wrong`): a debit is of one item. */
function refundItems(items: readonly RequestItem[], of: string): readonly RequestItem[] {
  const [item] = items;
  if (item === undefined || items.length > 1)
    throw new RefusedError(refuse('api.field-wrong', 'a refund that names its debit has one item', { field: 'body/items' }));
  return [{ ...item, refundOf: readDebitReference(of) }];
}

type StepBody = { readonly at?: string; readonly facts?: Parameters<typeof factsOf>[0] } & Parameters<typeof itemsOf>[0];
