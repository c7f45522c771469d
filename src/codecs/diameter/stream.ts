/** Octets of a connection in pieces of any size, into whole messages. At most one message is kept. */
import { HEADER_BYTES, VERSION } from './header.ts';
import type { ProtocolError } from './results.ts';

/** Octets of a message that is still believed: a Gy request has 1,000 to 3,000. */
export const DEFAULT_MOST_BYTES = 1_048_576;

export interface StreamFault {
  readonly error: ProtocolError;
  readonly message: string;
}

const NOTHING = new Uint8Array(0);

export class MessageStream {
  #mostBytes: number;
  /** Octets of a message that has only begun. */
  #kept = new Uint8Array(0);
  #keptBytes = 0;
  /** What came last, and how much of it was taken. */
  #piece: Uint8Array = NOTHING;
  #at = 0;
  #fault: StreamFault | undefined = undefined;

  constructor(mostBytes = DEFAULT_MOST_BYTES) {
    this.#mostBytes = mostBytes;
  }

  /** Why nothing more comes: where the next message begins is lost, and the connection must be closed. */
  get fault(): StreamFault | undefined {
    return this.#fault;
  }

  /** From the next message on, messages of up to so many octets are believed. */
  allow(mostBytes: number): void {
    this.#mostBytes = mostBytes;
  }

  /** Octets that wait for more. */
  get waiting(): number {
    return this.#keptBytes;
  }

  /** The messages that are whole with this piece. */
  *push(piece: Uint8Array): Generator<Uint8Array, void, undefined> {
    this.begin(piece);
    for (let message = this.next(); message !== undefined; message = this.next()) yield message;
  }

  /** What came behind the piece before, of which `next` has said that there is nothing left. */
  begin(piece: Uint8Array): void {
    this.#piece = piece;
    this.#at = 0;
  }

  /**
   * The next message that is whole. A message is a view: over the piece, or over a buffer of its own when it came in several.
   * Undefined: nothing is left of the piece, or there is a fault.
   */
  next(): Uint8Array | undefined {
    while (this.#fault === undefined) {
      if (this.#keptBytes > 0) {
        this.#fill(HEADER_BYTES);
        if (this.#keptBytes < HEADER_BYTES) return undefined;
        const length = this.#length(this.#kept, 0);
        if (length === undefined) return undefined;
        this.#fill(length);
        if (this.#keptBytes < length) return undefined;
        const message = this.#kept.subarray(0, length);
        this.#kept = new Uint8Array(0);
        this.#keptBytes = 0;
        return message;
      }
      const at = this.#at;
      const left = this.#piece.length - at;
      if (left <= 0) {
        this.#piece = NOTHING;
        this.#at = 0;
        return undefined;
      }
      if (left >= HEADER_BYTES) {
        const length = this.#length(this.#piece, at);
        if (length === undefined) return undefined;
        if (left >= length) {
          this.#at += length;
          return new Uint8Array(this.#piece.buffer, this.#piece.byteOffset + at, length);
        }
      }
      this.#fill(HEADER_BYTES);
    }
    return undefined;
  }

  /** Keeps octets of the piece until `bytes` are kept. */
  #fill(bytes: number): void {
    const piece = this.#piece;
    const at = this.#at;
    const taken = Math.max(0, Math.min(bytes - this.#keptBytes, piece.length - at));
    const needed = this.#keptBytes + taken;
    if (needed > this.#kept.length) {
      // By what came, not by what a header promises.
      const larger = new Uint8Array(Math.min(Math.max(needed, this.#kept.length * 2, 64), Math.max(bytes, needed)));
      larger.set(this.#kept.subarray(0, this.#keptBytes));
      this.#kept = larger;
    }
    this.#kept.set(piece.subarray(at, at + taken), this.#keptBytes);
    this.#keptBytes = needed;
    this.#at += taken;
  }

  #length(bytes: Uint8Array, at: number): number | undefined {
    const version = bytes[at] ?? 0;
    const length = ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    if (version !== VERSION)
      this.#fault = { error: 'DIAMETER_UNSUPPORTED_VERSION', message: `version ${version}, where there is only ${VERSION}` };
    else if (length < HEADER_BYTES || length % 4 !== 0)
      this.#fault = {
        error: 'DIAMETER_INVALID_MESSAGE_LENGTH',
        message: `a length of ${length} octets; it is at least ${HEADER_BYTES} and a multiple of 4`,
      };
    else if (length > this.#mostBytes)
      this.#fault = {
        error: 'DIAMETER_INVALID_MESSAGE_LENGTH',
        message: `a length of ${length} octets, more than the ${this.#mostBytes} that are taken`,
      };
    return this.#fault === undefined ? length : undefined;
  }
}
