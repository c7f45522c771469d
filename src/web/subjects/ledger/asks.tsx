/** What is booked besides the month's own steps, each as a form: deposits, interest, accruals, revaluation, the mirror of an entry. */
import { List, Stack, Text } from '@mantine/core';
import { client, type components } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { Amount } from '../../parts/amount.tsx';
import { type Asked, asked, Work } from '../../parts/asked.tsx';
import { Day } from '../../parts/instant.tsx';
import type { useTexts } from '../month/texts.ts';
import { today } from '../month/today.ts';

type Schemas = components['schemas'];
type Texts = ReturnType<typeof useTexts>;
type Kind = Schemas['ReverseEntry']['kind'];

const named = (key: string) => ({ params: { header: { 'Idempotency-Key': key } } });
const changes = [['ledger'], ['exposure'], ['payments']] as const;

export function depositAsk(t: Texts, account: string, currency: string): Asked {
  return asked({
    ...{ label: t('moveDeposit'), what: t('moveDepositWhat'), changes },
    fields: {
      move: {
        label: t('depositMove'),
        choices: (['take', 'return', 'use'] as const).map((value) => ({ value, label: t(`deposit_${value}`) })),
      },
      amount: { label: t('amount'), kind: 'figure', most: 30 },
      currency: { label: t('currency'), most: 3, start: currency },
      reference: { label: t('reference'), description: t('depositReferenceWhat'), most: 128 },
      document: { label: t('document'), description: t('depositDocumentWhat'), isOptional: true, most: 128 },
      on: { label: t('day'), kind: 'day', isOptional: true },
    },
    send: ({ amount, currency: of, ...rest }, { key }) =>
      client
        .POST('/v1/accounts/{account}/deposits', {
          params: { path: { account }, header: { 'Idempotency-Key': key } },
          body: { ...rest, money: { amount, currency: of.toUpperCase() } },
        })
        .then(answered),
    said: ({ reference, day }) => (
      <Text>
        {t('bookedAs', { reference })} <Day day={day} />
      </Text>
    ),
  });
}

export function interestAsk(t: Texts): Asked {
  return asked({
    ...{ label: t('lateInterest'), what: t('lateInterestWhat'), changes },
    fields: {
      document: { label: t('document'), most: 128 },
      percent: { label: t('percentAYear'), kind: 'figure', most: 12, placeholder: '8.12' },
      until: { label: t('untilDay'), kind: 'day', start: today() },
      legalEntity: { label: t('legalEntity'), isOptional: true, most: 128 },
      book: { label: t('bookIt'), kind: 'check', isOptional: true },
    },
    send: ({ book, ...body }, { key }) =>
      client.POST('/v1/late-interest', { ...named(key), body: { ...body, book: book !== undefined } }).then(answered),
    said: ({ document, amount, currency, isBooked, steps }) => (
      <Stack gap="xs">
        <Text>
          {document}: <Amount value={amount} currency={currency} /> · {t(isBooked ? 'isBooked' : 'notBooked')}
        </Text>
        <List size="sm">
          {steps.map(({ from, to, days, open }) => (
            <List.Item key={from}>
              <Day day={from} /> – <Day day={to} /> ({t('daysCount', { days })}): <Amount value={open} currency={currency} />
            </List.Item>
          ))}
        </List>
      </Stack>
    ),
  });
}

export function accrueAsk(t: Texts): Asked {
  return asked({
    ...{ label: t('accrue'), what: t('accrueWhat') },
    fields: { on: { label: t('day'), kind: 'day', isOptional: true } },
    send: (body, { key }) => client.POST('/v1/accruals', { ...named(key), body }).then(answered),
    said: ({ job }) => <Work job={job} changes={changes} />,
  });
}

export function revalueAsk(t: Texts, legalEntities: readonly string[]): Asked {
  return asked({
    ...{ label: t('revalue'), what: t('revalueWhat'), changes },
    fields: {
      day: { label: t('day'), kind: 'day', start: today() },
      legalEntity: {
        label: t('legalEntity'),
        ...(legalEntities.length === 0 ? {} : { choices: legalEntities.map((value) => ({ value, label: value })) }),
      },
    },
    send: (body, { key }) => client.POST('/v1/revaluations', { ...named(key), body }).then(answered),
    said: ({ currency, changes: differences, isNew }) => (
      <Stack gap="xs">
        <Text>{t(differences.length === 0 ? 'revaluedNothing' : isNew ? 'isBooked' : 'bookedBefore')}</Text>
        <List size="sm">
          {differences.map(({ ledgerAccount, account, balanceIn, change }) => (
            <List.Item key={`${ledgerAccount} ${account} ${balanceIn}`}>
              {ledgerAccount} {account} {balanceIn}: <Amount value={change} currency={currency} />
            </List.Item>
          ))}
        </List>
      </Stack>
    ),
  });
}

export function reverseAsk(t: Texts, entry: Schemas['LedgerEntry']): Asked {
  const { reference, legalEntity } = entry;
  return asked({
    ...{ label: t('reverseEntry'), what: t('reverseEntryWhat', { reference }), changes, isDangerous: true },
    fields: {
      why: { label: t('whyColumn'), kind: 'long', most: 500 },
      on: { label: t('day'), kind: 'day', isOptional: true },
    },
    send: (body, { key }) =>
      client
        // A kind of the ledger is one that a reversal names; those that cannot be taken back are refused by name.
        .POST('/v1/ledger/reversals', { ...named(key), body: { kind: entry.kind as Kind, reference, legalEntity, ...body } })
        .then(answered),
    said: ({ state }) => <Text>{t(state === 'waiting' ? 'reversalWaits' : 'isBooked')}</Text>,
  });
}
