/** Which sources write calls so plainly that most records can be read from their bytes, without a text for each column. */
import type { FieldRule, Source, UsageField } from '#core/usage/source.ts';
import { positionOf } from './record-types.ts';
import { SlotTable } from './row-reader.ts';

/** Where the fields of a call stand; −1 for a field that the source does not map. */
export interface PlainColumns {
  /** Columns of a record. */
  readonly count: number;
  readonly key: number;
  readonly start: number;
  readonly answer: number;
  readonly end: number;
  readonly duration: number;
  readonly answered: number;
  readonly calling: number;
  readonly called: number;
  readonly trunkIn: number;
  readonly trunkOut: number;
  readonly cause: number;
  readonly pdd: number;
}

const PLAIN_FIELDS = [
  'start',
  'answer',
  'end',
  'duration',
  'answered',
  'calling',
  'called',
  'trunkIn',
  'trunkOut',
  'cause',
  'pdd',
] as const;
type PlainField = (typeof PLAIN_FIELDS)[number];

const isPlainField = (field: string): field is PlainField => (PLAIN_FIELDS as readonly string[]).includes(field); // a wider list to look in

/** Times of one width, whose last two characters are the seconds. */
const FIXED_PICTURE = /^(?:YYYY|MM|DD|HH|mm|[-/. :T])+ss$/;

/** Characters of a time that is written so; 0 for pictures whose times have no one width. */
export function widthOfTime(picture: string): number {
  if (picture === 'iso') return 'YYYY-MM-DD HH:mm:ss'.length;
  return FIXED_PICTURE.test(picture) ? picture.length : 0;
}

/**
 * Delimited text with one layout, one column for the key, and for each field of a call one column, taken as it is. Undefined for
 * all other sources. `headerLine`: the file's, which the decoder has taken before.
 */
export function plainColumns(source: Source, headerLine: string | undefined): PlainColumns | undefined {
  const { family, encoding, separator, quote, escape: style, layouts, records, expect, ignore, key, fields, legs } = source;
  const usual = separator.length === 1 && style !== 'backslash' && (style === 'doubled' || quote === '');
  if (family !== 'delimited' || !usual || records !== undefined || expect !== undefined || ignore.length > 0 || legs === 'b')
    return undefined;
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return undefined;
  const layout = headerLine === undefined ? layouts[0] : { columns: namesIn(headerLine, source) };
  if (layout === undefined || layout.columns.length === 0 || (headerLine === undefined && layouts.length > 1)) return undefined;
  const keys = layout.key ?? key;
  if (keys.length !== 1 || layout.types !== undefined) return undefined;
  const slots = new SlotTable();
  const positions: Partial<Record<PlainField, number>> = {};
  for (const [field, rules] of Object.entries(fields)) {
    if (rules.length === 0) continue;
    const rule = rules[0];
    if (!isPlainField(field) || rules.length > 1 || rule === undefined || !slots.rule(rule).plain || !isPlainRule(field, rule))
      return undefined;
    positions[field] = positionOf(rule.columns[0] ?? '', layout);
  }
  const at = (field: PlainField): number => positions[field] ?? -1;
  const columns: PlainColumns = {
    count: layout.columns.length,
    key: positionOf(keys[0] ?? '', layout),
    start: at('start'),
    answer: at('answer'),
    end: at('end'),
    duration: at('duration'),
    answered: at('answered'),
    calling: at('calling'),
    called: at('called'),
    trunkIn: at('trunkIn'),
    trunkOut: at('trunkOut'),
    cause: at('cause'),
    pdd: at('pdd'),
  };
  const isThere = (position: number): boolean => position >= 0 && position < columns.count;
  const { start, duration, called } = columns;
  const needed = [columns.key, start, duration, called, ...Object.values(positions)];
  return needed.every(isThere) ? columns : undefined;
}

function isPlainRule(field: UsageField, rule: FieldRule): boolean {
  if (field === 'start' || field === 'answer' || field === 'end') return widthOfTime(rule.time ?? 'iso') > 0;
  if (field === 'pdd') return rule.unit === undefined || rule.unit === 's' || rule.unit === 'ms';
  return field !== 'duration' || (rule.unit ?? 's') === 's';
}

/** None where the header is not plain itself. */
function namesIn(line: string, { separator, quote }: Source): readonly string[] {
  const text = line.replace(/\r?\n$/, '');
  const isPlain = /^[ -~\t]*$/.test(text) && (quote === '' || !text.includes(quote));
  return isPlain ? text.split(separator).map((name) => name.trim()) : [];
}
