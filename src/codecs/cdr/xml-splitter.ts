import type { RecordSplitter } from './line-splitter.ts';

/** What may stand around text that looks like tags and is none. */
const SECTIONS: readonly (readonly [string, string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
];
const LONGEST_OPENING = 9;
/** Of text outside of records, for the message about it. */
const MOST_STRAY = 200;

/** The first tag behind declarations and comments that has something in it. */
const FIRST_TAG = /^\s{0,1000}(?:<(?:\?|!)[^<>]{0,2000}>\s{0,1000}){0,20}<([^\s<>/?!]{1,200})(?=\s|>)(?![^<>]{0,2000}\/>)/;

/** What is known of a file beside its text. */
export interface XmlStream {
  /** How the file begins, and whether the stream begins behind one of its records. */
  readonly head?: string;
  readonly resumed?: boolean;
  /** Whether an element around the records that does not end is told of. */
  readonly tellsCut?: boolean;
}

/**
 * A record is an element of one name, wherever in the file it stands. What is around it is passed over, and never kept.
 *
 * A damaged record must not swallow the ones behind it: since a record does not contain one of its kind, another opening
 * tag of the name begins a new record, and the unfinished one comes out as it is. A closing tag without its opening one is
 * a record too, and so is a file without any record: they will be rejected, not lost.
 *
 * An element around the records that does not end was cut: where it stops between two records, a record of no characters
 * tells of it.
 */
export class XmlSplitter implements RecordSplitter {
  text = '';
  from = 0;
  length = 0;
  tooLong = false;
  ended = true;
  readonly #open: string;
  readonly #close: string;
  readonly #limit: number;
  #buffer = '';
  #at = 0;
  #base = 0;
  #finished = false;
  /** Where the record under way begins in the buffer; −1 between records. */
  #start = -1;
  /** Inside the opening tag of the record. */
  #inOpening = false;
  /** What ends the section under way; '' outside of one. */
  #until = '';
  #dropped = 0;
  #dropping = false;
  #found = false;
  #stray = '';

  /** The element around the records, as its tags begin; '' where a file begins with a record. */
  readonly #root: string;
  /** It is open. */
  #inRoot: boolean;

  constructor(record: string, limit: number, { head = '', resumed = false, tellsCut = true }: XmlStream = {}) {
    this.#open = `<${record}`;
    this.#close = `</${record}`;
    this.#limit = limit;
    const first = FIRST_TAG.exec(head)?.[1] ?? record;
    this.#root = first === record || !tellsCut ? '' : first;
    this.#inRoot = resumed && this.#root !== '';
    this.#found = resumed;
  }

  push(piece: string): void {
    const keep = this.#start < 0 ? this.#at : this.#start;
    this.#buffer = keep === this.#buffer.length ? piece : this.#buffer.slice(keep) + piece;
    this.#base += keep;
    this.#at -= keep;
    if (this.#start >= 0) this.#start = 0;
  }

  finish(): void {
    this.#finished = true;
  }

  next(): boolean {
    for (;;) {
      if (this.#until !== '') {
        const end = this.#buffer.indexOf(this.#until, this.#at);
        if (end < 0) return this.#outOfText(this.#until.length - 1);
        this.#at = end + this.#until.length;
        this.#until = '';
      } else if (this.#inOpening) {
        const end = this.#buffer.indexOf('>', this.#at);
        if (end < 0) return this.#outOfText(0);
        this.#at = end + 1;
        this.#inOpening = false;
        if (this.#buffer.charCodeAt(end - 1) === 47) return this.#take(this.#at, true);
      } else {
        const tag = this.#buffer.indexOf('<', this.#at);
        this.#note(tag < 0 ? this.#buffer.length : tag);
        if (tag < 0) return this.#outOfText(0);
        this.#at = tag;
        const needed = Math.max(this.#close.length + 1, this.#root.length + 3, LONGEST_OPENING);
        if (!this.#finished && this.#buffer.length - tag < needed) return this.#outOfText(needed);
        const section = SECTIONS.find(([opening]) => this.#buffer.startsWith(opening, tag));
        if (section !== undefined) {
          this.#at = tag + section[0].length;
          this.#until = section[1];
        } else if (this.#isTag(this.#open, tag)) {
          if (this.#start >= 0) return this.#take(tag, true);
          this.#start = tag;
          this.#at = tag + this.#open.length;
          this.#inOpening = true;
        } else if (this.#isTag(this.#close, tag)) {
          const end = this.#buffer.indexOf('>', tag);
          if (end < 0 && !this.#finished && this.#buffer.length - tag <= this.#limit) return this.#outOfText(this.#buffer.length - tag);
          if (this.#start < 0) this.#start = tag;
          this.#at = end < 0 ? this.#buffer.length : end + 1;
          return this.#take(this.#at, end >= 0);
        } else {
          if (this.#start < 0 && this.#root !== '') this.#lookForRoot(tag);
          this.#at = tag + 1;
        }
      }
    }
  }

  #lookForRoot(at: number): void {
    if (this.#isTag(`<${this.#root}`, at)) this.#inRoot = true;
    else if (this.#isTag(`</${this.#root}`, at)) this.#inRoot = false;
  }

  #isTag(tag: string, at: number): boolean {
    if (!this.#buffer.startsWith(tag, at)) return false;
    const code = this.#buffer.charCodeAt(at + tag.length);
    return Number.isNaN(code) || code <= 32 || code === 47 || code === 62;
  }

  /** Remembers how a file begins as long as no record was found. */
  #note(to: number): void {
    if (this.#found || this.#start >= 0 || this.#stray.length >= MOST_STRAY) return;
    this.#stray += this.#buffer.slice(this.#at, Math.min(to + 1, this.#at + MOST_STRAY));
  }

  /** More text is needed; the last `kept` characters are looked at again. */
  #outOfText(kept: number): boolean {
    const { length } = this.#buffer;
    if (!this.#finished) {
      this.#at = Math.max(this.#at, length - kept);
      if (this.#start >= 0 && (this.#dropping || this.#at - this.#start > this.#limit)) {
        this.#dropping = true;
        this.#dropped += this.#at - this.#start;
        this.#start = this.#at;
      }
      return false;
    }
    this.#at = length;
    if (this.#start >= 0 || (this.#found && this.#inRoot)) {
      if (this.#start < 0) this.#start = length;
      this.#inRoot = false;
      return this.#take(length, false);
    }
    if (this.#found || this.#stray.trim() === '') return false;
    this.#found = true;
    this.#inRoot = false;
    this.text = this.#stray.trim();
    this.from = 0;
    this.length = this.#base + length;
    this.tooLong = false;
    this.ended = false;
    return true;
  }

  #take(end: number, ended: boolean): boolean {
    this.from = this.#base + this.#start - this.#dropped;
    this.length = end - this.#start + this.#dropped;
    this.tooLong = this.#dropping || end - this.#start > this.#limit;
    this.ended = ended;
    this.text = this.tooLong ? '' : this.#buffer.slice(this.#start, end);
    this.#start = -1;
    this.#inOpening = false;
    this.#dropping = false;
    this.#dropped = 0;
    this.#found = true;
    this.#stray = '';
    return true;
  }
}
