/** Paying by card: the page for a document, and what the provider told. */
import Type from 'typebox';
import { formatNanos } from '#core/money/amount.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { actorOf, type Operation, operation } from '../operation.ts';
import { Amount, Currency, Instant, Name, orderedBy, Page, USUAL_LIMIT } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

export interface CardEventRow {
  readonly eventId: string;
  readonly type: string;
  readonly receivedMicros: number;
  readonly outcome: 'booked' | 'noted' | 'held';
  readonly said: string;
  readonly seenBy: string | undefined;
}

/** Methods throw RefusedError for what is refused. */
export interface CardDesk {
  /** Newest first; `held`: only what waits for a person. */
  readonly events: (
    held: boolean,
    before: { readonly receivedMicros: number; readonly eventId: string } | undefined,
    most: number,
  ) => Promise<readonly CardEventRow[]>;
  readonly see: (event: string, by: string) => Promise<void>;
  readonly link: (
    document: string,
    by: string,
  ) => Promise<{ readonly url: string; readonly amountNanos: bigint; readonly currency: string; readonly expiresMicros?: number }>;
}

const Event = Type.Object(
  {
    ...{ event: Type.String(), type: Type.String(), receivedAt: Instant },
    outcome: Type.Enum(['booked', 'noted', 'held'], { description: '`held`: waits for a person until somebody has seen to it.' }),
    ...{ said: Type.String(), seenBy: Type.Optional(Type.String()) },
  },
  { ...closed, title: 'CardEvent' },
);

export function cardOperations(desk: CardDesk): readonly Operation[] {
  const change = { tag: 'Payments', method: 'POST', permission: 'payments:manage' } as const;
  return [
    operation({
      ...{ id: 'listCardEvents', tag: 'Payments', method: 'GET', path: '/v1/card-events', permission: 'payments:read' },
      summary: 'What the provider of card payments told, the newest first',
      query: Type.Object(
        { ...orderedBy('-receivedAt'), held: Type.Optional(Type.Boolean({ description: 'Only what waits for a person.' })) },
        closed,
      ),
      ...{ answer: Page(Event), refusals: ['api.cursor-wrong'] },
      async handle({ query: { limit = USUAL_LIMIT, cursor, held = false } }) {
        const [received, event] = readCursor(cursor, ['number', 'string']) ?? [];
        const before = received === undefined ? undefined : { receivedMicros: Number(received), eventId: String(event) };
        const found = await desk.events(held, before, limit + 1);
        return { body: pageOf(found, limit, eventShown, ({ receivedMicros, eventId }) => [receivedMicros, eventId]) };
      },
    }),
    operation({
      ...{ ...change, id: 'seeCardEvent', path: '/v1/card-event-sightings', repetition: 'key', status: 201 },
      audit: { subject: 'card-event', id: ({ body }: { body: { event: string } }) => body.event },
      summary: 'Say that a held event was seen to',
      body: Type.Object({ event: Name }, { ...closed, title: 'SeeCardEvent' }),
      ...{ answer: Type.Object({ event: Type.String(), seenBy: Type.String() }, closed), refusals: ['card.event-unknown'] },
      async handle({ body: { event }, principal }) {
        await desk.see(event, actorOf(principal));
        return { body: { event, seenBy: actorOf(principal) } };
      },
    }),
    operation({
      ...{ ...change, id: 'makeCardLink', path: '/v1/documents/{number}/card-links', repetition: 'natural', status: 201 },
      // The provider makes the page beside any transaction of ours.
      audit: { subject: 'document', ahead: true as const },
      summary: 'The page on which what is open of a document, less what is disputed, is paid by card',
      description: 'While a page for the same amount is open, it is the same page.',
      parameters: Type.Object({ number: Name }),
      answer: Type.Object({ url: Type.String(), amount: Amount, currency: Currency, expires: Type.Optional(Instant) }, closed),
      refusals: ['card.not-set-up', 'card.secret-missing', 'card.document-settled', 'card.amount-not-possible', 'card.provider-failed'],
      async handle({ parameters: { number }, principal }) {
        const { url, amountNanos, currency, expiresMicros } = await desk.link(number, actorOf(principal));
        const expires = expiresMicros === undefined ? {} : { expires: formatInstant(expiresMicros) };
        return { body: { url, amount: formatNanos(amountNanos, 2), currency, ...expires } };
      },
    }),
  ];
}

function eventShown({ eventId, type, receivedMicros, outcome, said, seenBy }: CardEventRow) {
  const seen = seenBy === undefined ? {} : { seenBy };
  return { event: eventId, type, receivedAt: formatInstant(receivedMicros), outcome, said, ...seen };
}
