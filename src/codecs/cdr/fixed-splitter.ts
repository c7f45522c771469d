import type { RecordSplitter } from './line-splitter.ts';

/** A record is so many characters, one after the other, without line ends. A rest of white space at the end is none. */
export class FixedSplitter implements RecordSplitter {
  text = '';
  from = 0;
  length = 0;
  tooLong = false;
  ended = true;
  readonly #recordLength: number;
  #buffer = '';
  #at = 0;
  #base = 0;
  #finished = false;

  constructor(recordLength: number) {
    this.#recordLength = recordLength;
  }

  push(piece: string): void {
    this.#base += this.#at;
    this.#buffer = this.#at === this.#buffer.length ? piece : this.#buffer.slice(this.#at) + piece;
    this.#at = 0;
  }

  finish(): void {
    this.#finished = true;
  }

  next(): boolean {
    const rest = this.#buffer.length - this.#at;
    const whole = rest >= this.#recordLength;
    if (!whole && (!this.#finished || rest === 0)) return false;
    const length = whole ? this.#recordLength : rest;
    this.text = this.#buffer.slice(this.#at, this.#at + length);
    this.from = this.#base + this.#at;
    this.length = length;
    this.ended = whole;
    this.#at += length;
    return whole || this.text.trim() !== '';
  }
}
