/** Declarations and invoices of partners; each leads to what differs. */
import { Button, Tabs } from '@mantine/core';
import { useMemo, useState } from 'react';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useUrl } from '../../parts/url-state.ts';
import { usePartyName } from '../month/agreements.ts';
import { useTexts } from '../month/texts.ts';
import { useWord } from '../words/words.ts';
import { TakeDialog } from './take-dialog.tsx';
import { TakeInvoiceDialog } from './take-invoice-dialog.tsx';

type Declaration = components['schemas']['Declaration'];
type PartnerInvoice = components['schemas']['PartnerInvoice'];

export function DeclarationsPage() {
  const t = useTexts();
  const may = useMay();
  const [url, change] = useUrl();
  const [isTaking, setTaking] = useState(false);
  const tab = url.tab === 'invoices' ? 'invoices' : 'declarations';
  return (
    <Page
      title={t('reconciliation')}
      detail={t('reconciliationWhat')}
      actions={
        may('disputes:manage') && <Button onClick={() => setTaking(true)}>{t(tab === 'invoices' ? 'takeInvoice' : 'takeIn')}</Button>
      }
    >
      <Tabs value={tab} onChange={(value) => change({ tab: value ?? undefined })} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="declarations">{t('declarations')}</Tabs.Tab>
          <Tabs.Tab value="invoices">{t('partnerInvoices')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="declarations" pt="md">
          <Declarations />
        </Tabs.Panel>
        <Tabs.Panel value="invoices" pt="md">
          <PartnerInvoices />
        </Tabs.Panel>
      </Tabs>
      {isTaking && tab === 'declarations' && <TakeDialog onLeave={() => setTaking(false)} />}
      {isTaking && tab === 'invoices' && <TakeInvoiceDialog onLeave={() => setTaking(false)} />}
    </Page>
  );
}

function Declarations() {
  const t = useTexts();
  const word = useWord();
  const list = useList(['declarations'], (cursor) =>
    client.GET('/v1/declarations', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const columns = useMemo(
    (): readonly Column<Declaration>[] => [
      { id: 'declaration', header: t('number'), kind: 'figure', value: ({ declaration }) => declaration, width: 90 },
      { id: 'agreement', header: t('agreement'), value: ({ agreement }) => agreement, filter: true, width: 220 },
      { id: 'from', header: t('from'), kind: 'day', value: ({ period }) => period.from, width: 120 },
      { id: 'to', header: t('toBefore'), kind: 'day', value: ({ period }) => period.to, width: 120 },
      { id: 'side', header: t('side'), value: ({ side }) => t(side === 'receivable' ? 'theyOwe' : 'weOwe'), filter: true, width: 110 },
      { id: 'service', header: t('service'), value: ({ service }) => word(service), filter: true, width: 90 },
      { id: 'kind', header: t('kind'), value: ({ kind }) => word(`declares ${kind}`), filter: true, width: 110 },
      { id: 'lines', header: t('lines'), kind: 'figure', value: ({ lines }) => lines, width: 80 },
      {
        id: 'amount',
        header: t('amount'),
        kind: 'amount',
        value: ({ amount }) => amount,
        currency: ({ currency }) => currency,
        total: ({ side }) => side,
      },
      { id: 'source', header: t('source'), value: ({ source }) => source, width: 180 },
      { id: 'by', header: t('by'), value: ({ by }) => by, filter: true },
    ],
    [t, word],
  );
  return (
    <DataTable
      name="declarations"
      label={t('declarations')}
      list={list}
      columns={columns}
      rowKey={({ declaration }) => declaration}
      open={({ agreement, period }) => ({ to: '/reconciliation/$agreement/$period', params: { agreement, period: labelOf(period) } })}
      empty={<Empty title={t('declarationsEmpty')}>{t('declarationsEmptyWhat')}</Empty>}
    />
  );
}

function PartnerInvoices() {
  const t = useTexts();
  const word = useWord();
  const nameOf = usePartyName();
  const list = useList(['partner-invoices'], (cursor) =>
    client.GET('/v1/partner-invoices', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const columns = useMemo(
    (): readonly Column<PartnerInvoice>[] => [
      { id: 'number', header: t('number'), value: ({ number }) => number, width: 150 },
      {
        id: 'state',
        header: t('state'),
        value: ({ state }) => t(`partnerInvoice_${state}`),
        cell: ({ state }) => (
          <StateBadge state={state === 'accepted' ? 'settled' : state === 'refused' ? 'wrong' : 'open'}>
            {t(`partnerInvoice_${state}`)}
          </StateBadge>
        ),
        filter: true,
        width: 130,
      },
      { id: 'party', header: t('partner'), value: ({ party }) => nameOf(party), filter: true, width: 180 },
      { id: 'kind', header: t('kind'), value: ({ kind }) => word(kind), filter: true, width: 120 },
      { id: 'issueDay', header: t('issued'), kind: 'day', value: ({ issueDay }) => issueDay, width: 120 },
      { id: 'dueDay', header: t('dueOn'), kind: 'day', value: ({ dueDay }) => dueDay, width: 120 },
      {
        id: 'net',
        header: t('net'),
        kind: 'amount',
        value: ({ net }) => net,
        currency: ({ currency }) => currency,
        total: ({ kind }) => kind,
      },
      {
        id: 'total',
        header: t('totalAmount'),
        kind: 'amount',
        value: ({ total }) => total,
        currency: ({ currency }) => currency,
        total: ({ kind }) => kind,
      },
    ],
    [t, nameOf, word],
  );
  return (
    <DataTable
      name="partner-invoices"
      label={t('partnerInvoices')}
      list={list}
      columns={columns}
      rowKey={({ invoice }) => invoice}
      open={({ invoice }) => ({ to: '/partner-invoices/$invoice', params: { invoice } })}
      empty={<Empty title={t('partnerInvoicesEmpty')}>{t('partnerInvoicesEmptyWhat')}</Empty>}
    />
  );
}

/** Days as the API reads them: a month where they are one. */
export function labelOf({ from, to }: { readonly from: string; readonly to: string }): string {
  const [year = '', month = '', day] = from.split('-');
  const next = month === '12' ? `${Number(year) + 1}-01-01` : `${year}-${String(Number(month) + 1).padStart(2, '0')}-01`;
  if (day === '01' && to === next) return `${year}-${month}`;
  const last = new Date(Date.parse(to) - 86_400_000).toISOString().slice(0, 10);
  return last === from ? from : `${from}..${last}`;
}
