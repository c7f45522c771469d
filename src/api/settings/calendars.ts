/** Which days are holidays, and the times of day that prices differ by: as the configuration has them. */
import Type, { type Static } from 'typebox';
import { dayKinds, type HolidayCalendar, type TimeBandSet } from '#core/time/time-bands.ts';
import type { CalendarOrigin } from '#operations/configuration/setup.ts';
import { listed } from '../listing.ts';
import { type Operation, operation } from '../operation.ts';
import { LocalDate, Page, sortedQuery } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

export interface ConfiguredTimes {
  readonly calendars: readonly HolidayCalendar[];
  readonly origins: ReadonlyMap<string, CalendarOrigin>;
  readonly timeBands: readonly TimeBandSet[];
  /** Tariffs that have bands of a set. */
  readonly tariffsOf: (timeBands: string) => readonly string[];
}

export type CalendarReader = () => Promise<ConfiguredTimes>;

const Calendar = Type.Object(
  {
    calendar: Type.String(),
    country: Type.Optional(Type.String({ description: 'Its public holidays are taken; left out: days are named one by one.' })),
    ...{ region: Type.Optional(Type.String()), fromYear: Type.Optional(Type.Integer()), toYear: Type.Optional(Type.Integer()) },
    added: Type.Array(LocalDate, { description: 'Count as holidays besides.' }),
    removed: Type.Array(LocalDate, { description: 'Public holidays that do not count.' }),
    dates: Type.Array(LocalDate, { description: 'All holidays.' }),
    timeBands: Type.Array(Type.String(), { description: 'Sets of time bands that ask it.' }),
  },
  { ...closed, title: 'Calendar' },
);
const Times = Type.String({ pattern: '^\\d\\d:\\d\\d$', description: 'Local; `24:00` is the end of the day.' });
const Bands = Type.Object(
  {
    ...{ timeBands: Type.String(), calendar: Type.Optional(Type.String()), tariffs: Type.Array(Type.String()) },
    bands: Type.Array(
      Type.Object(
        {
          ...{ band: Type.String(), otherwise: Type.Boolean({ description: 'Covers what no other band covers.' }) },
          ranges: Type.Array(Type.Object({ days: Type.Array(Type.Enum([...dayKinds])), from: Times, to: Times }, closed)),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'TimeBands' },
);

export function calendarOperations(read: CalendarReader): readonly Operation[] {
  const common = { tag: 'Settings', permission: 'agreements:read', method: 'GET' } as const;
  const list = { query: Type.Object(sortedQuery, closed), refusals: ['api.cursor-wrong'] } as const;
  return [
    operation({
      ...{ ...common, ...list, id: 'listCalendars', path: '/v1/calendars', summary: 'Calendars of holidays', answer: Page(Calendar) },
      async handle({ query }) {
        const times = await read();
        return {
          body: listed(
            times.calendars,
            query,
            ({ id }) => id,
            (each) => calendarShown(each, times),
          ),
        };
      },
    }),
    operation({
      ...{
        ...common,
        ...list,
        id: 'listTimeBands',
        path: '/v1/time-bands',
        summary: 'Times of day that prices differ by',
        answer: Page(Bands),
      },
      async handle({ query }) {
        const times = await read();
        return {
          body: listed(
            times.timeBands,
            query,
            ({ id }) => id,
            (each) => bandsShown(each, times),
          ),
        };
      },
    }),
  ];
}

function calendarShown({ id, dates }: HolidayCalendar, { origins, timeBands }: ConfiguredTimes): Static<typeof Calendar> {
  const from = origins.get(id);
  return {
    ...{ calendar: id, dates: [...dates], added: [...(from?.add ?? [])], removed: [...(from?.remove ?? [])] },
    ...(from === undefined ? {} : { country: from.country, fromYear: from.fromYear, toYear: from.toYear }),
    ...(from?.region === undefined ? {} : { region: from.region }),
    timeBands: timeBands.filter(({ calendar }) => calendar === id).map((set) => set.id),
  };
}

function bandsShown({ id, calendar, bands }: TimeBandSet, { tariffsOf }: ConfiguredTimes): Static<typeof Bands> {
  return {
    ...{ timeBands: id, tariffs: [...tariffsOf(id)] },
    ...(calendar === undefined ? {} : { calendar }),
    bands: bands.map(({ name, otherwise, ranges }) => ({
      ...{ band: name, otherwise },
      ranges: ranges.map(({ days, fromMinute, toMinute }) => ({ days: [...days], from: timeOf(fromMinute), to: timeOf(toMinute) })),
    })),
  };
}

function timeOf(minute: number): string {
  return `${String(Math.trunc(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
