/** Booking by hand, closing and opening, for `carillon ledger …`. Each is one transaction. */
import { type EntryCause, type EntryKind, entryKinds, type LedgerEntry } from '#core/ledger/entry.ts';
import { readManualEntries } from '#core/ledger/manual-entries.ts';
import { reversalOf } from '#core/ledger/reversal.ts';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import { type CloseRequest, checkReason, closeLedger, reopenLedger } from '#operations/ledger/close-ledger.ts';
import { approveEntry, type Entered, enterEntries, rejectEntry } from '#operations/ledger/enter-entries.ts';
import type { BookedEntry, WaitingEntry } from '#operations/ledger/ports.ts';
import { checkWriteOff } from '#operations/payments/write-off.ts';
import type { Database } from '#storage/database.ts';
import { closingBooksOn } from '#storage/ledger/closings.ts';
import { ledgerBooksOn } from '#storage/ledger/ledger-books.ts';
import { legalEntityNow } from '#storage/ledger/legal-entities.ts';
import { entriesOfCauses } from '#storage/ledger/read-entries.ts';
import { waitingEntriesOn } from '#storage/ledger/waiting.ts';
import { paymentBooksOn } from '#storage/payments/payment-books.ts';
import { readTable } from '../text-table.ts';
import { checkDay } from './reports.ts';

export type { Entered, WaitingEntry };

export interface EnterRequest {
  readonly legalEntity?: string;
  readonly file: string;
  readonly opening: boolean;
  readonly by: string;
}

/** Books the entries of a table, or lets them wait. Throws RefusedError. */
export async function enterTable(database: Database, { legalEntity, file, opening, by }: EnterRequest): Promise<Entered> {
  const rows = await readTable(file);
  return database.transaction(async (client) => {
    const entity = await legalEntityNow(client, legalEntity);
    const read = readManualEntries(rows, { legalEntity: entity.id, by, opening });
    if (!read.ok) throw new RefusedError(...read.refusals.map((refusal) => ({ ...refusal, at: { ...refusal.at, file } })));
    return enterEntries(ledgerBooksOn(client), waitingEntriesOn(client), read.value, entity.ledger?.fourEyes === true);
  });
}

export interface ReverseRequest {
  readonly legalEntity?: string;
  readonly kind: string;
  readonly id: string;
  readonly day: string;
  readonly why: string;
  readonly by: string;
}

/** Takes an entry back by its mirror. Throws RefusedError. */
export async function reverseEntry(database: Database, request: ReverseRequest): Promise<Entered> {
  checkDay(request.day);
  checkReason(request.why);
  const cause: EntryCause = { kind: kindOf(request.kind), id: request.id };
  return database.transaction(async (client) => {
    const entity = await legalEntityNow(client, request.legalEntity);
    const found = await entriesOfCauses(client, [{ legalEntity: entity.id, cause }]);
    const [entry] = found.values();
    if (entry === undefined) throw new RefusedError(refuse('ledger.entry-unknown', `${entity.id} has no ${cause.kind} ${cause.id}`));
    const reversal = valueOrThrow(reversalOf(entry, request.day, request.by, request.why));
    return enterEntries(ledgerBooksOn(client), waitingEntriesOn(client), [reversal], entity.ledger?.fourEyes === true);
  });
}

function kindOf(text: string): EntryKind {
  const kind = entryKinds.find((known) => known === text);
  if (kind === undefined) {
    const said = `kinds of entries are ${entryKinds.join(', ')}`;
    throw new RefusedError(refuse('ledger.option-wrong', said, { field: 'kind', value: text.slice(0, 120) }));
  }
  return kind;
}

export async function listWaiting(database: Database, legalEntity: string | undefined): Promise<readonly WaitingEntry[]> {
  return database.transaction((client) => waitingEntriesOn(client).list(legalEntity));
}

export async function approve(database: Database, id: bigint, by: string): Promise<BookedEntry & { entry: LedgerEntry }> {
  return database.transaction((client) =>
    approveEntry(ledgerBooksOn(client), waitingEntriesOn(client), { id, by }, (entry) => checkWriteOff(paymentBooksOn(client), entry)),
  );
}

export async function reject(database: Database, id: bigint, by: string, why: string): Promise<LedgerEntry> {
  return database.transaction((client) => rejectEntry(waitingEntriesOn(client), { id, by, why }));
}

export type BoundRequest = Omit<CloseRequest, 'legalEntity'> & { readonly legalEntity?: string };

/** Returns the legal entity, and whether anything was to be closed. */
export async function close(
  database: Database,
  request: BoundRequest & { readonly day: string },
): Promise<{ readonly legalEntity: string; readonly closed: boolean }> {
  checkDay(request.day);
  return database.transaction(async (client) => {
    const { id: legalEntity } = await legalEntityNow(client, request.legalEntity);
    const closed = await closeLedger(closingBooksOn(client), waitingEntriesOn(client), { ...request, legalEntity });
    return { legalEntity, closed };
  });
}

export async function reopen(database: Database, request: BoundRequest): Promise<string> {
  return database.transaction(async (client) => {
    const { id: legalEntity } = await legalEntityNow(client, request.legalEntity);
    await reopenLedger(closingBooksOn(client), { ...request, legalEntity });
    return legalEntity;
  });
}
