import type { Place } from '../../refusals.ts';
import { CodeReader, codeText, hasCodes } from './code-reader.ts';
import { ColumnsView } from './columns-view.ts';
import { DateReader } from './date-reader.ts';
import type { SheetField } from './fields.ts';
import type { Findings } from './findings.ts';
import type { Header, SheetColumn } from './header.ts';
import type { Letterhead } from './letterhead.ts';
import { datesIn, readLetterhead } from './letterhead.ts';
import { currencyFits } from './numbers.ts';
import type { PriceRead } from './price-reader.ts';
import { PriceReader, unitOfHeader } from './price-reader.ts';
import type { Sheet, SheetRow } from './sheet.ts';
import { findHabits } from './sheet-habits.ts';
import type { SheetContext, SheetRate } from './sheet-rate.ts';
import type { ChangeWord } from './words.ts';
import { bandInWords, bandKey, changeWordOf, plainWords } from './words.ts';

export interface SheetRead {
  /** Below the header, blank ones not counted. */
  readonly rowsRead: number;
  readonly rates: readonly SheetRate[];
  /** Rows with data that say nothing of a rate: titles, notes, repeated headers. */
  readonly passedOver: readonly number[];
  /** Rows that the user leaves out. */
  readonly skipped: readonly number[];
  /** From when, unless a row says otherwise; undefined when nobody says. */
  readonly effectiveMicros: number | undefined;
  /** Whether codes are given, or destinations only. */
  readonly byCode: boolean;
}

/** One price of a row, before its codes are known. */
interface RowPrice {
  readonly column: SheetColumn;
  readonly band: string | undefined;
  readonly read: PriceRead;
}

/**
 * Reads all rates of a sheet. What it cannot read is a fault in `findings` with its row and column; nothing is
 * guessed that could change a price. Rows without a destination belong to the one above them, and take from it what they leave empty.
 */
export function readSheet(sheet: Sheet, header: Header, context: SheetContext, findings: Findings): SheetRead {
  return new SheetReader(sheet, header, context, findings).read();
}

/** Cells that a row without a destination takes from the row that names it. */
const FROM_GROUP: readonly SheetField[] = [
  'country',
  'countryCode',
  'increments',
  'firstSeconds',
  'nextSeconds',
  'setupFee',
  'minimumCharge',
  'effective',
  'currency',
  'band',
];
const FROM_TITLE: readonly SheetField[] = [...FROM_GROUP, 'end', 'change'];
const ANY_TIME = new Set([
  '',
  'all',
  'all day',
  'any',
  'any time',
  'anytime',
  'flat',
  '24h',
  '24x7',
  '24 7',
  '24 hours',
  'always',
  'standard',
  'default',
  'all times',
]);

class SheetReader {
  readonly #sheet: Sheet;
  readonly #view: ColumnsView;
  readonly #context: SheetContext;
  readonly #findings: Findings;
  /** The rows above the header. */
  readonly #above: readonly SheetRow[];
  readonly #letterhead: Letterhead;
  readonly #rows: readonly SheetRow[];
  readonly #header: Header;
  /** The named columns, with their names as they are compared. */
  readonly #headerWords: readonly { readonly column: SheetColumn; readonly words: string }[];
  readonly #bands = new Map<string, string | undefined>();
  readonly #rates: SheetRate[] = [];
  readonly #passedOver: number[] = [];
  readonly #skipped: number[] = [];
  /** The last row that names a destination, and whether it has codes of its own. */
  #group: { readonly row: SheetRow; readonly coded: boolean; children: number } | undefined;
  #withoutDate = 0;
  #firstWithoutDate: SheetRow | undefined;

  constructor(sheet: Sheet, header: Header, context: SheetContext, findings: Findings) {
    this.#sheet = sheet;
    this.#header = header;
    this.#view = new ColumnsView(sheet.name, header);
    this.#context = context;
    this.#findings = findings;
    this.#above = sheet.rows.slice(0, Math.max(0, header.rowsBefore - 1));
    this.#letterhead = readLetterhead(this.#above);
    this.#rows = sheet.rows.slice(header.rowsBefore);
    this.#headerWords = header.columns
      .filter((column) => column.header !== '')
      .map((column) => ({ column, words: plainWords(column.header) }));
    for (const band of context.bands) this.#bands.set(bandKey(band), band);
  }

