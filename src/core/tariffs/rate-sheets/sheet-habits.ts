import type { ColumnsView } from './columns-view.ts';
import type { DateOrder } from './dates.ts';
import { orderShown } from './dates.ts';
import type { Findings } from './findings.ts';
import type { DecimalMark } from './numbers.ts';
import { markShown } from './numbers.ts';
import type { SheetRow } from './sheet.ts';
import type { SheetGiven } from './sheet-rate.ts';

/** How a sheet writes what can be written in several ways: found from all its rows, never from one. */
export interface SheetHabits {
  readonly decimal: DecimalMark;
  readonly dateOrder: DateOrder;
  /** Whether the code column repeats the country code of the column beside it. */
  readonly codesInFull: boolean;
}

/** Undefined, with a fault that says which option decides, when the sheet shows no habit or two. */
export function findHabits(
  rows: readonly SheetRow[],
  view: ColumnsView,
  given: SheetGiven,
  datesAbove: readonly string[],
  findings: Findings,
): SheetHabits | undefined {
  const decimal = given.decimal ?? decimalMark(rows, view, findings);
  const dateOrder = given.dateOrder ?? order(rows, view, datesAbove, findings);
  if (decimal === undefined || dateOrder === undefined) return undefined;
  return { decimal, dateOrder, codesInFull: codesInFull(rows, view) };
}

function decimalMark(rows: readonly SheetRow[], view: ColumnsView, findings: Findings): DecimalMark | undefined {
  const columns = view.columns.filter((column) => ['price', 'firstPrice', 'nextPrice', 'setupFee', 'minimumCharge'].includes(column.field));
  const shown: Partial<Record<DecimalMark, readonly [SheetRow, (typeof columns)[number], string]>> = {};
  let unclear: readonly [SheetRow, (typeof columns)[number], string] | undefined;
  for (const row of rows) {
    for (const column of columns) {
      if (view.kindAt(row, column) === 'number') continue;
      const text = view.textAt(row, column);
      const mark = text === '' ? undefined : markShown(text);
      if (mark === undefined) continue;
      if (mark === 'unclear') unclear ??= text.includes(',') ? [row, column, text] : undefined;
      else shown[mark] ??= [row, column, text];
    }
  }
  if (shown.comma !== undefined && shown.point !== undefined) {
    const [row, column, text] = shown.comma;
    const [otherRow, , otherText] = shown.point;
    const message = `prices have decimal commas here and points in row ${otherRow.row} (${JSON.stringify(otherText)}): give --decimal and correct the others`;
    findings.fault('rate-sheet.decimal-mixed', message, view.place(row, column, text));
    return undefined;
  }
  if (shown.comma !== undefined) return 'comma';
  if (shown.point === undefined && unclear !== undefined) {
    const [row, column, text] = unclear;
    findings.fault(
      'rate-sheet.decimal-unclear',
      'may be a thousand or a decimal fraction, and no other price shows which: give --decimal',
      view.place(row, column, text),
    );
    return undefined;
  }
  return 'point';
}

function order(rows: readonly SheetRow[], view: ColumnsView, datesAbove: readonly string[], findings: Findings): DateOrder | undefined {
  const shown: Partial<Record<DateOrder, string>> = {};
  const places: Partial<Record<DateOrder | 'unclear', SheetRow>> = {};
  let unclear: string | undefined;
  const seen = new Set<string>();
  const look = (text: string, row: SheetRow | undefined) => {
    if (text === '' || seen.has(text)) return;
    seen.add(text);
    const found = orderShown(text);
    if (found === undefined) return;
    if (row !== undefined) places[found] ??= row;
    if (found === 'unclear') unclear ??= text;
    else shown[found] ??= text;
  };
  for (const date of datesAbove) look(date, undefined);
  for (const row of rows) {
    for (const field of ['effective', 'end'] as const) if (view.kind(row, field) !== 'date') look(view.text(row, field), row);
  }
  if (shown.dmy !== undefined && shown.mdy !== undefined) {
    const message = `dates have the day first here and the month first elsewhere (${JSON.stringify(shown.mdy)}): correct the sheet`;
    findings.fault('rate-sheet.date-mixed', message, view.placeOf(places.dmy ?? { row: 0, cells: [] }, 'effective', shown.dmy));
    return undefined;
  }
  const found = shown.dmy === undefined ? (shown.mdy === undefined ? undefined : 'mdy') : 'dmy';
  if (found !== undefined) return found;
  if (unclear === undefined) return 'dmy';
  const message = 'day or month first: no date of the sheet shows which; give --date-format dd/mm/yyyy or mm/dd/yyyy';
  findings.fault('rate-sheet.date-unclear', message, view.placeOf(places.unclear ?? { row: 0, cells: [] }, 'effective', unclear));
  return undefined;
}

/** Country code and code columns side by side: the codes are in full when all of the first ones begin with their country. */
function codesInFull(rows: readonly SheetRow[], view: ColumnsView): boolean {
  if (!view.has('countryCode') || !view.has('code')) return false;
  let looked = 0;
  for (const row of rows) {
    const country = digits(view.text(row, 'countryCode'));
    const code = digits(view.text(row, 'code'));
    if (country === '' || code === '') continue;
    if (!code.startsWith(country)) return false;
    looked += 1;
    if (looked >= 500) break;
  }
  return looked > 0;
}

function digits(text: string): string {
  return text.replace(/^\s*00/, '').replace(/\D/g, '');
}
