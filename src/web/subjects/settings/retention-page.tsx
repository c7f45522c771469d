/** For how long what is kept, what was deleted, and what must not be. */
import { Button, TextInput, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { useConfirm } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { JobWatch } from '../../parts/job-watch.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useWord } from '../words/words.ts';
import { useTexts } from './texts.ts';
import { Ways } from './ways.tsx';

type Rule = components['schemas']['RetentionRule'];
type Deleted = components['schemas']['Deletion'];
type Hold = components['schemas']['LegalHold'];

const page = (cursor: string | undefined) => ({ params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } });

export function RetentionPage() {
  const t = useTexts();
  const word = useWord();
  const mayManage = useMay()('retention:manage');
  const confirm = useConfirm();
  const [isHolding, setHolding] = useState(false);
  const [releasing, setReleasing] = useState<string>();
  const rules = useList(['retention', 'rules'], (cursor) => client.GET('/v1/retention/rules', page(cursor)).then(answered));
  const deletions = useList(['retention', 'deletions'], (cursor) => client.GET('/v1/retention/deletions', page(cursor)).then(answered));
  const holds = useList(['retention', 'holds'], (cursor) => client.GET('/v1/retention/holds', page(cursor)).then(answered));
  const run = useChange({
    send: (_: object, { key }) => client.POST('/v1/retention/runs', { params: { header: { 'Idempotency-Key': key } } }).then(answered),
    changes: [['jobs']],
  });
  const ruleColumns = useMemo(
    (): readonly Column<Rule>[] => [
      { id: 'kind', header: t('kind'), value: ({ kind }) => kind, cell: ({ kind }) => word(`kept ${kind}`), width: 220 },
      { id: 'rule', header: t('rule'), value: ({ rule }) => rule, width: 230 },
      { id: 'days', header: t('keptDays'), value: ({ days }) => (days === 0 ? t('forEver') : String(days)), width: 110 },
      { id: 'due', header: t('dueNow'), value: ({ records }) => records, kind: 'figure', width: 110 },
      { id: 'from', header: t('from'), value: ({ from }) => from, width: 120 },
      { id: 'to', header: t('until'), value: ({ to }) => to, width: 120 },
      { id: 'kept', header: t('keptAllTheSame'), value: ({ kept }) => kept.map(({ message }) => message).join('; '), width: 380 },
    ],
    [t, word],
  );
  const deletedColumns = useMemo(
    (): readonly Column<Deleted>[] => [
      { id: 'at', header: t('at'), value: ({ at }) => at, kind: 'instant', width: 200 },
      { id: 'kind', header: t('kind'), value: ({ kind }) => kind, cell: ({ kind }) => word(`kept ${kind}`), filter: true, width: 220 },
      { id: 'from', header: t('from'), value: ({ from }) => from, width: 120 },
      { id: 'before', header: t('before'), value: ({ before }) => before, width: 120 },
      { id: 'records', header: t('deletedRecords'), value: ({ records }) => records, kind: 'figure', width: 110 },
      { id: 'rule', header: t('rule'), value: ({ rule }) => rule, width: 230 },
      { id: 'by', header: t('who'), value: ({ by }) => by, width: 160 },
    ],
    [t, word],
  );
  const holdColumns = useMemo(
    (): readonly Column<Hold>[] => [
      { id: 'hold', header: '#', value: ({ hold }) => hold, width: 70 },
      { id: 'party', header: t('party'), value: ({ party }) => party ?? t('everybody'), width: 140 },
      { id: 'from', header: t('from'), value: ({ from }) => from, width: 120 },
      { id: 'before', header: t('before'), value: ({ before }) => before, width: 120 },
      { id: 'why', header: t('holdWhy'), value: ({ why }) => why, width: 260 },
      { id: 'by', header: t('who'), value: ({ by }) => by, width: 160 },
      ...(mayManage
        ? [
            {
              ...{ id: 'do', header: t('actions'), value: () => '', width: 110 },
              cell: ({ hold }: Hold) => (
                <Button size="compact-xs" variant="subtle" onClick={() => setReleasing(hold)}>
                  {t('releaseHold')}
                </Button>
              ),
            },
          ]
        : []),
    ],
    [t, mayManage],
  );
  const deleteDue = async (): Promise<void> => {
    if (await confirm({ title: t('deleteDue'), what: t('deleteDueWhat'), action: t('deleteDue'), isDangerous: true })) run.mutate({});
  };
  return (
    <Page
      title={t('retention')}
      detail={t('retentionWhat')}
      actions={
        mayManage && (
          <>
            <Button variant="default" onClick={() => setHolding(true)}>
              {t('hold')}
            </Button>
            <Button variant="default" loading={run.isPending} onClick={() => void deleteDue()}>
              {t('deleteDue')}
            </Button>
          </>
        )
      }
    >
      <Ways here="/settings/retention" />
      {run.error !== null && <Fault error={run.error} />}
      {run.data !== undefined && <JobWatch job={run.data.job} />}
      <DataTable
        {...{ name: 'retention-rules', label: t('rules'), list: rules, columns: ruleColumns }}
        rowKey={({ kind }) => kind}
        empty={<Empty title={t('noRules')}>{t('retentionWhat')}</Empty>}
      />
      <Title order={2} size="h4">
        {t('holds')}
      </Title>
      <DataTable
        {...{ name: 'retention-holds', label: t('holds'), list: holds, columns: holdColumns }}
        rowKey={({ hold }) => hold}
        empty={<Empty title={t('noHolds')}>{t('noHoldsWhat')}</Empty>}
      />
      <Title order={2} size="h4">
        {t('deletions')}
      </Title>
      <DataTable
        {...{ name: 'retention-deletions', label: t('deletions'), list: deletions, columns: deletedColumns }}
        rowKey={({ deletion }) => deletion}
        empty={<Empty title={t('noDeletions')}>{t('noDeletionsWhat')}</Empty>}
      />
      {isHolding && <HoldDialog onLeave={() => setHolding(false)} />}
      {releasing !== undefined && <ReleaseDialog hold={releasing} onLeave={() => setReleasing(undefined)} />}
    </Page>
  );
}