  read(): SheetRead {
    const byCode = hasCodes(this.#view);
    const rowsRead = this.#rows.length;
    const empty: SheetRead = { rowsRead, rates: [], passedOver: [], skipped: [], effectiveMicros: undefined, byCode };
    const { given } = this.#context;
    const habits = findHabits(this.#rows, this.#view, given, datesIn(this.#above), this.#findings);
    this.#checkHeader(byCode);
    if (habits === undefined) return empty;
    const dates = new DateReader(this.#context.zone, habits.dateOrder);
    const effectiveMicros = this.#sheetDate(dates);
    const prices = new PriceReader(this.#view, this.#context, habits.decimal, this.#findings);
    const codes = new CodeReader(this.#view, this.#context, habits.codesInFull, this.#findings);
    const bandsOfColumns = new Map(
      this.#view.prices.map((column) => [column, column.band === undefined ? undefined : this.#bandOfColumn(column)]),
    );
    for (const row of this.#rows) this.#row(row, { dates, prices, codes, byCode, effectiveMicros, bandsOfColumns });
    this.#endGroup();
    if (this.#withoutDate > 0) {
      const place = this.#view.placeOf(this.#firstWithoutDate ?? { row: 0, cells: [] }, 'effective');
      this.#findings.fault(
        'rate-sheet.effective-missing',
        `${this.#withoutDate} rows from here on have no effective date: give --effective`,
        place,
      );
    }
    this.#checkEnd();
    return { rowsRead, rates: this.#rates, passedOver: this.#passedOver, skipped: this.#skipped, effectiveMicros, byCode };
  }

  #checkHeader(byCode: boolean): void {
    const { currency, service, per, deckDestinations } = this.#context;
    const written = this.#letterhead.currency;
    if (written !== undefined && !currencyFits(written.value, currency)) {
      const place: Place = { file: this.#sheet.name, line: written.row.row, value: written.value };
      this.#findings.fault('rate-sheet.currency', `the sheet is in ${written.value}, the tariff in ${currency}`, place);
    }
    for (const column of this.#view.columns) {
      if (!['price', 'firstPrice', 'nextPrice', 'setupFee'].includes(column.field)) continue;
      const place: Place = { file: this.#sheet.name, line: this.#header.row, field: this.#view.name(column) };
      for (const token of column.header.split(/[^A-Za-z$€£¥₹]+/)) {
        const isMoney = /^[$€£¥₹]$/.test(token) || (/^[A-Z]{3}$/.test(token) && MONEY_OF_HEADERS.has(token));
        if (isMoney && !currencyFits(token, currency)) {
          this.#findings.fault('rate-sheet.currency', `the column is in ${token}, the tariff in ${currency}`, place);
        }
      }
      const unit = service === 'voice' && column.field !== 'setupFee' ? unitOfHeader(column.header) : undefined;
      if (unit !== undefined && unit !== per) {
        this.#findings.fault(
          'rate-sheet.price-unit',
          `the column is priced per ${unit === 1 ? 'second' : 'minute'}, the tariff per ${per} seconds`,
          place,
        );
      }
    }
    if (!byCode && deckDestinations === undefined) {
      this.#findings.fault(
        'rate-sheet.no-codes',
        'the sheet has destinations but no codes, and the tariff has no code deck to take them from',
        {
          file: this.#sheet.name,
          line: this.#header.row,
        },
      );
    }
  }

  /** The date that the user or the letterhead gives for rows without one. */
  #sheetDate(dates: DateReader): number | undefined {
    const { effective } = this.#context.given;
    if (effective !== undefined) return dates.start(effective);
    const written = this.#letterhead.effective;
    if (written === undefined) return undefined;
    return dates.start(written.value);
  }

  #row(row: SheetRow, tools: RowTools): void {
    if (row.cells.every((cell) => cell.trim() === '')) return;
    if (this.#context.given.skipRows?.has(row.row) === true) {
      this.#skipped.push(row.row);
      return;
    }
    if (this.#isHeaderAgain(row) || this.#isNote(row, tools.byCode)) {
      this.#passedOver.push(row.row);
      return;
    }
    if (!this.#checkCells(row)) return;
    const named = this.#view.text(row, 'destination') !== '';
    const coded = tools.byCode ? codeText(row, this.#view) !== '' : named;
    if (named) {
      this.#endGroup();
      this.#group = { row, coded, children: 0 };
    }
    if (!coded) {
      if (!named) this.#withoutCode(row);
      return;
    }
    if (!named && this.#group !== undefined) this.#group.children += 1;
    this.#rate(named ? row : this.#completed(row), tools);
  }

  /** Long sheets repeat their header on each page. */
  #isHeaderAgain(row: SheetRow): boolean {
    if (this.#header.row === 0 || this.#headerWords.length < 2) return false;
    const [first] = this.#headerWords;
    if (first === undefined || !/\p{L}/u.test(this.#view.textAt(row, first.column))) return false;
    return this.#headerWords.every(({ column, words }) => {
      const text = plainWords(this.#view.textAt(row, column));
      return text !== '' && words.endsWith(text);
    });
  }

  /** A line of text across the sheet: one cell with words in it, in the column of codes or outside the table. */
  #isNote(row: SheetRow, byCode: boolean): boolean {
    const filled = row.cells.map((cell, index) => ({ cell: cell.trim(), index })).filter(({ cell }) => cell !== '');
    const [only, ...others] = filled;
    if (only === undefined || others.length > 0) return false;
    const column = this.#view.columns.find((each) => each.index === only.index);
    if (column === undefined || column.field === 'comment') return true;
    if (column.field === 'destination' || column.field === 'country') return !byCode;
    return /\p{L}{2,}.*\s|\p{L}{4,}/u.test(only.cell);
  }

  /** Errors and formulas of a spreadsheet in columns that are read. */
  #checkCells(row: SheetRow): boolean {
    let sound = true;
    if (row.hidden === true)
      this.#findings.warn('rate-sheet.hidden-row', 'the row is hidden in the spreadsheet, and is read', {
        file: this.#sheet.name,
        line: row.row,
      });
    if (row.kinds === undefined && row.formulas === undefined) return true;
    for (const column of this.#view.columns) {
      if (column.field === 'comment' || column.field === 'oldPrice') continue;
      const text = this.#view.textAt(row, column);
      if (this.#view.kindAt(row, column) === 'error') {
        this.#findings.fault('rate-sheet.cell-error', 'the spreadsheet shows an error here', this.#view.place(row, column, text));
        sound = false;
      } else if (row.formulas?.includes(column.index) === true) {
        const place = this.#view.place(row, column, text);
        if (text === '') {
          this.#findings.fault('rate-sheet.formula-without-value', 'a formula whose result the file does not hold', place);
          sound = false;
        } else
          this.#findings.warn('rate-sheet.formula', 'the value is the stored result of a formula, which is not calculated again', place);
      }
    }
    return sound;
  }

  #withoutCode(row: SheetRow): void {
    const priced = this.#view.prices.find((column) => this.#view.textAt(row, column) !== '');
    if (priced === undefined) this.#passedOver.push(row.row);
    else
      this.#findings.fault(
        'rate-sheet.code-missing',
        'a price without a code or destination',
        this.#view.place(row, priced, this.#view.textAt(row, priced)),
      );
  }

  /** A destination with a price but no code, and no code rows below it, is at fault; without a price it is a title. */
  #endGroup(): void {
    const group = this.#group;
    this.#group = undefined;
    if (group === undefined || group.coded || group.children > 0) return;
    this.#withoutCode(group.row);
  }

