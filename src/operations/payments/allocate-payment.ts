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
  const n = await settling.books.freeNumber(payment.legalEntity, 'allocation', `${reference}/`);
  return settleEntry(
    {
      legalEntity: payment.legalEntity,
      entityCurrency: entity.currency,
      day: await openDay(settling.ledger, payment.legalEntity, request.day),
      cause: { kind: 'allocation', id: `${reference}/${n}` },
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
  /** A payment; or a document of which more was paid than is owed since a credit note. */
  readonly from: bigint | { readonly legalEntity: string; readonly document: string };
  /** Documents to settle; all that are open of its account unless given. */
  readonly documents?: readonly string[];
  /** That of the account unless given, else the oldest first. */
  readonly rule?: AllocationRule;
  /** Of the payment, in its currency; all that is left unless given. */
  readonly amountNanos?: bigint;
  readonly day: string;
  readonly by: string;
}

export interface Allocated {
  /** `PAY-17/2`; undefined where nothing was open. */
  readonly allocation: string | undefined;
  /** Of the payment. */
  readonly currency: string;
  readonly parts: readonly Part[];
  /** Of the payment, not settling anything. */
  readonly leftNanos: bigint;
}

/** What pays: where its money stands. */
interface Source {
  /** `PAY-17`, or the number of the document. */
  readonly reference: string;
  readonly legalEntity: string;
  readonly money: OpenBalance & { readonly account: string };
}

async function sourceOf(settling: Settling, from: AllocateRequest['from']): Promise<Source> {
  const { books } = settling;
  if (typeof from === 'bigint') {
    const payment = await paymentOf(books, from);
    const { legalEntity } = payment;
    await books.lock(legalEntity);
    const money = (await moneyOf(settling, payment)).find(({ ledgerAccount }) => ledgerAccount === 'unallocated');
    const reference = paymentReference(payment);
    if (money?.account === undefined)
      throw new RefusedError(refuse('payment.not-assigned', `${reference} has no account yet, or nothing is left of it`));
    return { reference, legalEntity, money: { ...money, account: money.account } };
  }
  const { legalEntity, document } = from;
  await books.lock(legalEntity);
  const open = await books.openBalances({ legalEntity, ledgerAccounts: ['receivable'], documents: [document] });
  const money = open.find(({ openNanos }) => openNanos < 0n);
  if (money?.account === undefined) {
    const said = `${document} has no credit: nothing was paid on it beyond what is owed`;
    throw new RefusedError(refuse('payment.document-not-open', said, { value: document.slice(0, 120) }));
  }
  return { reference: document, legalEntity, money: { ...money, account: money.account } };
}

/**
 * Settles documents of the payment's account, or of the account of a document with a credit. In another currency than the payment's they
 * are converted at the rate of the day, after those in its own. Refused: `payment.unknown`, `payment.not-assigned`,
 * `payment.amount-wrong`, `payment.document-not-open`.
 */
export async function allocatePayment(settling: Settling, request: AllocateRequest): Promise<Allocated> {
  const { books, ledger } = settling;
  const source = await sourceOf(settling, request.from);
  const { legalEntity, reference, money } = source;
  const { currency } = money;
  const entity = await entityOf(books, legalEntity);
  const left = -money.openNanos;
  const amount = request.amountNanos ?? left;
  if (amount <= 0n || amount > left)
    throw new RefusedError(refuse('payment.amount-wrong', `${reference} has less left, or the amount is not above zero`));
  const only = request.documents === undefined ? {} : { documents: request.documents };
  const open = (await books.openBalances({ legalEntity, ledgerAccounts: ['receivable'], accounts: [money.account], ...only })).filter(
    ({ openNanos }) => openNanos > 0n,
  );
  const items = request.documents === undefined ? open.filter((each) => each.currency === currency) : named(request.documents, open);
  const day = await openDay(ledger, legalEntity, request.day);
  const rule = request.rule ?? (await books.allocationRules(legalEntity)).get(money.account) ?? 'oldest-first';
  const { parts, paidNanos, toEntity } = await shareOut(settling, entity, { rule, day }, currency, amount, items);
  if (paidNanos === 0n) return { allocation: undefined, currency, parts: [], leftNanos: left };
  const n = await books.freeNumber(legalEntity, 'allocation', `${reference}/`);
  const cause = { kind: 'allocation', id: `${reference}/${n}` } as const;
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
  return { allocation: cause.id, currency, parts, leftNanos: left - paidNanos };
}

/** Documents in the payment's currency take their share first; the rest, converted, goes to those in others, oldest first. */
async function shareOut(
  settling: Settling,
  entity: EntityTerms,
  { rule, day }: { readonly rule: AllocationRule; readonly day: string },
  paidIn: string,
  amountNanos: bigint,
  items: readonly OpenBalance[],
) {
  const own = items.filter(({ currency }) => currency === paidIn);
  const first = allocateAmount(amountNanos, own, rule);
  const parts: Part[] = [...first.parts];
  let left = first.leftNanos;
  const others = items.filter(({ currency }) => currency !== paidIn);
  for (const [currency, group] of Map.groupBy(others, (item) => item.currency)) {
    const policy = await settling.rates.policyOf(entity.id);
    const rate = await settling.rates.rateOn(paidIn, currency, day, policy);
    if (!rate.ok) throw new RefusedError(...rate.refusals);
    const share = allocateAmount(convert(left, rate.value, minorUnits(currency) ?? 2), group, rule);
    const settled = share.parts.reduce((sum, { nanos }) => sum + nanos, 0n);
    if (settled === 0n) continue;
    parts.push(...share.parts);
    const back = { ...rate.value, factor: { numerator: rate.value.factor.denominator, denominator: rate.value.factor.numerator } };
    const taken = share.leftNanos === 0n ? left : convert(settled, back, minorUnits(paidIn) ?? 2);
    left -= smaller(taken, left);
  }
  const currencies = [paidIn, ...parts.map(({ balance }) => balance.currency)];
  const toEntity = await conversionsInto(settling, entity.id, entity.currency, currencies, day);
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
