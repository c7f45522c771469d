import type { RefusalMeaning } from '../refusals.ts';

/** Why something is not booked, or the ledger does not hold. */
export const ledgerRefusals = {
  'ledger.unbalanced': {
    meaning: 'The postings of an entry do not sum to zero in each currency, or there are none.',
    http: 422,
    remedy: 'Correct the amounts: debits and credits must be equal in every currency.',
  },
  'ledger.posting-wrong': {
    meaning: 'A posting lacks what its ledger account needs, or names a ledger account, currency or day that does not exist.',
    http: 422,
    remedy: 'Receivable, payable, unallocated and deposits need the billing account; the message names the field.',
  },
  'ledger.period-closed': {
    meaning: 'The day lies in a period that is closed for the legal entity. Nothing was booked.',
    http: 409,
    remedy: 'Book it on the first open day; it points back to what it corrects.',
  },
  'ledger.cause-differs': {
    meaning: 'The same cause was booked before with other postings. Nothing was booked.',
    http: 409,
    remedy: 'Reverse the first entry and book the new one under another reference.',
  },
  'ledger.rate-missing': {
    meaning: 'An amount is in another currency than the legal entity, and there is no exchange rate for the day.',
    http: 409,
    remedy: 'Import or add the rate: carillon exchange import, carillon exchange set.',
  },
  'ledger.legal-entity-unknown': {
    meaning: 'The configuration has no such legal entity.',
    http: 404,
    remedy: 'Correct the name; carillon check lists the configuration.',
  },
  'ledger.currency-changed': {
    meaning: 'The legal entity is configured in another currency than its ledger was kept in until now.',
    http: 409,
    remedy: 'Set the currency back; a company that changes its currency begins a new legal entity with opening balances.',
  },
} as const satisfies Record<string, RefusalMeaning>;
