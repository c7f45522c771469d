/** Messages to customers: what was made of what happened to accounts, how each was sent; and what an account wants to hear. */
import Type, { type Static } from 'typebox';
import { documentLanguages } from '#core/parties/invoicing-terms.ts';
import { formatInstant } from '#core/time/zoned.ts';
import type { KeptNotification, NotificationFilter, NotificationHistory } from '#operations/notifications/kept.ts';
import type { Contact } from '#operations/notifications/ports.ts';
import { accountPath } from '../charging/schemas.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { actorOf, type Operation, operation } from '../operation.ts';
import { Instant, Name, orderedBy, Page, USUAL_LIMIT } from '../schemas.ts';
import { numbersFor, type Shown } from '../usage/masking.ts';

const closed = { additionalProperties: false } as const;
const states = ['waiting', 'sending', 'sent', 'delivered', 'failed', 'suppressed'] as const;
const ways = ['sms', 'email'] as const;

/** Methods throw RefusedError for what is refused. */
export interface NotificationDesk {
  readonly list: (filter: NotificationFilter) => Promise<readonly KeptNotification[]>;
  readonly show: (id: bigint) => Promise<NotificationHistory>;
  readonly retry: (id: bigint) => Promise<unknown>;
  /** As it was said last; undefined: nothing was said, and the first number of the account is taken. */
  readonly contact: (account: string) => Promise<Contact | undefined>;
  readonly setContact: (account: string, words: ContactWords, by: string) => Promise<void>;
}

const Message = Type.Object(
  {
    ...{ notification: Type.String(), account: Type.String(), notice: Type.String(), way: Type.Enum([...ways]), to: Type.String() },
    ...{ language: Type.String(), subject: Type.Optional(Type.String()), text: Type.String(), state: Type.Enum([...states]) },
    reason: Type.Optional(Type.String({ description: 'Why it was suppressed or given up.' })),
    ...{ attempts: Type.Integer(), made: Instant, next: Type.Optional(Instant), answer: Type.Optional(Type.String()) },
  },
  { ...closed, title: 'Notification' },
);
const Told = Type.Object(
  {
    notification: Message,
    attempts: Type.Array(Type.Object({ at: Instant, outcome: Type.Optional(Type.String()), answer: Type.Optional(Type.String()) }, closed)),
  },
  { ...closed, title: 'NotificationHistory' },
);
const nullable = (of: Type.TSchema) => Type.Optional(Type.Union([of, Type.Null()]));
const ContactStated = Type.Object(
  {
    language: nullable(Type.Enum([...documentLanguages])),
    number: nullable(Type.String({ pattern: '^[1-9][0-9]{5,14}$' })),
    email: nullable(Type.String({ pattern: '^[^\\s@<>,;"]{1,64}@[^\\s@<>,;"]{1,253}$' })),
    ways: nullable(Type.Array(Type.Enum([...ways]), { maxItems: 2, uniqueItems: true })),
    doNotDisturb: Type.Optional(Type.Boolean()),
  },
  { ...closed, minProperties: 1, title: 'ContactWords' },
);
export interface ContactWords {
  readonly language?: (typeof documentLanguages)[number] | null;
  readonly number?: string | null;
  readonly email?: string | null;
  readonly ways?: readonly (typeof ways)[number][] | null;
  readonly doNotDisturb?: boolean;
}
const ContactShown = Type.Object(
  {
    ...{ language: Type.Optional(Type.String()), number: Type.Optional(Type.String()), email: Type.Optional(Type.String()) },
    ...{ ways: Type.Optional(Type.Array(Type.String())), doNotDisturb: Type.Boolean() },
  },
  { ...closed, title: 'Contact' },
);

