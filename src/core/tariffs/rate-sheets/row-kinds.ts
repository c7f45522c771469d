import type { ColumnsView } from './columns-view.ts';
import type { Findings } from './findings.ts';
import type { SheetColumn } from './header.ts';
import type { SheetRow } from './sheet.ts';
import { plainWords } from './words.ts';

/** Tells rows that are not rates: headers again, notes, and cells that a spreadsheet could not fill. */
export class RowKinds {
  readonly #view: ColumnsView;
  readonly #findings: Findings;
  /** The named columns, with their names as they are compared. */
  readonly #headerWords: readonly { readonly column: SheetColumn; readonly words: string }[];

  constructor(view: ColumnsView, findings: Findings) {
    this.#view = view;
    this.#findings = findings;
    this.#headerWords = view.columns
      .filter((column) => column.header !== '')
      .map((column) => ({ column, words: plainWords(column.header) }));
  }

  /** Long sheets repeat their header on each page. */
  isHeaderAgain(row: SheetRow): boolean {
    const [first, second] = this.#headerWords;
    if (first === undefined || second === undefined || !/\p{L}/u.test(this.#view.textAt(row, first.column))) return false;
    return this.#headerWords.every(({ column, words }) => {
      const text = plainWords(this.#view.textAt(row, column));
      return text !== '' && words.endsWith(text);
    });
  }

  /** A line of text across the sheet: one cell with words in it, in the column of codes or outside the table. */
  isNote(row: SheetRow, byCode: boolean): boolean {
    const filled = row.cells.map((cell, index) => ({ cell: cell.trim(), index })).filter(({ cell }) => cell !== '');
    const [only, ...others] = filled;
    if (only === undefined || others.length > 0) return false;
    const column = this.#view.columns.find((each) => each.index === only.index);
    if (column === undefined || column.field === 'comment') return true;
    if (column.field === 'destination' || column.field === 'country') return !byCode;
    return /\p{L}{2,}.*\s|\p{L}{4,}/u.test(only.cell);
  }

  /** Whether the cells that are read hold values. Errors and formulas of a spreadsheet are reported, and hidden rows. */
  isSound(row: SheetRow): boolean {
    if (row.hidden === true) {
      this.#findings.warn('rate-sheet.hidden-row', 'the row is hidden in the spreadsheet, and is read', this.#view.place(row, undefined));
    }
    if (row.kinds === undefined && row.formulas === undefined) return true;
    let sound = true;
    for (const column of this.#view.columns) {
      if (column.field !== 'comment' && column.field !== 'oldPrice' && !this.#isSoundCell(row, column)) sound = false;
    }
    return sound;
  }

  #isSoundCell(row: SheetRow, column: SheetColumn): boolean {
    const text = this.#view.textAt(row, column);
    const place = this.#view.place(row, column, text);
    if (this.#view.kindAt(row, column) === 'error') {
      this.#findings.fault('rate-sheet.cell-error', 'the spreadsheet shows an error here', place);
      return false;
    }
    if (row.formulas?.includes(column.index) !== true) return true;
    if (text === '') {
      this.#findings.fault('rate-sheet.formula-without-value', 'a formula whose result the file does not hold', place);
      return false;
    }
    this.#findings.warn('rate-sheet.formula', 'the value is the stored result of a formula, which is not calculated again', place);
    return true;
  }
}

/** The last row of a text that was cut off has fewer cells than all others, and is no sentence below the table. */
export function isCutOff(rows: readonly SheetRow[]): boolean {
  const last = rows.at(-1);
  if (last === undefined || last.kinds !== undefined || rows.length < 4 || isSentence(last)) return false;
  const width = rows[0]?.cells.length ?? 0;
  return last.cells.length < width && rows.every((row) => row === last || row.cells.length === width);
}

function isSentence(row: SheetRow): boolean {
  const [only, ...others] = row.cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return only !== undefined && others.length === 0 && (only.split(/\s+/).length >= 5 || /[.!:*)]$|^[*(-]/.test(only));
}
