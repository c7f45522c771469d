/** What else is done to an account: by whom it is known, what it draws from, what it bought, what its customer limits. */
import Type from 'typebox';
import { type Quantity as CoreQuantity, parseQuantity } from '#core/catalog/quantity.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { type Operation, operation } from '../operation.ts';
import { Instant, Name } from '../schemas.ts';
import { change, commanded, commander, look } from './accounts.ts';
import type { AccountDesk } from './ports.ts';
import { identityOf, microsOf } from './read-use.ts';
import { Account, accountPath, Control, note, Quantity, Subscriber } from './schemas.ts';
import { controlsShown } from './show.ts';

const closed = { additionalProperties: false } as const;
const made = { ...change, parameters: accountPath, answer: Account, status: 201 } as const;
const removed = { ...change, method: 'DELETE', answer: Account } as const;
const account = accountPath.properties;
const ControlName = Type.String({ ...Name, description: 'Its name in the plan.' });

export function manageOperations(desk: AccountDesk): readonly Operation[] {
  return [...identities(desk), ...offers(desk), ...controls(desk)];
}

/** Who it is, and whose buckets it uses. */
function identities(desk: AccountDesk): readonly Operation[] {
  const command = commander(desk);
  return [
    operation({
      ...made,
      ...{ id: 'addIdentity', path: '/v1/charging/accounts/{account}/identities', summary: 'Know an account by one identity more' },
      body: Type.Object({ identity: Subscriber, note }, closed),
      refusals: ['engine.identity-taken', ...commanded],
      handle: (call) =>
        command(call, call.parameters.account, { kind: 'add-identity', identity: identityOf(call.body.identity) }, call.body.note),
    }),
    operation({
      ...removed,
      ...{
        id: 'removeIdentity',
        path: '/v1/charging/accounts/{account}/identities/{identity}',
        summary: 'Know it by an identity no longer',
      },
      parameters: Type.Object({ ...account, identity: Subscriber }),
      refusals: commanded,
      handle: (call) =>
        command(call, call.parameters.account, { kind: 'remove-identity', identity: identityOf(call.parameters.identity) }, undefined),
    }),
    operation({
      ...made,
      ...{ id: 'joinPool', path: '/v1/charging/accounts/{account}/pools', summary: 'Draw from the buckets of another account' },
      body: Type.Object(
        {
          pool: Type.String({ ...Name, description: 'Name of that account, or an identity of it.' }),
          caps: Type.Optional(
            Type.Array(Type.Object({ allowance: Name, most: Quantity }, closed), {
              maxItems: 20,
              description: 'The most that the member may take of an allowance in its period.',
            }),
          ),
          note,
        },
        closed,
      ),
      refusals: ['charging.pool-of-itself', 'engine.pool-elsewhere', ...commanded],
      handle: async (call) => {
        const { pool, caps = [], note: text } = call.body;
        const { id } = await desk.find(pool);
        const most = caps.map(({ allowance, most: quantity }, at) => ({
          definition: allowance,
          most: quantityOf(quantity, `body/caps/${at}/most`).amount,
        }));
        return command(call, call.parameters.account, { kind: 'join-pool', membership: { pool: id, caps: most } }, text);
      },
    }),
    operation({
      ...removed,
      ...{ id: 'leavePool', path: '/v1/charging/accounts/{account}/pools/{pool}', summary: 'Draw from it no longer' },
      parameters: Type.Object({ ...account, pool: Name }),
      refusals: ['engine.pool-elsewhere', ...commanded],
      handle: async (call) => {
        const { id } = await desk.find(call.parameters.pool);
        return command(call, call.parameters.account, { kind: 'leave-pool', pool: id }, undefined);
      },
    }),
    operation({
      ...removed,
      ...{
        id: 'closeChargingSession',
        path: '/v1/charging/accounts/{account}/sessions/{session}',
        summary: 'End a running session with what it has reported',
      },
      parameters: Type.Object({
        ...account,
        session: Type.String({ ...Name, maxLength: 600, description: 'As listChargingSessions names it.' }),
      }),
      refusals: ['charging.session-unknown', ...commanded],
      handle: (call) => command(call, call.parameters.account, { kind: 'close-session', session: call.parameters.session }, undefined),
    }),
  ];
}

