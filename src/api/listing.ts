/** Lists that are read whole and given page by page, and filters that many of them have. */
import Type from 'typebox';
import { parseDecimal, unitsAtScale } from '#core/money/decimal.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { isLocalDate } from '#core/time/zoned.ts';
import { pageOf, readCursor } from './cursor.ts';
import { LocalDate, Name, USUAL_LIMIT } from './schemas.ts';

interface PageQuery {
  readonly limit?: number;
  readonly cursor?: string;
  /** A field of the entries; `-` before it: the other way round. */
  readonly sort?: string;
}

/**
 * In the order that the query names, else in that of their keys, of which no two are the same. Throws RefusedError (`api.cursor-wrong`).
 */
export function listed<Row, Item extends object>(
  rows: readonly Row[],
  { limit = USUAL_LIMIT, cursor, sort = '' }: PageQuery,
  key: (row: Row) => string,
  show: (row: Row) => Item,
): { items: Item[]; next: string | null } {
  const keys = readCursor(cursor, sort === '' ? ['string'] : ['string', 'string'])?.map(String);
  const [field, turn] = sort.startsWith('-') ? [sort.slice(1), -1] : [sort, 1];
  const placed = rows.map((row) => {
    const item = show(row);
    const value: unknown = field === '' ? '' : Reflect.get(item, field);
    return { item, value: value === undefined || value === null ? '' : String(value), key: key(row) };
  });
  const order = (a: Place, b: Place): number => turn * compared(a.value, b.value) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
  const after = keys === undefined ? undefined : { value: keys.length === 2 ? (keys[0] ?? '') : '', key: keys.at(-1) ?? '' };
  const sorted = placed.sort(order);
  return pageOf(
    after === undefined ? sorted : sorted.filter((each) => order(each, after) > 0),
    limit,
    ({ item }) => item,
    (each) => (sort === '' ? [each.key] : [each.value, each.key]),
  );
}

interface Place {
  readonly value: string;
  readonly key: string;
}

const NUMBER = /^-?\d+(\.\d+)?$/;

/** Numbers and amounts by their size, exactly; everything else as text. */
function compared(a: string, b: string): number {
  if (a === b) return 0;
  const [left, right] = NUMBER.test(a) && NUMBER.test(b) ? [parseDecimal(a), parseDecimal(b)] : [];
  if (left === undefined || right === undefined) return a < b ? -1 : 1;
  const scale = Math.max(left.scale, right.scale);
  const [one, other] = [unitsAtScale(left, scale), unitsAtScale(right, scale)];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** A number as a key whose order is that of numbers. */
export function numberKey(value: bigint | number): string {
  return String(value).padStart(20, '0');
}

export const ofLegalEntity = { legalEntity: Type.Optional(Type.String({ ...Name, description: 'Only of this one.' })) };
export const dayRange = {
  from: Type.Optional(Type.String({ ...LocalDate, description: 'First day.' })),
  to: Type.Optional(Type.String({ ...LocalDate, description: 'Last day, included.' })),
};

/** Throws RefusedError (`api.field-wrong`) for a day that the calendar does not have: a pattern cannot tell. */
export function checkDays(days: Readonly<Record<string, string | undefined>>): void {
  for (const [name, day] of Object.entries(days)) {
    if (day === undefined || isLocalDate(day)) continue;
    throw new RefusedError(refuse('api.field-wrong', 'there is no such day', { field: `query/${name}`, value: day }));
  }
}
