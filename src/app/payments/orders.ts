/** Payments to be made, for `carillon payment order …`. */
import { type PainVersion, type TransferSide, writePain001 } from '#codecs/payments/pain001.ts';
import { readClearing } from '#core/parties/bank-account.ts';
import { checkReason } from '#operations/ledger/close-ledger.ts';
import { approvedOrder, approveOrder, orderReference, type PaymentOrder, proposeOrder, rejectOrder } from '#operations/payments/orders.ts';
import { entityOf } from '#operations/payments/settling.ts';
import type { Database } from '#storage/database.ts';
import { legalEntityNow } from '#storage/ledger/legal-entities.ts';
import { orderStoreOn } from '#storage/payments/order-store.ts';
import { checkDay } from '../ledger/reports.ts';
import { fileAt, writeWhole } from '../written-file.ts';
import { settle } from './settling.ts';

export type { PaymentOrder };

export interface OrderCommand {
  readonly legalEntity?: string;
  readonly dueBy: string;
  readonly currency?: string;
  readonly party?: string;
  readonly refunds?: readonly string[];
  readonly from?: string;
  readonly day: string;
  readonly by: string;
}

/** Throws RefusedError. */
export async function propose(database: Database, command: OrderCommand): Promise<PaymentOrder> {
  checkDay(command.dueBy);
  checkDay(command.day);
  return settle(database, async (settling, client) => {
    const entity = await legalEntityNow(client, command.legalEntity);
    return proposeOrder(settling, orderStoreOn(client), {
      ...command,
      legalEntity: entity.id,
      currency: command.currency ?? entity.currency,
    });
  });
}

export async function approve(database: Database, id: bigint, day: string, by: string): Promise<PaymentOrder> {
  checkDay(day);
  return settle(database, (settling, client) => approveOrder(settling, orderStoreOn(client), { id, day, by }));
}

export async function reject(database: Database, id: bigint, by: string, why: string): Promise<PaymentOrder> {
  checkReason(why);
  return settle(database, (settling, client) => rejectOrder(settling, orderStoreOn(client), { id, by, why }));
}

export async function orders(database: Database, legalEntity: string | undefined): Promise<readonly PaymentOrder[]> {
  return settle(database, (_, client) => orderStoreOn(client).list(legalEntity));
}

function bankOf(bic: string | undefined, clearing: string | undefined): Pick<TransferSide, 'bic' | 'clearing'> {
  const code = clearing === undefined ? undefined : readClearing(clearing);
  return { ...(bic === undefined ? {} : { bic }), ...(code === undefined ? {} : { clearing: code }) };
}

/** An approved order as pain.001; the same order is the same text, whenever. Throws RefusedError. */
export function orderText(database: Database, id: bigint, version: PainVersion): Promise<string> {
  return settle(database, async ({ books }, client) => {
    const order = await approvedOrder(orderStoreOn(client), id);
    const { name } = await entityOf(books, order.legalEntity);
    const transfers = order.lines.map(({ currency, amountNanos, name: payee, iban, accountNumber, bic, clearing, balances }, index) => ({
      endToEndId: orderReference(order, index + 1),
      currency,
      amountNanos,
      payee: { name: payee, account: iban ?? accountNumber ?? '', ...bankOf(bic, clearing) },
      text: balances.map(({ document }) => document).join(' '),
    }));
    const payer = { name, account: order.bankAccount, ...bankOf(order.bic, order.clearing) };
    const createdAt = new Date(Math.floor(order.madeAtMicros / 1000)).toISOString().replace(/\.\d+Z$/, 'Z');
    return writePain001({ messageId: `OUT-${id}-${order.legalEntity}`, createdAt, payer, day: order.day, transfers }, version);
  });
}

/** Returns the file. Throws RefusedError. */
export async function writeOrder(database: Database, id: bigint, version: PainVersion, out: string): Promise<string> {
  const text = await orderText(database, id, version);
  const file = await fileAt(out, `OUT-${id}.xml`);
  await writeWhole(file, [text]);
  return file;
}
