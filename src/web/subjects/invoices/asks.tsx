/** What is done to documents besides what closing a period does, each as a form. */
import { Anchor, Text } from '@mantine/core';
import { client } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { Amount } from '../../parts/amount.tsx';
import { type Asked, asked, Work } from '../../parts/asked.tsx';
import type { useTexts } from '../month/texts.ts';

type Texts = ReturnType<typeof useTexts>;

const named = (key: string) => ({ params: { header: { 'Idempotency-Key': key } } });
const MOST_TEXT = 100_000;
const EXAMPLE =
  'key: co-location\nkind: invoice\naccount: andina-usd\nperiod: 2026-10\nlines:\n  - description: Co-location\n    quantity: 1\n    price: 5';

export function writeAsk(t: Texts): Asked {
  return asked({
    ...{ label: t('writeInvoice'), what: t('writeInvoiceWhat'), changes: [['drafts']] },
    fields: {
      text: { label: t('written'), description: t('writtenWhat'), kind: 'long', most: MOST_TEXT, placeholder: EXAMPLE },
      on: { label: t('documentDay'), kind: 'day', isOptional: true },
    },
    send: (body, { key }) => client.POST('/v1/drafts', { ...named(key), body: { name: 'console.yaml', ...body } }).then(answered),
  });
}

/** Every hash, sum and number of the documents is made again. */
export function verifyAsk(t: Texts): Asked {
  return asked({
    ...{ label: t('verifyDocuments'), what: t('verifyDocumentsWhat') },
    fields: { legalEntity: { label: t('legalEntity'), isOptional: true, most: 128 } },
    send: (body, { key }) => client.POST('/v1/documents/verifications', { ...named(key), body }).then(answered),
    said: ({ job }) => (
      <Work job={job} changes={[]} summary={({ holds }) => <Text>{t(holds === false ? 'booksDoNotHold' : 'documentsHold')}</Text>} />
    ),
  });
}

export function deliverAsk(t: Texts): Asked {
  return asked({
    ...{ label: t('deliverDue'), what: t('deliverDueWhat'), fields: {} },
    send: (_, { key }) => client.POST('/v1/deliveries/runs', named(key)).then(answered),
    said: ({ job }) => <Work job={job} changes={[['deliveries']]} />,
  });
}

export function cardLinkAsk(t: Texts, number: string): Asked {
  return asked({
    ...{ label: t('cardLink'), what: t('cardLinkWhat'), fields: {} },
    send: () => client.POST('/v1/documents/{number}/card-links', { params: { path: { number } } }).then(answered),
    said: ({ url, amount, currency }) => (
      <Text style={{ overflowWrap: 'anywhere' }}>
        <Amount value={amount} currency={currency} />: <Anchor href={url}>{url}</Anchor>
      </Text>
    ),
  });
}
