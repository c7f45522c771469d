/** What a partner has sent: its invoices with how they stand, and its figures. */
import { useMemo } from 'react';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useWord } from '../words/words.ts';
import { useTexts } from './texts.ts';

type Invoice = components['schemas']['PortalInvoice'];
type Declaration = components['schemas']['PortalDeclaration'];

const page = (cursor: string | undefined) => ({ limit: 200, ...(cursor === undefined ? {} : { cursor }) });

export function SentInvoices() {
  const t = useTexts();
  const list = useList(['portal', 'sent', 'invoices'], (cursor) =>
    client.GET('/v1/portal/partner-invoices', { params: { query: page(cursor) } }).then(answered),
  );
  const columns = useMemo((): readonly Column<Invoice>[] => {
    const currency = (invoice: Invoice) => invoice.currency;
    return [
      { id: 'number', header: t('number'), value: ({ number }) => number, width: 150 },
      {
        ...{ id: 'state', header: t('state'), value: ({ state }: Invoice) => t(`invoice_${state}`), filter: true, width: 130 },
        cell: ({ state }) => (
          <StateBadge state={state === 'accepted' ? 'settled' : state === 'refused' ? 'wrong' : 'open'}>{t(`invoice_${state}`)}</StateBadge>
        ),
      },
      { id: 'issued', header: t('issueDay'), value: ({ issueDay }) => issueDay, kind: 'day' },
      { id: 'due', header: t('dueDay'), value: ({ dueDay }) => dueDay, kind: 'day' },
      { id: 'net', header: t('net'), value: ({ net }) => net, kind: 'amount', currency },
      { id: 'total', header: t('total'), value: ({ total }) => total, kind: 'amount', currency },
      { id: 'source', header: t('file'), value: ({ source }) => source, width: 180 },
    ];
  }, [t]);
  return (
    <DataTable
      {...{ name: 'portal-own-invoices', label: t('ownInvoices'), list, columns, isSmall: true }}
      rowKey={({ invoice }) => invoice}
      empty={<Empty title={t('noOwnInvoices')} />}
    />
  );
}

export function SentDeclarations() {
  const t = useTexts();
  const word = useWord();
  const list = useList(['portal', 'sent', 'declarations'], (cursor) =>
    client.GET('/v1/portal/declarations', { params: { query: page(cursor) } }).then(answered),
  );
  const columns = useMemo(
    (): readonly Column<Declaration>[] => [
      { id: 'at', header: t('takenIn'), value: ({ at }) => at, kind: 'instant', width: 190 },
      { id: 'agreement', header: t('agreement'), value: ({ agreement }) => agreement, filter: true, width: 180 },
      { id: 'from', header: t('from'), value: ({ period }) => period.from, kind: 'day' },
      { id: 'to', header: t('toBefore'), value: ({ period }) => period.to, kind: 'day' },
      { id: 'service', header: t('service'), value: ({ service }) => word(service), filter: true, width: 90 },
      { id: 'lines', header: t('lines'), value: ({ lines }) => lines, kind: 'figure', width: 80 },
      { id: 'amount', header: t('amount'), value: ({ amount }) => amount, kind: 'amount', currency: ({ currency }) => currency },
      { id: 'source', header: t('file'), value: ({ source }) => source, width: 180 },
    ],
    [t, word],
  );
  return (
    <DataTable
      {...{ name: 'portal-own-figures', label: t('ownFigures'), list, columns, isSmall: true }}
      rowKey={({ declaration }) => declaration}
      open={({ declaration }) => ({ to: '/portal/declarations/$declaration', params: { declaration } })}
      empty={<Empty title={t('noOwnFigures')} />}
    />
  );
}
