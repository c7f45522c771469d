/** How old what is open is. */
import Type from 'typebox';
import { type AgeingRow, bucketNames } from '#core/ledger/ageing.ts';
import { formatNanos } from '#core/money/amount.ts';
import { checkDays, ofLegalEntity } from '../listing.ts';
import { type Operation, operation } from '../operation.ts';
import { Amount, Currency, LocalDate, Name } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

export interface AgeingShown {
  readonly legalEntity: string;
  readonly bounds: readonly number[];
  readonly rows: readonly AgeingRow[];
}

/** Throws RefusedError for what is refused. */
export type ReadAgeing = (question: {
  readonly legalEntity?: string;
  readonly account?: string;
  readonly on?: string;
}) => Promise<readonly AgeingShown[]>;

const Ageing = Type.Object(
  {
    ...{ legalEntity: Type.String(), buckets: Type.Array(Type.String({ description: '`not due`, `1–30`, … days late' })) },
    rows: Type.Array(
      Type.Object(
        {
          ...{ account: Type.String(), ledgerAccount: Type.Enum(['receivable', 'payable']), currency: Currency },
          amounts: Type.Array(Amount, { description: 'One for each bucket, without what is disputed.' }),
          ...{ disputed: Amount, total: Amount },
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'Ageing', description: 'Positive is owed to us.' },
);

export function ageingOperations(read: ReadAgeing): readonly Operation[] {
  return [
    operation({
      ...{ tag: 'Ledger', method: 'GET', permission: 'ledger:read' },
      ...{ id: 'getAgeing', path: '/v1/ledger/ageing', summary: 'How old what is open is, by account and currency' },
      query: Type.Object(
        {
          ...ofLegalEntity,
          account: Type.Optional(Name),
          on: Type.Optional(Type.String({ ...LocalDate, description: 'At the end of this day; today (UTC) when left out.' })),
        },
        closed,
      ),
      answer: Type.Object({ items: Type.Array(Ageing) }, closed),
      refusals: ['ledger.legal-entity-unknown'],
      handle: async ({ query }) => {
        checkDays({ on: query.on });
        const items = (await read(query)).map(({ legalEntity, bounds, rows }) => ({
          ...{ legalEntity, buckets: [...bucketNames(bounds)] },
          rows: rows.map(({ account, ledgerAccount, currency, bucketsNanos, disputedNanos, totalNanos }) => ({
            ...{ account, ledgerAccount, currency, amounts: bucketsNanos.map((nanos) => formatNanos(nanos, 2)) },
            ...{ disputed: formatNanos(disputedNanos, 2), total: formatNanos(totalNanos, 2) },
          })),
        }));
        return { body: { items } };
      },
    }),
  ];
}
