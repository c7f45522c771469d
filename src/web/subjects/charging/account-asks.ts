/** What support does to an account besides a top-up, each as a form. */
import { useQuery } from '@tanstack/react-query';
import { client, type components } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { seen } from '../../client/seen.ts';
import { type Asked, asked } from '../../parts/asked.tsx';
import { useWord } from '../words/words.ts';
import { offerAsks } from './offer-asks.ts';
import { contactAsk, creditLimitAsk, partyAsk, statusAsk } from './set-asks.ts';
import { useTexts } from './texts.ts';

type Schemas = components['schemas'];
type Account = Schemas['ChargingAccount'];
export type Word = ReturnType<typeof useWord>;
export type Texts = ReturnType<typeof useTexts>;

export const changes = [['charging'], ['charging-accounts']] as const;
export const named = (account: string, key: string) => ({ path: { account }, header: { 'Idempotency-Key': key } });
const MAIN = 'main';

/** A bare number is one of a telephone. */
export const identityOf = (text: string): string => (/^\+?\d+$/.test(text) ? `msisdn:${text.replace('+', '')}` : text);

/** `isWanted`: somebody comes near them; five questions are not asked for whoever only looks. */
export function useAccountAsks(account: Account, isWanted: boolean): readonly Asked[] {
  const t = useTexts();
  const word = useWord();
  const path = { params: { path: { account: account.account } } };
  const controls = useQuery({
    queryKey: ['charging', account.account, 'controls', 'seen'],
    queryFn: () => client.GET('/v1/charging/accounts/{account}/controls', path).then(seen),
    enabled: isWanted,
  });
  const party = useQuery({
    queryKey: ['charging', account.account, 'party'],
    queryFn: () => client.GET('/v1/charging/accounts/{account}/party', path).then(seen),
    enabled: isWanted,
  });
  const limit = useQuery({
    queryKey: ['charging', account.account, 'credit-limit'],
    queryFn: () => client.GET('/v1/charging/accounts/{account}/credit-limit', path).then(seen),
    enabled: isWanted,
  });
  const status = useQuery({
    queryKey: ['charging', account.account, 'status'],
    queryFn: () => client.GET('/v1/charging/accounts/{account}/status', path).then(seen),
    enabled: isWanted,
  });
  const contact = useQuery({
    queryKey: ['charging', account.account, 'contact'],
    queryFn: () => client.GET('/v1/charging/accounts/{account}/contact', path).then(seen),
    enabled: isWanted,
  });
  return [
    ...moneyAsks(account, t, word),
    ...(limit.data === undefined ? [] : [creditLimitAsk(limit.data, t)]),
    ...(status.data === undefined ? [] : [statusAsk(status.data, t, word)]),
    ...offerAsks(account, controls.data, t, word),
    ...identityAsks(account, t),
    ...(party.data === undefined ? [] : [partyAsk(party.data, t)]),
    ...(contact.data === undefined ? [] : [contactAsk(account.account, contact.data, t, word)]),
  ];
}

/** Of which bucket; those of a pool are changed at the pool. */
export function bucketChoices({ balances, account }: Account, t: Texts, word: Word) {
  return balances
    .filter((each) => each.account === account && each.unit !== 'money')
    .map(({ bucket, definition, unit, left }) => ({
      value: bucket,
      label: `${definition} (${left} ${word(unit)}) ${t('bucketNumber', { bucket })}`,
    }));
}

