/** Settling what is open: allocation, write-off, interest, for `carillon payment …`. */

import { parseDecimal } from '#core/money/decimal.ts';
import type { AllocationRule } from '#core/payments/allocation.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { checkReason } from '#operations/ledger/close-ledger.ts';
import { type Entered, enterEntries } from '#operations/ledger/enter-entries.ts';
import { type Allocated, allocatePayment, assignPayment } from '#operations/payments/allocate-payment.ts';
import { paymentOf } from '#operations/payments/settling.ts';
import { undoAllocation } from '#operations/payments/undo-allocation.ts';
import { bookInterest, type Interest, interestOf, writeOffEntry } from '#operations/payments/write-off.ts';
import type { Database } from '#storage/database.ts';
import { legalEntityNow } from '#storage/ledger/legal-entities.ts';
import { entriesOfCauses } from '#storage/ledger/read-entries.ts';
import { waitingEntriesOn } from '#storage/ledger/waiting.ts';
import { checkDay } from '../ledger/reports.ts';
import { amountOf, settle } from './settling.ts';

export type { Allocated, Interest };

export interface AllocateCommand {
  readonly payment: bigint;
  readonly account?: string;
  readonly documents?: readonly string[];
  readonly rule: AllocationRule;
  readonly amount?: string;
  readonly day: string;
  readonly by: string;
}

/** Gives a payment to an account, if one is named, and settles documents. Throws RefusedError. */
export async function allocate(database: Database, command: AllocateCommand): Promise<Allocated> {
  checkDay(command.day);
  return settle(database, async (settling) => {
    const { payment, account, documents, rule, amount, day, by } = command;
    if (account !== undefined) await assignPayment(settling, { payment, account, day, by });
    const { currency } = await paymentOf(settling.books, payment);
    const amountNanos = amount === undefined ? {} : { amountNanos: amountOf(amount, currency) };
    return allocatePayment(settling, { payment, rule, day, by, ...amountNanos, ...(documents === undefined ? {} : { documents }) });
  });
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
  return settle(database, async ({ books, ledger }, client) => {
    const { id: legalEntity } = await legalEntityNow(client, command.legalEntity);
    await books.lock(legalEntity);
    const kind = command.id.startsWith('NET-') ? 'set-off' : 'allocation';
    await undoAllocation(ledger, async (cause) => [...(await entriesOfCauses(client, [{ legalEntity, cause }])).values()][0], {
      ...command,
      legalEntity,
      kind,
    });
  });
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
