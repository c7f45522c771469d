/** A job that was asked for, as it goes on. */
import { Button, Group, List, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { useChange } from '../client/change.ts';
import { client, type components } from '../client/client.ts';
import { answered } from '../client/problem.ts';
import { useLanguage } from '../shell/language.ts';
import { useShellTexts } from '../shell/texts.ts';
import { Refused } from '../subjects/refusals/refusals.tsx';
import { useWord } from '../subjects/words/words.ts';
import { Fault } from './fault.tsx';
import { JobProgress } from './job-progress.tsx';

export type Job = components['schemas']['Job'];

const SLOW_MS = 5_000;

interface Props {
  readonly job: string;
  /** Of a job that is done: what came of it. */
  readonly summary?: (result: Readonly<Record<string, unknown>>) => ReactNode;
  readonly onEnd?: (job: Job) => void;
}

/** Read and then heard of: the stream ends with the job. */
export function JobWatch({ job: id, summary, onEnd }: Props) {
  const t = useShellTexts();
  const word = useWord();
  const language = useLanguage();
  const queries = useQueryClient();
  const key = ['jobs', id];
  const params = { path: { job: id } };
  const {
    data: job,
    error,
    refetch,
  } = useQuery({
    queryKey: key,
    queryFn: async () => {
      const read = await client.GET('/v1/jobs/{job}', { params }).then(answered);
      // What was read before the stream told the end may come after it.
      const told = queries.getQueryData<Job>(key);
      return told === undefined || told.state === 'running' ? read : told;
    },
    // A stream that a proxy holds back, or that was one too many, tells nothing.
    refetchInterval: ({ state: { data } }) => (data === undefined || data.state === 'running' ? SLOW_MS : false),
  });
  const isOver = job !== undefined && job.state !== 'running';
  const end = useRef(onEnd);
  end.current = onEnd;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, at its end
  useEffect(() => {
    if (isOver) end.current?.(job);
  }, [isOver]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: one stream for a job
  useEffect(() => {
    const stream = new EventSource(`/v1/jobs/${id}/events`);
    stream.addEventListener('job', (event) => {
      const told: Job = JSON.parse(String(event.data)); // as getJob answers
      queries.setQueryData(key, told);
      if (told.state === 'running') return;
      stream.close();
    });
    return () => stream.close();
  }, [id]);
  const cancel = useChange({
    send: (_: object, { key: name }) =>
      client.POST('/v1/jobs/{job}/cancellations', { params: { ...params, header: { 'Idempotency-Key': name } } }).then(answered),
    changes: [key],
  });
  const restart = useChange({
    send: (_: object, { key: name }) =>
      client.POST('/v1/jobs/{job}/restarts', { params: { ...params, header: { 'Idempotency-Key': name } } }).then(answered),
    changes: [['jobs']],
  });
  if (error !== null) return <Fault error={error} onRetry={() => void refetch()} />;
  if (job === undefined) return null;
  const { kind, state, done, total, startedAt, refusals, result } = job;
  // The case is told in English, and the page around says which it is.
  const title = language === 'en' ? job.title : word(`job ${kind}`);
  const canRestart = state === 'failed' || state === 'cancelled' || state === 'interrupted';
  return (
    <Stack gap="sm">
      <JobProgress
        {...{ title, state, done, startedAt }}
        {...(total === undefined ? {} : { total })}
        {...(job.isStopping ? {} : { onCancel: () => cancel.mutate({}) })}
      />
      {refusals.length > 0 && (
        <List>
          {refusals.map(({ code, message }) => (
            <List.Item key={`${code} ${message}`}>
              <Refused code={code} message={message} />
            </List.Item>
          ))}
        </List>
      )}
      {state === 'done' && summary?.(result as Readonly<Record<string, unknown>>) /* an object, as its operation says */}
      {restart.error !== null && <Fault error={restart.error} />}
      {restart.data !== undefined ? (
        <JobWatch job={restart.data.job} {...(summary === undefined ? {} : { summary })} {...(onEnd === undefined ? {} : { onEnd })} />
      ) : (
        canRestart && (
          <Group>
            <Button size="xs" variant="default" loading={restart.isPending} onClick={() => restart.mutate({})}>
              {t('again')}
            </Button>
          </Group>
        )
      )}
    </Stack>
  );
}
