/** From what a file says of calendars and time bands to what pricing uses. */
import { checkTimeBands } from '#core/time/band-clock.ts';
import type { HolidayCalendar, TimeBand, TimeBandRange, TimeBandSet } from '#core/time/time-bands.ts';
import type { calendar, timeBandSet } from './kinds/times.ts';
import type { Reading } from './reading.ts';
import type { CalendarOrigin } from './setup.ts';
import type { Shape } from './shapes.ts';

type Read<S> = S extends Shape<infer T> ? T : never;

export interface BuiltCalendar {
  readonly calendar: HolidayCalendar;
  readonly origin?: CalendarOrigin;
}

/** A calendar either takes a country's holidays or lists its dates; `add` and `remove` go for both. */
export function buildCalendar(said: Read<typeof calendar>, reading: Reading): BuiltCalendar | undefined {
  const { country, region, dates, add = [], remove = [], years } = said;
  const place = reading.placeOf(said);
  if ((country === undefined) === (dates === undefined)) {
    return reading.fault('configuration.key-missing', `calendar ${said.id} needs either "country" or "dates"`, place, 'country');
  }
  if (region !== undefined && country === undefined) {
    return reading.fault(
      'configuration.key-missing',
      `calendar ${said.id} names a region and no country`,
      reading.placeOf(said, 'region'),
      'region',
    );
  }
  if (years.from > years.to) {
    return reading.fault(
      'configuration.value-wrong',
      `calendar ${said.id}: the years end before they begin`,
      reading.placeOf(said, 'years'),
      'years',
    );
  }
  const base = country === undefined ? (dates ?? []) : reading.reference.holidays(country, region, years.from, years.to);
  if (base === undefined) {
    const whose = region === undefined ? country : `${country} with region ${region}`;
    const field = region === undefined ? 'country' : 'region';
    return reading.fault(
      'configuration.holidays-unknown',
      `there is no holiday calendar for ${whose}`,
      reading.placeOf(said, field),
      field,
      region ?? country,
    );
  }
  const removed = new Set(remove);
  const all = [...new Set([...base, ...add])].filter((date) => !removed.has(date)).sort();
  const built: HolidayCalendar = { id: said.id, dates: all };
  if (country === undefined) return { calendar: built };
  const origin = {
    country,
    ...(region === undefined ? {} : { region }),
    fromYear: years.from,
    toYear: years.to,
    add: sorted(add),
    remove: sorted(remove),
  };
  return { calendar: built, origin };
}

function sorted(dates: readonly string[]): readonly string[] {
  return [...new Set(dates)].sort();
}

export function buildTimeBands(said: Read<typeof timeBandSet>, reading: Reading): TimeBandSet | undefined {
  const bands: TimeBand[] = [];
  for (const band of said.bands) {
    const field = 'bands';
    const place = reading.placeOf(band);
    const ranges: TimeBandRange[] = (band.ranges ?? []).map(({ days, from, to }) => ({ days, fromMinute: from, toMinute: to }));
    if (band.days !== undefined) ranges.push({ days: band.days, fromMinute: band.from ?? 0, toMinute: band.to ?? 1440 });
    else if (band.from !== undefined || band.to !== undefined) {
      reading.fault('configuration.key-missing', `band ${band.name} has a time and no days`, place, `${field}.days`);
      continue;
    }
    if (band.days !== undefined && band.ranges !== undefined) {
      reading.fault('configuration.value-wrong', `band ${band.name} has both "days" and "ranges"`, place, `${field}.ranges`);
      continue;
    }
    if (ranges.length === 0 && !band.otherwise) {
      reading.fault(
        'configuration.key-missing',
        `band ${band.name} has no days, no ranges, and is not "otherwise"`,
        place,
        `${field}.days`,
      );
      continue;
    }
    const empty = ranges.find(({ fromMinute, toMinute, days }) => fromMinute === toMinute || days.length === 0);
    if (empty !== undefined) {
      reading.fault('configuration.value-wrong', `band ${band.name} has a range that covers no time`, place, field);
      continue;
    }
    if (bands.some(({ name }) => name === band.name)) {
      reading.fault('configuration.id-repeated', `${said.id} has two bands ${band.name}`, place, `${field}.name`, band.name);
      continue;
    }
    bands.push({ name: band.name, ranges, otherwise: band.otherwise });
  }
  if (bands.filter(({ otherwise }) => otherwise).length > 1) {
    return reading.fault(
      'configuration.value-wrong',
      `${said.id} has two bands with "otherwise"; at most one can have it`,
      reading.placeOf(said),
      'bands',
    );
  }
  if (bands.length !== said.bands.length) return undefined;
  const set = { id: said.id, ...(said.calendar === undefined ? {} : { calendar: said.calendar }), bands };
  const place = reading.placeOf(said);
  for (const { code, message } of checkTimeBands(set)) reading.fault(code, message, place, 'bands');
  return set;
}
