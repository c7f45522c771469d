import type { BandReader } from './band-reader.ts';
import type { CodeReader } from './code-reader.ts';
import type { ColumnsView } from './columns-view.ts';
import type { DateReader } from './date-reader.ts';
import type { Findings } from './findings.ts';
import type { SheetColumn } from './header.ts';
import { currencyFits } from './numbers.ts';
import type { PriceRead, PriceReader, TermsTexts } from './price-reader.ts';
import type { SheetRow } from './sheet.ts';
import type { SheetContext, SheetRate } from './sheet-rate.ts';
import { type ChangeWord, changeWordOf, plainWords } from './words.ts';

/** What rows are read with. */
export interface RowTools {
  readonly dates: DateReader;
  readonly prices: PriceReader;
  readonly codes: CodeReader;
  readonly bands: BandReader;
  /** Whether codes are given, or destinations only. */
  readonly byCode: boolean;
  /** For rows without a date; undefined when nobody gives one. */
  readonly effectiveMicros: number | undefined;
}

/** One price of a row, before its codes are known. */
interface RowPrice {
  readonly column: SheetColumn;
  readonly band: string | undefined;
  readonly read: PriceRead;
}

interface Validity {
  /** Undefined when neither the row nor the sheet has a date. */
  readonly from: number | undefined;
  readonly to: number;
}

/** Makes rates of rows that have codes. What is wrong with a row is reported, and the row then gives no rate. */
export class RowReader {
  readonly #view: ColumnsView;
  readonly #context: SheetContext;
  readonly #tools: RowTools;
  readonly #findings: Findings;
  /** The columns of the price, or of the first price. */
  readonly #priceColumns: readonly SheetColumn[];
  #withoutDate = 0;
  #firstWithoutDate: SheetRow | undefined;

  constructor(view: ColumnsView, context: SheetContext, tools: RowTools, findings: Findings) {
    this.#view = view;
    this.#context = context;
    this.#tools = tools;
    this.#findings = findings;
    this.#priceColumns = view.prices.length > 0 ? view.prices : view.columns.filter((column) => column.field === 'firstPrice');
  }

  /** Adds the rates of a row: one for each of its codes and bands. */
  read(row: SheetRow, rates: SheetRate[]): void {
    const word = this.#word(row);
    const codes = this.#tools.byCode ? this.#tools.codes.codes(row, this.#view.text(row, 'countryCode')) : [undefined];
    const validity = this.#validity(row, word);
    const prices = word === 'closed' ? this.#closings(row) : this.#prices(row);
    const currencyFits = this.#currencyFits(row);
    const destination = this.#destination(row);
    if (codes === undefined || validity === undefined || prices === undefined || !currencyFits || destination === undefined) return;
    const next = word === 'closed' ? undefined : this.#nextPrice(row);
    if (next === 'fault') return;
    for (const { column, band, read } of prices) {
      const terms = read.closed
        ? undefined
        : this.#tools.prices.terms(row, read.price, next?.closed === false ? next.price : undefined, this.#texts(row));
      if (!read.closed && terms === undefined) return;
      const span = this.#span(row, read.closed, validity);
      if (span === undefined) return;
      for (const code of codes)
        rates.push({ row: row.row, column: this.#view.name(column), code, destination, band, terms, ...span, word });
    }
  }

  /** Reports rows that had no date, once for all. */
  end(): void {
    if (this.#firstWithoutDate === undefined) return;
    const message = `${this.#withoutDate === 1 ? 'the row has' : `${this.#withoutDate} rows from here on have`} no effective date: give --effective`;
    this.#findings.fault('rate-sheet.effective-missing', message, this.#view.placeOf(this.#firstWithoutDate, 'effective'));
  }

  /** A code is closed when its end date is over, or from its date on when it has none. */
  #span(row: SheetRow, closes: boolean, { from, to }: Validity): { readonly fromMicros: number; readonly toMicros: number } | undefined {
    const fromMicros = closes && to !== Number.POSITIVE_INFINITY ? to : from;
    if (fromMicros === undefined) {
      this.#withoutDate += 1;
      this.#firstWithoutDate ??= row;
      return undefined;
    }
    return { fromMicros, toMicros: closes ? Number.POSITIVE_INFINITY : to };
  }

  #texts(row: SheetRow): TermsTexts {
    return {
      increments: this.#view.text(row, 'increments'),
      firstSeconds: this.#view.text(row, 'firstSeconds'),
      nextSeconds: this.#view.text(row, 'nextSeconds'),
      setupFee: this.#view.text(row, 'setupFee'),
      minimumCharge: this.#view.text(row, 'minimumCharge'),
    };
  }

  #word(row: SheetRow): ChangeWord | undefined {
    const text = this.#view.text(row, 'change');
    if (text === '' || text === '-') return undefined;
    const word = changeWordOf(text);
    if (word === undefined) {
      const message = 'a word for a change that is not known, and is not read';
      this.#findings.warn('rate-sheet.change-unknown', message, this.#view.placeOf(row, 'change', text));
    }
    return word;
  }

  #validity(row: SheetRow, word: ChangeWord | undefined): Validity | undefined {
    const fromText = this.#view.text(row, 'effective');
    const toText = this.#view.text(row, 'end');
    const from = fromText === '' ? this.#tools.effectiveMicros : this.#tools.dates.start(fromText);
    const to = toText === '' || toText === '-' ? Number.POSITIVE_INFINITY : this.#tools.dates.end(toText);
    const fromFaulty = from === undefined && fromText !== '';
    if (fromFaulty) this.#findings.fault('rate-sheet.date', 'not a date', this.#view.placeOf(row, 'effective', fromText));
    if (to === undefined) this.#findings.fault('rate-sheet.date', 'not a date', this.#view.placeOf(row, 'end', toText));
    if (to === undefined || fromFaulty) return undefined;
    if (from !== undefined && to <= from && word !== 'closed') {
      const message = 'the end date is before the effective date';
      this.#findings.fault('rate-sheet.end-before-start', message, this.#view.placeOf(row, 'end', toText));
      return undefined;
    }
    return { from, to };
  }

