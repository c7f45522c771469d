/** One account: what it has, what runs, what happened, and money in. */
import { Anchor, Badge, SimpleGrid, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { AskMenu } from '../../parts/asked.tsx';
import { BalanceCard } from '../../parts/balance-card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Go } from '../../parts/go.tsx';
import { Page } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { inUnit, unitShown } from '../../parts/units.ts';
import { Waiting } from '../../shell/waiting.tsx';
import { useWord } from '../words/words.ts';
import { useAccountAsks } from './account-asks.ts';
import { Controls } from './controls.tsx';
import { Measured } from './measured.tsx';
import { Messages } from './messages.tsx';
import { Sessions } from './sessions.tsx';
import { useTexts } from './texts.ts';
import { TopUp } from './top-up.tsx';
import { useAccountStream } from './watch.ts';

type Schemas = components['schemas'];

export function AccountPage() {
  const t = useTexts();
  const word = useWord();
  const may = useMay();
  const { account: asked } = useParams({ strict: false });
  const name = asked ?? '';
  const path = { params: { path: { account: name } } };
  const account = useQuery({
    queryKey: ['charging', name, 'account'],
    queryFn: () => client.GET('/v1/charging/accounts/{account}', path).then(answered),
  });
  const isLive = useAccountStream(name);
  const above = [
    <Anchor key="charging" component={Link} to="/charging" size="xs">
      {t('title')}
    </Anchor>,
  ];
  if (account.error !== null && account.data === undefined)
    return (
      <Page title={name} above={above}>
        <Fault error={account.error} onRetry={() => void account.refetch()} />
      </Page>
    );
  if (account.data === undefined) return <Waiting />;
  const { account: id, plan, currency, status, identities, balances } = account.data;
  return (
    <Page
      title={id}
      above={above}
      detail={`${plan} · ${identities.join(', ')}`}
      actions={
        <>
          {isLive && <StateBadge state="settled">{t('live')}</StateBadge>}
          <StateBadge state={status === 'active' ? 'settled' : 'attention'}>{word(status)}</StateBadge>
          {may('charging:manage') && <TopUp account={id} currency={currency} />}
          {may('charging:manage') && <More account={account.data} />}
        </>
      }
    >
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} spacing="md">
        {balances.map((balance) => (
          <Card key={`${balance.account} ${balance.bucket}`} of={balance} currency={currency} own={id} />
        ))}
      </SimpleGrid>
      <Stack gap="sm">
        <Title order={2}>{t('sessions')}</Title>
        <Sessions account={name} />
      </Stack>
      <Controls account={name} currency={currency} />
      <Messages account={id} />
      <Stack gap="sm">
        <Title order={2}>{t('history')}</Title>
        <History account={name} currency={currency} />
      </Stack>
    </Page>
  );
}

function More({ account }: { readonly account: Schemas['ChargingAccount'] }) {
  const [isWanted, setWanted] = useState(false);
  return <AskMenu asks={useAccountAsks(account, isWanted)} onNear={() => setWanted(true)} />;
}

function Card({
  of: { definition, unit, left, setAside, validTo, account },
  currency,
  own,
}: {
  readonly of: Schemas['Balance'];
  readonly currency: string;
  readonly own: string;
}) {
  const t = useTexts();
  const word = useWord();
  return (
    <BalanceCard
      {...{ definition, left: inUnit(left, unit), setAside: inUnit(setAside, unit), validTo }}
      name={definition === 'main' ? t('money') : definition}
      {...(unit === 'money' ? { currency } : { unit: word(unitShown(unit)) })}
      words={{ setAside: t('setAside'), until: t('until') }}
      mark={account === own ? undefined : <Badge variant="outline">{account}</Badge>}
    />
  );
}

function History({ account, currency }: { readonly account: string; readonly currency: string }) {
  const t = useTexts();
  const word = useWord();
  const list = useList(['charging', account, 'history'], (cursor) =>
    client
      .GET('/v1/charging/accounts/{account}/history', {
        params: { path: { account }, query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) } },
      })
      .then(answered),
  );
  const columns = useMemo((): readonly Column<Schemas['JournalEntry']>[] => {
    return [
      { id: 'at', header: t('at'), value: ({ at }) => at, kind: 'instant', width: 200 },
      { id: 'cause', header: t('cause'), value: ({ cause }) => word(`change ${cause}`), filter: true, width: 120 },
      {
        id: 'balance',
        header: t('balance'),
        value: ({ definition }) => (definition === 'main' ? t('money') : definition),
        filter: true,
        width: 140,
      },
      {
        // A command has no name but a key that says nothing to anybody: where it came from says more, and the note who it was.
        ...{ id: 'of', header: t('of'), value: ({ of }) => commandFrom(of, word) ?? of, width: 260 },
        cell: ({ cause, of }) =>
          cause === 'use' ? <Go href={`/charging/sessions/${encodeURIComponent(of)}`}>{of}</Go> : <bdi>{commandFrom(of, word) ?? of}</bdi>,
      },
      {
        ...{ id: 'change', header: t('change'), kind: 'figure', value: ({ change }) => change, width: 160 },
        cell: ({ change, unit }) => <Measured {...{ value: change, unit, currency, word }} />,
      },
      {
        ...{ id: 'after', header: t('after'), kind: 'figure', value: ({ after }) => after, width: 170 },
        cell: ({ after, unit }) => <Measured {...{ value: after, unit, currency, word }} />,
      },
      { id: 'note', header: t('note'), value: ({ note }) => note, width: 200 },
    ];
  }, [t, word, currency]);
  return (
    <DataTable
      {...{ name: 'history', label: t('history'), list, columns, isSmall: true }}
      rowKey={({ entry }) => entry}
      empty={<Empty title={t('noHistory')} />}
    />
  );
}

function commandFrom(of: string, word: (word: string) => string): string | undefined {
  const [, from] = /^(api|cli):/.exec(of) ?? [];
  return from === undefined ? undefined : word(`by ${from}`);
}
