/** What a payment was used for. */
import type { ChainedEntry } from '#core/ledger/canonical.ts';
import type { EntryCause } from '#core/ledger/entry.ts';
import { type Payment, paymentReference } from './ports.ts';
import type { Settling } from './settling.ts';

export interface PaymentUse {
  readonly entry: ChainedEntry;
  /** It was taken back. */
  readonly isUndone: boolean;
}

/** The allocations of a payment in their order: they count up from one, without gaps. */
export async function usesOf({ books }: Settling, payment: Payment): Promise<readonly PaymentUse[]> {
  const { legalEntity } = payment;
  const prefix = `${paymentReference(payment)}/`;
  const free = await books.freeNumber(legalEntity, 'allocation', prefix);
  const causes = Array.from({ length: free - 1 }, (_, index): EntryCause => ({ kind: 'allocation', id: `${prefix}${index + 1}` }));
  const undone = causes.map(({ kind, id }): EntryCause => ({ kind, id: `${id}/undone` }));
  const gone = new Set((await books.entries(legalEntity, undone)).map(({ cause }) => cause.id));
  return (await books.entries(legalEntity, causes)).map((entry) => ({ entry, isUndone: gone.has(`${entry.cause.id}/undone`) }));
}