const changes = [['retention']];

function HoldDialog({ onLeave }: { readonly onLeave: () => void }) {
  const t = useTexts();
  const [words, setWords] = useState({ party: '', from: '', last: '', why: '' });
  const hold = useChange({
    send: ({ party, from, last, why }: typeof words, { key }) => {
      const body = { from, why: why.trim(), ...(party.trim() === '' ? {} : { party: party.trim() }), ...(last === '' ? {} : { last }) };
      return client.POST('/v1/retention/holds', { params: { header: { 'Idempotency-Key': key } }, body }).then(answered);
    },
    changes,
    onDone: onLeave,
  });
  const field = (name: keyof typeof words) => ({
    value: words[name],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => setWords({ ...words, [name]: event.currentTarget.value }),
  });
  return (
    <FormDialog
      {...{ title: t('hold'), opened: true, onClose: onLeave, action: t('hold'), error: hold.error, isSending: hold.isPending }}
      isReady={words.from !== '' && words.why.trim() !== ''}
      onSubmit={() => hold.mutate(words)}
    >
      <TextInput {...{ label: t('party'), description: t('holdPartyWhat'), maxLength: 255, ...field('party') }} />
      <TextInput {...{ label: t('from'), type: 'date', required: true, ...field('from') }} />
      <TextInput {...{ label: t('until'), type: 'date', ...field('last') }} />
      <TextInput {...{ label: t('holdWhy'), required: true, maxLength: 500, ...field('why') }} />
    </FormDialog>
  );
}

function ReleaseDialog({ hold, onLeave }: { readonly hold: string; readonly onLeave: () => void }) {
  const t = useTexts();
  const [why, setWhy] = useState('');
  const release = useChange({
    send: (body: { readonly hold: string; readonly why: string }, { key }) =>
      client.POST('/v1/retention/releases', { params: { header: { 'Idempotency-Key': key } }, body }).then(answered),
    changes,
    onDone: onLeave,
  });
  return (
    <FormDialog
      {...{ title: t('releaseHold'), opened: true, onClose: onLeave, action: t('releaseHold'), error: release.error }}
      {...{ isSending: release.isPending, isReady: why.trim() !== '', onSubmit: () => release.mutate({ hold, why: why.trim() }) }}
    >
      <TextInput
        {...{ label: t('holdWhy'), required: true, maxLength: 500, value: why }}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
