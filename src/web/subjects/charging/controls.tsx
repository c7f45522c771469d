/** Limits of spending of an account: what the plan says, what its customer set, where they stand. Nothing where the plan has none. */
import { Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client, type components } from '../../client/client.ts';
import { wholeList } from '../../client/lists.ts';
import { answered } from '../../client/problem.ts';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useWord } from '../words/words.ts';
import { Measured } from './measured.tsx';
import { useTexts } from './texts.ts';

type Control = components['schemas']['SpendingControl'];

export function Controls({ account, currency }: { readonly account: string; readonly currency: string }) {
  const t = useTexts();
  const word = useWord();
  const controls = useQuery({
    queryKey: ['charging', account, 'controls'],
    queryFn: () => client.GET('/v1/charging/accounts/{account}/controls', { params: { path: { account } } }).then(answered),
    select: ({ items }) => items,
  });
  const columns = useMemo((): readonly Column<Control>[] => {
    const figure = (id: 'used' | 'limit' | 'planLimit' | 'ownLimit'): Column<Control> => ({
      ...{ id, header: t(id), kind: 'figure', value: (control) => control[id], width: 140 },
      cell: (control) => <Measured {...{ value: control[id], unit: control.unit, currency, word }} />,
    });
    return [
      { id: 'name', header: t('control'), value: ({ name }) => name, width: 220 },
      figure('used'),
      figure('limit'),
      figure('planLimit'),
      figure('ownLimit'),
      { id: 'agreed', header: t('beyondUntil'), value: ({ agreedUntil }) => agreedUntil, kind: 'instant', width: 190 },
      { id: 'until', header: t('endsAt'), value: ({ until }) => until, kind: 'instant', width: 190 },
    ];
  }, [t, word, currency]);
  if (controls.error === null && (controls.data ?? []).length === 0) return null;
  return (
    <Stack gap="sm">
      <Title order={2}>{t('controls')}</Title>
      <DataTable
        {...{ name: 'controls', label: t('controls'), list: wholeList(controls), columns, isSmall: true }}
        rowKey={({ control }) => control}
        empty={null}
      />
    </Stack>
  );
}
