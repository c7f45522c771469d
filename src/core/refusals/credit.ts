import type { RefusalMeaning } from '../refusals.ts';

/** Credit limits, exposure and deposits. */
export const creditRefusals = {
  'credit.account-unknown': {
    meaning: 'No account has this name.',
    http: 404,
    remedy: 'Correct the name; `carillon credit show` lists the accounts.',
  },
  'credit.amount-wrong': {
    meaning: 'The amount is not a decimal above zero, or has more decimals than its currency.',
    http: 422,
    remedy: 'Write the amount as 1000.00.',
  },
  'credit.deposit-short': {
    meaning: 'More of a deposit is to be returned or used than the account has in this currency.',
    http: 409,
    remedy: 'Look at the account with `carillon credit show`, and give at most what is there.',
  },
  'credit.document-settled': {
    meaning: 'The document is not open on this account, or is open with less than the amount.',
    http: 409,
    remedy: '`carillon ledger ageing` shows what is open.',
  },
} as const satisfies Record<string, RefusalMeaning>;
