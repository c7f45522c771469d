import type { Place } from '../../refusals.ts';
import type { SheetField } from './fields.ts';
import type { Header, SheetColumn } from './header.ts';
import { said } from './header.ts';
import type { CellKind, SheetRow } from './sheet.ts';

/** Reads cells of rows by field, and says where they are. */
export class ColumnsView {
  readonly #sheet: string;
  readonly #columns = new Map<SheetField, SheetColumn>();
  readonly #names = new Map<number, string>();
  /** Price columns in the order of the sheet; one without a band, or several with. */
  readonly prices: readonly SheetColumn[];
  readonly columns: readonly SheetColumn[];

  constructor(sheet: string, header: Header) {
    this.#sheet = sheet;
    this.columns = header.columns;
    for (const column of header.columns) {
      if (!this.#columns.has(column.field)) this.#columns.set(column.field, column);
      this.#names.set(column.index, said(column));
    }
    this.prices = header.columns.filter((column) => column.field === 'price');
  }

  has(field: SheetField): boolean {
    return this.#columns.has(field);
  }

  column(field: SheetField): SheetColumn | undefined {
    return this.#columns.get(field);
  }

  text(row: SheetRow, field: SheetField): string {
    const column = this.#columns.get(field);
    return column === undefined ? '' : this.textAt(row, column);
  }

  textAt(row: SheetRow, column: SheetColumn): string {
    return (row.cells[column.index] ?? '').trim();
  }

  kindAt(row: SheetRow, column: SheetColumn): CellKind {
    return row.kinds?.[column.index] ?? 'text';
  }

  kind(row: SheetRow, field: SheetField): CellKind {
    const column = this.#columns.get(field);
    return column === undefined ? 'text' : this.kindAt(row, column);
  }

  /** Name of a column for places; a shared string, so that it costs nothing to keep with every rate. */
  name(column: SheetColumn): string {
    return this.#names.get(column.index) ?? said(column);
  }

  place(row: SheetRow, column: SheetColumn | undefined, value?: string): Place {
    return {
      file: this.#sheet,
      line: row.row,
      ...(column === undefined ? {} : { field: this.name(column) }),
      ...(value === undefined || value === '' ? {} : { value }),
    };
  }

  placeOf(row: SheetRow, field: SheetField, value?: string): Place {
    return this.place(row, this.#columns.get(field), value);
  }
}
