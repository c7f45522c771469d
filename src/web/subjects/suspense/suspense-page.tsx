/** What waits, by reason and by what is missing, with how it is mended; taken up again or written off here. */
import { Anchor, Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { wholeList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Amount } from '../../parts/amount.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { FollowJob, type Job } from '../jobs/follow-job.tsx';
import { useTexts } from './texts.ts';

type Group_ = components['schemas']['HeldGroup'];

const changes = [['suspense'], ['usage']];

export function SuspensePage() {
  const t = useTexts();
  const mayManage = useMay()('usage:manage');
  const [job, setJob] = useState<Job>();
  const [writingOff, setWritingOff] = useState<string>();
  const groups = useQuery({
    queryKey: ['suspense', 'groups'],
    queryFn: () => client.GET('/v1/usage/suspense/groups').then(answered),
    select: ({ items }) => items,
  });
  const stakes = useQuery({
    queryKey: ['suspense', 'stakes'],
    queryFn: () => client.GET('/v1/usage/suspense', { params: { query: { by: 'reason' } } }).then(answered),
    select: ({ items }) => items,
  });
  const retry = useChange({
    send: (body: { readonly reason?: string; readonly source?: string }, { key }) =>
      client.POST('/v1/usage/retries', { params: { header: { 'Idempotency-Key': key } }, body }).then(answered),
    onDone: setJob,
  });
  const { mutate } = retry;
  const columns = useMemo(
    (): readonly Column<Group_>[] => [
      { id: 'reason', header: t('reason'), value: ({ reason }) => reason, filter: true, width: 180 },
      { id: 'missing', header: t('missing'), value: ({ missing }) => missing, width: 360 },
      { id: 'records', header: t('records'), kind: 'figure', value: ({ records }) => records, total: true, width: 110 },
      { id: 'seconds', header: t('seconds'), kind: 'figure', value: ({ seconds }) => seconds, total: true, width: 110 },
      {
        ...{ id: 'do', header: t('show'), value: () => undefined, width: 270 },
        cell: ({ reason, source }) => (
          <Group gap="xs" wrap="nowrap">
            <Anchor renderRoot={(props) => <Link {...props} to="/usage" search={() => ({ state: 'held', reason })} />}>{t('show')}</Anchor>
            {mayManage && (
              <>
                <Button size="compact-xs" variant="light" onClick={() => mutate({ reason, ...(source === undefined ? {} : { source }) })}>
                  {t('retry')}
                </Button>
                <Button size="compact-xs" variant="default" onClick={() => setWritingOff(reason)}>
                  {t('writeOff')}
                </Button>
              </>
            )}
          </Group>
        ),
      },
      { id: 'remedy', header: t('remedy'), value: ({ remedy }) => remedy, width: 420 },
    ],
    [t, mayManage, mutate],
  );
  const refetch = (): void => void Promise.all([groups.refetch(), stakes.refetch()]);
  const some = (groups.data ?? []).length > 0;
  return (
    <Page
      title={t('title')}
      actions={mayManage && some ? <Button onClick={() => mutate({})}>{t('retryAll')}</Button> : undefined}
      detail={<Stakes items={stakes.data ?? []} />}
    >
      {retry.error !== null && <Fault error={retry.error} />}
      {job !== undefined && <FollowJob job={job} summary={(done) => summaryOf(done, t)} onDone={refetch} />}
      <DataTable
        {...{ name: 'suspense', label: t('title'), list: wholeList(groups), columns }}
        rowKey={({ reason, missing, source }) => `${reason} ${source} ${missing}`}
        empty={<Empty title={t('empty')}>{t('emptyWhat')}</Empty>}
      />
      {writingOff !== undefined && <WriteOff reason={writingOff} onClose={() => setWritingOff(undefined)} onBegun={setJob} />}
    </Page>
  );
}

function Stakes({ items }: { readonly items: readonly components['schemas']['SuspenseGroup'][] }) {
  const t = useTexts();
  const rows = items.flatMap(({ group, receivable, payable }) => [
    ...receivable.map((money) => ({ group, side: t('sold'), ...money })),
    ...payable.map((money) => ({ group, side: t('bought'), ...money })),
  ]);
  if (rows.length === 0) return null;
  return (
    <Group gap="md" component="p" m={0}>
      <span>{t('stake')}:</span>
      {rows.map(({ group, side, amount, currency }) => (
        <span key={`${group}${side}${currency}`}>
          {group}, {side} ≈ <Amount value={amount} currency={currency} />
        </span>
      ))}
    </Group>
  );
}

function WriteOff({
  reason,
  onClose,
  onBegun,
}: {
  readonly reason: string;
  readonly onClose: () => void;
  readonly onBegun: (job: Job) => void;
}) {
  const t = useTexts();
  const [why, setWhy] = useState('');
  const change = useChange({
    send: (words: string, { key }) =>
      client.POST('/v1/usage/write-offs', { params: { header: { 'Idempotency-Key': key } }, body: { reason, why: words } }).then(answered),
    onDone: (job) => {
      onBegun(job);
      onClose();
    },
    changes,
  });
  return (
    <Modal opened onClose={onClose} title={t('writeOff')}>
      <Stack gap="sm">
        <p>{t('writeOffWhat', { reason })}</p>
        <Textarea label={t('why')} value={why} maxLength={500} onChange={(event) => setWhy(event.currentTarget.value)} data-autofocus />
        {change.error !== null && <Fault error={change.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button color="red.8" disabled={why.trim() === ''} loading={change.isPending} onClick={() => change.mutate(why.trim())}>
            {t('writeOff')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function summaryOf({ result }: Job, t: ReturnType<typeof useTexts>): string {
  if (typeof result !== 'object' || result === null) return '';
  const counts: Readonly<Record<string, unknown>> = { ...result };
  const count = (name: string): string => String(counts[name] ?? 0);
  if ('writtenOff' in counts) return t('writtenOff', { count: count('writtenOff') });
  return t('result', { rated: count('rated'), held: count('held'), rejected: count('rejected'), duplicate: count('duplicate') });
}
