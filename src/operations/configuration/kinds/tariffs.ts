/** Tariffs and their rates. */
import { jurisdictions, type VolumeRule } from '#core/tariffs/tariff.ts';
import { services } from '#core/usage/usage-event.ts';
import { perUnit, shareShape, sizeBandsShape, stepsShape, tiersShape, volumeShape } from '../price-shapes.ts';
import { amount, currency, digits, identifier, idOf, increments, tablePath, text, wholeNumber, zone } from '../scalar-shapes.ts';
import { defaulted, type Field, type Fields, listOf, oneOf, optional, type Presence, record, required, scalar, wordOr } from '../shapes.ts';
import { listOrTable } from '../tables.ts';

const MOST_SECONDS = 1_000_000_000;

/** A moment as it is written; what it means depends on the tariff's zone. */
const moment = scalar(
  'date or instant',
  'a date such as 2026-12-31 or an instant such as 2026-12-31T00:00:00Z',
  { type: 'string' },
  (value) => (/^\d{4}-\d{2}-\d{2}([T ].+)?$/.test(value) ? value : undefined),
);

/** `any` for every number, else digits. */
const code = scalar(
  'digits, or `any`',
  'digits, 1 to 32, or "any"',
  {
    anyOf: [
      { type: 'integer', minimum: 0 },
      { type: 'string', pattern: '^(\\d{1,32}|any)$' },
    ],
  },
  (value) => (value === 'any' ? '' : /^\d{1,32}$/.test(value) ? value : undefined),
);

