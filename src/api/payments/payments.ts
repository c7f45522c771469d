/** Payments: those of which something is left, and one with what it may be for. */
import Type, { type Static } from 'typebox';
import type { LedgerEntry } from '#core/ledger/entry.ts';
import { formatNanos } from '#core/money/amount.ts';
import type { Suggestion } from '#core/payments/matching.ts';
import type { OpenBalance } from '#core/payments/settle.ts';
import { type Payment, paymentReference } from '#operations/payments/ports.ts';
import { listed, numberKey, ofLegalEntity } from '../listing.ts';
import { type Operation, operation } from '../operation.ts';
import { Amount, Currency, LocalDate, Money, Page, sortedQuery } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

export interface UnsettledShown {
  readonly payment: Payment;
  readonly left: readonly OpenBalance[];
}

/** What was settled with a payment. */
export interface PaymentUse {
  readonly entry: Pick<LedgerEntry, 'day' | 'by' | 'cause' | 'postings'>;
  /** It was taken back. */
  readonly isUndone: boolean;
}

/** Methods throw RefusedError for what is refused. */
export interface PaymentBooks {
  readonly unsettled: (legalEntity: string | undefined) => Promise<readonly UnsettledShown[]>;
  readonly show: (
    id: bigint,
  ) => Promise<UnsettledShown & { readonly suggestions: readonly Suggestion[]; readonly allocations: readonly PaymentUse[] }>;
}

const PaymentShown = Type.Object(
  {
    ...{ payment: Type.String(), legalEntity: Type.String(), direction: Type.Enum(['in', 'out']), day: LocalDate, money: Money },
    ...{
      from: Type.Optional(Type.String()),
      iban: Type.Optional(Type.String()),
      said: Type.Array(Type.String()),
      isReversal: Type.Boolean(),
    },
    left: Type.Array(Type.Object({ account: Type.Optional(Type.String()), money: Money }, closed), {
      description: 'What is not settled of it.',
    }),
  },
  { ...closed, title: 'Payment' },
);

const Use = Type.Object(
  {
    ...{ allocation: Type.String({ description: '`PAY-17/2`: see getAllocation.' }), day: LocalDate, by: Type.String() },
    documents: Type.Array(Type.Object({ document: Type.String(), amount: Amount, currency: Currency }, closed), {
      description: 'Above zero is owed to us less.',
    }),
    isUndone: Type.Boolean({ description: 'It was taken back.' }),
  },
  { ...closed, title: 'PaymentUse' },
);

export function paymentOperations(books: PaymentBooks): readonly Operation[] {
  const common = { tag: 'Payments', method: 'GET', permission: 'payments:read' } as const;
  return [
    operation({
      ...common,
      ...{ id: 'listUnsettledPayments', path: '/v1/payments/unsettled', summary: 'Payments of which something is left' },
      query: Type.Object({ ...sortedQuery, ...ofLegalEntity }, closed),
      answer: Page(PaymentShown),
      refusals: ['api.cursor-wrong', 'ledger.legal-entity-unknown'],
      handle: async ({ query }) => ({
        body: listed(await books.unsettled(query.legalEntity), query, ({ payment }) => numberKey(payment.id), paymentShown),
      }),
    }),
    operation({
      ...common,
      ...{ id: 'getPayment', path: '/v1/payments/{payment}', summary: 'A payment, and what it may be for' },
      parameters: Type.Object({ payment: Type.String({ pattern: '^PAY-[1-9][0-9]{0,17}$' }) }),
      answer: Type.Object(
        {
          payment: PaymentShown,
          suggestions: Type.Array(
            Type.Object(
              {
                ...{ account: Type.String(), documents: Type.Array(Type.String()), evidence: Type.Array(Type.String()) },
                strength: Type.Enum(['certain', 'likely', 'possible']),
              },
              closed,
            ),
          ),
          allocations: Type.Array(Use, { description: 'What was settled with it, the first first.' }),
        },
        closed,
      ),
      refusals: ['payment.unknown'],
      handle: async ({ parameters }) => {
        const shown = await books.show(BigInt(parameters.payment.slice(4)));
        const suggestions = shown.suggestions.map(({ account, documents, evidence, strength }) => ({
          ...{ account, documents: [...documents], evidence: [...evidence], strength },
        }));
        return { body: { payment: paymentShown(shown), suggestions, allocations: shown.allocations.map(useShown) } };
      },
    }),
  ];
}

function useShown({ entry: { day, by, cause, postings }, isUndone }: PaymentUse): Static<typeof Use> {
  return {
    ...{ allocation: cause.id, day, by, isUndone },
    documents: postings.flatMap(({ document, amountNanos, currency }) =>
      document === undefined || document === ofPayment(cause.id) ? [] : [{ document, amount: formatNanos(-amountNanos, 2), currency }],
    ),
  };
}

/** Its own name stands in the books where it was not settled yet. */
const ofPayment = (allocation: string): string | undefined => allocation.split('/')[0];

function paymentShown({ payment, left }: UnsettledShown) {
  const { legalEntity, direction, day, amountNanos, currency, name, iban, said, isReversal } = payment;
  return {
    ...{
      payment: paymentReference(payment),
      legalEntity,
      direction,
      day,
      money: { amount: formatNanos(amountNanos, 2), currency },
      isReversal,
    },
    ...(name === undefined ? {} : { from: name }),
    ...(iban === undefined ? {} : { iban }),
    said: [...said],
    left: left.map(({ account, openNanos, currency: of }) => ({
      ...(account === undefined ? {} : { account }),
      money: { amount: formatNanos(openNanos, 2), currency: of },
    })),
  };
}
