import { EventRows } from './event-rows.ts';
import type { RatedRecord, UsageTransaction } from './ports.ts';
import type { RollupSums } from './rollup-sums.ts';
import { BookNumbers, settleRows } from './settle-rows.ts';

/** Writes rated records, of one file or each of the file that `file` tells of its number, and adds their charges to `sums`. */
export async function writeRated(
  transaction: UsageTransaction,
  file: number | ((id: number) => number),
  records: readonly RatedRecord[],
  knownAtMicros: number,
  sums: RollupSums,
): Promise<void> {
  if (records.length === 0) return;
  const rows = new EventRows();
  for (const { id, byteFrom, byteLength, event, charges } of records)
    rows.add({ record: id, fileId: typeof file === 'number' ? file : file(id), byteFrom, byteLength }, event, charges);
  const numbers = new BookNumbers();
  await numbers.learn(transaction, rows.lines.lines, rows.trunks.names);
  const runId = await transaction.runId(knownAtMicros);
  for (const day of rows.take()) {
    const { pieces, rowSums } = settleRows(day, (id) => id, { fileId: undefined, runId }, numbers, sums);
    await transaction.copyEvents(day.day, pieces, rowSums);
  }
}
