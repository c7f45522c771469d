/** A session from its beginning to what it cost, and why. */
import { Anchor, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { client } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { Amount } from '../../parts/amount.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Go } from '../../parts/go.tsx';
import { Instant } from '../../parts/instant.tsx';
import { Page } from '../../parts/page.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Waiting } from '../../shell/waiting.tsx';
import { Steps } from '../said/steps.tsx';
import { useWord } from '../words/words.ts';
import { Measured } from './measured.tsx';
import { useTexts } from './texts.ts';

export function TracePage() {
  const t = useTexts();
  const word = useWord();
  const { session } = useParams({ strict: false });
  const name = session ?? '';
  const asked = useQuery({
    queryKey: ['charging-trace', name],
    queryFn: () => client.GET('/v1/charging/sessions/{session}/trace', { params: { path: { session: name } } }).then(answered),
  });
  const charging = (
    <Anchor key="charging" component={Link} to="/charging" size="xs">
      {t('title')}
    </Anchor>
  );
  if (asked.error !== null && asked.data === undefined)
    return (
      <Page title={name} above={[charging]}>
        <Fault error={asked.error} onRetry={() => void asked.refetch()} />
      </Page>
    );
  if (asked.data === undefined) return <Waiting />;
  const { account, closed, result, entries, records } = asked.data;
  const currency = records[0]?.charged.currency ?? '';
  const owner = (
    <Go key="account" href={`/charging/${encodeURIComponent(account)}`} size="xs">
      {account}
    </Go>
  );
  return (
    <Page
      title={name}
      above={[charging, owner]}
      detail={
        closed === undefined ? (
          t('running')
        ) : (
          <>
            {t('closed')} <Instant at={closed} />
            {result === undefined ? '' : ` · ${word(result)}`}
          </>
        )
      }
    >
      <Stack gap="sm">
        <Title order={2}>{t('entries')}</Title>
        {entries.length === 0 && <Text className="quiet">{t(closed === undefined ? 'nothingYet' : 'nothingChanged')}</Text>}
        <Scroll label={t('entries')}>
          <Table miw={480}>
            <Table.Tbody>
              {entries.map(({ entry, at, definition, change, after, unit }) => (
                <Table.Tr key={entry}>
                  <Table.Td>
                    <Instant at={at} />
                  </Table.Td>
                  <Table.Td>{definition === 'main' ? t('money') : definition}</Table.Td>
                  <Table.Td className="figure">
                    <Measured {...{ value: change, unit, currency, word }} />
                  </Table.Td>
                  <Table.Td className="figure">
                    <Measured {...{ value: after, unit, currency, word }} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      </Stack>
      <Stack gap="sm">
        <Title order={2}>{t('records')}</Title>
        {records.length === 0 && <Text className="quiet">{t(closed === undefined ? 'noPriceYet' : 'noPrice')}</Text>}
        {records.map(({ record, charged, explained }) => (
          <Paper key={record} withBorder p="md">
            <Amount value={charged.amount} currency={charged.currency} />
            <Steps steps={explained} />
          </Paper>
        ))}
      </Stack>
    </Page>
  );
}
