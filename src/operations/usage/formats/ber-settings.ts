/** The key `ber` of a format or a source. Docs: docs/reference/formats-ber.md. */
import { berFaults } from '#core/usage/ber-faults.ts';
import { type BerForm, type BerTypes, type BerTypeText, berFramings } from '#core/usage/ber-form.ts';
import type { FormatReading } from '#core/usage/format.ts';
import { usageFields } from '#core/usage/source.ts';
import type { SourceReading } from '../source-reading.ts';
import { shippedBerTypeIds, shippedBerTypes } from './ber-types.ts';

export const EMPTY_BER: BerForm = {
  framing: 'concatenated',
  blockSize: 0,
  inside: [],
  record: '',
  each: [],
  types: {},
};

const KEYS = ['framing', 'blockSize', 'inside', 'record', 'each', 'use', 'types'] as const;
const MOST_TYPES = 5000;

/** What `value` says over what the format says: its types are added, and parts of a known group to that group. */
export function readBer(reading: SourceReading, value: unknown, base: BerForm): BerForm {
  if (value === undefined || value === null) return base;
  const said = reading.map(value, 'ber', KEYS);
  if (said === undefined) return base;
  const map = Object.fromEntries(Object.entries(said).map(([key, item]) => [`ber.${key}`, item]));
  const used = readUse(reading, map);
  return {
    framing: reading.word(map, 'ber.framing', berFramings, base.framing) ?? base.framing,
    blockSize: reading.whole(map, 'ber.blockSize', 0, 16_777_216, base.blockSize),
    inside: reading.list(map, 'ber.inside') ?? base.inside,
    record: reading.text(map, 'ber.record', base.record === '' ? undefined : base.record) ?? base.record,
    each: reading.list(map, 'ber.each') ?? base.each,
    types: joined(joined(base.types, used), readTypes(reading, said.types)),
  };
}

function readUse(reading: SourceReading, map: Readonly<Record<string, unknown>>): BerTypes {
  const id = reading.text(map, 'ber.use', '') ?? '';
  if (id === '') return {};
  const types = shippedBerTypes(id);
  if (types === undefined) reading.fault('ber.use', `is not one of ${shippedBerTypeIds().join(', ')}`, id);
  return types ?? {};
}

function readTypes(reading: SourceReading, value: unknown): BerTypes {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    reading.fault('ber.types', 'is not an object of types by name');
    return {};
  }
  const entries = Object.entries(value);
  if (entries.length > MOST_TYPES) reading.fault('ber.types', `has more than ${MOST_TYPES} types`);
  const types: [string, BerTypeText][] = [];
  for (const [name, written] of entries.slice(0, MOST_TYPES)) {
    const type = readType(reading, `ber.types.${name}`, name, written);
    if (type !== undefined) types.push([name, type]);
  }
  return Object.fromEntries(types);
}

function readType(reading: SourceReading, field: string, name: string, written: unknown): BerTypeText | undefined {
  if (!/^[A-Za-z][\w-]{0,99}$/.test(name)) return reading.fault(field, 'is not a name: letters, digits and -, a letter first');
  if (typeof written === 'string') return written;
  if (typeof written !== 'object' || written === null || Array.isArray(written))
    return reading.fault(field, 'is neither a type nor an object such as {sequence: {…}}');
  const groups: [string, Readonly<Record<string, string>>][] = [];
  for (const [kind, parts] of Object.entries(written)) {
    if (typeof parts !== 'object' || parts === null || Array.isArray(parts)) return reading.fault(`${field}.${kind}`, 'is not an object');
    groups.push([kind, Object.fromEntries(Object.entries(parts).map(([part, text]) => [part, String(text)]))]);
  }
  return Object.fromEntries(groups); // which kinds there are is checked when the types are compiled
}

/** A group that both have gets the parts of both; anything else is that of `more`. */
function joined(types: BerTypes, more: BerTypes): BerTypes {
  if (Object.keys(more).length === 0) return types;
  if (Object.keys(types).length === 0) return more;
  const all: Record<string, BerTypeText> = { ...types };
  for (const [name, type] of Object.entries(more)) all[name] = joinedType(Object.hasOwn(types, name) ? types[name] : undefined, type);
  return all;
}

function joinedType(type: BerTypeText | undefined, more: BerTypeText): BerTypeText {
  if (typeof type !== 'object' || typeof more !== 'object') return more;
  const [kind, parts] = Object.entries(type)[0] ?? ['', {}];
  const added = Object.entries(more).find(([other]) => other === kind)?.[1];
  return added === undefined || Object.keys(more).length > 1 ? more : { [kind]: { ...parts, ...added } };
}

/** What only the whole shows: the schema, and the paths into it. */
export function checkBer(reading: SourceReading, settings: FormatReading): void {
  const { ber, fields, key, records } = settings;
  if (ber === undefined || ber.record === '') return;
  const paths: Record<string, readonly string[]> = { key, 'records.column': records === undefined ? [] : [records.column] };
  for (const field of usageFields)
    paths[`fields.${field}`] = (fields[field] ?? []).flatMap(({ columns, when }) => [
      ...columns,
      ...(when === undefined ? [] : [when.column]),
    ]);
  for (const { field, problem, value } of berFaults(ber, paths)) {
    const place = field.startsWith('fields.') || field === 'key' || field === 'records.column' ? field : `ber.${field}`;
    reading.fault(place, problem, value);
  }
  if (
    ber.each.length > 0 &&
    key.length > 0 &&
    !key.some((path) => path === '$container' || ber.each.some((list) => path.startsWith(`${list}.`)))
  )
    reading.fault('key', 'does not tell the charges of one record apart: add $container', key.join(', '));
}
