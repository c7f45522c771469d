/**
 * Delimited text as RFC 4180 has it and as programs really write it: any one-character separator,
 * quoted fields with separators, doubled quotes and line breaks in them, lines that end in CR, LF
 * or CRLF, a byte order mark before it all. Blank lines are passed over; their numbers still count.
 */
export interface CsvRow {
  /** Line of the text on which the row begins, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
  /** The text cannot be read from here on: `fields` holds what there was, and this row is the last. */
  readonly fault?: CsvFault;
}

export interface CsvFault {
  readonly reason: CsvFaultReason;
  /** Line on which the field at fault begins. */
  readonly line: number;
  /** Position of the field at fault in its row, from 1. */
  readonly column: number;
  /** One sentence for the reader. */
  readonly message: string;
}

export type CsvFaultReason = 'unterminated-quote' | 'field-too-long' | 'too-many-fields';

export interface CsvOptions {
  /** One character; a comma unless told. */
  readonly separator?: string;
  /** One character; `"` unless told, '' for text without quoting. */
  readonly quote?: string;
  /** Characters a field may have: 65,536 unless told. It bounds what one row can cost. */
  readonly longestField?: number;
  /** Fields a row may have: 4,096 unless told. */
  readonly mostFields?: number;
}

const LF = 10;
const CR = 13;
const BYTE_ORDER_MARK = 0xfeff;

/** Rows of a whole text. A fault is the `fault` of the last row: look at it, or use readCsv. */
export function* parseCsv(text: string, options: CsvOptions = {}): Generator<CsvRow> {
  const reader = new CsvReader(options);
  yield* reader.push(text);
  yield* reader.end();
}

/** All rows of a text, or the fault that stopped the reading. */
export function readCsv(text: string, options: CsvOptions = {}): { readonly rows: readonly CsvRow[]; readonly fault?: CsvFault } {
  const rows: CsvRow[] = [];
  for (const row of parseCsv(text, options)) {
    if (row.fault !== undefined) return { rows, fault: row.fault };
    rows.push(row);
  }
  return { rows };
}

/** One row without its line end, quoted where it must be. */
export function formatCsvRow(fields: readonly string[], separator = ','): string {
  return fields.map((field) => (needsQuotes(field, separator) ? `"${field.replaceAll('"', '""')}"` : field)).join(separator);
}

