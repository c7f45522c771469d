import type { ColumnLayout, ColumnPlace, Source } from '#core/usage/source.ts';
import { type Rejection, reject, type Skipped, shown } from './draft.ts';
import { judgeType, positionOf } from './record-types.ts';
import type { RowReader, SlotTable } from './row-reader.ts';

interface CompiledLayout {
  /** Characters of a record. */
  readonly length: number;
  /** By slot. */
  readonly places: readonly (ColumnPlace | undefined)[];
  readonly keySlots: readonly number[];
  readonly types: readonly string[] | undefined;
}

/** Reads records whose columns stand at fixed places. White space around a value is none of it. */
export class FixedReader implements RowReader {
  readonly #source: Source;
  readonly #layouts: readonly CompiledLayout[];
  readonly #typePlace: ColumnPlace | undefined;
  #layout: CompiledLayout | undefined;
  #text = '';

  constructor(source: Source, slots: SlotTable) {
    this.#source = source;
    const keyed = source.layouts.map((layout) => (layout.key ?? source.key).map((column) => slots.slot(column)));
    this.#layouts = source.layouts.map((layout, index) => ({
      length: Math.max(0, ...(layout.places ?? []).map(({ from, length }) => from - 1 + length)),
      places: slots.columns.map((column) => placeOf(column, layout)),
      keySlots: keyed[index] ?? [],
      types: layout.types,
    }));
    const [first] = source.layouts;
    this.#typePlace = source.records === undefined || first === undefined ? undefined : placeOf(source.records.column, first);
  }

  take(text: string, ended: boolean): Rejection | Skipped | undefined {
    this.#text = text;
    const { records, extraColumns, fixed, unendedRecord } = this.#source;
    const type = this.#typePlace === undefined ? undefined : this.#at(this.#typePlace);
    const other = type === undefined || records === undefined ? undefined : judgeType(records, type);
    if (other !== undefined) return other;
    const layout = this.#layouts.find(({ types }) => types === undefined || type === undefined || types.includes(type));
    if (layout === undefined) return reject('usage.type-unknown', `no layout is for records of type ${shown(type ?? '')}`);
    this.#layout = layout;
    const says = `the record has ${text.length} characters, its columns need ${layout.length}: ${shown(text)}`;
    const mayBeCut = !ended && unendedRecord === 'reject';
    if (text.length < layout.length && (mayBeCut || fixed?.shortRecords !== 'take')) return reject('usage.columns-missing', says);
    if (text.length > layout.length && extraColumns === 'reject' && text.slice(layout.length).trim() !== '')
      return reject('usage.columns-surplus', says);
    return undefined;
  }

  value(slot: number): string {
    const place = this.#layout?.places[slot];
    return place === undefined ? '' : this.#at(place);
  }

  lacks(slot: number): boolean {
    return this.#layout?.places[slot] === undefined;
  }

  keySlots(): readonly number[] {
    return this.#layout?.keySlots ?? [];
  }

  columns(): readonly (readonly [string, string])[] {
    const layout = this.#source.layouts[this.#layout === undefined ? -1 : this.#layouts.indexOf(this.#layout)];
    return (layout?.columns ?? []).map((name, index) => {
      const place = layout?.places?.[index];
      return [name, place === undefined ? '' : this.#at(place)];
    });
  }

  #at({ from, length }: ColumnPlace): string {
    return this.#text.slice(from - 1, from - 1 + length).trim();
  }
}

function placeOf(column: string, layout: ColumnLayout): ColumnPlace | undefined {
  return layout.places?.[positionOf(column, layout)];
}
