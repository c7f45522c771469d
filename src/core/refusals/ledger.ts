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
    meaning: 'The same cause was booked before, or waits for a second person, with other postings. Nothing was booked.',
    http: 409,
    remedy: 'Reverse or reject the first entry, or book the new one under another reference.',
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
  'ledger.table-wrong': {
    meaning: 'A table of entries has a row or a column that cannot be read. Nothing of it was taken.',
    http: 422,
    remedy: 'Correct the line and column named; docs/reference/ledger.md has the columns.',
  },
  'ledger.not-reversible': {
    meaning:
      'An entry of this kind is not taken back by a reversal: documents are corrected by documents, payments are unallocated or refunded.',
    http: 409,
    remedy: 'Make a credit note, unallocate the payment, or refund it.',
  },
  'ledger.entry-unknown': {
    meaning: 'No entry of this cause stands in the ledger, or none of this number waits.',
    http: 404,
    remedy: 'Correct kind and reference; carillon ledger journal lists the entries, carillon ledger waiting those that wait.',
  },
  'ledger.account-unknown': {
    meaning: 'There is no billing account of this name.',
    http: 404,
    remedy: 'Correct the name; the configuration lists the accounts.',
  },
  'ledger.account-unmapped': {
    meaning: 'The chart of accounts of a legal entity has no rule for a ledger account that was posted to. Nothing was written.',
    http: 409,
    remedy: 'Add a rule to ledger.chart of the legal entity and apply the configuration.',
  },
  'ledger.second-person': {
    meaning: 'Who entered an entry cannot be the second person who books it.',
    http: 403,
    remedy: 'Let somebody else look at it and run carillon ledger approve.',
  },
  'ledger.already-decided': {
    meaning: 'The waiting entry was booked or refused meanwhile.',
    http: 409,
    remedy: 'Nothing: carillon ledger waiting lists those that still wait.',
  },
  'ledger.entries-waiting': {
    meaning: 'Entries of the period wait for a second person. It is not closed.',
    http: 409,
    remedy: 'Approve or refuse them first: carillon ledger waiting.',
  },
  'ledger.period-running': {
    meaning: 'The period is not over on the day of closing: what is still to come could not be booked.',
    http: 409,
    remedy: 'Close it when it is over. On a machine whose clock is behind, give the day with --dated.',
  },
  'ledger.period-order': {
    meaning: 'The period is closed already, or is not the last closed one, so it cannot be opened again.',
    http: 409,
    remedy: 'carillon ledger periods shows what is closed.',
  },
  'ledger.reason-missing': {
    meaning: 'Closing, opening again, reversing and refusing need their reason for the books.',
    http: 422,
    remedy: 'Give --why.',
  },
  'ledger.option-wrong': {
    meaning: 'A day, period, anchor or kind of entry cannot be read.',
    http: 422,
    remedy: 'Write days as 2026-10-31, periods as 2026-10, anchors as legal-entity:sequence:hash.',
  },
  'ledger.does-not-hold': {
    meaning: 'The ledger is not as it was booked: an entry was altered, removed, inserted or moved.',
    http: 500,
    remedy: 'The message names the first bad entry. Restore the database from a backup, and find out who had access.',
  },
} as const satisfies Record<string, RefusalMeaning>;
