/** A customer's accounts: what is left, limits of spending, top-up by voucher, and what each use took. */
import { Button, Group, Modal, Progress, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMe } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { seen } from '../../client/seen.ts';
import { Amount } from '../../parts/amount.tsx';
import { BalanceCard } from '../../parts/balance-card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Held, type HeldOf } from '../../parts/held.tsx';
import { Page } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { inUnit, unitShown } from '../../parts/units.ts';
import { Waiting } from '../../shell/waiting.tsx';
import { OwnUse } from './own-use.tsx';
import { useTexts } from './texts.ts';

type Schemas = components['schemas'];
type Account = Schemas['ChargingAccount'];

export function CustomerAccountPage() {
  const t = useTexts();
  const { name } = useMe();
  const accounts = useQuery({
    queryKey: ['portal', 'charging'],
    queryFn: () => client.GET('/v1/portal/charging-accounts').then(answered),
  });
  const items = accounts.data?.items;
  return (
    <Page title={t('yourAccount')} detail={t('welcome', { name })}>
      {accounts.error !== null && <Fault error={accounts.error} onRetry={() => void accounts.refetch()} />}
      {accounts.isPending && <Waiting />}
      {items?.length === 0 && <Empty title={t('noAccounts')}>{t('noAccountsWhat')}</Empty>}
      {items?.map((account) => (
        <AccountPart key={account.account} account={account} names={accounts.data?.names ?? {}} />
      ))}
    </Page>
  );
}

/** What people call something by its id. */
type Names = Readonly<Record<string, string>>;

function AccountPart({ account, names }: { readonly account: Account; readonly names: Names }) {
  const t = useTexts();
  const { account: id, plan, identities, status, balances, currency } = account;
  const [isTopping, setTopping] = useState(false);
  return (
    <Stack gap="md" component="section" aria-label={id}>
      <Group justify="space-between">
        <Group gap="sm">
          <Title order={2}>{identities[0]?.replace(/^\w+:/, '') ?? id}</Title>
          <Text className="quiet">{names[plan] ?? plan}</Text>
          <StateBadge state={status === 'active' ? 'settled' : 'attention'}>{t(status === 'active' ? 'active' : 'blocked')}</StateBadge>
        </Group>
        <Button onClick={() => setTopping(true)}>{t('topUp')}</Button>
      </Group>
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} spacing="md">
        {balances.map((balance) => (
          <Card key={`${balance.account} ${balance.bucket}`} of={balance} name={names[balance.definition]} currency={currency} />
        ))}
      </SimpleGrid>
      <Controls account={id} currency={currency} />
      <Title order={3}>{t('used')}</Title>
      <History account={id} currency={currency} names={names} />
      {isTopping && <TopUp account={id} onClose={() => setTopping(false)} />}
    </Stack>
  );
}

interface CardProps {
  readonly of: Schemas['Balance'];
  readonly name: string | undefined;
  readonly currency: string;
}

function Card({ of: { definition, unit, left, setAside, validTo }, name, currency }: CardProps) {
  const t = useTexts();
  return (
    <BalanceCard
      {...{ definition, validTo, name: definition === 'main' ? t('money') : (name ?? definition) }}
      {...{ left: inUnit(left, unit), setAside: inUnit(setAside, unit) }}
      {...(unit === 'money' ? { currency } : { unit: unitShown(unit) })}
      words={{ setAside: t('setAside'), until: t('until') }}
    />
  );
}

function Controls({ account, currency }: { readonly account: string; readonly currency: string }) {
  const t = useTexts();
  const [changed, setChanged] = useState<Schemas['SpendingControl']>();
  const controls = useQuery({
    queryKey: ['portal', 'charging', account, 'controls'],
    queryFn: () => client.GET('/v1/portal/charging-accounts/{account}/controls', { params: { path: { account } } }).then(answered),
  });
  if (controls.error !== null) return <Fault error={controls.error} onRetry={() => void controls.refetch()} />;
  const items = controls.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Stack gap="sm">
      <Title order={3}>{t('limits')}</Title>
      {items.map((control) => {
        const { control: id, name, unit, used, limit } = control;
        const shown = (value: string) => (unit === 'money' ? <Amount value={value} currency={currency} /> : `${value} ${unit}`);
        return (
          <Group key={id} gap="md">
            <Text w={200} truncate>
              {name}
            </Text>
            <Progress
              {...{
                w: 200,
                value: limit === undefined || Number(limit) === 0 ? 0 : (Number(used) * 100) / Number(limit),
                'aria-label': name,
              }}
            />
            <Text component="div">
              {shown(used)}
              {limit === undefined ? '' : ' / '}
              {limit !== undefined && shown(limit)}
            </Text>
            <Button size="compact-xs" variant="subtle" onClick={() => setChanged(control)}>
              {t('changeLimit')}
            </Button>
          </Group>
        );
      })}
      {changed !== undefined && (
        <Held
          {...{ title: t('changeLimit'), onClose: () => setChanged(undefined) }}
          read={() => client.GET('/v1/portal/charging-accounts/{account}/controls', { params: { path: { account } } }).then(seen)}
        >
          {(held) => <Limit {...{ account, control: changed.control, held, currency, onClose: () => setChanged(undefined) }} />}
        </Held>
      )}
    </Stack>
  );
}

