/** What is asked and changed of tax, each as a form. */
import { List, Stack, Table, Text } from '@mantine/core';
import { client, type components } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { Amount } from '../../parts/amount.tsx';
import { type Asked, asked, Work } from '../../parts/asked.tsx';
import { Day } from '../../parts/instant.tsx';
import { Scrolling } from '../../parts/scrolling.tsx';
import { Refused } from '../refusals/refusals.tsx';
import type { useWord } from '../words/words.ts';
import { useTexts } from './texts.ts';

type Texts = ReturnType<typeof useTexts>;
type Word = ReturnType<typeof useWord>;
type Explained = components['schemas']['ExplainedTax'];
type Certificate = components['schemas']['TaxCertificate'];

const named = (key: string) => ({ params: { header: { 'Idempotency-Key': key } } });
const services = ['voice', 'sms', 'mms', 'data', 'content', 'event', 'fee', 'interest', 'commitment'] as const;
export const certificateChanges = [['tax', 'certificates']] as const;

export function explainAsk(t: Texts, word: Word): Asked {
  const side = { description: t('sideWhat') } as const;
  return asked({
    ...{ label: t('explainTax'), what: t('explainTaxWhat') },
    fields: {
      seller: { label: t('seller'), ...side },
      buyer: { label: t('buyer'), ...side },
      amount: { label: t('netAmount'), kind: 'figure', most: 30 },
      currency: { label: t('currency'), most: 3 },
      service: { label: t('service'), choices: services.map((value) => ({ value, label: word(value) })) },
      on: { label: t('day'), kind: 'day', isOptional: true },
      buyerIs: {
        ...{ label: t('buyerIs'), description: t('buyerIsWhat'), isOptional: true },
        choices: (['consumer', 'business', 'reseller'] as const).map((value) => ({ value, label: t(value) })),
      },
      gross: { label: t('pricesIncludeTax'), kind: 'check', isOptional: true },
    },
    send({ gross, currency, ...rest }) {
      const query = { ...rest, currency: currency.toUpperCase(), ...(gross === undefined ? {} : { pricesIncludeTax: true }) };
      return client.GET('/v1/tax/explanation', { params: { query } }).then(answered);
    },
    said: (explained) => <ExplainedTax explained={explained} />,
  });
}

function ExplainedTax({ explained: { day, currency, net, taxAmount, toPay, taxes, withheld } }: { readonly explained: Explained }) {
  const t = useTexts();
  const sums = [
    [t('netAmount'), net],
    [t('taxAmount'), taxAmount],
    [t('toPay'), toPay],
  ] as const;
  return (
    <Stack gap="sm">
      <Text>
        <Day day={day} />
      </Text>
      {sums.map(([name, value]) => (
        <Text key={name}>
          {name}: <Amount value={value} currency={currency} />
        </Text>
      ))}
      <Scrolling label={t('taxes')}>
        <Table verticalSpacing={6} miw={480}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('tax')}</Table.Th>
              <Table.Th className="figure">{t('percent')}</Table.Th>
              <Table.Th className="figure">{t('taxAmount')}</Table.Th>
              <Table.Th>{t('why')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {[...taxes, ...withheld].map(({ rule, tax, jurisdiction, percent, amount, explanation, reference }) => (
              <Table.Tr key={`${rule} ${tax} ${jurisdiction}`}>
                <Table.Td>
                  {tax} ({jurisdiction})
                </Table.Td>
                <Table.Td className="figure">{percent}</Table.Td>
                <Table.Td className="figure">
                  <Amount value={amount} currency={currency} bare />
                </Table.Td>
                <Table.Td>
                  <bdi>{explanation}</bdi>
                  {reference !== undefined && (
                    <Text size="xs" className="quiet">
                      <bdi>{reference}</bdi>
                    </Text>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scrolling>
    </Stack>
  );
}

export function checkAsk(t: Texts): Asked {
  return asked({
    ...{ label: t('checkTax'), what: t('checkTaxWhat') },
    fields: {
      from: { label: t('since'), kind: 'day', isOptional: true },
      to: { label: t('firstDayNot'), kind: 'day', isOptional: true },
    },
    send: (body, { key }) => client.POST('/v1/tax/checks', { ...named(key), body }).then(answered),
    said: ({ job }) => <Work job={job} changes={[]} summary={(result) => <Checked result={result} />} />,
  });
}

function Checked({ result: { supplies = 0, faults = 0, findings } }: { readonly result: Readonly<Record<string, unknown>> }) {
  const t = useTexts();
  // As checkTax says of its job.
  const found = (findings ?? []) as readonly { readonly code: string; readonly message: string; readonly from?: string }[];
  return (
    <Stack gap="xs">
      <Text>{t('taxChecked', { supplies: String(supplies), faults: String(faults) })}</Text>
      <List>
        {found.map(({ code, message, from }) => (
          <List.Item key={`${code} ${message} ${from}`}>
            <Refused code={code} message={message} />
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}

export function importAsk(t: Texts): Asked {
  return asked({
    ...{ label: t('importTax'), what: t('importTaxWhat') },
    fields: {
      upload: { label: t('file'), kind: 'file' },
      table: { label: t('table'), description: t('taxTableWhat'), most: 64 },
    },
    send: (body, { key }) => client.POST('/v1/tax/tables', { ...named(key), body }).then(answered),
    said: ({ job }) => <Work job={job} changes={[['tax']]} />,
  });
}

export function addAsk(t: Texts): Asked {
  return asked({
    ...{ label: t('addCertificate'), what: t('addCertificateWhat'), changes: certificateChanges },
    fields: {
      party: { label: t('holder'), description: t('holderWhat'), most: 128 },
      number: { label: t('certificate'), most: 100 },
      of: { label: t('freesOf'), description: t('freesOfWhat'), most: 100, placeholder: 'US-CA' },
      validFrom: { label: t('since'), kind: 'day' },
      validTo: { label: t('firstDayNot'), kind: 'day', isOptional: true },
      note: { label: t('paper'), isOptional: true, most: 500 },
    },
    send: (body, { key }) => client.POST('/v1/tax/certificates', { ...named(key), body }).then(answered),
  });
}

export function endAsk(t: Texts, { party, number, of }: Certificate): Asked {
  return asked({
    ...{ label: t('endIt'), what: `${party} · ${number} · ${of}`, changes: certificateChanges, isDangerous: true },
    fields: { on: { label: t('firstDayNot'), kind: 'day' }, why: { label: t('why'), kind: 'long', most: 500 } },
    send: (body, { key }) =>
      client.POST('/v1/tax/certificate-endings', { ...named(key), body: { party, number, of, ...body } }).then(answered),
  });
}
