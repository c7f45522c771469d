/** One dispute: what it is about, what was said, what can be done next. */
import { Button, Group, Paper, Select, SimpleGrid, Skeleton, Stack, Table, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import type { Seen } from '../../client/seen.ts';
import { Amount } from '../../parts/amount.tsx';
import { DisputeEvidence, DisputeSteps } from '../../parts/dispute-steps.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Day } from '../../parts/instant.tsx';
import { JobWatch } from '../../parts/job-watch.tsx';
import { Page } from '../../parts/page.tsx';
import { Said } from '../../parts/said.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { usePartyName } from '../month/agreements.ts';
import { useTexts } from '../month/texts.ts';
import { today } from '../month/today.ts';
import { type DisputeFile, readDispute, useDisputeForm } from '../talk/read-dispute.ts';
import { Talk } from '../talk/talk.tsx';
import { type Dispute, stateOf } from './states.ts';

type StepMade = components['schemas']['DisputeStepMade'];
const outcomes = ['credit-note', 'debit-note', 're-rating', 'write-off', 'their-credit-note', 'their-self-billing'] as const;

export function DisputePage() {
  const t = useTexts();
  const may = useMay();
  const nameOf = usePartyName();
  const { dispute: id } = useParams({ strict: false }) as { dispute: string }; // of its route
  const file = useQuery({ queryKey: ['disputes', id], queryFn: () => readDispute(id), retry: false });
  const data = file.data?.data;
  return (
    <Page
      title={t('disputeTitle', { dispute: id })}
      above={[
        <Link key="disputes" to="/disputes">
          {t('disputes')}
        </Link>,
      ]}
      detail={
        data !== undefined && (
          <Group gap="sm">
            <Text>
              <Said>{nameOf(data.dispute.party)}</Said>
            </Text>
            <StateBadge state={stateOf[data.dispute.state]}>{t(`dispute_${data.dispute.state}`)}</StateBadge>
            {!isOver(data.dispute) && data.dispute.respondBy < today() && <StateBadge state="wrong">{t('overdue')}</StateBadge>}
          </Group>
        )
      }
    >
      {file.error !== null && <Fault error={file.error} onRetry={() => void file.refetch()} />}
      {file.isPending && <Skeleton height={320} />}
      {data !== undefined && (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <Stack gap="md">
            <Facts dispute={data.dispute} />
            {data.evidence.length > 0 && (
              <Paper withBorder p="md" radius="md">
                <Title order={2} size="h4">
                  {t('evidence')}
                </Title>
                <DisputeEvidence dispute={id} files={data.evidence} />
              </Paper>
            )}
            {file.data !== undefined && may('disputes:manage') && <NextStep dispute={id} file={file.data} />}
            <Talk dispute={id} mayWrite={may('disputes:manage')} />
          </Stack>
          <Paper component="section" withBorder p="md" radius="md" aria-label={t('history')}>
            <Stack gap="md">
              <Title order={2} size="h4">
                {t('history')}
              </Title>
              <DisputeSteps {...{ steps: data.steps, currency: data.dispute.currency }} title={(step) => titleOf(step, t)} />
            </Stack>
          </Paper>
        </SimpleGrid>
      )}
    </Page>
  );
}

const isOver = ({ state }: Dispute): boolean => state === 'settled' || state === 'withdrawn';

function titleOf({ by, kind }: DisputeFile['steps'][number], t: ReturnType<typeof useTexts>): string {
  return `${t(by)}: ${t(`step_${kind as StepMade['kind'] | 'raised' | 'settled'}`)}`; // as the schema names steps
}

function Facts({ dispute }: { readonly dispute: Dispute }) {
  const t = useTexts();
  const { document, isOurs, agreement, line, currency, net, gross, reason, raisedOn, respondBy, offered } = dispute;
  const row = (name: string, value: React.ReactNode) => (
    <Table.Tr>
      <Table.Th w={150}>{name}</Table.Th>
      <Table.Td>{value}</Table.Td>
    </Table.Tr>
  );
  return (
    <Paper withBorder p="md" radius="md">
      <Table variant="vertical" verticalSpacing={6} withRowBorders={false}>
        <Table.Tbody>
          {row(
            t('document'),
            isOurs ? (
              <Link to="/invoices/$number" params={{ number: document }}>
                {document}
              </Link>
            ) : (
              document
            ),
          )}
          {agreement !== undefined && row(t('agreement'), agreement)}
          {line !== undefined && row(t('line'), line)}
          {row(t('contestedNet'), <Amount value={net} currency={currency} />)}
          {row(t('contestedGross'), <Amount value={gross} currency={currency} />)}
          {offered !== undefined && row(t('offered'), <Amount value={offered} currency={currency} />)}
          {row(t('reason'), <Said>{reason}</Said>)}
          {row(t('raisedOn'), <Day day={raisedOn} />)}
          {row(t('respondBy'), <Day day={respondBy} />)}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

interface NextStepProps {
  readonly dispute: string;
  /** As it is on the page: an offer is accepted as it was seen. */
  readonly file: Seen<DisputeFile>;
}

function NextStep({ dispute, file }: NextStepProps) {
  const t = useTexts();
  const [by, setBy] = useState<'us' | 'them'>('us');
  const [amount, setAmount] = useState('');
  const [note, setNote] = useState('');
  const [outcome, setOutcome] = useState<(typeof outcomes)[number]>('credit-note');
  const [result, setResult] = useState('');
  const { begun, of } = useDisputeForm(dispute, file, {
    isWritten: amount !== '' || note !== '' || result !== '',
    say: ({ dispute: each, steps }) => ({
      state: [t('state'), t(`dispute_${each.state}`)],
      last: [
        t('history'),
        steps
          .slice(-1)
          .map((step) => [titleOf(step, t), step.net, step.note].join(' '))
          .join(''),
      ],
    }),
  });
  const { state, currency, net } = begun.dispute;
  const changes = [['disputes']];
  const step = useChange({
    of,
    send: (body: StepMade, { key, match }) =>
      client
        .POST('/v1/disputes/{dispute}/steps', { params: { path: { dispute }, header: { 'Idempotency-Key': key, ...match } }, body })
        .then(answered),
    changes,
    onDone: () => {
      setNote('');
      setAmount('');
    },
  });
  const settle = useChange({
    of,
    send: (body: components['schemas']['SettleDispute'], { key, match }) =>
      client
        .POST('/v1/disputes/{dispute}/settlements', { params: { path: { dispute }, header: { 'Idempotency-Key': key, ...match } }, body })
        .then(answered),
    onDone: () => setResult(''),
  });
  const refresh = useChange({ send: async (_: object) => ({}), changes: [['disputes'], ['documents']] });
  const say = (kind: StepMade['kind'], more: Partial<StepMade> = {}): void => step.mutate({ kind, by, note: note.trim(), ...more });
  const stepNote = (
    <Textarea autosize maxLength={2000} label={t('message')} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
  );
  const side = (
    <Select
      label={t('whoseStep')}
      allowDeselect={false}
      value={by}
      onChange={(value) => setBy(value === 'them' ? 'them' : 'us')}
      data={[
        { value: 'us', label: t('us') },
        { value: 'them', label: t('them') },
      ]}
    />
  );
  if (isOver(begun.dispute)) return null;
  return (
    <Paper component="section" withBorder p="md" radius="md" aria-label={t('nextStep')}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t('nextStep')}
        </Title>
        {state === 'agreed' ? (
          <>
            <Select
              label={t('outcome')}
              allowDeselect={false}
              value={outcome}
              data={outcomes.map((value) => ({ value, label: t(`outcome_${value}`) }))}
              onChange={(value) => setOutcome(outcomes.find((each) => each === value) ?? 'credit-note')}
            />
            {outcome === 'their-credit-note' && (
              <TextInput
                label={t('theirNumber')}
                maxLength={255}
                value={result}
                onChange={(event) => setResult(event.currentTarget.value)}
              />
            )}
            <Group>
              <Button
                loading={settle.isPending}
                onClick={() => settle.mutate({ outcome, ...(result.trim() === '' ? {} : { result: result.trim() }) })}
              >
                {t('settle')}
              </Button>
            </Group>
            {settle.data !== undefined && <JobWatch job={settle.data.job} onEnd={() => refresh.mutate({})} />}
            {settle.error !== null && <Fault error={settle.error} />}
          </>
        ) : (
          <>
            {side}
            {stepNote}
            {state === 'offered' && (
              <Group>
                <Button loading={step.isPending} onClick={() => say('accepted')}>
                  {t('accept')}
                </Button>
                <Button variant="default" loading={step.isPending} onClick={() => say('rejected')}>
                  {t('reject')}
                </Button>
              </Group>
            )}
            <Group align="flex-end">
              <TextInput
                label={t('offerOf', { currency, net })}
                inputMode="decimal"
                value={amount}
                onChange={(event) => setAmount(event.currentTarget.value.trim())}
              />
              <Button variant="default" disabled={amount === ''} loading={step.isPending} onClick={() => say('offered', { amount })}>
                {t(state === 'offered' ? 'counterOffer' : 'offer')}
              </Button>
              <Button variant="subtle" color="red" c="var(--wrong)" loading={step.isPending} onClick={() => say('withdrawn')}>
                {t('withdraw')}
              </Button>
            </Group>
            {step.error !== null && <Fault error={step.error} meant={t('nothingDone')} />}
          </>
        )}
      </Stack>
    </Paper>
  );
}
