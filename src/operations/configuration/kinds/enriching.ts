/** What is found out about events: number tables, bins, and the profiles that sources name. */
import type { plainBinFields } from '#core/enrichment/bins.ts';
import { causeSchemes } from '#core/enrichment/cause-classes.ts';
import { callTypes, causeClasses } from '#core/usage/enrichment.ts';
import { services } from '#core/usage/usage-event.ts';
import { country, digits, flag, identifier, idOf, tablePath, text, zone } from '../scalar-shapes.ts';
import { defaulted, type Field, type Fields, listOf, oneOf, optional, record, required, type Shape, scalar } from '../shapes.ts';
import { listOrTable } from '../tables.ts';
import { numbering } from './parties.ts';

const column = scalar(
  'name or number of a column',
  'the name of a column, or its number from 1',
  {
    anyOf: [
      { type: 'integer', minimum: 1 },
      { type: 'string', minLength: 1 },
    ],
  },
  (value) => (value.trim() === '' || value.length > 100 ? undefined : value.trim()),
);

const character = scalar('one character, or `tab`', 'one character, or tab', { type: 'string' }, (value) =>
  value === 'tab' || value === '\\t' ? '\t' : /^[ -~]$/.test(value) && value !== '"' ? value : undefined,
);

export const numberTable = record('number table', {
  id: required(identifier, 'Name of the table: `carillon numbers import` and enrichment profiles name it.', 'us-lrn'),
  gives: required(
    oneOf(['routing-number', 'owner']),
    'What stands beside a number: the number to route by (LRN), or the name of the operator that has it.',
    'routing-number',
  ),
  owners: defaulted(
    listOf(
      record('object', {
        owner: required(text, 'As the table names it.', 'EE'),
        pricedAs: required(digits, 'Digits that stand for its numbers where a tariff follows portability.', '447700900'),
      }),
    ),
    [],
    'none',
    'Owners with the prefix that their ported numbers are priced by.',
    '[{owner: EE, pricedAs: "447700900"}]',
  ),
  file: required(
    record('object', {
      separator: defaulted(character, ',', '","', 'Between columns.', '";"'),
      header: defaulted(flag, true, 'true', 'The first line names the columns.', 'false'),
      columns: required(
        record('object', {
          number: required(column, 'The number.', 'tn'),
          value: required(column, 'The routing number or owner.', 'lrn'),
          validFrom: optional(column, 'From when: ISO 8601, `YYYYMMDD`, `YYYYMMDDHHmmss`. Left out or empty: since ever.', 'activated'),
          validTo: optional(column, 'Until when. Left out or empty: open.', 'ended'),
          action: optional(column, 'Tells rows that end a number’s porting from those that set it.', 'action'),
        }),
        'Which column has what.',
        '{number: tn, value: lrn, validFrom: activated}',
      ),
      endedBy: defaulted(
        listOf(text, { lone: true }),
        ['D', 'delete', 'deleted', 'remove'],
        '[D, delete, deleted, remove]',
        'Texts of the column `action` that end it.',
        '[D]',
      ),
      zone: defaulted(zone, 'UTC', 'UTC', 'Zone of times without an offset.', 'Europe/London'),
      numbering: defaulted(
        numbering,
        {},
        'none',
        'How its numbers are written; routing numbers too.',
        '{countryCode: 1, nationalPrefix: ""}',
      ),
      unendedLine: defaulted(
        oneOf(['refuse', 'take']),
        'refuse',
        'refuse',
        'A last line without a line end: the file may have been cut.',
        'take',
      ),
    }),
    'How its files are written.',
    '{columns: {number: tn, value: lrn}, numbering: {countryCode: 1, nationalPrefix: ""}}',
  ),
});

const few = <T>(shape: Shape<T>): Shape<readonly T[]> => listOf(shape, { lone: true });

const binWords = {
  service: optional(few(oneOf(services)), 'Its service is one of these.', 'voice'),
  callType: optional(few(oneOf(callTypes)), 'Its call type is one of these.', '[on-net, off-net]'),
  causeClass: optional(few(oneOf(causeClasses)), 'Its cause class is one of these.', '[answered, dropped]'),
} as const;

const binTexts: Readonly<
  Record<Exclude<(typeof plainBinFields)[number], keyof typeof binWords>, readonly [meaning: string, example: string]>
> = {
  country: ['The called number’s country is one of these.', '[GB, IE]'],
  owner: ['The called number’s owner is one of these.', 'EE'],
  callingOwner: ['The caller’s owner is one of these.', 'EE'],
  network: ['The subscriber was in one of these networks (MCC and MNC).', '"26201"'],
  tadig: ['The subscriber was in one of these networks (TADIG).', 'DEUD1'],
  place: ['Its cell or area is in one of these places.', 'delhi'],
  tag: ['The technical prefix of the called number says one of these.', 'premium-route'],
  trunkIn: ['It came in on one of these trunks.', 'northwind-nyc'],
  trunkOut: ['It left on one of these trunks.', 'southbank-lon'],
  source: ['It is from one of these sources.', 'ny-asterisk'],
  serviceClass: ['Its service class is one of these.', 'premium'],
  ratingGroup: ['Its rating group is one of these.', '"100"'],
  apn: ['Its APN or DNN is one of these.', 'internet'],
};

type TextField = Field<readonly string[], 'optional'>;
const binTextFields = Object.fromEntries(
  Object.entries(binTexts).map(([name, [meaning, example]]): [string, TextField] => [name, optional(few(text), meaning, example)]),
) as Readonly<Record<keyof typeof binTexts, TextField>>; // fromEntries forgets the names

