/** The lines of a number file to steps: all of them, or what is wrong, line by line. */
import type { NumberTableDeclaration } from '#core/enrichment/profile.ts';
import { type NumberReading, normaliseNumber } from '#core/numbering/normalise.ts';
import { StepList } from '#core/numbering/number-steps.ts';
import { numberOf } from '#core/numbering/number-table.ts';
import { type Refusal, type RefusalCode, refuse } from '#core/refusals.ts';
import { NumberTimes } from './number-times.ts';
import { splitLine } from './split-line.ts';

/** So many faults are told; the rest is counted. */
const MOST_TOLD = 20;
const LONGEST_VALUE = 64;
/** How databases write that there is no end: 31 December 9999, whatever the time of day. */
const NO_END = /^9999-?12-?31(?:[T ]?\d\d:?\d\d:?\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

/** Places of the columns in a row; -1: the table does not map it. */
interface Columns {
  readonly number: number;
  readonly value: number;
  readonly from: number;
  readonly to: number;
  readonly action: number;
}

/** A row from `from` (seconds, 0: since ever) to `to` (0: open). */
export class NumberRows {
  readonly steps = new StepList();
  /** Where the row of each step ends; 0: open. */
  to = new Uint32Array(1024);
  /** Index 0 stands for none. */
  readonly values: string[] = [''];
  readonly refusals: Refusal[] = [];
  rows = 0;
  faults = 0;
  readonly #declaration: NumberTableDeclaration;
  readonly #file: string;
  readonly #times: NumberTimes;
  readonly #places = new Map<string, number>();
  readonly #endedBy: ReadonlySet<string>;
  #columns: Columns | undefined;
  #line = 0;

  constructor(declaration: NumberTableDeclaration, file: string) {
    this.#declaration = declaration;
    this.#file = file;
    this.#times = new NumberTimes(declaration.file.zone);
    this.#endedBy = new Set(declaration.file.endedBy);
    if (!declaration.file.header) this.#columns = this.#find(undefined);
  }

  /** Lines taken so far. */
  get lines(): number {
    return this.#line;
  }

  /** True while reading on makes sense. */
  get readable(): boolean {
    return this.#columns !== undefined || this.#line === 0;
  }

  line(text: string): void {
    this.#line += 1;
    const written = text.endsWith('\r') ? text.slice(0, -1) : text;
    if (this.#columns === undefined) {
      if (this.#line === 1) this.#columns = this.#find(splitLine(written.replace(/^\ufeff/, ''), this.#declaration.file.separator));
      return;
    }
    if (written === '') return;
    this.rows += 1;
    this.#row(splitLine(written, this.#declaration.file.separator), this.#columns);
  }

  fault(code: RefusalCode, message: string, line: number, field?: string, value?: string): undefined {
    this.faults += 1;
    if (this.refusals.length >= MOST_TOLD) return undefined;
    const more = { ...(field === undefined ? {} : { field }), ...(value === undefined ? {} : { value: value.slice(0, 120) }) };
    this.refusals.push(refuse(code, message, { file: this.#file, line, ...more }));
    return undefined;
  }

  #find(header: readonly string[] | undefined): Columns | undefined {
    const { columns } = this.#declaration.file;
    let missing = false;
    const place = (name: string | undefined): number => {
      if (name === undefined) return -1;
      const found =
        header === undefined ? (/^[1-9]\d{0,3}$/.test(name) ? Number(name) - 1 : -1) : header.findIndex((each) => each.trim() === name);
      if (found >= 0) return found;
      missing = true;
      const said = header === undefined ? 'the files have no header, so columns are numbers from 1' : `the header has ${header.join(', ')}`;
      this.fault('numbers.columns-missing', `there is no column ${name}: ${said}`, 1, name);
      return -1;
    };
    const found = {
      number: place(columns.number),
      value: place(columns.value),
      from: place(columns.validFrom),
      to: place(columns.validTo),
      action: place(columns.action),
    };
    return missing ? undefined : found;
  }

  #row(fields: readonly string[] | undefined, columns: Columns): undefined {
    const line = this.#line;
    if (fields === undefined) return this.fault('numbers.row-wrong', 'a quote in the line does not end', line);
    const last = Math.max(columns.number, columns.value, columns.from, columns.to, columns.action);
    if (fields.length <= last)
      return this.fault('numbers.row-wrong', `the row has ${fields.length} columns, at least ${last + 1} are mapped`, line);
    const { numbering } = this.#declaration.file;
    const written = fields[columns.number] as string; // last is within the row
    const number = digitsOf(normaliseNumber(written, numbering));
    if (number === undefined)
      return this.fault('numbers.row-wrong', 'the number cannot be read', line, this.#declaration.file.columns.number, written);
    const ended = columns.action >= 0 && this.#endedBy.has((fields[columns.action] as string).trim());
    const value = ended ? 0 : this.#value((fields[columns.value] as string).trim(), line);
    const from = this.#time(fields[columns.from], columns.from, line, 'validFrom');
    const to = this.#time(fields[columns.to], columns.to, line, 'validTo');
    if (value === undefined || Number.isNaN(from) || Number.isNaN(to)) return undefined;
    if (to !== 0 && to <= from)
      return this.fault('numbers.row-wrong', 'the row ends before or when it begins', line, 'validTo', fields[columns.to]);
    const at = this.steps.count;
    this.steps.add(numberOf(number), from, value, line);
    if (at >= this.to.length) {
      const larger = new Uint32Array(this.to.length * 2);
      larger.set(this.to);
      this.to = larger;
    }
    this.to[at] = to;
    return undefined;
  }

  #value(written: string, line: number): number | undefined {
    const known = this.#places.get(written);
    if (known !== undefined) return known;
    const { gives, file } = this.#declaration;
    const value =
      gives === 'owner' ? (written.length <= LONGEST_VALUE ? written : undefined) : digitsOf(normaliseNumber(written, file.numbering));
    if (value === undefined || value === '') {
      const what = gives === 'owner' ? `is no name of 1 to ${LONGEST_VALUE} characters` : 'is no number to route by';
      this.fault('numbers.row-wrong', `the value ${what}`, line, file.columns.value, written);
      return undefined;
    }
    const index = this.values.push(value) - 1;
    this.#places.set(written, index);
    return index;
  }

  #time(written: string | undefined, column: number, line: number, field: 'validFrom' | 'validTo'): number {
    const text = column < 0 ? '' : (written ?? '').trim();
    if (text === '' || (field === 'validTo' && NO_END.test(text))) return 0;
    const seconds = this.#times.seconds(text);
    if (Number.isNaN(seconds))
      this.fault('numbers.row-wrong', `${field} is no time from 1970 to 2106`, line, this.#declaration.file.columns[field], text);
    return seconds;
  }
}

function digitsOf(reading: NumberReading): string | undefined {
  return reading.kind === 'number' ? reading.digits : undefined;
}
