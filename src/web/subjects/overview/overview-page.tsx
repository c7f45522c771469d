/** Is traffic normal, is money normal, what needs me today. */
import { Anchor, Group, Paper, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { client, type components } from '../../client/client.ts';
import { useLive } from '../../client/live.ts';
import { useMe } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Count, ShortAmount } from '../../parts/amount.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { formatFigure } from '../../parts/figures.ts';
import { IconChartLine } from '../../parts/icons.ts';
import { Day } from '../../parts/instant.tsx';
import { Page } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { Tile } from '../../parts/tile.tsx';
import { useUrl } from '../../parts/url-state.ts';
import { useLanguage } from '../../shell/language.ts';
import { Waiting } from '../../shell/waiting.tsx';
import { Attention } from './attention.tsx';
import { changeOf, daysTo, onDay, type Valued } from './days.ts';
import { useTexts } from './texts.ts';

export type Overview = components['schemas']['Overview'];

const DAYS = 14;
const WEEK = 7;

export function OverviewPage() {
  const t = useTexts();
  const { permissions } = useMe();
  if (!permissions.includes('overview:read')) return <Page title={t('title')}>{<Empty title={t('nothingForYou')} />}</Page>;
  return <Figures />;
}

function Figures() {
  const t = useTexts();
  const [{ on }, change] = useUrl();
  const asked = useQuery({
    queryKey: ['overview', on],
    queryFn: () => client.GET('/v1/overview', { params: { query: on === undefined ? {} : { on } } }).then(answered),
  });
  // As the stream's operation declares it. A day that was asked for does not move.
  const live = useLive('overview', (data) => data as Overview);
  const shown = on === undefined ? (live ?? asked.data) : asked.data;
  const charging = live?.charging ?? asked.data?.charging;
  if (asked.error !== null && shown === undefined)
    return (
      <Page title={t('title')}>
        <Fault error={asked.error} onRetry={() => void asked.refetch()} />
      </Page>
    );
  if (shown === undefined) return <Waiting />;
  const day = on ?? lastWhole(shown);
  const isWhole = on === undefined && day !== shown.on;
  return (
    <Page
      title={t('title')}
      actions={
        <>
          {on === undefined && live !== undefined && <StateBadge state="settled">{t('live')}</StateBadge>}
          <TextInput
            type="date"
            size="xs"
            aria-label={t('day')}
            value={day}
            max={new Date().toISOString().slice(0, 10)}
            onChange={(event) => change({ on: event.currentTarget.value })}
          />
          {on !== undefined && (
            <Anchor component="button" type="button" size="xs" onClick={() => change({ on: undefined })}>
              {t('newest')}
            </Anchor>
          )}
          {isWhole && (
            <Anchor component="button" type="button" size="xs" onClick={() => change({ on: shown.on })}>
              {t('soFar', { day: shown.on })}
            </Anchor>
          )}
        </>
      }
    >
      <Traffic shown={shown} day={day} isWhole={isWhole} />
      {charging !== undefined && (
        <SimpleGrid cols={{ base: 2, md: 4 }} spacing="md">
          <Tile label={t('sessions')} beside={t('now')}>
            <Count value={charging.sessions} />
          </Tile>
          <Tile label={t('requests')} beside={t('now')}>
            <Count value={charging.requestsPerSecond} />
          </Tile>
        </SimpleGrid>
      )}
      <Attention shown={shown} />
    </Page>
  );
}

/** The newest day is still being counted: shown is the one before it, where it has anything. */
function lastWhole({ on, traffic = [], money = [] }: Overview): string {
  const before = daysTo(on, 2)[0] ?? on;
  return [...traffic, ...money].some(({ day }) => day === before) ? before : on;
}

interface TrafficProps {
  readonly shown: Overview;
  readonly day: string;
  /** Nobody asked for this day: it is the last one that is whole. */
  readonly isWhole: boolean;
}

