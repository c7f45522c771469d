/** Subjects under which operations are listed. */
export const tags = {
  Charging: 'Use as it happens: for switches and network elements.',
  'Charging accounts': 'Accounts of online charging: balances, history, money in.',
  Parties: 'Legal entities, parties and accounts.',
  Agreements: 'Contracts, every version of each.',
  Rates: 'Rate sheets that were taken in.',
  Usage: 'Records, charges with their reasons, and what waits.',
  Settlement: 'Periods and recorded statements.',
  Documents: 'Issued invoices, credit notes and self-billing: data, PDF, UBL.',
  Payments: 'Payments, and what they may be for.',
  Disputes: 'Disputes with their steps and evidence.',
  Ledger: 'Balances, movements, open items.',
} as const;

export type Tag = keyof typeof tags;