/** What it has besides its plan. */
function offers(desk: AccountDesk): readonly Operation[] {
  const command = commander(desk);
  return [
    operation({
      ...made,
      ...{ id: 'buyAddOn', path: '/v1/charging/accounts/{account}/add-ons', summary: 'Buy an add-on with the account’s money' },
      body: Type.Object({ addOn: Name, note }, closed),
      refusals: ['charging.add-on-unknown', 'charging.balance-too-low', 'charging.currency-differs', ...commanded],
      handle: (call) => command(call, call.parameters.account, { kind: 'buy-add-on', addOn: call.body.addOn }, call.body.note),
    }),
    operation({
      ...removed,
      ...{ id: 'stopAddOn', path: '/v1/charging/accounts/{account}/add-ons/{addOn}', summary: 'An add-on is not bought again' },
      parameters: Type.Object({ ...account, addOn: Name }),
      refusals: ['charging.add-on-unknown', ...commanded],
      handle: (call) => command(call, call.parameters.account, { kind: 'stop-add-on', addOn: call.parameters.addOn }, undefined),
    }),
    operation({
      ...made,
      ...{ id: 'giveAllowance', path: '/v1/charging/accounts/{account}/allowances', summary: 'Give an allowance for nothing' },
      body: Type.Object({ allowance: Name, note }, closed),
      refusals: ['charging.allowance-unknown', ...commanded],
      handle: (call) => command(call, call.parameters.account, { kind: 'give-allowance', allowance: call.body.allowance }, call.body.note),
    }),
    operation({
      ...made,
      ...{
        id: 'convertUnits',
        path: '/v1/charging/accounts/{account}/conversions',
        summary: 'Turn units of a bucket into something else, as its allowance allows',
      },
      body: Type.Object(
        {
          bucket: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
          amount: Quantity,
          to: Type.String({ ...Name, description: '`main`, or an allowance.' }),
          note,
        },
        closed,
      ),
      refusals: [
        ...(['charging.bucket-unknown', 'charging.conversion-unknown', 'charging.amount-wrong', 'charging.balance-too-low'] as const),
        ...commanded,
      ],
      handle: (call) => {
        const { bucket, amount, to, note: text } = call.body;
        return command(call, call.parameters.account, { kind: 'convert', bucket, to, ...quantityOf(amount, 'body/amount') }, text);
      },
    }),
  ];
}

/** Limits of spending. */
function controls(desk: AccountDesk): readonly Operation[] {
  const command = commander(desk);
  return [
    operation({
      ...look,
      ...{
        id: 'listSpendingControls',
        path: '/v1/charging/accounts/{account}/controls',
        summary: 'Controls of spending: what the plan says, what the customer set, where they stand',
      },
      answer: Type.Object({ items: Type.Array(Control) }, closed),
      refusals: ['engine.account-unknown'],
      handle: async ({ parameters }) => controlsShown(desk.controls(await desk.find(parameters.account))),
    }),
    operation({
      ...change,
      ...{
        id: 'setSpendingControl',
        method: 'PUT',
        path: '/v1/charging/accounts/{account}/controls/{control}',
        summary: 'Set a limit, or agree to go beyond it',
      },
      description: 'What is left out stays as it is.',
      parameters: Type.Object({ ...account, control: ControlName }),
      body: Type.Object(
        {
          limit: Type.Optional(Type.Union([Quantity, Type.Literal('plan')], { description: '`plan`: the plan’s limit again.' })),
          agreedUntil: Type.Optional(
            Type.Union([Instant, Type.Literal('period'), Type.Null()], {
              description: '`period`: until the control’s period ends; null: agreed no longer.',
            }),
          ),
          note,
        },
        { ...closed, minProperties: 1 },
      ),
      answer: Account,
      refusals: [
        ...(['charging.control-unknown', 'charging.control-fixed', 'charging.limit-out-of-bounds', 'charging.amount-wrong'] as const),
        ...commanded,
      ],
      handle: (call) => {
        const { limit, agreedUntil, note: text } = call.body;
        const stated = limit === undefined ? {} : limitOf(limit);
        const agreed = agreedUntil === undefined ? {} : { agreedToMicros: agreementOf(agreedUntil) };
        const words = { kind: 'set-control', control: call.parameters.control, ...stated, ...agreed } as const;
        return command(call, call.parameters.account, words, text);
      },
    }),
  ];
}

export function limitOf(text: string): { readonly limit: bigint | 'plan'; readonly unit?: CoreQuantity['unit'] } {
  if (text === 'plan') return { limit: text };
  const { amount, unit } = quantityOf(text, 'body/limit');
  return { limit: amount, unit };
}

export function agreementOf(until: string | null): number | 'period' {
  if (until === null) return 0;
  return until === 'period' ? until : microsOf(until, 'body/agreedUntil');
}

/** Throws RefusedError (`api.field-wrong`) for units that there are not, and for what is too large or has parts of a unit. */
function quantityOf(text: string, field: string): CoreQuantity {
  const quantity = parseQuantity(text);
  if (quantity === undefined)
    throw new RefusedError(
      refuse('api.field-wrong', 'a quantity is written as 10 GB, 100 min, 50 messages or 5.00', { field, value: text }),
    );
  return quantity;
}
