/**
 * Small descriptors of what a configuration file may say. One descriptor reads a value (with the
 * line of every fault), describes it in the reference page, and gives its JSON schema.
 *
 * Why not a general schema library: what counts here is the text as it was written (0.10, 60/60,
 * "08:00") and the line it stands on, and both are gone once a file is plain data.
 */
import type { Reading } from './reading.ts';
import type { SourceMap, SourceTree } from './source-tree.ts';
import { isEmpty } from './source-tree.ts';
import { suggestion } from './suggestion.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

export interface Shape<T> {
  /** What the reference page calls it. */
  readonly says: string;
  readonly schema: JsonSchema;
  /** Undefined when the value was refused; the fault is in the reading then. */
  read(tree: SourceTree, field: string, reading: Reading): T | undefined;
  /** The fields of an object, or of the objects of a list: the reference page shows them in a table of their own. */
  readonly inner?: Fields;
}

/** Who fills a field that the file leaves out: nobody, nobody needs to, or the default. */
export type Presence = 'required' | 'optional' | 'defaulted';

export interface Field<T, P extends Presence> {
  readonly shape: Shape<T>;
  readonly presence: P;
  /** Only of defaulted fields. */
  readonly fallback?: T;
  readonly fallbackText?: string;
  readonly meaning: string;
  readonly example: string;
}

export type Fields = Readonly<Record<string, Field<unknown, Presence>>>;

/** The object that fields describe: optional fields are absent when the file leaves them out. */
export type Values<F extends Fields> = {
  readonly [K in keyof F as F[K] extends Field<unknown, 'optional'> ? never : K]: F[K] extends Field<infer T, Presence> ? T : never;
} & {
  readonly [K in keyof F as F[K] extends Field<unknown, 'optional'> ? K : never]?: F[K] extends Field<infer T, Presence> ? T : never;
};

export function required<T>(shape: Shape<T>, meaning: string, example: string): Field<T, 'required'> {
  return { shape, presence: 'required', meaning, example };
}

export function optional<T>(shape: Shape<T>, meaning: string, example: string): Field<T, 'optional'> {
  return { shape, presence: 'optional', meaning, example };
}

/** `fallbackText` is how the file would say the default. */
export function defaulted<T>(shape: Shape<T>, fallback: T, fallbackText: string, meaning: string, example: string): Field<T, 'defaulted'> {
  return { shape, presence: 'defaulted', fallback, fallbackText, meaning, example };
}

/** The last part of a field's path: messages stand behind the whole path and need not repeat it. */
export function lastOf(field: string): string {
  return field.slice(field.lastIndexOf('.') + 1);
}

/** A plain value, read from its text. `parse` returns undefined for what it does not know; `expected` completes "is not …". */
export function scalar<T>(says: string, expected: string, schema: JsonSchema, parse: (text: string) => T | undefined): Shape<T> {
  return {
    says,
    schema,
    read(tree, field, reading) {
      if (tree.kind !== 'text')
        return reading.fault('configuration.type-wrong', `${lastOf(field)} must be ${expected}, not a ${tree.kind}`, tree, field);
      const value = parse(tree.text);
      if (value === undefined)
        return reading.fault('configuration.value-wrong', `${lastOf(field)} is not ${expected}`, tree, field, tree.text);
      return value;
    },
  };
}

/** One of a fixed set of words. */
export function oneOf<const W extends readonly string[]>(words: W): Shape<W[number]> {
  return {
    says: words.map((word) => `\`${word}\``).join(', '),
    schema: { enum: words },
    read(tree, field, reading) {
      const expected = `one of ${words.join(', ')}`;
      if (tree.kind !== 'text')
        return reading.fault('configuration.type-wrong', `${lastOf(field)} must be ${expected}, not a ${tree.kind}`, tree, field);
      const word = words.find((candidate) => candidate === tree.text);
      if (word !== undefined) return word;
      return reading.fault(
        'configuration.value-wrong',
        `${lastOf(field)} must be ${expected}${suggestion(tree.text, words)}`,
        tree,
        field,
        tree.text,
      );
    },
  };
}

/** A list; a single plain value counts as a list of one when `lone` is set. */
export function listOf<T>(item: Shape<T>, options: { readonly lone?: boolean } = {}): Shape<readonly T[]> {
  const list: JsonSchema = { type: 'array', items: item.schema };
  return {
    says: `list of ${item.says}`,
    schema: options.lone === true ? { anyOf: [list, item.schema] } : list,
    ...(item.inner === undefined ? {} : { inner: item.inner }),
    read(tree, field, reading) {
      if (tree.kind === 'text' && options.lone === true) {
        const value = item.read(tree, field, reading);
        return value === undefined ? undefined : [value];
      }
      if (tree.kind !== 'list')
        return reading.fault('configuration.type-wrong', `${lastOf(field)} must be a list, not a ${tree.kind}`, tree, field);
      const values = tree.items.map((entry, index) => item.read(entry, `${field}[${index + 1}]`, reading));
      const read = values.filter((value) => value !== undefined);
      return read.length === values.length ? read : undefined;
    },
  };
}

