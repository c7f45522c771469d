/** One record on its way: as it was delivered, as it was read, what it costs and why, and where its money is. */
import { Anchor, Button, Code, Group, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Fragment, type ReactNode, useState } from 'react';
import { client, type components } from '../../client/client.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Amount } from '../../parts/amount.tsx';
import { AskMenu } from '../../parts/asked.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Go } from '../../parts/go.tsx';
import { Instant } from '../../parts/instant.tsx';
import { Page } from '../../parts/page.tsx';
import { Scrolling } from '../../parts/scrolling.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { Steps } from '../said/steps.tsx';
import { AddRate, type MissingRate } from '../suspense/add-rate.tsx';
import { useWord } from '../words/words.ts';
import { correctAsk, joinAsk, releaseAsk } from './asks.tsx';
import { useTexts } from './texts.ts';
import { stateOf } from './usage-page.tsx';

type Trace = components['schemas']['UsageTrace'];

export function RecordPage() {
  const t = useTexts();
  const may = useMay();
  const word = useWord();
  // Kept above what waits: a record that was rated by it waits no longer, and what came of it is still to be read.
  const [adding, setAdding] = useState<MissingRate>();
  const { record = '' } = useParams({ strict: false });
  const found = useQuery({
    queryKey: ['usage-record', record],
    queryFn: () => client.GET('/v1/usage/records/{record}', { params: { path: { record } } }).then(answered),
  });
  const trace = useQuery({
    queryKey: ['usage-trace', record],
    queryFn: () => client.GET('/v1/usage/records/{record}/trace', { params: { path: { record } } }).then(answered),
  });
  const [first] = found.data?.items ?? [];
  const isCharged = first?.status === 'rated' && first.charges.length > 0;
  const why = useQuery({
    queryKey: ['usage-explanation', record],
    queryFn: () => client.GET('/v1/usage/explanations/{charge}', { params: { path: { charge: record } } }).then(answered),
    enabled: isCharged,
  });
  // What was read of it, of which it can be said what it really is.
  const mayMend = may('usage:manage') && (first?.status === 'held' || first?.status === 'rated');
  const asks = mayMend
    ? [
        correctAsk(
          t,
          record,
          (trace.data?.fields ?? []).map(({ field }) => field),
        ),
        ...(first.reason === 'usage.part-late' ? [joinAsk(t, { records: [record] })] : []),
        ...(first.reason?.startsWith('screening.') ? [releaseAsk(t, { records: [record] })] : []),
      ]
    : [];
  const above = [
    <Anchor key="usage" component={Link} to="/usage">
      {t('title')}
    </Anchor>,
  ];
  return (
    <Page
      title={t('recordTitle', { record })}
      above={above}
      detail={first === undefined ? undefined : <StateBadge state={stateOf[first.status]}>{t(first.status)}</StateBadge>}
      actions={asks.length > 0 && <AskMenu asks={asks} />}
    >
      {adding !== undefined && <AddRate missing={adding} onClose={() => setAdding(undefined)} />}
      {found.isPending && <Skeleton height={320} />}
      {found.error !== null && <Fault error={found.error} onRetry={() => void found.refetch()} />}
      {first !== undefined && (
        <Stack gap="lg">
          <Pairs
            rows={[
              [t('start'), first.event === undefined ? '' : <Instant key="start" at={first.event.start} />],
              [t('caller'), first.event?.calling ?? ''],
              [t('called'), first.event?.called ?? ''],
              [t('seconds'), first.event?.seconds ?? ''],
              [t('answered'), first.event === undefined ? '' : t(first.event.answered ? 'yes' : 'no')],
              [t('trunkIn'), first.event?.trunkIn ?? ''],
              [t('trunkOut'), first.event?.trunkOut ?? ''],
              [t('callId'), first.callId ?? ''],
              [t('source'), first.source],
              [t('file'), first.file],
            ]}
          />
          {first.reason !== undefined && (
            <Section title={t('missing')}>
              <Text>
                <Code>{first.reason}</Code> {first.detail}
              </Text>
              <Group gap="sm">
                {first.rate !== undefined && may('rates:manage') && <Button onClick={() => setAdding(first.rate)}>{t('addRate')}</Button>}
                <Anchor renderRoot={(props) => <Link {...props} to="/suspense" search={() => ({ 'only.reason': first.reason ?? '' })} />}>
                  {t('fix')}
                </Anchor>
              </Group>
            </Section>
          )}
          <Section title={t('raw')}>
            {first.raw === undefined ? (
              <Text className="quiet">{t('rawGone')}</Text>
            ) : (
              <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                {written(first.raw)}
              </Code>
            )}
          </Section>
          {trace.isPending && <Skeleton height={160} />}
          {trace.error !== null && <Fault error={trace.error} onRetry={() => void trace.refetch()} />}
          {trace.data !== undefined && <Reading trace={trace.data} />}
          <Section title={t('charges')}>
            {isCharged && why.isPending && <Skeleton height={64} />}
            {!isCharged && <Text className="quiet">{t('noCharges')}</Text>}
            {why.error !== null && <Fault error={why.error} onRetry={() => void why.refetch()} />}
            {(why.data?.charges ?? []).map(({ charge, agreement, role, due, explained, asBooked }) => (
              <Stack key={charge} gap={4}>
                <Text>
                  <b>
                    <Amount value={due.amount} currency={due.currency} />
                  </b>{' '}
                  {word(role)} · <AgreementLink agreement={agreement} />
                </Text>
                <Steps steps={explained} />
                <StateBadge state={asBooked ? 'settled' : 'wrong'}>{t(asBooked ? 'asBooked' : 'notAsBooked')}</StateBadge>
              </Stack>
            ))}
          </Section>
          {trace.data !== undefined && trace.data.billed.length > 0 && <Where billed={trace.data.billed} />}
        </Stack>
      )}
    </Page>
  );
}

