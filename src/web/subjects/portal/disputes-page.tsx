/** Disputes; each has a page. */
import { useMemo } from 'react';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMe } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useTexts } from './texts.ts';

type Dispute = components['schemas']['Dispute'];

export function DisputesPage() {
  const t = useTexts();
  const { role } = useMe();
  const list = useList(['portal', 'disputes'], (cursor) =>
    client.GET('/v1/disputes', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const columns = useMemo((): readonly Column<Dispute>[] => {
    const currency = (dispute: Dispute) => dispute.currency;
    return [
      { id: 'dispute', header: t('number'), value: ({ dispute }) => Number(dispute), width: 80 },
      { id: 'document', header: t('document'), value: ({ document }) => document, width: 150 },
      {
        ...{ id: 'state', header: t('state'), value: ({ state }: Dispute) => t(`dispute_${state}`), width: 130 },
        cell: ({ state }) => (
          <StateBadge state={state === 'settled' ? 'settled' : state === 'withdrawn' ? 'open' : 'attention'}>
            {t(`dispute_${state}`)}
          </StateBadge>
        ),
      },
      { id: 'net', header: t('net'), value: ({ net }) => net, kind: 'amount', currency },
      { id: 'offered', header: t('offeredAmount'), value: ({ offered }) => offered, kind: 'amount', currency },
      { id: 'raised', header: t('raisedOn'), value: ({ raisedOn }) => raisedOn, kind: 'day' },
      { id: 'respond', header: t('respondBy'), value: ({ respondBy }) => respondBy, kind: 'day' },
      { id: 'reason', header: t('reason'), value: ({ reason }) => reason, width: 190 },
    ];
  }, [t]);
  return (
    <Page title={t('disputes')} detail={t('disputesWhat')}>
      <DataTable
        {...{ name: 'portal-disputes', label: t('disputes'), list, columns }}
        rowKey={({ dispute }) => dispute}
        open={({ dispute }) => ({ to: '/portal/disputes/$dispute', params: { dispute } })}
        empty={<Empty title={t('noDisputes')}>{t(role === 'partner' ? 'noDisputesWhat' : 'noDisputesAsk')}</Empty>}
      />
    </Page>
  );
}
