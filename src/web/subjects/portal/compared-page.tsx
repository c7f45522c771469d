/** A declaration of theirs beside our figures: what differs, by cause, and where. */
import { Button, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { client, type components } from '../../client/client.ts';
import { rowsOf } from '../../client/lists.ts';
import { answered } from '../../client/problem.ts';
import { comparedColumns } from '../../parts/compared-columns.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { IconDownload } from '../../parts/icons.ts';
import { Day } from '../../parts/instant.tsx';
import { Page } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { DataTable } from '../../parts/table/data-table.tsx';
import { Causes, isNothing, TwoSides } from '../../parts/two-sides.tsx';
import { serviceText } from './said.ts';
import { useTexts } from './texts.ts';

type Compared = components['schemas']['PortalReconciliation'];

export function ComparedPage() {
  const t = useTexts();
  const { declaration } = useParams({ strict: false }) as { declaration: string }; // of its route
  const compared = useQuery({
    queryKey: ['portal', 'compared', declaration],
    queryFn: () => client.GET('/v1/portal/declarations/{declaration}/reconciliation', { params: { path: { declaration } } }).then(answered),
    retry: false,
  });
  const { data } = compared;
  return (
    <Page
      title={t('comparedTitle', { declaration })}
      above={[
        <Link key="send" to="/portal/send">
          {t('sendTitle')}
        </Link>,
      ]}
      detail={data !== undefined && <Facts of={data} />}
      actions={
        <Button
          {...{ component: 'a' as const, variant: 'default', leftSection: <IconDownload size={16} aria-hidden /> }}
          href={`/v1/portal/declarations/${encodeURIComponent(declaration)}/reconciliation/file`}
          download
        >
          CSV
        </Button>
      }
    >
      {compared.error !== null && <Fault error={compared.error} onRetry={() => void compared.refetch()} />}
      {compared.isPending && <Skeleton height={320} />}
      {data !== undefined && <Sides of={data} />}
      {data !== undefined && <Why of={data} />}
      {data !== undefined && <Lines of={data} />}
    </Page>
  );
}

function Facts({ of: { agreement, service, side, period, difference } }: { readonly of: Compared }) {
  const t = useTexts();
  const isSame = isNothing(difference);
  return (
    <Group gap="sm">
      <StateBadge state={isSame ? 'settled' : 'attention'}>{t(isSame ? 'noDifference' : 'differs')}</StateBadge>
      <bdi>{agreement}</bdi>
      <span>{t(serviceText(service))}</span>
      <span>{t(side === 'receivable' ? 'yourTraffic' : 'ourTraffic')}</span>
      <span>
        <Day day={period.from} /> – <Day day={period.to} />
      </span>
    </Group>
  );
}

function Sides({ of: { ours, theirs, difference, currency } }: { readonly of: Compared }) {
  const t = useTexts();
  return (
    <Paper component="section" withBorder p="md" aria-label={t('bothSides')}>
      <TwoSides
        {...{ difference, currency, words: { calls: t('calls'), amount: t('amount'), difference: t('difference') } }}
        sides={[
          [t('you'), theirs],
          [t('operator'), ours],
        ]}
      />
    </Paper>
  );
}

function Why({ of: { causes, unexplained, currency, difference } }: { readonly of: Compared }) {
  const t = useTexts();
  if (isNothing(difference) && causes.length === 0) return null;
  return (
    <Paper component="section" withBorder p="md" aria-label={t('whyDifferent')}>
      <Stack gap="sm">
        <Title order={2}>{t('whyDifferent')}</Title>
        <Causes {...{ causes, currency }} rest={[t('notExplained'), unexplained]} kind={({ cause }) => t(`differs_${cause}`)} />
      </Stack>
    </Paper>
  );
}

function Lines({ of: { declaration, lines, differing, lineCount, currency } }: { readonly of: Compared }) {
  const t = useTexts();
  const columns = useMemo(
    () =>
      comparedColumns(
        {
          ...{ destination: t('destination'), time: t('day'), state: t('state'), difference: t('difference') },
          stateOf: (state) => t(`line_${state}`),
        },
        [
          { of: 'theirs', calls: t('yourCalls'), amount: t('you') },
          { of: 'ours', calls: t('ourCalls'), amount: t('operator') },
        ],
        currency,
      ),
    [t, currency],
  );
  return (
    <Stack gap="sm">
      <Title order={2}>{t('linesThatDiffer')}</Title>
      <Text className="quiet">
        {t('linesShown', { shown: String(lines.length), differing: String(differing), all: String(lineCount) })}
      </Text>
      <DataTable
        {...{ name: `portal-compared-${declaration}`, label: t('linesThatDiffer'), columns, isSmall: true }}
        list={rowsOf(lines)}
        rowKey={({ line }) => String(line)}
        empty={<Empty title={t('noLineDiffers')} />}
      />
    </Stack>
  );
}
