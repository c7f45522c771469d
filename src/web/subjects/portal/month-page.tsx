/** Statements and what is open: the month of a partner on one page. */
import { Group, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client, type components } from '../../client/client.ts';
import { useList, wholeList } from '../../client/lists.ts';
import { useMe } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useTexts } from './texts.ts';

type Statement = components['schemas']['PortalStatement'];
type Item = components['schemas']['OpenItem'];

const page = (cursor: string | undefined) => ({ limit: 200, ...(cursor === undefined ? {} : { cursor }) });

export function MonthPage() {
  const t = useTexts();
  const { party = '' } = useMe();
  const own = useQuery({
    queryKey: ['portal', 'party', party],
    queryFn: () => client.GET('/v1/parties/{party}', { params: { path: { party } } }).then(answered),
  });
  const statements = useQuery({ queryKey: ['portal', 'statements'], queryFn: () => client.GET('/v1/portal/statements').then(answered) });
  const open = useList(['portal', 'open'], (cursor) =>
    client.GET('/v1/ledger/open-items', { params: { query: page(cursor) } }).then(answered),
  );
  const statementColumns = useMemo(
    (): readonly Column<Statement>[] => [
      { id: 'period', header: t('period'), value: ({ period }) => period },
      { id: 'agreement', header: t('agreement'), value: ({ agreement }) => agreement, filter: true, width: 200 },
      { id: 'version', header: t('version'), value: ({ version }) => version, kind: 'figure', width: 90 },
      { id: 'closed', header: t('closedOn'), value: ({ closedOn }) => closedOn, kind: 'day' },
      {
        ...{ id: 'file', header: t('file'), value: ({ sha256 }: Statement) => sha256, width: 220 },
        cell: (statement) => <StatementFile {...statement} />,
      },
    ],
    [t],
  );
  const openColumns = useMemo(
    (): readonly Column<Item>[] => [
      { id: 'document', header: t('document'), value: ({ document }) => document, width: 180 },
      { id: 'due', header: t('dueDay'), value: ({ dueDay }) => dueDay, kind: 'day' },
      {
        id: 'open',
        header: t('open'),
        value: ({ open: amount }) => amount,
        kind: 'amount',
        currency: ({ currency }) => currency,
        total: true,
      },
      { id: 'disputed', header: t('disputed'), value: ({ disputed }) => disputed, kind: 'amount', currency: ({ currency }) => currency },
    ],
    [t],
  );
  return (
    <Page title={t('title', { party: own.data?.party.name ?? party })} detail={t('titleWhat')}>
      <Title order={2}>{t('openItems')}</Title>
      <DataTable
        {...{ name: 'portal-open', label: t('openItems'), list: open, columns: openColumns, isSmall: true }}
        rowKey={({ document, account, currency }) => `${account} ${document} ${currency}`}
        empty={<Empty title={t('nothingOpen')} />}
      />
      <Title order={2}>{t('statements')}</Title>
      <DataTable
        {...{ name: 'portal-statements', label: t('statements'), columns: statementColumns, isSmall: true }}
        list={wholeList({ ...statements, data: statements.data?.items })}
        rowKey={({ agreement, period, version }) => `${agreement} ${period} ${version}`}
        empty={<Empty title={t('noStatements')}>{t('noStatementsWhat')}</Empty>}
      />
    </Page>
  );
}

/** To read, for a spreadsheet, and the recorded text, of which the hash is. */
function StatementFile({ agreement, period, version }: Statement) {
  const t = useTexts();
  const recorded = `/v1/agreements/${encodeURIComponent(agreement)}/statements/${encodeURIComponent(`${period}@${version}`)}`;
  const made = `/v1/portal/statements/${encodeURIComponent(agreement)}/${encodeURIComponent(period)}`;
  return (
    <Group gap="sm" wrap="nowrap">
      <a href={`${made}/pdf`}>PDF</a>
      <a href={`${made}/csv`}>CSV</a>
      <a href={recorded} download={`${agreement}-${period}.json`}>
        {t('recordedText')}
      </a>
    </Group>
  );
}