function moneyAsks(account: Account, t: Texts, word: Word): readonly Asked[] {
  const { account: name, currency, balances } = account;
  const note = { label: t('note'), isOptional: true, most: 500 } as const;
  return [
    asked({
      ...{ label: t('redeem'), changes },
      fields: { code: { label: t('voucherCode'), most: 64 }, note },
      send: (body, { key }) =>
        client.POST('/v1/charging/accounts/{account}/voucher-redemptions', { params: named(name, key), body }).then(answered),
    }),
    asked({
      ...{ label: t('adjust'), what: t('adjustWhat'), changes },
      fields: {
        of: {
          label: t('balance'),
          choices: [{ value: MAIN, label: `${t('money')}, ${currency}` }, ...bucketChoices(account, t, word)],
        },
        amount: { label: t('byHowMuch'), kind: 'figure', most: 30, placeholder: '-5' },
        note: { label: t('reason'), most: 500 },
      },
      send({ of, amount, note: why }, { key }) {
        const unit = balances.find(({ bucket }) => bucket === of)?.unit;
        const body =
          of === MAIN || unit === undefined || unit === 'money'
            ? { money: { amount, currency }, note: why }
            : { units: { bucket: Number(of), unit, amount: Number(amount) }, note: why };
        return client.POST('/v1/charging/accounts/{account}/adjustments', { params: named(name, key), body }).then(answered);
      },
    }),
    asked({
      ...{ label: t('transfer'), changes },
      fields: {
        to: { label: t('toAccount'), most: 255 },
        amount: { label: `${t('amount')}, ${currency}`, kind: 'figure', most: 30 },
        note,
      },
      send: ({ to, amount, ...rest }, { key }) =>
        client
          .POST('/v1/charging/accounts/{account}/transfers', {
            params: named(name, key),
            body: { to, money: { amount, currency }, ...rest },
          })
          .then(answered),
    }),
  ];
}

/** Who it is, and whose buckets it draws from. */
function identityAsks({ account: name, identities, pools }: Account, t: Texts): readonly Asked[] {
  const note = { label: t('note'), isOptional: true, most: 500 } as const;
  return [
    asked({
      ...{ label: t('addIdentity'), changes },
      fields: { identity: { label: t('identity'), description: t('identitiesWhat'), most: 255 }, note },
      send: ({ identity, ...rest }, { key }) =>
        client
          .POST('/v1/charging/accounts/{account}/identities', {
            params: named(name, key),
            body: { identity: identityOf(identity), ...rest },
          })
          .then(answered),
    }),
    ...(identities.length === 0
      ? []
      : [
          asked({
            ...{ label: t('removeIdentity'), changes, isDangerous: true },
            fields: { identity: { label: t('identity'), choices: identities.map((value) => ({ value, label: value })) } },
            send: ({ identity }, { key }) => {
              const { path, header } = named(name, key);
              return client
                .DELETE('/v1/charging/accounts/{account}/identities/{identity}', { params: { path: { ...path, identity }, header } })
                .then(answered);
            },
          }),
        ]),
    asked({
      ...{ label: t('joinPool'), what: t('joinPoolWhat'), changes },
      fields: {
        pool: { label: t('pool'), most: 255 },
        allowance: { label: t('cappedAllowance'), description: t('cappedWhat'), isOptional: true },
        most: { label: t('cap'), isOptional: true, most: 40, placeholder: '10 GB' },
        note,
      },
      send({ pool, allowance, most, note: why }, { key }) {
        const caps = allowance === undefined && most === undefined ? {} : { caps: [{ allowance: allowance ?? '', most: most ?? '' }] };
        const body = { pool: identityOf(pool), ...caps, ...(why === undefined ? {} : { note: why }) };
        return client.POST('/v1/charging/accounts/{account}/pools', { params: named(name, key), body }).then(answered);
      },
    }),
    ...(pools.length === 0
      ? []
      : [
          asked({
            ...{ label: t('leavePool'), changes, isDangerous: true },
            fields: { pool: { label: t('pool'), choices: pools.map(({ pool }) => ({ value: pool, label: pool })) } },
            send: ({ pool }, { key }) => {
              const { path, header } = named(name, key);
              return client
                .DELETE('/v1/charging/accounts/{account}/pools/{pool}', { params: { path: { ...path, pool }, header } })
                .then(answered);
            },
          }),
        ]),
  ];
}
