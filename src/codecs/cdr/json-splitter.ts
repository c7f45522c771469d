import type { RecordSplitter } from './line-splitter.ts';

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;
const LINE_FEED = 10;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
/** Of text before the list of records: looked at again with the next piece, and shown when there is no list. */
const MOST_BEFORE = 1000;

/** What is known of a file beside its text. */
export interface JsonStream {
  /** Name of the list that the records are in; '': there is none around it. */
  readonly within?: string;
  /** How the file begins, and whether the stream begins behind one of its records. */
  readonly head?: string;
  readonly resumed?: boolean;
  /** Whether a list that does not end is told of. */
  readonly tellsCut?: boolean;
}

/**
 * A record is a JSON object at the top: one a line, one after the other, or the elements of an array.
 *
 * A damaged object must not swallow the ones behind it. So an opening brace at the beginning of a line
 * starts a new record even inside an unfinished one, which then comes out as it is. (Inside an object a
 * brace follows a name, and an object inside an array is indented by every writer.) Other text at the top,
 * up to the end of its line, is a record too: it will be rejected, not lost.
 *
 * Where the records are a list inside an object, `within` is its name: what is before and behind the list is passed over, and
 * a file without it is one record, to be rejected.
 *
 * A list that does not end was cut: where it stops between two records, a record of no characters tells of it.
 */
export class JsonSplitter implements RecordSplitter {
  text = '';
  from = 0;
  length = 0;
  tooLong = false;
  ended = true;
  readonly #limit: number;
  #buffer = '';
  #at = 0;
  #base = 0;
  #finished = false;
  /** Where the record under way begins in the buffer; −1 between records. */
  #start = -1;
  #depth = 0;
  #inText = false;
  #escaped = false;
  #afterLineFeed = true;
  #dropped = 0;
  #dropping = false;
  /** Finds the list of records; undefined when it was found, or there is none to find. */
  #list: RegExp | undefined;
  readonly #within: boolean;
  #behindList = false;
  /** In a list whose end is still to come. */
  #inList = false;
  readonly #tellsCut: boolean;

  constructor(limit: number, { within = '', head = '', resumed = false, tellsCut = true }: JsonStream = {}) {
    this.#limit = limit;
    this.#within = within !== '';
    this.#tellsCut = tellsCut;
    this.#inList = resumed && (this.#within || head.trimStart().startsWith('['));
    this.#list = within === '' || resumed ? undefined : new RegExp(`${RegExp.escape(JSON.stringify(within))}\\s{0,100}:\\s{0,100}\\[`, 'g');
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
    const buffer = this.#buffer;
    if (this.#list !== undefined && !this.#findList(this.#list)) return this.#finished && this.#withoutList();
    if (this.#behindList) this.#at = buffer.length;
    while (this.#at < buffer.length) {
      const code = buffer.charCodeAt(this.#at);
      if (this.#start < 0) {
        if (this.#within && code === CLOSE_LIST) {
          this.#behindList = true;
          this.#inList = false;
          this.#at = buffer.length;
          return false;
        }
        if (code === OPEN_LIST) this.#inList = true;
        else if (code === CLOSE_LIST) this.#inList = false;
        if (!isBetween(code)) this.#begin(code);
        else this.#at += 1;
        this.#afterLineFeed = code === LINE_FEED;
        continue;
      }
      if (this.#depth === 0) {
        if (this.#stray(code)) return true;
        continue;
      }
      if (this.#inObject(code)) return true;
    }
    return this.#outOfText();
  }

  /** Moves behind the bracket that opens the list. */
  #findList(list: RegExp): boolean {
    list.lastIndex = this.#at;
    if (list.exec(this.#buffer) === null) {
      if (!this.#finished) this.#at = Math.max(this.#at, this.#buffer.length - MOST_BEFORE);
      return false;
    }
    this.#at = list.lastIndex;
    this.#list = undefined;
    this.#inList = true;
    return true;
  }

  /** The file ended: what is left of it is one record, unless it is empty. */
  #withoutList(): boolean {
    const { length } = this.#buffer;
    this.#list = undefined;
    this.#behindList = true;
    this.text = this.#buffer.slice(Math.max(this.#at, length - MOST_BEFORE)).trim();
    this.from = 0;
    this.length = this.#base + length;
    this.tooLong = false;
    this.ended = false;
    this.#at = length;
    return this.text !== '';
  }

  #begin(code: number): void {
    this.#start = this.#at;
    this.#depth = code === OPEN ? 1 : 0;
    this.#inText = false;
    this.#escaped = false;
    this.#at += 1;
  }

  /** Text that is no object ends with its line. */
  #stray(code: number): boolean {
    if (code === LINE_FEED) return this.#take(this.#at, true);
    this.#at += 1;
    return false;
  }

  #inObject(code: number): boolean {
    if (this.#afterLineFeed && code === OPEN) {
      this.#afterLineFeed = false;
      return this.#take(this.#at, true);
    }
    this.#afterLineFeed = code === LINE_FEED;
    this.#at += 1;
    if (this.#inText) {
      if (this.#escaped) this.#escaped = false;
      else if (code === BACKSLASH) this.#escaped = true;
      else if (code === QUOTE) this.#inText = false;
    } else if (code === QUOTE) this.#inText = true;
    else if (code === OPEN) this.#depth += 1;
    else if (code === CLOSE) {
      this.#depth -= 1;
      if (this.#depth === 0) return this.#take(this.#at, true);
    }
    return false;
  }

  #outOfText(): boolean {
    if (this.#start < 0) return this.#finished && this.#inList && this.#tellsCut && this.#cut();
    if (this.#finished) {
      this.#inList = false;
      return this.#take(this.#at, false);
    }
    if (this.#dropping || this.#at - this.#start > this.#limit) {
      this.#dropping = true;
      this.#dropped += this.#at - this.#start;
      this.#start = this.#at;
    }
    return false;
  }

  /** What the file lacks behind its last record. */
  #cut(): boolean {
    this.#inList = false;
    this.#start = this.#at;
    return this.#take(this.#at, false);
  }

  #take(end: number, ended: boolean): boolean {
    this.from = this.#base + this.#start - this.#dropped;
    this.length = end - this.#start + this.#dropped;
    this.tooLong = this.#dropping || end - this.#start > this.#limit;
    this.ended = ended;
    this.text = this.tooLong ? '' : this.#buffer.slice(this.#start, end);
    this.#start = -1;
    this.#dropping = false;
    this.#dropped = 0;
    return true;
  }
}

/**
 * True when a file writes one object a line, judged by its first object: then a damaged line cannot
 * swallow the next, and a LineSplitter does. `head` is the beginning of the file.
 */
export function writesObjectPerLine(head: string): boolean {
  const splitter = new JsonSplitter(head.length);
  splitter.push(head);
  while (splitter.next()) {
    if (!splitter.ended || !splitter.text.startsWith('{')) continue;
    if (splitter.text.includes('\n')) return false;
    const behind = /^[ \t\r]*(.?)/.exec(head.slice(splitter.from + splitter.length))?.[1];
    return behind === '';
  }
  return false;
}

/** White space, commas and the brackets of an array stand between records. */
function isBetween(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 44 || code === OPEN_LIST || code === CLOSE_LIST;
}
