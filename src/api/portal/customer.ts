/** What customers see and do with their accounts of online charging. What is another's does not exist. */
import Type from 'typebox';
import { RefusedError, refuse } from '#core/refusals.ts';
import { asHouse } from '#operations/access/ports.ts';
import { commanded, commander } from '../charging/accounts.ts';
import { agreementOf, limitOf } from '../charging/manage.ts';
import type { AccountDesk, Journal } from '../charging/ports.ts';
import { Account, accountPath, Control, Entry, Quantity } from '../charging/schemas.ts';
import { accountShown, controlShown, entryShown } from '../charging/show.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { actorOf, type Operation, operation } from '../operation.ts';
import { Instant, Name, orderedBy, Page, USUAL_LIMIT } from '../schemas.ts';
import { partyOf } from './party-of.ts';

const closed = { additionalProperties: false } as const;
/** Codes of vouchers are not to be guessed: so many wrong ones of a party within an hour. */
const MOST_WRONG_CODES = 10;
const HOUR_MS = 3_600_000;

export interface CustomerDesk {
  /** Names of the customer's own accounts, with their eyes. */
  readonly ownCharging: () => Promise<readonly string[]>;
  /** Says whose an account is; null: nobody's. Throws RefusedError (`engine.account-unknown`, `access.party-unknown`). */
  readonly chargingParty: (
    account: string,
    party: string | null,
    by: string,
  ) => Promise<{ readonly account: string; readonly party: string | undefined }>;
}

