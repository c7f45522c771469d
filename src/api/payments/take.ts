/** Payments come in and are settled: bank files, by hand, allocation, returns, write-offs, interest. */
import Type, { type Static } from 'typebox';
import { formatNanos } from '#core/money/amount.ts';
import { allocationRules } from '#core/payments/allocation.ts';
import type { Entered } from '#operations/ledger/enter-entries.ts';
import type { Allocated } from '#operations/payments/allocate-payment.ts';
import { paymentReference } from '#operations/payments/ports.ts';
import type { TakenPayment } from '#operations/payments/take-payments.ts';
import type { Interest } from '#operations/payments/write-off.ts';
import { checkDays, ofLegalEntity } from '../listing.ts';
import { actorOf, type Operation, operation } from '../operation.ts';
import { Amount, Currency, LocalDate, Money, Name, Text } from '../schemas.ts';
import { UploadName } from '../uploads/uploads.ts';

const closed = { additionalProperties: false } as const;
const legalEntity = ofLegalEntity.legalEntity;
const on = Type.Optional(Type.String({ ...LocalDate, description: 'Day of the books; today (UTC) when left out.' }));
const why = Type.String({ ...Text, minLength: 1, description: 'Kept with the entry.' });
const Document = Type.String({ ...Name, description: 'Number of the document.' });

const Take = Type.Object({ upload: UploadName, legalEntity }, { ...closed, title: 'TakeBankFile' });
const Enter = Type.Object(
  {
    reference: Type.String({ ...Name, maxLength: 120, description: 'Yours: the same again is the same payment.' }),
    ...{ direction: Type.Enum(['in', 'out']), money: Money, day: LocalDate },
    account: Type.Optional(Type.String({ ...Name, description: 'Billing account that it is of, where that is known.' })),
    said: Type.Optional(Type.Array(Text, { maxItems: 20, description: 'What it says it is for.' })),
    ...{ from: Type.Optional(Name), legalEntity },
  },
  { ...closed, title: 'EnterPayment' },
);
const Allocate = Type.Object(
  {
    from: Type.String({ ...Name, description: '`PAY-17`, or the number of a document with a credit.' }),
    account: Type.Optional(Type.String({ ...Name, description: 'Gives the payment to this account first.' })),
    documents: Type.Optional(
      Type.Array(Document, { minItems: 1, maxItems: 1000, description: 'Only these; all of the account when left out.' }),
    ),
    rule: Type.Optional(Type.Enum([...allocationRules], { description: 'That of the account when left out.' })),
    amount: Type.Optional({ ...Amount, description: 'Of the payment, only so much.' }),
    ...{ legalEntity, on },
  },
  { ...closed, title: 'AllocatePayment' },
);
const Assign = Type.Object({ account: Name, on }, { ...closed, title: 'AssignPayment' });
const Return = Type.Object(
  { of: Type.String({ ...Name, description: '`PAY-17`, or of a payment order `OUT-4-1`.' }), on },
  { ...closed, title: 'PaymentReturn' },
);
const WriteOff = Type.Object(
  { document: Document, money: Type.Optional(Money), why, legalEntity, on },
  { ...closed, title: 'WriteOff', description: 'Without money, all that is open of it.' },
);
const InterestOf = Type.Object(
  {
    ...{ document: Document, percent: Type.String({ pattern: '^[0-9]{1,3}(\\.[0-9]{1,6})?$', description: 'A year.' }), until: LocalDate },
    ...{ book: Type.Optional(Type.Boolean({ description: 'Book it; else it is only computed.' })), legalEntity },
  },
  { ...closed, title: 'LateInterest' },
);
export type EnterBody = Static<typeof Enter>;
export type AllocateBody = Static<typeof Allocate>;
export type WriteOffBody = Static<typeof WriteOff>;
export type InterestBody = Static<typeof InterestOf>;

/** Methods throw RefusedError for what is refused. */
export interface PaymentDesk {
  readonly takeFile: (
    upload: string,
    owner: string,
    legalEntity: string | undefined,
    by: string,
  ) => Promise<{
    readonly isNew: boolean;
    readonly entries: number;
    readonly pending: number;
    readonly known: number;
    readonly payments: readonly TakenPayment[];
  }>;
  readonly enter: (body: EnterBody, by: string) => Promise<TakenPayment>;
  readonly allocate: (body: AllocateBody, by: string) => Promise<Allocated>;
  readonly assign: (payment: bigint, account: string, on: string | undefined, by: string) => Promise<void>;
  readonly returned: (payment: bigint, of: string, on: string | undefined, by: string) => Promise<void>;
  readonly writeOff: (body: WriteOffBody, by: string) => Promise<Entered>;
  readonly interest: (body: InterestBody, by: string) => Promise<Interest>;
}

