import { type CellKind, columnOfLetters, type SheetRow } from '#core/tariffs/rate-sheets/sheet.ts';
import type { SheetLimits } from '../sheet-file.ts';
import { stop } from '../sheet-file.ts';
import { dateOfSerial, numberText } from './cell-values.ts';
import { type Merge, readMerges } from './merges.ts';
import type { WorkbookPackage } from './package.ts';
import type { CellTables } from './workbook.ts';
import { attribute, isTrue, readXml, type XmlHandler } from './xml.ts';

/** The last row and column that a worksheet can have. */
const LAST_ROW = 1_048_576;

/** Rows of a worksheet in batches, as they are unpacked. */
export async function* worksheetRows(
  workbook: WorkbookPackage,
  part: string,
  tables: CellTables,
  limits: SheetLimits,
): AsyncGenerator<readonly SheetRow[]> {
  const reader = new WorksheetReader(workbook.name, tables, limits, await readMerges(workbook, part));
  for await (const _ of readXml(workbook, part, reader)) {
    const rows = reader.take();
    if (rows.length > 0) yield rows;
  }
}

class WorksheetReader implements XmlHandler {
  readonly #file: string;
  readonly #tables: CellTables;
  readonly #limits: SheetLimits;
  readonly #merges: ReadonlyMap<number, readonly Merge[]>;
  #rows: SheetRow[] = [];
  /** Merged cells that reach below the row read last: column to what they show and until when. */
  readonly #open = new Map<number, { text: string; kind: CellKind; formula: boolean; lastRow: number }>();
  #row = 0;
  #hidden = false;
  #cells: string[] = [];
  #kinds: CellKind[] = [];
  #formulas: number[] = [];
  #plain = true;
  #column = -1;
  #type = 'n';
  #style = 0;
  #formula = false;
  #value = '';
  #inValue = false;
  #inReading = 0;

  constructor(file: string, tables: CellTables, limits: SheetLimits, merges: ReadonlyMap<number, readonly Merge[]>) {
    this.#file = file;
    this.#tables = tables;
    this.#limits = limits;
    this.#merges = merges;
  }

  /** The rows completed since the last call. */
  take(): readonly SheetRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case 'row':
        this.#openRow(attributes);
        break;
      case 'c':
        this.#openCell(attributes);
        break;
      case 'f':
        this.#formula = true;
        break;
      case 'v':
      case 't':
        this.#inValue = true;
        break;
      case 'rPh':
        this.#inReading += 1;
        break;
    }
  }

  text(text: string): void {
    if (this.#inValue && this.#inReading === 0) this.#value += text;
  }

  close(name: string): void {
    switch (name) {
      case 'v':
      case 't':
        this.#inValue = false;
        break;
      case 'rPh':
        this.#inReading -= 1;
        break;
      case 'c':
        this.#closeCell();
        break;
      case 'row':
        this.#closeRow();
        break;
    }
  }

  #openRow(attributes: Readonly<Record<string, string>>): void {
    const said = attribute(attributes, 'r');
    const row = said === undefined ? this.#row + 1 : Number(said);
    if (!Number.isInteger(row) || row <= this.#row || row > LAST_ROW)
      stop('rate-sheet.damaged', `row ${said ?? row} comes after row ${this.#row}`, { file: this.#file });
    this.#row = row;
    this.#hidden = isTrue(attribute(attributes, 'hidden'));
    this.#cells = [];
    this.#kinds = [];
    this.#formulas = [];
    this.#plain = true;
    this.#column = -1;
  }

  #openCell(attributes: Readonly<Record<string, string>>): void {
    const reference = attributes.r;
    const letters = reference === undefined ? undefined : /^[A-Z]{1,3}/.exec(reference)?.[0];
    this.#column = letters === undefined ? this.#column + 1 : (columnOfLetters(letters) ?? this.#column + 1);
    this.#type = attributes.t ?? 'n';
    this.#style = attributes.s === undefined ? 0 : Number(attributes.s);
    this.#formula = false;
    this.#value = '';
  }

  #closeCell(): void {
    if (this.#column >= this.#limits.columns || (this.#value === '' && !this.#formula)) return;
    const { text, kind } = this.#read();
    this.#put(this.#column, text, kind, this.#formula);
  }

  #put(column: number, text: string, kind: CellKind, formula: boolean): void {
    while (this.#cells.length <= column) {
      this.#cells.push('');
      this.#kinds.push('text');
    }
    this.#cells[column] = text;
    this.#kinds[column] = kind;
    if (kind !== 'text') this.#plain = false;
    if (formula) this.#formulas.push(column);
  }

  #read(): { readonly text: string; readonly kind: CellKind } {
    const value = this.#value;
    switch (this.#type) {
      case 's': {
        const text = this.#tables.strings[Number(value)];
        if (text === undefined)
          return stop('rate-sheet.damaged', `row ${this.#row} refers to text ${value}, which the workbook lacks`, { file: this.#file });
        return { text, kind: 'text' };
      }
      case 'inlineStr':
      case 'str':
        return { text: value, kind: 'text' };
      case 'b':
        return { text: value === '1' ? 'TRUE' : 'FALSE', kind: 'text' };
      case 'e':
        return { text: value, kind: 'error' };
      case 'd':
        return { text: value.replace(/T00:00:00(\.0+)?Z?$/, ''), kind: 'date' };
      default:
        return this.#number(value);
    }
  }

  #number(value: string): { readonly text: string; readonly kind: CellKind } {
    if (value === '') return { text: '', kind: 'text' };
    if (this.#tables.dateStyles[this.#style] === true) {
      const date = dateOfSerial(value, this.#tables.from1904);
      if (date !== undefined) return { text: date, kind: 'date' };
    }
    const text = numberText(value);
    return text === undefined ? { text: value, kind: 'text' } : { text, kind: 'number' };
  }

  #closeRow(): void {
    this.#fillMerges();
    if (this.#cells.every((cell) => cell === '') && this.#formulas.length === 0) return;
    this.#rows.push({
      row: this.#row,
      cells: this.#cells,
      ...(this.#plain ? {} : { kinds: this.#kinds }),
      ...(this.#formulas.length === 0 ? {} : { formulas: this.#formulas }),
      ...(this.#hidden ? { hidden: true } : {}),
    });
  }

  /** A cell merged over several rows shows its value in each of them. */
  #fillMerges(): void {
    for (const [column, merged] of this.#open) {
      if (merged.lastRow < this.#row) this.#open.delete(column);
      else if ((this.#cells[column] ?? '') === '') this.#put(column, merged.text, merged.kind, merged.formula);
    }
    for (const { column, lastRow } of this.#merges.get(this.#row) ?? []) {
      const text = this.#cells[column] ?? '';
      if (text !== '')
        this.#open.set(column, { text, kind: this.#kinds[column] ?? 'text', formula: this.#formulas.includes(column), lastRow });
    }
  }
}
