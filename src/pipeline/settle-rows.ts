/** Puts into encoded rows what only the books know, and adds their charges up. */
import { AT } from './event-layout.ts';
import type { DayRows, LegColumns } from './event-rows.ts';
import type { LineNames, UsageTransaction } from './ports.ts';
import type { RollupSums } from './rollup-sums.ts';
import { RowSums } from './row-sums.ts';

const TWO_32 = 4_294_967_296;

/** The numbers in the books of an encoder's lines and trunks, asked for when new ones come. */
export class BookNumbers {
  readonly #lineNames: LineNames[] = [];
  readonly #trunkNames: string[] = [];
  #lines: number[] = [0];
  #trunks: number[] = [0];

  get lines(): readonly number[] {
    return this.#lines;
  }

  /** Names of trunks in the order of their numbers from 1. */
  get trunkNames(): readonly string[] {
    return this.#trunkNames;
  }

  get trunks(): readonly number[] {
    return this.#trunks;
  }

  /** Takes what the encoder met for the first time; its numbers are asked for with the next. */
  note(lines: readonly LineNames[], trunks: readonly string[]): void {
    for (const line of lines) this.#lineNames.push(line);
    for (const trunk of trunks) this.#trunkNames.push(trunk);
  }

  /** Takes what the encoder met for the first time, and knows the numbers of all. */
  async learn(transaction: UsageTransaction, lines: readonly LineNames[], trunks: readonly string[]): Promise<void> {
    this.note(lines, trunks);
    const newLines = this.#lineNames.slice(this.#lines.length - 1);
    if (newLines.length > 0) for (const id of await transaction.lineIds(newLines)) this.#lines.push(id);
    const newTrunks = this.#trunkNames.slice(this.#trunks.length - 1);
    if (newTrunks.length > 0) for (const id of await transaction.trunkIds(newTrunks)) this.#trunks.push(id);
  }

  /** The transaction that gave the numbers was rolled back: they are asked for again. */
  forget(): void {
    this.#lines = [0];
    this.#trunks = [0];
  }
}

/**
 * Numbers the rows and sums them. `eventId` gives the number of a record; undefined when it is not to be written. `fileId`: of all of
 * them; undefined where the rows say it. Returns the rows of a binary COPY in pieces, without its head and end, how many they are,
 * and their sums by file.
 */
export function settleRows(
  rows: DayRows,
  eventId: (record: number) => number | undefined,
  { fileId, runId }: { readonly fileId: number | undefined; readonly runId: number },
  { lines, trunks }: BookNumbers,
  sums: RollupSums,
): { readonly pieces: readonly Uint8Array[]; readonly rows: number; readonly rowSums: RowSums } {
  const { bytes, starts, count } = rows;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: Uint8Array[] = [];
  const kept = new Int32Array(count);
  let from = 0;
  let written = 0;
  let firstId = Number.POSITIVE_INFINITY;
  let lastId = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < count; row += 1) {
    const at = starts[row] as number; // one for each row
    const id = eventId(rows.records[row] as number);
    if (id === undefined) {
      if (at > from) pieces.push(bytes.subarray(from, at));
      from = starts[row + 1] as number;
      continue;
    }
    kept[written] = row;
    written += 1;
    if (id < firstId) firstId = id;
    if (id > lastId) lastId = id;
    const high = Math.floor(id / TWO_32);
    view.setInt32(at + AT.event_id, high);
    view.setUint32(at + AT.event_id + 4, id - high * TWO_32);
    view.setInt32(at + AT.run_id, runId);
    if (fileId !== undefined) view.setInt32(at + AT.file_id, fileId);
    view.setInt32(at + AT.trunk_in, trunks[rows.trunkIn[row] as number] as number);
    view.setInt32(at + AT.trunk_out, trunks[rows.trunkOut[row] as number] as number);
  }
  const end = starts[count] as number;
  if (end > from) pieces.push(bytes.subarray(from, end));
  const some = kept.subarray(0, written);
  for (const [leg, place] of [
    [rows.in, AT.in_line],
    [rows.out, AT.out_line],
  ] as const) {
    const ids = lineIdsOf(leg, some, lines);
    for (let index = 0; index < written; index += 1) view.setInt32((starts[some[index] as number] as number) + place, ids[index] as number);
    sums.addRows(some, ids, leg, rows.answered);
  }
  const rowSums = new RowSums();
  rowSums.spans(firstId, lastId);
  for (let index = 0; index < written; index += 1) {
    const row = some[index] as number;
    rowSums.add(view, starts[row] as number, rows.hashes, row * 2);
  }
  for (const { row, leg, nanos } of rows.large) {
    const columns = rows[leg];
    if (eventId(rows.records[row] as number) === undefined) continue;
    sums.addAmount(lines[columns.line[row] as number] as number, columns.day[row] as number, nanos);
  }
  return { pieces, rows: written, rowSums };
}

/** Of these rows; 0 for those without a charge on this leg. */
function lineIdsOf({ line }: LegColumns, rows: Int32Array, lines: readonly number[]): Int32Array {
  const ids = new Int32Array(rows.length);
  for (let index = 0; index < rows.length; index += 1) ids[index] = lines[line[rows[index] as number] as number] as number; // 0 has 0
  return ids;
}
