/** Two legal entities and their partners' accounts, straight in the tables, and short ways to write entries. */
import type { EntryKind, LedgerEntry, Posting } from '#core/ledger/entry.ts';
import type { LedgerAccount } from '#core/ledger/ledger-accounts.ts';
import { decimal, unitsAtScale } from '#core/money/decimal.ts';
import type { Database } from '#storage/database.ts';

/** `home` in EUR and `abroad` in USD; parties `borealis` (accounts in EUR and USD at home) and `cygnus` (USD abroad). */
export async function writeLedgerParties(database: Database): Promise<void> {
  const put = (kind: string, key: string, body: object): Promise<unknown> =>
    database.pool.query(`insert into config_version (kind, key, body, known_from) values ($1, $2, $3, '2026-01-01T00:00:00Z')`, [
      kind,
      key,
      JSON.stringify({ id: key, ...body }),
    ]);
  const entity = { country: 'DE', zone: 'Europe/Berlin', address: ['Glockengasse 12', '50667 Köln'] };
  await put('legalEntities', 'home', { ...entity, name: 'Carillon Telecom GmbH', currency: 'EUR' });
  await put('legalEntities', 'abroad', { ...entity, name: 'Carillon Telecom Inc.', country: 'US', currency: 'USD' });
  await put('parties', 'borealis', { name: 'Borealis Networks AB', kind: 'carrier', address: ['Stockholm'] });
  await put('parties', 'cygnus', { name: 'Cygnus Mobile', kind: 'mvno', address: ['Lisboa'] });
  await put('accounts', 'borealis-eur', { party: 'borealis', legalEntity: 'home', currency: 'EUR' });
  await put('accounts', 'borealis-usd', { party: 'borealis', legalEntity: 'home', currency: 'USD' });
  await put('accounts', 'cygnus-usd', { party: 'cygnus', legalEntity: 'abroad', currency: 'USD' });
}

/** Nanos of an amount as people write it: `119.00`. */
export function nanos(text: string): bigint {
  return unitsAtScale(decimal(text), 9);
}

type ShortPosting = readonly [ledgerAccount: LedgerAccount, amount: string, more?: Partial<Posting>];

/** An entry of `home` in EUR unless the rest says otherwise. */
export function entry(
  kind: EntryKind,
  id: string,
  day: string,
  postings: readonly ShortPosting[],
  more: Partial<LedgerEntry> = {},
): LedgerEntry {
  return {
    legalEntity: 'home',
    day,
    cause: { kind, id },
    description: `${kind} ${id}`,
    by: 'test',
    postings: postings.map(([ledgerAccount, amount, rest]) => ({ ledgerAccount, currency: 'EUR', amountNanos: nanos(amount), ...rest })),
    ...more,
  };
}

/** 100.00 net and 19.00 tax, due a month later. */
export function invoiceEntry(number: string, day: string, more: Partial<LedgerEntry> = {}, gross = '119.00'): LedgerEntry {
  const account = { account: 'borealis-eur', document: number };
  const tax = (nanos(gross) * 19n) / 119n;
  const dueDay = Temporal.PlainDate.from(day).add({ days: 30 }).toString();
  return {
    ...entry('invoice', number, day, [['receivable', gross, { ...account, dueDay }]]),
    ...more,
    postings: [
      { ledgerAccount: 'receivable', ...account, dueDay, currency: 'EUR', amountNanos: nanos(gross) },
      { ledgerAccount: 'revenue', service: 'voice', currency: 'EUR', amountNanos: tax - nanos(gross) },
      { ledgerAccount: 'tax-output', taxCode: 'DE-S', currency: 'EUR', amountNanos: -tax },
    ],
  };
}
