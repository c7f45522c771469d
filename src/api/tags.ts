/** Subjects under which operations are listed. */
export const tags = {
  Overview: 'The house in one glance, and live.',
  Access: 'Who asks, and what they may; people, roles and keys.',
  Webhooks: 'Events for systems of others.',
  Portal: 'What partners do themselves, with what is theirs.',
  Charging: 'Use as it happens: for switches and network elements.',
  'Charging accounts': 'Accounts of online charging: balances, history, money in.',
  Parties: 'Legal entities, parties and accounts.',
  Agreements: 'Contracts, every version of each.',
  Rates: 'Rate sheets that were taken in.',
  Usage: 'Records, charges with their reasons, and what waits.',
  Sources: 'Where usage comes from: files, throughput, alarms.',
  Reports: 'Traffic, revenue, cost, margin and quality, added up.',
  Settlement: 'Periods and recorded statements.',
  Documents: 'Invoices, credit notes and self-billing: drafts, what was issued, PDF, UBL, delivery.',
  Payments: 'Payments, and what they may be for.',
  Disputes: 'Disputes with their steps and evidence.',
  'Audit trail': 'Who changed what, and who saw personal data.',
  Ledger: 'Balances, movements, open items, entries by hand.',
  Reconciliation: 'Declarations and invoices of partners, beside our own figures.',
  Netting: 'What is set off against each other.',
  Dunning: 'Letters about what is overdue, and holds.',
  Settings: 'How documents look, which days are holidays, what currencies are worth.',
  Jobs: 'Long work: how far it is, and what came of it.',
  Uploads: 'Files for operations that name them.',
} as const;

export type Tag = keyof typeof tags;
