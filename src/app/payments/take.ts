/** Payments taken in, for `carillon payment …`. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { type BankEntry, type BankMessage, CamtReader } from '#codecs/payments/camt.ts';
import { OpenDocuments, Payers } from '#core/payments/match-index.ts';
import { matchPayment, type Suggestion } from '#core/payments/matching.ts';
import type { OpenBalance } from '#core/payments/settle.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { readXml } from '#gateways/xml/read-xml.ts';
import { moneyOf } from '#operations/payments/allocate-payment.ts';
import { type Payment, paymentReference } from '#operations/payments/ports.ts';
import { paymentOf } from '#operations/payments/settling.ts';
import {
  type BankMovement,
  type TakenFile,
  type TakenPayment,
  takeBankFile,
  takeManualPayment,
} from '#operations/payments/take-payments.ts';
import { type PaymentUse, usesOf } from '#operations/payments/uses.ts';
import type { Database } from '#storage/database.ts';
import { legalEntityNow } from '#storage/ledger/legal-entities.ts';
import { checkDay } from '../ledger/reports.ts';
import { amountOf, settle } from './settling.ts';

export type { Payment, Suggestion, TakenFile, TakenPayment };

export interface TakeFileRequest {
  readonly file: string;
  readonly legalEntity?: string;
  readonly by: string;
}

export interface TakenBankFile extends TakenFile {
  readonly message: string;
  readonly entries: number;
  readonly pending: number;
}

/** Takes a bank's file in, whole or not at all; one that was taken before changes nothing. Throws RefusedError. */
export async function takeFile(database: Database, { file, legalEntity, by }: TakeFileRequest): Promise<TakenBankFile> {
  const { message, sha256 } = await readBankFile(file);
  const entries = message.statements.reduce((sum, statement) => sum + statement.entries.length, 0);
  const pending = message.statements.reduce((sum, statement) => sum + statement.pending, 0);
  const row = {
    name: basename(file),
    sha256,
    message: message.message,
    messageId: message.id,
    summary: { statements: message.statements.length, entries, pending },
    by,
  };
  const request = { file: row, movements: movementsOf(message), by, ...(legalEntity === undefined ? {} : { legalEntity }) };
  const taken = await settle(database, (settling) => takeBankFile(settling, request));
  return { ...taken, message: message.message, entries, pending };
}

async function readBankFile(file: string): Promise<{ readonly message: BankMessage; readonly sha256: Buffer }> {
  const digest = createHash('sha256');
  const reader = new CamtReader();
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for await (const piece of createReadStream(file)) {
      digest.update(piece);
      yield piece as Uint8Array; // a stream without an encoding gives Buffers
    }
  }
  await readXml(file, pieces(), reader);
  const result = reader.result();
  if (!result.ok) throw new RefusedError(...result.refusals.map((refusal) => ({ ...refusal, at: { ...refusal.at, file } })));
  return { message: result.value, sha256: digest.digest() };
}

/**
 * A notification and a statement name the same entry by the bank's reference. Where the bank gives none, all that the entry says is its
 * name, and its number among those that say the same.
 */
function movementsOf(message: BankMessage): readonly BankMovement[] {
  const times = new Map<string, number>();
  return message.statements.flatMap(({ account, entries }) =>
    entries.map((entry): BankMovement => {
      const { direction, day, currency } = entry;
      const name = `${account}|${entryName(entry)}`;
      const time = (times.get(name) ?? 0) + 1;
      times.set(name, time);
      return {
        bankAccount: account,
        entryKey: time === 1 ? name : `${name}|${time}`,
        payments: entry.payments.map((payment) => ({ ...payment, direction, day, currency })),
      };
    }),
  );
}

