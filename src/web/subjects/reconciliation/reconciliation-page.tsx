/** What differs and why: compared beside, with its progress; causes with their money and evidence, then line by line; each can be disputed from here. */
import { Button, Group, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Instant } from '../../parts/instant.tsx';
import { type Job, JobWatch } from '../../parts/job-watch.tsx';
import { Page } from '../../parts/page.tsx';
import { useUrl } from '../../parts/url-state.ts';
import { useTexts } from '../month/texts.ts';
import { Compared } from './compared.tsx';

export function ReconciliationPage() {
  const t = useTexts();
  const path = useParams({ strict: false }) as { agreement: string; period: string }; // of its route
  const { agreement, period } = path;
  const [{ run }, change] = useUrl();
  /** A job that was begun here and is not done. */
  const [job, setJob] = useState<Job>();
  const begin = useChange({
    send: (_: object, { key }) =>
      client
        .POST('/v1/agreements/{agreement}/reconciliations/{period}', {
          params: { path, header: { 'Idempotency-Key': key } },
          body: {},
        })
        .then(answered),
    onDone: setJob,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for what the address names
  useEffect(() => {
    if (run === undefined) begin.mutate({});
  }, [agreement, period]);
  const hasNone = job?.refusals.some(({ code }) => code === 'reconcile.no-declaration') === true;
  return (
    <Page
      title={`${agreement} ${period}`}
      above={[
        <Link key="all" to="/reconciliation">
          {t('reconciliation')}
        </Link>,
      ]}
      actions={
        <>
          <Link to="/statements/$agreement/$period" params={path}>
            {t('statement')}
          </Link>
          <Button variant="default" loading={begin.isPending} disabled={job?.state === 'running'} onClick={() => begin.mutate({})}>
            {t('compareAgain')}
          </Button>
        </>
      }
    >
      {begin.error !== null && <Fault error={begin.error} onRetry={() => begin.mutate({})} />}
      {hasNone && <Empty title={t('noDeclaration')}>{t('declarationsEmptyWhat')}</Empty>}
      {job !== undefined && !hasNone && (
        <JobWatch
          key={job.job}
          job={job.job}
          onEnd={(ended) => {
            setJob(ended.state === 'done' ? undefined : ended);
            if (ended.state === 'done') change({ run: ended.job });
          }}
        />
      )}
      {job === undefined && run === undefined && begin.error === null && <Skeleton height={320} />}
      {job === undefined && run !== undefined && <Run run={run} />}
    </Page>
  );
}

function Run({ run }: { readonly run: string }) {
  const t = useTexts();
  const found = useQuery({
    queryKey: ['reconciliation', run],
    queryFn: () => client.GET('/v1/reconciliations/{reconciliation}', { params: { path: { reconciliation: run } } }).then(answered),
    retry: false,
  });
  if (found.isPending) return <Skeleton height={320} />;
  if (found.error !== null) return <Fault error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <>
      <Group gap="xs">
        <Text className="quiet">{t('comparedAt')}</Text>
        <Instant at={found.data.at} />
      </Group>
      {found.data.items.map((each) => (
        <ComparedOf key={each.declaration} run={run} of={each} />
      ))}
    </>
  );
}

function ComparedOf({ run, of }: { readonly run: string; readonly of: components['schemas']['ReconciliationSum'] }) {
  const { declaration } = of;
  const lines = useList(['reconciliation', run, declaration], (cursor) =>
    client
      .GET('/v1/reconciliations/{reconciliation}/lines', {
        params: { path: { reconciliation: run }, query: { declaration, limit: 200, ...(cursor === undefined ? {} : { cursor }) } },
      })
      .then(answered),
  );
  return <Compared of={of} lines={lines} />;
}
