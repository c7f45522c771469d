/** An ASN.1 module of the user as the beginning of a BER format, for `carillon formats from-asn1`. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { stringify } from 'yaml';
import { readAsn1, typesFor } from '#codecs/ber/asn1.ts';
import { RefusedError, refuse } from '#core/refusals.ts';

export interface Asn1Format {
  /** YAML of a format without key and fields. */
  readonly yaml: string;
  /** For people: what is not in the module, and what could not be read. */
  readonly notes: readonly string[];
}

/** Throws RefusedError: a file that cannot be read (`usage.file-unreadable`), a type that is not in it (`format.invalid`). */
export function formatOfAsn1(file: string, record: string): Asn1Format {
  const { types, missing, unread } = readAsn1(textOf(file));
  const used = typesFor(types, record);
  if (Object.keys(used).length === 0) {
    const cut = unread.find(({ name }) => name === record);
    if (cut !== undefined) {
      const message = `the type ${JSON.stringify(record.slice(0, 80))} cannot be read: it does not end, is nested too deeply, or is no ASN.1`;
      throw new RefusedError(refuse('format.invalid', message, { file, line: cut.line }));
    }
    const names = Object.keys(types).filter((name) => !name.includes('-'));
    const told = `the module has no type ${JSON.stringify(record.slice(0, 80))}; it has ${names.slice(0, 60).join(', ') || 'none'}`;
    throw new RefusedError(refuse('format.invalid', told, { file }));
  }
  const format = {
    id: record.toLowerCase().replaceAll(/[^a-z0-9._-]/g, '-'),
    name: `${record} of ${basename(file)}`,
    family: 'ber',
    ber: { framing: 'concatenated', record, types: used },
  };
  const needed = missing.filter((name) => Object.hasOwn(used, name));
  return {
    yaml: stringify({ formats: [format] }, { lineWidth: 0 }),
    notes: [
      'Add key and fields, correct what octets hold (tbcd, address, timestamp …), and try it with "carillon formats test".',
      ...(needed.length === 0 ? [] : [`Not in the module, taken as octets: ${needed.join(', ')}`]),
      ...unread.map(({ name, line }) => `Not read: ${name} in line ${line}`),
    ],
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch (error) {
    throw new RefusedError(refuse('usage.file-unreadable', error instanceof Error ? error.message : String(error), { file }));
  }
}
