/** What we pay: orders to the bank, proposed by one and approved by another. */
import Type, { type Static } from 'typebox';
import { formatNanos } from '#core/money/amount.ts';
import { formatInstant } from '#core/time/zoned.ts';
import type { PaymentOrder } from '#operations/payments/orders.ts';
import { checkDays, listed, numberKey, ofLegalEntity } from '../listing.ts';
import { actorOf, fileOperation, type Operation, operation } from '../operation.ts';
import { Amount, Currency, Instant, LocalDate, Name, Page, sortedQuery, Text } from '../schemas.ts';

const closed = { additionalProperties: false } as const;
const states = ['proposed', 'approved', 'rejected'] as const;
/** Of pain.001.001. */
const painVersions = ['09', '03'] as const;

const Propose = Type.Object(
  {
    dueBy: Type.String({ ...LocalDate, description: 'What is due by this day is paid.' }),
    day: Type.Optional(Type.String({ ...LocalDate, description: 'On which the bank shall pay; today (UTC) when left out.' })),
    currency: Type.Optional(Currency),
    party: Type.Optional(Type.String({ ...Name, description: 'Only this one.' })),
    refunds: Type.Optional(
      Type.Array(Name, {
        minItems: 1,
        maxItems: 200,
        description: 'Money of these payments, or credits of these documents, is given back instead.',
      }),
    ),
    from: Type.Optional(Type.String({ ...Name, description: 'Our bank account; the one configured for the currency when left out.' })),
    legalEntity: ofLegalEntity.legalEntity,
  },
  { ...closed, title: 'ProposePaymentOrder' },
);
export type ProposeOrderBody = Static<typeof Propose>;

/** Methods throw RefusedError for what is refused. */
export interface OrderDesk {
  readonly list: (legalEntity: string | undefined) => Promise<readonly PaymentOrder[]>;
  readonly propose: (body: ProposeOrderBody, by: string) => Promise<PaymentOrder>;
  readonly approve: (id: bigint, on: string | undefined, by: string) => Promise<PaymentOrder>;
  readonly reject: (id: bigint, why: string, by: string) => Promise<PaymentOrder>;
  readonly file: (id: bigint, version: (typeof painVersions)[number]) => Promise<string>;
}

const Order = Type.Object(
  {
    ...{ order: Type.String(), legalEntity: Type.String(), state: Type.Enum([...states]), day: LocalDate, bankAccount: Type.String() },
    ...{ by: Type.String(), madeAt: Instant },
    lines: Type.Array(
      Type.Object(
        {
          ...{ reference: Type.String(), party: Type.String(), name: Type.String(), account: Type.String(), to: Type.String() },
          ...{ amount: Amount, currency: Currency, documents: Type.Array(Type.String()) },
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'PaymentOrder' },
);

export function paymentOrderOperations(desk: OrderDesk): readonly Operation[] {
  const read = { tag: 'Payments', method: 'GET', permission: 'payments:read' } as const;
  const change = { tag: 'Payments', method: 'POST', repetition: 'key', audit: { subject: 'payment-order' }, answer: Order } as const;
  const one = { parameters: Type.Object({ order: Type.String({ pattern: '^OUT-[1-9][0-9]{0,17}$' }) }) };
  const numberOf = (order: string): bigint => BigInt(order.slice(4));
  return [
    operation({
      ...{ ...read, id: 'listPaymentOrders', path: '/v1/payment-orders', summary: 'Payment orders by their number' },
      query: Type.Object({ ...sortedQuery, ...ofLegalEntity, state: Type.Optional(Type.Enum([...states])) }, closed),
      ...{ answer: Page(Order), refusals: ['api.cursor-wrong'] },
      handle: async ({ query }) => {
        const found = (await desk.list(query.legalEntity)).filter(({ state }) => (query.state ?? state) === state);
        return { body: listed(found, query, ({ id }) => numberKey(id), orderShown) };
      },
    }),
    fileOperation({
      ...{ ...read, ...one, id: 'getPaymentOrderFile', path: '/v1/payment-orders/{order}/file', types: ['application/xml'] },
      summary: 'An approved order for the bank (pain.001)',
      description: 'The same order is the same file, whenever.',
      query: Type.Object(
        { version: Type.Optional(Type.Enum([...painVersions], { description: 'Of pain.001.001; 09 when left out.' })) },
        closed,
      ),
      refusals: ['payment.unknown', 'payment.order-open'],
      handle: async ({ parameters: { order }, query: { version = '09' } }) => ({
        ...{ type: 'application/xml', name: `${order}.xml`, content: new TextEncoder().encode(await desk.file(numberOf(order), version)) },
      }),
    }),
    operation({
      ...{
        ...change,
        id: 'proposePaymentOrder',
        path: '/v1/payment-orders',
        summary: 'Propose what is to be paid',
        permission: 'payments:manage',
      },
      ...{ status: 201, body: Propose },
      refusals: ['payment.nothing-to-pay', 'payment.party-bank-missing', 'payment.own-bank-missing', 'ledger.legal-entity-unknown'],
      handle: async ({ body, principal }) => {
        checkDays({ dueBy: body.dueBy, day: body.day });
        return { body: orderShown(await desk.propose(body, actorOf(principal))) };
      },
    }),
    operation({
      ...{
        ...change,
        ...one,
        id: 'approvePaymentOrder',
        path: '/v1/payment-orders/{order}/approvals',
        summary: 'Approve an order',
        permission: 'payments:approve',
      },
      description: 'As oneself: where the legal entity wants two, not as who proposed it.',
      body: Type.Object({ on: Type.Optional(LocalDate) }, closed),
      refusals: ['payment.unknown', 'payment.order-decided', 'payment.second-person', 'payment.items-changed'],
      handle: async ({ parameters, body: { on }, principal }) => {
        checkDays({ on });
        return { body: orderShown(await desk.approve(numberOf(parameters.order), on, actorOf(principal))) };
      },
    }),
    operation({
      ...{
        ...change,
        ...one,
        id: 'rejectPaymentOrder',
        path: '/v1/payment-orders/{order}/rejections',
        summary: 'Reject an order',
        permission: 'payments:approve',
      },
      body: Type.Object({ why: Type.String({ ...Text, minLength: 1 }) }, closed),
      refusals: ['payment.unknown', 'payment.order-decided', 'ledger.reason-missing'],
      handle: async ({ parameters, body: { why }, principal }) => ({
        body: orderShown(await desk.reject(numberOf(parameters.order), why, actorOf(principal))),
      }),
    }),
  ];
}

function orderShown({ id, legalEntity, state, day, bankAccount, by, madeAtMicros, lines }: PaymentOrder): Static<typeof Order> {
  return {
    ...{ order: `OUT-${id}`, legalEntity, state, day, bankAccount, by, madeAt: formatInstant(madeAtMicros) },
    lines: lines.map(({ party, name, account, iban, accountNumber, amountNanos, currency, balances }, at) => ({
      ...{ reference: `OUT-${id}-${at + 1}`, party, name, account, to: iban ?? accountNumber ?? '' },
      ...{ amount: formatNanos(amountNanos, 2), currency, documents: balances.map(({ document }) => document) },
    })),
  };
}
