import { type Result, refuse } from '#core/refusals.ts';
import type { ColumnLayout, Source } from '#core/usage/source.ts';
import { DelimitedRow, type Row } from './delimited-row.ts';
import { type Rejection, reject, type Skipped, shown } from './draft.ts';
import { EscapedRow } from './escaped-row.ts';
import { judgeType, positionOf } from './record-types.ts';
import type { RowReader, SlotTable } from './row-reader.ts';

interface CompiledLayout {
  readonly columns: number;
  readonly positions: Int32Array;
  readonly keySlots: readonly number[];
  /** Position of the start time, by which layouts of one length are told apart. */
  readonly startPosition: number;
  /** Types of records that are written so; undefined: any. */
  readonly types: readonly string[] | undefined;
}

/**
 * Reads lines of delimited text. A record has as many columns as declared; more only where the source says that
 * columns grow at the end. `startColumn` is the column of the start time.
 */
export function delimitedReader(source: Source, slots: SlotTable, startColumn: string | undefined): DelimitedReader {
  const keyed = source.layouts.map((layout) => (layout.key ?? source.key).map((column) => slots.slot(column)));
  const layouts = source.layouts.map((layout, index) => compileLayout(layout, slots, keyed[index] ?? [], startColumn));
  return new DelimitedReader(source, slots, layouts, startColumn);
}

function compileLayout(
  layout: ColumnLayout,
  slots: SlotTable,
  keySlots: readonly number[],
  startColumn: string | undefined,
): CompiledLayout {
  return {
    columns: layout.columns.length,
    positions: slots.positions(layout),
    keySlots,
    startPosition: startColumn === undefined ? -1 : layout.columns.indexOf(startColumn),
    types: layout.types,
  };
}

const NO_LAYOUT: ColumnLayout = { columns: [] };

export class DelimitedReader implements RowReader {
  readonly #row: Row;
  readonly #source: Source;
  readonly #slots: SlotTable;
  readonly #startColumn: string | undefined;
  /** Where the type of a record stands; −1 where there are no types. */
  #typePosition: number;
  #layouts: readonly CompiledLayout[];
  #layout: CompiledLayout | undefined;
  #names: readonly string[] = [];

  constructor(source: Source, slots: SlotTable, layouts: readonly CompiledLayout[], startColumn: string | undefined) {
    const usual = source.separator.length === 1 && (source.escape === 'doubled' || source.quote === '') && source.escape !== 'backslash';
    this.#row = usual ? new DelimitedRow(source.separator, source.quote) : new EscapedRow(source.separator, source.quote, source.escape);
    this.#typePosition = source.records === undefined ? -1 : positionOf(source.records.column, source.layouts[0] ?? NO_LAYOUT);
    this.#source = source;
    this.#slots = slots;
    this.#layouts = layouts;
    this.#startColumn = startColumn;
  }

