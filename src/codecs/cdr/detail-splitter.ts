import type { RecordSplitter } from './line-splitter.ts';

/**
 * A record is a paragraph: a line that is not indented and the indented lines below it, up to an empty line. A further
 * line that is not indented begins the next record, so that a paragraph without its empty line does not swallow it.
 */
export class DetailSplitter implements RecordSplitter {
  text = '';
  from = 0;
  length = 0;
  tooLong = false;
  ended = true;
  readonly #limit: number;
  #buffer = '';
  /** Position of the line under way. */
  #line = 0;
  #base = 0;
  #finished = false;
  /** Where the record under way begins in the buffer; −1 between records. */
  #start = -1;
  #dropped = 0;
  /** The beginning of the line under way was dropped: whether it was blank; undefined when it is all here. */
  #lineBegan: 'blank' | 'text' | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  push(piece: string): void {
    const keep = this.#start < 0 ? this.#line : this.#start;
    this.#buffer = keep === this.#buffer.length ? piece : this.#buffer.slice(keep) + piece;
    this.#base += keep;
    this.#line -= keep;
    if (this.#start >= 0) this.#start = 0;
  }

  finish(): void {
    this.#finished = true;
  }

  next(): boolean {
    for (;;) {
      const end = this.#buffer.indexOf('\n', this.#line);
      if (end < 0) return this.#withoutEnd();
      const line = this.#line;
      const began = this.#lineBegan;
      const blank = began !== 'text' && isBlank(this.#buffer, line, end);
      if (this.#start >= 0 && began === undefined && !blank && !isIndented(this.#buffer, line)) return this.#take(line, line, true);
      this.#line = end + 1;
      this.#lineBegan = undefined;
      if (this.#start >= 0 && blank) return this.#take(line, end + 1, true);
      if (this.#start < 0 && !blank) this.#start = line;
    }
  }

  #withoutEnd(): boolean {
    const end = this.#buffer.length;
    if (this.#finished) {
      const begins = this.#lineBegan === undefined && this.#line < end && !isIndented(this.#buffer, this.#line);
      if (this.#start >= 0 && begins && !isBlank(this.#buffer, this.#line, end)) return this.#take(this.#line, this.#line, true);
      if (this.#start < 0 && this.#line < end) this.#start = this.#line;
      this.#line = end;
      return this.#start >= 0 && this.#take(end, end, false);
    }
    // The line under way begins the next record, whose octets are none of this one: how they arrive decides nothing.
    const follows = this.#start >= 0 && (this.#line > this.#start || this.#dropped > 0) && this.#lineBegan === undefined;
    if (follows && this.#line < end && !isIndented(this.#buffer, this.#line) && !isBlank(this.#buffer, this.#line, end))
      return this.#take(this.#line, this.#line, true);
    if (this.#start < 0 && end - this.#line > this.#limit) this.#start = this.#line;
    // What is too long is dropped but for its last line, of which the end is not here yet.
    if (this.#start >= 0 && end - this.#start + this.#dropped > this.#limit) {
      const from = end - this.#line > this.#limit ? end : this.#line;
      if (from > this.#line && this.#lineBegan !== 'text') this.#lineBegan = isBlank(this.#buffer, this.#line, from) ? 'blank' : 'text';
      this.#dropped += from - this.#start;
      this.#start = from;
      this.#line = Math.max(this.#line, from);
    }
    return false;
  }

  /** `textEnd` is behind the last line of the record, `end` behind the empty line. */
  #take(textEnd: number, end: number, ended: boolean): boolean {
    this.from = this.#base + this.#start - this.#dropped;
    this.length = end - this.#start + this.#dropped;
    this.tooLong = this.#dropped > 0 || textEnd - this.#start > this.#limit;
    this.ended = ended;
    this.text = this.tooLong ? '' : this.#buffer.slice(this.#start, textEnd);
    this.#start = -1;
    this.#dropped = 0;
    return true;
  }
}

function isIndented(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 9 || code === 32;
}

function isBlank(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (text.charCodeAt(at) > 32) return false;
  return true;
}
