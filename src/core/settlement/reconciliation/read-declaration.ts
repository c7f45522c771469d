/** Reads a partner's declaration from the rows of a sheet, in whatever state it is; what cannot be read surely is refused by name. */
import type { Decimal } from '../../money/decimal.ts';
import { divideRounded } from '../../money/rounding.ts';
import { type Refusal, type RefusalCode, type Result, refuse } from '../../refusals.ts';
import { type DateOrder, orderShown, parseSheetDate } from '../../tariffs/rate-sheets/dates.ts';
import { type DecimalMark, markShown, parseMoney } from '../../tariffs/rate-sheets/numbers.ts';
import { columnLetters, type Sheet, type SheetRow } from '../../tariffs/rate-sheets/sheet.ts';
import { plainWords } from '../../tariffs/rate-sheets/words.ts';
import type { Period } from '../../time/period.ts';
import type { Service } from '../../usage/usage-event.ts';
import { type DeclarationField, type DurationUnit, declarationField, unitOfHeader } from './declaration-fields.ts';
import type { DeclaredLine, DeclaredStep } from './declared.ts';

export interface DeclarationGiven {
  readonly service: Service;
  readonly period: Period;
  /** Currency that their amounts must be in. */
  readonly currency: string;
  /** Headers as written, or column letters, to fields. */
  readonly columns: ReadonlyMap<string, DeclarationField>;
  readonly decimal?: DecimalMark;
  readonly dateOrder?: DateOrder;
  readonly unit?: DurationUnit;
}

export interface DeclarationRead {
  readonly lines: readonly DeclaredLine[];
  readonly step: DeclaredStep;
  /** Header to field, as it was understood. */
  readonly columns: readonly (readonly [header: string, field: DeclarationField])[];
  /** Rows that are totals: they agree with the rows above. */
  readonly totals: number;
}

interface Column {
  readonly index: number;
  readonly header: string;
  readonly field: DeclarationField;
}

const HEADER_WITHIN = 200;
const MOST_REFUSALS = 100;
const FIGURES: readonly DeclarationField[] = ['calls', 'raw', 'billed', 'amount'];
const NANOS = 1_000_000_000n;
const MICROS = 1_000_000n;

export function readDeclaration(sheet: Sheet, given: DeclarationGiven): Result<DeclarationRead> {
  const header = findHeader(sheet, given);
  if (header === undefined)
    return no(
      refuse(
        'declaration.no-header',
        `no row within the first ${HEADER_WITHIN} is a header with a number of calls, a duration or an amount`,
        {
          file: sheet.name,
        },
      ),
    );
  const fields = header.columns.map(({ field }) => field).filter((field) => field !== 'ignore');
  const twice = fields.find((field, index) => fields.indexOf(field) !== index);
  if (twice !== undefined) {
    const names = header.columns.filter(({ field }) => field === twice).map(({ header: name }) => JSON.stringify(name));
    return no(
      refuse('declaration.column-twice', `${names.join(' and ')} may both be ${twice}: map one of them to ignore`, {
        file: sheet.name,
        line: header.row,
      }),
    );
  }
  return new Reading(sheet, given, header.columns, header.rowsBefore).run();
}

class Reading {
  readonly #sheet: Sheet;
  readonly #given: DeclarationGiven;
  readonly #columns: readonly Column[];
  readonly #rows: readonly SheetRow[];
  readonly #refusals: Refusal[] = [];
  #mark: DecimalMark = 'point';
  #order: DateOrder = 'dmy';
  #quantityScale = 0;
  #amountScale = 0;

