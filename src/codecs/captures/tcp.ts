/** Segments of one direction of a connection, in the order of their sequence numbers (RFC 9293). */

/** Octets that wait for a gap to close. Beyond it the gap is passed over: the capture has lost it. */
const MOST_WAITING_BYTES = 1_048_576;
/** And segments: each new one is looked for among them. */
const MOST_WAITING_SEGMENTS = 1024;
const SYN = 0x02;

interface Waiting {
  readonly sequence: number;
  readonly data: Uint8Array;
}

export interface Segment {
  readonly data: Uint8Array;
  /** Octets were lost in front of it. */
  readonly afterGap: boolean;
}

export class TcpDirection {
  #next: number | undefined = undefined;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;

  /** Takes a segment from its TCP header on; what can be read on with it. */
  *push(view: DataView): Generator<Segment, void, undefined> {
    if (view.byteLength < 20) return;
    const header = (view.getUint8(12) >> 4) * 4;
    if (header < 20 || header > view.byteLength) return;
    const sequence = view.getUint32(4);
    if ((view.getUint8(13) & SYN) !== 0) {
      this.#next = (sequence + 1) >>> 0;
      this.#waiting = [];
      this.#waitingBytes = 0;
      return;
    }
    if (header === view.byteLength) return;
    const data = new Uint8Array(view.buffer, view.byteOffset + header, view.byteLength - header);
    this.#next ??= sequence;
    this.#waiting.push({ sequence, data });
    this.#waitingBytes += data.length;
    yield* this.#drain();
    if (this.#waitingBytes > MOST_WAITING_BYTES || this.#waiting.length > MOST_WAITING_SEGMENTS) yield* this.#skip();
  }

  /** At the end of the capture: what waits behind gaps that never closed. */
  *finish(): Generator<Segment, void, undefined> {
    while (this.#waiting.length > 0) yield* this.#skip();
  }

  *#drain(): Generator<Segment, void, undefined> {
    for (;;) {
      const next = this.#next ?? 0;
      const index = this.#waiting.findIndex(({ sequence }) => ahead(sequence, next) <= 0);
      const found = this.#waiting[index];
      if (found === undefined) return;
      this.#waiting.splice(index, 1);
      this.#waitingBytes -= found.data.length;
      const known = -ahead(found.sequence, next);
      if (known >= found.data.length) continue;
      this.#next = (found.sequence + found.data.length) >>> 0;
      yield { data: found.data.subarray(known), afterGap: false };
    }
  }

  *#skip(): Generator<Segment, void, undefined> {
    const next = this.#next ?? 0;
    const nearest = this.#waiting.reduce<Waiting | undefined>(
      (best, segment) => (best === undefined || ahead(segment.sequence, next) < ahead(best.sequence, next) ? segment : best),
      undefined,
    );
    if (nearest === undefined) return;
    this.#next = nearest.sequence;
    let afterGap = true;
    for (const segment of this.#drain()) {
      yield { data: segment.data, afterGap };
      afterGap = false;
    }
  }
}

/** How far a sequence number is ahead of another, modulo 2^32: negative when behind. */
function ahead(sequence: number, of: number): number {
  return (sequence - of) | 0;
}