function Traffic({ shown, day: on, isWhole }: TrafficProps) {
  const t = useTexts();
  const language = useLanguage();
  const days = daysTo(on, DAYS);
  const of = (side: string): readonly Valued[] =>
    (shown.traffic ?? []).filter((each) => each.side === side).map(({ day, events }) => ({ day, value: String(events) }));
  const answeredOf = (shown.traffic ?? [])
    .filter(({ side }) => side === 'receivable')
    .map(({ day, answered }) => ({ day, value: String(answered) }));
  const money = Map.groupBy(shown.money ?? [], ({ side, currency }) => `${side} ${currency}`);
  const margin = Map.groupBy(shown.margin ?? [], ({ currency }) => currency);
  if (shown.traffic !== undefined && shown.traffic.length === 0) {
    return (
      <Paper withBorder>
        <Empty title={t('noTraffic')} icon={IconChartLine}>
          {t('noTrafficWhat')}
        </Empty>
      </Paper>
    );
  }
  const share = answeredShare(onDay(of('receivable'), on), onDay(answeredOf, on), language);
  return (
    <Stack gap="sm">
      <Group gap="sm" align="baseline">
        <Title order={2}>{t('trafficAndMoney')}</Title>
        <Text className="quiet">
          <Day day={on} />
          {isWhole ? ` · ${t('lastWhole')}` : ''}
        </Text>
      </Group>
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="md">
        {shown.traffic !== undefined && (
          <>
            <FigureTile label={t('callsIn')} figures={of('receivable')} days={days} />
            <FigureTile label={t('callsOut')} figures={of('payable')} days={days} />
            <Tile label={t('answered')} beside={t('ofCallsIn')}>
              {share}
            </Tile>
          </>
        )}
        {[...money]
          .toSorted(([a], [b]) => (order(a) < order(b) ? -1 : 1))
          .map(([key, all]) => {
            const { side, currency } = all[0] ?? { side: 'receivable', currency: '' };
            const label = t(side === 'receivable' ? 'earned' : 'owed', { currency });
            return (
              <FigureTile
                key={key}
                label={label}
                currency={currency}
                figures={all.map(({ day, amount }) => ({ day, value: amount }))}
                days={days}
              />
            );
          })}
        {[...margin].map(([currency, all]) => (
          <FigureTile
            key={currency}
            label={t('margin', { currency })}
            currency={currency}
            figures={all.map(({ day, amount }) => ({ day, value: amount }))}
            days={days}
          />
        ))}
      </SimpleGrid>
    </Stack>
  );
}

interface FigureTileProps {
  readonly label: string;
  readonly figures: readonly Valued[];
  readonly days: readonly string[];
  readonly currency?: string;
}

function FigureTile({ label, figures, days, currency }: FigureTileProps) {
  const t = useTexts();
  const now = onDay(figures, days.at(-1) ?? '');
  const before = onDay(figures, days.at(-1 - WEEK) ?? '');
  const changed = changeOf(now, before);
  return (
    <Tile
      label={label}
      line={{ values: days.map((day) => Number(onDay(figures, day))), label: t('twoWeeks', { label }) }}
      beside={
        changed === undefined ? (
          t('nothingThen')
        ) : (
          <Group gap={4}>
            <Text component="span" size="xs" fw={500}>
              {changed > 0 ? '+' : changed < 0 ? '\u2212' : '±'}
              {Math.abs(changed)} %
            </Text>
            {t('sinceLastWeek')}
          </Group>
        )
      }
    >
      <ShortAmount value={now} {...(currency === undefined ? {} : { currency })} />
    </Tile>
  );
}

/** By currency, what is receivable first. */
function order(key: string): string {
  const [side = '', currency = ''] = key.split(' ');
  return `${currency} ${side === 'receivable' ? 0 : 1}`;
}

function answeredShare(events: string, answeredEvents: string, language: string): string {
  const all = Number(events);
  return all === 0 ? '—' : `${formatFigure(((Number(answeredEvents) / all) * 100).toFixed(1), { language, decimals: 1 })} %`;
}