  constructor(sheet: Sheet, given: DeclarationGiven, columns: readonly Column[], rowsBefore: number) {
    this.#sheet = sheet;
    this.#given = given;
    this.#columns = columns;
    this.#rows = sheet.rows.slice(rowsBefore).filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  }

  run(): Result<DeclarationRead> {
    if (!this.#findHabits()) return { ok: false, refusals: this.#refusals };
    const lines: DeclaredLine[] = [];
    let totals = 0;
    let destination = '';
    let sinceTotal = 0n;
    let all = 0n;
    for (const row of this.#rows) {
      if (this.#refusals.length >= MOST_REFUSALS) break;
      const named = this.#text(row, 'destination');
      if (isTotal(row, named)) {
        totals += 1;
        this.#checkTotal(row, sinceTotal, all);
        sinceTotal = 0n;
        continue;
      }
      // Merged cells leave all but the first empty.
      if (named !== '') destination = named;
      const line = this.#line(row, destination);
      if (line === undefined) continue;
      lines.push(line);
      sinceTotal += line.amountNanos ?? 0n;
      all += line.amountNanos ?? 0n;
    }
    if (this.#refusals.length === 0 && lines.length === 0) this.#no('declaration.empty', 'no row has figures');
    if (this.#refusals.length > 0) return { ok: false, refusals: this.#refusals };
    const unit = this.#given.service === 'voice' ? this.#unitMicros('billed') : 1n;
    const step: DeclaredStep = {
      quantity: atLeastOne(divideRounded(unit, 10n ** BigInt(this.#quantityScale), 'up')),
      amountNanos: atLeastOne(NANOS / 10n ** BigInt(Math.min(9, this.#amountScale))),
    };
    return { ok: true, value: { lines, step, totals, columns: this.#columns.map(({ header, field }) => [header, field] as const) } };
  }

  #no(code: RefusalCode, message: string, row?: SheetRow, field?: DeclarationField, value?: string): undefined {
    const column = this.#columns.find((each) => each.field === field);
    this.#refusals.push(
      refuse(code, message, {
        file: this.#sheet.name,
        ...(row === undefined ? {} : { line: row.row }),
        ...(column === undefined ? {} : { field: column.header === '' ? columnLetters(column.index) : column.header }),
        ...(value === undefined ? {} : { value: value.slice(0, 120) }),
      }),
    );
    return undefined;
  }

  /** Decimal mark and order of dates are found from all rows, never from one; duration units from headers. */
  #findHabits(): boolean {
    const { decimal, dateOrder, unit, service } = this.#given;
    const marks = new Map<string, readonly [SheetRow, DeclarationField, string]>();
    const orders = new Map<string, readonly [SheetRow, string]>();
    for (const row of this.#rows) {
      for (const { index, field } of this.#columns) {
        const cell = (row.cells[index] ?? '').trim();
        if (cell === '') continue;
        if (field === 'day') {
          const shown = row.kinds?.[index] === 'date' ? undefined : orderShown(cell.split(/[T ]/)[0] ?? '');
          if (shown !== undefined && !orders.has(shown)) orders.set(shown, [row, cell]);
        } else if (['raw', 'billed', 'rate', 'amount', 'calls'].includes(field) && row.kinds?.[index] !== 'number' && !cell.includes(':')) {
          const shown = markShown(cell);
          // A point between three digits may be a thousand too, as in calls: 1.234.
          if (shown !== undefined && !marks.has(shown)) marks.set(shown, [row, field, cell]);
        }
      }
    }
    const [comma, point, unclear] = [marks.get('comma'), marks.get('point'), marks.get('unclear')];
    if (decimal !== undefined) this.#mark = decimal;
    else if (comma !== undefined && point !== undefined)
      this.#no(
        'declaration.decimal-mixed',
        `decimal commas here and points in row ${point[0].row} (${JSON.stringify(point[2])}): give --decimal`,
        ...comma,
      );
    else if (comma !== undefined) this.#mark = 'comma';
    else if (point === undefined && unclear !== undefined)
      this.#no(
        'declaration.decimal-unclear',
        'may be a thousand or a decimal fraction, and no other figure shows which: give --decimal',
        ...unclear,
      );
    const [dmy, mdy, either] = [orders.get('dmy'), orders.get('mdy'), orders.get('unclear')];
    if (dateOrder !== undefined) this.#order = dateOrder;
    else if (dmy !== undefined && mdy !== undefined)
      this.#no(
        'declaration.date-unclear',
        `day first here and month first in row ${mdy[0].row}: give --date-format`,
        dmy[0],
        'day',
        dmy[1],
      );
    else if (mdy !== undefined) this.#order = 'mdy';
    else if (dmy === undefined && either !== undefined) {
      // The period decides, where only one order lies in it.
      const fits = (order: DateOrder): boolean => {
        const date = parseSheetDate(either[1], order)?.date ?? '';
        return date >= this.#given.period.from && date < this.#given.period.to;
      };
      if (fits('dmy') === fits('mdy'))
        this.#no('declaration.date-unclear', 'day or month first: give --date-format', either[0], 'day', either[1]);
      else this.#order = fits('dmy') ? 'dmy' : 'mdy';
    }
    if (service === 'voice' && unit === undefined) {
      for (const { field, header, index } of this.#columns) {
        if ((field !== 'raw' && field !== 'billed') || unitOfHeader(header) !== undefined) continue;
        const clock = this.#rows.every(({ cells }) => /^$|:/.test((cells[index] ?? '').trim()));
        if (!clock)
          this.#no('declaration.unit-unclear', `${JSON.stringify(header)} may be seconds or minutes: give --unit`, undefined, field);
      }
    }
    return this.#refusals.length === 0;
  }

  #text(row: SheetRow, field: DeclarationField): string {
    const column = this.#columns.find((each) => each.field === field);
    return column === undefined ? '' : (row.cells[column.index] ?? '').trim();
  }

  #unitMicros(field: 'raw' | 'billed'): bigint {
    const header = this.#columns.find((each) => each.field === field)?.header ?? '';
    return (this.#given.unit ?? unitOfHeader(header)) === 'seconds' ? MICROS : 60n * MICROS;
  }

  #line(row: SheetRow, destination: string): DeclaredLine | undefined {
    if (FIGURES.every((field) => this.#text(row, field) === '')) return undefined;
    const currency = this.#text(row, 'currency');
    if (currency !== '' && currency.toUpperCase() !== this.#given.currency)
      return this.#no(
        'declaration.currency',
        `the row is in ${currency}, the declaration in ${this.#given.currency}`,
        row,
        'currency',
        currency,
      );
    const when = this.#when(row);
    if (when === undefined) return undefined;
    const calls = this.#number(row, 'calls');
    const [raw, billed] = [this.#quantity(row, 'raw'), this.#quantity(row, 'billed')];
    const rate = this.#number(row, 'rate');
    const amount = this.#number(row, 'amount');
    if (amount !== undefined) this.#amountScale = Math.max(this.#amountScale, Math.min(9, amount.scale));
    if (calls !== undefined && calls.units % 10n ** BigInt(calls.scale) !== 0n)
      return this.#no('declaration.figure-unreadable', 'not a whole number of calls', row, 'calls', this.#text(row, 'calls'));
    const code = this.#text(row, 'code')
      .replace(/^\s*(\+|00)/, '')
      .replace(/\D/g, '');
    const [agreement, service, period] = [this.#text(row, 'agreement'), this.#text(row, 'service'), this.#text(row, 'period')];
    return {
      row: row.row,
      destination,
      ...(agreement === '' ? {} : { agreement }),
      ...(service === '' ? {} : { service }),
      ...(period === '' ? {} : { period }),
      ...(code === '' ? {} : { code }),
      ...when,
      ...(calls === undefined ? {} : { calls: calls.units / 10n ** BigInt(calls.scale) }),
      ...(raw === undefined ? {} : { raw }),
      ...(billed === undefined ? {} : { billed }),
      ...(rate === undefined ? {} : { rateNanos: nanosOf(rate) }),
      ...(amount === undefined ? {} : { amountNanos: nanosOf(amount) }),
    };
  }

  #when(row: SheetRow): { readonly day?: string; readonly hour?: number } | undefined {
    const text = this.#text(row, 'day');
    if (text === '')
      return this.#columns.some(({ field }) => field === 'day') ? this.#no('declaration.day', 'the row has no day', row, 'day', '') : {};
    const found = parseSheetDate(text, this.#order);
    if (found === undefined) return this.#no('declaration.day', 'not a date', row, 'day', text);
    const { from, to } = this.#given.period;
    if (found.date < from || found.date >= to)
      return this.#no('declaration.day', `the day lies outside the period ${from} to before ${to}`, row, 'day', text);
    const hourText = this.#text(row, 'hour');
    if (hourText === '' && found.time === undefined) return { day: found.date };
    const hour = hourText === '' ? Number(found.time?.slice(0, 2)) : Number(/^(\d{1,2})(?:[:h].*)?$/.exec(hourText)?.[1] ?? Number.NaN);
    if (!(hour >= 0 && hour < 24)) return this.#no('declaration.day', 'not an hour from 0 to 23', row, 'hour', hourText);
    return { day: found.date, hour };
  }

  #number(row: SheetRow, field: DeclarationField): Decimal | undefined {
    const column = this.#columns.find((each) => each.field === field);
    const text = this.#text(row, field);
    if (text === '' || text === '-' || column === undefined) return undefined;
    const mark = row.kinds?.[column.index] === 'number' ? 'point' : this.#mark;
    const read = parseMoney(text.replace(/\s*%$/, ''), mark);
    if (read === undefined) return this.#no('declaration.figure-unreadable', 'not a number', row, field, text);
    return read.value;
  }

  #quantity(row: SheetRow, field: 'raw' | 'billed'): bigint | undefined {
    const clock = /^(\d{1,9}):([0-5]\d)(?::([0-5]\d))?$/.exec(this.#text(row, field));
    if (clock !== null && this.#given.service === 'voice') {
      const [, first = '0', second = '0', third] = clock;
      // With two parts they are minutes and seconds, with three hours too.
      const seconds =
        third === undefined ? BigInt(first) * 60n + BigInt(second) : BigInt(first) * 3600n + BigInt(second) * 60n + BigInt(third);
      return seconds * MICROS;
    }
    const value = this.#number(row, field);
    if (value === undefined) return undefined;
    this.#quantityScale = Math.max(this.#quantityScale, Math.min(9, value.scale));
    const unit = this.#given.service === 'voice' ? this.#unitMicros(field) : 1n;
    return divideRounded(value.units * unit, 10n ** BigInt(value.scale), 'half-up');
  }

  #checkTotal(row: SheetRow, sinceTotal: bigint, all: bigint): void {
    const stated = this.#number(row, 'amount');
    if (stated === undefined) return;
    const nanos = nanosOf(stated);
    const slack = (NANOS / 10n ** BigInt(Math.min(9, stated.scale))) * BigInt(Math.max(1, this.#rows.length));
    const near = (value: bigint): boolean => (nanos > value ? nanos - value : value - nanos) <= slack;
    if (!near(sinceTotal) && !near(all))
      this.#no('declaration.total-differs', 'the total is not the sum of the rows above it', row, 'amount', this.#text(row, 'amount'));
  }
}

function isTotal(row: SheetRow, named: string): boolean {
  const first = named === '' ? (row.cells.find((cell) => cell.trim() !== '') ?? '') : named;
  return /^(grand |sub ?)?(totals?|sum|summe|gesamt(summe)?|zwischensumme|subtotals?|totale|suma|somme)\b/.test(plainWords(first));
}

function nanosOf({ units, scale }: Decimal): bigint {
  return scale <= 9 ? units * 10n ** BigInt(9 - scale) : divideRounded(units, 10n ** BigInt(scale - 9), 'half-up');
}

function atLeastOne(value: bigint): bigint {
  return value < 1n ? 1n : value;
}

interface Header {
  readonly row: number;
  readonly rowsBefore: number;
  readonly columns: readonly Column[];
}

function findHeader(sheet: Sheet, { columns: mapping }: DeclarationGiven): Header | undefined {
  let best: Header | undefined;
  const named = new Map([...mapping].map(([header, field]) => [plainWords(header), field]));
  const consider = (cells: readonly string[], row: number, rowsBefore: number): void => {
    const columns = cells.flatMap((cell, index): Column[] => {
      const field = mapping.get(columnLetters(index)) ?? named.get(plainWords(cell)) ?? declarationField(cell);
      return field === undefined || cell.trim() === '' ? [] : [{ index, header: cell.trim(), field }];
    });
    const kinds = new Set(columns.map(({ field }) => field));
    if (columns.length < 2 || !FIGURES.some((field) => kinds.has(field))) return;
    if (best === undefined || kinds.size > new Set(best.columns.map(({ field }) => field)).size) best = { row, rowsBefore, columns };
  };
  sheet.rows.slice(0, HEADER_WITHIN).forEach((row, index) => {
    if (row.kinds?.includes('number') === true) return;
    consider(row.cells, row.row, index + 1);
    const above = sheet.rows[index - 1];
    if (above !== undefined && above.row === row.row - 1) consider(joined(above.cells, row.cells), row.row, index + 1);
  });
  return best;
}

/** A merged header stands over the first of its columns and reaches to the next one. */
function joined(above: readonly string[], below: readonly string[]): readonly string[] {
  let group = '';
  return Array.from({ length: Math.max(above.length, below.length) }, (_, index) => {
    const cell = below[index] ?? '';
    if ((above[index] ?? '').trim() !== '') group = above[index] ?? '';
    else if (cell.trim() === '') group = '';
    return `${group} ${cell}`.trim();
  });
}

function no(...refusals: readonly Refusal[]): Result<never> {
  return { ok: false, refusals };
}
