/** What a payment settled already, as long as it may be taken back with the way to do so; what was taken back stays, and says so. */
import { Paper, Table, Title } from '@mantine/core';
import { client, type components } from '../../client/client.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Amount } from '../../parts/amount.tsx';
import { AskButton, type Asked, asked } from '../../parts/asked.tsx';
import { DocumentLink } from '../../parts/document-link.tsx';
import { Day } from '../../parts/instant.tsx';
import { Scrolling } from '../../parts/scrolling.tsx';
import { useTexts } from '../month/texts.ts';

type Use = components['schemas']['PaymentUse'];

interface Props {
  /** Whose books it is in. */
  readonly legalEntity: string;
  readonly of: readonly Use[];
}

export function Uses({ legalEntity, of: uses }: Props) {
  const t = useTexts();
  const mayTakeBack = useMay()('payments:manage');
  if (uses.length === 0) return null;
  return (
    <Paper component="section" withBorder p="md" radius="md" aria-label={t('settledWith')}>
      <Title order={2} size="h4" mb="xs">
        {t('settledWith')}
      </Title>
      <Scrolling label={t('settledWith')}>
        <Table verticalSpacing={6} miw={520}>
          <Table.Tbody>
            {uses.flatMap((use) =>
              rowsOf(use).map(([key, document], at) => (
                <Table.Tr key={key}>
                  <Table.Td>{document === undefined ? t('paymentAssigned') : <DocumentLink document={document.document} />}</Table.Td>
                  {/* Beside what it is about: on a narrow screen the rest is scrolled to. */}
                  {mayTakeBack && (
                    <Table.Td>
                      {at === 0 && isFree(use, uses) && (
                        <AskButton of={takeBack(t, use.allocation, legalEntity)} aria-label={`${t('takeBack')} ${use.allocation}`} />
                      )}
                    </Table.Td>
                  )}
                  <Table.Td ta="end" td={use.isUndone ? 'line-through' : undefined}>
                    {document !== undefined && <Amount value={document.amount} currency={document.currency} />}
                  </Table.Td>
                  <Table.Td>
                    <Day day={use.day} />
                  </Table.Td>
                  <Table.Td>
                    {use.allocation} {use.isUndone && `(${t('takenBack')})`}
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

/** Whose the money is stands as long as any of it settles something. */
function isFree(use: Use, all: readonly Use[]): boolean {
  return !use.isUndone && (use.documents.length > 0 || all.every((each) => each === use || each.isUndone));
}

/** What settled no document, as saying whose the payment is, has a row all the same. */
function rowsOf({ allocation, documents }: Use): readonly (readonly [key: string, document: Use['documents'][number] | undefined])[] {
  if (documents.length === 0) return [[allocation, undefined]];
  return documents.map((each) => [`${allocation} ${each.document} ${each.currency} ${each.amount}`, each]);
}

function takeBack(t: ReturnType<typeof useTexts>, allocation: string, legalEntity: string): Asked {
  return asked({
    ...{ label: t('takeBack'), what: t('takeBackWhat', { allocation }), changes: [['payments'], ['ledger'], ['periods']] },
    fields: { why: { label: t('reason'), kind: 'long', most: 300 } },
    send: (body, { key }) =>
      client
        .POST('/v1/allocations/{allocation}/undoings', {
          params: { path: { allocation }, header: { 'Idempotency-Key': key } },
          body: { ...body, legalEntity },
        })
        .then(answered),
  });
}
