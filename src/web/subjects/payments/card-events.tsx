/** What the provider of card payments told: booked, noted, or held until somebody has seen to it. */
import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useTexts } from '../month/texts.ts';

type CardEvent = components['schemas']['CardEvent'];

const states = { booked: 'settled', noted: 'settled', held: 'attention' } as const;

export function CardEvents() {
  const t = useTexts();
  const mayManage = useMay()('payments:manage');
  const list = useList(['card-events'], (cursor) =>
    client.GET('/v1/card-events', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const see = useChange({
    send: (body: { readonly event: string }, { key }) =>
      client.POST('/v1/card-event-sightings', { params: { header: { 'Idempotency-Key': key } }, body }).then(answered),
    changes: [['card-events']],
  });
  const { mutate } = see;
  const columns = useMemo(
    (): readonly Column<CardEvent>[] => [
      { id: 'at', header: t('receivedAt'), value: ({ receivedAt }) => receivedAt, kind: 'instant', width: 190 },
      { id: 'type', header: t('kind'), value: ({ type }) => type, filter: true, width: 220 },
      {
        ...{ id: 'outcome', header: t('outcome'), value: ({ outcome }) => t(`card_${outcome}`), filter: true, width: 120 },
        cell: ({ outcome }) => <StateBadge state={states[outcome]}>{t(`card_${outcome}`)}</StateBadge>,
      },
      { id: 'said', header: t('whyColumn'), value: ({ said }) => said, width: 320, wraps: true },
      { id: 'seen', header: t('seenBy'), value: ({ seenBy }) => seenBy, width: 180 },
      { id: 'event', header: t('reference'), value: ({ event }) => event, isHidden: true, width: 240 },
      ...(mayManage
        ? [
            {
              ...{ id: 'do', header: t('nextStep'), value: () => '', width: 130 },
              cell: ({ event, outcome, seenBy }: CardEvent) =>
                outcome !== 'held' || seenBy !== undefined ? null : (
                  <Button size="compact-xs" variant="default" onClick={() => mutate({ event })}>
                    {t('seenTo')}
                  </Button>
                ),
            },
          ]
        : []),
    ],
    [t, mayManage, mutate],
  );
  return (
    <>
      {see.error !== null && <Fault error={see.error} />}
      <DataTable
        {...{ name: 'card-events', label: t('cardEvents'), list, columns }}
        rowKey={({ event }) => event}
        empty={<Empty title={t('noCardEvents')}>{t('noCardEventsWhat')}</Empty>}
      />
    </>
  );
}
