/** Reads the declaration of a format: kind `formats` of the configuration, and data/formats. Docs: docs/reference/formats.md. */
import type { Place, Refusal, Result } from '#core/refusals.ts';
import { refuse } from '#core/refusals.ts';
import { type FormatDeclaration, type Formats, formatFamilies, type Provenance } from '#core/usage/format.ts';
import { SourceReading } from '../source-reading.ts';
import { checkSettings, emptyReading, readSettings, SETTING_KEYS } from './settings.ts';

const KEYS = ['id', 'name', 'family', 'templates', 'provenance', ...SETTING_KEYS] as const;

/** Refused with every fault, each naming its field (`format.invalid`); `at` says where the declaration stands. */
export function parseFormat(value: unknown, at: Place = {}): Result<FormatDeclaration> {
  const reading = new SourceReading(at, 'format.invalid', 'the format');
  const map = reading.map(value, '', KEYS);
  if (map === undefined) return { ok: false, refusals: reading.refusals };
  const id = reading.text(map, 'id', undefined) ?? '';
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(id)) reading.fault('id', 'is not a name of small letters, digits, - . and _', id);
  const family = reading.word(map, 'family', formatFamilies, undefined);
  if (family === undefined) return { ok: false, refusals: reading.refusals };
  const settings = readSettings(reading, map, emptyReading(family));
  checkSettings(reading, settings, settings.fields);
  const declaration: FormatDeclaration = {
    id,
    name: reading.text(map, 'name', id) ?? id,
    family,
    reading: settings,
    templates: readTemplates(reading, map.templates),
    provenance: readProvenance(reading, map.provenance),
  };
  return reading.refusals.length > 0 ? { ok: false, refusals: reading.refusals } : { ok: true, value: declaration };
}

function readTemplates(reading: SourceReading, value: unknown): FormatDeclaration['templates'] {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    reading.fault('templates', 'is not an object of lists of columns');
    return {};
  }
  const templates: [string, readonly string[]][] = [];
  for (const [name, columns] of Object.entries(value)) {
    const list = reading.list({ [`templates.${name}`]: columns }, `templates.${name}`);
    if (list !== undefined) templates.push([name, list]);
  }
  return Object.fromEntries(templates);
}

function readProvenance(reading: SourceReading, value: unknown): Provenance {
  const none = { sources: [], checked: '', uncertain: '' };
  if (value === undefined || value === null) return none;
  const map = reading.map(value, 'provenance', ['sources', 'checked', 'uncertain']);
  if (map === undefined) return none;
  const text = (name: string): string => reading.text({ [`provenance.${name}`]: map[name] }, `provenance.${name}`, '') ?? '';
  const sources = reading.list({ 'provenance.sources': map.sources }, 'provenance.sources') ?? [];
  return { sources, checked: text('checked'), uncertain: text('uncertain') };
}

/** The user's formats before those that come with the program: one of the same name takes its place. */
export function joinFormats(own: readonly FormatDeclaration[], shipped: Formats): Formats {
  const byId = new Map(own.map((format) => [format.id, format]));
  return {
    find: (id) => byId.get(id) ?? shipped.find(id),
    ids: () => [...new Set([...shipped.ids(), ...byId.keys()])].sort(),
  };
}

/** For refusals of names. `own`: formats of the user's configuration were looked at too. */
export function formatUnknown(name: string, known: readonly string[], own: boolean): Refusal {
  return refuse(
    'format.unknown',
    `there is no format ${JSON.stringify(name.slice(0, 80))}; there are ${known.join(', ')}${own ? '' : '; for those of your own give --config <folder>'}`,
  );
}
