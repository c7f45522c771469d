import type { UsageEvent } from '#core/usage/usage-event.ts';
import type { ReadBatch } from '../batch-reader.ts';
import { eventOfRow } from './row-facts.ts';

/** An event of a batch that is about to be charged. */
export interface Chargeable {
  /** Of its record. */
  readonly index: number;
  readonly event: UsageEvent;
  /** It is encoded as a row already; as an event it has only what screening and suspense need. */
  readonly ofRow: boolean;
}

/** In the order of reading, whatever they were sorted into. */
export function* chargeable({ count, rows, others }: ReadBatch, source: string, trunks: readonly string[]): Generator<Chargeable> {
  // Where the row of each record is: day and row, both counted from 1.
  const dayOf = new Int32Array(count);
  const rowAt = new Int32Array(count);
  for (const [place, day] of rows.entries()) {
    for (let row = 0; row < day.count; row += 1) {
      const record = day.records[row] as number; // one for each row
      dayOf[record] = place + 1;
      rowAt[record] = row;
    }
  }
  let next = 0;
  for (let index = 0; index < count; index += 1) {
    const day = rows[(dayOf[index] as number) - 1];
    if (day !== undefined) {
      yield { index, event: eventOfRow(day, rowAt[index] as number, source, trunks), ofRow: true };
      continue;
    }
    while ((others[next]?.index ?? count) < index) next += 1;
    const other = others[next];
    if (other?.index === index && other.kind === 'counted') yield { index, event: other.event, ofRow: false };
  }
}
