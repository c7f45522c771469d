/**
 * What rules remember, as bytes, rule after rule: length and text of its fingerprint; the number of keys, and length and text of
 * each; whether entries have values; the number of entries, then of each the place of its key, its start and, if so, its value, as
 * doubles. Lengths and places are 32 bits, little-endian throughout.
 */
import type { RuleState, Written } from './rule-state.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Undefined when there is nothing to write. */
export function writeState(states: readonly RuleState[], of: (state: RuleState) => Written): Uint8Array | undefined {
  const parts = states.map((state) => ({ name: state.fingerprint, written: of(state) })).filter(({ written }) => written.log.length > 0);
  if (parts.length === 0) return undefined;
  let room = 0;
  for (const { name, written } of parts) {
    room += 16 + name.length * 3 + written.log.length * 8;
    for (const key of written.keys) room += 4 + key.length * 3;
  }
  const bytes = new Uint8Array(room);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const number = (value: number): void => {
    view.setUint32(at, value, true);
    at += 4;
  };
  const text = (value: string): void => {
    const { written } = encoder.encodeInto(value, bytes.subarray(at + 4));
    number(written);
    at += written;
  };
  for (const { name, written } of parts) {
    const { keys, valued, log } = written;
    const width = valued ? 3 : 2;
    text(name);
    number(keys.length);
    for (const key of keys) text(key);
    number(valued ? 1 : 0);
    number(log.length / width);
    for (let index = 0; index < log.length; index += width) {
      number(log[index] as number);
      for (let more = 1; more < width; more += 1) {
        view.setFloat64(at, log[index + more] as number, true);
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
    const keys = Array.from({ length: number() }, text);
    const valued = number() === 1;
    for (let entries = number(); entries > 0; entries -= 1) {
      const key = keys[number()] as string; // writeState counts them
      state?.add(key, view.getFloat64(at, true), valued ? view.getFloat64(at + 8, true) : 0);
      at += valued ? 16 : 8;
    }
  }
}
