/** Who is connected to the gateways, and how that goes; asked again while it is looked at. */
import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client, type components } from '../../client/client.ts';
import { wholeList } from '../../client/lists.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useTexts } from './texts.ts';

type Peer = components['schemas']['ChargingPeer'];
const LOOK_MS = 5_000;

/** `diameter with TLS at 127.0.0.1:5658`, as it is logged, without its English. */
const shownGateway = (listening: string): string => listening.replace(' with TLS', ' (TLS)').replace(' at ', ': ');

export function Peers() {
  const t = useTexts();
  const asked = useQuery({
    queryKey: ['charging-peers'],
    queryFn: () => client.GET('/v1/charging/peers').then(answered),
    refetchInterval: LOOK_MS,
  });
  const columns = useMemo(
    (): readonly Column<Peer>[] => [
      { id: 'peer', header: t('peer'), value: ({ peer }) => peer, width: 280 },
      {
        id: 'state',
        header: t('state'),
        value: ({ connections }) => t(connections > 0 ? 'connected' : 'gone'),
        cell: ({ connections }) => (
          <StateBadge state={connections > 0 ? 'settled' : 'wrong'}>{t(connections > 0 ? 'connected' : 'gone')}</StateBadge>
        ),
        filter: true,
      },
      { id: 'connections', header: t('connections'), value: ({ connections }) => String(connections), kind: 'figure' },
      { id: 'ended', header: t('ended'), value: ({ ended }) => String(ended), kind: 'figure' },
      { id: 'faulty', header: t('faulty'), value: ({ faultyRequests }) => String(faultyRequests), kind: 'figure', width: 180 },
    ],
    [t],
  );
  const { listening = [], refused = 0, strayAnswers = 0, failed = 0 } = asked.data ?? {};
  const isSilent = asked.data !== undefined && listening.length === 0;
  return (
    <Stack gap="sm" component="section" aria-label={t('peers')}>
      <Title order={2}>{t('peers')}</Title>
      {isSilent ? (
        <Text className="quiet">{t('noGateways')}</Text>
      ) : (
        <>
          {listening.length > 0 && (
            <Text className="quiet">
              <bdi>{listening.map(shownGateway).join(' · ')}</bdi>
            </Text>
          )}
          <DataTable
            {...{ name: 'peers', label: t('peers'), columns, isSmall: true }}
            list={wholeList({ ...asked, data: asked.data?.items })}
            rowKey={({ peer }) => peer}
            empty={<Empty title={t('peersNone')} />}
          />
          {asked.data !== undefined && (
            <Text className="quiet">
              {t('sinceStart', { refused: String(refused), stray: String(strayAnswers), failed: String(failed) })}
            </Text>
          )}
        </>
      )}
    </Stack>
  );
}
