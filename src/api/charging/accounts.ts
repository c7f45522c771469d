/** Accounts of online charging for those who manage them. */
import Type from 'typebox';
import type { ChargingAccount } from '#core/charging/account.ts';
import { formatNanos } from '#core/money/amount.ts';
import { type RefusalCode, RefusedError } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { pageOf, readCursor, writeCursor } from '../cursor.ts';
import { actorOf, type Call, eventsOperation, type Operation, operation } from '../operation.ts';
import { explainedShown } from '../said.ts';
import { Amount, Instant, Money, Name, orderedBy, Page, USUAL_LIMIT } from '../schemas.ts';
import { numbersFor } from '../usage/masking.ts';
import type { AccountFeeds } from './account-feeds.ts';
import type { AccountDesk, CommandWords, Journal } from './ports.ts';
import { identityOf, microsOf, moneyOf, nanosOf, sessionOf } from './read-use.ts';
import { Account, accountPath, Entry, ListedAccount, note, RunningSession, Subscriber, Trace } from './schemas.ts';
import { accountShown, entryShown, sessionShown } from './show.ts';

const closed = { additionalProperties: false } as const;
export const look = { tag: 'Charging accounts', permission: 'charging:read', method: 'GET', parameters: accountPath } as const;
export const change = {
  tag: 'Charging accounts',
  permission: 'charging:manage',
  method: 'POST',
  repetition: 'key',
  personal: true,
  // The engine makes it, with a transaction of its own.
  audit: { subject: 'charging-account', ahead: true },
} as const;
const unknown: readonly RefusalCode[] = ['engine.account-unknown'];
export const commanded: readonly RefusalCode[] = [
  ...unknown,
  'engine.too-busy',
  'engine.fault',
  'charging.account-closed',
  'charging.key-used',
  'charging.not-in-time',
];

/** Does a command once for the key of the request, also when this process dies in the middle; answers with the account afterwards. */
export function commander(desk: AccountDesk) {
  return async ({ key, principal, seesPersonal }: Call, account: string, words: CommandWords, text: string | undefined) => {
    const done = await desk.apply(account, { ...words, text: text ?? `by ${actorOf(principal)}` }, `api:${key}`);
    return { body: accountShown(done, desk.counters(done), numbersFor({ seesPersonal })), version: String(done.version) };
  };
}

