/** Reads the declaration of a usage source (kind `sources` of the configuration). Docs: docs/reference/usage.md. */
import { type Place, type Refusal, type Result, refuse } from '#core/refusals.ts';
import { isZone } from '#core/time/zoned.ts';
import { type ColumnLayout, type FieldRules, type Source, usageEncodings, usageFields } from '#core/usage/source.ts';
import {
  asteriskPreset,
  freeswitchCsvPreset,
  freeswitchJsonPreset,
  freeswitchTemplates,
  type SourcePreset,
} from '#core/usage/source-presets.ts';
import { readCollecting } from './source-collecting.ts';
import { readEnriching, readNumbering } from './source-enriching.ts';
import { readFieldRules } from './source-fields.ts';
import { SourceReading } from './source-reading.ts';

export type { Source } from '#core/usage/source.ts';

const KEYS = [
  'id',
  'name',
  'format',
  'zone',
  'encoding',
  'separator',
  'quote',
  'skipLines',
  'header',
  'columns',
  'template',
  'extraColumns',
  'key',
  'fields',
  'numbering',
  'answeredBy',
  'startsAt',
  'legs',
  'unendedRecord',
  'maximumSeconds',
  'maximumRecordBytes',
  'unreadableCaller',
  'shortCodes',
  'natures',
  'enrichment',
  'collect',
] as const;

const usageFormats = ['delimited', 'asterisk-csv', 'freeswitch-csv', 'freeswitch-json'] as const;
type UsageFormat = (typeof usageFormats)[number];

const ONE_DAY = 86_400;
const MEBIBYTE = 1_048_576;

const presets: Readonly<Record<UsageFormat, SourcePreset>> = {
  delimited: { layouts: [], key: [], fields: {} },
  'asterisk-csv': asteriskPreset,
  'freeswitch-csv': freeswitchCsvPreset,
  'freeswitch-json': freeswitchJsonPreset,
};

/**
 * The declaration as plain data (numbers and flags may be texts) made complete. Refused with every fault,
 * each naming its field (`usage.source-invalid`); `at` says where the declaration stands.
 */
export function parseSource(value: unknown, at: Place = {}): Result<Source> {
  const reading = new SourceReading(at);
  const map = reading.map(value, '', KEYS);
  if (map === undefined) return { ok: false, refusals: reading.refusals };
  const id = reading.text(map, 'id', undefined) ?? '';
  const format = reading.word(map, 'format', usageFormats, undefined) ?? 'delimited';
  const preset = presets[format];
  const zone = reading.text(map, 'zone', undefined) ?? 'UTC';
  if (!isZone(zone)) reading.fault('zone', 'is not a time zone such as Europe/Berlin', zone);
  const header = reading.flag(map, 'header', false);
  const layouts = readLayouts(reading, map, format, header, preset);
  const key = reading.list(map, 'key');
  const fields: FieldRules = { ...preset.fields, ...readFieldRules(reading, map.fields) };
  const collecting = readCollecting(reading, map.collect);
  const source: Source = {
    id,
    format,
    family: format === 'freeswitch-json' ? 'json' : 'delimited',
    escape: 'doubled',
    comments: [],
    ...(format === 'freeswitch-json' ? { json: { urlDecode: true } } : {}),
    zone,
    encoding: reading.word(map, 'encoding', usageEncodings, 'utf-8') ?? 'utf-8',
    separator: reading.character(map, 'separator', ',') ?? ',',
    quote: reading.character(map, 'quote', '"', true) ?? '"',
    skipLines: reading.whole(map, 'skipLines', 0, 1000, 0),
    header,
    layouts: key === undefined ? layouts : layouts.map(({ columns }) => ({ columns })),
    extraColumns: reading.word(map, 'extraColumns', ['reject', 'ignore'], 'reject') ?? 'reject',
    key: key ?? preset.key,
    fields,
    numbering: readNumbering(reading, map.numbering),
    answeredBy: reading.word(map, 'answeredBy', ['answer', 'duration'], fields.answer === undefined ? 'duration' : 'answer') ?? 'answer',
    startsAt: reading.word(map, 'startsAt', ['answer', 'setup'], 'answer') ?? 'answer',
    legs: reading.word(map, 'legs', ['a', 'b', 'ab'], 'a') ?? 'a',
    unendedRecord: reading.word(map, 'unendedRecord', ['reject', 'take'], 'reject') ?? 'reject',
    maximumSeconds: reading.whole(map, 'maximumSeconds', 1, 3_155_760_000, ONE_DAY),
    maximumRecordBytes: reading.whole(map, 'maximumRecordBytes', 100, 16 * MEBIBYTE, MEBIBYTE),
    unreadableCaller: reading.word(map, 'unreadableCaller', ['hold', 'unknown'], 'hold') ?? 'hold',
    shortCodes: reading.word(map, 'shortCodes', ['hold', 'pass'], 'hold') ?? 'hold',
    ...readEnriching(reading, map),
    ...(collecting === undefined ? {} : { collecting }),
  };
  checkWhole(reading, source, header, preset);
  return reading.refusals.length > 0 ? { ok: false, refusals: reading.refusals } : { ok: true, value: source };
}

