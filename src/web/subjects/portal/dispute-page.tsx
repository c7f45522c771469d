/** One dispute: what it is about, what was said and sent, and what can be answered. */
import { Button, Group, Paper, Select, SimpleGrid, Skeleton, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useMe } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import type { Seen } from '../../client/seen.ts';
import { Amount } from '../../parts/amount.tsx';
import { DisputeEvidence, DisputeSteps } from '../../parts/dispute-steps.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Day } from '../../parts/instant.tsx';
import { Page } from '../../parts/page.tsx';
import { Said } from '../../parts/said.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { type DisputeFile, readDispute, useDisputeForm } from '../talk/read-dispute.ts';
import { Talk } from '../talk/talk.tsx';
import { useTexts } from './texts.ts';

type Dispute = components['schemas']['Dispute'];

export function PortalDisputePage() {
  const t = useTexts();
  const { role } = useMe();
  const { dispute: id } = useParams({ strict: false }) as { dispute: string }; // of its route
  const file = useQuery({ queryKey: ['disputes', id], queryFn: () => readDispute(id), retry: false });
  const data = file.data?.data;
  const said = data === undefined ? [] : data.evidence;
  return (
    <Page
      title={t('disputeOf', { number: id })}
      above={[
        <Link key="disputes" to="/portal/disputes">
          {t('disputes')}
        </Link>,
      ]}
      detail={data !== undefined && <Facts dispute={data.dispute} />}
    >
      {file.error !== null && <Fault error={file.error} onRetry={() => void file.refetch()} />}
      {file.isPending && <Skeleton height={320} />}
      {data !== undefined && (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <Stack gap="md">
            <Paper component="section" withBorder p="md" aria-label={t('history')}>
              <DisputeSteps {...{ steps: data.steps, currency: data.dispute.currency }} title={(step) => titleOf(step, t)} />
              {said.length > 0 && (
                <Title order={2} size="h4" mt="md">
                  {t('evidence')}
                </Title>
              )}
              <DisputeEvidence dispute={id} files={said} />
            </Paper>
            {role === 'partner' && file.data !== undefined && <Answer dispute={id} file={file.data} />}
          </Stack>
          <Talk dispute={id} mayWrite={role === 'partner'} />
        </SimpleGrid>
      )}
    </Page>
  );
}

const steps = ['raised', 'offered', 'accepted', 'rejected', 'withdrawn', 'settled'] as const;

function stepOf(kind: string): (typeof steps)[number] {
  return steps.find((each) => each === kind) ?? 'raised';
}

function titleOf({ by, kind }: DisputeFile['steps'][number], t: ReturnType<typeof useTexts>): string {
  return `${t(by === 'us' ? 'operator' : 'you')}: ${t(`step_${stepOf(kind)}`)}`;
}

function Facts({ dispute: { state, document, net, currency, respondBy, reason } }: { readonly dispute: Dispute }) {
  const t = useTexts();
  return (
    <Stack gap={4}>
      <Group gap="sm">
        <StateBadge state={state === 'settled' ? 'settled' : state === 'withdrawn' ? 'open' : 'attention'}>
          {t(`dispute_${state}`)}
        </StateBadge>
        <bdi>{document}</bdi>
        <Amount value={net} currency={currency} />
        <span>
          {t('respondBy')} <Day day={respondBy} />
        </span>
      </Group>
      <Text>
        <Said>{reason}</Said>
      </Text>
    </Stack>
  );
}

/** What may follow: an offer of ours is theirs to answer, and only who raised it withdraws it. */
function Answer({ dispute, file }: { readonly dispute: string; readonly file: Seen<DisputeFile> }) {
  const t = useTexts();
  const [chosen, setKind] = useState<string>();
  const [amount, setAmount] = useState('');
  const [note, setNote] = useState('');
  const { begun, of } = useDisputeForm(dispute, file, {
    isWritten: chosen !== undefined || amount !== '' || note !== '',
    say: ({ dispute: each, steps: made }) => ({
      state: [t('state'), t(`dispute_${each.state}`)],
      last: [
        t('history'),
        made
          .slice(-1)
          .map((step) => [titleOf(step, t), step.net, step.note].join(' '))
          .join(''),
      ],
    }),
  });
  const { state, currency } = begun.dispute;
  const isOffered = state === 'offered' && begun.steps.findLast(({ kind }) => kind === 'offered')?.by === 'us';
  const kinds = isOffered ? (['accepted', 'rejected', 'offered', 'withdrawn'] as const) : (['offered', 'withdrawn'] as const);
  const kind = kinds.find((each) => each === chosen) ?? kinds[0];
  const answer = useChange({
    of,
    send: (body: { kind: (typeof kinds)[number]; note: string; amount?: string }, { key, match }) =>
      client
        .POST('/v1/portal/disputes/{dispute}/steps', { params: { path: { dispute }, header: { 'Idempotency-Key': key, ...match } }, body })
        .then(answered),
    onDone: () => {
      setKind(undefined);
      setNote('');
      setAmount('');
    },
    changes: [['disputes', dispute], ['portal']],
  });
  if (state !== 'open' && state !== 'offered') return null;
  return (
    <Paper component="section" withBorder p="md" aria-label={t('answer')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          answer.mutate({ kind, note: note.trim(), ...(kind === 'offered' ? { amount: amount.trim() } : {}) });
        }}
      >
        <Stack gap="md">
          <Select
            {...{ label: t('answer'), required: true, allowDeselect: false, value: kind }}
            data={kinds.map((value) => ({ value, label: t(value) }))}
            onChange={(value) => setKind(value ?? undefined)}
          />
          {kind === 'offered' && (
            <TextInput
              {...{ label: `${t('amount')}, ${currency}`, required: true, maxLength: 30, value: amount }}
              onChange={(event) => {
                // Words are of what was chosen when they were written.
                setKind(kind);
                setAmount(event.currentTarget.value);
              }}
            />
          )}
          <Textarea
            {...{ label: t('note'), required: true, maxLength: 2000, autosize: true, minRows: 2, value: note, dir: 'auto' }}
            onChange={(event) => {
              setKind(kind);
              setNote(event.currentTarget.value);
            }}
          />
          {answer.error !== null && <Fault error={answer.error} />}
          <Group>
            <Button type="submit" loading={answer.isPending}>
              {t('answerIt')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
