/** What a table shows, as a file. Texts that a spreadsheet would run as a formula are made harmless. */
import { formatSpreadsheetRow } from '#codecs/csv/spreadsheet.ts';
import { type Column, isFigure, textOf } from './columns.ts';

const BOM = '\ufeff';
/** A spreadsheet's numbers are binary with 15 digits that are sure: longer ones go as text. */
const SURE_DIGITS = 15;

/** An amount's currency has a column of its own. */
function expanded<Row>(columns: readonly Column<Row>[]): readonly Column<Row>[] {
  return columns.flatMap((column) => {
    const { currency } = column;
    if (currency === undefined) return [column];
    return [column, { id: `${column.id}-currency`, header: `${column.header} (¤)`, value: currency }];
  });
}

export function csvOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const all = expanded(columns);
  const lines = rows.map((row) =>
    formatSpreadsheetRow(all.map((column) => (isFigure(column.kind) ? { figure: textOf(column, row) } : textOf(column, row)))),
  );
  return `${BOM}${[formatSpreadsheetRow(all.map(({ header }) => header)), ...lines].join('\r\n')}\r\n`;
}

export type SheetCell =
  | { readonly type: 'number'; readonly value: number; readonly format: string }
  | { readonly type: 'text'; readonly value: string };

/** Cells are typed: text is never read as a formula. */
export function sheetOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): readonly (readonly SheetCell[])[] {
  const all = expanded(columns);
  return [
    all.map(({ header }) => ({ type: 'text', value: header }) as const),
    ...rows.map((row) => all.map((column): SheetCell => cellOf(isFigure(column.kind), textOf(column, row)))),
  ];
}

function cellOf(isNumber: boolean, text: string): SheetCell {
  if (!isNumber || !/^-?\d+(\.\d+)?$/.test(text) || text.replaceAll(/\D/g, '').length > SURE_DIGITS) return { type: 'text', value: text };
  const decimals = text.split('.')[1]?.length ?? 0;
  return { type: 'number', value: Number(text), format: `#,##0${decimals === 0 ? '' : `.${'0'.repeat(decimals)}`}` };
}

export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
