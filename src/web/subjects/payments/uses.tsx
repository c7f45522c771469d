/** What a payment settled already; what was taken back stays, and says so. */
import { Paper, Table, Title } from '@mantine/core';
import type { components } from '../../client/client.ts';
import { Amount } from '../../parts/amount.tsx';
import { DocumentLink } from '../../parts/document-link.tsx';
import { Day } from '../../parts/instant.tsx';
import { Scrolling } from '../../parts/scrolling.tsx';
import { useTexts } from '../month/texts.ts';

export function Uses({ of: uses }: { readonly of: readonly components['schemas']['PaymentUse'][] }) {
  const t = useTexts();
  if (uses.length === 0) return null;
  return (
    <Paper component="section" withBorder p="md" radius="md" aria-label={t('settledWith')}>
      <Title order={2} size="h4" mb="xs">
        {t('settledWith')}
      </Title>
      <Scrolling label={t('settledWith')}>
        <Table verticalSpacing={6}>
          <Table.Tbody>
            {uses.flatMap(({ allocation, day, documents, isUndone }) =>
              documents.map(({ document, amount, currency }) => (
                <Table.Tr key={`${allocation} ${document} ${currency} ${amount}`}>
                  <Table.Td>
                    <DocumentLink document={document} />
                  </Table.Td>
                  <Table.Td ta="end" td={isUndone ? 'line-through' : undefined}>
                    <Amount value={amount} currency={currency} />
                  </Table.Td>
                  <Table.Td>
                    <Day day={day} />
                  </Table.Td>
                  <Table.Td>
                    {allocation} {isUndone && `(${t('takenBack')})`}
                  </Table.Td>
                </Table.Tr>
              )),
            )}
          </Table.Tbody>
        </Table>
      </Scrolling>
    </Paper>
  );
}
