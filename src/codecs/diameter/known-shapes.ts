/**
 * Messages of the same shape as one that was right. Peers ask in few shapes, thousands of times a second: where every AVP has the code, the flags, the length and
 * the place that it had in a message that was checked, only values can be wrong, and only those of types that not every octet sequence is a value of.
 * Those are looked at again unless they are the same octets.
 */
import { AvpCursor } from './avp-cursor.ts';
import type { AvpDefinition, Dictionary } from './dictionary.ts';
import { HEADER_BYTES } from './header.ts';
import { fixedBytes, valueFault } from './values.ts';

/** Longer messages are checked each time. */
const MOST_BYTES = 4_096;
/** Of one length; and of all. Beyond it all are forgotten. */
const MOST_ALIKE = 8;
const MOST_SHAPES = 256;

interface Place {
  readonly definition: AvpDefinition;
  readonly from: number;
  readonly to: number;
}

interface Shape {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Offsets of the 32-bit words that headers are made of. */
  readonly words: Int32Array;
  /** Values that can be wrong. */
  readonly values: readonly Place[];
  /** Values that decide what is done with the message. */
  readonly same: readonly Place[];
}

export class KnownShapes {
  readonly #dictionary: Dictionary;
  readonly #sameCodes: ReadonlySet<number>;
  readonly #byLength = new Map<number, Shape[]>();
  #count = 0;

  /** `sameCodes`: AVPs without vendor at the top whose values must be the same octets, too. */
  constructor(dictionary: Dictionary, sameCodes: readonly number[]) {
    this.#dictionary = dictionary;
    this.#sameCodes = new Set(sameCodes);
  }

  /** Whether it is right, for it is as one that was learned. False: nobody knows. */
  has(message: DataView): boolean {
    const shapes = this.#byLength.get(message.byteLength);
    if (shapes === undefined) return false;
    for (const shape of shapes) if (isAlike(shape, message)) return true;
    return false;
  }

  /** Call it with messages without a fatal fault only. */
  learn(message: Uint8Array): void {
    if (message.length > MOST_BYTES) return;
    if (this.#count >= MOST_SHAPES) {
      this.#byLength.clear();
      this.#count = 0;
    }
    const alike = this.#byLength.get(message.length) ?? [];
    if (alike.length >= MOST_ALIKE) return;
    const bytes = message.slice();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const words = [0, 4, 8];
    const values: Place[] = [];
    const same: Place[] = [];
    this.#walk(view, HEADER_BYTES, bytes.length, words, values, same);
    this.#byLength.set(message.length, [...alike, { bytes, view, words: Int32Array.from(words), values, same }]);
    this.#count += 1;
  }

  #walk(view: DataView, from: number, to: number, words: number[], values: Place[], same: Place[] | undefined): void {
    const cursor = new AvpCursor(view).enter(from, to);
    while (cursor.next()) {
      for (let word = cursor.at; word < cursor.from; word += 4) words.push(word);
      const definition = this.#dictionary.avp(cursor.code, cursor.vendor);
      if (definition === undefined) continue;
      const place = { definition, from: cursor.from, to: cursor.to };
      if (cursor.vendor === 0 && this.#sameCodes.has(cursor.code)) same?.push(place);
      if (definition.type === 'Grouped') this.#walk(view, cursor.from, cursor.to, words, values, undefined);
      // A value of an Enumerated without a name is none that a message is refused for.
      else if (fixedBytes[definition.type] === undefined && definition.type !== 'OctetString') values.push(place);
    }
  }
}

function isAlike({ view: known, words, values, same }: Shape, view: DataView): boolean {
  for (let index = 0; index < words.length; index += 1) {
    const at = words[index] as number; // index is below the length
    if (view.getInt32(at) !== known.getInt32(at)) return false;
  }
  for (const { from, to } of same) if (!isSame(known, view, from, to)) return false;
  for (const { definition, from, to } of values) if (!isSame(known, view, from, to) && !isRight(definition, view, from, to)) return false;
  return true;
}

function isRight(definition: AvpDefinition, view: DataView, from: number, to: number): boolean {
  return (definition.type === 'UTF8String' && isPlain(view, from, to)) || valueFault(definition, view, from, to) === undefined;
}

/** Whether it is ASCII without NUL, which `readUtf8` takes. False: look closer. */
function isPlain(view: DataView, from: number, to: number): boolean {
  let at = from;
  for (; at + 4 <= to; at += 4) {
    const word = view.getInt32(at);
    // Of octets below 0x80, one less sets the high bit of the lowest that is 0.
    if (((word | (word - 0x0101_0101)) & 0x8080_8080) !== 0) return false;
  }
  for (; at < to; at += 1) {
    const octet = view.getUint8(at);
    if (octet === 0 || octet >= 0x80) return false;
  }
  return true;
}

function isSame(known: DataView, view: DataView, from: number, to: number): boolean {
  let at = from;
  for (; at + 4 <= to; at += 4) if (known.getInt32(at) !== view.getInt32(at)) return false;
  for (; at < to; at += 1) if (known.getUint8(at) !== view.getUint8(at)) return false;
  return true;
}
