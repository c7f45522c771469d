import type { RefusalMeaning } from '../refusals.ts';

/** Payment by card. */
export const cardRefusals = {
  'card.not-set-up': {
    meaning: 'No key of the card provider is set.',
    http: 409,
    remedy: 'Set stripe.key (and stripe.webhookSecret, to be told of payments).',
  },
  'card.secret-missing': {
    meaning: 'The key or secret that the settings name is not there.',
    http: 409,
    remedy: 'Set the environment variable, or write the file that is named.',
  },
  'card.document-settled': {
    meaning: 'Nothing of the document is owed to us.',
    http: 409,
    remedy: '`carillon ledger ageing` shows what is open.',
  },
  'card.amount-not-possible': {
    meaning: 'The provider cannot take this amount in this currency: it has other decimals there, or is too large.',
    http: 422,
    remedy: 'Let it be paid by bank transfer.',
  },
  'card.provider-failed': {
    meaning: 'The card provider did not answer, or refused.',
    http: 502,
    remedy: 'Look at what it said, and try again: the same link is made once.',
  },
  'card.event-unknown': {
    meaning: 'No event of the provider has this number and waits for somebody.',
    http: 404,
    remedy: '`carillon card events --held` shows those that wait.',
  },
  'card.cannot-listen': {
    meaning: 'The address for the provider’s messages cannot be opened.',
    http: 409,
    remedy: 'Set stripe.listen to a free host:port.',
  },
} as const satisfies Record<string, RefusalMeaning>;
