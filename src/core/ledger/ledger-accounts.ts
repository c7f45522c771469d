/** The accounts of the ledger. A user's own chart of accounts maps onto them when the journal is exported. */
export const ledgerAccounts = {
  receivable: 'asset',
  'unbilled-receivable': 'asset',
  bank: 'asset',
  'tax-input': 'asset',
  'tax-withheld': 'asset', // withheld from us by those who pay us
  disputed: 'asset', // what partners invoice and we contest: in payable, and no cost
  payable: 'liability',
  'unbilled-payable': 'liability',
  'tax-output': 'liability',
  'tax-withholding': 'liability', // withheld by us from those whom we pay
  unallocated: 'liability', // payments received that settle no document yet, prepayments
  deposits: 'liability',
  clearing: 'liability', // between two entries of one event: set-off, payments on their way
  opening: 'equity', // balances brought in when Carillon begins
  revenue: 'income',
  fees: 'income',
  'interest-income': 'income',
  'exchange-gain': 'income',
  cost: 'expense',
  'fee-cost': 'expense',
  'interest-expense': 'expense',
  'exchange-loss': 'expense',
  'exchange-unrealised': 'expense',
  rounding: 'expense',
  'write-off': 'expense',
  'bank-charges': 'expense',
} as const;
export type LedgerAccount = keyof typeof ledgerAccounts;
export type LedgerAccountClass = (typeof ledgerAccounts)[LedgerAccount];
