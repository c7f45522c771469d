import type { RefusalMeaning } from '../refusals.ts';

/** Why an amount is not converted, or a rate not taken in. */
export const exchangeRefusals = {
  'exchange.rate-missing': {
    meaning: 'There is no rate of exchange between two currencies for a day.',
    http: 409,
    remedy:
      'Import the rates of the day (carillon exchange import), give one (carillon exchange set), or let missingDay: previous take the last one.',
  },
} as const satisfies Record<string, RefusalMeaning>;
