/** Documents, the latest first; and open drafts above them. */
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Amount } from '../../parts/amount.tsx';
import { AskMenu } from '../../parts/asked.tsx';
import { useConfirm } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Day } from '../../parts/instant.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { usePartyName } from '../month/agreements.ts';
import { useTexts } from '../month/texts.ts';
import { useWord } from '../words/words.ts';
import { deliverAsk, verifyAsk, writeAsk } from './asks.tsx';

type Listed = components['schemas']['ListedDocument'];

export function InvoicesPage() {
  const t = useTexts();
  const word = useWord();
  const may = useMay();
  const nameOf = usePartyName();
  const list = useList(['documents'], (cursor) =>
    client
      .GET('/v1/documents', { params: { query: { limit: 200, sort: '-issueDay', ...(cursor === undefined ? {} : { cursor }) } } })
      .then(answered),
  );
  const columns = useMemo(
    (): readonly Column<Listed>[] => [
      { id: 'number', header: t('number'), value: ({ number }) => number, width: 170 },
      { id: 'kind', header: t('kind'), value: ({ kind }) => kind, cell: ({ kind }) => word(kind), filter: true, width: 150 },
      { id: 'party', header: t('partner'), value: ({ party }) => nameOf(party), filter: true, width: 200 },
      { id: 'account', header: t('account'), value: ({ account }) => account, filter: true, isHidden: true },
      { id: 'issueDay', header: t('issued'), kind: 'day', value: ({ issueDay }) => issueDay, width: 120 },
      { id: 'dueDay', header: t('dueOn'), kind: 'day', value: ({ dueDay }) => dueDay, width: 120 },
      {
        id: 'net',
        header: t('net'),
        kind: 'amount',
        value: ({ net }) => net,
        currency: ({ currency }) => currency,
        total: ({ kind }) => kind,
      },
      {
        id: 'tax',
        header: t('tax'),
        kind: 'amount',
        value: ({ tax }) => tax,
        currency: ({ currency }) => currency,
        total: ({ kind }) => kind,
      },
      {
        id: 'total',
        header: t('totalAmount'),
        kind: 'amount',
        value: ({ total }) => total,
        currency: ({ currency }) => currency,
        total: ({ kind }) => kind,
      },
      { id: 'corrects', header: t('corrects'), value: ({ corrects }) => corrects, width: 150 },
      { id: 'legalEntity', header: t('legalEntity'), value: ({ legalEntity }) => legalEntity, filter: true, isHidden: true },
    ],
    [t, word, nameOf],
  );
  return (
    <Page
      title={t('invoices')}
      actions={<AskMenu asks={may('documents:manage') ? [writeAsk(t), deliverAsk(t), verifyAsk(t)] : [verifyAsk(t)]} />}
    >
      <Drafts />
      <DataTable
        name="invoices"
        label={t('invoices')}
        list={list}
        columns={columns}
        rowKey={({ legalEntity, number }) => `${legalEntity} ${number}`}
        open={({ number }) => ({ to: '/invoices/$number', params: { number } })}
        empty={<Empty title={t('invoicesEmpty')}>{t('invoicesEmptyWhat')}</Empty>}
      />
    </Page>
  );
}

function Drafts() {
  const t = useTexts();
  const word = useWord();
  const may = useMay();
  const confirm = useConfirm();
  const drafts = useQuery({
    queryKey: ['drafts'],
    queryFn: () => client.GET('/v1/drafts', { params: { query: { limit: 200 } } }).then(answered),
  });
  const issue = useChange({
    send: (ids: string[], { key }) =>
      client.POST('/v1/drafts/issues', { params: { header: { 'Idempotency-Key': key } }, body: { drafts: ids } }).then(answered),
    changes: [['drafts'], ['documents']],
  });
  const discard = useChange({
    send: (draft: string, { key }) =>
      client.DELETE('/v1/drafts/{draft}', { params: { path: { draft }, header: { 'Idempotency-Key': key } } }).then(answered),
    changes: [['drafts']],
  });
  const items = drafts.data?.items ?? [];
  if (items.length === 0) return null;
  const ask = async (draft: string, what: string): Promise<void> => {
    if (await confirm({ title: t('issueDraft'), what, action: t('issueDraft') })) issue.mutate([draft]);
  };
  return (
    <Paper component="section" withBorder p="md" radius="md" aria-label={t('drafts')}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t('drafts')}
        </Title>
        {items.map(({ draft, kind, party, total, currency, issueDay }) => (
          <Group key={draft} justify="space-between">
            <Text>
              {draft} · {word(kind)} · {party} · <Day day={issueDay} />
            </Text>
            <Group gap="sm">
              <Amount value={total} currency={currency} />
              <a href={`/v1/drafts/${draft}/pdf`}>{t('pdf')}</a>
              {may('documents:manage') && (
                <Button
                  size="xs"
                  variant="default"
                  loading={issue.isPending}
                  onClick={() => void ask(draft, t('issueWhat', { draft, total, currency }))}
                >
                  {t('issueDraft')}
                </Button>
              )}
              {may('documents:manage') && (
                <Button
                  {...{ size: 'xs', variant: 'subtle', loading: discard.isPending }}
                  onClick={async () => {
                    if (await confirm({ title: t('discardDraft'), what: t('discardDraftWhat', { draft }), action: t('discardDraft') }))
                      discard.mutate(draft);
                  }}
                >
                  {t('discardDraft')}
                </Button>
              )}
            </Group>
          </Group>
        ))}
        {discard.error !== null && <Fault error={discard.error} meant={t('nothingDone')} />}
        {issue.error !== null && <Fault error={issue.error} meant={t('nothingDone')} />}
      </Stack>
    </Paper>
  );
}
