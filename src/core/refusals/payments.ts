import type { RefusalMeaning } from '../refusals.ts';

/** Why money is not taken in, settled, or sent. */
export const paymentRefusals = {
  'payment.not-a-bank-file': {
    meaning: 'The file is no message of camt.052, camt.053 or camt.054.',
    http: 422,
    remedy: 'Fetch the statement or notification as ISO 20022 XML from the bank.',
  },
  'payment.bank-file-wrong': {
    meaning: 'A bank file lacks a statement, account, amount, direction or day. Nothing of it was taken.',
    http: 422,
    remedy: 'Fetch it again; ask the bank if it is still so.',
  },
  'payment.statement-off': {
    meaning: 'Opening balance and entries of a bank statement do not make its closing balance. Nothing of the file was taken.',
    http: 422,
    remedy: 'Fetch the whole statement again: entries are missing or double in it.',
  },
  'payment.bank-account-unknown': {
    meaning: 'The bank account of a statement belongs to none of the operator’s companies.',
    http: 409,
    remedy: 'Add it to invoicing.bankAccounts of the legal entity, or give --legal-entity.',
  },
  'payment.unknown': {
    meaning: 'There is no payment, allocation, order or netting of this number.',
    http: 404,
    remedy: 'Correct it; carillon payment list --all, carillon payment orders and carillon netting list show them.',
  },
  'payment.assigned': {
    meaning: 'The payment has a billing account already, or nothing of it is left.',
    http: 409,
    remedy: 'Unallocate it first; carillon payment list shows what is left of payments.',
  },
  'payment.not-assigned': {
    meaning: 'It is not known to which billing account the payment belongs, or nothing of it is left.',
    http: 409,
    remedy: 'Give it an account: carillon payment assign.',
  },
  'payment.amount-wrong': {
    meaning: 'An amount cannot be read, is not above zero, has more decimals than its currency, or is more than there is.',
    http: 422,
    remedy: 'Correct the amount.',
  },
  'payment.document-not-open': {
    meaning: 'Nothing is open of the document on this account.',
    http: 409,
    remedy: 'carillon ledger items lists what is open.',
  },
  'payment.less-open': {
    meaning: 'Less is open of a document than a write-off that waited for a second person takes off: it was paid or credited since.',
    http: 409,
    remedy: 'Refuse the write-off by carillon ledger reject, and write off what is left.',
  },
  'payment.write-off-waiting': {
    meaning: 'A write-off of the document waits for a second person, and with it no more, or not as much, is left to be written off.',
    http: 409,
    remedy: 'Decide it first: carillon ledger waiting, then carillon ledger approve or reject. Or write off less.',
  },
  'payment.not-a-return': {
    meaning:
      'The payment cannot be the return of the other: direction, currency or amount differ, it is booked, or the other was returned.',
    http: 409,
    remedy: 'carillon payment show lists what it may be the return of.',
  },
  'payment.reference-taken': {
    meaning: 'A payment of this reference was entered before. Nothing was booked.',
    http: 409,
    remedy: 'If it is another payment, give it another reference.',
  },
  'payment.not-allocated': {
    meaning: 'The allocation does not exist, or was taken back before.',
    http: 409,
    remedy: 'carillon ledger statement of the account shows allocations by their reference.',
  },
  'payment.party-bank-missing': {
    meaning: 'A party that is to be paid has no bank account in the currency.',
    http: 409,
    remedy: 'Add bankAccounts to the party in the configuration and apply it.',
  },
  'payment.own-bank-missing': {
    meaning: 'The legal entity has no bank account to pay the currency from.',
    http: 409,
    remedy: 'Add invoicing.bankAccounts to the legal entity, or give --from-account.',
  },
  'payment.nothing-to-pay': {
    meaning: 'Nothing that is owed is due by the day, or all of it stands in orders already.',
    http: 409,
    remedy: 'carillon ledger items shows what is open; give a later day.',
  },
  'payment.second-person': {
    meaning:
      'The legal entity wants two persons for payments (ledger.fourEyes): who proposed an order or a netting cannot approve it as well.',
    http: 403,
    remedy: 'Let somebody else run the same command, or name who does it with --by.',
  },
  'payment.order-decided': {
    meaning: 'The order was approved or rejected before.',
    http: 409,
    remedy: 'carillon payment orders shows its state.',
  },
  'payment.order-open': {
    meaning: 'The order is not approved, so it is not written for the bank.',
    http: 409,
    remedy: 'Let a second person approve it: carillon payment approve.',
  },
  'payment.items-changed': {
    meaning: 'What is open changed since an order or a netting was proposed. Nothing was booked.',
    http: 409,
    remedy: 'Cancel it and propose anew.',
  },
  'netting.nothing': {
    meaning: 'The party does not owe and claim at the same time: there is nothing to set off.',
    http: 409,
    remedy: 'carillon ledger items shows what is open.',
  },
  'netting.no-account': {
    meaning: 'The party has no billing account in the currency of a netting whose remainder shall be one item.',
    http: 409,
    remedy: 'Net in the currency of one of its accounts, add an account, or leave the remainder on its documents.',
  },
  'netting.confirmed': {
    meaning: 'The side confirmed the netting before; it is booked when the other one did as well.',
    http: 409,
    remedy: 'carillon netting list shows who confirmed it.',
  },
  'netting.decided': {
    meaning: 'The netting was agreed or cancelled before.',
    http: 409,
    remedy: 'carillon netting list shows its state.',
  },
} as const satisfies Record<string, RefusalMeaning>;