/** JSON line by line, where nothing of it is written otherwise by that. */
function written(raw: string): string {
  try {
    const read: unknown = JSON.parse(raw);
    const isSame = JSON.stringify(read) === raw.trim();
    return isSame && typeof read === 'object' ? JSON.stringify(read, undefined, 2) : raw;
  } catch {
    return raw;
  }
}

function Reading({ trace: { fields, normalised, found } }: { readonly trace: Trace }) {
  const t = useTexts();
  return (
    <>
      {fields !== undefined && (
        <Section title={t('fields')}>
          <Grid
            label={t('fields')}
            head={[t('fields'), t('column'), t('written'), t('read')]}
            rows={fields.map(({ field, columns, value }) => [
              field,
              columns.map(({ name }) => name).join(', '),
              columns.map(({ text }) => text).join(' · '),
              value ?? '',
            ])}
          />
        </Section>
      )}
      <Section title={t('normalised')}>
        {normalised.length === 0 ? (
          <Text className="quiet">{t('nothingChanged')}</Text>
        ) : (
          <Grid
            label={t('normalised')}
            head={[t('fields'), t('written'), t('read'), t('why')]}
            rows={normalised.map(({ what, from, to, why }) => [what, from, to, why])}
          />
        )}
      </Section>
      {found.length > 0 && (
        <Section title={t('found')}>
          <Pairs rows={found.map(({ name, text }) => [name, text])} />
        </Section>
      )}
    </>
  );
}

function Where({ billed }: { readonly billed: Trace['billed'] }) {
  const t = useTexts();
  return (
    <Section title={t('where')}>
      <Grid
        label={t('where')}
        head={[t('agreement'), t('tariff'), t('destination'), t('day'), t('period'), t('documents')]}
        rows={billed.map(({ agreement, tariff, destination, day, period, documents }) => [
          <AgreementLink key="agreement" agreement={agreement} />,
          <TariffLink key="tariff" {...{ agreement, tariff }} />,
          ...[destination, day],
          period === undefined ? (
            <StateBadge key="open" state="open">
              {t('openPeriod')}
            </StateBadge>
          ) : (
            <StatementLink key="statement" {...{ agreement, period }} />
          ),
          <DocumentLinks key="documents" numbers={documents.map(({ number }) => number)} />,
        ])}
      />
    </Section>
  );
}

/** To its versions, where whoever looks may see them. */
function AgreementLink({ agreement }: { readonly agreement: string }) {
  return useMay()('agreements:read') ? (
    // It stands in a sentence: it is told by more than its colour.
    <Go href={`/agreements/${encodeURIComponent(agreement)}`} underline="always">
      {agreement}
    </Go>
  ) : (
    agreement
  );
}

/** To the rate sheets of which its prices are. */
function TariffLink({ agreement, tariff }: { readonly agreement: string; readonly tariff: string }) {
  const href = `/rate-sheets?${new URLSearchParams({ 'only.agreement': agreement, 'only.tariff': tariff })}`;
  return useMay()('rates:read') ? <Go href={href}>{tariff}</Go> : tariff;
}

function StatementLink({ agreement, period }: { readonly agreement: string; readonly period: string }) {
  const href = `/statements/${encodeURIComponent(agreement)}/${encodeURIComponent(period)}`;
  return useMay()('settlement:read') ? <Go href={href}>{period}</Go> : period;
}

function DocumentLinks({ numbers }: { readonly numbers: readonly string[] }) {
  const may = useMay()('documents:read');
  return numbers.map((number, at) => (
    <Fragment key={number}>
      {at > 0 && ', '}
      {may ? <Go href={`/invoices/${encodeURIComponent(number)}`}>{number}</Go> : number}
    </Fragment>
  ));
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Stack gap="xs" component="section">
      <Title order={2}>{title}</Title>
      {children}
    </Stack>
  );
}

function Pairs({ rows }: { readonly rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <Table verticalSpacing={6} maw={720}>
      <Table.Tbody>
        {rows
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" w={200} fw={400} className="quiet">
                {name}
              </Table.Th>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{typeof value === 'string' ? <bdi>{value}</bdi> : value}</Table.Td>
            </Table.Tr>
          ))}
      </Table.Tbody>
    </Table>
  );
}

function Grid({
  label,
  head,
  rows,
}: {
  readonly label: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly ReactNode[])[];
}) {
  return (
    <Scrolling label={label}>
      <Table verticalSpacing={6} miw={560}>
        <Table.Thead>
          <Table.Tr>
            {head.map((title) => (
              <Table.Th key={title} scope="col">
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name than their place
            <Table.Tr key={at}>
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: they have no other name than their place
                <Table.Td key={column}>{cell}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scrolling>
  );
}
