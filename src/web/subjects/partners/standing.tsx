/** How a partner stands: what it owes against what it may, and how far what was promised has come. */
import { Progress, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { client, type components } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { Amount, Count } from '../../parts/amount.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Day } from '../../parts/instant.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { useWord } from '../words/words.ts';
import { useTexts } from './texts.ts';

type Schemas = components['schemas'];
const today = (): string => new Date().toISOString().slice(0, 10);

export function Exposures({ accounts }: { readonly accounts: readonly string[] }) {
  const t = useTexts();
  const asked = useQuery({
    queryKey: ['exposure', accounts],
    queryFn: () =>
      Promise.all(
        accounts.map((account) =>
          client.GET('/v1/accounts/{account}/exposure', { params: { path: { account }, query: { on: today() } } }).then(answered),
        ),
      ),
  });
  if (asked.error !== null) return <Fault error={asked.error} onRetry={() => void asked.refetch()} />;
  const parts = [
    ['unbilled', 'unbilled'],
    ['billed', 'billed'],
    ['paidAhead', 'unallocated'],
    ['deposit', 'deposit'],
    ['weOwe', 'payable'],
    ['exposure', 'exposure'],
  ] as const;
  return (
    <Scroll label={t('exposure')}>
      <Table miw={880}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('account')}</Table.Th>
            {parts.map(([name]) => (
              <Table.Th key={name} className="figure">
                {t(name)}
              </Table.Th>
            ))}
            <Table.Th className="figure">{t('limit')}</Table.Th>
            <Table.Th w={140}>{t('used')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody aria-busy={asked.isPending}>
          {(asked.data ?? []).map((each) => (
            <Table.Tr key={each.account}>
              <Table.Td>{each.account}</Table.Td>
              {parts.map(([name, field]) => (
                <Table.Td key={name} className="figure" fw={name === 'exposure' ? 600 : undefined}>
                  <Amount value={each[field]} currency={each.currency} bare={name !== 'exposure'} />
                </Table.Td>
              ))}
              <Table.Td className="figure">
                {each.limit === undefined ? '' : <Amount value={each.limit} currency={each.currency} bare />}
              </Table.Td>
              <Table.Td>{each.usedPercent === undefined ? '' : <Share percent={each.usedPercent} label={t('used')} isBad />}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

export function Deals({ agreements }: { readonly agreements: readonly { readonly agreement: string; readonly currency: string }[] }) {
  const t = useTexts();
  const asked = useQuery({
    queryKey: ['deals', agreements],
    queryFn: async () => {
      const found = agreements.map(({ agreement, currency }) =>
        client
          .GET('/v1/agreements/{agreement}/deals', { params: { path: { agreement }, query: { on: today() } } })
          .then(answered)
          .then(({ items }) => items.map((deal) => ({ agreement, currency, deal }))),
      );
      return (await Promise.all(found)).flat();
    },
  });
  if (asked.error !== null) return <Fault error={asked.error} onRetry={() => void asked.refetch()} />;
  if (asked.data?.length === 0) return <Text className="quiet">{t('dealsNone')}</Text>;
  return (
    <Scroll label={t('deals')}>
      <Table miw={880}>
        <Table.Thead>
          <Table.Tr>
            {(['deal', 'to', 'daysOver', 'side'] as const).map((name) => (
              <Table.Th key={name}>{t(name)}</Table.Th>
            ))}
            {(['reached', 'promised'] as const).map((name) => (
              <Table.Th key={name} className="figure">
                {t(name)}
              </Table.Th>
            ))}
            <Table.Th w={140}>{t('progress')}</Table.Th>
            {(['forecast', 'atStake'] as const).map((name) => (
              <Table.Th key={name} className="figure">
                {t(name)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody aria-busy={asked.isPending}>
          {(asked.data ?? []).flatMap(({ agreement, currency, deal }) =>
            deal.sides.map((side) => <DealRow key={`${agreement} ${deal.deal} ${side.side}`} {...{ agreement, currency, deal, side }} />),
          )}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

interface DealRowProps {
  readonly agreement: string;
  readonly currency: string;
  readonly deal: Schemas['DealProgress'];
  readonly side: Schemas['DealProgress']['sides'][number];
}

function DealRow({ agreement, currency, deal, side }: DealRowProps) {
  const t = useTexts();
  const word = useWord();
  const counted = (value: string | undefined) =>
    value === undefined ? (
      ''
    ) : deal.measure === 'money' ? (
      <Amount value={value} currency={currency} />
    ) : (
      <>
        <Count value={value} /> {word(deal.measure)}
      </>
    );
  return (
    <Table.Tr>
      <Table.Td>
        {deal.name}
        <Text size="xs" className="quiet">
          {agreement} · {word(`deal ${deal.kind}`)}
        </Text>
      </Table.Td>
      <Table.Td>
        <Day day={deal.lastDay} />
      </Table.Td>
      <Table.Td>
        <bdi dir="ltr">
          {deal.daysOver} / {deal.days}
        </bdi>
      </Table.Td>
      <Table.Td>{t(side.side)}</Table.Td>
      <Table.Td className="figure">{counted(side.reached)}</Table.Td>
      <Table.Td className="figure">{counted(deal.promised)}</Table.Td>
      <Table.Td>{side.percent === undefined ? '' : <Share percent={side.percent} label={t('progress')} />}</Table.Td>
      <Table.Td className="figure">{counted(side.byWeekday?.reached)}</Table.Td>
      <Table.Td className="figure">
        <Amount value={side.adjustment} currency={currency} />
      </Table.Td>
    </Table.Tr>
  );
}

/** The bar is drawn to the nearest pixel; what is said is exact. `isBad`: the more, the worse. */
function Share({ percent, label, isBad = false }: { readonly percent: string; readonly label: string; readonly isBad?: boolean }) {
  const whole = Math.min(100, Number.parseInt(percent, 10));
  const color = !isBad ? undefined : whole >= 100 ? 'var(--wrong)' : whole >= 80 ? 'var(--attention)' : undefined;
  return (
    <>
      <Text size="xs" className="figure">
        {percent} %
      </Text>
      <Progress value={whole} size="sm" aria-label={label} {...(color === undefined ? {} : { color })} />
    </>
  );
}
