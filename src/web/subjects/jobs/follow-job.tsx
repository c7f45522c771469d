/** A job that was just begun: how far it is, told by the server as it goes on, and what came of it. */
import { Stack } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { answered, Problem } from '../../client/problem.ts';
import { Fault } from '../../parts/fault.tsx';
import { JobProgress } from '../../parts/job-progress.tsx';

export type Job = components['schemas']['Job'];

interface Props {
  readonly job: Job;
  /** Of one that is done. */
  readonly summary: (job: Job) => string;
  readonly onDone?: () => void;
}

export function FollowJob({ job: begun, summary, onDone }: Props) {
  const [job, setJob] = useState(begun);
  const done = useRef(onDone);
  done.current = onDone;
  useEffect(() => {
    setJob(begun);
    const stream = new EventSource(`/v1/jobs/${begun.job}/events`);
    stream.addEventListener('job', (event) => {
      const told: Job = JSON.parse(String(event.data));
      setJob(told);
      if (told.state === 'running') return;
      stream.close();
      done.current?.();
    });
    return () => stream.close();
  }, [begun]);
  const cancel = useChange({
    send: (id: string, { key }) =>
      client.POST('/v1/jobs/{job}/cancellations', { params: { path: { job: id }, header: { 'Idempotency-Key': key } } }).then(answered),
  });
  const [refusal] = job.refusals;
  return (
    <Stack gap="sm">
      <JobProgress
        {...{ title: job.title, state: job.state, done: job.done, startedAt: job.startedAt }}
        {...(job.total === undefined ? {} : { total: job.total })}
        {...(job.state === 'done' ? { summary: summary(job) } : {})}
        onCancel={() => cancel.mutate(job.job)}
      />
      {refusal !== undefined && (
        <Fault error={new Problem({ ...refusal, title: job.title, detail: refusal.message, status: 409, remedy: '' })} />
      )}
    </Stack>
  );
}