  /** A row below its destination, with what it leaves empty taken from there. */
  #completed(row: SheetRow): SheetRow {
    const group = this.#group;
    if (group === undefined) return row;
    const cells = [...row.cells];
    const kinds =
      row.kinds === undefined && group.row.kinds === undefined ? undefined : cells.map((_, index) => row.kinds?.[index] ?? 'text');
    const take = (column: SheetColumn | undefined) => {
      if (column === undefined || (cells[column.index] ?? '').trim() !== '') return;
      while (cells.length <= column.index) {
        cells.push('');
        kinds?.push('text');
      }
      cells[column.index] = group.row.cells[column.index] ?? '';
      if (kinds !== undefined) kinds[column.index] = group.row.kinds?.[column.index] ?? 'text';
    };
    take(this.#view.column('destination'));
    for (const field of group.coded ? FROM_GROUP : FROM_TITLE) take(this.#view.column(field));
    for (const column of this.#view.columns) if (['price', 'firstPrice', 'nextPrice'].includes(column.field)) take(column);
    return { ...row, cells, ...(kinds === undefined ? {} : { kinds }) };
  }

  #rate(row: SheetRow, tools: RowTools): void {
    const word = this.#word(row);
    const codes = tools.byCode ? tools.codes.codes(row, this.#view.text(row, 'countryCode')) : [undefined];
    const validity = this.#validity(row, word, tools);
    const prices = word === 'closed' ? this.#closings(row, tools) : this.#prices(row, tools);
    const currencyFine = this.#checkCurrency(row);
    const destination = this.#destination(row, tools.byCode);
    if (codes === undefined || validity === undefined || prices === undefined || !currencyFine || destination === undefined) return;
    const next = this.#nextPrice(row, tools);
    if (next === 'fault') return;
    for (const { column, band, read } of prices) {
      const closes = read.closed || next?.closed;
      const terms =
        read.closed || closes
          ? undefined
          : tools.prices.terms(row, read.price, next?.closed === false ? next.price : undefined, this.#terms(row));
      if (!closes && terms === undefined) return;
      // A code is closed when its end date is over, or at once when it has none.
      const fromMicros = closes && validity.to !== Number.POSITIVE_INFINITY ? validity.to : validity.from;
      if (fromMicros === undefined) {
        this.#withoutDate += 1;
        this.#firstWithoutDate ??= row;
        return;
      }
      const toMicros = closes ? Number.POSITIVE_INFINITY : validity.to;
      for (const code of codes) {
        this.#rates.push({ row: row.row, column: this.#view.name(column), code, destination, band, terms, fromMicros, toMicros, word });
      }
    }
  }

  #terms(row: SheetRow) {
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
    if (word === undefined)
      this.#findings.warn(
        'rate-sheet.change-unknown',
        'a word for a change that is not known, and is not read',
        this.#view.placeOf(row, 'change', text),
      );
    return word;
  }

  #validity(
    row: SheetRow,
    word: ChangeWord | undefined,
    tools: RowTools,
  ): { readonly from: number | undefined; readonly to: number } | undefined {
    const fromText = this.#view.text(row, 'effective');
    const toText = this.#view.text(row, 'end');
    const from = fromText === '' ? tools.effectiveMicros : tools.dates.start(fromText);
    const to = toText === '' || toText === '-' ? Number.POSITIVE_INFINITY : tools.dates.end(toText);
    if (from === undefined && fromText !== '')
      this.#findings.fault('rate-sheet.date', 'not a date', this.#view.placeOf(row, 'effective', fromText));
    if (to === undefined) this.#findings.fault('rate-sheet.date', 'not a date', this.#view.placeOf(row, 'end', toText));
    if (to === undefined || (from === undefined && fromText !== '')) return undefined;
    if (from !== undefined && to <= from && word !== 'closed') {
      this.#findings.fault(
        'rate-sheet.end-before-start',
        'the end date is before the effective date',
        this.#view.placeOf(row, 'end', toText),
      );
      return undefined;
    }
    return { from, to };
  }

  /** What a row closes that needs no price for it. */
  #closings(row: SheetRow, tools: RowTools): readonly RowPrice[] | undefined {
    const rowBand = this.#rowBand(row);
    if (rowBand === 'fault') return undefined;
    return this.#priceColumns().map((column) => ({
      column,
      band: tools.bandsOfColumns.get(column) ?? rowBand.band,
      read: { closed: true },
    }));
  }

  #priceColumns(): readonly SheetColumn[] {
    return this.#view.prices.length > 0 ? this.#view.prices : this.#view.columns.filter((column) => column.field === 'firstPrice');
  }

  #prices(row: SheetRow, tools: RowTools): readonly RowPrice[] | undefined {
    const rowBand = this.#rowBand(row);
    if (rowBand === 'fault') return undefined;
    const prices: RowPrice[] = [];
    let fault = false;
    for (const column of this.#priceColumns()) {
      const text = this.#view.textAt(row, column);
      const band = column.band === undefined ? rowBand.band : tools.bandsOfColumns.get(column);
      if (text === '' || text === '-') {
        this.#findings.fault('rate-sheet.price-missing', 'no price', this.#view.place(row, column));
        fault = true;
        continue;
      }
      const read = tools.prices.price(row, column, text);
      if (read === undefined) fault = true;
      else prices.push({ column, band, read });
    }
    return fault ? undefined : prices;
  }

  /** The price of the next increments, in sheets that price the first one on its own. */
  #nextPrice(row: SheetRow, tools: RowTools): PriceRead | undefined | 'fault' {
    const column = this.#view.column('nextPrice');
    const first = this.#view.column('firstPrice');
    if (column === undefined || first === undefined) return undefined;
    const text = this.#view.textAt(row, column);
    if (text === '' || text === '-') return undefined;
    const next = tools.prices.price(row, column, text);
    if (next === undefined) return 'fault';
    const firstText = this.#view.textAt(row, first);
    const closed = tools.prices.price(row, first, firstText)?.closed;
    if (closed === next.closed) return next;
    this.#findings.fault(
      'rate-sheet.contradiction',
      `closed in one column and priced in the other (${JSON.stringify(firstText)})`,
      this.#view.place(row, column, text),
    );
    return 'fault';
  }

  #rowBand(row: SheetRow): { readonly band: string | undefined } | 'fault' {
    const text = this.#view.text(row, 'band');
    if (ANY_TIME.has(plainWords(text))) return { band: undefined };
    const band = this.#band(text);
    if (band !== undefined) return { band };
    this.#findings.fault('rate-sheet.band-unknown', this.#sayBand(), this.#view.placeOf(row, 'band', text));
    return 'fault';
  }

  #bandOfColumn(column: SheetColumn): string | undefined {
    const band = this.#band(column.band ?? '');
    if (band === undefined) {
      this.#findings.fault('rate-sheet.band-unknown', this.#sayBand(), {
        file: this.#sheet.name,
        line: this.#header.row,
        field: this.#view.name(column),
      });
    }
    return band;
  }

  #band(text: string): string | undefined {
    const exact = this.#bands.get(bandKey(text));
    if (exact !== undefined) return exact;
    const named = bandInWords(plainWords(text))?.band;
    return named === undefined ? undefined : this.#bands.get(bandKey(named));
  }

  #sayBand(): string {
    const { bands } = this.#context;
    if (bands.length === 0) return 'the tariff has no time bands: give it some, or map the column to ignore';
    return `not a time band of the tariff, which has ${bands.join(', ')}`;
  }

  #checkCurrency(row: SheetRow): boolean {
    const text = this.#view.text(row, 'currency');
    if (text === '' || currencyFits(text, this.#context.currency)) return true;
    this.#findings.fault(
      'rate-sheet.currency',
      `the row is in ${text}, the tariff in ${this.#context.currency}`,
      this.#view.placeOf(row, 'currency', text),
    );
    return false;
  }

  /** Country and destination together, unless the destination already begins with its country. */
  #destination(row: SheetRow, byCode: boolean): string | undefined {
    const name = this.#view.text(row, 'destination').replace(/\s+/g, ' ');
    const country = this.#view.has('country') ? this.#view.text(row, 'country').replace(/\s+/g, ' ') : '';
    const joined = country === '' || plainWords(name).startsWith(plainWords(country)) ? name : name === '' ? country : `${country} ${name}`;
    if (byCode) return joined;
    const known = this.#context.deckDestinations?.get(joined.toLowerCase());
    if (known === undefined)
      this.#findings.fault(
        'rate-sheet.destination-unknown',
        'not a destination of the tariff’s code deck',
        this.#view.placeOf(row, 'destination', joined),
      );
    return known;
  }

  /** The last row of a text that was cut off has fewer cells than all others. */
  #checkEnd(): void {
    const last = this.#rows.at(-1);
    if (last === undefined || last.kinds !== undefined || this.#rows.length < 4 || isSentence(last)) return;
    const width = this.#rows[0]?.cells.length ?? 0;
    const even = this.#rows.every((row) => row === last || row.cells.length === width);
    if (even && last.cells.length < width) {
      this.#findings.fault(
        'rate-sheet.truncated',
        `the last row has ${last.cells.length} cells and all others ${width}: the file seems cut off`,
        { file: this.#sheet.name, line: last.row },
      );
    }
  }
}

/** One cell with a sentence in it, as notes below a table have. */
function isSentence(row: SheetRow): boolean {
  const [only, ...others] = row.cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return only !== undefined && others.length === 0 && (only.split(/\s+/).length >= 5 || /[.!:*)]$|^[*(-]/.test(only));
}

interface RowTools {
  readonly dates: DateReader;
  readonly prices: PriceReader;
  readonly codes: CodeReader;
  readonly byCode: boolean;
  readonly effectiveMicros: number | undefined;
  readonly bandsOfColumns: ReadonlyMap<SheetColumn, string | undefined>;
}

/** Codes that are words of their own in headers are left out: `ALL` is no lek here. */
const MONEY_OF_HEADERS = new Set(
  'USD EUR GBP CHF JPY CAD AUD NZD SGD HKD CNY INR PKR BDT LKR AED SAR QAR KWD OMR BHD JOD EGP ZAR NGN KES GHS TZS UGX MAD TND XOF XAF RUB UAH KZT PLN CZK HUF RON BGN SEK NOK DKK ISK BRL MXN ARS CLP COP PEN THB VND IDR MYR PHP KRW TWD ILS XDR'.split(
    ' ',
  ),
);
