/** One netting: its items, what is set off of each, what remains, who confirmed. */
import { Anchor, Button, Group, Paper, SimpleGrid, Skeleton, Stack, Text, Textarea, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { type Seen, seen } from '../../client/seen.ts';
import { Amount } from '../../parts/amount.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Page } from '../../parts/page.tsx';
import { Said } from '../../parts/said.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { usePartyName } from '../month/agreements.ts';
import { useTexts } from '../month/texts.ts';

type Netting = components['schemas']['Netting'];
type Item = Netting['items'][number];
type Way = 'us' | 'them' | 'cancel';

export function NettingPage() {
  const t = useTexts();
  const may = useMay();
  const nameOf = usePartyName();
  const { netting: id } = useParams({ strict: false }) as { netting: string }; // of its route
  const [way, setWay] = useState<Way>();
  const found = useQuery({ queryKey: ['nettings', id], queryFn: () => readNetting(id), retry: false });
  const data = found.data?.data;
  const columns = useMemo(
    (): readonly Column<Item>[] => [
      { id: 'document', header: t('document'), value: ({ document }) => document, width: 180 },
      { id: 'side', header: t('side'), value: ({ side }) => t(side === 'receivable' ? 'theyOwe' : 'weOwe'), filter: true, width: 110 },
      { id: 'account', header: t('account'), value: ({ account }) => account, filter: true },
      { id: 'dueDay', header: t('dueOn'), kind: 'day', value: ({ dueDay }) => dueDay, width: 120 },
      { id: 'open', header: t('openAmount'), kind: 'amount', value: ({ open }) => open, currency: ({ currency }) => currency },
      {
        id: 'worth',
        header: t('worth'),
        kind: 'amount',
        value: ({ worth }) => worth,
        currency: () => data?.currency ?? '',
        total: true,
      },
      {
        id: 'setOff',
        header: t('setOff'),
        kind: 'amount',
        value: ({ setOff }) => setOff,
        currency: () => data?.currency ?? '',
        total: true,
      },
    ],
    [t, data?.currency],
  );
  const confirmed = new Set(data?.confirmations.map(({ side }) => side));
  const isOpen = data?.state === 'proposed';
  return (
    <Page
      title={id}
      above={[
        <Link key="all" to="/netting">
          {t('netting')}
        </Link>,
      ]}
      detail={
        data !== undefined && (
          <Group gap="sm">
            <Text>
              <Said>{nameOf(data.party)}</Said>
            </Text>
            <StateBadge state={data.state === 'agreed' ? 'settled' : data.state === 'cancelled' ? 'attention' : 'open'}>
              {t(`netting_${data.state}`)}
            </StateBadge>
          </Group>
        )
      }
      actions={
        <>
          <Anchor href={`/v1/nettings/${id}/pdf`}>{t('pdf')}</Anchor>
          {isOpen && may('payments:manage') && (
            <Button variant="default" onClick={() => setWay('cancel')}>
              {t('cancelNetting')}
            </Button>
          )}
          {isOpen && may('payments:approve') && !confirmed.has('us') && <Button onClick={() => setWay('us')}>{t('confirmUs')}</Button>}
          {isOpen && may('payments:approve') && !confirmed.has('them') && (
            <Button onClick={() => setWay('them')}>{t('confirmThem')}</Button>
          )}
        </>
      }
    >
      {found.error !== null && <Fault error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Skeleton height={320} />}
      {data !== undefined && (
        <>
          <SimpleGrid cols={{ base: 2, md: 4 }}>
            {(
              [
                ['theyOwe', data.receivable],
                ['weOwe', data.payable],
                ['setOff', data.setOff],
                ['remainder', data.remainder],
              ] as const
            ).map(([name, value]) => (
              <Paper key={name} withBorder p="md" radius="md">
                <Text className="quiet">{t(name)}</Text>
                <Amount value={value} currency={data.currency} />
              </Paper>
            ))}
          </SimpleGrid>
          <DataTable
            name="netting-items"
            label={t('items')}
            list={{
              rows: data.items,
              isLoading: false,
              isLoadingMore: false,
              hasMore: false,
              error: null,
              loadMore: async () => undefined,
              retry: () => undefined,
            }}
            columns={columns}
            rowKey={({ document, side, account, currency }) => `${account} ${document} ${side} ${currency}`}
            open={({ document, side }) =>
              side === 'receivable'
                ? { to: '/invoices/$number', params: { number: document } }
                : { to: '/ledger/entries', search: { document } }
            }
            empty={<Empty title={t('linesEmpty')} />}
          />
          <Paper withBorder p="md" radius="md">
            <Stack gap="xs">
              <Title order={2} size="h4">
                {t('confirmations')}
              </Title>
              {data.confirmations.length === 0 && <Text className="quiet">{t('nobodyConfirmed')}</Text>}
              {data.confirmations.map(({ side, by, why }) => (
                <Text key={side} style={{ overflowWrap: 'anywhere' }}>
                  {t(side)}: {by} · {why}
                </Text>
              ))}
              {data.rates.map(({ currency, rate, source, day }) => (
                <Text key={currency} className="quiet">
                  1 {currency} = {rate} {data.currency} ({source}, {day})
                </Text>
              ))}
            </Stack>
          </Paper>
        </>
      )}
      {way !== undefined && found.data !== undefined && <WhyDialog id={id} way={way} now={found.data} onLeave={() => setWay(undefined)} />}
    </Page>
  );
}

const readNetting = (netting: string) => client.GET('/v1/nettings/{netting}', { params: { path: { netting } } }).then(seen);

interface WhyProps {
  readonly id: string;
  readonly way: Way;
  /** As it was on the page when this was opened. */
  readonly now: Seen<Netting>;
  readonly onLeave: () => void;
}

function WhyDialog({ id, way, now, onLeave }: WhyProps) {
  const t = useTexts();
  const [from, setFrom] = useState(now);
  const [why, setWhy] = useState('');
  const decide = useChange({
    of: {
      ...{ seen: from, read: () => readNetting(id), take: setFrom, subject: { kind: 'netting', id } },
      shows: (of) => [
        [t('state'), t(`netting_${of.state}`)],
        [t('setOff'), `${of.setOff} ${of.currency}`],
        [t('remainder'), `${of.remainder} ${of.currency}`],
        [t('confirmations'), of.confirmations.map(({ side, by, why: said }) => `${t(side)}: ${by} · ${said}`).join(', ')],
      ],
    },
    send: (words: { why: string; way: Way }, { key, match }) => {
      const params = { path: { netting: id }, header: { 'Idempotency-Key': key, ...match } };
      return words.way === 'cancel'
        ? client.POST('/v1/nettings/{netting}/cancellations', { params, body: { why: words.why } }).then(answered)
        : client.POST('/v1/nettings/{netting}/confirmations', { params, body: { why: words.why, side: words.way } }).then(answered);
    },
    changes: [['nettings'], ['ledger'], ['periods']],
    onDone: onLeave,
  });
  const title = t(way === 'cancel' ? 'cancelNetting' : way === 'us' ? 'confirmUs' : 'confirmThem');
  return (
    <FormDialog
      {...{ title, action: title, opened: true, onClose: onLeave, error: decide.error, isSending: decide.isPending }}
      isReady={why.trim() !== ''}
      onSubmit={() => decide.mutate({ why: why.trim(), way })}
    >
      <Textarea
        required
        autosize
        minRows={2}
        maxLength={2000}
        label={t('reason')}
        description={t('nettingWhy')}
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
