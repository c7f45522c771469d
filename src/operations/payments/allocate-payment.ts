/** Giving a payment to an account and to documents, and taking that back. */

import type { LedgerEntry } from '#core/ledger/entry.ts';
import { minorUnits } from '#core/money/currencies.ts';
import { convert } from '#core/money/exchange.ts';
import { type AllocationRule, allocateAmount, smaller } from '#core/payments/allocation.ts';
import { type OpenBalance, type Part, settleEntry } from '#core/payments/settle.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { EntityTerms, Payment } from './ports.ts';
import { paymentReference } from './ports.ts';
import { conversionsInto, entityOf, named, openDay, paymentOf, type Settling } from './settling.ts';

export interface AssignRequest {
  readonly payment: bigint;
  readonly account: string;
  readonly day: string;
  readonly by: string;
}

/** A payment whose payer was not known belongs to this billing account. Refused: `payment.unknown`, `payment.assigned`. */
export async function assignPayment(settling: Settling, request: AssignRequest): Promise<void> {
  const { books } = settling;
  const payment = await paymentOf(books, request.payment);
  await books.lock(payment.legalEntity);
  const entity = await entityOf(books, payment.legalEntity);
  const money = (await moneyOf(settling, payment)).find(({ ledgerAccount }) => ledgerAccount === 'clearing');
  if (money === undefined)
    throw new RefusedError(refuse('payment.assigned', `${paymentReference(payment)} has an account already, or nothing is left of it`));
  await checkAccount(settling, payment.legalEntity, request.account);
  await settling.ledger.post([await assignEntry(settling, entity, payment, money, request)]);
}

async function assignEntry(
  settling: Settling,
  entity: EntityTerms,
  payment: Payment,
  money: OpenBalance,
  request: AssignRequest,
): Promise<LedgerEntry> {
  const { account, by } = request;
  const reference = paymentReference(payment);
  const unallocated = {
    ledgerAccount: 'unallocated' as const,
    account,
    document: reference,
    currency: money.currency,
    amountNanos: money.openNanos,
    ...(money.currency === entity.currency ? {} : { entityAmountNanos: money.openEntityNanos }),
  };
  const n = await settling.books.countEntries(payment.legalEntity, 'allocation', `${reference}/`);
  return settleEntry(
    {
      legalEntity: payment.legalEntity,
      entityCurrency: entity.currency,
      day: await openDay(settling.ledger, payment.legalEntity, request.day),
      cause: { kind: 'allocation', id: `${reference}/${n + 1}` },
      corrects: { kind: payment.direction === 'in' ? 'payment-in' : 'payment-out', id: reference },
      description: `${reference} belongs to ${account}`,
      by,
    },
    [{ balance: money, nanos: money.openNanos }],
    new Map(),
    [unallocated],
  );
}

export interface AllocateRequest {
  readonly payment: bigint;
  /** Documents to settle; all that are open of its account unless given. */
  readonly documents?: readonly string[];
  readonly rule: AllocationRule;
  /** Of the payment, in its currency; all that is left unless given. */
  readonly amountNanos?: bigint;
  readonly day: string;
  readonly by: string;
}

export interface Allocated {
  /** `PAY-17/2`; undefined where nothing was open. */
  readonly allocation: string | undefined;
  readonly parts: readonly Part[];
  /** Of the payment, not settling anything. */
  readonly leftNanos: bigint;
}

/**
 * Settles documents of the payment's account. In another currency than the payment's they are converted at the rate of the day, after
 * those in its own. Refused: `payment.unknown`, `payment.not-assigned`, `payment.amount-wrong`, `payment.document-not-open`.
 */
