/** Money that comes back: a transfer of ours that the other bank returned, or a payment to us that was taken back. */
import { minorUnits } from '#core/money/currencies.ts';
import { convert } from '#core/money/exchange.ts';
import { accountKey } from '#core/parties/bank-account.ts';
import { bareName, sameBareName } from '#core/payments/match-texts.ts';
import { settleEntry } from '#core/payments/settle.ts';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import { moneyOf } from './allocate-payment.ts';
import { type Payment, paymentReference } from './ports.ts';
import { entityOf, openDay, paymentOf, type Settling } from './settling.ts';
import { undoAllocation } from './undo-allocation.ts';
import { usesOf } from './uses.ts';

const ORDER = /^OUT-[1-9]\d*-[1-9]\d*$/;
const PAYMENT = /^PAY-([1-9]\d{0,17})$/;

/**
 * What a return is of, where that is beyond doubt: the order that it names, or the only payment of exactly its amount that has its
 * reference, bank account or name. Undefined else: a person says it (`payment return`).
 */
export async function findReturned(settling: Settling, payment: Payment): Promise<string | undefined> {
  const { books } = settling;
  const { endToEndId, direction, legalEntity } = payment;
  if (direction === 'in' && endToEndId !== undefined && ORDER.test(endToEndId)) {
    const order = await orderOf(settling, legalEntity, endToEndId);
    const isFree = order !== undefined && order.amountNanos >= payment.amountNanos && order.currency === payment.currency;
    return isFree && !(await books.isReturned(legalEntity, order.cause)) ? endToEndId : undefined;
  }
  const candidates = await books.returnable(payment);
  const only = (found: readonly Payment[]): Payment | undefined => (found.length === 1 ? found[0] : undefined);
  const same = candidates.filter((each) => endToEndId !== undefined && each.endToEndId === endToEndId);
  if (same.length > 0) return wholeReference(settling, only(same));
  const { iban, name } = payment;
  const byBank = candidates.filter((each) => iban !== undefined && each.iban !== undefined && accountKey(each.iban) === accountKey(iban));
  if (byBank.length > 0) return wholeReference(settling, only(byBank));
  const byName = candidates.filter(
    (each) => name !== undefined && each.name !== undefined && sameBareName(bareName(each.name), bareName(name)),
  );
  return wholeReference(settling, only(byName));
}

/** Undefined where some of it was given back or used otherwise than for documents: then a person decides. */
async function wholeReference(settling: Settling, payment: Payment | undefined): Promise<string | undefined> {
  if (payment === undefined) return undefined;
  return (await standing(settling, payment)).isWhole ? paymentReference(payment) : undefined;
}

/** The allocations of a payment that hold, and whether with them all of its money would be there again. */
async function standing(settling: Settling, payment: Payment) {
  const reference = paymentReference(payment);
  const entries = (await usesOf(settling, payment))
    .filter(({ isUndone }) => !isUndone)
    .map(({ entry }) => entry)
    .filter(({ postings }) => postings.some(({ ledgerAccount, document }) => ledgerAccount === 'receivable' && document !== reference));
  const taken = entries.flatMap(({ postings }) =>
    postings.filter(({ ledgerAccount, document }) => ledgerAccount === 'unallocated' && document === reference),
  );
  const [money] = await moneyOf(settling, payment);
  const there = taken.reduce((sum, { amountNanos }) => sum - amountNanos, money?.openNanos ?? 0n);
  const sign = payment.direction === 'in' ? -1n : 1n;
  return { entries, isWhole: there === payment.amountNanos * sign };
}

/** What an order's transfer was booked at. */
async function orderOf({ books }: Settling, legalEntity: string, reference: string) {
  const [entry] = await books.entries(legalEntity, [
    { kind: 'payment-out', id: reference },
    { kind: 'refund', id: reference },
  ]);
  const clearing = entry?.postings.find(({ ledgerAccount, document }) => ledgerAccount === 'clearing' && document === reference);
  if (entry === undefined || clearing === undefined) return undefined;
  const paid = entry.postings.filter((posting) => posting !== clearing);
  return { cause: entry.cause, paid, currency: clearing.currency, amountNanos: -clearing.amountNanos };
}

