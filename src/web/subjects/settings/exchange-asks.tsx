/** A file of rates of exchange taken in, and how one currency becomes another on a day. */
import { List, Stack, Text } from '@mantine/core';
import { client, type components } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { type Asked, asked } from '../../parts/asked.tsx';
import { Day } from '../../parts/instant.tsx';
import { useTexts } from './texts.ts';

type Texts = ReturnType<typeof useTexts>;
type Conversion = components['schemas']['Conversion'];

export function importRatesAsk(t: Texts): Asked {
  return asked({
    ...{ label: t('importRates'), what: t('importRatesWhat'), changes: [['exchange-rates'], ['exchange-sources']] },
    fields: {
      upload: { label: t('file'), kind: 'file' },
      source: { label: t('rateSource'), description: t('importSourceWhat'), isOptional: true, most: 40 },
      replaceWhy: { label: t('replaceWhy'), description: t('importReplaceWhat'), isOptional: true, most: 500 },
    },
    send: (body, { key }) =>
      client.POST('/v1/exchange-rate-files', { params: { header: { 'Idempotency-Key': key } }, body }).then(answered),
    said: ({ added, unchanged, replaced }) => <Text>{t('ratesTaken', { added, unchanged, replaced })}</Text>,
  });
}

export function convertAsk(t: Texts): Asked {
  return asked({
    ...{ label: t('conversion'), what: t('conversionWhat') },
    fields: {
      from: { label: t('fromCurrency'), most: 3, placeholder: 'EUR' },
      to: { label: t('toCurrency'), most: 3, placeholder: 'USD' },
      on: { label: t('day'), kind: 'day', isOptional: true },
      legalEntity: { label: t('legalEntity'), isOptional: true, most: 128 },
      agreement: { label: t('agreement'), isOptional: true, most: 128 },
    },
    send: ({ from, to, ...rest }) =>
      client
        .GET('/v1/exchange-conversion', { params: { query: { from: from.toUpperCase(), to: to.toUpperCase(), ...rest } } })
        .then(answered),
    said: (conversion) => <Converted conversion={conversion} />,
  });
}

function Converted({ conversion: { from, to, day, source, rate, exact, steps } }: { readonly conversion: Conversion }) {
  const t = useTexts();
  return (
    <Stack gap="xs">
      <Text fw={500}>
        <bdi dir="ltr">
          1 {from} = {rate} {to}
        </bdi>{' '}
        · {source} · <Day day={day} />
      </Text>
      {exact !== rate && (
        <Text className="quiet">
          {t('exactly')} <bdi dir="ltr">{exact}</bdi>
        </Text>
      )}
      {steps.length > 1 && (
        <List size="sm">
          {steps.map(({ from: one, to: other, rate: by, isInverse }) => (
            <List.Item key={`${one} ${other}`}>
              <bdi dir="ltr">{isInverse ? `1 ${other} = ${by} ${one}` : `1 ${one} = ${by} ${other}`}</bdi>
            </List.Item>
          ))}
        </List>
      )}
    </Stack>
  );
}
