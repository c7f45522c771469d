/** Records of a part as columns of numbers, a block of them at a time: a row for each record would take as long as what is done with it. */
import type pg from 'pg';
import { copyOut } from '../../database.ts';

/** Before the first row of PostgreSQL's binary COPY: its signature, flags and the length of what else it might say. */
const COPY_HEAD = 19;
/** What an array begins with: dimensions, flags, type, length and lower bound; then each element behind its length. */
const ARRAY_HEAD = 20;
const LENGTH_AT = 12;

export interface BlockColumns {
  readonly block: number;
  /** As they were asked for, in PostgreSQL's binary format: see the functions below. */
  readonly columns: readonly Buffer[];
}

/** In no order. SQL: `block` is a whole number, `columns` of any type; `of`: from and where. */
export async function* blockColumns(
  client: pg.PoolClient,
  block: string,
  columns: readonly string[],
  of: string,
): AsyncGenerator<BlockColumns> {
  const lists = [`(${block})::integer`, ...columns.map((column) => `array_agg(${column})`)];
  let rest: Buffer = Buffer.alloc(0);
  let begun = false;
  for await (const chunk of copyOut(client, `copy (select ${lists.join(', ')} ${of} group by 1) to stdout (format binary)`)) {
    rest = Buffer.concat([rest, chunk]);
    let at = begun ? 0 : COPY_HEAD;
    if (rest.length < at) continue;
    begun = true;
    for (;;) {
      const fields = fieldsAt(rest, at, lists.length);
      if (fields === undefined) break;
      const [first, ...columns] = fields;
      if (first === undefined) throw new Error('a row without its block');
      yield { block: first.readInt32BE(0), columns };
      at = fields.reduce((end, field) => end + 4 + field.length, at + 2);
    }
    rest = rest.subarray(at);
  }
}

/** Of the row that begins at `at`. Undefined: it is not whole yet, or the end, which says that it has -1 fields. */
function fieldsAt(bytes: Buffer, at: number, count: number): readonly Buffer[] | undefined {
  if (bytes.length < at + 2 || bytes.readInt16BE(at) !== count) return undefined;
  const fields: Buffer[] = [];
  let from = at + 2;
  for (let field = 0; field < count; field += 1) {
    if (bytes.length < from + 4) return undefined;
    const to = from + 4 + bytes.readInt32BE(from);
    if (bytes.length < to) return undefined;
    fields.push(bytes.subarray(from + 4, to));
    from = to;
  }
  return fields;
}

/** Of type integer, none of them null. */
export function integersOf(array: Buffer): Int32Array {
  const numbers = new Int32Array(array.readInt32BE(LENGTH_AT));
  for (let at = 0, from = ARRAY_HEAD + 4; at < numbers.length; at += 1, from += 8) numbers[at] = array.readInt32BE(from);
  return numbers;
}

/** Of type bigint, none of them null: value = high × 2³² + low. */
export interface WideNumbers {
  readonly high: Int32Array;
  readonly low: Uint32Array;
}

export function wideOf(array: Buffer): WideNumbers {
  const count = array.readInt32BE(LENGTH_AT);
  const [high, low] = [new Int32Array(count), new Uint32Array(count)];
  for (let at = 0, from = ARRAY_HEAD + 4; at < count; at += 1, from += 12) {
    high[at] = array.readInt32BE(from);
    low[at] = array.readUInt32BE(from + 4);
  }
  return { high, low };
}

export function textsOf(array: Buffer): readonly (string | null)[] {
  const texts: (string | null)[] = [];
  for (let from = ARRAY_HEAD; from < array.length; ) {
    const length = array.readInt32BE(from);
    texts.push(length < 0 ? null : array.toString('utf8', from + 4, from + 4 + length));
    from += 4 + Math.max(0, length);
  }
  return texts;
}