export const binRuleFields = {
  bin: required(identifier, 'The bin. Rates and reports name it with its set before it: `circles/delhi`.', 'delhi'),
  called: optional(few(digits), 'The called number begins with one of these.', '[9111, 91124]'),
  routed: optional(
    few(digits),
    'The number that portability routes to (the called one where it is not ported) begins with one of these.',
    '1212',
  ),
  calling: optional(few(digits), 'The caller’s number is known and begins with one of these.', '9122'),
  ...binWords,
  band: optional(few(identifier), 'It starts in one of these time bands of the set’s `timeBands`.', 'peak'),
  ...binTextFields,
} as const satisfies Fields;

export const binSet = record('set of bins', {
  id: required(identifier, 'Name of the set.', 'circles'),
  timeBands: optional(idOf('timeBands'), 'For rules with `band`.', 'peak-offpeak'),
  zone: defaulted(zone, 'UTC', 'UTC', 'Zone in which these bands are understood.', 'Asia/Kolkata'),
  rules: required(
    listOrTable(listOf(record('object', binRuleFields)), tablePath),
    'An event is in the bin of the rule that fits: of several, the one with the longest `called`, then `routed`, then `calling` prefix, then the first. Or a table with these columns.',
    '[{bin: delhi, called: [9111]}, {bin: rest}]',
  ),
  otherwise: optional(identifier, 'The bin of events that no rule fits. Left out: none.', 'other'),
});

export const callTypeFields = {
  prefix: required(digits, 'Beginning of the number, with the country code.', '44800'),
  type: required(oneOf(callTypes), 'What calls to it are.', 'toll-free'),
} as const satisfies Fields;

export const shortCodeFields = {
  code: required(digits, 'Exactly these digits, as they are dialled.', '112'),
  type: required(oneOf(callTypes), 'What calls to it are.', 'emergency'),
  pricedAs: optional(digits, 'The number that rates see instead. Left out: the code itself.', '44112'),
} as const satisfies Fields;

export const causeFields = {
  cause: required(text, 'As the source gives it.', '"34"'),
  class: required(oneOf(causeClasses), 'The class it belongs to.', 'congestion'),
} as const satisfies Fields;

export const placeFields = {
  cell: required(text, 'Beginning of a cell or area identity, as the source writes it.', '404-10-11'),
  place: required(text, 'The place.', 'delhi'),
} as const satisfies Fields;

export const tadigFields = {
  tadig: required(
    scalar('TADIG code', 'a TADIG code of 5 letters and digits', { type: 'string', pattern: '^[A-Z0-9]{5}$' }, (value) =>
      /^[A-Z0-9]{5}$/.test(value) ? value : undefined,
    ),
    'The code.',
    'DEUD1',
  ),
  network: required(
    scalar('MCC and MNC', 'an MCC and an MNC, 5 or 6 digits', { type: 'string', pattern: '^\\d{3}-?\\d{2,3}$' }, (value) =>
      /^\d{3}-?\d{2,3}$/.test(value) ? value.replace('-', '') : undefined,
    ),
    'Its network.',
    '262-01',
  ),
} as const satisfies Fields;

function rows<F extends Fields>(fields: F, meaning: string, example: string) {
  return optional(listOrTable(listOf(record('object', fields)), tablePath), `${meaning} Or a table with these columns.`, example);
}

export const enrichmentProfile = record('enrichment profile', {
  id: required(identifier, 'Name of the profile: a source says `enrichment: uk`.', 'uk'),
  country: optional(country, 'Numbers of this country are national. Left out: no call types but those of the tables here.', 'GB'),
  ownNetwork: optional(
    record('object', {
      owners: defaulted(listOf(text, { lone: true }), [], 'none', 'The own network, as number tables name it.', '[own-mobile]'),
      prefixes: defaulted(listOf(digits, { lone: true }), [], 'none', 'Own numbers, unless they are ported away.', '[447700]'),
    }),
    'Tells on-net from off-net; without it both are national.',
    '{owners: [own-mobile], prefixes: [447700]}',
  ),
  numberTables: defaulted(
    listOf(idOf('numberTables'), { lone: true }),
    [],
    'none',
    'Where called numbers are looked up, in this order; the first that has the number counts.',
    '[us-lrn]',
  ),
  callingOwner: defaulted(flag, false, 'false', 'Look the caller’s owner up too.', 'true'),
  callTypes: rows(
    callTypeFields,
    'Number ranges with their call type, before what the world deck knows; the longest prefix counts.',
    '[{prefix: 44800, type: toll-free}]',
  ),
  shortCodes: rows(shortCodeFields, 'Short codes of this network: they are not held.', '[{code: 112, type: emergency}]'),
  causeScheme: defaulted(oneOf(causeSchemes), 'q850', 'q850', 'What the source’s causes are: `q850`, `sip`, `3gpp`, or `text`.', 'sip'),
  causes: rows(causeFields, 'Causes with another class than the default one.', '[{cause: "34", class: busy}]'),
  places: rows(placeFields, 'Cells and areas with their place; the longest beginning counts.', 'cells.csv'),
  tadig: rows(tadigFields, 'TADIG codes of networks.', 'tadig.csv'),
  bins: defaulted(listOf(idOf('bins'), { lone: true }), [], 'none', 'Sets of bins for its events.', '[circles]'),
});