const origin = scalar(
  'id of one of `originSets`, or `!` and it',
  'the id of an origin set, with ! before it for callers outside',
  { type: 'string' },
  (value) => (/^!?[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(value) ? value : undefined),
);

const binName = scalar(
  'set of bins, `/` and a bin',
  'a set of bins, a slash and a bin, such as circles/delhi',
  { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}/[A-Za-z0-9][A-Za-z0-9._-]{0,63}$' },
  (value) => (/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\/[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(value) ? value : undefined),
);

/** Terms that `defaults` give also to rates of imported sheets. */
export const inheritedTerms = {
  increments: optional(increments, 'Voice: first and next increment in seconds. Left out: 1/1.', '60/60'),
  graceSeconds: optional(wholeNumber(0, MOST_SECONDS), 'Voice: a call up to this long costs nothing; a longer one is billed in full.', '3'),
  freeSeconds: optional(wholeNumber(0, MOST_SECONDS), 'Voice: the first so many seconds are never billed.', '10'),
  setupFee: optional(amount, 'Added to each answered call or charged message.', '0.05'),
  attemptFee: optional(amount, 'Price of a call that was not answered.', '0.002'),
  disconnectFee: optional(amount, 'Voice: added to each answered call.', '0.01'),
  surcharge: optional(amount, 'Added besides.', '0.03'),
  minimumCharge: optional(amount, 'A billed event costs at least this.', '0.02'),
  maximumCharge: optional(amount, 'An event costs at most this.', '2.00'),
  steps: optional(stepsShape, 'Voice: other prices and increments from a billed second on.', '[{from: 60, price: 0.10, increments: 1/1}]'),
  tiers: optional(
    tiersShape,
    'Prices that depend on how much was used in the period.',
    '{counter: all, measure: minutes, tiers: [{from: 1000, price: 0.015}]}',
  ),
} as const satisfies Fields;

/** What a rate costs and further conditions: what `defaults` may give to all rates of a tariff. */
export const sharedRateFields = {
  origin: optional(origin, 'The caller must be in this origin set; with `!`: must not.', '"!eea"'),
  trunk: optional(idOf('trunks'), 'Only on this trunk.', 'northwind-nyc'),
  band: optional(identifier, 'Only in this time band of the tariff’s set.', 'peak'),
  serviceClass: optional(text, 'Only events of this service class.', 'premium'),
  jurisdiction: optional(oneOf(jurisdictions), 'Only calls of this US jurisdiction.', 'interstate'),
  ratingGroup: optional(text, 'Only events of this rating group.', '"100"'),
  apn: optional(text, 'Only sessions on this APN or DNN.', 'internet'),
  bin: optional(binName, 'Only events in this bin, with its set before it.', 'circles/delhi'),
  price: optional(amount, 'Price for one `per` of the tariff. Needed unless `share` or `sizeBands` is given.', '0.0125'),
  ...inheritedTerms,
  sizeBands: optional(
    sizeBandsShape,
    'Messages: price by size, instead of `price`.',
    '[{upToBytes: 100000, price: 0.05}, {upToBytes: rest, price: 0.10}]',
  ),
  share: optional(shareShape, 'Content: a share of the price to the customer, instead of `price`.', '{percent: 45, after: 0.10}'),
  validFrom: optional(
    moment,
    'From when it is in force: a local date in the tariff’s zone, or an instant. Left out: always was.',
    '2026-01-01',
  ),
  validTo: optional(moment, 'From when it no longer is. Left out: open.', '2027-01-01'),
} as const satisfies Fields;

/** What a rate says that does not have a term of its tariff's `defaults`. */
export const NONE = 'none';

type OrNone<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends Field<infer T, 'optional'> ? Field<T | typeof NONE, 'optional'> : never;
};

/** The same fields, which may also say that there is none. */
function orNone<F extends Fields>(fields: F): OrNone<F> {
  const changed = Object.entries(fields).map(([name, field]): [string, Field<unknown, Presence>] => [
    name,
    { ...field, shape: wordOr(NONE, field.shape) },
  ]);
  return Object.fromEntries(changed) as unknown as OrNone<F>; // fromEntries forgets the names; each shape reads what it read, or the word
}

export const rateFields = {
  code: optional(
    code,
    'Called prefix. `any`: every number. Left out: all codes of `destination` in the tariff’s code deck; without a destination or (data, content, events) without a deck: everything.',
    '4477',
  ),
  destination: optional(
    text,
    'Name of the destination. Left out: what the code deck says of the code, else the code.',
    'United Kingdom Mobile',
  ),
  calling: optional(digits, 'The caller’s number begins with it. Not together with `origin`.', '4930'),
  ...sharedRateFields,
  ...orNone(inheritedTerms),
} as const satisfies Fields;

export const rateRecord = record('rate', rateFields);

export const tariff = record('tariff', {
  id: required(identifier, 'Name of the tariff: agreements name it.', 'northwind-voice'),
  name: required(text, 'What people call it.', 'Northwind termination, voice'),
  service: required(oneOf(services), 'What it prices.', 'voice'),
  currency: required(currency, 'Currency of its prices.', 'USD'),
  per: optional(
    perUnit,
    'What one price is for. Voice: `second`, `minute`, `hour` or seconds; data: `byte`, `kB`, `MB`, `GB`, `KiB`, `MiB`, `GiB` or bytes. Left out: minute, MB, else one.',
    'minute',
  ),
  zone: defaulted(zone, 'UTC', 'UTC', 'Zone of the dates in its rates.', 'Europe/Berlin'),
  timeBands: optional(idOf('timeBands'), 'Time bands that its rates name.', 'peak-offpeak'),
  codeDeck: optional(idOf('codeDecks'), 'Code deck that gives destinations their codes.', 'world'),
  withoutCaller: defaulted(
    oneOf(['ignore', 'outside', 'hold']),
    'ignore',
    'ignore',
    'What becomes of rates with `calling` or `origin` when the caller’s number is missing: they never fit; the caller counts as outside all sets; the event is held.',
    'outside',
  ),
  portability: defaulted(
    oneOf(['ignore', 'follow']),
    'ignore',
    'ignore',
    'Which number chooses the rate (and the US jurisdiction): the one dialled, or for ported numbers the LRN or the prefix of the owner that enrichment found.',
    'follow',
  ),
  charged: defaulted(oneOf(['submitted', 'delivered']), 'submitted', 'submitted', 'Messages: which are charged.', 'delivered'),
  messageUnit: defaulted(oneOf(['part', 'message']), 'part', 'part', 'Messages: what is counted.', 'part'),
  volume: defaulted<VolumeRule>(
    volumeShape,
    { count: 'both', roundUpToBytes: 1, per: 'session' },
    '{count: both, roundUpTo: byte, per: session}',
    'Data: which bytes count and how they are rounded up.',
    '{count: both, roundUpTo: MB, per: day}',
  ),
  ratesBy: defaulted(
    oneOf(['files', 'sheets']),
    'files',
    'files',
    'Who keeps the rates. `sheets`: the rates here are only the first ones; afterwards `carillon rates import` owns them and `apply` leaves them alone.',
    'sheets',
  ),
  defaults: optional(
    record('object', sharedRateFields),
    'What its rates have unless they say otherwise. Rates of imported sheets have the terms among it, `increments` to `tiers`.',
    '{increments: 60/60, validFrom: 2026-01-01}',
  ),
  rates: optional(
    listOrTable(listOf(rateRecord), tablePath),
    'The rates, or a table of them: columns are the keys of a rate, written `valid_from` or `validFrom`.',
    'rates/northwind.csv',
  ),
});
