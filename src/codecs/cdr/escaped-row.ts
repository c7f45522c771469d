import type { EscapeStyle } from '#core/usage/source.ts';
import { MOST_COLUMNS, type Row } from './delimited-row.ts';

const SPACE = 32;
const BACKSLASH = 92;

/**
 * The same as DelimitedRow for what is written in rarer ways: separators of several characters, quotes and separators
 * behind a backslash, or quotes that are not escaped at all.
 */
export class EscapedRow implements Row {
  count = 0;
  lastIsOpen = false;
  atReturn = false;
  readonly #separator: string;
  readonly #quote: string;
  readonly #escape: EscapeStyle;
  readonly #from = new Int32Array(MOST_COLUMNS);
  readonly #to = new Int32Array(MOST_COLUMNS);
  readonly #quoted = new Uint8Array(MOST_COLUMNS);
  #text = '';
  /** The next carriage return; −1 when there is none. */
  #return = -1;

  constructor(separator: string, quote: string, style: EscapeStyle) {
    this.#separator = separator;
    this.#quote = quote;
    this.#escape = style;
  }

  scan(text: string): boolean {
    this.#text = text;
    this.atReturn = false;
    this.#return = text.indexOf('\r');
    let count = 0;
    let at = 0;
    for (;;) {
      let begin = at;
      if (this.#quote !== '') while (text.charCodeAt(begin) === SPACE) begin += 1;
      const quoted = this.#quote !== '' && text.startsWith(this.#quote, begin);
      const end = quoted ? this.#quotedEnd(begin + 1) : this.#openEnd(at);
      if (end < 0) return false;
      if (count < MOST_COLUMNS) {
        this.#from[count] = quoted ? begin + 1 : at;
        this.#to[count] = end;
        this.#quoted[count] = quoted ? 1 : 0;
        count += 1;
      }
      at = quoted ? end + 1 : end;
      if (at >= text.length) {
        this.lastIsOpen = !quoted;
        break;
      }
      if (!text.startsWith(this.#separator, at)) {
        this.atReturn = text[at] === '\r';
        return false;
      }
      at += this.#separator.length;
    }
    this.count = count;
    return true;
  }

  column(index: number): string {
    if (index >= this.count) return '';
    const text = this.#text.slice(this.#from[index], this.#to[index]);
    if (this.#escape === 'backslash') return text.includes('\\') ? text.replace(/\\(.)/gs, '$1') : text;
    if (this.#escape === 'doubled' && this.#quoted[index] === 1) return text.replaceAll(this.#quote + this.#quote, () => this.#quote);
    return text;
  }

  /** Where an unquoted column ends. */
  #openEnd(from: number): number {
    const text = this.#text;
    let end = from;
    for (;;) {
      const separator = text.indexOf(this.#separator, end);
      end = separator < 0 ? text.length : separator;
      if (this.#escape !== 'backslash' || separator < 0 || !this.#isEscaped(end, from)) break;
      end += 1;
    }
    if (this.#return >= 0 && this.#return < from) this.#return = text.indexOf('\r', from);
    return this.#return >= 0 && this.#return < end ? this.#return : end;
  }

  /** An odd number of backslashes stands before `at`. */
  #isEscaped(at: number, from: number): boolean {
    let before = at - 1;
    while (before >= from && this.#text.charCodeAt(before) === BACKSLASH) before -= 1;
    return (at - before) % 2 === 0;
  }

  /** Position of the closing quote; −1 when there is none. */
  #quotedEnd(from: number): number {
    const text = this.#text;
    for (let end = text.indexOf(this.#quote, from); end >= 0; end = text.indexOf(this.#quote, end + 1)) {
      const behind = end + 1;
      if (this.#escape === 'doubled') {
        if (!text.startsWith(this.#quote, behind)) return end;
        end += 1;
      } else if (this.#escape === 'backslash') {
        if (!this.#isEscaped(end, from)) return end;
      } else if (behind === text.length || text.startsWith(this.#separator, behind)) return end;
    }
    return -1;
  }
}
