/** What is set of an account, each as a form that is of what was seen: its credit limit, status, party, and how it is reached. */
import { client, type components } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { type Of, type Seen, seen } from '../../client/seen.ts';
import { type Asked, asked } from '../../parts/asked.tsx';
import { messageLanguages } from '../../shell/language.ts';
import { changes, type Texts, type Word } from './account-asks.ts';

type Schemas = components['schemas'];

const at = (account: string) => ({ path: { account } });
const subjectOf = (id: string) => ({ kind: 'charging-account', id });
const noteOf = (t: Texts) => ({ label: t('note'), isOptional: true, most: 500 }) as const;

export function creditLimitAsk(limit: Seen<Schemas['CreditLimit']>, t: Texts): Asked {
  const { account, creditLimit } = limit.data;
  const path = at(account);
  const label = `${t('creditLimit')}, ${creditLimit.currency}`;
  const of: Of<Schemas['CreditLimit']> = {
    ...{ seen: limit, read: () => client.GET('/v1/charging/accounts/{account}/credit-limit', { params: path }).then(seen) },
    ...{ subject: subjectOf(account), shows: (now) => [[label, now.creditLimit.amount]] },
  };
  return asked({
    ...{ label: t('setCreditLimit'), changes, of },
    fields: { amount: { label, kind: 'figure', most: 30, start: creditLimit.amount }, note: noteOf(t) },
    send: (body, { key, match }) => {
      const params = { ...path, header: { 'Idempotency-Key': key, ...match } };
      return client.PUT('/v1/charging/accounts/{account}/credit-limit', { params, body }).then(answered);
    },
  });
}

export function statusAsk(status: Seen<Schemas['ChargingStatus']>, t: Texts, word: Word): Asked {
  const { account } = status.data;
  const path = at(account);
  const of: Of<Schemas['ChargingStatus']> = {
    ...{ seen: status, read: () => client.GET('/v1/charging/accounts/{account}/status', { params: path }).then(seen) },
    ...{ subject: subjectOf(account), shows: (now) => [[t('status'), word(now.status)]] },
  };
  return asked({
    ...{ label: t('setStatus'), what: t('setStatusWhat'), changes, of },
    fields: {
      status: {
        ...{ label: t('status'), start: status.data.status },
        choices: (['active', 'blocked', 'closed'] as const).map((value) => ({ value, label: word(value) })),
      },
      note: noteOf(t),
    },
    send: (body, { key, match }) => {
      const params = { ...path, header: { 'Idempotency-Key': key, ...match } };
      return client.PUT('/v1/charging/accounts/{account}/status', { params, body }).then(answered);
    },
  });
}

export function partyAsk(whose: Seen<Schemas['PartyOfAccount']>, t: Texts): Asked {
  const { account, party = '' } = whose.data;
  const path = at(account);
  const of: Of<Schemas['PartyOfAccount']> = {
    ...{ seen: whose, read: () => client.GET('/v1/charging/accounts/{account}/party', { params: path }).then(seen) },
    ...{ subject: subjectOf(account), shows: (now) => [[t('party'), now.party ?? '']] },
  };
  return asked({
    ...{ label: t('setParty'), what: t('setPartyWhat'), changes, of },
    fields: { party: { label: t('party'), isOptional: true, most: 128, start: party } },
    send: (said, { match }) =>
      client
        .PUT('/v1/charging/accounts/{account}/party', { params: { ...path, header: match }, body: { party: said.party ?? null } })
        .then(answered),
  });
}

const messageChoices = (Object.keys(messageLanguages) as (keyof typeof messageLanguages)[]) // its own keys
  .map((value) => ({ value, label: messageLanguages[value] }));

export function contactAsk(name: string, contact: Seen<Schemas['Contact']>, t: Texts, word: Word): Asked {
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
        // Taken away it is the operator's.
        ...{ label: t('language'), isOptional: true, start: language },
        choices: messageChoices,
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
        ...{ language: spoken ?? null, number: called ?? null, email: written ?? null, doNotDisturb: quiet !== undefined },
        ways: by === undefined ? null : by === 'both' ? (['sms', 'email'] as ('sms' | 'email')[]) : [by],
      };
      const params = { ...path, header: { 'Idempotency-Key': key, ...match } };
      return client.PUT('/v1/charging/accounts/{account}/contact', { params, body }).then(answered);
    },
  });
}
