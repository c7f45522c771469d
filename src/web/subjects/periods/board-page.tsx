/** The board: a column for each state, a card for each period of a partner, with what is missing and the one next step. */
import { Badge, Button, Group, Paper, SimpleGrid, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../client/client.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Count } from '../../parts/amount.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Page } from '../../parts/page.tsx';
import { useTyped } from '../../parts/typed.ts';
import { useUrl } from '../../parts/url-state.ts';
import { useTexts } from '../month/texts.ts';
import { dayBefore, today } from '../month/today.ts';
import { type Card, type Checked, cardsOf, columns } from './board.ts';
import { CloseDialog } from './close-dialog.tsx';
import { PeriodCard } from './period-card.tsx';

const DAYS_SHOWN = 100;
const MOST_CARDS = 60;
const MOST_CHECKED = 50;

export function BoardPage() {
  const t = useTexts();
  const may = useMay();
  const [url, change] = useUrl();
  const [closing, setClosing] = useState<readonly string[] | 'due'>();
  const [wanted, want] = useTyped(url.q ?? '', (q) => change({ q }));
  const on = url.on ?? today();
  const since = url.since ?? dayBefore(DAYS_SHOWN);
  const board = useQuery({
    queryKey: ['periods', on, since],
    queryFn: () => client.GET('/v1/periods', { params: { query: { on, since } } }).then(answered),
  });
  const due = board.data?.due.slice(0, MOST_CHECKED).map(({ agreement }) => agreement) ?? [];
  const checks = useQuery({
    queryKey: ['periods', 'checks', on, due],
    queryFn: () => client.GET('/v1/periods/checks', { params: { query: { on, agreement: due } } }).then(answered),
    enabled: due.length > 0,
  });
  const checked = new Map(checks.data?.items.map((each): [string, Checked] => [each.agreement, each]));
  const cards = board.data === undefined ? [] : cardsOf(board.data).filter((card) => isFound(card, url.q ?? ''));
  return (
    <Page
      title={t('board')}
      detail={t('boardWhat')}
      actions={
        <>
          <TextInput
            aria-label={t('findPartner')}
            placeholder={t('findPartner')}
            value={wanted}
            onChange={(event) => want(event.currentTarget.value)}
          />
          <TextInput type="date" aria-label={t('asOf')} value={on} onChange={(event) => change({ on: event.currentTarget.value })} />
          {may('settlement:manage') && due.length > 0 && <Button onClick={() => setClosing('due')}>{t('closeDue')}</Button>}
        </>
      }
    >
      {board.error !== null && <Fault error={board.error} onRetry={() => void board.refetch()} />}
      {board.isPending && <Skeleton height={320} />}
      {board.data !== undefined && cards.length === 0 && <Empty title={t('boardEmpty')}>{t('boardEmptyWhat')}</Empty>}
      {cards.length > 0 && (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing="md">
          {columns.map((column) => {
            const own = cards.filter((card) => card.column === column);
            return (
              <Paper key={column} component="section" aria-label={t(column)} withBorder p="sm" radius="md">
                <Stack gap="sm">
                  <Group justify="space-between">
                    <Title order={2} size="h4">
                      {t(column)}
                    </Title>
                    <Badge variant="light" color="gray" radius="sm" c="var(--mantine-color-text)">
                      <Count value={own.length} />
                    </Badge>
                  </Group>
                  {own.length === 0 && <Text className="quiet">{t('columnEmpty')}</Text>}
                  {own.slice(0, MOST_CARDS).map((card) => (
                    <PeriodCard
                      key={`${card.agreement} ${card.recorded?.statement ?? card.period}`}
                      card={card}
                      checked={card.column === 'due' ? checked.get(card.agreement) : undefined}
                      isChecking={card.column === 'due' && checks.isPending}
                      onClose={() => setClosing([card.agreement])}
                    />
                  ))}
                  {own.length > MOST_CARDS && <Text className="quiet">{t('moreCards', { count: own.length - MOST_CARDS })}</Text>}
                </Stack>
              </Paper>
            );
          })}
        </SimpleGrid>
      )}
      {checks.error !== null && <Fault error={checks.error} onRetry={() => void checks.refetch()} />}
      {closing !== undefined && <CloseDialog of={closing} on={on} checked={checked} onLeave={() => setClosing(undefined)} />}
    </Page>
  );
}

function isFound({ agreement, party, period }: Card, text: string): boolean {
  return `${agreement} ${party} ${period}`.toLowerCase().includes(text.trim().toLowerCase());
}
