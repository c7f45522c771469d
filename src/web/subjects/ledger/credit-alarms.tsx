/** Credit limits that were reached, the newest first. */
import { Stack, Title } from '@mantine/core';
import { useMemo } from 'react';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useTexts } from '../month/texts.ts';

type Alarm = components['schemas']['CreditAlarm'];

export function CreditAlarms() {
  const t = useTexts();
  const list = useList(['ledger', 'credit-alarms'], (cursor) =>
    client.GET('/v1/credit-alarms', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const columns = useMemo((): readonly Column<Alarm>[] => {
    const currency = (alarm: Alarm): string => alarm.currency;
    return [
      { id: 'account', header: t('account'), value: ({ account }) => account, filter: true, width: 180 },
      { id: 'percent', header: t('usedPercent'), value: ({ percent }) => percent, kind: 'figure', width: 120 },
      { id: 'exposure', header: t('exposed'), value: ({ exposure }) => exposure, kind: 'amount', currency, width: 150 },
      { id: 'limit', header: t('creditLimit'), value: ({ limit }) => limit, kind: 'amount', currency, width: 150 },
      { id: 'raised', header: t('raisedOn'), value: ({ raisedAt }) => raisedAt, kind: 'instant', width: 190 },
      {
        ...{
          id: 'state',
          header: t('state'),
          value: ({ clearedAt }) => t(clearedAt === undefined ? 'stands' : 'over'),
          filter: true,
          width: 120,
        },
        cell: ({ clearedAt }) => (
          <StateBadge state={clearedAt === undefined ? 'wrong' : 'settled'}>{t(clearedAt === undefined ? 'stands' : 'over')}</StateBadge>
        ),
      },
      { id: 'cleared', header: t('overSince'), value: ({ clearedAt }) => clearedAt, kind: 'instant', width: 190 },
    ];
  }, [t]);
  return (
    <Stack gap="sm">
      <Title order={2}>{t('creditAlarms')}</Title>
      <DataTable
        {...{ name: 'credit-alarms', label: t('creditAlarms'), list, columns, isSmall: true }}
        rowKey={({ alarm }) => alarm}
        open={({ account }) => ({ to: '/ledger/accounts/$account', params: { account } })}
        empty={<Empty title={t('noCreditAlarms')}>{t('noCreditAlarmsWhat')}</Empty>}
      />
    </Stack>
  );
}
