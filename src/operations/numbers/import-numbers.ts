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

const LONGEST_LINE = 65_536;

/** Takes the text of a file piece by piece. */
export class NumberFileReader {
  readonly #rows: NumberRows;
  readonly #declaration: NumberTableDeclaration;
  readonly #file: string;
  #rest = '';
  /** A line was so long that nothing more is read. */
  #tooLong = false;

  constructor(declaration: NumberTableDeclaration, file: string) {
    this.#declaration = declaration;
    this.#file = file;
    this.#rows = new NumberRows(declaration, file);
  }

  push(text: string): void {
    if (this.#tooLong) return;
    const whole = this.#rest === '' ? text : this.#rest + text;
    let from = 0;
    for (let end = whole.indexOf('\n'); end >= 0; end = whole.indexOf('\n', from)) {
      if (this.#rows.readable) this.#rows.line(whole.slice(from, end));
      from = end + 1;
    }
    this.#rest = whole.slice(from);
    if (this.#rest.length <= LONGEST_LINE) return;
    this.#tooLong = true;
    this.#rest = '';
    this.#rows.fault(
      'numbers.row-wrong',
      `the line is longer than ${LONGEST_LINE} characters: the file is no table of numbers`,
      this.#rows.lines + 1,
    );
  }

  /** Refused with the first faults and their number: nothing of a file with a fault is taken. */
  finish(): Result<ReadNumbers> {
    const rows = this.#rows;
    if (this.#rest !== '') {
      if (this.#declaration.file.unendedLine === 'refuse') {
        const at = { file: this.#file, line: rows.lines + 1, value: this.#rest.slice(0, 120) };
        return {
          ok: false,
          refusals: [refuse('numbers.file-cut', 'the last line has no line end', at), ...rows.refusals],
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