/** A map of names to values of one shape; `name` says which names. */
export function mapOf<T>(name: { readonly says: string; readonly pattern: RegExp }, value: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return {
    says: `object: ${value.says} by ${name.says}`,
    schema: { type: 'object', propertyNames: { pattern: name.pattern.source }, additionalProperties: value.schema },
    read(tree, field, reading) {
      if (tree.kind !== 'map')
        return reading.fault('configuration.type-wrong', `${lastOf(field)} must be an object, not a ${tree.kind}`, tree, field);
      const entries = [...tree.entries].flatMap(([key, entry]): [string, T][] => {
        const place = { file: tree.file, line: tree.keyLines?.get(key) ?? entry.line };
        if (!name.pattern.test(key)) reading.fault('configuration.value-wrong', `${lastOf(field)} has no ${name.says}`, place, field, key);
        const read = value.read(entry, `${field}.${key}`, reading);
        return read === undefined ? [] : [[key, read]];
      });
      return entries.length === tree.entries.size ? Object.fromEntries(entries) : undefined;
    },
  };
}

/** Reads a value as the first shape when it is a map, else as the second. */
export function mapOr<A, B>(map: Shape<A>, other: Shape<B>): Shape<A | B> {
  return {
    says: `${map.says}, or ${other.says}`,
    schema: { anyOf: [map.schema, other.schema] },
    ...(map.inner === undefined ? {} : { inner: map.inner }),
    read: (tree, field, reading) => (tree.kind === 'map' ? map.read(tree, field, reading) : other.read(tree, field, reading)),
  };
}

/** Reads one word as itself, all else as the shape. */
export function wordOr<W extends string, T>(word: W, shape: Shape<T>): Shape<T | W> {
  return {
    says: `${shape.says}, or \`${word}\``,
    schema: { anyOf: [shape.schema, { const: word }] },
    ...(shape.inner === undefined ? {} : { inner: shape.inner }),
    read: (tree, field, reading) => (tree.kind === 'text' && tree.text === word ? word : shape.read(tree, field, reading)),
  };
}

/** Turns what a shape read into something else; `change` reports its own faults and returns undefined then. */
export function changed<A, B>(
  shape: Shape<A>,
  change: (value: A, tree: SourceTree, field: string, reading: Reading) => B | undefined,
): Shape<B> {
  return {
    ...shape,
    read(tree, field, reading) {
      const value = shape.read(tree, field, reading);
      return value === undefined ? undefined : change(value, tree, field, reading);
    },
  };
}

/** An object with these fields and no others. */
export function record<F extends Fields>(says: string, fields: F): Shape<Values<F>> {
  const names = Object.keys(fields);
  const needed = names.filter((name) => fields[name]?.presence === 'required');
  return {
    says,
    inner: fields,
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, describeField(field)])),
      ...(needed.length === 0 ? {} : { required: needed }),
    },
    read(tree, path, reading) {
      if (tree.kind !== 'map')
        return reading.fault('configuration.type-wrong', `${path} must be an object, not a ${tree.kind}`, tree, path);
      return readFields(fields, names, tree, path, reading);
    },
  };
}

function describeField(field: Field<unknown, Presence>): JsonSchema {
  return {
    ...field.shape.schema,
    description: field.meaning,
    ...(field.fallbackText === undefined ? {} : { default: field.fallbackText }),
    examples: [field.example],
  };
}

/** Reads the fields of one map; undefined when any of them was refused. The object's place is remembered. */
export function readFields<F extends Fields>(
  fields: F,
  names: readonly string[],
  tree: SourceMap,
  path: string,
  reading: Reading,
): Values<F> | undefined {
  const values: Record<string, unknown> = {};
  let complete = true;
  for (const [name, entry] of tree.entries) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const inside = path === '' ? name : `${path}.${name}`;
    if (field === undefined) {
      const place = { file: tree.file, line: tree.keyLines?.get(name) ?? entry.line };
      reading.fault(
        'configuration.key-unknown',
        `there is no key "${name}"${path === '' ? '' : ` in ${path}`}${suggestion(name, names)}`,
        place,
        inside,
      );
      complete = false;
      continue;
    }
    if (isEmpty(entry)) continue;
    const value = field.shape.read(entry, inside, reading);
    if (value === undefined) complete = false;
    else values[name] = value;
  }
  for (const name of names) {
    const field = fields[name];
    if (field === undefined || name in values) continue;
    if (field.presence === 'defaulted') values[name] = field.fallback;
    else if (field.presence === 'required' && isAbsent(tree, name)) {
      reading.fault(
        'configuration.key-missing',
        `${path === '' ? 'it' : path} has no "${name}"`,
        tree,
        path === '' ? name : `${path}.${name}`,
      );
      complete = false;
    }
  }
  if (!complete) return undefined;
  reading.remember(values, tree);
  return values as Values<F>; // every field of F was read or filled above, by the shape that gives it its type
}

function isAbsent(tree: SourceMap, name: string): boolean {
  const entry = tree.entries.get(name);
  return entry === undefined || isEmpty(entry);
}
