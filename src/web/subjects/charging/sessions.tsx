/** What runs on an account now; what hangs is ended with what it has reported. */
import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { wholeList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { useConfirm } from '../../parts/confirm.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Go } from '../../parts/go.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useWord } from '../words/words.ts';
import { named } from './account-asks.ts';
import { useTexts } from './texts.ts';

type Listed = components['schemas']['RunningSession'];

export function Sessions({ account }: { readonly account: string }) {
  const t = useTexts();
  const word = useWord();
  const mayEnd = useMay()('charging:manage');
  const confirm = useConfirm();
  const running = useQuery({
    queryKey: ['charging', account, 'sessions'],
    queryFn: async () =>
      (await client.GET('/v1/charging/accounts/{account}/sessions', { params: { path: { account } } }).then(answered)).items,
  });
  const end = useChange({
    send: ({ session }: { readonly session: string }, { key }) => {
      const { path, header } = named(account, key);
      return client
        .DELETE('/v1/charging/accounts/{account}/sessions/{session}', { params: { path: { ...path, session }, header } })
        .then(answered);
    },
    changes: [['charging']],
  });
  const { mutate } = end;
  const columns = useMemo(
    (): readonly Column<Listed>[] => [
      {
        ...{ id: 'session', header: t('session'), value: ({ session }) => session, width: 300 },
        cell: ({ session }) => <Go href={`/charging/sessions/${encodeURIComponent(session)}`}>{session}</Go>,
      },
      { id: 'service', header: t('service'), value: ({ service }) => word(service), width: 110 },
      { id: 'since', header: t('since'), value: ({ since }) => since, kind: 'instant', width: 200 },
      { id: 'cost', header: t('cost'), value: ({ cost }) => cost?.amount, kind: 'amount', currency: ({ cost }) => cost?.currency ?? '' },
      ...(mayEnd
        ? [
            {
              ...{ id: 'do', header: t('actions'), value: () => '', width: 120 },
              cell: ({ session }: Listed) => (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  onClick={async () => {
                    if (await confirm({ title: t('endSession'), what: t('endSessionWhat'), action: t('endSession'), isDangerous: true }))
                      mutate({ session });
                  }}
                >
                  {t('endSession')}
                </Button>
              ),
            },
          ]
        : []),
    ],
    [t, word, mayEnd, confirm, mutate],
  );
  if (running.error === null && running.data?.length === 0) return <Text className="quiet">{t('noSessions')}</Text>;
  return (
    <>
      {end.error !== null && <Fault error={end.error} />}
      <DataTable
        {...{ name: 'charging-sessions', label: t('sessions'), list: wholeList(running), columns, isSmall: true }}
        rowKey={({ session }) => session}
        empty={<Text className="quiet">{t('noSessions')}</Text>}
      />
    </>
  );
}
