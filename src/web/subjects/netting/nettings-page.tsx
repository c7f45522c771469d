/** Nettings, and proposing one with a partner or wherever an agreement says so. */
import { Button, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Page } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { usePartyName } from '../month/agreements.ts';
import { useCompany } from '../month/company.tsx';
import { useTexts } from '../month/texts.ts';

type Netting = components['schemas']['Netting'];

export function NettingsPage() {
  const t = useTexts();
  const may = useMay();
  const nameOf = usePartyName();
  const [isProposing, setProposing] = useState(false);
  const list = useList(['nettings'], (cursor) =>
    client.GET('/v1/nettings', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const all = useChange({
    send: (_: object, { key }) =>
      client.POST('/v1/nettings/proposals', { params: { header: { 'Idempotency-Key': key } }, body: {} }).then(answered),
    changes: [['nettings']],
  });
  const columns = useMemo(
    (): readonly Column<Netting>[] => [
      { id: 'netting', header: t('number'), value: ({ netting }) => netting, width: 100 },
      {
        id: 'state',
        header: t('state'),
        value: ({ state }) => t(`netting_${state}`),
        cell: ({ state }) => (
          <StateBadge state={state === 'agreed' ? 'settled' : state === 'cancelled' ? 'attention' : 'open'}>
            {t(`netting_${state}`)}
          </StateBadge>
        ),
        filter: true,
        width: 130,
      },
      { id: 'party', header: t('partner'), value: ({ party }) => nameOf(party), filter: true, width: 200 },
      { id: 'day', header: t('day'), kind: 'day', value: ({ day }) => day, width: 120 },
      {
        id: 'receivable',
        header: t('theyOwe'),
        kind: 'amount',
        value: ({ receivable }) => receivable,
        currency: ({ currency }) => currency,
      },
      { id: 'payable', header: t('weOwe'), kind: 'amount', value: ({ payable }) => payable, currency: ({ currency }) => currency },
      {
        id: 'setOff',
        header: t('setOff'),
        kind: 'amount',
        value: ({ setOff }) => setOff,
        currency: ({ currency }) => currency,
        total: true,
      },
      {
        id: 'remainder',
        header: t('remainder'),
        kind: 'amount',
        value: ({ remainder }) => remainder,
        currency: ({ currency }) => currency,
      },
    ],
    [t, nameOf],
  );
  return (
    <Page
      title={t('netting')}
      actions={
        may('payments:manage') && (
          <>
            <Button variant="default" loading={all.isPending} onClick={() => all.mutate({})}>
              {t('proposeDue')}
            </Button>
            <Button onClick={() => setProposing(true)}>{t('propose')}</Button>
          </>
        )
      }
    >
      {all.error !== null && <Fault error={all.error} meant={t('nothingDone')} />}
      {all.data !== undefined && <p role="status">{t('proposedCount', { count: all.data.items.length })}</p>}
      <DataTable
        name="nettings"
        label={t('netting')}
        list={list}
        columns={columns}
        rowKey={({ netting }) => netting}
        open={({ netting }) => ({ to: '/netting/$netting', params: { netting } })}
        empty={<Empty title={t('nettingEmpty')}>{t('nettingEmptyWhat')}</Empty>}
      />
      {isProposing && <ProposeDialog onLeave={() => setProposing(false)} />}
    </Page>
  );
}

function ProposeDialog({ onLeave }: { readonly onLeave: () => void }) {
  const t = useTexts();
  const navigate = useNavigate();
  const parties = useQuery({
    queryKey: ['parties', 'names'],
    queryFn: () => client.GET('/v1/parties', { params: { query: { limit: 200 } } }).then(answered),
  });
  const [party, setParty] = useState<string | null>(null);
  const [dueBy, setDueBy] = useState('');
  const company = useCompany();
  const propose = useChange({
    send: (body: { party: string; dueBy?: string; legalEntity?: string }, { key }) =>
      client.POST('/v1/nettings', { params: { header: { 'Idempotency-Key': key } }, body }).then(answered),
    changes: [['nettings']],
    onDone: ({ netting }) => {
      onLeave();
      void navigate({ to: '/netting/$netting', params: { netting } });
    },
  });
  return (
    <FormDialog
      {...{ title: t('propose'), action: t('propose'), opened: true, onClose: onLeave, error: propose.error, isSending: propose.isPending }}
      isReady={party !== null}
      onSubmit={() => party !== null && propose.mutate({ party, ...company.of, ...(dueBy === '' ? {} : { dueBy }) })}
    >
      {company.field}
      <Select
        required
        searchable
        label={t('partner')}
        data={parties.data?.items.map((each) => ({ value: each.party, label: each.name })) ?? []}
        value={party}
        onChange={setParty}
      />
      <TextInput
        type="date"
        label={t('dueBy')}
        description={t('dueByWhat')}
        value={dueBy}
        onChange={(event) => setDueBy(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