function readLayouts(
  reading: SourceReading,
  map: Readonly<Record<string, unknown>>,
  format: UsageFormat,
  header: boolean,
  preset: SourcePreset,
): readonly ColumnLayout[] {
  const columns = reading.list(map, 'columns');
  const template = reading.text(map, 'template', '') ?? '';
  if (template !== '') {
    const known = Object.hasOwn(freeswitchTemplates, template) ? freeswitchTemplates[template] : undefined;
    if (format !== 'freeswitch-csv' || known === undefined)
      reading.fault('template', `is not one of ${Object.keys(freeswitchTemplates).join(', ')}, for freeswitch-csv`, template);
    else if (columns === undefined) return [{ columns: known }];
  }
  if (format === 'freeswitch-json') {
    if (columns !== undefined) reading.fault('columns', 'has no meaning for JSON: name paths in fields');
    return [];
  }
  if (header) {
    if (columns !== undefined) reading.fault('columns', 'is not needed with header: true, which takes the names from the file');
    return [];
  }
  if (columns === undefined) {
    if (format === 'delimited') reading.fault('columns', 'is needed, or header: true');
    return preset.layouts;
  }
  const repeated = columns.find((name, index) => columns.indexOf(name) !== index);
  if (repeated !== undefined) reading.fault('columns', 'names a column twice', repeated);
  const own = preset.layouts.find((layout) => layout.key?.every((name) => columns.includes(name)) ?? false)?.key;
  return [own === undefined ? { columns } : { columns, key: own }];
}

/** What only the whole declaration shows. */
function checkWhole(reading: SourceReading, source: Source, header: boolean, preset: SourcePreset): void {
  const { fields, layouts, legs } = source;
  if (fields.start === undefined) reading.fault('fields.start', 'is missing');
  if (fields.called === undefined && fields.service === undefined) reading.fault('fields.called', 'is missing');
  if (fields.trunkIn === undefined && fields.trunkOut === undefined)
    reading.fault('fields', 'has neither trunkIn nor trunkOut: nobody could be charged');
  if (source.separator === source.quote) reading.fault('quote', 'is the separator', source.quote);
  if (source.key.length === 0) reading.fault('key', 'is missing: the columns that together are unique for each record');
  if (legs === 'ab' && fields.direction === undefined) reading.fault('fields.direction', 'is needed with legs: ab to tell the legs apart');
  if (header || layouts.length === 0) return;
  const known = new Set(layouts.flatMap(({ columns }) => columns));
  const widest = Math.max(...layouts.map(({ columns }) => columns.length));
  const missing = (column: string): boolean => !known.has(column) && !(/^[1-9]\d{0,3}$/.test(column) && Number(column) <= widest);
  for (const column of source.key) if (missing(column)) reading.fault('key', 'names a column that the source does not have', column);
  for (const field of usageFields) {
    const ownRules = fields[field] !== preset.fields[field];
    for (const rule of ownRules ? (fields[field] ?? []) : [])
      for (const column of rule.columns)
        if (missing(column)) reading.fault(`fields.${field}`, 'names a column that the source does not have', column);
  }
}

/** For refusals of names. */
export function sourceUnknown(name: string, known: readonly string[]): Refusal {
  return refuse('usage.source-unknown', `there is no source ${JSON.stringify(name)}; configured: ${known.join(', ') || 'none'}`);
}