  /** What a row closes that needs no price for it. */
  #closings(row: SheetRow): readonly RowPrice[] | undefined {
    const prices: RowPrice[] = [];
    for (const column of this.#priceColumns) {
      const band = this.#tools.bands.of(row, column);
      if (band === 'unknown') return undefined;
      prices.push({ column, ...band, read: { closed: true } });
    }
    return prices;
  }

  #prices(row: SheetRow): readonly RowPrice[] | undefined {
    const prices: RowPrice[] = [];
    let fault = false;
    for (const column of this.#priceColumns) {
      const band = this.#tools.bands.of(row, column);
      const read = this.#price(row, column);
      if (band === 'unknown' || read === undefined) fault = true;
      else prices.push({ column, ...band, read });
    }
    return fault ? undefined : prices;
  }

  #price(row: SheetRow, column: SheetColumn): PriceRead | undefined {
    const text = this.#view.textAt(row, column);
    if (text !== '' && text !== '-') return this.#tools.prices.price(row, column, text);
    this.#findings.fault('rate-sheet.price-missing', 'no price', this.#view.place(row, column));
    return undefined;
  }

  /** The price of the next increments, in sheets that price the first one on its own. */
  #nextPrice(row: SheetRow): PriceRead | undefined | 'fault' {
    const column = this.#view.column('nextPrice');
    const first = this.#view.column('firstPrice');
    if (column === undefined || first === undefined) return undefined;
    const text = this.#view.textAt(row, column);
    if (text === '' || text === '-') return undefined;
    const next = this.#tools.prices.price(row, column, text);
    if (next === undefined) return 'fault';
    const firstText = this.#view.textAt(row, first);
    if (this.#tools.prices.price(row, first, firstText)?.closed === next.closed) return next;
    const message = `closed in one column and priced in the other (${JSON.stringify(firstText)})`;
    this.#findings.fault('rate-sheet.contradiction', message, this.#view.place(row, column, text));
    return 'fault';
  }

  #currencyFits(row: SheetRow): boolean {
    const text = this.#view.text(row, 'currency');
    if (text === '' || currencyFits(text, this.#context.currency)) return true;
    const message = `the row is in ${text}, the tariff in ${this.#context.currency}`;
    this.#findings.fault('rate-sheet.currency', message, this.#view.placeOf(row, 'currency', text));
    return false;
  }

  /** Country and destination together, unless the destination already begins with its country. */
  #destination(row: SheetRow): string | undefined {
    const name = this.#view.text(row, 'destination').replace(/\s+/g, ' ');
    const country = this.#view.text(row, 'country').replace(/\s+/g, ' ');
    const joined = country === '' || plainWords(name).startsWith(plainWords(country)) ? name : name === '' ? country : `${country} ${name}`;
    if (this.#tools.byCode) return joined;
    const known = this.#context.deckDestinations?.get(joined.toLowerCase());
    if (known === undefined) {
      const message = 'not a destination of the tariff’s code deck';
      this.#findings.fault('rate-sheet.destination-unknown', message, this.#view.placeOf(row, 'destination', joined));
    }
    return known;
  }
}
