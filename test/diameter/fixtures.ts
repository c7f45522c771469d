/** What the tests of Diameter share: the dictionary, and the messages of test/golden/diameter. */
import { readFileSync } from 'node:fs';
import { diameterDictionary } from '#app/diameter.ts';

export const dictionary = diameterDictionary();

/** Depth, offset, code, vendor, length, name, and the value in tshark's words: null for a group. */
export type TsharkAvp = readonly [number, number, number, number, number, string, string | null];

export interface GoldenMessage {
  readonly message: string;
  readonly hex: string;
  readonly header: Readonly<Record<'length' | 'command' | 'application' | 'hopByHop' | 'endToEnd' | 'flags', string>>;
  readonly avps: readonly TsharkAvp[];
}

export const golden: readonly GoldenMessage[] = JSON.parse(
  readFileSync(new URL('../golden/diameter/messages.json', import.meta.url), 'utf8'),
);

export const octets = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));

export function goldenOctets(name: string): Uint8Array {
  const found = golden.find(({ message }) => message === name);
  if (found === undefined) throw new Error(`there is no golden message ${name}`);
  return octets(found.hex);
}
