/** Cursors of pages: where the next begins, as text that only we read. */

import { JsonFault, parseStrictJson } from '#codecs/json/strict-json.ts';
import { RefusedError, refuse } from '#core/refusals.ts';

/** The keys of the last entry of a page, in the order of the list. */
export type CursorKeys = readonly (string | number)[];

export function writeCursor(keys: CursorKeys): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url');
}

/** Undefined: from the beginning. `kinds`: of the keys that this list has. Throws RefusedError (`api.cursor-wrong`). */
export function readCursor(cursor: string | undefined, kinds: readonly ('string' | 'number')[]): CursorKeys | undefined {
  if (cursor === undefined) return undefined;
  try {
    const keys = parseStrictJson(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(keys) && keys.length === kinds.length && keys.every((key, index) => isKey(key, kinds[index]))) {
      return keys as CursorKeys; // each is what its kind says
    }
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
  }
  throw new RefusedError(refuse('api.cursor-wrong', 'the cursor is none of this list', { field: 'cursor', value: cursor.slice(0, 120) }));
}

/** Numbers are ordinals or instants, which we write as whole ones; texts are what PostgreSQL takes. */
function isKey(key: unknown, kind: 'string' | 'number' | undefined): boolean {
  return kind === 'number' ? Number.isSafeInteger(key) : typeof key === 'string' && !key.includes('\0');
}

/** A page of what was read with one more than `limit`. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  show: (row: Row) => Item,
  keys: (row: Row) => CursorKeys,
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(show), next: rows.length > limit && last !== undefined ? writeCursor(keys(last)) : null };
}
