/** What a party owes, billed or not, against what it may. */
import Type from 'typebox';
import { formatNanos } from '#core/money/amount.ts';
import { type Exposure, percentUsed } from '#core/payments/credit.ts';
import { checkDays } from '../listing.ts';
import { type Operation, operation } from '../operation.ts';
import { Amount, Currency, LocalDate, Name } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

/** Throws RefusedError (`credit.account-unknown`, `exchange.rate-missing`). */
export type ExposureReader = (account: string, day: string) => Promise<Exposure & { readonly currency: string }>;

const ExposureShown = Type.Object(
  {
    ...{ account: Type.String(), currency: Currency },
    unbilled: Type.String({ ...Amount, description: 'Charges of days that no statement covers yet.' }),
    billed: Type.String({ ...Amount, description: 'Documents issued and not settled.' }),
    ...{ disputed: Amount, unallocated: Amount, deposit: Amount, payable: Amount, contested: Amount, exposure: Amount },
    limit: Type.Optional(Amount),
    available: Type.Optional(Type.String({ ...Amount, description: 'Below zero when it is overdrawn.' })),
    usedPercent: Type.Optional(Type.String()),
  },
  { ...closed, title: 'Exposure', description: 'In the account’s currency.' },
);

export function exposureOperations(read: ExposureReader): readonly Operation[] {
  return [
    operation({
      ...{ tag: 'Ledger', method: 'GET', permission: 'ledger:read' },
      ...{ id: 'getExposure', path: '/v1/accounts/{account}/exposure', summary: 'What it owes, billed or not, against its limit' },
      description: 'Live: records count as soon as they are loaded. Other currencies are converted at the rates of `on`.',
      parameters: Type.Object({ account: Name }),
      query: Type.Object({ on: LocalDate }, closed),
      answer: ExposureShown,
      refusals: ['credit.account-unknown', 'exchange.rate-missing'],
      handle: async ({ parameters: { account }, query: { on } }) => {
        checkDays({ on });
        return { body: shown(account, await read(account, on)) };
      },
    }),
  ];
}

function shown(account: string, found: Exposure & { readonly currency: string }) {
  const money = (nanos: bigint) => formatNanos(nanos, 2);
  const used = percentUsed(found);
  return {
    ...{ account, currency: found.currency, unbilled: money(found.unbilledNanos), billed: money(found.billedNanos) },
    ...{ disputed: money(found.disputedNanos), unallocated: money(found.unallocatedNanos), deposit: money(found.depositNanos) },
    ...{ payable: money(found.payableNanos), contested: money(found.contestedNanos), exposure: money(found.exposureNanos) },
    ...(found.limitNanos === undefined ? {} : { limit: money(found.limitNanos) }),
    ...(found.availableNanos === undefined ? {} : { available: money(found.availableNanos) }),
    ...(used === undefined ? {} : { usedPercent: used }),
  };
}
