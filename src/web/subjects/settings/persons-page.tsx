/** What is held of a person: given out, and erased. */
import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { useConfirm } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { JobWatch } from '../../parts/job-watch.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { type ErasureReport, Report } from './erasure-report.tsx';
import { KEPT_EXPORTS, KeptExports } from './kept-exports.tsx';
import { useTexts } from './texts.ts';
import { WaitingErasure } from './waiting-erasure.tsx';
import { Ways } from './ways.tsx';

type Erasure = components['schemas']['Erasure'];
type Asked = components['schemas']['AskedErasure'];

export function PersonsPage() {
  const t = useTexts();
  const mayManage = useMay()('retention:manage');
  return (
    <Page title={t('persons')} detail={t('personsWhat')}>
      <Ways here="/settings/persons" />
      {mayManage && <Person />}
      {mayManage && <KeptExports />}
      <Orders mayManage={mayManage} />
    </Page>
  );
}

function Person() {
  const t = useTexts();
  const confirm = useConfirm();
  const [identity, setIdentity] = useState('');
  const [reason, setReason] = useState('');
  const give = useChange({
    send: (body: { readonly identity: string }, { key }) =>
      client.POST('/v1/persons/exports', { params: { header: { 'Idempotency-Key': key } }, body }).then(answered),
    changes: [KEPT_EXPORTS],
  });
  const erase = useChange({
    send: (body: { readonly identity: string; readonly reason: string; readonly dryRun?: boolean }, { key }) =>
      client.POST('/v1/persons/erasures', { params: { header: { 'Idempotency-Key': key } }, body }).then(answered),
    changes: [['erasures']],
  });
  const who = identity.trim();
  const why = reason.trim();
  return (
    <Stack gap="sm">
      <TextInput
        {...{ label: t('identity'), description: t('identityWhat'), maxLength: 260, value: identity }}
        onChange={(event) => setIdentity(event.currentTarget.value)}
      />
      <TextInput {...{ label: t('holdWhy'), maxLength: 500, value: reason }} onChange={(event) => setReason(event.currentTarget.value)} />
      <Group gap="sm">
        <Button disabled={who === ''} loading={give.isPending} onClick={() => give.mutate({ identity: who })}>
          {t('exportPerson')}
        </Button>
        <Button
          {...{ variant: 'default', disabled: who === '', loading: erase.isPending }}
          onClick={() => erase.mutate({ identity: who, reason: why === '' ? '-' : why, dryRun: true })}
        >
          {t('eraseDry')}
        </Button>
        <Button
          {...{ variant: 'light', color: 'red', disabled: who === '' || why === '', loading: erase.isPending }}
          onClick={async () => {
            const what = t('eraseWhat', { identity: who });
            if (await confirm({ title: t('erase'), what, action: t('erase'), isDangerous: true }))
              erase.mutate({ identity: who, reason: why });
          }}
        >
          {t('erase')}
        </Button>
      </Group>
      {give.error !== null && <Fault error={give.error} />}
      {give.data !== undefined && <Given key={give.data.export} {...give.data} />}
      {erase.error !== null && <Fault error={erase.error} />}
      {erase.data !== undefined && <Told {...erase.data} />}
    </Stack>
  );
}

/** The file stays with the server for a day, and is not shown here. */
function Given({ export: order, job }: components['schemas']['AskedPersonExport']) {
  const t = useTexts();
  const queries = useQueryClient();
  return (
    <Alert {...{ role: 'status', variant: 'light', color: 'gray', title: t('exportUnderWay', { order }) }}>
      <JobWatch
        job={job}
        onEnd={() => void queries.invalidateQueries({ queryKey: KEPT_EXPORTS })}
        summary={() => (
          <Group gap="sm">
            <Button component="a" href={`/v1/persons/exports/${order}/file`} download size="xs">
              {t('exportFile')}
            </Button>
            <Text size="sm">{t('exportKept')}</Text>
          </Group>
        )}
      />
    </Alert>
  );
}

function Told({ state, erasure = '', job, report: dry }: Asked) {
  const t = useTexts();
  const queries = useQueryClient();
  const titles = {
    ...{ 'dry-run': t('eraseDryDone'), 'under-way': t('eraseUnderWay', { erasure }) },
    ...{ waiting: t('eraseWaits', { erasure }), refused: t('erasure refused') },
  };
  return (
    <Alert {...{ role: 'status', variant: 'light', color: 'gray', title: titles[state] }}>
      {dry !== undefined && <Report {...dry} />}
      {job !== undefined && (
        <JobWatch
          job={job}
          summary={(result) => <Report {...reportOf(result)} />}
          onEnd={() => void queries.invalidateQueries({ queryKey: ['erasures'] })}
        />
      )}
    </Alert>
  );
}

/** What the job answers. */
function reportOf(result: Readonly<Record<string, unknown>>): ErasureReport {
  return result as unknown as ErasureReport; // its schema is that of a job's result, which says nothing of it
}

function Orders({ mayManage }: { readonly mayManage: boolean }) {
  const t = useTexts();
  const list = useList(['erasures'], (cursor) =>
    client.GET('/v1/persons/erasures', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const [shown, setShown] = useState<string>();
  const decide = useChange({
    send: (body: { readonly erasure: string; readonly decision: 'approve' | 'refuse' }, { key }) =>
      client.POST('/v1/persons/erasure-decisions', { params: { header: { 'Idempotency-Key': key } }, body }).then(answered),
    changes: [['erasures']],
    onDone: () => setShown(undefined),
  });
  const columns = useMemo(
    (): readonly Column<Erasure>[] => [
      { id: 'erasure', header: '#', value: ({ erasure }) => erasure, width: 70 },
      { id: 'state', header: t('state'), value: ({ state }) => t(`erasure ${state}`), filter: true, width: 120 },
      { id: 'reason', header: t('holdWhy'), value: ({ reason }) => reason, width: 260 },
      { id: 'by', header: t('who'), value: ({ by }) => by, width: 180 },
      { id: 'at', header: t('at'), value: ({ asked }) => asked, kind: 'instant', width: 200 },
      { id: 'decidedBy', header: t('decidedBy'), value: ({ decidedBy }) => decidedBy, width: 180 },
      ...(mayManage
        ? [
            {
              ...{ id: 'do', header: t('actions'), value: () => '', width: 200 },
              cell: ({ erasure, state }: Erasure) =>
                state === 'waiting' && (
                  <Button {...{ size: 'compact-xs', variant: 'subtle' }} onClick={() => setShown(erasure)}>
                    {t('seeErasure')}
                  </Button>
                ),
            },
          ]
        : []),
    ],
    [t, mayManage],
  );
  return (
    <>
      {shown !== undefined && (
        <WaitingErasure
          {...{ erasure: shown, error: decide.error, isSending: decide.isPending, onLeave: () => setShown(undefined) }}
          onDecide={(decision) => decide.mutate({ erasure: shown, decision })}
        />
      )}
      {decide.data !== undefined && <Told {...decide.data} />}
      <DataTable
        {...{ name: 'erasures', label: t('erasures'), list, columns }}
        rowKey={({ erasure }) => erasure}
        empty={<Empty title={t('noErasures')}>{t('noErasuresWhat')}</Empty>}
      />
    </>
  );
}
