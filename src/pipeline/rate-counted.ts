/** Rates records whose price depends on counters, when it is known where those stand. */
import type { CounterKey } from '#core/rating/charge.ts';
import { rateEvent } from '#core/rating/rate-event.ts';
import { CounterBook, comparePlaces, placeOf } from './counter-book.ts';
import type { HeldRecord, RatedRecord, UsageTransaction } from './ports.ts';
import type { Configuration } from './read-record.ts';

export interface CountedRecord extends RatedRecord {
  readonly counters: readonly CounterKey[];
}

/** Rates again, in canonical order, what depends on counters. The rest is as it was. Appends to `sorted.held` what can no longer be rated. */
export async function rateCounted(
  transaction: UsageTransaction,
  sorted: { readonly rated: readonly CountedRecord[]; readonly held: HeldRecord[] },
  configuration: Configuration,
): Promise<readonly RatedRecord[]> {
  const counted = sorted.rated.filter(({ counters }) => counters.length > 0);
  if (counted.length === 0) return sorted.rated;
  counted.sort((a, b) => comparePlaces(placeOf(a.event), placeOf(b.event)));
  const keys = new Set(counted.flatMap(({ counters }) => counters));
  const counters = new CounterBook(await transaction.lockCounters([...keys].sort()));
  const again = new Map<number, RatedRecord>();
  for (const record of counted) {
    const outcome = rateEvent(configuration.compiled, record.event, counters.reader);
    if (outcome.kind === 'held') {
      // Only an amount beyond all bounds can come of a counter; the legs were found before.
      sorted.held.push({ ...record, reason: outcome.reason, detail: outcome.detail, leg: outcome.leg });
      continue;
    }
    for (const { counterMoves } of outcome.charges) counters.move(record.event, counterMoves);
    again.set(record.id, { ...record, charges: outcome.charges });
  }
  await transaction.saveCounters(counters.updates());
  return sorted.rated.flatMap((record) => (record.counters.length === 0 ? [record] : (again.get(record.id) ?? [])));
}
