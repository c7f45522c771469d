/** Allocations and set-offs as they were booked, and taken back. */
import Type, { type Static } from 'typebox';
import type { LedgerEntry } from '#core/ledger/entry.ts';
import { formatNanos } from '#core/money/amount.ts';
import { checkDays, ofLegalEntity } from '../listing.ts';
import { actorOf, type Operation, operation } from '../operation.ts';
import { Amount, Currency, LocalDate, Text } from '../schemas.ts';

const closed = { additionalProperties: false } as const;
const legalEntity = ofLegalEntity.legalEntity;

const Undo = Type.Object(
  {
    why: Type.String({ ...Text, minLength: 1, description: 'Kept with the entry.' }),
    ...{ legalEntity, on: Type.Optional(Type.String({ ...LocalDate, description: 'Day of the books; today (UTC) when left out.' })) },
  },
  { ...closed, title: 'UndoAllocation' },
);
export type UndoBody = Static<typeof Undo>;

export interface BookedAllocation {
  readonly entry: Pick<LedgerEntry, 'legalEntity' | 'day' | 'by' | 'description' | 'postings' | 'cause'>;
  /** The entry that took it back. */
  readonly undone: Pick<LedgerEntry, 'day' | 'by'> | undefined;
}

/** Methods throw RefusedError for what is refused. */
export interface AllocationDesk {
  readonly show: (allocation: string, legalEntity: string | undefined) => Promise<BookedAllocation>;
  readonly undo: (allocation: string, body: UndoBody, by: string) => Promise<void>;
}

const Shown = Type.Object(
  {
    ...{ allocation: Type.String(), kind: Type.Enum(['allocation', 'set-off']), legalEntity: Type.String(), day: LocalDate },
    ...{ by: Type.String(), description: Type.String() },
    parts: Type.Array(
      Type.Object(
        { account: Type.Optional(Type.String()), document: Type.Optional(Type.String()), amount: Amount, currency: Currency },
        closed,
      ),
      { description: 'What was settled and what it was settled with: above zero is owed to us less.' },
    ),
    undone: Type.Optional(Type.Object({ by: Type.String(), day: LocalDate }, { ...closed, description: 'It was taken back.' })),
  },
  { ...closed, title: 'Allocation' },
);

export function allocationOperations(desk: AllocationDesk): readonly Operation[] {
  const common = {
    tag: 'Payments',
    parameters: Type.Object({
      allocation: Type.String({ pattern: '^[^\\u0000-\\u001f\\u007f]{1,200}$', description: '`PAY-17/2`, percent-encoded, or `NET-3`.' }),
    }),
  } as const;
  return [
    operation({
      ...{ ...common, id: 'getAllocation', method: 'GET', path: '/v1/allocations/{allocation}', permission: 'payments:read' },
      ...{ summary: 'An allocation or a set-off as it was booked', query: Type.Object({ legalEntity }, closed), answer: Shown },
      refusals: ['payment.not-allocated', 'ledger.legal-entity-unknown'],
      handle: async ({ parameters: { allocation }, query }) => ({
        body: shown(allocation, await desk.show(allocation, query.legalEntity)),
      }),
    }),
    operation({
      ...{ ...common, id: 'undoAllocation', method: 'POST', path: '/v1/allocations/{allocation}/undoings', permission: 'payments:manage' },
      ...{ repetition: 'key', audit: { subject: 'payment' }, summary: 'Take an allocation or a set-off back' },
      ...{ body: Undo, answer: Type.Object({ undone: Type.String() }, closed) },
      refusals: ['payment.not-allocated', 'payment.items-changed', 'ledger.legal-entity-unknown'],
      async handle({ parameters: { allocation }, body, principal }) {
        checkDays({ on: body.on });
        await desk.undo(allocation, body, actorOf(principal));
        return { body: { undone: allocation } };
      },
    }),
  ];
}

function shown(allocation: string, { entry, undone }: BookedAllocation): Static<typeof Shown> {
  const { legalEntity: of, day, by, description, cause, postings } = entry;
  return {
    ...{ allocation, kind: cause.kind === 'set-off' ? 'set-off' : 'allocation', legalEntity: of, day, by, description },
    parts: postings.map(({ account, document, amountNanos, currency }) => ({
      ...{ amount: formatNanos(-amountNanos, 2), currency },
      ...(account === undefined ? {} : { account }),
      ...(document === undefined ? {} : { document }),
    })),
    ...(undone === undefined ? {} : { undone: { by: undone.by, day: undone.day } }),
  };
}
