/** Types of BER records that come with the program: data/ber-types/<id>.yaml, each read when it is first asked for. */
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { BerTypes } from '#core/usage/ber-form.ts';

const folder = new URL('../../../../data/ber-types/', import.meta.url);
const known = new Map<string, BerTypes>();

/** Undefined where there are none of this name. */
export function shippedBerTypes(id: string): BerTypes | undefined {
  const read = known.get(id);
  if (read !== undefined || !shippedBerTypeIds().includes(id)) return read;
  const types = parse(readFileSync(new URL(`${id}.yaml`, folder), 'utf8')) as BerTypes; // our own files, compiled by a test
  known.set(id, types);
  return types;
}

export function shippedBerTypeIds(): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}