export function accountOperations(desk: AccountDesk, journal: Journal, feeds: AccountFeeds): readonly Operation[] {
  const shown = (account: ChargingAccount, call: Pick<Call, 'seesPersonal'>) =>
    accountShown(account, desk.counters(account), numbersFor(call));
  const command = commander(desk);
  return [
    operation({
      ...look,
      ...{ id: 'listChargingAccounts', path: '/v1/charging/accounts', summary: 'All accounts, by name', parameters: undefined },
      query: Type.Object(orderedBy('account'), closed),
      answer: Page(ListedAccount),
      refusals: ['api.cursor-wrong'],
      handle: async ({ query: { limit = USUAL_LIMIT, cursor } }) => {
        const [after = ''] = readCursor(cursor, ['string']) ?? [];
        const found = await desk.list(String(after), limit + 1);
        const show = ({ id, plan, currency, status }: (typeof found)[number]) => ({ account: id, plan, currency, status });
        return { body: pageOf(found, limit, show, ({ id }) => [id]) };
      },
    }),
    operation({
      ...look,
      personal: true,
      ...{ id: 'getChargingAccount', path: '/v1/charging/accounts/{account}', summary: 'An account with its balances and counters' },
      answer: Account,
      refusals: unknown,
      handle: async (call) => {
        const account = await desk.find(call.parameters.account);
        return { body: shown(account, call), version: String(account.version) };
      },
    }),
    operation({
      ...look,
      ...{ id: 'listChargingSessions', path: '/v1/charging/accounts/{account}/sessions', summary: 'Its running sessions' },
      answer: Type.Object({ items: Type.Array(RunningSession) }, closed),
      refusals: unknown,
      handle: async ({ parameters }) => ({ body: { items: (await desk.find(parameters.account)).sessions.map(sessionShown) } }),
    }),
    operation({
      ...look,
      personal: true,
      ...{
        id: 'listJournalEntries',
        path: '/v1/charging/accounts/{account}/history',
        summary: 'Every change of its balances, newest first',
      },
      query: Type.Object(orderedBy('-at'), closed),
      answer: Page(Entry),
      refusals: ['api.cursor-wrong', ...unknown],
      handle: async ({ parameters, query: { limit = USUAL_LIMIT, cursor }, seesPersonal }) => {
        const { id } = await desk.find(parameters.account);
        const [from] = readCursor(cursor, ['number']) ?? [];
        const { entries, before } = await journal.entries(id, from === undefined ? undefined : Number(from), 0, limit);
        const numbers = numbersFor({ seesPersonal });
        return { body: { items: entries.map((entry) => entryShown(entry, numbers)), next: before === 0 ? null : writeCursor([before]) } };
      },
    }),
    eventsOperation({
      ...look,
      personal: true,
      ...{ id: 'watchChargingAccount', path: '/v1/charging/accounts/{account}/events', summary: 'Its balances and events as they happen' },
      description:
        'Begins with `account` (as getChargingAccount), then `balance` for every change (as listJournalEntries), durable before it is sent, and what else happens ' +
        '(`threshold-crossed`, `session-closed`, …), which is sent while it happens only. With Last-Event-ID it goes on behind that entry.',
      answer: Entry,
      refusals: unknown,
      handle: async ({ parameters, lastEventId, seesPersonal }) =>
        feeds.watch(await desk.find(parameters.account), lastEventId, numbersFor({ seesPersonal })),
    }),
    operation({
      ...look,
      personal: true,
      ...{
        id: 'traceChargingSession',
        path: '/v1/charging/sessions/{session}/trace',
        summary: 'What a session changed, and why it costs what it costs',
      },
      parameters: Type.Object({
        session: Type.String({
          ...Name,
          maxLength: 600,
          description: 'The client’s own reference of it, or as listChargingSessions names it.',
        }),
      }),
      answer: Trace,
      refusals: ['charging.session-unknown'],
      handle: async ({ parameters, principal, seesPersonal }) => {
        const numbers = numbersFor({ seesPersonal });
        const own = await desk.trace(sessionOf(principal.name, parameters.session)).catch(unlessUnknown);
        const { session, account, closedMicros, result, entries, records } = own ?? (await desk.trace(parameters.session));
        return {
          body: {
            ...{ session, account, entries: entries.map((entry) => entryShown(entry, numbers)) },
            ...(closedMicros === undefined ? {} : { closed: formatInstant(closedMicros) }),
            ...(result === undefined ? {} : { result: result as 'granted' }), // a result, as the engine wrote it
            records: records.map(({ record: { id, chargedNanos, currency }, booked, steps, explanation }) => ({
              ...(booked === undefined ? {} : { event: String(booked) }),
              ...{ record: id, charged: { amount: formatNanos(chargedNanos, 2), currency }, steps: numbers(steps) },
              explained: explainedShown(explanation?.steps ?? [], numbers),
            })),
          },
        };
      },
    }),
    operation({
      ...change,
      ...{ id: 'openChargingAccount', path: '/v1/charging/accounts', summary: 'Open an account under a plan', status: 201 },
      body: Type.Object(
        {
          account: Type.String({ minLength: 1, maxLength: 128, pattern: '^[^\\u0000-\\u001f\\u007f:]+$' }),
          plan: Name,
          identities: Type.Optional(Type.Array(Subscriber, { maxItems: 20, uniqueItems: true })),
          creditLimit: Type.Optional(Amount),
          pool: Type.Optional(Name),
        },
        closed,
      ),
      answer: Account,
      refusals: ['charging.account-exists', 'charging.plan-unknown', ...commanded],
      handle: async ({ body: { account, plan, identities = [], creditLimit, pool }, seesPersonal }) => {
        const opened = await desk.open({
          ...{ account, plan, identities: identities.map(identityOf) },
          ...(creditLimit === undefined ? {} : { creditLimitNanos: nanosOf(creditLimit) }),
          ...(pool === undefined ? {} : { pool }),
        });
        return {
          body: shown(opened, { seesPersonal }),
          version: String(opened.version),
          location: `/v1/charging/accounts/${encodeURIComponent(opened.id)}`,
        };
      },
    }),
    operation({
      ...change,
      ...{
        id: 'topUpChargingAccount',
        path: '/v1/charging/accounts/{account}/top-ups',
        summary: 'Add money',
        parameters: accountPath,
        status: 201,
      },
      body: Type.Object({ money: Money, validTo: Type.Optional(Instant), note }, closed),
      answer: Account,
      refusals: ['charging.amount-wrong', 'charging.currency-differs', 'charging.validity-over', ...commanded],
      handle: async (call) => {
        const { money, validTo, note: text } = call.body;
        const until = validTo === undefined ? {} : { validToMicros: microsOf(validTo, 'body/validTo') };
        return command(call, call.parameters.account, { kind: 'top-up', ...moneyOf(money), ...until }, text);
      },
    }),
    operation({
      ...change,
      ...{
        id: 'redeemVoucher',
        path: '/v1/charging/accounts/{account}/voucher-redemptions',
        summary: 'Use a voucher',
        parameters: accountPath,
        status: 201,
      },
      body: Type.Object({ code: Type.String({ pattern: '^[0-9 -]{4,64}$', description: 'As it is printed.' }), note }, closed),
      answer: Account,
      refusals: ['charging.voucher-unknown', 'charging.voucher-used', 'charging.voucher-over', ...commanded],
      handle: async ({ parameters, principal, body, seesPersonal }) => {
        const done = await desk.redeem(parameters.account, body.code, body.note ?? `by ${actorOf(principal)}`);
        return { body: shown(done, { seesPersonal }), version: String(done.version) };
      },
    }),
    operation({
      ...change,
      ...{
        id: 'changePlan',
        path: '/v1/charging/accounts/{account}/plan-changes',
        summary: 'Move to another plan',
        parameters: accountPath,
        status: 201,
      },
      description: 'Holds for running sessions at once. With If-Match it is refused when the account has changed since it was read.',
      body: Type.Object({ plan: Name, note }, closed),
      answer: Account,
      refusals: ['charging.plan-unknown', 'charging.currency-differs', 'charging.balance-too-low', 'api.precondition-failed', ...commanded],
      handle: async (call) => {
        call.expect(String((await desk.find(call.parameters.account)).version));
        return command(call, call.parameters.account, { kind: 'change-plan', plan: call.body.plan }, call.body.note);
      },
    }),
    operation({
      ...change,
      ...{
        id: 'adjustBalance',
        path: '/v1/charging/accounts/{account}/adjustments',
        summary: 'Add to or take from a balance, with a reason',
        parameters: accountPath,
        status: 201,
      },
      body: Type.Object(
        {
          money: Type.Optional(Money),
          units: Type.Optional(
            Type.Object(
              {
                bucket: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
                unit: Type.Enum(['seconds', 'bytes', 'messages', 'events']),
                amount: Type.Integer({ minimum: -(2 ** 50), maximum: 2 ** 50 }),
              },
              closed,
            ),
          ),
          note: Type.String({ minLength: 1, maxLength: 2000, pattern: '^[^\\u0000]*$', description: 'Why.' }),
        },
        { ...closed, minProperties: 2, maxProperties: 2, description: 'The account’s own money, or the units of a bucket.' },
      ),
      answer: Account,
      refusals: ['charging.amount-wrong', 'charging.balance-too-low', 'charging.bucket-unknown', 'charging.currency-differs', ...commanded],
      handle: async (call) => {
        const { money, units, note: text } = call.body;
        const { account } = call.parameters;
        if (units !== undefined) return command(call, account, { kind: 'adjust', ...units, amount: BigInt(units.amount) }, text);
        if (money === undefined) throw new TypeError('the schema asks for one of the two');
        const { nanos: amount, currency } = moneyOf(money);
        return command(call, account, { kind: 'adjust', unit: 'money', amount, currency }, text);
      },
    }),
    operation({
      ...change,
      ...{
        id: 'transferBalance',
        path: '/v1/charging/accounts/{account}/transfers',
        summary: 'Move money to another account',
        parameters: accountPath,
        status: 201,
      },
      body: Type.Object({ to: Name, money: Money, note }, closed),
      answer: Type.Object({ from: Account, to: Account }, closed),
      refusals: [
        'charging.amount-wrong',
        'charging.balance-too-low',
        'charging.currency-differs',
        'charging.transfer-to-itself',
        ...commanded,
      ],
      handle: async ({ parameters, principal, body, key, seesPersonal }) => {
        const { nanos, currency } = moneyOf(body.money);
        const [from, to] = await desk.transfer(
          parameters.account,
          body.to,
          nanos,
          currency,
          body.note ?? `by ${actorOf(principal)}`,
          `api:${key}`,
        );
        if (from === undefined || to === undefined) throw new Error('a transfer is between two accounts');
        return { body: { from: shown(from, { seesPersonal }), to: shown(to, { seesPersonal }) } };
      },
    }),
  ];
}

function unlessUnknown(error: unknown): undefined {
  if (error instanceof RefusedError && error.refusals.every(({ code }) => code === 'charging.session-unknown')) return undefined;
  throw error;
}
