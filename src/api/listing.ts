/** Lists that are read whole and given page by page, and filters that many of them have. */
import Type from 'typebox';
import { RefusedError, refuse } from '#core/refusals.ts';
import { isLocalDate } from '#core/time/zoned.ts';
import { pageOf, readCursor } from './cursor.ts';
import { LocalDate, Name, USUAL_LIMIT } from './schemas.ts';

interface PageQuery {
  readonly limit?: number;
  readonly cursor?: string;
}

/** In the order of their keys, of which no two are the same. Throws RefusedError (`api.cursor-wrong`). */
export function listed<Row, Item>(
  rows: readonly Row[],
  { limit = USUAL_LIMIT, cursor }: PageQuery,
  key: (row: Row) => string,
  show: (row: Row) => Item,
): { items: Item[]; next: string | null } {
  const [after] = readCursor(cursor, ['string']) ?? [];
  const sorted = rows.map((row) => [key(row), row] as const).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const rest = after === undefined ? sorted : sorted.filter(([each]) => each > String(after));
  return pageOf(
    rest,
    limit,
    ([, row]) => show(row),
    ([each]) => [each],
  );
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
