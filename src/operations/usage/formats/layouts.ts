import type { FormatReading } from '#core/usage/format.ts';
import type { ColumnLayout, ColumnPlace } from '#core/usage/source.ts';
import type { SourceReading } from '../source-reading.ts';

type Data = Readonly<Record<string, unknown>>;

const MOST_COLUMNS = 1024;
const MOST_CHARACTERS = 100_000;

/** The column orders that `columns`, `layouts` or a template say; else those of the format. */
export function readLayouts(
  reading: SourceReading,
  map: Data,
  base: FormatReading,
  header: boolean,
  template: readonly string[] | undefined,
): readonly ColumnLayout[] {
  const { family } = base;
  if (family !== 'delimited' && family !== 'fixed') return [];
  const columns = readColumns(reading, map.columns, 'columns', family === 'fixed');
  const layouts = readList(reading, map.layouts, family === 'fixed');
  if (header) {
    const name = columns === undefined ? 'layouts' : 'columns';
    if (columns !== undefined || layouts !== undefined)
      reading.fault(name, 'is not needed with header: true, which takes the names from the file');
    return [];
  }
  if (columns !== undefined && layouts !== undefined) reading.fault('layouts', 'and columns are both given: say one of them');
  if (layouts !== undefined) return layouts;
  if (columns === undefined) return template === undefined ? base.layouts : [{ columns: template }];
  const own = base.layouts.find((layout) => layout.key?.every((name) => columns.columns.includes(name)) ?? false)?.key;
  return [own === undefined ? columns : { ...columns, key: own }];
}

function readList(reading: SourceReading, value: unknown, fixed: boolean): readonly ColumnLayout[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || value.length === 0) return reading.fault('layouts', 'is not a list of layouts');
  return value.flatMap((item: unknown, index): ColumnLayout[] => {
    const field = `layouts[${index}]`;
    const map = reading.map(item, field, ['columns', 'key', 'types']);
    if (map === undefined) return [];
    const columns = readColumns(reading, map.columns, `${field}.columns`, fixed);
    if (columns === undefined) {
      reading.fault(`${field}.columns`, 'is missing');
      return [];
    }
    const key = reading.list({ [`${field}.key`]: map.key }, `${field}.key`);
    const types = reading.list({ [`${field}.types`]: map.types }, `${field}.types`);
    return [{ ...columns, ...(key === undefined ? {} : { key }), ...(types === undefined ? {} : { types }) }];
  });
}

function readColumns(reading: SourceReading, value: unknown, field: string, fixed: boolean): ColumnLayout | undefined {
  if (value === undefined || value === null) return undefined;
  if (fixed) return readPlaces(reading, value, field);
  const columns = reading.list({ [field]: value }, field);
  if (columns === undefined) return undefined;
  if (columns.length > MOST_COLUMNS) return reading.fault(field, `has more than ${MOST_COLUMNS} columns`);
  const repeated = columns.find((name, index) => columns.indexOf(name) !== index && name !== '-');
  if (repeated !== undefined) reading.fault(field, 'names a column twice', repeated);
  return { columns };
}

/** `{ caller: 15-24, kind: 79 }`: from the first to the last character, from 1. */
function readPlaces(reading: SourceReading, value: unknown, field: string): ColumnLayout | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return reading.fault(field, 'is not an object of columns with their places, such as caller: 15-24');
  const columns: string[] = [];
  const places: ColumnPlace[] = [];
  for (const [name, written] of Object.entries(value)) {
    const match = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(String(written));
    const from = Number(match?.[1]);
    const to = Number(match?.[2] ?? match?.[1]);
    if (match === null || from < 1 || to < from || to > MOST_CHARACTERS) {
      reading.fault(`${field}.${name}`, 'is not a place such as 15-24 or 79', String(written));
      continue;
    }
    columns.push(name);
    places.push({ from, length: to - from + 1 });
  }
  if (columns.length > MOST_COLUMNS) return reading.fault(field, `has more than ${MOST_COLUMNS} columns`);
  return { columns, places };
}
