/** All disputes, with what is contested and until when the other side must answer. */
import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { client } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { usePartyName } from '../month/agreements.ts';
import { useTexts } from '../month/texts.ts';
import { RaiseDialog } from './raise-dialog.tsx';
import { type Dispute, stateOf } from './states.ts';

export function DisputesPage() {
  const t = useTexts();
  const may = useMay();
  const nameOf = usePartyName();
  const [isRaising, setRaising] = useState(false);
  const list = useList(['disputes'], (cursor) =>
    client.GET('/v1/disputes', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const columns = useMemo(
    (): readonly Column<Dispute>[] => [
      { id: 'dispute', header: t('number'), kind: 'figure', value: ({ dispute }) => dispute, width: 90 },
      {
        id: 'state',
        header: t('state'),
        value: ({ state }) => t(`dispute_${state}`),
        cell: ({ state }) => <StateBadge state={stateOf[state]}>{t(`dispute_${state}`)}</StateBadge>,
        filter: true,
        width: 130,
      },
      { id: 'party', header: t('partner'), value: ({ party }) => nameOf(party), filter: true, width: 180 },
      { id: 'document', header: t('document'), value: ({ document }) => document, width: 170 },
      {
        id: 'net',
        header: t('contested'),
        kind: 'amount',
        value: ({ net }) => net,
        currency: ({ currency }) => currency,
        total: ({ side }) => side,
      },
      { id: 'offered', header: t('offered'), kind: 'amount', value: ({ offered }) => offered, currency: ({ currency }) => currency },
      { id: 'reason', header: t('reason'), value: ({ reason }) => reason, width: 240 },
      { id: 'raisedOn', header: t('raisedOn'), kind: 'day', value: ({ raisedOn }) => raisedOn, width: 120 },
      { id: 'respondBy', header: t('respondBy'), kind: 'day', value: ({ respondBy }) => respondBy, width: 120 },
    ],
    [t, nameOf],
  );
  const raise = may('disputes:manage') && <Button onClick={() => setRaising(true)}>{t('raise')}</Button>;
  return (
    <Page title={t('disputes')} actions={raise}>
      <DataTable
        name="disputes"
        label={t('disputes')}
        list={list}
        columns={columns}
        rowKey={({ dispute }) => dispute}
        open={({ dispute }) => ({ to: '/disputes/$dispute', params: { dispute } })}
        empty={
          <Empty title={t('disputesEmpty')} action={raise}>
            {t('disputesEmptyWhat')}
          </Empty>
        }
      />
      {isRaising && <RaiseDialog onLeave={() => setRaising(false)} />}
    </Page>
  );
}
