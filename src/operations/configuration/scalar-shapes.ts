/** Plain values of configuration files: each read from its text, none through floating point. */

import { readCurrency } from '#core/money/currencies.ts';
import { type Decimal, parseDecimal } from '#core/money/decimal.ts';
import { isLocalDate, isZone } from '#core/time/zoned.ts';
import type { Shape } from './shapes.ts';
import { changed, lastOf, mapOr, record, required, scalar } from './shapes.ts';
import { suggestion } from './suggestion.ts';

const LONGEST_TEXT = 500;

/** Free text in one line. */
export const text = scalar(
  'text',
  `text of at most ${LONGEST_TEXT} characters`,
  { type: 'string', minLength: 1, maxLength: LONGEST_TEXT },
  (value) => (value.trim() !== '' && value.length <= LONGEST_TEXT && !value.includes('\u0000') ? value.trim() : undefined),
);

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
/** Names that other objects refer to. */
export const identifier = scalar(
  'id',
  'an id: letters, digits, "-", "_" and ".", at most 64, beginning with a letter or digit',
  { type: 'string', pattern: ID.source },
  (value) => (ID.test(value) ? value : undefined),
);

/** The id of an object of another kind; whether it exists is checked when all is read. */
export function idOf(kind: string): Shape<string> {
  return { ...identifier, says: `id of one of \`${kind}\`` };
}

export const flag = scalar('`true` or `false`', 'true or false', { type: 'boolean' }, (value) =>
  value === 'true' ? true : value === 'false' ? false : undefined,
);

/** A whole number in bounds, both inclusive. */
export function wholeNumber(least: number, most: number): Shape<number> {
  return scalar(
    `whole number ${least}–${most}`,
    `a whole number from ${least} to ${most}`,
    { type: 'integer', minimum: least, maximum: most },
    (value) => {
      const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
      return number >= least && number <= most ? number : undefined;
    },
  );
}

/** Money or another exact figure, with the decimals it is written with. */
export const amount: Shape<Decimal> = scalar(
  'decimal',
  'a decimal such as 0.0125 (a point, no grouping, at most 18 decimals)',
  { anyOf: [{ type: 'number' }, { type: 'string', pattern: '^[+-]?\\d{1,30}(\\.\\d{1,18})?$' }] },
  parseDecimal,
);

export const localDate: Shape<string> = {
  says: 'date `2026-12-31`',
  schema: { type: 'string', format: 'date' },
  read(tree, field, reading) {
    if (tree.kind !== 'text')
      return reading.fault('configuration.type-wrong', `${lastOf(field)} must be a date, not a ${tree.kind}`, tree, field);
    if (isLocalDate(tree.text)) return tree.text;
    const why = /^\d{4}-\d{2}-\d{2}$/.test(tree.text) ? 'does not exist' : 'is not a date written as 2026-12-31';
    return reading.fault('configuration.date-wrong', `${lastOf(field)} ${why}`, tree, field, tree.text);
  },
};

/** Minutes of the local day of `08:00`; `24:00` is its end. */
export const timeOfDay = scalar(
  'local time `"08:00"`',
  'a local time such as "08:00" (24:00 is the end of the day)',
  { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$' },
  (value) => {
    const match = /^(\d\d):(\d\d)$/.exec(value);
    if (match === null) return undefined;
    const [hour, minute] = [Number(match[1]), Number(match[2])];
    return (hour < 24 && minute < 60) || value === '24:00' ? hour * 60 + minute : undefined;
  },
);

export const zone: Shape<string> = {
  says: 'IANA zone',
  schema: { type: 'string', examples: ['Europe/Berlin', 'UTC'] },
  read(tree, field, reading) {
    if (tree.kind !== 'text')
      return reading.fault('configuration.type-wrong', `${lastOf(field)} must be a time zone, not a ${tree.kind}`, tree, field);
    if (/^[A-Z]/.test(tree.text) && isZone(tree.text)) return tree.text;
    const hint = suggestion(tree.text, Intl.supportedValuesOf('timeZone'));
    return reading.fault(
      'configuration.zone-unknown',
      `${lastOf(field)} is not a time zone of the IANA list${hint}`,
      tree,
      field,
      tree.text,
    );
  },
};

export const currency: Shape<string> = {
  says: 'currency (ISO 4217)',
  schema: { type: 'string', pattern: '^[A-Z]{3}$' },
  read(tree, field, reading) {
    if (tree.kind !== 'text')
      return reading.fault('configuration.type-wrong', `${lastOf(field)} must be a currency, not a ${tree.kind}`, tree, field);
    const known = readCurrency(tree.text);
    switch (known.kind) {
      case 'current':
        return tree.text;
      case 'withdrawn':
        return reading.fault(
          'configuration.currency-withdrawn',
          `${lastOf(field)} (${known.currency.name}) was withdrawn in ${known.currency.withdrawn}`,
          tree,
          field,
          tree.text,
        );
      case 'not-money':
        return reading.fault(
          'configuration.currency-unknown',
          `${lastOf(field)} (${known.currency.name}) is no currency in which anything is paid`,
          tree,
          field,
          tree.text,
        );
      case 'unknown':
        return reading.fault('configuration.currency-unknown', `${lastOf(field)} is not a currency of ISO 4217`, tree, field, tree.text);
    }
  },
};

export const country: Shape<string> = {
  says: 'country (ISO 3166-1, two letters)',
  schema: { type: 'string', pattern: '^[A-Z]{2}$' },
  read(tree, field, reading) {
    if (tree.kind !== 'text')
      return reading.fault('configuration.type-wrong', `${lastOf(field)} must be a country, not a ${tree.kind}`, tree, field);
    if (reading.reference.isCountry(tree.text)) return tree.text;
    return reading.fault('configuration.country-unknown', `${lastOf(field)} is not a country of ISO 3166-1`, tree, field, tree.text);
  },
};

/** Digits of a number or prefix; 1 to 32 of them. */
export const digits = scalar(
  'digits',
  'digits only, 1 to 32, without a plus',
  {
    anyOf: [
      { type: 'integer', minimum: 0 },
      { type: 'string', pattern: '^\\d{1,32}$' },
    ],
  },
  (value) => (/^\d{1,32}$/.test(value) ? value : undefined),
);

export interface Increments {
  readonly first: number;
  readonly next: number;
}

const MOST_SECONDS = 86_400;
const incrementsText = scalar(
  '`60/60`',
  'increments such as 60/60 (first/next, in seconds, 1 to 86400)',
  { type: 'string', pattern: '^\\d+/\\d+$' },
  (value): Increments | undefined => {
    const match = /^(\d{1,5})\s*\/\s*(\d{1,5})$/.exec(value);
    if (match === null) return undefined;
    const [first, next] = [Number(match[1]), Number(match[2])];
    return [first, next].every((seconds) => seconds >= 1 && seconds <= MOST_SECONDS) ? { first, next } : undefined;
  },
);

/** `60/60`, or an object with `first` and `next`. */
export const increments: Shape<Increments> = mapOr(
  record('object', {
    first: required(wholeNumber(1, MOST_SECONDS), 'Seconds of the first increment.', '60'),
    next: required(wholeNumber(1, MOST_SECONDS), 'Seconds of each later increment.', '6'),
  }),
  incrementsText,
);

/** A path to a table, relative to the file that names it. */
export const tablePath = changed(text, (path, tree, field, reading) =>
  path.toLowerCase().endsWith('.csv')
    ? path
    : reading.fault('configuration.value-wrong', `${lastOf(field)} must be a list or the path of a .csv file`, tree, field, path),
);
