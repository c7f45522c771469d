/** `carillon deal show`. */
import { valueOrThrow } from '#core/refusals.ts';
import type { DealProgress } from '#core/settlement/deals/deal-forecast.ts';
import { showDeals } from '#operations/settlement/settle-deals.ts';
import type { Database } from '#storage/database.ts';
import { settlementStore } from '#storage/settlement/settlement-store.ts';

/** Throws RefusedError: `statement.agreement-unknown`, `deal.none`. */
export function dealsOf(database: Database, agreement: string, on: string): Promise<readonly DealProgress[]> {
  return settlementStore(database).read(async (books) => valueOrThrow(await showDeals(books, agreement, on)));
}
