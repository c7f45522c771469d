/** What formats and sources both may say of how records are written, read over what they begin with. */
import { isZone } from '#core/time/zoned.ts';
import type { FixedForm, FormatFamily, FormatReading, JsonForm, RecordTypes, XmlForm } from '#core/usage/format.ts';
import { patternCost } from '#core/usage/pattern.ts';
import { type ColumnLayout, escapeStyles, type Source, usageEncodings, usageFields } from '#core/usage/source.ts';
import { readFieldRules } from '../source-fields.ts';
import type { SourceReading } from '../source-reading.ts';
import { checkBer, EMPTY_BER, readBer } from './ber-settings.ts';
import { readLayouts } from './layouts.ts';

type Data = Readonly<Record<string, unknown>>;

export const SETTING_KEYS = [
  'zone',
  'encoding',
  'separator',
  'quote',
  'escape',
  'ignore',
  'skipLines',
  'header',
  'columns',
  'layouts',
  'extraColumns',
  'records',
  'expect',
  'fixed',
  'json',
  'xml',
  'ber',
  'key',
  'fields',
  'answeredBy',
  'startsAt',
  'legs',
  'unendedRecord',
  'maximumSeconds',
  'maximumRecordBytes',
  'unreadableCaller',
  'shortCodes',
] as const;

/** Keys that have a meaning for some families only. */
const OWN_KEYS: Readonly<Record<string, readonly FormatFamily[]>> = {
  separator: ['delimited'],
  quote: ['delimited'],
  escape: ['delimited'],
  header: ['delimited'],
  skipLines: ['delimited', 'fixed'],
  columns: ['delimited', 'fixed'],
  layouts: ['delimited', 'fixed'],
  extraColumns: ['delimited', 'fixed'],
  expect: ['delimited', 'fixed'],
  fixed: ['fixed'],
  json: ['json'],
  xml: ['xml'],
  ber: ['ber'],
};

const ONE_DAY = 86_400;
const MEBIBYTE = 1_048_576;

/** What a family has when nothing is said. */
export function emptyReading(family: FormatFamily): FormatReading {
  return {
    family,
    zone: 'UTC',
    encoding: 'utf-8',
    separator: ',',
    quote: '"',
    escape: 'doubled',
    ignore: [],
    skipLines: 0,
    header: false,
    layouts: [],
    extraColumns: 'reject',
    key: [],
    fields: {},
    startsAt: 'answer',
    legs: 'a',
    unendedRecord: 'reject',
    maximumSeconds: ONE_DAY,
    maximumRecordBytes: MEBIBYTE,
    unreadableCaller: 'hold',
    shortCodes: 'hold',
    ...(family === 'fixed' ? { fixed: { recordLength: 0, shortRecords: 'reject' } } : {}),
    ...(family === 'json' ? { json: { urlDecode: false } } : {}),
    ...(family === 'xml' ? { xml: { record: '', urlDecode: false } } : {}),
    ...(family === 'ber' ? { ber: EMPTY_BER } : {}),
  };
}

