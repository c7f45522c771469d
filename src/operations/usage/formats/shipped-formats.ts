/** The formats that come with the program: data/formats/<id>.yaml, each read when it is first asked for. */
import { readdirSync, readFileSync } from 'node:fs';
import { RefusedError, type Result, valueOrThrow } from '#core/refusals.ts';
import type { FormatDeclaration, Formats } from '#core/usage/format.ts';
import { lineOfField } from '../../configuration/field-line.ts';
import { readYaml } from '../../configuration/read-yaml.ts';
import { Reading } from '../../configuration/reading.ts';
import { plainData, type SourceMap } from '../../configuration/source-tree.ts';
import { parseFormat } from './format.ts';

const folder = new URL('../../../../data/formats/', import.meta.url);
const known = new Map<string, FormatDeclaration>();

/** Any field of any text: what a source begins with that names its own columns. */
const DELIMITED = valueOrThrow(parseFormat({ id: 'delimited', name: 'Any text with a separator', family: 'delimited' }));

export const shippedFormats: Formats = {
  find(id) {
    if (id === DELIMITED.id) return DELIMITED;
    const format = known.get(id);
    if (format !== undefined) return format;
    if (!shippedFormats.ids().includes(id)) return undefined;
    const file = `data/formats/${id}.yaml`;
    const read = readFormatFile(file, readFileSync(new URL(`${id}.yaml`, folder), 'utf8'));
    if (!read.ok) throw new RefusedError(...read.refusals);
    const [only] = read.value;
    if (only !== undefined) known.set(id, only);
    return only;
  },
  ids() {
    const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
    return [DELIMITED.id, ...files.map((name) => name.slice(0, -'.yaml'.length))].sort();
  },
};

/** The formats that a YAML file declares under `formats:`. Refused with every fault, each with its line. */
export function readFormatFile(file: string, text: string): Result<readonly FormatDeclaration[]> {
  const reading = new Reading(NOTHING_ELSE);
  const formats: FormatDeclaration[] = [];
  for (const tree of readYaml(file, text, reading)) {
    const list = tree.kind === 'map' ? tree.entries.get('formats') : undefined;
    if (list?.kind !== 'list') {
      reading.fault('configuration.type-wrong', 'the file has no list "formats:"', tree);
      continue;
    }
    for (const item of list.items) {
      const parsed = parseFormat(plainData(item));
      if (parsed.ok) formats.push(parsed.value);
      else
        reading.add(parsed.refusals.map((refusal) => ({ ...refusal, at: { ...refusal.at, file, line: lineIn(item, refusal.at?.field) } })));
    }
  }
  return reading.faults.length > 0 ? { ok: false, refusals: reading.faults } : { ok: true, value: formats };
}

function lineIn(item: SourceMap | { readonly kind: string; readonly line: number }, field: string | undefined): number {
  return 'entries' in item ? lineOfField(item, field ?? '') : item.line;
}

/** A file of formats has no tables, holidays or code decks. */
export const NOTHING_ELSE = {
  isCountry: () => false,
  holidays: () => undefined,
  worldCodes: () => [],
  parseTable: () => [],
  formatTableRow: () => '',
};