  /** Takes the header line of a file. Refused: columns that the source maps and the header lacks (`usage.header-differs`). */
  header(line: string): Result<undefined> {
    const at = { line: this.#source.skipLines + 1 };
    if (line.trim() === '')
      return { ok: false, refusals: [refuse('usage.header-differs', 'the file has no header: the line is empty', at)] };
    if (!this.#row.scan(line)) {
      const why = this.#row.atReturn ? 'a carriage return stands inside' : 'a quote does not end, or text follows it';
      return { ok: false, refusals: [refuse('usage.header-differs', `the header cannot be split, ${why}: ${shown(line)}`, at)] };
    }
    const names: string[] = [];
    for (let index = 0; index < this.#row.count; index++) names.push(this.#row.column(index).trim());
    const keySlots = this.#source.key.map((column) => this.#slots.slot(column));
    const layout = compileLayout({ columns: names }, this.#slots, keySlots, this.#startColumn);
    const needed = this.#neededColumns();
    const twice = needed.find((column) => names.indexOf(column) !== names.lastIndexOf(column));
    if (twice !== undefined) {
      const message = `the header has the column ${shown(twice)} more than once; name it by its number, or let skipLines pass over the header`;
      return { ok: false, refusals: [refuse('usage.header-differs', message, at)] };
    }
    const missing = needed.filter((column) => {
      const position = positionOf(column, { columns: names });
      return position < 0 || position >= names.length;
    });
    if (missing.length > 0) {
      const listed = (all: readonly string[]): string =>
        all
          .slice(0, 40)
          .map((name) => shown(name))
          .join(', ');
      const message = `the header has no column ${listed(missing)}; it has ${listed(names)}`;
      return { ok: false, refusals: [refuse('usage.header-differs', message, at)] };
    }
    this.#layouts = [layout];
    this.#names = names;
    if (this.#source.records !== undefined) this.#typePosition = positionOf(this.#source.records.column, { columns: names });
    return { ok: true, value: undefined };
  }

  /** Of a field with several rules one will do; of a field with one rule all its columns are needed, and so is the key. */
  #neededColumns(): readonly string[] {
    const { key, fields, records, expect } = this.#source;
    const alone = Object.values(fields).flatMap((rules) => (rules.length === 1 ? (rules[0]?.columns ?? []) : []));
    return [...new Set([...key, ...alone, ...Object.keys(expect ?? {}), ...(records === undefined ? [] : [records.column])])];
  }

  take(text: string, ended: boolean): Rejection | Skipped | undefined {
    const row = this.#row;
    if (!row.scan(text)) {
      if (row.atReturn) return reject('usage.carriage-return', `a carriage return stands inside the record: ${shown(text)}`);
      return reject('usage.quote-unbalanced', `a quote does not end, or text follows it: ${shown(text)}`);
    }
    const type = this.#typePosition < 0 ? undefined : row.column(this.#typePosition);
    const other = type === undefined || this.#source.records === undefined ? undefined : judgeType(this.#source.records, type);
    if (other !== undefined) return other;
    const layout = this.#choose(type);
    if (layout === undefined) return this.#miscounted(text);
    this.#layout = layout;
    return ended || this.#source.unendedRecord === 'take' ? undefined : this.#cut(text);
  }

  /** A record without a line end is whole only where nothing could be missing: neither a column nor the end of the last. */
  #cut(text: string): Rejection | undefined {
    const { count, lastIsOpen } = this.#row;
    const why = this.#layouts.some(({ columns }) => columns > count)
      ? 'longer records exist'
      : lastIsOpen
        ? 'its last column has no quotes, so it may be cut'
        : undefined;
    if (why === undefined) return undefined;
    return reject('usage.truncated-record', `the file ends without a line end, and ${why}: ${shown(text.slice(-60))}`);
  }

  value(slot: number): string {
    const position = this.#layout?.positions[slot] ?? -1;
    return position < 0 ? '' : this.#row.column(position);
  }

  lacks(slot: number): boolean {
    return (this.#layout?.positions[slot] ?? -1) < 0;
  }

  keySlots(): readonly number[] {
    return this.#layout?.keySlots ?? [];
  }

  columns(): readonly (readonly [string, string])[] {
    const at = this.#layout === undefined ? -1 : this.#layouts.indexOf(this.#layout);
    const names = this.#names.length > 0 ? this.#names : (this.#source.layouts[at]?.columns ?? []);
    return Array.from({ length: this.#row.count }, (_, index) => [names[index] ?? `${index + 1}`, this.#row.column(index)]);
  }

  #miscounted(text: string): Rejection {
    const { count } = this.#row;
    const counts = [...new Set(this.#layouts.map(({ columns }) => columns))].sort((a, b) => a - b);
    const declared = counts.length > 1 ? `${counts.slice(0, -1).join(', ')} or ${counts.at(-1)}` : `${counts[0] ?? 0}`;
    const reason = count > (counts.at(-1) ?? 0) ? 'usage.columns-surplus' : 'usage.columns-missing';
    return reject(reason, `the record has ${count} ${count === 1 ? 'column' : 'columns'}, the source declares ${declared}: ${shown(text)}`);
  }

  /**
   * The layout of exactly this many columns, else, where columns may be added, the longest with fewer; of several, one
   * whose start column holds a time.
   */
  #choose(type: string | undefined): CompiledLayout | undefined {
    const count = this.#row.count;
    const layouts = type === undefined ? this.#layouts : this.#layouts.filter(({ types }) => types === undefined || types.includes(type));
    const only = layouts.length === 1 ? layouts[0] : undefined;
    const grows = this.#source.extraColumns === 'ignore';
    if (only !== undefined) return count === only.columns || (grows && count > only.columns) ? only : undefined;
    const last = this.#layout;
    if (last !== undefined && type === undefined && last.columns === count && this.#startsWithTime(last)) return last;
    const same = layouts.filter(({ columns }) => columns === count);
    const longest = Math.max(...layouts.map(({ columns }) => columns));
    const candidates = same.length > 0 ? same : grows && count > longest ? layouts.filter(({ columns }) => columns === longest) : [];
    return candidates.find((layout) => this.#startsWithTime(layout)) ?? candidates[0];
  }

  #startsWithTime(layout: CompiledLayout): boolean {
    return /^\d{4}-\d\d-\d\d /.test(this.#row.column(layout.startPosition));
  }
}
