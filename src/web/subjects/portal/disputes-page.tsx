/** Disputes, and answering to them. */
import { Button, Modal, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Page } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useTexts } from './texts.ts';

type Dispute = components['schemas']['Dispute'];

const kinds = ['accepted', 'rejected', 'withdrawn', 'offered'] as const;

export function DisputesPage() {
  const t = useTexts();
  const [shown, setShown] = useState<Dispute>();
  const list = useList(['portal', 'disputes'], (cursor) =>
    client.GET('/v1/disputes', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const columns = useMemo((): readonly Column<Dispute>[] => {
    const currency = (dispute: Dispute) => dispute.currency;
    return [
      { id: 'dispute', header: t('number'), value: ({ dispute }) => Number(dispute), kind: 'figure', width: 80 },
      { id: 'document', header: t('document'), value: ({ document }) => document, width: 150 },
      {
        ...{ id: 'state', header: t('state'), value: ({ state }: Dispute) => state, filter: true, width: 110 },
        cell: ({ state }) => (
          <StateBadge state={state === 'settled' ? 'settled' : state === 'withdrawn' ? 'open' : 'attention'}>{state}</StateBadge>
        ),
      },
      { id: 'net', header: t('net'), value: ({ net }) => net, kind: 'amount', currency },
      { id: 'offered', header: t('offeredAmount'), value: ({ offered }) => offered, kind: 'amount', currency },
      { id: 'raised', header: t('raisedOn'), value: ({ raisedOn }) => raisedOn, kind: 'day' },
      { id: 'respond', header: t('respondBy'), value: ({ respondBy }) => respondBy, kind: 'day' },
      { id: 'reason', header: t('reason'), value: ({ reason }) => reason, width: 190 },
      {
        ...{ id: 'do', header: t('actions'), value: () => '', width: 100 },
        cell: (dispute) => (
          <Button size="compact-xs" variant="subtle" onClick={() => setShown(dispute)}>
            {t('openIt')}
          </Button>
        ),
      },
    ];
  }, [t]);
  return (
    <Page title={t('disputes')} detail={t('disputesWhat')}>
      <DataTable
        {...{ name: 'portal-disputes', label: t('disputes'), list, columns }}
        rowKey={({ dispute }) => dispute}
        empty={<Empty title={t('noDisputes')}>{t('noDisputesWhat')}</Empty>}
      />
      {shown !== undefined && <Answer dispute={shown} onClose={() => setShown(undefined)} />}
    </Page>
  );
}

function Answer({ dispute: { dispute, currency }, onClose }: { readonly dispute: Dispute; readonly onClose: () => void }) {
  const t = useTexts();
  const file = useQuery({
    queryKey: ['portal', 'dispute', dispute],
    queryFn: () => client.GET('/v1/disputes/{dispute}', { params: { path: { dispute } } }).then(answered),
  });
  const [kind, setKind] = useState<(typeof kinds)[number]>('accepted');
  const [amount, setAmount] = useState('');
  const [note, setNote] = useState('');
  const answer = useChange({
    send: (body: { kind: (typeof kinds)[number]; note: string; amount?: string }, { key }) =>
      client
        .POST('/v1/portal/disputes/{dispute}/steps', { params: { path: { dispute }, header: { 'Idempotency-Key': key } }, body })
        .then(answered),
    onDone: onClose,
    changes: [['portal']],
  });
  return (
    <Modal opened onClose={onClose} size="lg" title={t('disputeOf', { number: dispute })} closeButtonProps={{ 'aria-label': t('cancel') }}>
      <Stack gap="md">
        {file.error !== null && <Fault error={file.error} onRetry={() => void file.refetch()} />}
        {file.data?.steps.map(({ day, by, kind: made, note: said, net }) => (
          <Text key={`${day} ${by} ${made} ${said}`}>
            <b>{t(by === 'us' ? 'operator' : 'you')}</b> · {day} · {made}
            {net === undefined ? '' : ` ${net} ${currency}`}
            {said === '' ? '' : `: ${said}`}
          </Text>
        ))}
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
              onChange={(value) => setKind(kinds.find((each) => each === value) ?? 'accepted')}
            />
            {kind === 'offered' && (
              <TextInput
                {...{ label: `${t('amount')}, ${currency}`, required: true, maxLength: 30, value: amount }}
                onChange={(event) => setAmount(event.currentTarget.value)}
              />
            )}
            <Textarea
              {...{ label: t('note'), required: true, maxLength: 2000, autosize: true, minRows: 2, value: note }}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
            {answer.error !== null && <Fault error={answer.error} />}
            <Button type="submit" loading={answer.isPending}>
              {t('send')}
            </Button>
          </Stack>
        </form>
      </Stack>
    </Modal>
  );
}
