/** Everything about one partner on one page. */
import { Anchor, Paper, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { client, type components } from '../../client/client.ts';
import { useMay, useMe } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Amount } from '../../parts/amount.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Go } from '../../parts/go.tsx';
import { Day } from '../../parts/instant.tsx';
import { Page } from '../../parts/page.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { rememberLooked } from '../../shell/recent.ts';
import { Waiting } from '../../shell/waiting.tsx';
import { useWord } from '../words/words.ts';
import { Disputes, Documents, OpenItems, Sheets } from './partner-lists.tsx';
import { PartnerTraffic } from './partner-traffic.tsx';
import { Deals, Exposures } from './standing.tsx';
import { useTexts } from './texts.ts';

type Schemas = components['schemas'];

export function PartnerPage() {
  const t = useTexts();
  const word = useWord();
  const may = useMay();
  const { email = '' } = useMe();
  const { party } = useParams({ strict: false });
  const name = party ?? '';
  const asked = useQuery({
    queryKey: ['party', name],
    queryFn: () => client.GET('/v1/parties/{party}', { params: { path: { party: name } } }).then(answered),
  });
  const legalName = asked.data?.party.name;
  useEffect(() => {
    if (legalName !== undefined) rememberLooked(email, { label: legalName, detail: name, href: `/partners/${encodeURIComponent(name)}` });
  }, [email, legalName, name]);
  const above = [
    <Anchor key="partners" component={Link} to="/partners" size="xs">
      {t('title')}
    </Anchor>,
  ];
  if (asked.error !== null && asked.data === undefined)
    return (
      <Page title={name} above={above}>
        <Fault error={asked.error} onRetry={() => void asked.refetch()} />
      </Page>
    );
  if (asked.data === undefined) return <Waiting />;
  const { party: them, accounts, agreements } = asked.data;
  const ids = accounts.map(({ account }) => account);
  return (
    <Page title={them.name} above={above} detail={`${them.party} · ${word(them.kind)}`}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Legal of={them} />
        {may('reports:read') && <PartnerTraffic party={them.party} />}
      </SimpleGrid>
      <Section title={t('accounts')}>
        <Accounts of={accounts} />
      </Section>
      <Section title={t('agreements')}>
        <Agreements of={agreements} />
      </Section>
      {may('settlement:read') && (
        <Section title={t('deals')}>
          <Deals
            agreements={agreements.filter(({ agreement }, at) => agreements.findIndex((each) => each.agreement === agreement) === at)}
          />
        </Section>
      )}
      {may('ledger:read') && (
        <Section title={t('exposure')}>
          <Exposures accounts={ids} />
        </Section>
      )}
      {may('ledger:read') && (
        <Section title={t('openItems')}>
          <OpenItems accounts={ids} />
        </Section>
      )}
      {may('documents:read') && (
        <Section title={t('documents')}>
          <Documents accounts={ids} />
        </Section>
      )}
      {may('disputes:read') && (
        <Section title={t('disputes')}>
          <Disputes party={them.party} />
        </Section>
      )}
      {may('rates:read') && (
        <Section title={t('sheets')}>
          <Sheets agreements={[...new Set(agreements.map(({ agreement }) => agreement))]} />
        </Section>
      )}
    </Page>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Stack gap="sm" component="section" aria-label={title}>
      <Title order={2}>{title}</Title>
      {children}
    </Stack>
  );
}

function Legal({ of: { address, taxId, email, country } }: { readonly of: Schemas['Party'] }) {
  const t = useTexts();
  const rows = [
    [t('address'), address.join(', ')],
    [t('country'), country],
    [t('taxId'), taxId],
    [t('email'), email],
  ] as const;
  return (
    <Paper withBorder p="md" component="section" aria-label={t('legal')}>
      <Title order={2} mb="sm">
        {t('legal')}
      </Title>
      <Table verticalSpacing={4} horizontalSpacing={0} withRowBorders={false}>
        <Table.Tbody>
          {rows.map(([what, value]) =>
            value === undefined || value === '' ? null : (
              <Table.Tr key={what}>
                <Table.Th fw={400} className="quiet" w={120}>
                  {what}
                </Table.Th>
                <Table.Td>
                  <bdi>{value}</bdi>
                </Table.Td>
              </Table.Tr>
            ),
          )}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

function Accounts({ of }: { readonly of: readonly Schemas['Account'][] }) {
  const t = useTexts();
  return (
    <Scroll label={t('accounts')}>
      <Table miw={560}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('account')}</Table.Th>
            <Table.Th>{t('legalEntity')}</Table.Th>
            <Table.Th>{t('currency')}</Table.Th>
            <Table.Th className="figure">{t('terms')}</Table.Th>
            <Table.Th className="figure">{t('limit')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.map(({ account, legalEntity, currency, paymentTermsDays, creditLimit }) => (
            <Table.Tr key={account}>
              <Table.Td>{account}</Table.Td>
              <Table.Td>{legalEntity}</Table.Td>
              <Table.Td>{currency}</Table.Td>
              <Table.Td className="figure">{paymentTermsDays ?? ''}</Table.Td>
              <Table.Td className="figure">{creditLimit === undefined ? '' : <Amount value={creditLimit} currency={currency} />}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

/** The newest version of each; the others are on its page. */
function Agreements({ of }: { readonly of: readonly Schemas['Agreement'][] }) {
  const t = useTexts();
  const word = useWord();
  const mayOpen = useMay()('agreements:read');
  const newest = [...Map.groupBy(of, ({ agreement }) => agreement).values()].flatMap((versions) => {
    const last = versions.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1)).at(-1);
    return last === undefined ? [] : [{ ...last, versions: versions.length }];
  });
  return (
    <Scroll label={t('agreements')}>
      <Table miw={560}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('agreement')}</Table.Th>
            <Table.Th>{t('from')}</Table.Th>
            <Table.Th>{t('period')}</Table.Th>
            <Table.Th>{t('services')}</Table.Th>
            <Table.Th className="figure">{t('versions')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {newest.map(({ agreement, name, validFrom, settlementPeriod, services, versions }) => (
            <Table.Tr key={agreement}>
              <Table.Td>{mayOpen ? <Go href={`/agreements/${encodeURIComponent(agreement)}`}>{name}</Go> : name}</Table.Td>
              <Table.Td>
                <Day day={validFrom} />
              </Table.Td>
              <Table.Td>{word(settlementPeriod)}</Table.Td>
              <Table.Td>
                <Text lineClamp={1}>
                  {services.length === 0
                    ? t('noServices')
                    : services.map(({ service, role }) => `${word(service)} ${word(role)}`).join(', ')}
                </Text>
              </Table.Td>
              <Table.Td className="figure">{versions}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}
