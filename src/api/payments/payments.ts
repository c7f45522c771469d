/** Payments: those of which something is left, and one with what it may be for. */
import Type from 'typebox';
import { formatNanos } from '#core/money/amount.ts';
import type { Suggestion } from '#core/payments/matching.ts';
import type { OpenBalance } from '#core/payments/settle.ts';
import { type Payment, paymentReference } from '#operations/payments/ports.ts';
import { listed, numberKey, ofLegalEntity } from '../listing.ts';
import { type Operation, operation } from '../operation.ts';
import { LocalDate, Money, Page, sortedQuery } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

export interface UnsettledShown {
  readonly payment: Payment;
  readonly left: readonly OpenBalance[];
}

/** Methods throw RefusedError for what is refused. */
export interface PaymentBooks {
  readonly unsettled: (legalEntity: string | undefined) => Promise<readonly UnsettledShown[]>;
  readonly show: (id: bigint) => Promise<UnsettledShown & { readonly suggestions: readonly Suggestion[] }>;
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
        },
        closed,
      ),
      refusals: ['payment.unknown'],
      handle: async ({ parameters }) => {
        const shown = await books.show(BigInt(parameters.payment.slice(4)));
        const suggestions = shown.suggestions.map(({ account, documents, evidence, strength }) => ({
          ...{ account, documents: [...documents], evidence: [...evidence], strength },
        }));
        return { body: { payment: paymentShown(shown), suggestions } };
      },
    }),
  ];
}

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
