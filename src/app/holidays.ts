/** Public holidays of the library date-holidays, as the local dates that time bands use. */
import { createRequire } from 'node:module';
import type { HolidaysTypes } from 'date-holidays';

export interface HolidayRequest {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** ISO 3166-2, with or without the country (`DE-BY`, `BY`), or a part of one (`BY-A`). Without it: what holds in the whole country. */
  readonly region?: string | undefined;
  /** Both inclusive. */
  readonly fromYear: number;
  readonly toYear: number;
  /** `public` unless told. */
  readonly types?: readonly HolidaysTypes.HolidayType[];
  /** Local dates, `2026-12-24`, in or out whatever the library says. What is both added and removed is removed. */
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

const DAY_MS = 86_400_000;

type Library = typeof import('date-holidays').default;

/** Loaded by the first calendar: with its astronomy it is a third of all the code that a command loads, and most commands ask for no holiday. */
const library = (): Library => createRequire(import.meta.url)('date-holidays'); // as it exports where it is required

/**
 * The holidays of all years, sorted, each date once; undefined when the library has no such country or region.
 * A holiday of several days gives each of them. Days that only begin at noon or end there are left out: they are
 * working days with an early end, and a network's tariff treats them as such unless `add` says otherwise.
 */
export function resolveHolidays(request: HolidayRequest): readonly string[] | undefined {
  const calendar = openCalendar(request.country, request.region);
  if (calendar === undefined) return undefined;
  const types = new Set<HolidaysTypes.HolidayType>(request.types ?? ['public']);
  const dates = new Set(request.add);
  for (let year = request.fromYear; year <= request.toYear; year++) {
    for (const holiday of calendar.getHolidays(year)) {
      // `2026-03-19 00:00:00`, in some calendars with an offset behind it: the local date is what is written.
      if (!types.has(holiday.type) || holiday.date.slice(11, 19) !== '00:00:00') continue;
      const first = Date.parse(`${holiday.date.slice(0, 10)}T00:00:00Z`);
      // Rounded: a day in which clocks change has 23 or 25 hours.
      const days = Math.max(1, Math.round((holiday.end.getTime() - holiday.start.getTime()) / DAY_MS));
      for (let day = 0; day < days; day++) dates.add(new Date(first + day * DAY_MS).toISOString().slice(0, 10));
    }
  }
  for (const date of request.remove ?? []) dates.delete(date);
  return [...dates].sort();
}

function openCalendar(country: string, region: string | undefined): InstanceType<Library> | undefined {
  const Holidays = library();
  const every = new Holidays();
  if (!Object.hasOwn(every.getCountries(), country)) return undefined;
  if (region === undefined) return new Holidays(country);
  const [state = '', ...parts] = (region.startsWith(`${country}-`) ? region.slice(country.length + 1) : region).split('-');
  if (!Object.hasOwn(every.getStates(country) ?? {}, state)) return undefined;
  if (parts.length === 0) return new Holidays(country, state);
  const part = parts.join('-');
  return Object.hasOwn(every.getRegions(country, state) ?? {}, part) ? new Holidays(country, state, part) : undefined;
}
