/** A contract: its versions side by side, what differs marked. */
import { Anchor, Group, Mark, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { client, type components } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { Fault } from '../../parts/fault.tsx';
import { Go } from '../../parts/go.tsx';
import { Page } from '../../parts/page.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { Waiting } from '../../shell/waiting.tsx';
import { useWord } from '../words/words.ts';
import { useTexts } from './texts.ts';

type Agreement = components['schemas']['Agreement'];

export function AgreementPage() {
  const t = useTexts();
  const { agreement } = useParams({ strict: false });
  const id = agreement ?? '';
  const asked = useQuery({
    queryKey: ['agreement', id],
    queryFn: () => client.GET('/v1/agreements/{agreement}', { params: { path: { agreement: id } } }).then(answered),
  });
  const accounts = useQuery({
    queryKey: ['accounts'],
    queryFn: () => client.GET('/v1/accounts', { params: { query: { limit: 200 } } }).then(answered),
  });
  if (asked.error !== null && asked.data === undefined)
    return (
      <Page title={id}>
        <Fault error={asked.error} onRetry={() => void asked.refetch()} />
      </Page>
    );
  if (asked.data === undefined) return <Waiting />;
  const versions = asked.data.versions.toReversed();
  const [newest] = versions;
  const party = accounts.data?.items.find(({ account }) => account === newest?.account)?.party;
  const above = [
    <Anchor key="partners" component={Link} to="/partners" size="xs">
      {t('title')}
    </Anchor>,
    ...(party === undefined
      ? []
      : [
          <Go key="party" href={`/partners/${encodeURIComponent(party)}`} size="xs">
            {party}
          </Go>,
        ]),
  ];
  return (
    <Page title={newest?.name ?? id} above={above} detail={t('versionsWhat')}>
      <Versions of={versions} />
    </Page>
  );
}

function Versions({ of }: { readonly of: readonly Agreement[] }) {
  const t = useTexts();
  const word = useWord();
  const today = new Date().toISOString().slice(0, 10);
  const fields = [
    [t('account'), ({ account }: Agreement) => account],
    [t('from'), ({ validFrom }: Agreement) => validFrom],
    [t('to'), ({ validTo }: Agreement) => validTo ?? t('noEnd')],
    [t('currency'), ({ currency }: Agreement) => currency],
    [t('zone'), ({ zone }: Agreement) => zone],
    [t('period'), ({ settlementPeriod }: Agreement) => word(settlementPeriod)],
    [
      t('services'),
      ({ services }: Agreement) =>
        services.length === 0
          ? t('noServices')
          : services.map(({ service, role, tariff }) => `${word(service)} ${word(role)}: ${tariff}`).join('\n'),
    ],
  ] as const;
  return (
    <Scroll label={t('versions')}>
      <Table miw={200 + of.length * 240}>
        <Table.Thead>
          <Table.Tr>
            <Table.Td w={160} />
            {of.map(({ validFrom, validTo }) => (
              <Table.Th key={validFrom}>
                <Group gap="sm">
                  {validFrom}
                  {validFrom <= today && (validTo === undefined || validTo > today) && <StateBadge state="settled">{t('now')}</StateBadge>}
                </Group>
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {fields.map(([label, read]) => (
            <Table.Tr key={label}>
              <Table.Th fw={400} className="quiet">
                {label}
              </Table.Th>
              {of.map((version, at) => {
                const before = of[at + 1];
                const text = read(version);
                const isOther = before !== undefined && read(before) !== text;
                return (
                  <Table.Td key={version.validFrom} style={{ whiteSpace: 'pre-line' }}>
                    {isOther ? <Mark title={t('changed')}>{text}</Mark> : text}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}
