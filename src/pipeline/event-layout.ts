/**
 * A row of `usage_event` in PostgreSQL's binary COPY format: two bytes with the number of columns, then for each a
 * length of four bytes (−1: null) and the value, all big-endian. The columns that are never null come first, so that they
 * stand at the same place in every row: numbers that only the books know (the event's own, those of lines, trunks and
 * the run) are put in behind the encoder's back.
 */
export const EVENT_LAYOUT = [
  ['event_id', 8],
  ['in_line', 4],
  ['out_line', 4],
  ['trunk_in', 4],
  ['trunk_out', 4],
  ['run_id', 4],
  ['file_id', 4],
  ['day', 4],
  ['byte_from', 8],
  ['byte_length', 4],
  ['started_at', 8],
  ['duration_micros', 8],
  ['in_billed', 8],
  ['in_amount_nanos', 8],
  ['out_billed', 8],
  ['out_amount_nanos', 8],
  ['service', 2],
  ['answered', 1],
] as const;

type FixedColumn = (typeof EVENT_LAYOUT)[number][0];

/** After the fixed ones, in this order. The last came later than the rows of old books: see `row-sums.ts`. */
export const VARIABLE_COLUMNS = [
  'source_key',
  'called',
  'calling',
  'cause',
  'in_raw',
  'out_raw',
  'in_day',
  'out_day',
  'detail',
  'in_counters',
  'out_counters',
  'pdd_millis',
] as const;

export const EVENT_COLUMNS: readonly string[] = [...EVENT_LAYOUT.map(([name]) => name), ...VARIABLE_COLUMNS];

/** Where the value of a fixed column begins, from the beginning of the row. */
export const AT = Object.fromEntries(
  EVENT_LAYOUT.map(([name], index) => [name, 2 + EVENT_LAYOUT.slice(0, index).reduce((sum, [, width]) => sum + 4 + width, 0) + 4]),
) as Readonly<Record<FixedColumn, number>>; // every column of the list is in it

/** Length of the fixed part. */
export const FIXED_BYTES = 2 + EVENT_LAYOUT.reduce((sum, [, width]) => sum + 4 + width, 0);

/** The fixed part with its lengths and all values 0. */
export function blankRow(): Uint8Array {
  const bytes = new Uint8Array(FIXED_BYTES);
  const view = new DataView(bytes.buffer);
  view.setInt16(0, EVENT_COLUMNS.length);
  for (const [name, width] of EVENT_LAYOUT) view.setInt32(AT[name] - 4, width);
  return bytes;
}

/** What a binary COPY begins and ends with. */
export const COPY_HEAD: Uint8Array = Uint8Array.from(
  [...'PGCOPY\n\u00ff\r\n\0'].map((letter) => letter.charCodeAt(0)).concat(Array(8).fill(0)),
);
export const COPY_END: Uint8Array = Uint8Array.from([255, 255]);

/** Days and microseconds from 1970-01-01, which we count from, to 2000-01-01, which PostgreSQL counts from. */
export const EPOCH_DAYS = 10_957;
export const EPOCH_MICROS = 946_684_800_000_000;
