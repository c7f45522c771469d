/** A document: its PDF beside its data, what corrects it, where it went. */
import { Anchor, Button, Group, Paper, SimpleGrid, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { client, type components } from '../../client/client.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Amount } from '../../parts/amount.tsx';
import { AskButton } from '../../parts/asked.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Day } from '../../parts/instant.tsx';
import { Page } from '../../parts/page.tsx';
import { Said } from '../../parts/said.tsx';
import { Scrolling } from '../../parts/scrolling.tsx';
import { RaiseDialog } from '../disputes/raise-dialog.tsx';
import { usePartyName } from '../month/agreements.ts';
import { useTexts } from '../month/texts.ts';
import { useWord } from '../words/words.ts';
import { cardLinkAsk } from './asks.tsx';
import { CreditDialog } from './credit-dialog.tsx';
import { Deliveries } from './deliveries.tsx';
import { PdfView } from './pdf-view.tsx';

type Document = components['schemas']['Document'];

export function InvoicePage() {
  const t = useTexts();
  const may = useMay();
  const word = useWord();
  const nameOf = usePartyName();
  const { number } = useParams({ strict: false }) as { number: string }; // of its route
  const [dialog, setDialog] = useState<'credit' | 'dispute'>();
  const document = useQuery({
    queryKey: ['documents', number],
    queryFn: () => client.GET('/v1/documents/{number}', { params: { path: { number } } }).then(answered),
    retry: false,
  });
  const { data } = document;
  const isCredit = data?.corrects !== undefined;
  const file = `/v1/documents/${encodeURIComponent(number)}`;
  return (
    <Page
      title={number}
      above={[
        <Link key="invoices" to="/invoices">
          {t('invoices')}
        </Link>,
      ]}
      detail={
        data !== undefined && (
          <>
            {word(data.kind)} · <Said>{nameOf(data.party)}</Said>
          </>
        )
      }
      actions={
        <>
          <Anchor href={`${file}/pdf`}>{t('pdf')}</Anchor>
          <Anchor href={`${file}/ubl`}>UBL</Anchor>
          <Anchor href={`${file}/detail`}>{t('eventsFile')}</Anchor>
          {may('payments:manage') && data !== undefined && !isCredit && <AskButton of={cardLinkAsk(t, number)} size="sm" />}
          {may('disputes:manage') && data !== undefined && !isCredit && (
            <Button variant="default" onClick={() => setDialog('dispute')}>
              {t('disputeThis')}
            </Button>
          )}
          {may('documents:manage') && data !== undefined && !isCredit && <Button onClick={() => setDialog('credit')}>{t('credit')}</Button>}
        </>
      }
    >
      {document.error !== null && <Fault error={document.error} onRetry={() => void document.refetch()} />}
      {document.isPending && <Skeleton height={480} />}
      {data !== undefined && (
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
          <Stack gap="md">
            <Facts document={data} />
            <Lines document={data} />
            <Deliveries number={number} />
          </Stack>
          <PdfView address={`${file}/pdf`} title={number} />
        </SimpleGrid>
      )}
      {dialog === 'credit' && data !== undefined && <CreditDialog document={data} onLeave={() => setDialog(undefined)} />}
      {dialog === 'dispute' && <RaiseDialog document={number} onLeave={() => setDialog(undefined)} />}
    </Page>
  );
}

function Facts({ document }: { readonly document: Document }) {
  const t = useTexts();
  const may = useMay();
  const { issueDay, dueDay, currency, net, tax, total, taxes, corrections, corrects, reason, statement, account } = document;
  const [agreement, period = ''] = (statement ?? '').split('@');
  return (
    <Paper withBorder p="md" radius="md">
      <Table variant="vertical" verticalSpacing={6} withRowBorders={false}>
        <Table.Tbody>
          <Fact name={t('issued')}>
            <Day day={issueDay} />
          </Fact>
          <Fact name={t('dueOn')}>
            <Day day={dueDay} />
          </Fact>
          <Fact name={t('account')}>
            {may('ledger:read') ? (
              <Link to="/ledger/accounts/$account" params={{ account }}>
                {account}
              </Link>
            ) : (
              account
            )}
          </Fact>
          {agreement !== undefined && agreement !== '' && (
            <Fact name={t('statement')}>
              {may('settlement:read') ? (
                <Link to="/statements/$agreement/$period" params={{ agreement, period }}>
                  {agreement} {period}
                </Link>
              ) : (
                `${agreement} ${period}`
              )}
            </Fact>
          )}
          <Fact name={t('net')}>
            <Amount value={net} currency={currency} />
          </Fact>
          {taxes.map((each) => (
            <Fact key={`${each.name} ${each.percent}`} name={`${each.name} ${each.percent} %`}>
              <Amount value={each.tax} currency={currency} />
            </Fact>
          ))}
          {taxes.length === 0 && (
            <Fact name={t('tax')}>
              <Amount value={tax} currency={currency} />
            </Fact>
          )}
          <Fact name={t('totalAmount')}>
            <b>
              <Amount value={total} currency={currency} />
            </b>
          </Fact>
          {corrects !== undefined && (
            <Fact name={t('corrects')}>
              <Link to="/invoices/$number" params={{ number: corrects }}>
                {corrects}
              </Link>
              <Text className="quiet">{reason}</Text>
            </Fact>
          )}
          {corrections.length > 0 && (
            <Fact name={t('correctedBy')}>
              {corrections.map((each) => (
                <div key={each}>
                  <Link to="/invoices/$number" params={{ number: each }}>
                    {each}
                  </Link>
                </div>
              ))}
            </Fact>
          )}
          {may('ledger:read') && (
            <Fact name={t('entries')}>
              <Link to="/ledger/entries" search={{ document: document.number, legalEntity: document.legalEntity }}>
                {t('showEntries')}
              </Link>
            </Fact>
          )}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <Table.Tr>
      <Table.Th w={160}>{name}</Table.Th>
      <Table.Td>{children}</Table.Td>
    </Table.Tr>
  );
}

function Lines({ document: { lines, currency, statement } }: { readonly document: Document }) {
  const t = useTexts();
  const mayOpen = useMay()('settlement:read');
  const period = (statement ?? '').split('@')[1];
  return (
    <Paper withBorder p="md" radius="md">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t('lines')}
        </Title>
        <Scrolling label={t('lines')}>
          <Table verticalSpacing={6} miw={310}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('line')}</Table.Th>
                <Table.Th>{t('description')}</Table.Th>
                <Table.Th ta="end">
                  {t('net')} {currency}
                </Table.Th>
                <Table.Th ta="end">
                  {t('left')} {currency}
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {lines.map(({ line, description, net, left, agreement, statementLine }) => (
                <Table.Tr key={line}>
                  <Table.Td>
                    {mayOpen && agreement !== undefined && statementLine !== undefined && period !== undefined ? (
                      <Link to="/statements/$agreement/$period/$line" params={{ agreement, period, line: String(statementLine) }}>
                        {line}
                      </Link>
                    ) : (
                      line
                    )}
                  </Table.Td>
                  <Table.Td>
                    <Group gap={4}>{description}</Group>
                  </Table.Td>
                  <Table.Td ta="end">
                    <Amount value={net} currency={currency} bare />
                  </Table.Td>
                  <Table.Td ta="end">
                    <Amount value={left.amount} currency={currency} bare />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scrolling>
      </Stack>
    </Paper>
  );
}
