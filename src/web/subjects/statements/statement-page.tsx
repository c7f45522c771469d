/** A statement: the net, and its lines, each a door to its events. */
import { Anchor, Button, Group, Modal, Paper, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { wholeList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Amount } from '../../parts/amount.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { formatFigure } from '../../parts/figures.ts';
import { JobWatch } from '../../parts/job-watch.tsx';
import { Page } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useLanguage } from '../../shell/language.ts';
import { useShellTexts } from '../../shell/texts.ts';
import { useTexts } from '../month/texts.ts';
import { useWord } from '../words/words.ts';

type Line = components['schemas']['StatementLine'];
type Net = components['schemas']['StatementLines']['net'][number];

export function StatementPage() {
  const t = useTexts();
  const word = useWord();
  const may = useMay();
  const shell = useShellTexts();
  const language = useLanguage();
  const { agreement, period } = useParams({ strict: false }) as { agreement: string; period: string }; // of its route
  const path = { agreement, period };
  const lines = useQuery({
    queryKey: ['statements', agreement, period],
    queryFn: () => client.GET('/v1/agreements/{agreement}/statements/{period}/lines', { params: { path } }).then(answered),
    retry: false,
  });
  const verify = useChange({
    send: (given: typeof path, { key }) =>
      client
        .POST('/v1/agreements/{agreement}/statements/{period}/verifications', {
          params: { path: given, header: { 'Idempotency-Key': key } },
        })
        .then(answered),
  });
  const columns = useMemo(
    (): readonly Column<Line>[] => [
      { id: 'line', header: t('line'), kind: 'figure', value: ({ line }) => line, width: 70 },
      { id: 'side', header: t('side'), value: ({ side }) => t(side === 'receivable' ? 'theyOwe' : 'weOwe'), width: 110, filter: true },
      { id: 'service', header: t('service'), value: ({ service }) => word(service), width: 90, filter: true },
      {
        id: 'destination',
        header: t('destination'),
        value: ({ destination, explanation }) => destination || explanation,
        width: 220,
        filter: true,
      },
      {
        id: 'condition',
        header: t('condition'),
        value: ({ band, condition }) => [band, condition].filter((each) => each !== '').join(', '),
        filter: true,
      },
      {
        id: 'price',
        header: t('price'),
        kind: 'text',
        value: ({ price, per }) => (price === undefined ? '' : per === '' ? price : `${price} / ${per}`),
        cell: ({ price, per }) =>
          price === undefined ? null : (
            <bdi dir="ltr">{[formatFigure(price, { language, decimals: 2 }), ...(per === '' ? [] : [per])].join(' / ')}</bdi>
          ),
        width: 130,
      },
      {
        id: 'terms',
        header: t('terms'),
        value: ({ increments, terms }) => [increments, ...terms].filter((each) => each).join('; '),
        width: 160,
      },
      { id: 'events', header: t('events'), kind: 'figure', value: ({ events }) => events, total: true, width: 100 },
      {
        id: 'answered',
        header: t('answeredEvents'),
        kind: 'figure',
        value: ({ answered: count }) => count,
        total: true,
        width: 100,
        isHidden: true,
      },
      { id: 'billed', header: t('billed'), kind: 'figure', value: ({ billed }) => billed, width: 110 },
      {
        id: 'amount',
        header: t('amount'),
        kind: 'amount',
        value: ({ amount }) => amount,
        currency: ({ currency }) => currency,
      },
    ],
    [t, word, language],
  );
  const file = `/v1/agreements/${encodeURIComponent(agreement)}/statements/${encodeURIComponent(period)}`;
  const { data } = lines;
  return (
    <Page
      title={`${agreement} ${period}`}
      above={[
        <Link key="statements" to="/statements">
          {t('statements')}
        </Link>,
      ]}
      detail={
        data !== undefined && (
          <Group gap="sm">
            <Text>
              {data.party.name} · {data.period.from} – {t('before', { day: data.period.to })}
            </Text>
            {data.provisional && <StateBadge state="attention">{t('provisional')}</StateBadge>}
          </Group>
        )
      }
      actions={
        <>
          <Anchor href={`${file}/pdf`}>{t('pdf')}</Anchor>
          <Anchor href={`${file}/csv`}>{t('csv')}</Anchor>
          {may('disputes:read') && (
            <Link to="/reconciliation/$agreement/$period" params={path}>
              {t('reconcile')}
            </Link>
          )}
          <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate(path)}>
            {t('verify')}
          </Button>
        </>
      }
    >
      {lines.error !== null && <Fault error={lines.error} onRetry={() => void lines.refetch()} />}
      {verify.error !== null && <Fault error={verify.error} />}
      {lines.isPending && <Skeleton height={96} />}
      {data !== undefined && (
        <SimpleGrid cols={{ base: 1, md: Math.max(1, Math.min(3, data.net.length)) }}>
          {data.net.map((net) => (
            <NetTile key={net.currency} net={net} party={data.party.name} />
          ))}
        </SimpleGrid>
      )}
      {lines.error === null && (
        <DataTable
          name="statement-lines"
          label={t('lines')}
          list={wholeList({ ...lines, data: data?.lines })}
          columns={columns}
          rowKey={({ line }) => String(line)}
          open={({ line }) => ({ to: '/statements/$agreement/$period/$line', params: { agreement, period, line: String(line) } })}
          empty={<Empty title={t('linesEmpty')}>{t('linesEmptyWhat')}</Empty>}
        />
      )}
      <Modal
        opened={verify.data !== undefined}
        onClose={() => verify.reset()}
        title={t('verify')}
        closeButtonProps={{ 'aria-label': shell('close') }}
      >
        {verify.data !== undefined && (
          <JobWatch job={verify.data.job} summary={({ events }) => <Text>{t('verified', { events: Number(events) })}</Text>} />
        )}
      </Modal>
    </Page>
  );
}

function NetTile({ net, party }: { readonly net: Net; readonly party: string }) {
  const t = useTexts();
  const { currency, receivable, payable, toPay, owes } = net;
  const row = (what: string, value: string) => (
    <Group justify="space-between">
      <Text className="quiet">{what}</Text>
      <Amount value={value} currency={currency} />
    </Group>
  );
  return (
    <Paper withBorder p="md" radius="md">
      <Stack gap={4}>
        {row(t('theyOwe'), receivable)}
        {row(t('weOwe'), payable)}
        <Group justify="space-between">
          <Text fw={600}>
            {owes === 'nobody' ? t('nobodyPays') : owes === 'partner' ? t('partnerPays', { party }) : t('wePay', { party })}
          </Text>
          <Text fw={600} component="span">
            <Amount value={toPay} currency={currency} />
          </Text>
        </Group>
      </Stack>
    </Paper>
  );
}
