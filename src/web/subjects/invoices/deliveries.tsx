/** Where a document went, and sending it again. */
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client } from '../../client/client.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Fault } from '../../parts/fault.tsx';
import { type State, StateBadge } from '../../parts/state-badge.tsx';
import { Attempts, joinSaid } from '../month/attempts.tsx';
import { useTexts } from '../month/texts.ts';
import { useWord } from '../words/words.ts';

const states: Readonly<Record<string, State>> = {
  waiting: 'open',
  sending: 'open',
  sent: 'settled',
  failed: 'wrong',
  bounced: 'wrong',
  stopped: 'attention',
};

async function readDelivery(delivery: string) {
  const { attempts } = await client.GET('/v1/deliveries/{delivery}', { params: { path: { delivery } } }).then(answered);
  return { attempts: attempts.map(({ at, what, said, by }) => ({ at, outcome: what, said: joinSaid(said, by) })) };
}

export function Deliveries({ number }: { readonly number: string }) {
  const t = useTexts();
  const may = useMay();
  const [shown, setShown] = useState<string>();
  const word = useWord();
  const deliveries = useQuery({
    queryKey: ['deliveries', number],
    queryFn: () => client.GET('/v1/deliveries', { params: { query: { document: number } } }).then(answered),
  });
  const plan = useChange({
    send: (document: string, { key }) =>
      client
        .POST('/v1/documents/{number}/deliveries', { params: { path: { number: document }, header: { 'Idempotency-Key': key } } })
        .then(answered),
    changes: [['deliveries', number]],
  });
  const retry = useChange({
    send: (delivery: string, { key }) =>
      client
        .POST('/v1/deliveries/{delivery}/retries', {
          params: { path: { delivery }, header: { 'Idempotency-Key': key } },
          body: { again: true },
        })
        .then(answered),
    changes: [['deliveries', number]],
  });
  const stop = useChange({
    send: (delivery: string, { key }) =>
      client.POST('/v1/deliveries/{delivery}/stops', { params: { path: { delivery }, header: { 'Idempotency-Key': key } } }).then(answered),
    changes: [['deliveries', number]],
  });
  const items = deliveries.data?.items ?? [];
  return (
    <Paper component="section" withBorder p="md" radius="md" aria-label={t('deliveries')}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4">
            {t('deliveries')}
          </Title>
          {may('documents:manage') && (
            <Button size="xs" variant="default" loading={plan.isPending} onClick={() => plan.mutate(number)}>
              {t('deliver')}
            </Button>
          )}
        </Group>
        {items.length === 0 && deliveries.isSuccess && <Text className="quiet">{t('deliveriesEmpty')}</Text>}
        {items.map(({ delivery, way, route, state, said }) => (
          <Group key={delivery} justify="space-between">
            <Text>
              {word(`way ${way}`)} · {route}
            </Text>
            <Group gap="sm">
              <Text className="quiet">{said}</Text>
              <Button size="compact-xs" variant="subtle" onClick={() => setShown(delivery)}>
                {t('attempts')}
              </Button>
              <StateBadge state={states[state] ?? 'open'}>{word(`delivery ${state}`)}</StateBadge>
              {may('documents:manage') && (state === 'waiting' || state === 'failed') && (
                <Button size="compact-xs" variant="default" loading={stop.isPending} onClick={() => stop.mutate(delivery)}>
                  {t('stopDelivery')}
                </Button>
              )}
              {may('documents:manage') && state !== 'sending' && state !== 'waiting' && (
                <Button size="compact-xs" variant="default" loading={retry.isPending} onClick={() => retry.mutate(delivery)}>
                  {t('again')}
                </Button>
              )}
            </Group>
          </Group>
        ))}
        {shown !== undefined && (
          <Attempts queryKey={['deliveries', 'one', shown]} read={() => readDelivery(shown)} onClose={() => setShown(undefined)} />
        )}
        {(plan.error ?? retry.error ?? stop.error) !== null && <Fault error={plan.error ?? retry.error ?? stop.error} />}
      </Stack>
    </Paper>
  );
}
