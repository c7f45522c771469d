/** What customers were told by SMS and mail: of one account, or of all. Nothing is shown of an account that was told nothing. */
import { Button, Stack, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Go } from '../../parts/go.tsx';
import { Page } from '../../parts/page.tsx';
import { type State, StateBadge } from '../../parts/state-badge.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { Attempts, joinSaid } from '../month/attempts.tsx';
import { useWord } from '../words/words.ts';
import { ChargingWays } from './charging-ways.tsx';
import { useTexts } from './texts.ts';

type Message = components['schemas']['Notification'];

const states: Readonly<Record<Message['state'], State>> = {
  ...{ waiting: 'open', sending: 'open', sent: 'settled', delivered: 'settled', failed: 'wrong', suppressed: 'attention' },
};

export function MessagesPage() {
  const t = useTexts();
  return (
    <Page title={t('messages')} detail={t('messagesWhat')}>
      <ChargingWays here="/charging/all/messages" />
      <MessageTable />
    </Page>
  );
}

export function Messages({ account }: { readonly account: string }) {
  return <MessageTable account={account} />;
}

function MessageTable({ account }: { readonly account?: string }) {
  const t = useTexts();
  const word = useWord();
  const mayRetry = useMay()('charging:manage');
  const [shown, setShown] = useState<string>();
  const list = useList(['charging', account, 'messages'], (cursor) => {
    const query = { limit: 100, ...(cursor === undefined ? {} : { cursor }), ...(account === undefined ? {} : { account }) };
    return client.GET('/v1/notifications', { params: { query } }).then(answered);
  });
  const retry = useChange({
    send: ({ notification }: { readonly notification: string }, { key }) =>
      client
        .POST('/v1/notifications/{notification}/retries', { params: { path: { notification }, header: { 'Idempotency-Key': key } } })
        .then(answered),
    changes: [['charging', account, 'messages']],
  });
  const { mutate } = retry;
  const columns = useMemo(
    (): readonly Column<Message>[] => [
      { id: 'made', header: t('at'), value: ({ made }) => made, kind: 'instant', width: 190 },
      ...(account === undefined
        ? [
            {
              ...{ id: 'account', header: t('account'), value: (each: Message) => each.account, filter: true, width: 160 },
              cell: (each: Message) => <Go href={`/charging/${encodeURIComponent(each.account)}`}>{each.account}</Go>,
            },
          ]
        : []),
      { id: 'way', header: t('way'), value: ({ way }) => word(`way ${way}`), filter: true, width: 100 },
      { id: 'to', header: t('to'), value: ({ to }) => to, width: 180 },
      { id: 'text', header: t('text'), value: ({ text }) => text, width: 320, wraps: true },
      {
        ...{ id: 'state', header: t('state'), value: ({ state }) => word(`message ${state}`), filter: true, width: 140 },
        cell: ({ state }) => <StateBadge state={states[state]}>{word(`message ${state}`)}</StateBadge>,
      },
      {
        ...{ id: 'do', header: t('actions'), value: () => '', width: 190 },
        cell: ({ notification, state }) => (
          <>
            <Button size="compact-xs" variant="subtle" onClick={() => setShown(notification)}>
              {t('attempts')}
            </Button>
            {mayRetry && (state === 'failed' || state === 'suppressed') && (
              <Button size="compact-xs" variant="subtle" onClick={() => mutate({ notification })}>
                {t('sendAgain')}
              </Button>
            )}
          </>
        ),
      },
    ],
    [t, word, account, mayRetry, mutate],
  );
  if (account !== undefined && list.error === null && list.rows.length === 0) return null;
  return (
    <Stack gap="sm">
      {account !== undefined && <Title order={2}>{t('messages')}</Title>}
      {retry.error !== null && <Fault error={retry.error} />}
      <DataTable
        {...{ name: 'messages', label: t('messages'), list, columns, isSmall: account !== undefined }}
        rowKey={({ notification }) => notification}
        empty={<Empty title={t('noMessages')}>{t('noMessagesWhat')}</Empty>}
      />
      {shown !== undefined && (
        <Attempts queryKey={['charging', 'message', shown]} read={() => readMessage(shown)} onClose={() => setShown(undefined)} />
      )}
    </Stack>
  );
}

async function readMessage(notification: string) {
  const found = await client.GET('/v1/notifications/{notification}', { params: { path: { notification } } }).then(answered);
  return {
    text: found.notification.text,
    attempts: found.attempts.map(({ at, outcome, answer }) => ({ at, outcome, said: joinSaid(answer) })),
  };
}