export async function allocatePayment(settling: Settling, request: AllocateRequest): Promise<Allocated> {
  const { books, ledger } = settling;
  const payment = await paymentOf(books, request.payment);
  const { legalEntity } = payment;
  await books.lock(legalEntity);
  const entity = await entityOf(books, legalEntity);
  const reference = paymentReference(payment);
  const money = (await moneyOf(settling, payment)).find(({ ledgerAccount }) => ledgerAccount === 'unallocated');
  if (money?.account === undefined)
    throw new RefusedError(refuse('payment.not-assigned', `${reference} has no account yet, or nothing is left of it`));
  const left = -money.openNanos;
  const amount = request.amountNanos ?? left;
  if (amount <= 0n || amount > left)
    throw new RefusedError(refuse('payment.amount-wrong', `${reference} has less left, or the amount is not above zero`));
  const only = request.documents === undefined ? {} : { documents: request.documents };
  const open = (await books.openBalances({ legalEntity, ledgerAccounts: ['receivable'], accounts: [money.account], ...only })).filter(
    ({ openNanos }) => openNanos > 0n,
  );
  const items =
    request.documents === undefined ? open.filter(({ currency }) => currency === payment.currency) : named(request.documents, open);
  const day = await openDay(ledger, legalEntity, request.day);
  const { parts, paidNanos, toEntity } = await shareOut(settling, entity, { ...request, day }, payment, amount, items);
  if (paidNanos === 0n) return { allocation: undefined, parts: [], leftNanos: left };
  const n = await books.countEntries(legalEntity, 'allocation', `${reference}/`);
  const cause = { kind: 'allocation', id: `${reference}/${n + 1}` } as const;
  const entry = settleEntry(
    {
      legalEntity,
      entityCurrency: entity.currency,
      day,
      cause,
      description: `${reference} pays ${parts.map(({ balance }) => balance.document).join(', ')}`.slice(0, 400),
      by: request.by,
    },
    [{ balance: money, nanos: -paidNanos }, ...parts],
    toEntity,
  );
  await ledger.post([entry]);
  return { allocation: cause.id, parts, leftNanos: left - paidNanos };
}

/** Documents in the payment's currency take their share first; the rest, converted, goes to those in others, oldest first. */
async function shareOut(
  settling: Settling,
  entity: EntityTerms,
  { rule, day }: Pick<AllocateRequest, 'rule' | 'day'>,
  payment: Payment,
  amountNanos: bigint,
  items: readonly OpenBalance[],
) {
  const own = items.filter(({ currency }) => currency === payment.currency);
  const first = allocateAmount(amountNanos, own, rule);
  const parts: Part[] = [...first.parts];
  let left = first.leftNanos;
  const others = items.filter(({ currency }) => currency !== payment.currency);
  for (const [currency, group] of Map.groupBy(others, (item) => item.currency)) {
    const policy = await settling.rates.policyOf(payment.legalEntity);
    const rate = await settling.rates.rateOn(payment.currency, currency, day, policy);
    if (!rate.ok) throw new RefusedError(...rate.refusals);
    const share = allocateAmount(convert(left, rate.value, minorUnits(currency) ?? 2), group, rule);
    const settled = share.parts.reduce((sum, { nanos }) => sum + nanos, 0n);
    if (settled === 0n) continue;
    parts.push(...share.parts);
    const back = { ...rate.value, factor: { numerator: rate.value.factor.denominator, denominator: rate.value.factor.numerator } };
    const taken = share.leftNanos === 0n ? left : convert(settled, back, minorUnits(payment.currency) ?? 2);
    left -= smaller(taken, left);
  }
  const currencies = [payment.currency, ...parts.map(({ balance }) => balance.currency)];
  const toEntity = await conversionsInto(settling, payment.legalEntity, entity.currency, currencies, day);
  return { parts, paidNanos: amountNanos - left, toEntity };
}

/** Where the money of a payment stands: `unallocated` of an account, or `clearing` while nobody knows whose it is. */
export async function moneyOf({ books }: Settling, payment: Payment): Promise<readonly OpenBalance[]> {
  const documents = [paymentReference(payment)];
  return books.openBalances({ legalEntity: payment.legalEntity, ledgerAccounts: ['unallocated', 'clearing'], documents });
}

async function checkAccount({ books }: Settling, legalEntity: string, account: string): Promise<void> {
  const known = (await books.payers(legalEntity)).some(({ accounts }) => accounts.some(({ id }) => id === account));
  if (!known)
    throw new RefusedError(refuse('ledger.account-unknown', `${legalEntity} has no account ${account}`, { value: account.slice(0, 120) }));
}
