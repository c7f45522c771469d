/** What an account may owe, and whether it is used: each with its own address, as the version of the account moves with every use. */
import Type from 'typebox';
import { accountStatuses, type ChargingAccount, FOREVER } from '#core/charging/account.ts';
import { MAIN } from '#core/charging/working-account.ts';
import { formatNanos } from '#core/money/amount.ts';
import { type Operation, operation } from '../operation.ts';
import { Money } from '../schemas.ts';
import { change, commanded, commander, look } from './accounts.ts';
import type { AccountDesk } from './ports.ts';
import { nanosOf } from './read-use.ts';
import { Account, accountPath, note } from './schemas.ts';

const closed = { additionalProperties: false } as const;
const limit = { path: '/v1/charging/accounts/{account}/credit-limit', parameters: accountPath } as const;
const status = { path: '/v1/charging/accounts/{account}/status', parameters: accountPath } as const;
const unknown = ['engine.account-unknown'] as const;

export function limitAndStatusOperations(desk: AccountDesk): readonly Operation[] {
  const command = commander(desk);
  return [
    operation({
      ...{ ...look, ...limit, id: 'getCreditLimit', summary: 'What an account may owe', refusals: unknown },
      answer: Type.Object({ account: Type.String(), creditLimit: Money }, { ...closed, title: 'CreditLimit' }),
      handle: async ({ parameters }) => {
        const found = await desk.find(parameters.account);
        return { body: { account: found.id, creditLimit: { amount: formatNanos(limitNanosOf(found), 2), currency: found.currency } } };
      },
    }),
    operation({
      ...{ ...change, ...limit, id: 'setCreditLimit', method: 'PUT', summary: 'Set what an account may owe' },
      body: Type.Object({ amount: Type.String({ pattern: '^(0|[1-9][0-9]{0,17})(\\.[0-9]{1,9})?$' }), note }, closed),
      answer: Account,
      refusals: ['charging.limit-too-low', 'charging.amount-wrong', ...commanded],
      handle: async (call) =>
        command(call, call.parameters.account, { kind: 'set-credit-limit', nanos: nanosOf(call.body.amount) }, call.body.note),
    }),
    operation({
      ...{ ...look, ...status, id: 'getChargingStatus', summary: 'Whether an account is active, blocked or closed', refusals: unknown },
      answer: Type.Object({ account: Type.String(), status: Type.Enum([...accountStatuses]) }, { ...closed, title: 'ChargingStatus' }),
      handle: async ({ parameters }) => {
        const { id, status: now } = await desk.find(parameters.account);
        return { body: { account: id, status: now } };
      },
    }),
    operation({
      ...{ ...change, ...status, id: 'setChargingStatus', method: 'PUT', summary: 'Activate, block or close an account' },
      description: 'Blocked or closed, nothing is granted any more and running sessions end. Closed is for ever.',
      body: Type.Object({ status: Type.Enum([...accountStatuses]), note }, closed),
      answer: Account,
      refusals: commanded,
      handle: async (call) => command(call, call.parameters.account, { kind: 'set-status', status: call.body.status }, call.body.note),
    }),
  ];
}

function limitNanosOf({ id, buckets }: ChargingAccount): bigint {
  const money = buckets.find(({ definition, validToMicros }) => definition === MAIN && validToMicros === FOREVER);
  if (money === undefined) throw new Error(`${id} has no money`);
  return money.limit;
}
