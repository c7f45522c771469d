/** A file of a number table into the database: all of it, or nothing. */
import type { NumberTableDeclaration } from '#core/enrichment/profile.ts';
import type { NumberSteps } from '#core/numbering/number-steps.ts';
import { type Result, refuse } from '#core/refusals.ts';
import { NumberRows } from './number-rows.ts';
import { settleRows } from './settle-rows.ts';

export const importModes = ['full', 'delta'] as const;
export type ImportMode = (typeof importModes)[number];

export interface ReadNumbers {
  /** Rows of the file. */
  readonly rows: number;
  readonly steps: NumberSteps;
  /** Index 0 stands for none. */
  readonly values: readonly string[];
}

/** Takes the text of a file piece by piece. */
export class NumberFileReader {
  readonly #rows: NumberRows;
  readonly #declaration: NumberTableDeclaration;
  readonly #file: string;
  #rest = '';

  constructor(declaration: NumberTableDeclaration, file: string) {
    this.#declaration = declaration;
    this.#file = file;
    this.#rows = new NumberRows(declaration, file);
  }

  push(text: string): void {
    const whole = this.#rest === '' ? text : this.#rest + text;
    let from = 0;
    for (let end = whole.indexOf('\n'); end >= 0; end = whole.indexOf('\n', from)) {
      if (this.#rows.readable) this.#rows.line(whole.slice(from, end));
      from = end + 1;
    }
    this.#rest = whole.slice(from);
  }

  /** Refused with the first faults and their number: nothing of a file with a fault is taken. */
  finish(): Result<ReadNumbers> {
    const rows = this.#rows;
    if (this.#rest !== '') {
      const lines = rows.rows + (this.#declaration.file.header ? 2 : 1);
      if (this.#declaration.file.unendedLine === 'refuse') {
        const at = { file: this.#file, value: this.#rest.slice(0, 120) };
        return {
          ok: false,
          refusals: [refuse('numbers.file-cut', `the last line, some line ${lines}, has no line end`, at), ...rows.refusals],
        };
      }
      rows.line(this.#rest);
    }
    if (rows.faults === 0 && rows.rows === 0)
      return { ok: false, refusals: [refuse('numbers.file-empty', 'the file has no rows', { file: this.#file })] };
    const steps = rows.faults === 0 ? settleRows(rows) : undefined;
    if (steps !== undefined && rows.faults === 0) return { ok: true, value: { rows: rows.rows, steps, values: rows.values } };
    const more = rows.faults - rows.refusals.length;
    const rest = more > 0 ? [refuse('numbers.row-wrong', `and ${more} more faults`, { file: this.#file })] : [];
    return { ok: false, refusals: [...rows.refusals, ...rest] };
  }
}

/** What is imported of a table. */
export interface NumberImport {
  readonly importId: number;
  readonly table: string;
  readonly mode: ImportMode;
  readonly file: string;
  readonly rows: number;
  readonly steps: number;
  readonly knownFromMicros: number;
}
