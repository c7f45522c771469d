/** Entries that people type in, as the rows of a table; opening balances likewise. */
import { NANO_DECIMALS } from '../money/amount.ts';
import { parseDecimal, trimDecimal, unitsAtScale } from '../money/decimal.ts';
import { type Refusal, type Result, refuse } from '../refusals.ts';
import { type Service, services } from '../usage/usage-event.ts';
import { entryFault } from './check-entry.ts';
import type { LedgerEntry, Posting } from './entry.ts';
import { type LedgerAccount, ledgerAccounts } from './ledger-accounts.ts';

export const manualColumns = [
  'entry',
  'day',
  'description',
  'ledgerAccount',
  'account',
  'agreement',
  'service',
  'document',
  'dueDay',
  'taxCode',
  'currency',
  'debit',
  'credit',
  'entityAmount',
] as const;
type Column = (typeof manualColumns)[number];

export interface TableLine {
  /** In the file, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

export interface ManualTable {
  readonly legalEntity: string;
  readonly by: string;
  /** Opening balances: each entry is balanced against `opening`, in each currency. */
  readonly opening?: boolean;
}

/**
 * Rows that name the same entry make one; day and description are said once or the same in each of its rows. The first row is the
 * header. Every fault is named with its line; nothing is taken when there is one.
 */
export function readManualEntries(
  rows: readonly TableLine[],
  { legalEntity, by, opening = false }: ManualTable,
): Result<readonly LedgerEntry[]> {
  const [header, ...lines] = rows;
  const columns = (header?.fields ?? []).map((name) => name.trim());
  const faults: Refusal[] = [];
  for (const name of columns) {
    if (!manualColumns.some((column) => column === name)) {
      faults.push(refuse('ledger.table-wrong', `there is no column ${name}; there are ${manualColumns.join(', ')}`, at(1, name)));
    }
  }
  for (const name of ['entry', 'day', 'ledgerAccount', 'currency'] satisfies Column[]) {
    if (!columns.includes(name)) faults.push(refuse('ledger.table-wrong', 'the column is missing', at(1, name)));
  }
  if (faults.length > 0) return { ok: false, refusals: faults };
  const drafts = new Map<string, { day: string; description: string; postings: Posting[]; line: number }>();
  for (const { line, fields } of lines) {
    if (fields.every((field) => field.trim() === '')) continue;
    const cell = (name: Column): string => fields[columns.indexOf(name)]?.trim() ?? '';
    const posting = readPosting(cell, line, faults);
    const id = cell('entry');
    const draft = drafts.get(id);
    if (id === '') faults.push(refuse('ledger.table-wrong', 'an entry needs a reference', at(line, 'entry')));
    if (draft === undefined) {
      drafts.set(id, { day: cell('day'), description: cell('description'), postings: posting === undefined ? [] : [posting], line });
      continue;
    }
    if (posting !== undefined) draft.postings.push(posting);
    for (const name of ['day', 'description'] satisfies Column[]) {
      if (cell(name) !== '' && cell(name) !== draft[name])
        faults.push(refuse('ledger.table-wrong', `entry ${id} says ${draft[name]} before`, at(line, name, cell(name))));
    }
  }
  const entries = [...drafts].map(([id, { day, description, postings, line }]): LedgerEntry => {
    const entry: LedgerEntry = {
      legalEntity,
      day,
      cause: { kind: opening ? 'opening' : 'manual', id },
      description: description || (opening ? 'opening balance' : id),
      by,
      postings: opening ? [...postings, ...counterPostings(postings)] : postings,
    };
    const fault = faults.length === 0 ? entryFault(entry) : undefined;
    if (fault !== undefined) faults.push({ ...fault, at: { ...fault.at, line } });
    return entry;
  });
  if (entries.length === 0) faults.push(refuse('ledger.table-wrong', 'the table has no rows', at(1, 'entry')));
  return faults.length > 0 ? { ok: false, refusals: faults } : { ok: true, value: entries };
}

function readPosting(cell: (name: Column) => string, line: number, faults: Refusal[]): Posting | undefined {
  const before = faults.length;
  const wrong = (field: Column, said: string): undefined => {
    faults.push(refuse('ledger.table-wrong', said, at(line, field, cell(field))));
  };
  const ledgerAccount = Object.hasOwn(ledgerAccounts, cell('ledgerAccount'))
    ? (cell('ledgerAccount') as LedgerAccount) // a key of the table
    : wrong('ledgerAccount', `not one of ${Object.keys(ledgerAccounts).join(', ')}`);
  const service: Service | undefined = services.find((known) => known === cell('service'));
  if (cell('service') !== '' && service === undefined) wrong('service', `not one of ${services.join(', ')}`);
  const figure = (name: 'debit' | 'credit' | 'entityAmount'): bigint | undefined => {
    if (cell(name) === '') return undefined;
    const read = parseDecimal(cell(name));
    const exact = read === undefined ? undefined : trimDecimal(read);
    if (exact === undefined || exact.scale > NANO_DECIMALS) return wrong(name, 'not an amount such as 1250.00, of at most 9 decimals');
    if (name !== 'entityAmount' && exact.units < 0n)
      return wrong(name, `below zero; a ${name === 'debit' ? 'credit' : 'debit'} has a column of its own`);
    return unitsAtScale(exact, NANO_DECIMALS);
  };
  const [debit, credit, own] = [figure('debit'), figure('credit'), figure('entityAmount')];
  if ((debit === undefined) === (credit === undefined) && faults.length === before) wrong('debit', 'a row has either a debit or a credit');
  const amountNanos = debit ?? -(credit ?? 0n);
  if (faults.length > before || ledgerAccount === undefined) return undefined;
  const said = (name: 'account' | 'agreement' | 'document' | 'dueDay' | 'taxCode'): Record<string, string> =>
    cell(name) === '' ? {} : { [name]: cell(name) };
  return {
    ledgerAccount,
    ...said('account'),
    ...said('agreement'),
    ...(service === undefined ? {} : { service }),
    ...said('document'),
    ...said('dueDay'),
    ...said('taxCode'),
    currency: cell('currency'),
    amountNanos,
    ...(own === undefined ? {} : { entityAmountNanos: amountNanos < 0n && own > 0n ? -own : own }),
  };
}

function counterPostings(postings: readonly Posting[]): readonly Posting[] {
  return [...Map.groupBy(postings, ({ currency }) => currency)].flatMap(([currency, all]): Posting[] => {
    const sum = all.reduce((total, { amountNanos }) => total + amountNanos, 0n);
    const said = all.filter(({ entityAmountNanos }) => entityAmountNanos !== undefined);
    const own = said.reduce((total, { entityAmountNanos = 0n }) => total + entityAmountNanos, 0n);
    if (sum === 0n && own === 0n) return [];
    return [{ ledgerAccount: 'opening', currency, amountNanos: -sum, ...(said.length === all.length ? { entityAmountNanos: -own } : {}) }];
  });
}

function at(line: number, field: string, value?: string): { line: number; field: string; value?: string } {
  return { line, field, ...(value === undefined || value === '' ? {} : { value: value.slice(0, 120) }) };
}
