import { durationUnits, type FieldRule, type FieldRules, type UsageField, usageFields } from '#core/usage/source.ts';
import type { SourceReading } from './source-reading.ts';

const RULE_KEYS = ['column', 'constant', 'pattern', 'time', 'unit', 'values', 'map'] as const;
const TIME_FIELDS: readonly UsageField[] = ['start', 'answer', 'end', 'clue'];
const TIME_WORDS = ['iso', 'epoch-s', 'epoch-ms', 'epoch-us'];

/** `fields:` of a source: each a column name or number, a rule, or a list of rules in order of preference. */
export function readFieldRules(reading: SourceReading, value: unknown): FieldRules {
  if (value === undefined || value === null) return {};
  const map = reading.map(value, 'fields', usageFields);
  if (map === undefined) return {};
  const rules: Partial<Record<UsageField, readonly FieldRule[]>> = {};
  for (const field of usageFields) {
    const written = map[field];
    if (written === undefined || written === null) continue;
    const list: readonly unknown[] = Array.isArray(written) ? written : [written];
    rules[field] = list.flatMap((item) => readRule(reading, field, item));
  }
  return rules;
}

function readRule(reading: SourceReading, field: UsageField, item: unknown): readonly FieldRule[] {
  const path = `fields.${field}`;
  if (typeof item === 'string' || typeof item === 'number') return [{ columns: [String(item)] }];
  const map = reading.map(item, path, RULE_KEYS);
  if (map === undefined) return [];
  const nested = (name: string): string | undefined =>
    map[name] === undefined ? undefined : reading.text({ [`${path}.${name}`]: map[name] }, `${path}.${name}`, undefined);
  const columns = reading.list({ [`${path}.column`]: map.column }, `${path}.column`) ?? [];
  const constant = nested('constant');
  const pattern = nested('pattern');
  const time = nested('time');
  const unit = nested('unit');
  if ((columns.length === 0) === (constant === undefined)) reading.fault(path, 'needs either a column or a constant');
  if (pattern !== undefined && !isPattern(pattern)) reading.fault(`${path}.pattern`, 'is not a regular expression with a group', pattern);
  if (time !== undefined && !TIME_FIELDS.includes(field)) reading.fault(`${path}.time`, 'belongs to start, answer, end and clue only');
  if (time !== undefined && !isPicture(time))
    reading.fault(`${path}.time`, 'gives no full date and hour, and is not iso, epoch-s, epoch-ms or epoch-us', time);
  else if (time !== undefined && hasUnknownLetters(time))
    reading.fault(`${path}.time`, 'has letters that stand for nothing: there are YYYY YY MMM MM M DD D HH H mm ss ss.SSS Z', time);
  const known = durationUnits.find((word) => word === unit);
  if (unit !== undefined && known === undefined) reading.fault(`${path}.unit`, `is not one of ${durationUnits.join(', ')}`, unit);
  const values = reading.list({ [`${path}.values`]: map.values }, `${path}.values`);
  const translation = readTranslation(reading, path, map.map);
  return [
    {
      columns,
      ...(constant === undefined ? {} : { constant }),
      ...(pattern === undefined ? {} : { pattern }),
      ...(time === undefined ? {} : { time }),
      ...(known === undefined ? {} : { unit: known }),
      ...(values === undefined ? {} : { values }),
      ...(translation === undefined ? {} : { map: translation }),
    },
  ];
}

function readTranslation(reading: SourceReading, path: string, value: unknown): Readonly<Record<string, string>> | undefined {
  if (value === undefined || value === null) return undefined;
  const map = typeof value === 'object' && !Array.isArray(value) ? reading.map(value, `${path}.map`, Object.keys(value)) : undefined;
  if (map === undefined) return reading.fault(`${path}.map`, 'is not an object of texts');
  return Object.fromEntries(Object.entries(map).map(([from, to]) => [from, String(to)]));
}

function isPattern(text: string): boolean {
  try {
    return (new RegExp(`${text}|`).exec('')?.length ?? 0) > 1;
  } catch {
    return false;
  }
}

/** The decoder reads the picture; here only what it must contain. */
function isPicture(text: string): boolean {
  return TIME_WORDS.includes(text) || (/YY/.test(text) && /M/.test(text) && /D/.test(text) && /H/.test(text));
}

/** Letters as other programs use them (`hh`, `a`, `S` alone) would be taken as they stand, and no record would have them. */
function hasUnknownLetters(text: string): boolean {
  if (TIME_WORDS.includes(text)) return false;
  return /[YyDdHhmsSAaXxz]/.test(text.replace(/YYYY|YY|MMM|MM|M|DD|D|HH|H|mm|ss(?:[.,]S{1,9})?|Z/g, ''));
}
