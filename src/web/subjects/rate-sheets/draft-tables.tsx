/** What is wrong in a rate sheet, and what it changes. */
import { Stack, Table, Title } from '@mantine/core';
import { useMemo } from 'react';
import type { components } from '../../client/client.ts';
import { wholeList } from '../../client/lists.ts';
import { Empty } from '../../parts/empty.tsx';
import { Scrolling } from '../../parts/scrolling.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { Refused } from '../refusals/refusals.tsx';
import { useWord } from '../words/words.ts';
import { useTexts } from './texts.ts';

type SheetFault = components['schemas']['RateSheetFault'];
type Change = components['schemas']['RateChange'];

export function FaultTable({ faults }: { readonly faults: readonly SheetFault[] }) {
  const t = useTexts();
  return (
    <Scrolling label={t('faults')}>
      <Table verticalSpacing={4} miw={560}>
        <Table.Thead>
          <Table.Tr>
            {(['row', 'column', 'value', 'message'] as const).map((name) => (
              <Table.Th key={name} scope="col">
                {t(name)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {faults.map(({ code, row, column, value, message }) => (
            <Table.Tr key={`${code} ${row} ${column} ${value} ${message}`}>
              <Table.Td className="figure">{row ?? ''}</Table.Td>
              <Table.Td>{column ?? ''}</Table.Td>
              <Table.Td>
                <bdi>{value ?? ''}</bdi>
              </Table.Td>
              <Table.Td>
                <Refused code={code} message={message} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scrolling>
  );
}

export function Changes({ changes }: { readonly changes: readonly Change[] }) {
  const t = useTexts();
  const word = useWord();
  const columns = useMemo(
    (): readonly Column<Change>[] => [
      { id: 'code', header: t('code'), value: ({ code }) => code, width: 110 },
      { id: 'destination', header: t('destination'), value: ({ destination }) => destination, width: 220 },
      { id: 'kind', header: t('kind'), value: ({ kind }) => kind, cell: ({ kind }) => word(kind), filter: true, width: 120 },
      { id: 'before', header: t('before'), kind: 'figure', value: ({ oldPrice }) => oldPrice, width: 120 },
      { id: 'after', header: t('after'), kind: 'figure', value: ({ newPrice }) => newPrice, width: 120 },
      { id: 'percent', header: t('percent'), kind: 'figure', value: ({ percent }) => percent, width: 90 },
      { id: 'from', header: t('from'), kind: 'instant', value: ({ from }) => from, width: 200 },
    ],
    [t, word],
  );
  return (
    <Stack gap="xs" component="section">
      <Title order={2}>{t('changes')}</Title>
      <DataTable
        {...{ name: 'changes', label: t('changes'), columns }}
        list={wholeList({ data: changes, isPending: false, error: null, refetch: () => undefined })}
        rowKey={({ code, destination, kind, from, band }) => `${code} ${destination} ${kind} ${from} ${band}`}
        empty={<Empty title={t('noChanges')} />}
      />
    </Stack>
  );
}