export function customerOperations(
  { ownCharging, chargingParty }: CustomerDesk,
  desk: AccountDesk,
  journal: Journal,
): readonly Operation[] {
  const common = { tag: 'Portal', permission: 'portal:use', forParties: ['customer'] } as const;
  const look = { ...common, method: 'GET' } as const;
  const change = { ...common, repetition: 'key', audit: { subject: 'charging-account', ahead: true } } as const;
  const command = commander(desk);
  const wrong = new Map<string, { count: number; untilMs: number }>();
  /** Work of the house on an account that is seen to be theirs. Throws RefusedError (`engine.account-unknown`). */
  const onOwn = async <T>(account: string, work: () => Promise<T>): Promise<T> => {
    if (!(await ownCharging()).includes(account))
      throw new RefusedError(refuse('engine.account-unknown', `there is no account ${account}`, { value: account }));
    return asHouse(work);
  };
  return [
    operation({
      ...{ tag: 'Charging accounts', permission: 'charging:manage', method: 'PUT', repetition: 'natural', parameters: accountPath },
      ...{
        id: 'setChargingParty',
        path: '/v1/charging/accounts/{account}/party',
        summary: 'Say whose an account is: its customer sees it',
      },
      audit: { subject: 'charging-account' },
      body: Type.Object({ party: Type.Union([Name, Type.Null()], { description: 'null: nobody’s any more.' }) }, closed),
      answer: Type.Object({ account: Type.String(), party: Type.Optional(Type.String()) }, closed),
      refusals: ['engine.account-unknown', 'access.party-unknown'],
      handle: async ({ parameters, body, principal }) => {
        const { account, party } = await chargingParty(parameters.account, body.party, actorOf(principal));
        return { body: { account, ...(party === undefined ? {} : { party }) } };
      },
    }),
    operation({
      ...{ ...look, id: 'listOwnChargingAccounts', path: '/v1/portal/charging-accounts', summary: 'Your accounts with their balances' },
      answer: Type.Object({ items: Type.Array(Account) }, closed),
      handle: async () => {
        const names = await ownCharging();
        const found = await asHouse(() => Promise.all(names.map((name) => desk.find(name))));
        return { body: { items: found.map((account) => accountShown(account, desk.counters(account))) } };
      },
    }),
    operation({
      ...{ ...look, parameters: accountPath, id: 'listOwnChargingHistory', path: '/v1/portal/charging-accounts/{account}/history' },
      summary: 'What was used, added and taken, newest first, with the balance before and after',
      query: Type.Object(orderedBy('-at'), closed),
      ...{ answer: Page(Entry), refusals: ['api.cursor-wrong', 'engine.account-unknown'] },
      handle: ({ parameters: { account }, query: { limit = USUAL_LIMIT, cursor } }) =>
        onOwn(account, async () => {
          const [from] = readCursor(cursor, ['number']) ?? [];
          const { entries, before } = await journal.entries(account, from === undefined ? undefined : Number(from), 0, limit);
          // Notes name who of us made an entry.
          const items = entries.map(entryShown).map(({ note: _, ...entry }) => entry);
          return { body: { items, next: before === 0 ? null : writeCursor([before]) } };
        }),
    }),
    operation({
      ...{ ...look, parameters: accountPath, id: 'listOwnSpendingControls', path: '/v1/portal/charging-accounts/{account}/controls' },
      summary: 'Your limits of spending, and where they stand',
      ...{ answer: Type.Object({ items: Type.Array(Control) }, closed), refusals: ['engine.account-unknown'] },
      handle: ({ parameters: { account } }) =>
        onOwn(account, async () => ({ body: { items: desk.controls(await desk.find(account)).map(controlShown) } })),
    }),
    operation({
      ...{ ...change, method: 'PUT', id: 'setOwnSpendingControl', path: '/v1/portal/charging-accounts/{account}/controls/{control}' },
      summary: 'Set a limit of yours, or agree to go beyond it',
      parameters: Type.Object({ ...accountPath.properties, control: Name }),
      body: Type.Object(
        {
          limit: Type.Optional(Type.Union([Quantity, Type.Literal('plan')], { description: '`plan`: the plan’s limit again.' })),
          agreedUntil: Type.Optional(Type.Union([Instant, Type.Literal('period'), Type.Null()])),
        },
        { ...closed, minProperties: 1 },
      ),
      answer: Account,
      refusals: [
        'charging.control-unknown',
        'charging.control-fixed',
        'charging.limit-out-of-bounds',
        'charging.amount-wrong',
        ...commanded,
      ],
      handle: (call) => {
        const { account, control } = call.parameters;
        const { limit, agreedUntil } = call.body;
        const stated = limit === undefined ? {} : limitOf(limit);
        const agreed = agreedUntil === undefined ? {} : { agreedToMicros: agreementOf(agreedUntil) };
        return onOwn(account, () => command(call, account, { kind: 'set-control', control, ...stated, ...agreed }, undefined));
      },
    }),
    operation({
      ...{ ...change, method: 'POST', status: 201, parameters: accountPath },
      ...{ id: 'redeemOwnVoucher', path: '/v1/portal/charging-accounts/{account}/voucher-redemptions', summary: 'Top up by a voucher' },
      body: Type.Object({ code: Type.String({ pattern: '^[0-9 -]{4,64}$', description: 'As it is printed.' }) }, closed),
      answer: Account,
      refusals: ['charging.voucher-unknown', 'charging.voucher-used', 'charging.voucher-over', ...commanded],
      handle: ({ parameters: { account }, body: { code }, principal }) =>
        onOwn(account, async () => {
          const party = partyOf(principal);
          const now = performance.now();
          const before = wrong.get(party);
          const tries = before === undefined || before.untilMs < now ? { count: 0, untilMs: now + HOUR_MS } : before;
          if (tries.count >= MOST_WRONG_CODES) throw new RefusedError(refuse('api.too-many', 'too many wrong codes: try again in an hour'));
          try {
            const done = await desk.redeem(account, code, `by ${actorOf(principal)}`);
            return { body: accountShown(done, desk.counters(done)) };
          } catch (error) {
            if (error instanceof RefusedError && error.refusals.some((each) => each.code === 'charging.voucher-unknown'))
              wrong.set(party, { ...tries, count: tries.count + 1 });
            throw error;
          }
        }),
    }),
  ];
}
