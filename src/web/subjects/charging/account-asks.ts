/** What support does to an account besides a top-up, each as a form. */
import { useQuery } from '@tanstack/react-query';
import { client, type components } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { type Of, type Seen, seen } from '../../client/seen.ts';
import { type Asked, asked } from '../month/asked.tsx';
import { useWord } from '../words/words.ts';
import { offerAsks } from './offer-asks.ts';
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

export function useAccountAsks(account: Account): readonly Asked[] {
  const t = useTexts();
  const word = useWord();
  const path = { params: { path: { account: account.account } } };
  const controls = useQuery({
    queryKey: ['charging', account.account, 'controls'],
    queryFn: () => client.GET('/v1/charging/accounts/{account}/controls', path).then(answered),
    select: ({ items }) => items,
  });
  const party = useQuery({
    queryKey: ['charging', account.account, 'party'],
    queryFn: () => client.GET('/v1/charging/accounts/{account}/party', path).then(answered),
  });
  const contact = useQuery({
    queryKey: ['charging', account.account, 'contact'],
    queryFn: () => client.GET('/v1/charging/accounts/{account}/contact', path).then(seen),
  });
  return [
    ...moneyAsks(account, t, word),
    ...offerAsks(account, controls.data ?? [], t, word),
    ...(party.data === undefined ? [] : identityAsks(account, party.data.party, t)),
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
    asked({
      ...{ label: t('setCreditLimit'), changes },
      fields: { amount: { label: `${t('creditLimit')}, ${currency}`, kind: 'figure', most: 30 }, note },
      send: (body, { key }) =>
        client.PUT('/v1/charging/accounts/{account}/credit-limit', { params: named(name, key), body }).then(answered),
    }),
    asked({
      ...{ label: t('setStatus'), what: t('setStatusWhat'), changes },
      fields: {
        status: {
          ...{ label: t('status'), start: account.status },
          choices: (['active', 'blocked', 'closed'] as const).map((value) => ({ value, label: word(value) })),
        },
        note,
      },
      send: (body, { key }) => client.PUT('/v1/charging/accounts/{account}/status', { params: named(name, key), body }).then(answered),
    }),
  ];
}

/** Who it is, whose buckets it draws from, whose it is. */
function identityAsks({ account: name, identities, pools }: Account, party: string | undefined, t: Texts): readonly Asked[] {
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
    asked({
      ...{ label: t('setParty'), what: t('setPartyWhat'), changes },
      fields: { party: { label: t('party'), isOptional: true, most: 128, start: party ?? '' } },
      send: ({ party: whose }) =>
        client
          .PUT('/v1/charging/accounts/{account}/party', { params: { path: { account: name } }, body: { party: whose ?? null } })
          .then(answered),
    }),
  ];
}

/** In each of these customers are told. */
const LANGUAGES = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
  { value: 'fr', label: 'Français' },
  { value: 'es', label: 'Español' },
  { value: 'pt', label: 'Português' },
  { value: 'ar', label: 'العربية' },
] as const;

function contactAsk(name: string, contact: Seen<Schemas['Contact']>, t: Texts, word: Word): Asked {
  const { language = '', number = '', email = '', ways = [], doNotDisturb } = contact.data;
  const path = { path: { account: name } };
  const of: Of<Schemas['Contact']> = {
    ...{ seen: contact, read: () => client.GET('/v1/charging/accounts/{account}/contact', { params: path }).then(seen) },
    subject: { kind: 'charging-account', id: name },
    shows: (now) => [
      [t('language'), now.language ?? ''],
      [t('number'), now.number ?? ''],
      [t('email'), now.email ?? ''],
      [t('ways'), (now.ways ?? []).map((way) => word(`way ${way}`)).join(', ')],
      [t('doNotDisturb'), now.doNotDisturb ? '✓' : ''],
    ],
  };
  return asked({
    ...{ label: t('setContact'), what: t('setContactWhat'), changes, of },
    fields: {
      language: {
        ...{ label: t('language'), isOptional: true, start: language },
        choices: LANGUAGES,
      },
      number: { label: t('number'), isOptional: true, most: 32, start: number, placeholder: '491701234567' },
      email: { label: t('email'), isOptional: true, start: email },
      ways: {
        ...{ label: t('ways'), isOptional: true, start: ways.length === 2 ? 'both' : (ways[0] ?? '') },
        choices: (['sms', 'email', 'both'] as const).map((value) => ({ value, label: word(`way ${value}`) })),
      },
      doNotDisturb: { label: t('doNotDisturb'), kind: 'check', isOptional: true, start: doNotDisturb ? 'yes' : '' },
    },
    send({ language: spoken, number: called, email: written, ways: by, doNotDisturb: quiet }, { key, match }) {
      const body = {
        ...(spoken === undefined ? {} : { language: spoken }),
        ...{ number: called ?? null, email: written ?? null, doNotDisturb: quiet !== undefined },
        ways: by === undefined ? null : by === 'both' ? (['sms', 'email'] as ('sms' | 'email')[]) : [by],
      };
      const params = { ...path, header: { 'Idempotency-Key': key, ...match } };
      return client.PUT('/v1/charging/accounts/{account}/contact', { params, body }).then(answered);
    },
  });
}
