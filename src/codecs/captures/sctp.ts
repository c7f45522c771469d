/** User messages of the DATA chunks of one direction of an association (RFC 9260 §3.3.1). */
const DATA = 0;
const BEGIN = 2;
const END = 1;
/** Numbers of chunks that are remembered, so that a repeated one counts once. */
const MOST_REMEMBERED = 4096;
/** Octets of fragments that wait for their end. */
const MOST_WAITING_BYTES = 1_048_576;

interface Fragments {
  readonly parts: Uint8Array[];
  next: number;
}

export class SctpDirection {
  #seen = new Set<number>();
  /** By stream. */
  readonly #open = new Map<number, Fragments>();
  #waitingBytes = 0;

  /** Takes a packet from its SCTP header on; the user messages that end in it. Fragments are taken in the order of their numbers. */
  *push(view: DataView): Generator<Uint8Array, void, undefined> {
    for (let at = 12; at + 4 <= view.byteLength; ) {
      const length = view.getUint16(at + 2);
      if (length < 4) return;
      const end = Math.min(at + length, view.byteLength);
      if (view.getUint8(at) === DATA && end - at > 16) {
        const message = this.#chunk(view, at, end);
        if (message !== undefined) yield message;
      }
      at += (length + 3) & ~3;
    }
  }

  #chunk(view: DataView, at: number, end: number): Uint8Array | undefined {
    const flags = view.getUint8(at + 1) & (BEGIN | END);
    const number = view.getUint32(at + 4);
    const stream = view.getUint16(at + 8);
    if (this.#seen.has(number)) return undefined;
    if (this.#seen.size >= MOST_REMEMBERED) this.#seen = new Set();
    this.#seen.add(number);
    const data = new Uint8Array(view.buffer, view.byteOffset + at + 16, end - at - 16);
    if (flags === (BEGIN | END)) return data;
    if ((flags & BEGIN) !== 0) {
      this.#drop(stream);
      this.#open.set(stream, { parts: [data], next: (number + 1) >>> 0 });
      this.#waitingBytes += data.length;
      return undefined;
    }
    const fragments = this.#open.get(stream);
    if (fragments === undefined || fragments.next !== number || this.#waitingBytes > MOST_WAITING_BYTES) {
      this.#drop(stream);
      return undefined;
    }
    fragments.parts.push(data);
    fragments.next = (number + 1) >>> 0;
    this.#waitingBytes += data.length;
    if ((flags & END) === 0) return undefined;
    this.#drop(stream);
    return joined(fragments.parts);
  }

  #drop(stream: number): void {
    for (const part of this.#open.get(stream)?.parts ?? []) this.#waitingBytes -= part.length;
    this.#open.delete(stream);
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
