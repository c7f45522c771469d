import type { RecordTypes } from '#core/usage/format.ts';
import type { ColumnLayout } from '#core/usage/source.ts';
import { type Rejection, reject, type Skipped, shown } from './draft.ts';

/** What becomes of a record by its type: undefined for usage. */
export function judgeType({ take, skip }: RecordTypes, type: string): Rejection | Skipped | undefined {
  if (take === undefined ? !skip.includes(type) : take.includes(type)) return undefined;
  if (take === undefined || skip.includes(type) || skip.includes('*')) return { kind: 'skipped', type };
  return reject('usage.type-unknown', `the record is of type ${shown(type)}; known are ${[...take, ...skip].join(', ')}`);
}

/** Position of a column in a layout, by name or 1-based number; −1 for none. */
export function positionOf(column: string, { columns }: ColumnLayout): number {
  const named = columns.indexOf(column);
  if (named >= 0) return named;
  return /^[1-9]\d{0,3}$/.test(column) ? Number(column) - 1 : -1;
}
