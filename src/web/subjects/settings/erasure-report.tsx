/** What an erasure does, or would do: table by table, and what stays. */
import { Code, List, Stack, Table, Text } from '@mantine/core';
import type { components } from '../../client/client.ts';
import { heldKind } from './held-kinds.ts';
import { useTexts } from './texts.ts';

export type ErasureReport = components['schemas']['ErasureReport'];

export function Report(report: ErasureReport) {
  const t = useTexts();
  return (
    <Stack gap="xs">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('kind')}</Table.Th>
            <Table.Th>{t('deletedRecords')}</Table.Th>
            <Table.Th>{t('becomes')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {report.tables.map(({ table, rows, how, why }) => (
            <Table.Tr key={table}>
              <Table.Td>
                <Held table={table} />
              </Table.Td>
              <Table.Td>{rows}</Table.Td>
              <Table.Td>
                {t(`how ${how}`)}
                {why === undefined ? '' : `: ${why}`}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {report.rawFiles.length > 0 && <Text size="sm">{t('rawFilesStay')}</Text>}
      <List size="sm">
        {report.rawFiles.map(({ file, until }) => (
          <List.Item key={file}>
            {file}: {until}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}

/** The name of the table stays beside it: there are several of a kind. */
function Held({ table }: { readonly table: string }) {
  const t = useTexts();
  const kind = heldKind(table);
  return (
    <>
      {kind === undefined ? '' : `${t(`held ${kind}`)} `}
      <Code dir="ltr">{table}</Code>
    </>
  );
}
