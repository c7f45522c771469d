/** Statements that were recorded, and the way to one of any period. */
import { Button, Group, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { client } from '../../client/client.ts';
import { wholeList } from '../../client/lists.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useUrl } from '../../parts/url-state.ts';
import { useAgreements, usePartyName } from '../month/agreements.ts';
import { useTexts } from '../month/texts.ts';
import { dayBefore, today } from '../month/today.ts';
import type { Recorded } from '../periods/board.ts';

interface Row extends Recorded {
  readonly of: Recorded['stated'][number];
}
const DAYS_SHOWN = 400;

export function StatementsPage() {
  const t = useTexts();
  const nameOf = usePartyName();
  const [url] = useUrl();
  const since = url.since ?? dayBefore(DAYS_SHOWN);
  const board = useQuery({
    queryKey: ['periods', 'recorded', since],
    queryFn: () => client.GET('/v1/periods', { params: { query: { on: today(), since } } }).then(answered),
    select: ({ recorded }) => recorded.flatMap((each): Row[] => each.stated.map((of) => ({ ...each, of }))),
  });
  const columns = useMemo(
    (): readonly Column<Row>[] => [
      { id: 'agreement', header: t('agreement'), value: ({ agreement }) => agreement, width: 220, filter: true },
      { id: 'period', header: t('period'), value: ({ period }) => period, width: 110, filter: true },
      { id: 'party', header: t('partner'), value: ({ party }) => nameOf(party), width: 180, filter: true },
      { id: 'side', header: t('side'), value: ({ of }) => t(of.side === 'receivable' ? 'theyOwe' : 'weOwe'), filter: true, width: 110 },
      { id: 'amount', header: t('net'), kind: 'amount', value: ({ of }) => of.amount, currency: ({ of }) => of.currency },
      { id: 'closedOn', header: t('closedOn'), kind: 'day', value: ({ closedOn }) => closedOn, width: 120 },
      { id: 'closedBy', header: t('closedBy'), value: ({ closedBy }) => closedBy, filter: true },
      { id: 'statement', header: t('statement'), value: ({ statement }) => statement, width: 260, isHidden: true },
    ],
    [t, nameOf],
  );
  return (
    <Page title={t('statements')} detail={t('statementsWhat')} actions={<GoTo />}>
      <DataTable
        name="statements"
        label={t('statements')}
        list={wholeList(board)}
        columns={columns}
        rowKey={({ statement, of }) => `${statement} ${of.side} ${of.currency}`}
        open={({ agreement, period }) => ({ to: '/statements/$agreement/$period', params: { agreement, period } })}
        empty={<Empty title={t('statementsEmpty')}>{t('statementsEmptyWhat')}</Empty>}
      />
    </Page>
  );
}

/** A period need not be closed to be stated. */
function GoTo() {
  const t = useTexts();
  const navigate = useNavigate();
  const agreements = useAgreements();
  const [agreement, setAgreement] = useState<string | null>(null);
  const [period, setPeriod] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (agreement !== null && period.trim() !== '')
          void navigate({ to: '/statements/$agreement/$period', params: { agreement, period: period.trim() } });
      }}
    >
      <Group gap="xs">
        <Select
          searchable
          aria-label={t('agreement')}
          placeholder={t('agreement')}
          data={agreements.data?.map((each) => each.agreement) ?? []}
          value={agreement}
          onChange={setAgreement}
        />
        <TextInput
          aria-label={t('period')}
          placeholder="2026-10"
          maxLength={40}
          w={120}
          value={period}
          onChange={(event) => setPeriod(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={agreement === null || period.trim() === ''}>
          {t('show')}
        </Button>
      </Group>
    </form>
  );
}
