/** Settling what is open: allocation, write-off, interest, for `carillon payment …`. */

import type { ChainedEntry } from '#core/ledger/canonical.ts';
import { parseDecimal } from '#core/money/decimal.ts';
import type { AllocationRule } from '#core/payments/allocation.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { checkReason } from '#operations/ledger/close-ledger.ts';
import { type Entered, enterEntries } from '#operations/ledger/enter-entries.ts';
import { type Allocated, allocatePayment, assignPayment } from '#operations/payments/allocate-payment.ts';
import { linkReturn } from '#operations/payments/returns.ts';
import { paymentOf, type Settling } from '#operations/payments/settling.ts';
import { undoAllocation } from '#operations/payments/undo-allocation.ts';
import { bookInterest, type Interest, interestOf, writeOffEntry } from '#operations/payments/write-off.ts';
import type { Database } from '#storage/database.ts';
import { legalEntityNow } from '#storage/ledger/legal-entities.ts';
import { waitingEntriesOn } from '#storage/ledger/waiting.ts';
import { checkDay } from '../ledger/reports.ts';
import { amountOf, settle } from './settling.ts';
import { paymentNumber } from './take.ts';

export type { Allocated, Interest };

export interface AllocateCommand {
  /** `PAY-17`, or a document with a credit. */
  readonly from: string;
  readonly legalEntity?: string;
  readonly account?: string;
  readonly documents?: readonly string[];
  /** That of the account unless given. */
  readonly rule?: AllocationRule;
  readonly amount?: string;
  readonly day: string;
  readonly by: string;
}

/** Gives a payment to an account, if one is named, and settles documents. Throws RefusedError. */
export async function allocate(database: Database, command: AllocateCommand): Promise<Allocated> {
  checkDay(command.day);
  return settle(database, async (settling, client) => {
    const { account, documents, rule, amount, day, by } = command;
    const payment = /^(PAY-)?\d+$/i.test(command.from) ? paymentNumber(command.from) : undefined;
    if (account !== undefined && payment !== undefined) await assignPayment(settling, { payment, account, day, by });
    const from = payment ?? { legalEntity: (await legalEntityNow(client, command.legalEntity)).id, document: command.from };
    const currency = typeof from === 'bigint' ? (await paymentOf(settling.books, from)).currency : await creditCurrency(settling, from);
    return allocatePayment(settling, {
      from,
      day,
      by,
      ...(rule === undefined ? {} : { rule }),
      ...(amount === undefined || currency === undefined ? {} : { amountNanos: amountOf(amount, currency) }),
      ...(documents === undefined ? {} : { documents }),
    });
  });
}

/** The currency of a document's credit; undefined where it has none, which is refused when it is allocated. */
async function creditCurrency(
  { books }: Settling,
  from: { readonly legalEntity: string; readonly document: string },
): Promise<string | undefined> {
  const open = await books.openBalances({ legalEntity: from.legalEntity, ledgerAccounts: ['receivable'], documents: [from.document] });
  return open.find(({ openNanos }) => openNanos < 0n)?.currency;
}

export interface ReturnCommand {
  readonly payment: bigint;
  /** `PAY-17`, `OUT-4-1`. */
  readonly of: string;
  readonly day: string;
  readonly by: string;
}

/** Says what a payment is the return of. Throws RefusedError. */
export async function returned(database: Database, { payment, of, day, by }: ReturnCommand): Promise<void> {
  checkDay(day);
  return settle(database, async (settling) => linkReturn(settling, await paymentOf(settling.books, payment), of, day, by));
}

/** Only gives it to an account. Throws RefusedError. */
export async function assign(database: Database, request: Parameters<typeof assignPayment>[1]): Promise<void> {
  checkDay(request.day);
  return settle(database, (settling) => assignPayment(settling, request));
}

export interface UndoCommand {
  readonly legalEntity?: string;
  readonly id: string;
  readonly day: string;
  readonly why: string;
  readonly by: string;
}

/** Takes an allocation (`PAY-17/2`) or a set-off (`NET-3`) back. Throws RefusedError. */
export async function undo(database: Database, command: UndoCommand): Promise<void> {
  checkDay(command.day);
  checkReason(command.why);
  return settle(database, async (settling, client) => {
    const { id: legalEntity } = await legalEntityNow(client, command.legalEntity);
    await settling.books.lock(legalEntity);
    await undoAllocation(settling, { ...command, legalEntity, kind: kindOf(command.id) });
  });
}

/** An allocation or a set-off as it was booked, and what took it back. Throws RefusedError (`payment.not-allocated`). */
export async function showAllocation(
  database: Database,
  id: string,
  of: string | undefined,
): Promise<{ readonly entry: ChainedEntry; readonly undone: ChainedEntry | undefined }> {
  return settle(database, async ({ books }, client) => {
    const { id: legalEntity } = await legalEntityNow(client, of);
    const kind = kindOf(id);
    const undoneId = `${id}/undone`;
    const entries = await books.entries(legalEntity, [
      { kind, id },
      { kind, id: undoneId },
    ]);
    const entry = entries.find(({ cause }) => cause.id === id);
    if (entry === undefined || id.endsWith('/undone'))
      throw new RefusedError(refuse('payment.not-allocated', `there is no ${id.slice(0, 120)}`, { value: id.slice(0, 120) }));
    return { entry, undone: entries.find(({ cause }) => cause.id === undoneId) };
  });
}

function kindOf(id: string): 'set-off' | 'allocation' {
  return /^NET-\d+$/.test(id) ? 'set-off' : 'allocation';
}

export interface WriteOffCommand {
  readonly legalEntity?: string;
  readonly document: string;
  readonly amount?: { readonly text: string; readonly currency: string };
  readonly day: string;
  readonly why: string;
  readonly by: string;
}

/** Booked at once, or waiting for a second person where the legal entity wants two. Throws RefusedError. */
export async function writeOff(database: Database, command: WriteOffCommand): Promise<Entered> {
  const { document, amount, day, why, by } = command;
  checkDay(day);
  checkReason(why);
  return settle(database, async (settling, client) => {
    const entity = await legalEntityNow(client, command.legalEntity);
    const part = amount === undefined ? {} : { amountNanos: amountOf(amount.text, amount.currency) };
    const entry = await writeOffEntry(settling, { legalEntity: entity.id, document, day, why, by, ...part });
    return enterEntries(settling.ledger, waitingEntriesOn(client), [entry], entity.ledger?.fourEyes === true);
  });
}

export interface InterestCommand {
  readonly legalEntity?: string;
  readonly document: string;
  readonly percent: string;
  readonly until: string;
  readonly book: boolean;
  readonly by: string;
}

/** Interest on what was paid late; booked when asked. Throws RefusedError. */
export async function interest(database: Database, command: InterestCommand): Promise<Interest> {
  checkDay(command.until);
  const percent = parseDecimal(command.percent);
  if (percent === undefined || percent.units <= 0n)
    throw new RefusedError(
      refuse('payment.amount-wrong', 'not a rate of interest such as 9.12', { field: 'percent', value: command.percent.slice(0, 120) }),
    );
  return settle(database, async (settling, client) => {
    const { id: legalEntity } = await legalEntityNow(client, command.legalEntity);
    const request = { ...command, legalEntity, percent };
    return command.book ? bookInterest(settling, request) : interestOf(settling, request);
  });
}
