import type { ColumnsView } from './columns-view.ts';
import type { Findings } from './findings.ts';
import type { SheetColumn } from './header.ts';
import type { SheetRow } from './sheet.ts';
import { bandInWords, bandKey, plainWords } from './words.ts';

const ANY_TIME = new Set('|all|all day|any|any time|anytime|flat|24h|24x7|24 7|24 hours|always|standard|default|all times'.split('|'));

/** Finds the tariff's time bands under the names that sheets give them. */
export class BandReader {
  readonly #view: ColumnsView;
  readonly #names: readonly string[];
  readonly #findings: Findings;
  readonly #byKey: ReadonlyMap<string, string>;
  /** Price columns with a band of their own, and the tariff's name of it; undefined when the tariff has none such. */
  readonly #ofColumns: ReadonlyMap<SheetColumn, string | undefined>;

  /** Reports columns whose band the tariff does not have. */
  constructor(view: ColumnsView, headerRow: number, bands: readonly string[], findings: Findings) {
    this.#view = view;
    this.#names = bands;
    this.#findings = findings;
    this.#byKey = new Map(bands.map((band) => [bandKey(band), band]));
    this.#ofColumns = new Map(view.prices.flatMap((column) => (column.band === undefined ? [] : [[column, this.#find(column.band)]])));
    for (const [column, band] of this.#ofColumns) {
      if (band === undefined) findings.fault('rate-sheet.band-unknown', this.#say(), view.place({ row: headerRow, cells: [] }, column));
    }
  }

  /** The band of a price: its column's, else its row's; undefined for every time. `unknown` when the tariff does not have it, which is reported. */
  of(row: SheetRow, column: SheetColumn): { readonly band: string | undefined } | 'unknown' {
    if (column.band !== undefined) {
      const band = this.#ofColumns.get(column);
      return band === undefined ? 'unknown' : { band };
    }
    const text = this.#view.text(row, 'band');
    if (ANY_TIME.has(plainWords(text))) return { band: undefined };
    const band = this.#find(text);
    if (band !== undefined) return { band };
    this.#findings.fault('rate-sheet.band-unknown', this.#say(), this.#view.placeOf(row, 'band', text));
    return 'unknown';
  }

  #find(text: string): string | undefined {
    const exact = this.#byKey.get(bandKey(text));
    if (exact !== undefined) return exact;
    const named = bandInWords(plainWords(text))?.band;
    return named === undefined ? undefined : this.#byKey.get(bandKey(named));
  }

  #say(): string {
    if (this.#names.length === 0) return 'the tariff has no time bands: give it some, or map the column to ignore';
    return `not a time band of the tariff, which has ${this.#names.join(', ')}`;
  }
}
