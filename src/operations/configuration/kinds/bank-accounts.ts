/** Bank accounts: ours, on which documents are paid, and those of parties. One shape for both. */
import { readClearing, readIban } from '#core/parties/bank-account.ts';
import { currency, text } from '../scalar-shapes.ts';
import { changed, lastOf, listOf, optional, record, scalar } from '../shapes.ts';

const iban = scalar('IBAN', 'an IBAN whose check digits are right', { type: 'string' }, readIban);
const bic = scalar('BIC', 'a BIC of 8 or 11 characters', { type: 'string' }, (value) =>
  /^[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(value) ? value : undefined,
);
const clearing = scalar(
  'system and number',
  'five letters of a clearing system and the number of the bank in it, such as USABA 021000021',
  { type: 'string', pattern: '^[A-Z]{5} ?[A-Z0-9]{1,28}$' },
  (value) => (readClearing(value) === undefined ? undefined : value),
);

const bankAccount = changed(
  record('object', {
    holder: optional(text, 'In whose name, where not the company’s own.', 'Carillon Holding Ltd'),
    iban: optional(iban, 'IBAN.', 'IE29AIBK93115212345678'),
    accountNumber: optional(text, 'Account number, where there is no IBAN.', '"1234567"'),
    clearing: optional(
      clearing,
      'The bank in its clearing system, where there is no IBAN: five letters (ISO 20022) and its number.',
      'USABA 021000021',
    ),
    bic: optional(bic, 'BIC of the bank.', 'AIBKIE2D'),
    bank: optional(text, 'Name of the bank.', 'Allied Irish Banks'),
    currency: optional(currency, 'Payments in this currency go here. Left out: those in any other.', 'USD'),
  }),
  (account, tree, field, reading) =>
    account.iban === undefined && account.accountNumber === undefined
      ? reading.fault('configuration.value-wrong', `${lastOf(field)} needs iban or accountNumber`, tree, field)
      : account,
);

export const bankAccounts = listOf(bankAccount);
