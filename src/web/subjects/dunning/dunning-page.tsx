/** Letters with their stage and what is owed; accounts on hold; the letters of a day are made here. */
import { Anchor, Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useList, wholeList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { JobWatch } from '../../parts/job-watch.tsx';
import { Page } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { today } from '../month/today.ts';
import { HoldDialog, PauseDialog, ReleaseDialog } from './dialogs.tsx';
import { useTexts } from './texts.ts';

type Letter = components['schemas']['DunningLetter'];
type Hold = components['schemas']['AccountHold'];

export function DunningPage() {
  const t = useTexts();
  const may = useMay();
  const [asked, setAsked] = useState<'run' | 'pause' | 'hold'>();
  const letters = useList(['dunning', 'letters'], (cursor) =>
    client.GET('/v1/dunning-letters', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const columns = useMemo(
    (): readonly Column<Letter>[] => [
      {
        ...{ id: 'letter', header: t('letter'), value: ({ letter }) => letter, width: 120 },
        cell: ({ letter }) => <Anchor href={`/v1/dunning-letters/${letter}/pdf`}>{letter}</Anchor>,
      },
      { id: 'account', header: t('account'), value: ({ account }) => account, filter: true, width: 180 },
      { id: 'stage', header: t('stage'), value: ({ stage, stageName }) => `${stage} · ${stageName}`, filter: true, width: 200 },
      { id: 'owed', header: t('owed'), kind: 'amount', value: ({ owed }) => owed, currency: ({ currency }) => currency, total: true },
      { id: 'fee', header: t('fee'), kind: 'amount', value: ({ fee }) => fee, currency: ({ currency }) => currency, total: true },
      { id: 'day', header: t('day'), kind: 'day', value: ({ day }) => day },
      { id: 'payBy', header: t('payBy'), kind: 'day', value: ({ payBy }) => payBy },
      { id: 'documents', header: t('documents'), value: ({ lines }) => lines.map(({ document }) => document).join(', '), width: 240 },
      {
        ...{ id: 'hold', header: t('hold'), value: ({ hold }) => (hold ? t('onHold') : undefined), filter: true, width: 110 },
        cell: ({ hold }) => (hold ? <StateBadge state="attention">{t('onHold')}</StateBadge> : null),
      },
    ],
    [t],
  );
  const mayManage = may('documents:manage');
  return (
    <Page
      title={t('title')}
      detail={t('what')}
      actions={
        mayManage && (
          <>
            <Button variant="default" onClick={() => setAsked('pause')}>
              {t('pause')}
            </Button>
            <Button variant="default" onClick={() => setAsked('hold')}>
              {t('holdAccount')}
            </Button>
            <Button onClick={() => setAsked('run')}>{t('run')}</Button>
          </>
        )
      }
    >
      <Holds />
      <DataTable
        {...{ name: 'letters', label: t('letters'), list: letters, columns }}
        rowKey={({ letter }) => letter}
        empty={<Empty title={t('empty')}>{t('emptyWhat')}</Empty>}
      />
      {asked === 'run' && <RunDialog onLeave={() => setAsked(undefined)} />}
      {asked === 'pause' && <PauseDialog onLeave={() => setAsked(undefined)} />}
      {asked === 'hold' && <HoldDialog hold onLeave={() => setAsked(undefined)} />}
    </Page>
  );
}

function Holds() {
  const t = useTexts();
  const may = useMay();
  const [releasing, setReleasing] = useState<string>();
  const holds = useQuery({
    queryKey: ['dunning', 'holds'],
    queryFn: () => client.GET('/v1/holds').then(answered),
    select: ({ items }) => items,
  });
  const mayManage = may('documents:manage');
  const columns = useMemo(
    (): readonly Column<Hold>[] => [
      { id: 'account', header: t('account'), value: ({ account }) => account, width: 180 },
      { id: 'since', header: t('since'), kind: 'day', value: ({ since }) => since },
      { id: 'why', header: t('why'), value: ({ why }) => why, wraps: true, width: 320 },
      { id: 'by', header: t('by'), value: ({ by }) => by, width: 200 },
      ...(mayManage
        ? [
            {
              ...{ id: 'do', header: t('actions'), value: () => undefined, width: 120 },
              cell: ({ account }: Hold) => (
                <Button size="compact-xs" variant="default" onClick={() => setReleasing(account)}>
                  {t('release')}
                </Button>
              ),
            },
          ]
        : []),
    ],
    [t, mayManage],
  );
  if (holds.error !== null) return <Fault error={holds.error} onRetry={() => void holds.refetch()} />;
  return (
    <Stack gap="xs" component="section" aria-label={t('holds')}>
      <Title order={2}>{t('holds')}</Title>
      <DataTable
        {...{ name: 'holds', label: t('holds'), list: wholeList(holds), columns, isSmall: true }}
        rowKey={({ account, since }) => `${account} ${since}`}
        empty={<Text className="quiet">{t('noHolds')}</Text>}
      />
      {releasing !== undefined && <ReleaseDialog account={releasing} onLeave={() => setReleasing(undefined)} />}
    </Stack>
  );
}

function RunDialog({ onLeave }: { readonly onLeave: () => void }) {
  const t = useTexts();
  const queries = useQueryClient();
  const [on, setOn] = useState(today());
  const run = useChange({
    send: (body: { readonly on: string }, { key }) =>
      client.POST('/v1/dunning-runs', { params: { header: { 'Idempotency-Key': key } }, body }).then(answered),
  });
  return (
    <FormDialog
      {...{ title: t('run'), action: t('run'), opened: true, onClose: onLeave, error: run.error, isSending: run.isPending }}
      isReady={on !== '' && run.data === undefined}
      onSubmit={() => run.mutate({ on })}
    >
      <Text>{t('runWhat')}</Text>
      <TextInput required type="date" label={t('day')} value={on} onChange={(event) => setOn(event.currentTarget.value)} />
      {run.data !== undefined && (
        <JobWatch
          job={run.data.job}
          onEnd={() => void queries.invalidateQueries({ queryKey: ['dunning'] })}
          summary={({ made, released }) => <Text>{t('ran', { made: String(made ?? 0), released: String(released ?? 0) })}</Text>}
        />
      )}
    </FormDialog>
  );
}
