import type { RefusalMeaning } from '../refusals.ts';

/** Why an amount is not converted, or a rate not taken in. */
export const exchangeRefusals = {
  'exchange.rate-missing': {
    meaning: 'There is no rate of exchange between two currencies for a day.',
    http: 409,
    remedy:
      'Import the rates of the day (carillon exchange import), give one (carillon exchange set), or let missingDay: previous take the last one.',
  },
  'exchange.month-open': {
    meaning: 'The average of a month is asked for, and the month is not over in the rates that are known.',
    http: 409,
    remedy: 'Import the rates of the whole month and of a day of the next one.',
  },
  'exchange.rate-differs': {
    meaning: 'A rate of the same source, day and currencies stands with another value. Nothing was taken.',
    http: 409,
    remedy: 'Check the file. To replace the rates that stand, give --replace with the reason.',
  },
  'exchange.rate-wrong': {
    meaning: 'A rate needs a day, two different currencies of today and a value above zero.',
    http: 422,
    remedy: 'Correct what is named.',
  },
  'exchange.file-wrong': {
    meaning: 'A file of rates cannot be read: no known form, or a day, currency or rate that is none. Nothing was taken.',
    http: 422,
    remedy: 'Correct the line named. Forms: CSV and XML of the ECB, or CSV with the columns day, of, in, rate.',
  },
} as const satisfies Record<string, RefusalMeaning>;