function entryName({ bankReference, direction, currency, amountNanos, day, payments }: BankEntry): string {
  if (bankReference !== '') return `${bankReference}|${direction}|${currency}|${amountNanos}`;
  const said = payments.map((payment) => [payment.name, payment.iban, payment.endToEndId, payment.said, payment.amountNanos.toString()]);
  const all = JSON.stringify([day, direction, currency, amountNanos.toString(), said]);
  return createHash('sha256').update(all).digest('hex');
}

export interface EnterPaymentRequest {
  readonly legalEntity?: string;
  readonly reference: string;
  readonly direction: 'in' | 'out';
  readonly amount: string;
  readonly currency: string;
  readonly day: string;
  readonly account?: string;
  readonly said: readonly string[];
  readonly name?: string;
  readonly by: string;
}

/** A payment by hand. Throws RefusedError. */
export async function enterPayment(database: Database, request: EnterPaymentRequest): Promise<TakenPayment> {
  const { reference, amount, currency, account, day, direction, said, name, by } = request;
  checkDay(day);
  const amountNanos = amountOf(amount, currency);
  return settle(database, async (settling, client) => {
    const { id: legalEntity } = await legalEntityNow(client, request.legalEntity);
    const payment = { legalEntity, entryKey: `manual|${reference}`, direction, day, currency, amountNanos, said, isReversal: false, by };
    return takeManualPayment(settling, { ...payment, ...(name === undefined ? {} : { name }) }, account);
  });
}

export interface UnsettledPayment {
  readonly payment: Payment;
  /** What is left of it; on an account, or on none. */
  readonly left: readonly OpenBalance[];
}

/** Payments of which something is left. */
export async function unsettledPayments(database: Database, legalEntity: string | undefined): Promise<readonly UnsettledPayment[]> {
  return settle(database, async (settling) => {
    const all: UnsettledPayment[] = [];
    for (const [entity, payments] of Map.groupBy(await settling.books.unsettled(legalEntity), (payment) => payment.legalEntity)) {
      const documents = payments.map(paymentReference);
      const open = await settling.books.openBalances({ legalEntity: entity, ledgerAccounts: ['unallocated', 'clearing'], documents });
      const byReference = Map.groupBy(open, ({ document }) => document);
      for (const payment of payments) all.push({ payment, left: byReference.get(paymentReference(payment)) ?? [] });
    }
    return all;
  });
}

export interface ShownPayment extends UnsettledPayment {
  readonly suggestions: readonly Suggestion[];
  /** What was settled with it. */
  readonly allocations: readonly PaymentUse[];
  /** Of a return that nobody put against anything yet: payments that it may be the return of. */
  readonly mayReturn: readonly string[];
}

/** One payment, with what it may be for as the books are now. Throws RefusedError. */
export async function showPayment(database: Database, id: bigint): Promise<ShownPayment> {
  return settle(database, async (settling) => {
    const payment = await paymentOf(settling.books, id);
    const left = await moneyOf(settling, payment);
    const rest = left.reduce((sum, { openNanos }) => sum - openNanos, 0n);
    const [documents, payers] = [await settling.books.openDocuments(payment.legalEntity), await settling.books.payers(payment.legalEntity)];
    const comesBack = payment.isReversal;
    const isOurs = payment.direction === 'in' && rest > 0n && !comesBack;
    const suggestions = isOurs ? matchPayment({ ...payment, amountNanos: rest }, new OpenDocuments(documents), new Payers(payers)) : [];
    const isOpen = comesBack && left.length > 0;
    const allocations = await usesOf(settling, payment);
    return {
      payment,
      left,
      suggestions,
      allocations,
      mayReturn: isOpen ? (await settling.books.returnable(payment)).map(paymentReference) : [],
    };
  });
}

/** `PAY-17` or `17`. Refused: `payment.unknown`. */
export function paymentNumber(text: string): bigint {
  const match = /^(?:PAY-)?([1-9]\d{0,17})$/i.exec(text);
  if (match?.[1] === undefined)
    throw new RefusedError(refuse('payment.unknown', 'not the number of a payment', { value: text.slice(0, 120) }));
  return BigInt(match[1]);
}
