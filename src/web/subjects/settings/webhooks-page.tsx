/** Where events go, and the log of what was sent. */
import { Button, Group, MultiSelect, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { wholeList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { seen } from '../../client/seen.ts';
import { AskDialog, asked } from '../../parts/asked.tsx';
import { useConfirm } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Held, type HeldOf } from '../../parts/held.tsx';
import { Page } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { Attempts, joinSaid } from '../month/attempts.tsx';
import { useWord } from '../words/words.ts';
import { useTexts } from './texts.ts';
import { Ways } from './ways.tsx';

type Webhook = components['schemas']['Webhook'];
type Message = components['schemas']['WebhookMessage'];

/** So often it is looked what became of what waits. */
const WAITING_MS = 5_000;

const named = (key: string) => ({ 'Idempotency-Key': key });

export function WebhooksPage() {
  const t = useTexts();
  const word = useWord();
  const mayManage = useMay()('webhooks:manage');
  const confirm = useConfirm();
  const [isAdding, setAdding] = useState(false);
  const [shown, setShown] = useState<string>();
  const [replaying, setReplaying] = useState<string>();
  const [changing, setChanging] = useState<string>();
  const hooks = useQuery({
    queryKey: ['webhooks'],
    queryFn: () => client.GET('/v1/webhooks').then(answered),
    refetchInterval: ({ state: { data } }) => (data?.items.some(({ waiting }) => waiting > 0) === true ? WAITING_MS : false),
  });
  const log = useQuery({
    queryKey: ['webhook-messages'],
    queryFn: () => client.GET('/v1/webhook-messages').then(answered),
    refetchInterval: ({ state: { data } }) =>
      data?.items.some(({ state }) => state === 'waiting' || state === 'sending') === true ? WAITING_MS : false,
  });
  const changes = [['webhooks'], ['webhook-messages']];
  const testing = useChange({
    send: ({ webhook }: { webhook: string }, { key }) =>
      client.POST('/v1/webhooks/{webhook}/tests', { params: { path: { webhook }, header: named(key) } }).then(answered),
    changes,
  });
  const stop = useChange({
    send: ({ webhook }: { webhook: string }, { key }) =>
      client.POST('/v1/webhooks/{webhook}/stops', { params: { path: { webhook }, header: named(key) } }).then(answered),
    changes,
  });
  const retry = useChange({
    send: ({ message }: { message: string }, { key }) =>
      client.POST('/v1/webhook-messages/{message}/retries', { params: { path: { message }, header: named(key) } }).then(answered),
    changes,
  });
  const columns = useMemo(
    (): readonly Column<Webhook>[] => [
      { id: 'webhook', header: t('name'), value: ({ webhook }) => webhook },
      { id: 'url', header: t('address'), value: ({ url }) => url, width: 280 },
      { id: 'types', header: t('types'), value: ({ types }) => types.join(' '), width: 180 },
      {
        ...{ id: 'state', header: t('state'), value: ({ stopped }) => (stopped === undefined ? 'active' : 'stopped') },
        cell: ({ stopped }) => (
          <StateBadge state={stopped === undefined ? 'settled' : 'wrong'}>{t(stopped === undefined ? 'active' : 'stopped')}</StateBadge>
        ),
      },
      { id: 'waiting', header: t('waiting'), value: ({ waiting }) => waiting, kind: 'figure', width: 90 },
      { id: 'failed', header: t('failed'), value: ({ failed }) => failed, kind: 'figure', width: 90 },
      { id: 'sent', header: t('sent'), value: ({ sent }) => sent, kind: 'figure', width: 90 },
      ...(mayManage
        ? [
            {
              ...{ id: 'do', header: t('actions'), value: () => '', width: 330 },
              cell: ({ webhook, stopped }: Webhook) => (
                <Group gap={4} wrap="nowrap">
                  <Button size="compact-xs" variant="subtle" disabled={stopped !== undefined} onClick={() => setReplaying(webhook)}>
                    {t('replay')}
                  </Button>
                  <Button size="compact-xs" variant="subtle" onClick={() => setChanging(webhook)}>
                    {t('change')}
                  </Button>
                  <Button size="compact-xs" variant="subtle" disabled={stopped !== undefined} onClick={() => testing.mutate({ webhook })}>
                    {t('test')}
                  </Button>
                  <Button
                    {...{ size: 'compact-xs', variant: 'subtle', color: 'red', disabled: stopped !== undefined }}
                    {...(stopped === undefined ? { c: 'var(--wrong)' } : {})}
                    onClick={async () => {
                      const what = t('stopWhat', { name: webhook });
                      if (await confirm({ title: t('stop'), what, action: t('stop'), isDangerous: true })) stop.mutate({ webhook });
                    }}
                  >
                    {t('stop')}
                  </Button>
                </Group>
              ),
            },
          ]
        : []),
    ],
    [t, mayManage, confirm, testing, stop],
  );
  const isStopped = useCallback((of: string) => hooks.data?.items.some((each) => each.webhook === of && each.stopped), [hooks.data]);
  const messages = useMemo(
    (): readonly Column<Message>[] => [
      {
        ...{ id: 'message', header: t('message'), value: ({ message }) => message, width: 90 },
        cell: ({ message }) => (
          <Button size="compact-xs" variant="subtle" onClick={() => setShown(message)}>
            {message}
          </Button>
        ),
      },
      { id: 'to', header: t('webhook'), value: ({ webhook }) => webhook, filter: true },
      { id: 'type', header: t('type'), value: ({ type }) => type, filter: true, width: 180 },
      { id: 'subject', header: t('subject'), value: ({ subject }) => subject, filter: true, width: 160 },
      {
        ...{ id: 'state', header: t('state'), value: ({ state }) => state, filter: true },
        cell: ({ state }) => (
          <StateBadge state={state === 'sent' ? 'settled' : state === 'failed' || state === 'stopped' ? 'wrong' : 'open'}>
            {word(`delivery ${state}`)}
          </StateBadge>
        ),
      },
      { id: 'attempts', header: t('attempts'), value: ({ attempts }) => attempts, kind: 'figure', width: 90 },
      { id: 'happened', header: t('happened'), value: ({ happened }) => happened, kind: 'instant', width: 190 },
      {
        id: 'answer',
        header: t('answer'),
        value: ({ status, answer }) => [status, answer].filter((each) => each !== undefined).join(' '),
        width: 220,
      },
      ...(mayManage
        ? [
            {
              ...{ id: 'do', header: t('actions'), value: () => '', width: 110 },
              cell: ({ message, webhook, state }: Message) => (
                <Button
                  {...{ size: 'compact-xs', variant: 'subtle' }}
                  disabled={(state !== 'failed' && state !== 'stopped') || isStopped(webhook) === true}
                  onClick={() => retry.mutate({ message })}
                >
                  {t('sendAgain')}
                </Button>
              ),
            },
          ]
        : []),
    ],
    [t, word, mayManage, retry, isStopped],
  );
  return (
    <Page
      title={t('webhooks')}
      detail={t('webhooksWhat')}
      actions={mayManage && <Button onClick={() => setAdding(true)}>{t('addWebhook')}</Button>}
    >
      <Ways here="/settings/webhooks" />
      {testing.error !== null && <Fault error={testing.error} />}
      {stop.error !== null && <Fault error={stop.error} />}
      {retry.error !== null && <Fault error={retry.error} />}
      <DataTable
        {...{ name: 'webhooks', label: t('webhooks'), columns, isSmall: true }}
        list={wholeList({ ...hooks, data: hooks.data?.items })}
        rowKey={({ webhook }) => webhook}
        empty={<Empty title={t('noWebhooks')}>{t('noWebhooksWhat')}</Empty>}
      />
      <Title order={2}>{t('log')}</Title>
      <DataTable
        {...{ name: 'webhook-messages', label: t('log'), columns: messages, isSmall: true }}
        list={wholeList({ ...log, data: log.data?.items })}
        rowKey={({ message }) => message}
        empty={<Text className="quiet">{t('noMessages')}</Text>}
      />
      {shown !== undefined && (
        <Attempts queryKey={['webhook-messages', shown]} read={() => readMessage(shown)} onClose={() => setShown(undefined)} />
      )}
      {replaying !== undefined && <AskDialog of={replayAsk(t, replaying)} onClose={() => setReplaying(undefined)} />}
      {isAdding && (
        <Words
          types={hooks.data?.types ?? []}
          onClose={() => setAdding(false)}
          onThere={(webhook) => {
            setAdding(false);
            setChanging(webhook);
          }}
        />
      )}
      {changing !== undefined && (
        <Held {...{ title: t('changeWebhook'), onClose: () => setChanging(undefined) }} read={() => readWebhook(changing)}>
          {(held) => <Words {...{ held, types: hooks.data?.types ?? [], onClose: () => setChanging(undefined) }} />}
        </Held>
      )}
    </Page>
  );
}

async function readMessage(message: string) {
  const { body, attempts } = await client.GET('/v1/webhook-messages/{message}', { params: { path: { message } } }).then(answered);
  return {
    ...{ text: body, isData: true },
    attempts: attempts.map(({ started, outcome, status, answer }) => ({ at: started, outcome, said: joinSaid(status, answer) })),
  };
}

/** Whole days of UTC, the last included. */
function replayAsk(t: ReturnType<typeof useTexts>, webhook: string) {
  return asked({
    ...{ label: t('replay'), what: t('replayWhat', { name: webhook }), changes: [['webhooks'], ['webhook-messages']] },
    fields: { from: { label: t('since'), kind: 'day' }, to: { label: t('upTo'), kind: 'day' } },
    send: ({ from, to }, { key }) =>
      client
        .POST('/v1/webhooks/{webhook}/replays', {
          params: { path: { webhook }, header: named(key) },
          body: { from: `${from}T00:00:00Z`, to: `${to}T23:59:59.999Z` },
        })
        .then(answered),
    said: ({ messages }) => <Text>{t('replayed', { count: messages })}</Text>,
  });
}

const readWebhook = (webhook: string) => client.GET('/v1/webhooks/{webhook}', { params: { path: { webhook } } }).then(seen);

interface WordsProps {
  /** Left out: a new one. */
  readonly held?: HeldOf<Webhook>;
  readonly types: readonly string[];
  readonly onClose: () => void;
  /** There is one of the name already, and that is what shall be changed. */
  readonly onThere?: (webhook: string) => void;
}

function Words({ held, types: all, onClose, onThere }: WordsProps) {
  const t = useTexts();
  const known = held?.seen.data;
  const [webhook, setWebhook] = useState(known?.webhook ?? '');
  const [url, setUrl] = useState(known?.url ?? 'https://');
  const [secret, setSecret] = useState(known?.secret ?? 'env:');
  const [types, setTypes] = useState<string[]>(known?.types ?? ['*']);
  const put = useChange({
    of: {
      seen: held?.seen,
      read: () => readWebhook(webhook.trim()),
      take: held?.take ?? (({ data }) => onThere?.(data.webhook)),
      shows: (of) => [
        [t('address'), of.url],
        [t('secret'), of.secret],
        [t('types'), of.types.join(' ')],
        [t('state'), t(of.stopped === undefined ? 'active' : 'stopped')],
      ],
      subject: { kind: 'webhook', id: webhook.trim() },
    },
    send: (words: { webhook: string; url: string; secret: string; types: string[] }, { key, match }) => {
      const { webhook: name, ...body } = words;
      const params = { path: { webhook: name }, header: { ...named(key), ...match } };
      return client.PUT('/v1/webhooks/{webhook}', { params, body }).then(answered);
    },
    onDone: onClose,
    changes: [['webhooks']],
  });
  return (
    <FormDialog
      {...{ title: t(known === undefined ? 'addWebhook' : 'changeWebhook'), opened: true, onClose }}
      action={t(known === undefined ? 'addWebhook' : 'change')}
      {...{ error: put.error, isSending: put.isPending, isReady: types.length > 0 }}
      onSubmit={() => put.mutate({ webhook: webhook.trim(), url: url.trim(), secret: secret.trim(), types })}
    >
      <TextInput
        {...{ label: t('name'), required: true, maxLength: 64, disabled: known !== undefined, value: webhook }}
        onChange={(event) => setWebhook(event.currentTarget.value)}
      />
      <TextInput
        {...{ dir: 'ltr', label: t('address'), required: true, maxLength: 2000, value: url }}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <TextInput
        {...{ dir: 'ltr', label: t('secret'), description: t('secretWhat'), required: true, maxLength: 500, value: secret }}
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
      <MultiSelect
        {...{ label: t('types'), required: true, value: types, onChange: setTypes }}
        data={[...new Set(['*', 'charging.*', ...all, ...types])]}
      />
    </FormDialog>
  );
}
