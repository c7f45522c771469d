/**
 * Cuts a stream of text into records. Positions count characters of the stream, so with one character a
 * byte (Latin-1 reading of bytes) they are byte positions. A record longer than the limit is not kept:
 * it comes out empty with its length, and memory stays as it was.
 *
 * Written without objects per record: `next()` moves on, the fields describe where it is.
 */
export interface RecordSplitter {
  /** The record's text without its line end; empty when `tooLong`. */
  text: string;
  /** Position of its first character in the stream. */
  from: number;
  /** Characters including the line end. */
  length: number;
  tooLong: boolean;
  /** Its end was seen: a line end, or the closing brace. */
  ended: boolean;
  /** More charges of the same record follow. */
  inside?: boolean;
  /** Takes the next piece of the stream. Only when next() has returned false. */
  push(piece: string): void;
  /** No more pieces: what is left is a record without end. */
  finish(): void;
  /** Moves to the next record. False: more text is needed, or all is done. */
  next(): boolean;
}

/** A record is a line. Empty lines are no records. Line ends are LF or CRLF. */
export class LineSplitter implements RecordSplitter {
  text = '';
  from = 0;
  length = 0;
  tooLong = false;
  ended = true;
  readonly #limit: number;
  #buffer = '';
  #at = 0;
  /** Position in the stream of the buffer's first character. */
  #base: number;
  #finished = false;
  /** Characters dropped of a line over the limit. */
  #dropped = 0;
  #dropping = false;

  constructor(limit: number, from = 0) {
    this.#limit = limit;
    this.#base = from;
  }

  push(piece: string): void {
    const rest = this.#buffer.length - this.#at;
    this.#base += this.#at;
    this.#buffer = rest === 0 ? piece : this.#buffer.slice(this.#at) + piece;
    this.#at = 0;
  }

  finish(): void {
    this.#finished = true;
  }

  next(): boolean {
    for (;;) {
      const end = this.#buffer.indexOf('\n', this.#at);
      if (end < 0) return this.#withoutEnd();
      const start = this.#at;
      this.#at = end + 1;
      if (this.#take(start, end, true)) return true;
    }
  }

  #withoutEnd(): boolean {
    const start = this.#at;
    const end = this.#buffer.length;
    if (this.#finished) {
      this.#at = end;
      return (start < end || this.#dropping) && this.#take(start, end, false);
    }
    if (this.#dropping || end - start > this.#limit) {
      this.#dropping = true;
      this.#dropped += end - start;
      this.#at = end;
    }
    return false;
  }

  #take(start: number, end: number, ended: boolean): boolean {
    this.from = this.#base + start - this.#dropped;
    this.length = end - start + (ended ? 1 : 0) + this.#dropped;
    this.tooLong = this.#dropping || end - start > this.#limit;
    this.ended = ended;
    this.#dropping = false;
    this.#dropped = 0;
    if (this.tooLong) {
      this.text = '';
      return true;
    }
    const last = end > start && this.#buffer.charCodeAt(end - 1) === 13 ? end - 1 : end;
    if (last === start) return false;
    this.text = this.#buffer.slice(start, last);
    return true;
  }
}
