/** Long work: running, done, broken off. */
import { Button } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useChange } from '../../client/change.ts';
import { client } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import type { Job } from '../../parts/job-watch.tsx';
import { Page } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useLanguage } from '../../shell/language.ts';
import { Told, useRefusals } from '../refusals/refusals.tsx';
import { useWord } from '../words/words.ts';
import { caseOf } from './case-of.ts';
import { useTexts } from './texts.ts';

const states = { running: 'open', done: 'settled', failed: 'wrong', cancelled: 'attention', interrupted: 'attention' } as const;

export function JobsPage() {
  const t = useTexts();
  const { line } = useRefusals();
  const language = useLanguage();
  const word = useWord();
  const may = useMay();
  const list = useList(['jobs'], (cursor) =>
    client.GET('/v1/jobs', { params: { query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const again = useChange({
    send: (job: string, { key }) =>
      client.POST('/v1/jobs/{job}/restarts', { params: { path: { job }, header: { 'Idempotency-Key': key } } }).then(answered),
    changes: [['jobs']],
  });
  const { mutate } = again;
  const mayManage = may('jobs:manage');
  // What kind of work it is, in the language of the reader; then the case.
  const titleOf = useCallback(
    (kind: string, title: string) =>
      language === 'en' ? title : [word(`job ${kind}`), caseOf(kind, title) ?? ''].filter((part) => part !== '').join(' · '),
    [language, word],
  );
  const columns = useMemo(
    (): readonly Column<Job>[] => [
      {
        ...{ id: 'title', header: t('job'), width: 260 },
        value: ({ kind, title }) => titleOf(kind, title),
        cell: ({ kind, title }) => (
          <>
            <bdi>{titleOf(kind, title)}</bdi> {language !== 'en' && caseOf(kind, title) === undefined && <Told>{title}</Told>}
          </>
        ),
      },
      {
        id: 'state',
        header: t('state'),
        value: ({ state }) => state,
        cell: ({ state }) => <StateBadge state={states[state]}>{t(state)}</StateBadge>,
        filter: true,
      },
      { id: 'done', header: t('progress'), kind: 'figure', value: ({ done }) => done, width: 100 },
      { id: 'by', header: t('by'), value: ({ by }) => by, filter: true, width: 180 },
      { id: 'started', header: t('started'), kind: 'instant', value: ({ startedAt }) => startedAt, width: 200 },
      { id: 'ended', header: t('ended'), kind: 'instant', value: ({ endedAt }) => endedAt, width: 200 },
      { id: 'said', header: t('said'), value: ({ refusals }) => refusals.map(line).join('; '), width: 320 },
      {
        ...{ id: 'again', header: t('again'), value: () => undefined, width: 160 },
        cell: ({ job, state }) =>
          mayManage && (state === 'interrupted' || state === 'failed') ? (
            <Button size="compact-xs" variant="default" onClick={() => mutate(job)}>
              {t('again')}
            </Button>
          ) : null,
      },
    ],
    [t, titleOf, language, line, mayManage, mutate],
  );
  return (
    <Page title={t('title')}>
      {again.error !== null && <Fault error={again.error} />}
      <DataTable
        {...{ name: 'jobs', label: t('title'), list, columns }}
        rowKey={({ job }) => job}
        empty={<Empty title={t('empty')}>{t('emptyWhat')}</Empty>}
      />
    </Page>
  );
}
