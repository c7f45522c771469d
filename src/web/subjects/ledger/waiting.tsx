/** Entries that wait for a second person. */
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useChange } from '../../client/change.ts';
import { client } from '../../client/client.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Fault } from '../../parts/fault.tsx';
import { useTexts } from '../month/texts.ts';

export function Waiting() {
  const t = useTexts();
  const may = useMay();
  const waiting = useQuery({
    queryKey: ['ledger', 'waiting'],
    queryFn: () => client.GET('/v1/ledger/waiting', { params: { query: { limit: 200 } } }).then(answered),
  });
  const approve = useChange({
    send: (id: string, { key }) =>
      client
        .POST('/v1/ledger/waiting/{waiting}/approvals', { params: { path: { waiting: id }, header: { 'Idempotency-Key': key } } })
        .then(answered),
    changes: [['ledger'], ['periods']],
  });
  const items = waiting.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Paper component="section" withBorder p="md" radius="md" aria-label={t('waiting')}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t('waiting')}
        </Title>
        {items.map(({ waiting: id, day, kind, reference, description, enteredBy }) => (
          <Group key={id} justify="space-between">
            <Text flex={1} miw={220}>
              {day} · {kind} {reference} · {description} · {enteredBy}
            </Text>
            {may('ledger:approve') && (
              <Button size="xs" variant="default" loading={approve.isPending} onClick={() => approve.mutate(id)}>
                {t('approve')}
              </Button>
            )}
          </Group>
        ))}
        {approve.error !== null && <Fault error={approve.error} meant={t('nothingDone')} />}
      </Stack>
    </Paper>
  );
}