const Taken = Type.Object(
  {
    ...{ payment: Type.String(), money: Money, from: Type.Optional(Type.String()) },
    account: Type.Optional(Type.String({ description: 'Whose it is; left out where nobody knows.' })),
    settled: Type.Array(Type.String(), { description: 'Documents.' }),
    left: Amount,
    returns: Type.Optional(Type.String()),
    suggestions: Type.Integer({ description: 'What it may be for: getPayment.' }),
  },
  { ...closed, title: 'TakenPayment' },
);
const AllocatedShown = Type.Object(
  {
    ...{
      allocation: Type.Optional(Type.String({ description: '`PAY-17/2`; left out where nothing was open.' })),
      currency: Currency,
      left: Amount,
    },
    parts: Type.Array(Type.Object({ document: Type.String(), account: Type.String(), amount: Amount, currency: Currency }, closed)),
  },
  { ...closed, title: 'Allocated' },
);
export const EnteredShown = Type.Object(
  {
    state: Type.Enum(['booked', 'waiting'], { description: '`waiting`: for a second person.' }),
    entries: Type.Array(Type.Object({ entry: Type.String(), kind: Type.String(), reference: Type.String(), day: LocalDate }, closed)),
  },
  { ...closed, title: 'EnteredEntries' },
);

export function paymentDeskOperations(desk: PaymentDesk): readonly Operation[] {
  const change = {
    tag: 'Payments',
    method: 'POST',
    permission: 'payments:manage',
    repetition: 'key',
    audit: { subject: 'payment' },
  } as const;
  const one = { parameters: Type.Object({ payment: Type.String({ pattern: '^PAY-[1-9][0-9]{0,17}$' }) }) };
  const Done = Type.Object({ payment: Type.String() }, closed);
  const numberOf = (payment: string): bigint => BigInt(payment.slice(4));
  return [
    operation({
      ...{
        ...change,
        id: 'takeBankFile',
        path: '/v1/bank-files',
        summary: 'Take a bank’s file in (camt.052, .053, .054)',
        status: 201,
        body: Take,
      },
      description: 'Whole or not at all; entries that were taken before change nothing. What can be matched with certainty is settled.',
      answer: Type.Object(
        { isNew: Type.Boolean(), entries: Type.Integer(), pending: Type.Integer(), known: Type.Integer(), payments: Type.Array(Taken) },
        { ...closed, title: 'TakenBankFile' },
      ),
      refusals: [
        'upload.unknown',
        'payment.not-a-bank-file',
        'payment.bank-file-wrong',
        'payment.statement-off',
        'payment.bank-account-unknown',
      ],
      handle: async ({ body, principal }) => {
        const taken = await desk.takeFile(body.upload, principal.id, body.legalEntity, actorOf(principal));
        const { isNew, entries, pending, known, payments } = taken;
        return { body: { isNew, entries, pending, known, payments: payments.map(takenShown) } };
      },
    }),
    operation({
      ...{
        ...change,
        id: 'enterPayment',
        path: '/v1/payments',
        summary: 'Enter a payment by hand',
        status: 201,
        body: Enter,
        answer: Taken,
      },
      refusals: ['payment.amount-wrong', 'payment.reference-taken', 'ledger.legal-entity-unknown', 'ledger.period-closed'],
      handle: async ({ body, principal }) => {
        checkDays({ day: body.day });
        const taken = await desk.enter(body, actorOf(principal));
        return { body: takenShown(taken), location: `/v1/payments/${paymentReference(taken.payment)}` };
      },
    }),
    operation({
      ...{ ...change, id: 'allocatePayment', path: '/v1/allocations', summary: 'Settle documents with a payment or a credit', status: 201 },
      ...{ body: Allocate, answer: AllocatedShown },
      refusals: [
        'payment.unknown',
        'payment.not-assigned',
        'payment.assigned',
        'payment.document-not-open',
        'payment.less-open',
        'payment.amount-wrong',
      ],
      handle: async ({ body, principal }) => {
        checkDays({ on: body.on });
        const { allocation, currency, parts, leftNanos } = await desk.allocate(body, actorOf(principal));
        return {
          body: {
            ...(allocation === undefined ? {} : { allocation }),
            ...{ currency, left: formatNanos(leftNanos, 2) },
            parts: parts.map(({ balance, nanos }) => ({
              ...{ document: balance.document ?? '', account: balance.account ?? '', currency: balance.currency },
              amount: formatNanos(nanos < 0n ? -nanos : nanos, 2),
            })),
          },
        };
      },
    }),
    operation({
      ...{
        ...change,
        ...one,
        id: 'assignPayment',
        path: '/v1/payments/{payment}/assignments',
        summary: 'Say whose a payment is',
        body: Assign,
        answer: Done,
      },
      refusals: ['payment.unknown', 'payment.assigned', 'ledger.account-unknown'],
      handle: async ({ parameters: { payment }, body: { account, on: day }, principal }) => {
        checkDays({ on: day });
        await desk.assign(numberOf(payment), account, day, actorOf(principal));
        return { body: { payment } };
      },
    }),
    operation({
      ...{
        ...change,
        ...one,
        id: 'linkReturn',
        path: '/v1/payments/{payment}/returns',
        summary: 'Say what a payment is the return of',
        body: Return,
        answer: Done,
      },
      refusals: ['payment.unknown', 'payment.not-a-return'],
      handle: async ({ parameters: { payment }, body: { of, on: day }, principal }) => {
        checkDays({ on: day });
        await desk.returned(numberOf(payment), of, day, actorOf(principal));
        return { body: { payment } };
      },
    }),
    operation({
      ...{
        ...change,
        id: 'writeOff',
        path: '/v1/write-offs',
        summary: 'Write off what of a document is not paid',
        status: 201,
        body: WriteOff,
        answer: EnteredShown,
      },
      description: 'Booked at once, or waiting for a second person where the legal entity wants two: approveEntry.',
      refusals: [
        'payment.document-not-open',
        'payment.less-open',
        'payment.write-off-waiting',
        'payment.amount-wrong',
        'ledger.reason-missing',
      ],
      handle: async ({ body, principal }) => {
        checkDays({ on: body.on });
        return { body: enteredShown(await desk.writeOff(body, actorOf(principal))) };
      },
    }),
    operation({
      ...{ ...change, id: 'chargeInterest', path: '/v1/late-interest', summary: 'Interest on what was paid late', body: InterestOf },
      answer: Type.Object(
        {
          ...{ document: Type.String(), account: Type.String(), amount: Amount, currency: Currency, isBooked: Type.Boolean() },
          steps: Type.Array(Type.Object({ from: LocalDate, to: LocalDate, days: Type.Integer(), open: Amount }, closed)),
        },
        { ...closed, title: 'Interest' },
      ),
      refusals: ['payment.document-not-open', 'payment.amount-wrong'],
      handle: async ({ body, principal }) => {
        checkDays({ until: body.until });
        const { document, account, currency, nanos, steps } = await desk.interest(body, actorOf(principal));
        return {
          body: {
            ...{ document, account, currency, amount: formatNanos(nanos, 2), isBooked: body.book === true },
            steps: steps.map(({ from, to, days, openNanos }) => ({ from, to, days, open: formatNanos(openNanos, 2) })),
          },
        };
      },
    }),
  ];
}

function takenShown({ payment, account, settled, leftNanos, returns, suggestions }: TakenPayment): Static<typeof Taken> {
  const { amountNanos, currency, name } = payment;
  return {
    ...{ payment: paymentReference(payment), money: { amount: formatNanos(amountNanos, 2), currency }, settled: [...settled] },
    ...{ left: formatNanos(leftNanos, 2), suggestions: suggestions.length },
    ...(name === undefined ? {} : { from: name }),
    ...(account === undefined ? {} : { account }),
    ...(returns === undefined ? {} : { returns }),
  };
}

export function enteredShown(entered: Entered): Static<typeof EnteredShown> {
  const of = (id: bigint, { cause, day }: { readonly cause: { readonly kind: string; readonly id: string }; readonly day: string }) => ({
    ...{ entry: String(id), kind: cause.kind, reference: cause.id, day },
  });
  return entered.kind === 'booked'
    ? { state: 'booked', entries: entered.entries.map(({ entryId, entry }) => of(entryId, entry)) }
    : { state: 'waiting', entries: entered.entries.map(({ id, entry }) => of(id, entry)) };
}
