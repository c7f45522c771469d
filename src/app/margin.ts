import { valueOrThrow } from '#core/refusals.ts';
import { type MarginRequest, type MeasuredMargin, measureMargin } from '#operations/settlement/measure-margin.ts';
import type { Database } from '#storage/database.ts';
import { settlementStore } from '#storage/settlement/settlement-store.ts';

/** Margin by destination for `carillon margin`. Throws RefusedError for all that is refused. */
export async function readMargin(database: Database, request: MarginRequest): Promise<MeasuredMargin> {
  return settlementStore(database).read(async (books) => valueOrThrow(await measureMargin(books, request)));
}

export type { MeasuredMargin };
