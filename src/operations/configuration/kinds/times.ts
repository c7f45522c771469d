/** Holiday calendars and time bands. */
import { dayKinds } from '#core/time/time-bands.ts';
import { country, flag, identifier, idOf, localDate, text, timeOfDay, wholeNumber } from '../scalar-shapes.ts';
import { defaulted, listOf, oneOf, optional, record, required } from '../shapes.ts';

export const FIRST_HOLIDAY_YEAR = 2020;
export const LAST_HOLIDAY_YEAR = 2035;

const dates = listOf(localDate, { lone: true });

export const calendar = record('holiday calendar', {
  id: required(identifier, 'Name of the calendar.', 'germany'),
  country: optional(country, 'Take the public holidays of this country.', 'DE'),
  region: optional(text, 'And of this region (its code in the holiday tables; needs `country`).', 'BE'),
  years: defaulted(
    record('object', {
      from: required(wholeNumber(1990, 2100), 'First year.', '2020'),
      to: required(wholeNumber(1990, 2100), 'Last year.', '2035'),
    }),
    { from: FIRST_HOLIDAY_YEAR, to: LAST_HOLIDAY_YEAR },
    `{from: ${FIRST_HOLIDAY_YEAR}, to: ${LAST_HOLIDAY_YEAR}}`,
    'For which years the public holidays are taken.',
    '{from: 2024, to: 2030}',
  ),
  dates: optional(dates, 'Holidays in full, instead of `country`.', '[2026-12-25, 2026-12-26]'),
  add: optional(dates, 'Days that count as holidays besides.', '[2026-12-24]'),
  remove: optional(dates, 'Public holidays that do not count.', '[2026-10-31]'),
});

const days = listOf(oneOf(dayKinds), { lone: true });
const from = defaulted(timeOfDay, 0, '"00:00"', 'Local time at which it begins.', '"08:00"');
const to = defaulted(
  timeOfDay,
  1440,
  '"24:00"',
  'Local time at which it ends. Earlier than `from`: both ends of each of its days.',
  '"18:00"',
);

export const timeBandSet = record('set of time bands', {
  id: required(identifier, 'Name of the set.', 'peak-offpeak'),
  calendar: optional(
    idOf('calendars'),
    'Which days are holidays. A holiday counts as `holiday` when a band names that, else as its weekday.',
    'germany',
  ),
  bands: required(
    listOf(
      record('object', {
        name: required(identifier, 'Name of the band: rates name it.', 'peak'),
        days: optional(days, 'Days of the one range. Left out when `ranges` or `otherwise` is given.', '[mon, tue, wed, thu, fri]'),
        from: optional(timeOfDay, from.meaning, from.example),
        to: optional(timeOfDay, to.meaning, to.example),
        ranges: optional(
          listOf(record('object', { days: required(days, 'On which days.', '[sat, sun, holiday]'), from, to })),
          'Several ranges, when one is not enough.',
          '[{days: [sat, sun]}, {days: [fri], from: "20:00"}]',
        ),
        otherwise: defaulted(flag, false, 'false', 'It covers whatever no other band covers.', 'true'),
      }),
    ),
    'The bands; together they cover every local time once.',
    '[{name: peak, days: [mon, tue, wed, thu, fri], from: "08:00", to: "18:00"}, {name: off-peak, otherwise: true}]',
  ),
});
