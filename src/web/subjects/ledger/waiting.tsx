/** Entries that wait for a second person. */
import { Button, Divider, Group, Paper, Stack, Text, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Fault } from '../../parts/fault.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Said } from '../../parts/said.tsx';
import { useTexts } from '../month/texts.ts';
import { WaitingEntry, type WaitingEntryShown } from './waiting-entry.tsx';

export function Waiting() {
  const t = useTexts();
  const { rows, hasMore, isLoadingMore, loadMore } = useList(['ledger', 'waiting'], (cursor) =>
    client.GET('/v1/ledger/waiting', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  if (rows.length === 0) return null;
  return (
    <Paper component="section" withBorder p="md" radius="md" aria-label={t('waiting')}>
      <Stack gap="md">
        <Title order={2} size="h4">
          {t('waiting')}
        </Title>
        {rows.map((entry) => (
          <OneWaiting key={entry.waiting} entry={entry} />
        ))}
        {hasMore && (
          <Button variant="default" loading={isLoadingMore} onClick={() => void loadMore()}>
            {t('waitingMore')}
          </Button>
        )}
      </Stack>
    </Paper>
  );
}

function OneWaiting({ entry }: { readonly entry: WaitingEntryShown }) {
  const t = useTexts();
  const mayApprove = useMay()('ledger:approve');
  const [isRejecting, setRejecting] = useState(false);
  const approve = useChange({
    send: (id: string, { key }) =>
      client
        .POST('/v1/ledger/waiting/{waiting}/approvals', { params: { path: { waiting: id }, header: { 'Idempotency-Key': key } } })
        .then(answered),
    changes: [['ledger'], ['periods']],
  });
  return (
    <>
      <Divider />
      <WaitingEntry entry={entry}>
        {mayApprove && (
          <Group gap="xs">
            <Button size="xs" variant="default" loading={approve.isPending} onClick={() => approve.mutate(entry.waiting)}>
              {t('approve')}
            </Button>
            <Button size="xs" variant="subtle" onClick={() => setRejecting(true)}>
              {t('reject')}
            </Button>
          </Group>
        )}
      </WaitingEntry>
      {approve.error !== null && <Fault error={approve.error} meant={t('nothingDone')} />}
      {isRejecting && <RejectDialog entry={entry} onLeave={() => setRejecting(false)} />}
    </>
  );
}

function RejectDialog({ entry, onLeave }: { readonly entry: WaitingEntryShown; readonly onLeave: () => void }) {
  const { waiting, reference, description } = entry;
  const t = useTexts();
  const [why, setWhy] = useState('');
  const reject = useChange({
    send: (said: string, { key }) =>
      client
        .POST('/v1/ledger/waiting/{waiting}/rejections', {
          params: { path: { waiting }, header: { 'Idempotency-Key': key } },
          body: { why: said },
        })
        .then(answered),
    changes: [['ledger'], ['periods']],
    onDone: onLeave,
  });
  return (
    <FormDialog
      {...{ title: t('reject'), action: t('reject'), opened: true, onClose: onLeave, error: reject.error, isSending: reject.isPending }}
      isReady={why.trim() !== ''}
      onSubmit={() => reject.mutate(why.trim())}
    >
      <Text>
        <Said>{reference}</Said> · <Said>{description}</Said>
      </Text>
      <Textarea required autosize label={t('reason')} maxLength={500} value={why} onChange={(event) => setWhy(event.currentTarget.value)} />
    </FormDialog>
  );
}
