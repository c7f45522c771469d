/** Rows of files as they are, against the sums of them that were kept when they were written. */
import type pg from 'pg';
import { canonicalJson } from '#core/usage/canonical-json.ts';
import type { AuditRange } from '#operations/usage/audit.ts';
import type { BookDifference } from '#operations/usage/check-books.ts';
import { COPY_END, COPY_HEAD, EVENT_COLUMNS, FIXED_BYTES, hashKnown, RowSums, VARIABLE_COLUMNS } from '#pipeline/ports.ts';
import { copyOut } from '../database.ts';
import { AUDITED_FILES } from './audit-rows.ts';

interface SummedFile {
  readonly file_id: number;
  readonly name: string;
  readonly row_sum_a: bigint;
  readonly row_sum_b: bigint;
}

/** Differences listed at most. */
const MOST = 100;
/** Places of the columns of JSON among the variable ones; behind them is what came later. */
const JSON_FROM = VARIABLE_COLUMNS.indexOf('detail');
const JSON_TO = VARIABLE_COLUMNS.indexOf('out_counters') + 1;
/** A version, 1, before the text of a binary jsonb. */
const JSON_HEAD = 5;

/** Some 190 bytes a row come from the server, as they were sent: in memory is one piece of them. Files that were loaded before sums were kept are left out. */
export async function rowSumDifferences(client: pg.PoolClient, { from, to }: AuditRange): Promise<readonly BookDifference[]> {
  const { rows: files } = await client.query<SummedFile>(
    `select file_id, name, row_sum_a, row_sum_b from usage_file where file_id in (${AUDITED_FILES}) and row_sum_a is not null order by file_id`,
    [from, to],
  );
  if (files.length === 0) return [];
  const sums = await rowSumsOf(client, `usage_event where file_id = any('{${files.map(({ file_id }) => file_id).join(',')}}'::int[])`);
  const { rows: deleted } = await client.query<{ file_id: number; a: string; b: string }>(
    'select file_id, sum(row_sum_a)::text as a, sum(row_sum_b)::text as b from usage_deleted_file where file_id = any($1::int[]) group by file_id',
    [files.map(({ file_id }) => file_id)],
  );
  const gone = new Map(deleted.map(({ file_id, a, b }) => [file_id, { a: BigInt(a), b: BigInt(b) }]));
  const found: BookDifference[] = [];
  for (const { file_id: id, name, row_sum_a: a, row_sum_b: b } of files) {
    const there = sums.files.get(id) ?? { a: 0, b: 0 };
    const stored = { a: added(there.a, gone.get(id)?.a), b: added(there.b, gone.get(id)?.b) };
    if (stored.a === Number(a) && stored.b === Number(b)) continue;
    const told = (one: number, other: number): string => `${one.toString(16).padStart(8, '0')}${other.toString(16).padStart(8, '0')}`;
    found.push({
      what: `file ${id} (${name})`,
      left: `events as they were booked (sum ${told(Number(a), Number(b))})`,
      right: `events of which one was changed, put in or taken out since, not by Carillon (sum ${told(stored.a, stored.b)})`,
    });
    if (found.length === MOST) break;
  }
  return found;
}

/** Modulo 2³². `deleted`: of the file's rows that went when their time was over. */
function added(stored: number, deleted: bigint | undefined): number {
  return Number(BigInt.asUintN(32, BigInt(stored) + (deleted ?? 0n)));
}

/** Over rows of usage: a table that has its columns, with a condition. */
export async function rowSumsOf(client: pg.PoolClient, rowsOf: string): Promise<RowSums> {
  const sums = new RowSums();
  const known = new Int32Array(2);
  const query = `select ${EVENT_COLUMNS.join(', ')} from ${rowsOf}`;
  let rest: Buffer = Buffer.alloc(0);
  let at = COPY_HEAD.length;
  for await (const chunk of copyOut(client, `copy (${query}) to stdout (format binary)`)) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let row = rowAt(bytes, at); row !== undefined; row = rowAt(bytes, at)) {
      const written = row.json < 0 ? bytes.subarray(at, row.end) : asWritten(bytes.subarray(at, row.end), row.json - at);
      const view = new DataView(written.buffer, written.byteOffset, written.length);
      hashKnown(view, 0, written.length, known, 0);
      sums.add(view, 0, known, 0);
      at = row.end;
    }
    rest = at < bytes.length ? bytes.subarray(at) : Buffer.alloc(0);
    at = Math.max(0, at - bytes.length);
  }
  if (!rest.equals(COPY_END)) throw new Error('a binary COPY ended in the middle of a row');
  return sums;
}

/** Where the row that begins at `at` ends, and where its columns of JSON begin when one of them is there (else -1). Undefined: it is not whole. */
function rowAt(bytes: Buffer, at: number): { readonly end: number; readonly json: number } | undefined {
  let end = at + FIXED_BYTES;
  if (end > bytes.length) return undefined;
  let jsonFrom = end;
  let json = false;
  for (let column = 0; column < VARIABLE_COLUMNS.length; column += 1) {
    if (end + 4 > bytes.length) return undefined;
    const length = bytes.readInt32BE(end);
    if (column < JSON_FROM) jsonFrom = end + 4 + Math.max(0, length);
    else if (column < JSON_TO && length >= 0) json = true;
    end += 4 + Math.max(0, length);
  }
  return end > bytes.length ? undefined : { end, json: json ? jsonFrom : -1 };
}

/** With the texts of its columns of JSON as they were sent: PostgreSQL keeps names and spaces in its own way. */
function asWritten(row: Buffer, jsonFrom: number): Buffer {
  const parts = [row.subarray(0, jsonFrom)];
  let at = jsonFrom;
  for (let column = JSON_FROM; column < JSON_TO; column += 1) {
    const length = row.readInt32BE(at);
    const text = length < 0 ? undefined : canonicalJson(JSON.parse(row.toString('utf8', at + JSON_HEAD, at + 4 + length)));
    const head = Buffer.alloc(text === undefined ? 4 : JSON_HEAD);
    head.writeInt32BE(text === undefined ? -1 : Buffer.byteLength(text) + 1);
    parts.push(head);
    if (text !== undefined) {
      head.writeInt8(1, 4);
      parts.push(Buffer.from(text));
    }
    at += 4 + Math.max(0, length);
  }
  parts.push(row.subarray(at));
  return Buffer.concat(parts);
}
