/** What customers see and do with their accounts of online charging. What is another's does not exist. */
import Type, { type Static } from 'typebox';
import type { UsageRecord } from '#core/charging/decision.ts';
import { formatNanos } from '#core/money/amount.ts';
import type { Explanation } from '#core/rating/explanation.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { asHouse } from '#operations/access/ports.ts';
import { commanded, commander } from '../charging/accounts.ts';
import { agreementOf, limitOf } from '../charging/manage.ts';
import type { AccountDesk, Journal, Entry as KeptEntry } from '../charging/ports.ts';
import { Account, accountPath, Control, Entry, Quantity } from '../charging/schemas.ts';
import { accountShown, controlsShown, entryShown } from '../charging/show.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { actorOf, type Operation, operation } from '../operation.ts';
import { SaidSchema, saidShown } from '../said.ts';
import { Instant, Money, Name, orderedBy, Page, USUAL_LIMIT } from '../schemas.ts';
import { whole } from '../usage/masking.ts';
import { partyOf } from './party-of.ts';

const closed = { additionalProperties: false } as const;
/** Codes of vouchers are not to be guessed: so many wrong ones of a party within an hour. */
const MOST_WRONG_CODES = 10;
const HOUR_MS = 3_600_000;

/** What a use of an account came to. */
export interface OwnUse {
  /** Undefined while it goes on. */
  readonly closedMicros: number | undefined;
  readonly entries: readonly KeptEntry[];
  readonly records: readonly {
    readonly record: Pick<UsageRecord, 'event' | 'chargedNanos' | 'currency'>;
    readonly explanation: Explanation | undefined;
  }[];
}

export interface CustomerDesk {
  /** Names of the customer's own accounts, with their eyes. */
  readonly ownCharging: () => Promise<readonly string[]>;
  /** What a use took, and why: only of these accounts. Throws RefusedError (`charging.session-unknown`). */
  readonly ownUse: (account: string, use: string, own: readonly string[]) => Promise<OwnUse>;
  /** Says whose an account is; null: nobody's. Throws RefusedError (`engine.account-unknown`, `access.party-unknown`). */
  readonly chargingParty: (
    account: string,
    /** Undefined only asks. */
    party: string | null | undefined,
    by: string,
  ) => Promise<{ readonly account: string; readonly party: string | undefined }>;
}

