/** Columns of a record at most; further ones are not looked at. */
export const MOST_COLUMNS = 1024;
const SPACE = 32;
const RETURN = 13;

/** The columns of one line of delimited text. */
export interface Row {
  readonly count: number;
  /** The last column is unquoted: if the line breaks off, it may be cut. */
  readonly lastIsOpen: boolean;
  /** Why `scan` failed: at a carriage return outside of quotes, where another record may begin. */
  readonly atReturn: boolean;
  /** False when a quote does not end or is followed by text, or a carriage return stands outside of quotes. */
  scan(text: string): boolean;
  /** The text of column `index`, from 0; '' behind the last. */
  column(index: number): string;
}

/**
 * Finds the columns of one line of delimited text. Only positions are kept: a column costs a string when
 * it is asked for. A quote inside quotes is doubled (RFC 4180 §2). Spaces may stand before an opening quote.
 */
export class DelimitedRow implements Row {
  count = 0;
  lastIsOpen = false;
  atReturn = false;
  readonly #separator: number;
  readonly #quote: number;
  readonly #quoteText: string;
  readonly #from = new Int32Array(MOST_COLUMNS);
  readonly #to = new Int32Array(MOST_COLUMNS);
  readonly #doubled = new Uint8Array(MOST_COLUMNS);
  readonly #doubledQuote: RegExp;
  #text = '';

  /** One character each; quote '' for none. */
  constructor(separator: string, quote: string) {
    this.#separator = separator.charCodeAt(0);
    this.#quote = quote === '' ? -1 : quote.charCodeAt(0);
    this.#quoteText = quote;
    this.#doubledQuote = new RegExp(quote === '' ? '(?!)' : `\\u${this.#quote.toString(16).padStart(4, '0')}{2}`, 'g');
  }

  scan(text: string): boolean {
    this.#text = text;
    this.atReturn = false;
    const length = text.length;
    let count = 0;
    let at = 0;
    for (;;) {
      let begin = at;
      if (this.#quote >= 0) while (begin < length && text.charCodeAt(begin) === SPACE) begin += 1;
      const quoted = this.#quote >= 0 && begin < length && text.charCodeAt(begin) === this.#quote;
      const end = quoted ? this.#quotedEnd(text, begin + 1, count) : this.#separatorFrom(text, at);
      if (end < 0) return false;
      if (count < MOST_COLUMNS) {
        this.#from[count] = quoted ? begin + 1 : at;
        this.#to[count] = end;
        if (!quoted) this.#doubled[count] = 0;
        count += 1;
      }
      at = quoted ? end + 1 : end;
      if (at >= length) {
        this.lastIsOpen = !quoted;
        break;
      }
      const next = text.charCodeAt(at);
      if (next !== this.#separator) {
        this.atReturn = next === RETURN;
        return false;
      }
      at += 1;
    }
    this.count = count;
    return true;
  }

  column(index: number): string {
    if (index >= this.count) return '';
    const text = this.#text.slice(this.#from[index], this.#to[index]);
    return this.#doubled[index] === 1 ? text.replace(this.#doubledQuote, this.#quoteText) : text;
  }

  #separatorFrom(text: string, at: number): number {
    let end = at;
    for (; end < text.length; end += 1) {
      const code = text.charCodeAt(end);
      if (code === this.#separator || code === RETURN) break;
    }
    return end;
  }

  /** Position of the closing quote; −1 when there is none. */
  #quotedEnd(text: string, from: number, column: number): number {
    let end = text.indexOf(this.#quoteText, from);
    let doubled = 0;
    while (end >= 0 && text.charCodeAt(end + 1) === this.#quote) {
      doubled = 1;
      end = text.indexOf(this.#quoteText, end + 2);
    }
    if (column < MOST_COLUMNS) this.#doubled[column] = doubled;
    return end;
  }
}
