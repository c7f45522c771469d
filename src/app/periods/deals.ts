/** `carillon deal show`. */
import { valueOrThrow } from '#core/refusals.ts';
import { type DealsOnDay, showDeals } from '#operations/settlement/settle-deals.ts';
import type { Database } from '#storage/database.ts';
import { settlementStore } from '#storage/settlement/settlement-store.ts';

export type { DealsOnDay } from '#operations/settlement/settle-deals.ts';

/** Throws RefusedError: `statement.agreement-unknown`, `deal.none`. */
export function dealsOf(database: Database, agreement: string, on: string): Promise<DealsOnDay> {
  return settlementStore(database).read(async (books) => valueOrThrow(await showDeals(books, agreement, on)));
}