export function notificationOperations(desk: NotificationDesk): readonly Operation[] {
  const read = { tag: 'Notifications', method: 'GET', permission: 'charging:read', personal: true } as const;
  const change = { tag: 'Notifications', permission: 'charging:manage', repetition: 'key', personal: true } as const;
  const one = {
    parameters: Type.Object({ notification: Type.String({ pattern: '^[1-9][0-9]{0,17}$' }) }),
    refusals: ['notify.unknown'],
  } as const;
  return [
    operation({
      ...{ ...read, id: 'listNotifications', path: '/v1/notifications', summary: 'Messages to customers, newest first' },
      query: Type.Object(
        {
          ...orderedBy('-made'),
          ...{ account: Type.Optional(Name), state: Type.Optional(Type.Enum([...states])), way: Type.Optional(Type.Enum([...ways])) },
        },
        closed,
      ),
      ...{ answer: Page(Message), refusals: ['api.cursor-wrong', 'engine.account-unknown'] },
      handle: async ({ query: { limit = USUAL_LIMIT, cursor, sort: _, ...filter }, seesPersonal }) => {
        const [before] = readCursor(cursor, ['number']) ?? [];
        const behind = before === undefined ? {} : { before: BigInt(Math.trunc(Math.min(Math.max(Number(before), 0), 2 ** 53))) };
        const found = await desk.list({ ...filter, ...behind, limit: limit + 1 });
        return {
          body: pageOf(found, limit, messageShown(numbersFor({ seesPersonal })), ({ notificationId }) => [Number(notificationId)]),
        };
      },
    }),
    operation({
      ...{ ...read, ...one, id: 'getNotification', path: '/v1/notifications/{notification}', answer: Told },
      summary: 'A message with each attempt',
      handle: async ({ parameters, seesPersonal }) => ({
        body: toldShown(await desk.show(BigInt(parameters.notification)), numbersFor({ seesPersonal })),
      }),
    }),
    operation({
      ...{ ...change, ...one, method: 'POST', id: 'retryNotification', path: '/v1/notifications/{notification}/retries' },
      ...{ summary: 'Let a message that failed or was suppressed wait again', answer: Told, audit: { subject: 'notification' } },
      handle: async ({ parameters, seesPersonal }) => {
        const id = BigInt(parameters.notification);
        await desk.retry(id);
        return { body: toldShown(await desk.show(id), numbersFor({ seesPersonal })) };
      },
    }),
    operation({
      ...{ ...read, parameters: accountPath, id: 'getContact', path: '/v1/charging/accounts/{account}/contact', answer: ContactShown },
      ...{ summary: 'How an account is reached, and what it wants to hear', refusals: ['engine.account-unknown'] },
      handle: async ({ parameters: { account }, seesPersonal }) => ({
        body: contactShown(await desk.contact(account), numbersFor({ seesPersonal })),
      }),
    }),
    operation({
      ...{ ...change, method: 'PUT', parameters: accountPath, id: 'setContact', path: '/v1/charging/accounts/{account}/contact' },
      ...{ body: ContactStated, answer: ContactShown, audit: { subject: 'charging-account' } },
      ...{ summary: 'Say how it is reached', refusals: ['engine.account-unknown', 'notify.contact-wrong'] },
      description: 'What is left out stays as it is; null takes it away, of the language: for that of the setting `notify.language`.',
      handle: async ({ parameters: { account }, body, principal, seesPersonal }) => {
        await desk.setContact(account, body as ContactWords, actorOf(principal)); // as its schema has checked it
        return { body: contactShown(await desk.contact(account), numbersFor({ seesPersonal })) };
      },
    }),
  ];
}

const messageShown =
  (shown: Shown) =>
  ({
    notificationId,
    target,
    subject,
    body,
    reason,
    madeMicros,
    nextMicros,
    answer,
    ...kept
  }: KeptNotification): Static<typeof Message> => ({
    ...{
      notification: String(notificationId),
      account: kept.account,
      notice: kept.notice,
      language: kept.language,
      attempts: kept.attempts,
    },
    ...{ way: kept.way as (typeof ways)[number], state: kept.state as (typeof states)[number] }, // as the table allows
    ...{ to: shown(target), text: shown(body), made: formatInstant(madeMicros) },
    ...(subject === undefined ? {} : { subject: shown(subject) }),
    ...(reason === undefined ? {} : { reason }),
    ...(nextMicros === undefined ? {} : { next: formatInstant(nextMicros) }),
    ...(answer === undefined ? {} : { answer }),
  });

function toldShown({ notification, attempts }: NotificationHistory, shown: Shown): Static<typeof Told> {
  return {
    notification: messageShown(shown)(notification),
    attempts: attempts.map(({ startedMicros, outcome, answer }) => ({
      at: formatInstant(startedMicros),
      ...(outcome === undefined ? {} : { outcome }),
      ...(answer === undefined ? {} : { answer }),
    })),
  };
}

function contactShown(contact: Contact | undefined, shown: Shown): Static<typeof ContactShown> {
  if (contact === undefined) return { doNotDisturb: false };
  const { language, number, email, ways: by, doNotDisturb } = contact;
  return {
    ...{ language, doNotDisturb },
    ...(number === undefined ? {} : { number: shown(number) }),
    ...(email === undefined ? {} : { email }),
    ...(by === undefined ? {} : { ways: [...by] }),
  };
}