function needsQuotes(field: string, separator: string): boolean {
  return field.includes(separator) || /["\r\n]|^[\s\uFEFF]|\s$/.test(field);
}

/** Reads text that comes in pieces. Memory is bounded by one piece and the longest row allowed. */
export class CsvReader {
  readonly #separator: number;
  readonly #quote: number;
  readonly #longestField: number;
  readonly #mostFields: number;
  #text = '';
  #line = 1;
  #begun = false;
  #stopped = false;
  /** Where the row being read stopped, and the lines in it. */
  #next = 0;
  #linesInRow = 0;

  constructor(options: CsvOptions = {}) {
    const { separator = ',', quote = '"' } = options;
    if (separator.length !== 1 || quote.length > 1) throw new RangeError('a separator is one character, a quote at most one');
    this.#separator = separator.charCodeAt(0);
    this.#quote = quote === '' ? -1 : quote.charCodeAt(0);
    this.#longestField = options.longestField ?? 65_536;
    this.#mostFields = options.mostFields ?? 4096;
  }

  /** The rows that this piece completes. */
  push(piece: string): Generator<CsvRow> {
    this.#take(piece);
    return this.#rows(false);
  }

  /** The last row, when the text does not end with a line end. */
  end(): Generator<CsvRow> {
    return this.#rows(true);
  }

  #take(piece: string): void {
    if (this.#stopped || piece === '') return;
    const text = !this.#begun && piece.charCodeAt(0) === BYTE_ORDER_MARK ? piece.slice(1) : piece;
    this.#begun = true;
    this.#text += text;
  }

  *#rows(final: boolean): Generator<CsvRow> {
    let from = 0;
    while (!this.#stopped && from < this.#text.length) {
      const row = this.#row(from, final);
      if (row === undefined) break;
      if (row.fault !== undefined) {
        this.#stopped = true;
        this.#text = '';
        yield row;
        return;
      }
      from = this.#next;
      this.#line += this.#linesInRow;
      if (row.fields.length > 1 || row.fields[0] !== '') yield row;
    }
    this.#text = from === 0 ? this.#text : this.#text.slice(from);
  }

  /** The row that begins at `from`; undefined when its end has not come yet. */
  #row(from: number, final: boolean): CsvRow | undefined {
    const text = this.#text;
    const fields: string[] = [];
    let at = from;
    let extraLines = 0;
    for (;;) {
      const fieldLine = this.#line + extraLines;
      let field = '';
      if (text.charCodeAt(at) === this.#quote) {
        const start = at + 1;
        let close = this.#closingQuote(start, final);
        if (close - start > this.#longestField) return this.#stop(fields, 'field-too-long', fieldLine);
        if (close < 0) {
          if (text.length - start > this.#longestField) return this.#stop(fields, 'field-too-long', fieldLine);
          return final ? this.#stop(fields, 'unterminated-quote', fieldLine) : undefined;
        }
        field = text.slice(start, close);
        extraLines += countLines(field);
        const quote = String.fromCharCode(this.#quote);
        if (field.includes(quote)) field = field.replaceAll(quote + quote, quote);
        close += 1;
        at = close;
        // What stands between a closing quote and the separator belongs to the field: "a"b is ab.
        while (at < text.length && !this.#ends(text.charCodeAt(at))) at += 1;
        if (at > close) field += text.slice(close, at);
      } else {
        const start = at;
        while (at < text.length && !this.#ends(text.charCodeAt(at))) at += 1;
        if (at - start > this.#longestField) return this.#stop(fields, 'field-too-long', fieldLine);
        field = text.slice(start, at);
      }
      fields.push(field);
      if (fields.length > this.#mostFields) return this.#stop(fields, 'too-many-fields', fieldLine);
      if (at >= text.length) {
        if (!final) return undefined;
        this.#next = at;
        break;
      }
      const end = text.charCodeAt(at);
      at += 1;
      if (end === this.#separator) continue;
      if (end === CR) {
        if (at >= text.length && !final) return undefined;
        if (text.charCodeAt(at) === LF) at += 1;
      }
      this.#next = at;
      extraLines += 1;
      break;
    }
    this.#linesInRow = extraLines;
    return { line: this.#line, fields };
  }

  /** Index of the quote that closes the field begun before `start`; -1 when it has not come. */
  #closingQuote(start: number, final: boolean): number {
    const quote = String.fromCharCode(this.#quote);
    let at = this.#text.indexOf(quote, start);
    while (at >= 0) {
      if (this.#text.charCodeAt(at + 1) !== this.#quote) return at + 1 < this.#text.length || final ? at : -1;
      at = this.#text.indexOf(quote, at + 2);
    }
    return -1;
  }

  #ends(character: number): boolean {
    return character === this.#separator || character === LF || character === CR;
  }

  #stop(fields: readonly string[], reason: CsvFaultReason, line: number): CsvRow {
    const column = reason === 'too-many-fields' ? fields.length : fields.length + 1;
    return { line: this.#line, fields, fault: { reason, line, column, message: this.#say(reason, line, column) } };
  }

  #say(reason: CsvFaultReason, line: number, column: number): string {
    switch (reason) {
      case 'unterminated-quote':
        return `the quote that opens field ${column} on line ${line} is never closed`;
      case 'field-too-long':
        return `field ${column} on line ${line} is longer than ${this.#longestField} characters`;
      case 'too-many-fields':
        return `the row on line ${line} has more than ${this.#mostFields} fields`;
    }
  }
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === LF && text.charCodeAt(at - 1) !== CR) lines += 1;
    else if (character === CR) lines += 1;
  }
  return lines;
}