interface LimitProps {
  readonly account: string;
  readonly control: string;
  readonly held: HeldOf<{ items: Schemas['SpendingControl'][] }>;
  readonly currency: string;
  readonly onClose: () => void;
}

function Limit({ account, control: id, held, currency, onClose }: LimitProps) {
  const t = useTexts();
  const of = ({ items }: (typeof held)['seen']['data']) => items.find(({ control: each }) => each === id);
  const control = of(held.seen.data);
  const [limit, setLimit] = useState(control?.ownLimit ?? control?.limit ?? '');
  const change = useChange({
    of: { ...held, shows: (data) => [[t('limit'), of(data)?.ownLimit ?? of(data)?.limit ?? '']] },
    send: (wanted: string, { key, match }) => {
      const params = { path: { account, control: id }, header: { 'Idempotency-Key': key, ...match } };
      return client.PUT('/v1/portal/charging-accounts/{account}/controls/{control}', { params, body: { limit: wanted } }).then(answered);
    },
    onDone: onClose,
    changes: [['portal', 'charging']],
  });
  return (
    <Modal opened onClose={onClose} title={control?.name ?? id} closeButtonProps={{ 'aria-label': t('cancel') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(limit.trim());
        }}
      >
        <Stack gap="md">
          <TextInput
            {...{
              label: control?.unit === 'money' ? `${t('limit')}, ${currency}` : t('limit'),
              required: true,
              maxLength: 40,
              value: limit,
            }}
            onChange={(event) => setLimit(event.currentTarget.value)}
          />
          {change.error !== null && <Fault error={change.error} />}
          <Group>
            <Button type="submit" loading={change.isPending}>
              {t('setLimit')}
            </Button>
            <Button variant="default" loading={change.isPending} onClick={() => change.mutate('plan')}>
              {t('limitOfPlan')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function TopUp({ account, onClose }: { readonly account: string; readonly onClose: () => void }) {
  const t = useTexts();
  const [code, setCode] = useState('');
  const redeem = useChange({
    send: (wanted: string, { key }) => {
      const params = { path: { account }, header: { 'Idempotency-Key': key } };
      return client.POST('/v1/portal/charging-accounts/{account}/voucher-redemptions', { params, body: { code: wanted } }).then(answered);
    },
    onDone: onClose,
    changes: [['portal', 'charging']],
  });
  return (
    <Modal opened onClose={onClose} title={t('topUp')} closeButtonProps={{ 'aria-label': t('cancel') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          redeem.mutate(code.trim());
        }}
      >
        <Stack gap="md">
          <TextInput
            {...{ label: t('voucher'), description: t('voucherWhat'), required: true, maxLength: 64, inputMode: 'numeric', value: code }}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          {redeem.error !== null && <Fault error={redeem.error} />}
          <Button type="submit" loading={redeem.isPending}>
            {t('topUp')}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}

const causes = ['use', 'fee', 'refund', 'top-up', 'voucher', 'expiry', 'renewal', 'adjustment', 'transfer'] as const;

function History({ account, currency, names }: { readonly account: string; readonly currency: string; readonly names: Names }) {
  const t = useTexts();
  const list = useList(['portal', 'charging', account, 'history'], (cursor) =>
    client
      .GET('/v1/portal/charging-accounts/{account}/history', {
        params: { path: { account }, query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) } },
      })
      .then(answered),
  );
  const columns = useMemo((): readonly Column<Schemas['JournalEntry']>[] => {
    const money = ({ unit }: Schemas['JournalEntry']): string => (unit === 'money' ? currency : unitShown(unit));
    const said = (cause: string): string => {
      const known = causes.find((each) => each === cause);
      return known === undefined ? cause : t(`cause_${known}`);
    };
    return [
      { id: 'at', header: t('day'), value: ({ at }) => at, kind: 'instant', width: 190 },
      { id: 'cause', header: t('description'), value: ({ cause }) => said(cause), filter: true, width: 160 },
      {
        ...{ id: 'balance', header: t('from'), width: 150, filter: true },
        value: ({ definition }) => (definition === 'main' ? t('money') : (names[definition] ?? definition)),
      },
      { id: 'change', header: t('change'), value: ({ change, unit }) => inUnit(change, unit), kind: 'amount', currency: money },
      {
        ...{ id: 'why', header: t('why'), value: () => '', width: 70 },
        cell: ({ cause, of }) => (cause === 'use' ? <OwnUse account={account} of={of} /> : null),
      },
      { id: 'after', header: t('balance'), value: ({ after, unit }) => inUnit(after, unit), kind: 'amount', currency: money },
    ];
  }, [t, currency, account, names]);
  return (
    <DataTable
      {...{ name: `portal-used-${account}`, label: t('used'), list, columns, isSmall: true }}
      rowKey={({ entry }) => entry}
      empty={<Empty title={t('nothingUsed')} />}
    />
  );
}
