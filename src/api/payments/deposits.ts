/** Security that parties leave: taken, returned, used for what is not paid. */
import Type, { type Static } from 'typebox';
import { RefusedError, refuse } from '#core/refusals.ts';
import { depositMoves } from '#operations/credit/deposits.ts';
import { checkDays } from '../listing.ts';
import { actorOf, type Operation, operation } from '../operation.ts';
import { LocalDate, Money, Name } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

const Move = Type.Object(
  {
    move: Type.Enum([...depositMoves], {
      description: '`take`: it has arrived; `return`: it was sent back; `use`: it settles a document.',
    }),
    money: Money,
    reference: Type.String({ ...Name, maxLength: 120, description: 'Of the bank, or another name of this one move: it is booked once.' }),
    document: Type.Optional(Type.String({ ...Name, description: 'What it settles; with `use`.' })),
    on: Type.Optional(Type.String({ ...LocalDate, description: 'Day of the books; today (UTC) when left out.' })),
  },
  { ...closed, title: 'MoveDeposit' },
);
export type MoveDepositBody = Static<typeof Move>;

/** Throws RefusedError for what is refused. */
export type MoveDeposit = (
  account: string,
  body: MoveDepositBody,
  by: string,
) => Promise<{ readonly isNew: boolean; readonly entry: bigint; readonly day: string; readonly reference: string }>;

export function depositOperations(move: MoveDeposit): readonly Operation[] {
  return [
    operation({
      ...{ id: 'moveDeposit', tag: 'Payments', method: 'POST', path: '/v1/accounts/{account}/deposits', status: 201 },
      ...{ permission: 'payments:manage', repetition: 'key', audit: { subject: 'deposit' } },
      summary: 'Take, return or use a deposit',
      description: 'What of it there is shows getExposure.',
      ...{ parameters: Type.Object({ account: Name }), body: Move },
      answer: Type.Object(
        {
          isNew: Type.Boolean({ description: 'False: this move was booked before.' }),
          ...{ entry: Type.String(), kind: Type.String(), reference: Type.String(), day: LocalDate },
        },
        { ...closed, title: 'MovedDeposit' },
      ),
      refusals: [
        'credit.account-unknown',
        'credit.amount-wrong',
        'credit.deposit-short',
        'credit.document-settled',
        'ledger.period-closed',
      ],
      async handle({ parameters: { account }, body, principal }) {
        checkDays({ on: body.on });
        if ((body.move === 'use') !== (body.document !== undefined)) {
          const message = body.move === 'use' ? 'a deposit is used for a document: name it' : 'only `use` is of a document';
          throw new RefusedError(refuse('api.field-wrong', message, { field: 'body/document' }));
        }
        const { isNew, entry, day, reference } = await move(account, body, actorOf(principal));
        return { body: { isNew, entry: String(entry), kind: 'deposit', reference, day } };
      },
    }),
  ];
}
