/** A period of a partner: what it comes to, what is missing, what to do next. */
import { Button, Group, List, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useChange } from '../../client/change.ts';
import { client } from '../../client/client.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Amount } from '../../parts/amount.tsx';
import { useConfirm } from '../../parts/confirm.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Said } from '../../parts/said.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { usePartyName } from '../month/agreements.ts';
import { useTexts } from '../month/texts.ts';
import { Refused } from '../refusals/refusals.tsx';
import { type Card, type Checked, isNothing } from './board.ts';
import { Finding } from './finding.tsx';

interface Props {
  readonly card: Card;
  readonly checked: Checked | undefined;
  readonly isChecking: boolean;
  readonly onClose: () => void;
}

export function PeriodCard({ card, checked, isChecking, onClose }: Props) {
  const t = useTexts();
  const may = useMay();
  const nameOf = usePartyName();
  const { agreement, period, party, column, recorded } = card;
  const amounts = checked?.amounts ?? card.amounts;
  return (
    <Paper component="article" withBorder p="sm" radius="sm" aria-label={`${nameOf(party)} ${period}`}>
      <Stack gap={6}>
        <Group justify="space-between" wrap="nowrap">
          <Text fw={600} truncate>
            <Said>{nameOf(party)}</Said>
          </Text>
          <Text className="quiet" style={{ whiteSpace: 'nowrap' }}>
            {period}
          </Text>
        </Group>
        <Link to="/statements/$agreement/$period" params={{ agreement, period }}>
          {agreement}
        </Link>
        {isChecking && <Skeleton height={40} />}
        {amounts.map(({ side, amount, currency }) => (
          <Group key={`${side} ${currency}`} justify="space-between">
            <Text className="quiet">{t(side === 'receivable' ? 'theyOwe' : 'weOwe')}</Text>
            <Amount value={amount} currency={currency} />
          </Group>
        ))}
        {checked?.state === 'blocked' && <StateBadge state="attention">{t('blocked')}</StateBadge>}
        {checked?.state === 'refused' && <StateBadge state="wrong">{t('refusedPeriod')}</StateBadge>}
        {checked !== undefined && checked.findings.length + checked.refusals.length > 0 && (
          <List size="sm">
            {checked.findings.map(({ check, detail, said }) => (
              <List.Item key={detail}>
                <Finding {...{ check, detail, ...(said === undefined ? {} : { said }) }} />
              </List.Item>
            ))}
            {checked.refusals.map(({ code, message }) => (
              <List.Item key={message}>
                <Refused code={code} message={message} />
              </List.Item>
            ))}
          </List>
        )}
        {recorded?.sides.map(({ side, currency, outcome, document, open }) => (
          <Group key={`${side} ${currency} ${outcome}`} justify="space-between">
            {document === undefined ? (
              <Text>{t(outcome === 'expected' ? 'expectedOfThem' : outcome === 'carried' ? 'carried' : 'nothingDue')}</Text>
            ) : outcome === 'issued' && may('documents:read') ? (
              <Link to="/invoices/$number" params={{ number: document }}>
                {document}
              </Link>
            ) : (
              <Text>{document}</Text>
            )}
            {document !== undefined && isNothing(open.amount) && <Text component="span">{t('settled')}</Text>}
            {document !== undefined && !isNothing(open.amount) && (
              <Text component="span">
                {t('unpaidAmount')} <Amount value={open.amount} currency={open.currency} />
              </Text>
            )}
          </Group>
        ))}
        {column === 'due' && may('settlement:manage') && !isChecking && (
          <Button size="xs" variant={checked?.state === 'ready' ? 'filled' : 'default'} onClick={onClose}>
            {t(checked?.state === 'blocked' ? 'closeAnyway' : 'closePeriod')}
          </Button>
        )}
        {recorded !== undefined && column === 'awaiting' && (
          <Approve {...{ agreement, period }} by={recorded.approvedBy} of={recorded.approvals} />
        )}
      </Stack>
    </Paper>
  );
}

function Approve(props: { readonly agreement: string; readonly period: string; readonly by: readonly string[]; readonly of: number }) {
  const t = useTexts();
  const may = useMay();
  const confirm = useConfirm();
  const { agreement, period, by, of } = props;
  const approve = useChange({
    send: (path: { agreement: string; period: string }, { key }) =>
      client
        .POST('/v1/agreements/{agreement}/statements/{period}/approvals', {
          params: { path, header: { 'Idempotency-Key': key } },
          body: {},
        })
        .then(answered),
    changes: [['periods'], ['documents']],
  });
  const ask = async (): Promise<void> => {
    const what = t('approveWhat', { agreement, period });
    if (await confirm({ title: t('approve'), what, action: t('approve') })) approve.mutate({ agreement, period });
  };
  return (
    <Stack gap={6}>
      <Text>
        {by.length === 0 ? t('approvals', { given: 0, wanted: of }) : t('approvedBy', { given: by.length, wanted: of, by: by.join(', ') })}
      </Text>
      {may('settlement:approve') && (
        <Button size="xs" loading={approve.isPending} onClick={() => void ask()}>
          {t('approve')}
        </Button>
      )}
      {approve.error !== null && <Fault error={approve.error} meant={t('nothingDone')} />}
    </Stack>
  );
}
