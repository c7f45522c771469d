import { fieldOfHeader } from './fields.ts';
import type { SheetRow } from './sheet.ts';

/** What stands above the table: `Currency: USD`, `Effective Date` with its value in the next cell. */
export interface Letterhead {
  readonly currency?: { readonly row: SheetRow; readonly value: string };
  readonly effective?: { readonly row: SheetRow; readonly value: string };
}

export function readLetterhead(rows: readonly SheetRow[]): Letterhead {
  const found: { currency?: { row: SheetRow; value: string }; effective?: { row: SheetRow; value: string } } = {};
  for (const row of rows) {
    const cells = row.cells.map((cell) => cell.trim());
    cells.forEach((cell, index) => {
      const colon = cell.indexOf(':');
      const label = colon < 0 ? cell : cell.slice(0, colon);
      const field = fieldOfHeader(label)?.field;
      if ((field !== 'currency' && field !== 'effective') || found[field] !== undefined) return;
      const value = (colon < 0 ? '' : cell.slice(colon + 1).trim()) || (cells.slice(index + 1).find((other) => other !== '') ?? '');
      const fits = field === 'currency' ? /^([A-Za-z]{3}|[$€£¥₹])$/.test(value) : /\d/.test(value);
      if (fits) found[field] = { row, value };
    });
  }
  return found;
}

/** All-digit dates anywhere above the table: they show the order of day and month for the dates below. */
export function datesIn(rows: readonly SheetRow[]): readonly string[] {
  return rows.flatMap(({ cells }) => cells.flatMap((cell) => cell.match(/(?<!\d)\d{1,2}([-/.])\d{1,2}\1\d{2,4}(?!\d)/g) ?? []));
}
