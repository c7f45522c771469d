/** Octets of a connection in pieces of any size, into whole messages. At most one message is kept. */
import { HEADER_BYTES, VERSION } from './header.ts';
import type { ProtocolError } from './results.ts';

/** Octets of a message that is still believed: a Gy request has 1,000 to 3,000. */
export const DEFAULT_MOST_BYTES = 1_048_576;

export interface StreamFault {
  readonly error: ProtocolError;
  readonly message: string;
}

export class MessageStream {
  #mostBytes: number;
  /** Octets of a message that has only begun. */
  #kept = new Uint8Array(0);
  #keptBytes = 0;
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

  /**
   * The messages that are whole with this piece. A message is a view: over the piece, or over a buffer of its own when it
   * came in several.
   */
  *push(piece: Uint8Array): Generator<Uint8Array, void, undefined> {
    let at = 0;
    while (this.#fault === undefined) {
      if (this.#keptBytes > 0) {
        at += this.#fill(piece, at, HEADER_BYTES);
        if (this.#keptBytes < HEADER_BYTES) return;
        const length = this.#length(this.#kept, 0);
        if (length === undefined) return;
        at += this.#fill(piece, at, length);
        if (this.#keptBytes < length) return;
        const message = this.#kept.subarray(0, length);
        this.#kept = new Uint8Array(0);
        this.#keptBytes = 0;
        yield message;
      } else {
        if (at >= piece.length) return;
        if (piece.length - at >= HEADER_BYTES) {
          const length = this.#length(piece, at);
          if (length === undefined) return;
          if (piece.length - at >= length) {
            const message = piece.subarray(at, at + length);
            at += length;
            yield message;
            continue;
          }
        }
        at += this.#fill(piece, at, HEADER_BYTES);
      }
    }
  }

  /** Keeps octets of the piece until `bytes` are kept; how many were taken. */
  #fill(piece: Uint8Array, at: number, bytes: number): number {
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
    return taken;
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
