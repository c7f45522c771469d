/** What needs somebody today: records that wait, alarms, periods that are over, disputes with a deadline. */
import { Group, List, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Amount, Count } from '../../parts/amount.tsx';
import { Go } from '../../parts/go.tsx';
import { Day, Instant } from '../../parts/instant.tsx';
import { type State, StateBadge } from '../../parts/state-badge.tsx';
import { useRefusals } from '../refusals/refusals.tsx';
import type { Overview } from './overview-page.tsx';
import { useTexts } from './texts.ts';

const MOST = 6;
const SOON_DAYS = 7;

export function Attention({ shown }: { readonly shown: Overview }) {
  const t = useTexts();
  const { title } = useRefusals();
  const { held, alarms, due, disputes } = shown;
  const records = held?.reduce((sum, each) => sum + each.records, 0) ?? 0;
  return (
    <Stack gap="sm">
      <Title order={2}>{t('needsYou')}</Title>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        {held !== undefined && (
          <Card title={t('held')} count={records} state={records === 0 ? 'settled' : 'attention'} href="/suspense" nothing={t('heldNone')}>
            {held.slice(0, MOST).map(({ reason, records: of, receivable, payable }) => (
              <List.Item key={reason}>
                <Group gap="sm" justify="space-between">
                  <span>
                    <Count value={of} /> · {title(reason, reason)}
                  </span>
                  <Group gap="sm">
                    {receivable.length + payable.length === 0 && <Text className="quiet">{t('stakeUnknown')}</Text>}
                    {[...receivable, ...payable.map(({ amount, currency }) => ({ currency, amount: `-${amount}` }))].map(
                      ({ amount, currency }) => (
                        <Amount key={`${amount} ${currency}`} value={amount} currency={currency} />
                      ),
                    )}
                  </Group>
                </Group>
              </List.Item>
            ))}
          </Card>
        )}
        {alarms !== undefined && (
          <Card
            title={t('alarms')}
            count={alarms.length}
            state={alarms.length === 0 ? 'settled' : 'wrong'}
            href="/sources"
            nothing={t('alarmsNone')}
          >
            {alarms.slice(0, MOST).map(({ source, kind, detail, at }) => (
              <List.Item key={`${source} ${kind} ${detail} ${at}`}>
                {source}: {detail}{' '}
                <Text component="span" size="xs" className="quiet">
                  <Instant at={at} />
                </Text>
              </List.Item>
            ))}
          </Card>
        )}
        {due !== undefined && (
          <Card
            title={t('due')}
            count={due.length}
            state={due.length === 0 ? 'settled' : 'attention'}
            href="/periods"
            nothing={t('dueNone')}
          >
            {due.slice(0, MOST).map(({ agreement, party, period }) => (
              <List.Item key={`${agreement} ${period}`}>
                <Go href={`/partners/${encodeURIComponent(party)}`}>{party}</Go>: {agreement}, {period}
              </List.Item>
            ))}
          </Card>
        )}
        {disputes !== undefined && (
          <Card title={t('disputes')} count={disputes.length} state={stateOf(disputes)} href="/disputes" nothing={t('disputesNone')}>
            {disputes.slice(0, MOST).map(({ dispute, party, document, respondBy, amount, currency }) => (
              <List.Item key={dispute}>
                <Group gap="sm" justify="space-between">
                  <span>
                    <Go href={`/disputes/${encodeURIComponent(dispute)}`}>
                      {party}, {document}
                    </Go>{' '}
                    · {t('until')} <Day day={respondBy} />
                  </span>
                  <Amount value={amount} currency={currency} />
                </Group>
              </List.Item>
            ))}
          </Card>
        )}
      </SimpleGrid>
    </Stack>
  );
}

/** A deadline that is near wants attention; one that is over is wrong. */
function stateOf(disputes: NonNullable<Overview['disputes']>): State {
  const [first] = disputes;
  if (first === undefined) return 'settled';
  const days = (Date.parse(first.respondBy) - Date.now()) / 86_400_000;
  return days < 0 ? 'wrong' : days < SOON_DAYS ? 'attention' : 'open';
}

interface CardProps {
  readonly title: string;
  readonly count: number;
  readonly state: State;
  readonly href: string;
  readonly nothing: string;
  readonly children: ReactNode;
}

function Card({ title, count, state, href, nothing, children }: CardProps) {
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Group justify="space-between" mb="sm">
        <Title order={3}>
          <Go href={href}>{title}</Go>
        </Title>
        <StateBadge state={state}>{String(count)}</StateBadge>
      </Group>
      {count === 0 ? (
        <Text className="quiet">{nothing}</Text>
      ) : (
        <List listStyleType="none" spacing={4} styles={{ itemWrapper: { display: 'block' }, itemLabel: { display: 'block' } }}>
          {children}
        </List>
      )}
    </Paper>
  );
}
