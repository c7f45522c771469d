/** Exports of persons whose file is still kept: who asked for it, and until when it can be saved. Whom each is of stands in the file only. */
import { Button, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from '../../client/client.ts';
import { wholeList } from '../../client/lists.ts';
import { answered } from '../../client/problem.ts';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useTexts } from './texts.ts';

export const KEPT_EXPORTS = ['person-exports'] as const;
/** Kept for a day: there are never many. */
const MOST = 100;

interface Kept {
  readonly order: string;
  readonly by: string;
  readonly at: string;
  readonly until: string;
}

export function KeptExports() {
  const t = useTexts();
  const kept = useQuery({
    queryKey: KEPT_EXPORTS,
    queryFn: async () => {
      const { items } = await client
        .GET('/v1/jobs', { params: { query: { kind: 'export-person', state: 'done', limit: MOST } } })
        .then(answered);
      const now = new Date().toISOString();
      return items.flatMap(({ by, startedAt, result }): readonly Kept[] => {
        const { export: order, until } = result as { readonly export: string; readonly until: string }; // what that job answers
        return until > now ? [{ order, by, at: startedAt, until }] : [];
      });
    },
  });
  const columns = useMemo(
    (): readonly Column<Kept>[] => [
      { id: 'order', header: '#', value: ({ order }) => order, width: 70 },
      { id: 'by', header: t('who'), value: ({ by }) => by, width: 200 },
      { id: 'at', header: t('at'), value: ({ at }) => at, kind: 'instant', width: 200 },
      { id: 'until', header: t('exportUntil'), value: ({ until }) => until, kind: 'instant', width: 200 },
      {
        ...{ id: 'file', header: t('file'), value: () => '', width: 160 },
        cell: ({ order }) => (
          <Button component="a" href={`/v1/persons/exports/${order}/file`} download size="compact-xs" variant="subtle">
            {`person-${order}.zip`}
          </Button>
        ),
      },
    ],
    [t],
  );
  if (kept.error === null && (kept.data ?? []).length === 0) return null;
  return (
    <Stack gap="sm">
      <Title order={2}>{t('keptExports')}</Title>
      <DataTable
        {...{ name: 'kept-exports', label: t('keptExports'), list: wholeList(kept), columns, isSmall: true }}
        rowKey={({ order }) => order}
        empty={null}
      />
    </Stack>
  );
}
