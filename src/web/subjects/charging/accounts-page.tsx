/** All accounts of online charging, and the way to one by any of its identities. */
import { Button, Group, TextInput } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useWord } from '../words/words.ts';
import { ChargingWays } from './charging-ways.tsx';
import { OpenDialog } from './open-dialog.tsx';
import { Peers } from './peers.tsx';
import { useTexts } from './texts.ts';

type Listed = components['schemas']['ListedChargingAccount'];

export function AccountsPage() {
  const t = useTexts();
  const word = useWord();
  const router = useRouter();
  const [wanted, setWanted] = useState('');
  const [isOpening, setOpening] = useState(false);
  const open = useMay()('charging:manage') && (
    <Button size="xs" onClick={() => setOpening(true)}>
      {t('openAccount')}
    </Button>
  );
  const list = useList(['charging-accounts'], (cursor) =>
    client.GET('/v1/charging/accounts', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const columns = useMemo(
    (): readonly Column<Listed>[] => [
      { id: 'account', header: t('account'), value: ({ account }) => account, width: 240 },
      { id: 'plan', header: t('plan'), value: ({ plan }) => plan, filter: true },
      { id: 'currency', header: t('currency'), value: ({ currency }) => currency, filter: true },
      { id: 'status', header: t('status'), value: ({ status }) => status, cell: ({ status }) => word(status), filter: true },
    ],
    [t, word],
  );
  return (
    <Page
      title={t('title')}
      actions={
        <>
          {open}
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (wanted.trim() !== '') void router.navigate({ to: '/charging/$account', params: { account: wanted.trim() } });
            }}
          >
            <Group gap="sm">
              <TextInput
                size="xs"
                w={240}
                aria-label={t('goTo')}
                placeholder={t('goTo')}
                maxLength={255}
                value={wanted}
                onChange={(event) => setWanted(event.currentTarget.value)}
              />
              <Button size="xs" type="submit" variant="default">
                {t('open')}
              </Button>
            </Group>
          </form>
        </>
      }
    >
      <ChargingWays here="/charging" />
      <Peers />
      {isOpening && <OpenDialog plans={[...new Set(list.rows.map(({ plan }) => plan))].sort()} onLeave={() => setOpening(false)} />}
      <DataTable
        {...{ name: 'charging-accounts', label: t('title'), list, columns }}
        rowKey={({ account }) => account}
        open={({ account }) => ({ to: '/charging/$account', params: { account } })}
        empty={
          <Empty title={t('empty')} action={open}>
            {t('emptyWhat')}
          </Empty>
        }
      />
    </Page>
  );
}
