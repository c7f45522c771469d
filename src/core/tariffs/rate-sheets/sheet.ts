/** A sheet as any file format gives it: rows of texts, with what only spreadsheets know beside them. */
export const cellKinds = ['text', 'number', 'date', 'error'] as const;
/**
 * text: as written. number: a plain decimal with a point. date: `2026-01-31` or `2026-01-31T13:00:00`.
 * error: a spreadsheet's `#N/A` and the like.
 */
export type CellKind = (typeof cellKinds)[number];

export interface SheetRow {
  /** Row of the sheet, or line of the text, from 1. */
  readonly row: number;
  readonly cells: readonly string[];
  /** Kinds of the cells; absent when all are text. */
  readonly kinds?: readonly CellKind[];
  /** Columns (from 0) whose value a formula gave. */
  readonly formulas?: readonly number[];
  readonly hidden?: boolean;
}

export interface Sheet {
  /** The file's name, and the sheet's when it has several: how places name it. */
  readonly name: string;
  readonly rows: readonly SheetRow[];
}

/** `A` for 0, `Z` for 25, `AA` for 26. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** 0 for `A`, 26 for `AA`; undefined for what is not one to three letters. */
export function columnOfLetters(letters: string): number | undefined {
  if (!/^[A-Za-z]{1,3}$/.test(letters)) return undefined;
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