const Use = Type.Object(
  {
    ...{ use: Type.String(), isOver: Type.Boolean(), entries: Type.Array(Entry) },
    parts: Type.Array(
      Type.Object(
        {
          ...{
            service: Type.String(),
            start: Instant,
            with: Type.Optional(Type.String({ description: 'The number called, or the like.' })),
          },
          charged: Money,
          steps: Type.Array(
            Type.Object(
              { step: Type.String({ description: 'tariff, rate, quantity, price, rounding, …' }), text: Type.String(), said: SaidSchema },
              closed,
            ),
            { description: 'Why it costs what it costs, in their order; none where it had its price from elsewhere.' },
          ),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'OwnUse' },
);

/** What else might have fitted, and under which version of ours, is the house's. */
const ourSteps: ReadonlySet<string> = new Set(['agreement', 'runner-up', 'portability']);

/** Notes name who of us made an entry. */
function ownEntry(kept: KeptEntry): Static<typeof Entry> {
  const { note: _, ...entry } = entryShown(kept, whole);
  return entry;
}

function useShown(use: string, { closedMicros, entries, records }: OwnUse): Static<typeof Use> {
  return {
    ...{ use, isOver: closedMicros !== undefined, entries: entries.map(ownEntry) },
    parts: records.map(({ record: { event, chargedNanos, currency }, explanation }) => ({
      ...{ service: event.service, start: formatInstant(event.startMicros) },
      ...(event.called === '' ? {} : { with: event.called }),
      charged: { amount: formatNanos(chargedNanos, 2), currency },
      steps: (explanation?.steps ?? [])
        .filter(({ step }) => !ourSteps.has(step))
        .map(({ step, text, said }) => ({ step, text, said: saidShown(said, whole) })),
    })),
  };
}

const PartyOfAccount = Type.Object(
  { account: Type.String(), party: Type.Optional(Type.String({ description: 'Left out: nobody’s.' })) },
  { ...closed, title: 'PartyOfAccount' },
);

export function customerOperations(
  { ownCharging, ownUse, chargingParty }: CustomerDesk,
  desk: AccountDesk,
  journal: Journal,
): readonly Operation[] {
  const common = { tag: 'Portal', permission: 'portal:use', forParties: ['customer'] } as const;
  const look = { ...common, method: 'GET' } as const;
  const change = { ...common, repetition: 'key', audit: { subject: 'charging-account', ahead: true } } as const;
  const command = commander(desk);
  const wrong = new Map<string, { count: number; untilMs: number }>();
  /** Work of the house on an account that is seen to be theirs. Throws RefusedError (`engine.account-unknown`). */
  const onOwn = async <T>(account: string, work: (own: readonly string[]) => Promise<T>): Promise<T> => {
    const own = await ownCharging();
    if (!own.includes(account))
      throw new RefusedError(refuse('engine.account-unknown', `there is no account ${account}`, { value: account }));
    return asHouse(() => work(own));
  };
  const ofParty = { tag: 'Charging accounts', path: '/v1/charging/accounts/{account}/party', parameters: accountPath } as const;
  const partyShown = ({ account, party }: { readonly account: string; readonly party: string | undefined }) => ({
    body: { account, ...(party === undefined ? {} : { party }) },
  });
  return [
    operation({
      ...{ ...ofParty, id: 'getChargingParty', method: 'GET', permission: 'charging:read', summary: 'Whose an account is' },
      ...{ answer: PartyOfAccount, refusals: ['engine.account-unknown'] },
      handle: async ({ parameters, principal }) => partyShown(await chargingParty(parameters.account, undefined, actorOf(principal))),
    }),
    operation({
      ...{ ...ofParty, id: 'setChargingParty', permission: 'charging:manage', method: 'PUT', repetition: 'natural' },
      summary: 'Say whose an account is: its customer sees it',
      audit: { subject: 'charging-account' },
      body: Type.Object({ party: Type.Union([Name, Type.Null()], { description: 'null: nobody’s any more.' }) }, closed),
      answer: PartyOfAccount,
      refusals: ['engine.account-unknown', 'access.party-unknown'],
      handle: async ({ parameters, body, principal }) =>
        partyShown(await chargingParty(parameters.account, body.party, actorOf(principal))),
    }),
    operation({
      ...{ ...look, id: 'listOwnChargingAccounts', path: '/v1/portal/charging-accounts', summary: 'Your accounts with their balances' },
      answer: Type.Object(
        {
          items: Type.Array(Account),
          names: Type.Record(Type.String(), Type.String(), { description: 'Of plans and of what balances are of, by their ids.' }),
        },
        closed,
      ),
      handle: async () => {
        const own = await ownCharging();
        const found = await asHouse(() => Promise.all(own.map((name) => desk.find(name))));
        const items = found.map((account) => accountShown(account, desk.counters(account), whole));
        return { body: { items, names: Object.assign({}, ...found.map((account) => desk.names(account))) } };
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
          const items = entries.map(ownEntry);
          return { body: { items, next: before === 0 ? null : writeCursor([before]) } };
        }),
    }),
    operation({
      ...{ ...look, id: 'explainOwnUse', path: '/v1/portal/charging-accounts/{account}/uses/{use}' },
      summary: 'What a use took, and why it costs what it costs',
      description: 'As the entries of the history name it under `of`. What still goes on has no price yet.',
      parameters: Type.Object({ ...accountPath.properties, use: Type.String({ ...Name, maxLength: 600 }) }),
      ...{ answer: Use, refusals: ['engine.account-unknown', 'charging.session-unknown'] },
      handle: ({ parameters: { account, use } }) =>
        onOwn(account, async (own) => ({ body: useShown(use, await ownUse(account, use, own)) })),
    }),
    operation({
      ...{ ...look, parameters: accountPath, id: 'listOwnSpendingControls', path: '/v1/portal/charging-accounts/{account}/controls' },
      summary: 'Your limits of spending, and where they stand',
      ...{ answer: Type.Object({ items: Type.Array(Control) }, closed), refusals: ['engine.account-unknown'] },
      handle: ({ parameters: { account } }) => onOwn(account, async () => controlsShown(desk.controls(await desk.find(account)))),
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
            return { body: accountShown(done, desk.counters(done), whole) };
          } catch (error) {
            if (error instanceof RefusedError && error.refusals.some((each) => each.code === 'charging.voucher-unknown'))
              wrong.set(party, { ...tries, count: tries.count + 1 });
            throw error;
          }
        }),
    }),
  ];
}
