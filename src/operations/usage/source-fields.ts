import { groupsOf, patternCost } from '#core/usage/pattern.ts';
import {
  durationUnits,
  type FieldRule,
  type FieldRules,
  type RuleCondition,
  textConversions,
  type UsageField,
  usageFields,
} from '#core/usage/source.ts';
import type { SourceReading } from './source-reading.ts';

const RULE_KEYS = [
  'column',
  'constant',
  'join',
  'sorted',
  'when',
  'empty',
  'pattern',
  'take',
  'mustFit',
  'convert',
  'decimals',
  'time',
  'utc',
  'unit',
  'values',
  'map',
] as const;
const MOST_DECIMALS = 18;
const TIME_FIELDS: readonly UsageField[] = ['start', 'answer', 'end', 'clue', 'ringing'];
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
    rules[field] = list.flatMap((item, index) => readRule(reading, field, item, list.length > 1 ? `[${index}]` : ''));
  }
  return rules;
}

/** `place` is its index among several rules. */
function readRule(reading: SourceReading, field: UsageField, item: unknown, place: string): readonly FieldRule[] {
  const path = `fields.${field}${place}`;
  if (typeof item === 'string' || typeof item === 'number') return [{ columns: [String(item)] }];
  const map = reading.map(item, path, RULE_KEYS);
  if (map === undefined) return [];
  const nested = (name: string): string | undefined =>
    map[name] === undefined ? undefined : reading.text({ [`${path}.${name}`]: map[name] }, `${path}.${name}`, undefined);
  const columns = reading.list({ [`${path}.column`]: map.column }, `${path}.column`) ?? [];
  const constant = nested('constant');
  const pattern = readPattern(reading, path, nested('pattern'), nested('take'));
  const mustFit = map.mustFit === undefined ? false : reading.flag({ [`${path}.mustFit`]: map.mustFit }, `${path}.mustFit`, false);
  if (mustFit && pattern.pattern === undefined) reading.fault(`${path}.mustFit`, 'has no meaning without a pattern');
  const texts = (name: string): readonly string[] | undefined => reading.list({ [`${path}.${name}`]: map[name] }, `${path}.${name}`);
  const time = nested('time');
  const unit = nested('unit');
  if ((columns.length === 0) === (constant === undefined)) reading.fault(path, 'needs either a column or a constant');
  if (time !== undefined && !TIME_FIELDS.includes(field)) reading.fault(`${path}.time`, `belongs to ${TIME_FIELDS.join(', ')} only`);
  if (time !== undefined && !isPicture(time))
    reading.fault(`${path}.time`, 'gives no full date and hour, and is not iso, epoch-s, epoch-ms or epoch-us', time);
  else if (time !== undefined && hasUnknownLetters(time))
    reading.fault(
      `${path}.time`,
      'has letters that stand for nothing: there are YYYY YY MMM MM M ddd DD D HH H mm ss ss.SSS Z zzz, and [text] for letters themselves',
      time,
    );
  const known = durationUnits.find((word) => word === unit);
  if (unit !== undefined && known === undefined) reading.fault(`${path}.unit`, `is not one of ${durationUnits.join(', ')}`, unit);
  const values = texts('values');
  const empty = texts('empty');
  const join = map.join === undefined || map.join === null ? undefined : String(map.join);
  if (join !== undefined && join.length > 20) reading.fault(`${path}.join`, 'has more than 20 characters', join);
  const sorted = map.sorted === undefined ? false : reading.flag({ [`${path}.sorted`]: map.sorted }, `${path}.sorted`, false);
  const utc = map.utc === undefined ? false : reading.flag({ [`${path}.utc`]: map.utc }, `${path}.utc`, false);
  if (utc && !TIME_FIELDS.includes(field)) reading.fault(`${path}.utc`, `belongs to ${TIME_FIELDS.join(', ')} only`);
  const decimals =
    map.decimals === undefined || map.decimals === null
      ? undefined
      : reading.whole({ [`${path}.decimals`]: map.decimals }, `${path}.decimals`, 0, MOST_DECIMALS, 0);
  const convert = (texts('convert') ?? []).flatMap((word) => {
    const conversion = textConversions.find((name) => name === word);
    if (conversion === undefined) reading.fault(`${path}.convert`, `is not one of ${textConversions.join(', ')}`, word);
    return conversion === undefined ? [] : [conversion];
  });
  const when = readCondition(reading, path, map.when);
  const translation = readTranslation(reading, path, map.map);
  return [
    {
      columns,
      ...(constant === undefined ? {} : { constant }),
      ...(join === undefined ? {} : { join }),
      ...(sorted ? { sorted } : {}),
      ...(when === undefined ? {} : { when }),
      ...(empty === undefined ? {} : { empty }),
      ...pattern,
      ...(mustFit ? { mustFit } : {}),
      ...(convert.length === 0 ? {} : { convert }),
      ...(decimals === undefined ? {} : { decimals }),
      ...(utc ? { utc } : {}),
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

/** `pattern` and `take`, when they can be used. */
function readPattern(
  reading: SourceReading,
  path: string,
  pattern: string | undefined,
  take: string | undefined,
): Pick<FieldRule, 'pattern' | 'take'> {
  if (pattern === undefined) {
    if (take !== undefined) reading.fault(`${path}.take`, 'has no meaning without a pattern', take);
    return {};
  }
  const cost = patternCost(pattern);
  const isOne = typeof cost !== 'string' || !cost.startsWith('is not');
  const groups = isOne ? groupsOf(pattern) : 0;
  if (!isOne || (groups === 0 && take === undefined)) reading.fault(`${path}.pattern`, 'is not a regular expression with a group', pattern);
  else if (typeof cost === 'string') reading.fault(`${path}.pattern`, `could take for ever on some text: it ${cost}`, pattern);
  const named = [...(take ?? '').matchAll(/\$([1-9])/g)].map((match) => Number(match[1]));
  if (isOne && named.some((group) => group > groups)) reading.fault(`${path}.take`, 'names a group that the pattern does not have', take);
  return { pattern, ...(take === undefined ? {} : { take }) };
}

function readCondition(reading: SourceReading, path: string, value: unknown): RuleCondition | undefined {
  if (value === undefined || value === null) return undefined;
  const map = reading.map(value, `${path}.when`, ['column', 'is']);
  if (map === undefined) return undefined;
  const column = reading.text({ [`${path}.when.column`]: map.column }, `${path}.when.column`, undefined);
  const is = reading.list({ [`${path}.when.is`]: map.is }, `${path}.when.is`);
  if (is === undefined && (map.is === undefined || map.is === null)) reading.fault(`${path}.when.is`, 'is missing');
  return column === undefined || is === undefined ? undefined : { column, is };
}

/** The decoder reads the picture; here only what it must contain. */
function isPicture(picture: string): boolean {
  const text = picture.replace(/\[[^\]]*\]/g, '');
  return TIME_WORDS.includes(text) || (/YY/.test(text) && /M/.test(text) && /D/.test(text) && /H/.test(text));
}

/** Letters as other programs use them (`hh`, `a`, `S` alone) would be taken as they stand, and no record would have them. */
function hasUnknownLetters(text: string): boolean {
  if (TIME_WORDS.includes(text)) return false;
  return /[YyDdHhmsSAaXxz]/.test(text.replace(/\[[^\]]*\]|YYYY|YY|MMM|MM|M|ddd|DD|D|HH|H|mm|ss(?:[.,]S{1,9})?|zzz|Z/g, ''));
}
