/**
 * CSV meant for a spreadsheet. A cell of text that a spreadsheet would run as a formula (it begins with
 * = + - @, their wide forms, a tab or a carriage return) gets an apostrophe before it, which makes it text; a number is
 * written as it is, so `-5.05` stays the number.
 */
import { formatCsvRow } from './csv.ts';

/** Text, or a figure in plain decimal notation that must stay a number. */
export type SpreadsheetCell = string | { readonly figure: string };

const FORMULA = /^[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]/;
/** Where the semicolon or the tab separates (as in a German Excel), what follows one begins a cell; quotes do not help: its row begins elsewhere. */
const INNER_FORMULA = /([;\t])(?=[=+\-@\uff0b\uff0d\uff1d\uff20])/g;
const FIGURE = /^-?\d+(?:\.\d+)?$/;

/** One row without its line end. */
export function formatSpreadsheetRow(cells: readonly SpreadsheetCell[]): string {
  return formatCsvRow(cells.map(cellText));
}

function cellText(cell: SpreadsheetCell): string {
  if (typeof cell === 'string') return neutral(cell);
  return FIGURE.test(cell.figure) ? cell.figure : neutral(cell.figure);
}

/** Line breaks inside become spaces: one row is one line. */
function neutral(text: string): string {
  const shown = FORMULA.test(text) ? `'${text}` : text;
  return shown.replace(/[\r\n]+/g, ' ').replace(INNER_FORMULA, "$1'");
}
