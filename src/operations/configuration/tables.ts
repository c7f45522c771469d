/** Long tables beside the YAML files: CSV with a header whose columns are keys of the object they hold. */
import { posix } from 'node:path';
import type { Refusal } from '#core/refusals.ts';
import type { Reading } from './reading.ts';
import { type Fields, readFields, type Shape, type Values } from './shapes.ts';
import type { SourceMap, SourcePlace, SourceText, SourceTree } from './source-tree.ts';
import { suggestion } from './suggestion.ts';

/** The files of a folder: path with `/`, relative to the folder, and content. A Map is one; reading from disk may wait until `get`. */
export interface FolderFiles {
  keys(): Iterable<string>;
  /** The content; why it cannot be read; or undefined when there is no such file. */
  get(path: string): Uint8Array | Refusal | undefined;
}

/** The content of a file; undefined when there is none or it was refused. */
export function contentOf(files: FolderFiles, path: string, reading: Reading): Uint8Array | undefined {
  const content = files.get(path);
  if (content === undefined || content instanceof Uint8Array) return content;
  reading.add([content]);
  return undefined;
}

/** A table that a key names. */
export interface TableReference {
  readonly table: string;
}

/** Reads a list as it stands; a plain value as the path of a table. */
export function listOrTable<T>(list: Shape<readonly T[]>, path: Shape<string>): Shape<readonly T[] | TableReference> {
  return {
    says: `${list.says}, or path of a \`.csv\``,
    schema: { anyOf: [list.schema, { type: 'string', pattern: '\\.csv$' }] },
    ...(list.inner === undefined ? {} : { inner: list.inner }),
    read(tree, field, reading) {
      if (tree.kind !== 'text') return list.read(tree, field, reading);
      const table = path.read(tree, field, reading);
      return table === undefined ? undefined : { table };
    },
  };
}

export function isTable<T>(value: readonly T[] | TableReference | undefined): value is TableReference {
  return value !== undefined && 'table' in value;
}

/** The text of a file, or a fault: configuration is UTF-8, with or without a byte order mark. */
export function decodeText(path: string, bytes: Uint8Array, reading: Reading): string | undefined {
  const place = { file: path, line: 1 };
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return reading.fault('configuration.encoding', 'the file is UTF-16 text; UTF-8 is needed', place);
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return reading.fault('configuration.encoding', `the file is not UTF-8: line ${firstBadLine(bytes)} has bytes that are no characters`, {
      file: path,
      line: firstBadLine(bytes),
    });
  }
  if (text.includes('\u0000')) return reading.fault('configuration.encoding', 'the file has zero bytes: it is no text', place);
  return text;
}

function firstBadLine(bytes: Uint8Array): number {
  const lenient = new TextDecoder('utf-8').decode(bytes);
  const at = lenient.indexOf('\ufffd');
  return lenient.slice(0, at).split('\n').length;
}

/**
 * The rows of the table that `from` (a place in a YAML file) names, read with `fields`. Faults go to
 * the reading; rows that were refused are left out, so the caller must look at the reading's faults.
 */
export function readTable<F extends Fields>(
  reference: TableReference,
  from: SourcePlace,
  field: string,
  fields: F,
  files: FolderFiles,
  reading: Reading,
): { readonly values: Values<F>; readonly place: SourcePlace }[] {
  const path = posix.normalize(posix.join(posix.dirname(from.file), reference.table));
  const isThere = !posix.isAbsolute(reference.table) && [...files.keys()].includes(path);
  if (!isThere) {
    const near = suggestion(
      path,
      [...files.keys()].filter((name) => name.toLowerCase().endsWith('.csv')),
    );
    reading.fault('configuration.table-missing', `there is no table ${path} in the folder${near}`, from, field, reference.table);
    return [];
  }
  const bytes = contentOf(files, path, reading);
  const text = bytes === undefined ? undefined : decodeText(path, bytes, reading);
  return text === undefined ? [] : readRows(path, text, fields, reading);
}

function readRows<F extends Fields>(
  path: string,
  text: string,
  fields: F,
  reading: Reading,
): { readonly values: Values<F>; readonly place: SourcePlace }[] {
  const names = Object.keys(fields);
  const rows: { values: Values<F>; place: SourcePlace }[] = [];
  let columns: readonly (string | undefined)[] | undefined;
  const separator = separatorOf(text);
  for (const row of reading.reference.parseTable(text, separator)) {
    const place = { file: path, line: row.line };
    if (row.fault !== undefined) {
      reading.fault('configuration.table-broken', row.fault.message, { file: path, line: row.fault.line });
      return rows;
    }
    if (columns === undefined) {
      columns = readHeader(row.fields, names, place, reading);
      continue;
    }
    const source = rowTree(columns, row.fields, separator, place, reading);
    const values = source === undefined ? undefined : readFields(fields, names, source, '', reading);
    if (values !== undefined) rows.push({ values, place });
    if (reading.full) return rows;
  }
  if (columns === undefined)
    reading.fault('configuration.table-broken', 'the table is empty: it needs at least a header', { file: path, line: 1 });
  return rows;
}

/** Tables are separated by commas, or by semicolons when the header has those and no comma. */
function separatorOf(text: string): string {
  const header = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  return header.includes(';') && !header.includes(',') ? ';' : ',';
}

/** `valid_from` and `validFrom` are the same key. */
export function columnKey(column: string): string {
  return column.trim().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** How a key is written as a column: `valid_from`. */
export function keyColumn(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function readHeader(
  fields: readonly string[],
  names: readonly string[],
  place: SourcePlace,
  reading: Reading,
): readonly (string | undefined)[] {
  const seen = new Set<string>();
  return fields.map((column) => {
    const key = columnKey(column);
    if (!names.includes(key)) {
      const hint = suggestion(key, names);
      return reading.fault(
        'configuration.key-unknown',
        `there is no column "${column}"${hint === '' ? `; the columns are ${names.map(keyColumn).join(', ')}` : hint}`,
        place,
        column,
      );
    }
    if (seen.has(key)) return reading.fault('configuration.key-repeated', `the column "${column}" is there twice`, place, column);
    seen.add(key);
    return key;
  });
}

function rowTree(
  columns: readonly (string | undefined)[],
  fields: readonly string[],
  separator: string,
  place: SourcePlace,
  reading: Reading,
): SourceMap | undefined {
  if (fields.length > columns.length && fields.slice(columns.length).some((field) => field.trim() !== '')) {
    const message = `the row has ${fields.length} fields, the header ${columns.length}: a cell with "${separator}" in it (tiers, steps) stands in quotes`;
    return reading.fault('configuration.table-broken', message, place);
  }
  const entries = new Map<string, SourceTree>();
  for (let index = 0; index < fields.length; index += 1) {
    const [column, field = ''] = [columns[index], fields[index]?.trim()];
    if (column === undefined || field === '') continue;
    const cell: SourceText = { kind: 'text', text: field, quoted: true, file: place.file, line: place.line };
    entries.set(column, cell);
  }
  return { kind: 'map', entries, file: place.file, line: place.line };
}