/**
 * Puts a return, of which nothing was used, against what it returns (`PAY-17`, `OUT-4-1`). What a payment to us had settled is open
 * again; so is what an order had paid, and what the banks kept of it is `bank-charges`. Refused: `payment.not-a-return`,
 * `payment.unknown`.
 */
export async function linkReturn(settling: Settling, payment: Payment, of: string, onDay: string, by: string): Promise<void> {
  const { books, ledger } = settling;
  const { legalEntity, currency } = payment;
  await books.lock(legalEntity);
  const entity = await entityOf(books, legalEntity);
  const reference = paymentReference(payment);
  const notOne = (said: string): RefusedError =>
    new RefusedError(refuse('payment.not-a-return', `${reference} is no return of ${of}: ${said}`, { value: of.slice(0, 120) }));
  const [money] = await moneyOf(settling, payment);
  if (money === undefined) throw notOne('nothing is left of it');
  const sign = payment.direction === 'in' ? -1n : 1n;
  if (money.openNanos !== payment.amountNanos * sign) throw notOne('some of it was used');
  const day = await openDay(ledger, legalEntity, onDay);
  const n = await books.freeNumber(legalEntity, 'allocation', `${reference}/`);
  const cause = { kind: 'allocation', id: `${reference}/${n}` } as const;
  const request = { legalEntity, entityCurrency: entity.currency, day, cause, description: `${reference} is the return of ${of}`, by };
  const part = { balance: money, nanos: money.openNanos };
  const original = PAYMENT.exec(of)?.[1];
  if (original === undefined) {
    const order = await orderOf(settling, legalEntity, of);
    if (order === undefined) throw new RefusedError(refuse('payment.unknown', `there is no order ${of}`, { value: of.slice(0, 120) }));
    if (payment.direction !== 'in' || order.currency !== currency || order.amountNanos < payment.amountNanos)
      throw notOne('another direction or currency, or it is more than was paid');
    if (await books.isReturned(legalEntity, order.cause)) throw notOne('that came back before');
    const kept = order.amountNanos - payment.amountNanos;
    const charges = await charged(settling, entity.currency, legalEntity, currency, kept, day);
    const back = order.paid.map((posting) => ({
      ...posting,
      amountNanos: -posting.amountNanos,
      entityAmountNanos: -posting.entityAmountNanos,
    }));
    await ledger.post([settleEntry({ ...request, corrects: order.cause }, [part], new Map(), [...back, ...charges])]);
    return;
  }
  const first = await paymentOf(books, BigInt(original));
  const firstCause = { kind: first.direction === 'in' ? 'payment-in' : 'payment-out', id: of } as const;
  if (first.legalEntity !== legalEntity || first.direction === payment.direction || first.currency !== currency)
    throw notOne('another direction, currency or legal entity');
  if (first.amountNanos !== payment.amountNanos) throw notOne('the amounts differ');
  if (await books.isReturned(legalEntity, firstCause)) throw notOne('that came back before');
  const { entries, isWhole } = await standing(settling, first);
  if (!isWhole) throw notOne('some of that was given back or used');
  const why = `${of} came back`;
  for (const { cause: allocation } of entries) {
    const undo = { legalEntity, id: allocation.id, kind: 'allocation', day, why, by } as const;
    await undoAllocation(settling, undo);
  }
  const [there] = await moneyOf(settling, first);
  if (there === undefined) throw new Error(`${of} is whole and nothing of it is there`);
  await ledger.post([settleEntry({ ...request, corrects: firstCause }, [part, { balance: there, nanos: there.openNanos }], new Map())]);
}

/** What the banks kept of a transfer that came back. */
async function charged({ rates }: Settling, own: string, legalEntity: string, currency: string, nanos: bigint, day: string) {
  if (nanos === 0n) return [];
  const posting = { ledgerAccount: 'bank-charges' as const, currency, amountNanos: nanos };
  if (currency === own) return [posting];
  const conversion = valueOrThrow(await rates.rateOn(currency, own, day, await rates.policyOf(legalEntity)));
  return [{ ...posting, entityAmountNanos: convert(nanos, conversion, minorUnits(own) ?? 2) }];
}