/** The settings of `map` over those of `base`. Faults go to the reading. */
export function readSettings(reading: SourceReading, map: Data, base: FormatReading, template?: readonly string[]): FormatReading {
  const { family } = base;
  for (const [key, families] of Object.entries(OWN_KEYS))
    if (map[key] !== undefined && map[key] !== null && !families.includes(family)) reading.fault(key, meaningless(key, family));
  const zone = reading.text(map, 'zone', base.zone) ?? base.zone;
  if (!isZone(zone)) reading.fault('zone', 'is not a time zone such as Europe/Berlin', zone);
  const header = reading.flag(map, 'header', base.header);
  const key = reading.list(map, 'key');
  const layouts = readLayouts(reading, map, base, header, template);
  const records = readRecordTypes(reading, map.records) ?? base.records;
  const expect = readExpected(reading, map.expect) ?? base.expect;
  const answeredBy = reading.word(map, 'answeredBy', ['answer', 'duration'], base.answeredBy === 'duration' ? 'duration' : 'answer');
  const said = map.answeredBy === undefined || map.answeredBy === null ? base.answeredBy : answeredBy;
  return {
    family,
    zone,
    encoding: reading.word(map, 'encoding', usageEncodings, base.encoding) ?? base.encoding,
    separator: reading.separator(map, 'separator', base.separator) ?? base.separator,
    quote: reading.character(map, 'quote', base.quote === '' ? 'none' : base.quote, true) ?? base.quote,
    escape: reading.word(map, 'escape', escapeStyles, base.escape) ?? base.escape,
    ignore: readPatterns(reading, map, 'ignore') ?? base.ignore,
    skipLines: reading.whole(map, 'skipLines', 0, 1000, base.skipLines),
    header,
    // A key of its own takes the place of those of the layouts it was given with, not of those that are said beside it.
    layouts:
      key === undefined || (map.layouts !== undefined && map.layouts !== null) ? layouts : layouts.map(({ key: _, ...layout }) => layout),
    extraColumns: reading.word(map, 'extraColumns', ['reject', 'ignore'], base.extraColumns) ?? base.extraColumns,
    ...(records === undefined ? {} : { records }),
    ...(expect === undefined ? {} : { expect }),
    ...readForms(reading, map, base),
    key: key ?? base.key,
    fields: { ...base.fields, ...readFieldRules(reading, map.fields) },
    ...(said === undefined ? {} : { answeredBy: said }),
    startsAt: reading.word(map, 'startsAt', ['answer', 'setup'], base.startsAt) ?? base.startsAt,
    legs: reading.word(map, 'legs', ['a', 'b', 'ab'], base.legs) ?? base.legs,
    unendedRecord: reading.word(map, 'unendedRecord', ['reject', 'take'], base.unendedRecord) ?? base.unendedRecord,
    maximumSeconds: reading.whole(map, 'maximumSeconds', 1, 3_155_760_000, base.maximumSeconds),
    maximumRecordBytes: reading.whole(map, 'maximumRecordBytes', 100, 16 * MEBIBYTE, base.maximumRecordBytes),
    unreadableCaller: reading.word(map, 'unreadableCaller', ['hold', 'unknown'], base.unreadableCaller) ?? base.unreadableCaller,
    shortCodes: reading.word(map, 'shortCodes', ['hold', 'pass'], base.shortCodes) ?? base.shortCodes,
  };
}

function meaningless(key: string, family: FormatFamily): string {
  if (key === 'columns' || key === 'layouts') return `has no meaning for ${family.toUpperCase()}: name paths in fields`;
  return `has no meaning for the family ${family}`;
}

function readForms(reading: SourceReading, map: Data, base: FormatReading): Pick<Source, 'fixed' | 'json' | 'xml' | 'ber'> {
  return {
    ...(base.fixed === undefined ? {} : { fixed: readFixed(reading, map.fixed, base.fixed) }),
    ...(base.json === undefined ? {} : { json: readJson(reading, map.json, base.json) }),
    ...(base.xml === undefined ? {} : { xml: readXml(reading, map.xml, base.xml) }),
    ...(base.ber === undefined ? {} : { ber: readBer(reading, map.ber, base.ber) }),
  };
}

function readFixed(reading: SourceReading, value: unknown, base: FixedForm): FixedForm {
  const map = nested(reading, value, 'fixed', ['recordLength', 'shortRecords']);
  return {
    recordLength: reading.whole(map, 'fixed.recordLength', 0, 100_000, base.recordLength),
    shortRecords: reading.word(map, 'fixed.shortRecords', ['reject', 'take'], base.shortRecords) ?? base.shortRecords,
  };
}

function readJson(reading: SourceReading, value: unknown, base: JsonForm): JsonForm {
  const map = nested(reading, value, 'json', ['urlDecode', 'within']);
  const within = reading.text(map, 'json.within', base.within ?? '') ?? '';
  if (within.length > 100) reading.fault('json.within', 'has more than 100 characters', within);
  return { urlDecode: reading.flag(map, 'json.urlDecode', base.urlDecode), ...(within === '' ? {} : { within }) };
}

function readXml(reading: SourceReading, value: unknown, base: XmlForm): XmlForm {
  const map = nested(reading, value, 'xml', ['record', 'urlDecode']);
  const record = reading.text(map, 'xml.record', base.record === '' ? undefined : base.record) ?? base.record;
  if (record !== '' && !/^[A-Za-z_][\w.:-]{0,99}$/.test(record)) reading.fault('xml.record', 'is not the name of an element', record);
  return { record, urlDecode: reading.flag(map, 'xml.urlDecode', base.urlDecode) };
}

/** The keys of an object inside a declaration, as `name.key`, so that faults name the whole path. */
function nested(reading: SourceReading, value: unknown, name: string, keys: readonly string[]): Data {
  if (value === undefined || value === null) return {};
  const map = reading.map(value, name, keys) ?? {};
  return Object.fromEntries(Object.entries(map).map(([key, said]) => [`${name}.${key}`, said]));
}

