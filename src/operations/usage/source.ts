/** Reads the declaration of a usage source (kind `sources` of the configuration). Docs: docs/reference/usage.md. */
import { type Place, type Refusal, type Result, refuse } from '#core/refusals.ts';
import type { FormatDeclaration, Formats } from '#core/usage/format.ts';
import type { Source } from '#core/usage/source.ts';
import { checkSettings, emptyReading, readSettings, SETTING_KEYS } from './formats/settings.ts';
import { shippedFormats } from './formats/shipped-formats.ts';
import { checkLines, readCollecting } from './source-collecting.ts';
import { readEnriching, readNumbering } from './source-enriching.ts';
import { SourceReading } from './source-reading.ts';
import { readRepetitions } from './source-repetitions.ts';

export type { Source } from '#core/usage/source.ts';

/** What only a source says; each of the other subjects reads its own key. */
const KEYS = [
  'id',
  'name',
  'format',
  'template',
  'numbering',
  'natures',
  'enrichment',
  'collect',
  'duplicateWindowDays',
  ...SETTING_KEYS,
] as const;

/**
 * The declaration as plain data (numbers and flags may be texts) made complete. Refused with every fault,
 * each naming its field (`usage.source-invalid`); `at` says where the declaration stands.
 */
export function parseSource(value: unknown, at: Place = {}, formats: Formats = shippedFormats): Result<Source> {
  const reading = new SourceReading(at);
  const map = reading.map(value, '', KEYS);
  if (map === undefined) return { ok: false, refusals: reading.refusals };
  const id = reading.text(map, 'id', undefined) ?? '';
  const name = reading.text(map, 'format', undefined);
  const format = name === undefined ? undefined : formats.find(name);
  if (name !== undefined && format === undefined) reading.fault('format', `is not one of ${formats.ids().join(', ')}`, name);
  const base = format?.reading ?? emptyReading('delimited');
  const template = format === undefined ? undefined : readTemplate(reading, map, format);
  const { answeredBy, ...settings } = readSettings(reading, map, base, template);
  const collecting = readCollecting(reading, map.collect);
  const source: Source = {
    id,
    format: name ?? '',
    ...settings,
    numbering: readNumbering(reading, map.numbering),
    answeredBy: answeredBy ?? answeredByDefault(settings.fields),
    ...readEnriching(reading, map),
    ...(collecting === undefined ? {} : { collecting, ignore: [...settings.ignore, ...checkLines(collecting)] }),
    ...readRepetitions(reading, map),
  };
  checkWhole(reading, source);
  const own = Object.entries(source.fields).filter(
    ([field, rules]) => rules !== Object.entries(base.fields).find(([known]) => known === field)?.[1],
  );
  checkSettings(reading, source, Object.fromEntries(own));
  return reading.refusals.length > 0 ? { ok: false, refusals: reading.refusals } : { ok: true, value: source };
}

/** The columns of the template that the source names; undefined where it names none. */
function readTemplate(
  reading: SourceReading,
  map: Readonly<Record<string, unknown>>,
  { id, templates }: FormatDeclaration,
): readonly string[] | undefined {
  const template = reading.text(map, 'template', '') ?? '';
  if (template === '') return undefined;
  const names = Object.keys(templates);
  if (names.length === 0) return reading.fault('template', `has no meaning: the format ${id} has no templates`, template);
  return names.includes(template)
    ? templates[template]
    : reading.fault('template', `is not one of ${names.join(', ')}, for ${id}`, template);
}

/** What only the whole declaration shows. */
function checkWhole(reading: SourceReading, { fields, layouts, legs, key, family, header }: Source): void {
  if ((family === 'delimited' || family === 'fixed') && layouts.length === 0 && !header)
    reading.fault('columns', family === 'fixed' ? 'is needed' : 'is needed, or header: true');
  if (fields.start === undefined && (fields.end === undefined || (fields.duration ?? fields.elapsed) === undefined))
    reading.fault('fields.start', 'is missing');
  if (fields.called === undefined && fields.service === undefined) reading.fault('fields.called', 'is missing');
  if (fields.trunkIn === undefined && fields.trunkOut === undefined)
    reading.fault('fields', 'has neither trunkIn nor trunkOut: nobody could be charged');
  if (!saysAnswered(fields)) {
    const message = 'has neither answered, answer nor duration: no call would count as answered, and none would cost anything';
    reading.fault('fields', message);
  }
  if (key.length === 0) reading.fault('key', 'is missing: the columns that together are unique for each record');
  if (legs === 'ab' && fields.direction === undefined) reading.fault('fields.direction', 'is needed with legs: ab to tell the legs apart');
  if (fields.part !== undefined && fields.partGroup === undefined)
    reading.fault('fields.partGroup', 'is needed with part: what is the same in all parts');
}

type Fields = Source['fields'];

/** What tells an answered call where nothing is said of it: an answer time, or a duration that each call must have. */
export function answeredByDefault(fields: Fields): Source['answeredBy'] {
  return fields.answer === undefined ? 'stated-duration' : 'answer';
}

/** Whether a call can count as answered. Parts of calls find it out together, and other services need no answer. */
export function saysAnswered({ answered, answer, duration, service, part }: Fields): boolean {
  return (answered ?? answer ?? duration ?? service ?? part) !== undefined;
}

/** For refusals of names. */
export function sourceUnknown(name: string, known: readonly string[]): Refusal {
  return refuse('usage.source-unknown', `there is no source ${JSON.stringify(name)}; configured: ${known.join(', ') || 'none'}`);
}
