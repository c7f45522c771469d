/**
 * What rules remember, as bytes. A length and the text of the rule's fingerprint, the number of keys, then for each key a length and its
 * text, the number of entries, and start and value of each as doubles; little-endian throughout. Rules follow one another.
 */
import type { KeyEntries, RuleState } from './rule-state.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Undefined when there is nothing to write. */
export function writeState(states: readonly RuleState[], of: (state: RuleState) => KeyEntries): Uint8Array | undefined {
  const parts = states
    .map((state) => ({ name: encoder.encode(state.fingerprint), entries: of(state) }))
    .filter(({ entries }) => entries.size > 0);
  if (parts.length === 0) return undefined;
  let room = 0;
  for (const { name, entries } of parts) {
    room += 8 + name.length;
    for (const [key, numbers] of entries) room += 8 + key.length * 3 + numbers.length * 8;
  }
  const bytes = new Uint8Array(room);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const number = (value: number): void => {
    view.setUint32(at, value, true);
    at += 4;
  };
  for (const { name, entries } of parts) {
    number(name.length);
    bytes.set(name, at);
    at += name.length;
    number(entries.size);
    for (const [key, numbers] of entries) {
      const { written } = encoder.encodeInto(key, bytes.subarray(at + 4));
      number(written);
      at += written;
      number(numbers.length / 2);
      for (const value of numbers) {
        view.setFloat64(at, value, true);
        at += 8;
      }
    }
  }
  return bytes.slice(0, at);
}

/** Notes all that is written of rules that still mean the same. */
export function readState(bytes: Uint8Array, states: readonly RuleState[]): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const number = (): number => {
    at += 4;
    return view.getUint32(at - 4, true);
  };
  const text = (): string => {
    const length = number();
    at += length;
    return decoder.decode(bytes.subarray(at - length, at));
  };
  while (at < bytes.length) {
    const name = text();
    const state = states.find(({ fingerprint }) => fingerprint === name);
    for (let keys = number(); keys > 0; keys -= 1) {
      const key = text();
      for (let entries = number(); entries > 0; entries -= 1) {
        state?.add(key, view.getFloat64(at, true), view.getFloat64(at + 8, true));
        at += 16;
      }
    }
  }
}