function readRecordTypes(reading: SourceReading, value: unknown): RecordTypes | undefined {
  if (value === undefined || value === null) return undefined;
  const map = nested(reading, value, 'records', ['column', 'take', 'skip']);
  const column = reading.text(map, 'records.column', undefined);
  const take = reading.list(map, 'records.take');
  const skip = reading.list(map, 'records.skip');
  if (take === undefined && skip === undefined)
    reading.fault('records', 'needs take or skip: the types that are usage, or those that are not');
  return column === undefined ? undefined : { column, skip: skip ?? [], ...(take === undefined ? {} : { take }) };
}

/** Columns with the regular expressions that they fit in every record; undefined where none are given. */
function readExpected(reading: SourceReading, value: unknown): Readonly<Record<string, string>> | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object' || Array.isArray(value))
    return reading.fault('expect', "is not an object of columns with regular expressions, such as date: '^\\d{6}$'");
  for (const [column, pattern] of Object.entries(value)) {
    const cost = typeof pattern === 'string' ? patternCost(pattern) : 'is not a regular expression';
    if (typeof cost === 'string') reading.fault(`expect.${column}`, cost, String(pattern));
  }
  return Object.fromEntries(Object.entries(value).map(([column, pattern]) => [column, String(pattern)]));
}

/** Regular expressions that can be tried on any text; undefined where none are given. */
function readPatterns(reading: SourceReading, map: Data, name: string): readonly string[] | undefined {
  const patterns = reading.list(map, name);
  for (const pattern of patterns ?? []) {
    const cost = patternCost(pattern);
    if (typeof cost === 'string') reading.fault(name, cost, pattern);
  }
  return patterns;
}

/** What only the whole shows: names of columns that are not there, and what contradicts itself. `ownFields` are those to look at. */
export function checkSettings(reading: SourceReading, settings: FormatReading, ownFields: FormatReading['fields']): void {
  const { layouts, family, header, records } = settings;
  if (settings.separator === settings.quote) reading.fault('quote', 'is the separator', settings.quote);
  if (settings.escape === 'backslash' && settings.separator === '\\') reading.fault('escape', 'is the separator', '\\');
  if (settings.escape === 'lenient' && settings.quote === '') reading.fault('escape', 'lenient has no meaning without a quote');
  if (family === 'fixed' && settings.fixed !== undefined && settings.fixed.recordLength > settings.maximumRecordBytes)
    reading.fault('fixed.recordLength', 'is more than maximumRecordBytes', `${settings.fixed.recordLength}`);
  checkBer(reading, settings);
  if ((family !== 'delimited' && family !== 'fixed') || header || layouts.length === 0) return;
  const known = new Set(layouts.flatMap(({ columns }) => columns));
  const widest = Math.max(...layouts.map(({ columns }) => columns.length));
  const missing = (column: string): boolean => !known.has(column) && !(/^[1-9]\d{0,3}$/.test(column) && Number(column) <= widest);
  const say = 'names a column that the source does not have';
  for (const column of settings.key) if (missing(column)) reading.fault('key', say, column);
  for (const [index, layout] of layouts.entries())
    for (const column of layout.key ?? []) if (missing(column)) reading.fault(`layouts[${index}].key`, say, column);
  if (records !== undefined) checkTypeColumn(reading, records, layouts, missing(records.column));
  for (const column of Object.keys(settings.expect ?? {})) if (missing(column)) reading.fault(`expect.${column}`, say, column);
  for (const field of usageFields)
    for (const rule of ownFields[field] ?? [])
      for (const column of [...rule.columns, ...(rule.when === undefined ? [] : [rule.when.column])])
        if (missing(column)) reading.fault(`fields.${field}`, say, column);
}

/** The type must stand at one place in all layouts: it is read before the layout is known. */
function checkTypeColumn(reading: SourceReading, { column, take }: RecordTypes, layouts: readonly ColumnLayout[], missing: boolean): void {
  if (missing) {
    reading.fault('records.column', 'names a column that the source does not have', column);
    return;
  }
  const place = (layout: ColumnLayout): string => {
    const position = layout.columns.indexOf(column);
    const at = position < 0 ? Number(column) - 1 : position;
    const written = layout.places?.[at];
    return written === undefined ? String(at) : `${written.from}+${written.length}`;
  };
  if (new Set(layouts.map(place)).size > 1) reading.fault('records.column', 'does not stand at the same place in all layouts', column);
  const types = take ?? [];
  for (const type of types)
    if (layouts.every((layout) => layout.types !== undefined && !layout.types.includes(type)))
      reading.fault('records.take', 'names a type that no layout is for', type);
}
