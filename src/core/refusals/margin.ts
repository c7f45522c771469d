import type { RefusalMeaning } from '../refusals.ts';

export const marginRefusals = {
  'margin.by-unknown': {
    meaning: 'Margins cannot be added up by this.',
    http: 422,
    remedy: 'Give one of the words that the message lists; for bins the name of a set that the events have bins of, --by bin:circles.',
  },
  'margin.rate-missing': {
    meaning: 'Amounts are in a currency for which no exchange rate was given.',
    http: 422,
    remedy: 'Give the rate: --rate EUR=1.16 says that 1 EUR is 1.16 of the currency of the report.',
  },
  'margin.rate-malformed': {
    meaning: 'An exchange rate is not written as a currency and a positive decimal.',
    http: 422,
    remedy: 'Write it as --rate EUR=1.16.',
  },
  'margin.currency-unknown': {
    meaning: 'The currency of the report, or of an exchange rate, is not a current currency of ISO 4217.',
    http: 422,
    remedy: 'Write its three letters, such as USD.',
  },
} as const satisfies Record<string, RefusalMeaning>;
