/** Which days are holidays, and the times of day that prices differ by. */
import { Badge, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useUrl } from '../../parts/url-state.ts';
import { type Language, useLanguage } from '../../shell/language.ts';
import { today } from '../month/today.ts';
import { useTexts } from './texts.ts';
import { Ways } from './ways.tsx';

type Calendar = components['schemas']['Calendar'];
type Band = components['schemas']['TimeBands']['bands'][number] & { readonly timeBands: string; readonly tariffs: readonly string[] };

export function CalendarsPage() {
  const t = useTexts();
  const language = useLanguage();
  const calendars = useList(['calendars'], (cursor) =>
    client.GET('/v1/calendars', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const sets = useList(['time-bands'], (cursor) =>
    client.GET('/v1/time-bands', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const columns = useMemo((): readonly Column<Calendar>[] => {
    const countries = new Intl.DisplayNames(language, { type: 'region' });
    return [
      { id: 'calendar', header: t('calendar'), value: ({ calendar }) => calendar, width: 160 },
      {
        id: 'holidaysOf',
        header: t('holidaysOf'),
        value: ({ country, region }) =>
          country === undefined ? t('oneByOne') : [countries.of(country), region].filter((each) => each !== undefined).join(', '),
        width: 200,
      },
      {
        id: 'years',
        header: t('years'),
        value: ({ fromYear, toYear }) => (fromYear === undefined ? undefined : `${fromYear}–${toYear}`),
        width: 110,
      },
      { id: 'days', header: t('days'), value: ({ dates }) => dates.length, kind: 'figure', width: 80 },
      { id: 'next', header: t('nextHoliday'), value: ({ dates }) => dates.find((day) => day >= today()), kind: 'day', width: 130 },
      { id: 'added', header: t('addedDays'), value: ({ added }) => added.join(', '), wraps: true, width: 200 },
      { id: 'removed', header: t('removedDays'), value: ({ removed }) => removed.join(', '), wraps: true, width: 200 },
      { id: 'asked', header: t('askedBy'), value: ({ timeBands }) => timeBands.join(', '), width: 180 },
    ];
  }, [t, language]);
  const bands = useMemo(
    (): readonly Column<Band>[] => [
      { id: 'set', header: t('timeBands'), value: ({ timeBands }) => timeBands, filter: true, width: 160 },
      { id: 'band', header: t('band'), value: ({ band }) => band, width: 140 },
      { id: 'when', header: t('when'), value: (band) => whenOf(band, t, language), wraps: true, width: 420 },
      { id: 'tariffs', header: t('tariffs'), value: ({ tariffs }) => tariffs.join(', '), wraps: true, width: 320 },
    ],
    [t, language],
  );
  const rows = sets.rows.flatMap(({ bands: all, ...set }) => all.map((band): Band => ({ ...set, ...band })));
  return (
    <Page title={t('calendars')} detail={t('calendarsWhat')}>
      <Ways here="/settings/calendars" />
      <DataTable
        {...{ name: 'calendars', label: t('calendars'), list: calendars, columns, isSmall: true }}
        rowKey={({ calendar }) => calendar}
        empty={<Empty title={t('noCalendars')}>{t('noCalendarsWhat')}</Empty>}
      />
      {calendars.rows.length > 0 && <Year calendars={calendars.rows} />}
      <Title order={2}>{t('timeBands')}</Title>
      <DataTable
        {...{ name: 'time-bands', label: t('timeBands'), list: { ...sets, rows }, columns: bands, isSmall: true }}
        rowKey={({ timeBands, band }) => `${timeBands} ${band}`}
        empty={<Text className="quiet">{t('noTimeBands')}</Text>}
      />
    </Page>
  );
}

/** The holidays of a year of one of them. */
function Year({ calendars }: { readonly calendars: readonly Calendar[] }) {
  const t = useTexts();
  const language = useLanguage();
  const [url, change] = useUrl();
  const chosen = calendars.find(({ calendar }) => calendar === url.calendar) ?? calendars[0];
  const years = [...new Set(chosen?.dates.map((day) => day.slice(0, 4)))];
  const year = years.find((each) => each === url.year) ?? years.find((each) => each === today().slice(0, 4)) ?? years[0];
  const named = new Intl.DateTimeFormat(`${language}-u-nu-latn`, { weekday: 'short', timeZone: 'UTC' });
  return (
    <Stack gap="sm" component="section" aria-label={t('holidays')}>
      <Group gap="sm" align="end">
        <NativeSelect
          {...{ label: t('calendar'), size: 'xs', value: chosen?.calendar ?? '', data: calendars.map(({ calendar }) => calendar) }}
          onChange={(event) => change({ calendar: event.currentTarget.value })}
        />
        <NativeSelect
          {...{ label: t('year'), size: 'xs', value: year ?? '', data: years }}
          onChange={(event) => change({ year: event.currentTarget.value })}
        />
      </Group>
      <Group gap="xs">
        {chosen?.dates
          .filter((day) => day.slice(0, 4) === year)
          .map((day) => (
            <Badge key={day} variant="default" tt="none" fw={500} className="figure">
              <bdi dir="ltr">{day}</bdi> {named.format(new Date(`${day}T00:00:00Z`))}
            </Badge>
          ))}
      </Group>
    </Stack>
  );
}

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** A Monday. */
const MONDAY = Date.UTC(2026, 10, 23);
const DAY_MS = 86_400_000;

function whenOf({ ranges, otherwise }: Band, t: ReturnType<typeof useTexts>, language: Language): string {
  const named = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  const day = (kind: string): string => (kind === 'holiday' ? t('holiday') : named.format(new Date(MONDAY + WEEK.indexOf(kind) * DAY_MS)));
  const said = ranges.map(({ days, from, to }) => `${days.map(day).join(', ')} \u2066${from}–${to}\u2069`);
  return [...said, ...(otherwise ? [t('otherwise')] : [])].join('; ');
}
