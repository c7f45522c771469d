/** Payments to be made: proposed from what is due, approved by a second person, then written for the bank. */

import type { LedgerEntry } from '#core/ledger/entry.ts';
import { accountKey, type BankAccount, bankAccountFor } from '#core/parties/bank-account.ts';
import { byAge } from '#core/payments/allocation.ts';
import { type OpenBalance, settleEntry } from '#core/payments/settle.ts';
import { type Refusal, RefusedError, refuse } from '#core/refusals.ts';
import { isSamePerson } from '../access/second-person.ts';
import type { EntityTerms, PaymentBooks } from './ports.ts';
import { entityOf, openDay, type Settling } from './settling.ts';

/** One transfer: what is owed to a party in one currency. */
export interface OrderLine {
  readonly party: string;
  readonly name: string;
  readonly account: string;
  /** The party's; or a number, with the bank in its clearing system. */
  readonly iban?: string;
  readonly accountNumber?: string;
  readonly clearing?: string;
  readonly bic?: string;
  readonly currency: string;
  readonly amountNanos: bigint;
  /** What it settles: payables, their credit notes, and money to be given back. */
  readonly balances: readonly OpenBalance[];
}

export interface PaymentOrder {
  readonly id: bigint;
  readonly legalEntity: string;
  readonly day: string;
  /** Ours: IBAN or number. */
  readonly bankAccount: string;
  readonly bic?: string;
  readonly clearing?: string;
  readonly lines: readonly OrderLine[];
  readonly by: string;
  readonly madeAtMicros: number;
  readonly state: 'proposed' | 'approved' | 'rejected';
}

export interface OrderStore {
  add(order: Omit<PaymentOrder, 'id' | 'state' | 'madeAtMicros'>): Promise<PaymentOrder>;
  find(id: bigint): Promise<PaymentOrder | undefined>;
  decide(id: bigint, decision: 'approved' | 'rejected', by: string, why: string | undefined): Promise<void>;
  list(legalEntity: string | undefined): Promise<readonly PaymentOrder[]>;
  /** Bank accounts of a party, as configured. */
  bankAccounts(party: string): Promise<readonly BankAccount[]>;
}

/** `OUT-4-2`: end-to-end reference of the second line of order 4; stands in the ledger until the bank has paid. */
export function orderReference(order: Pick<PaymentOrder, 'id'>, line: number): string {
  return `OUT-${order.id}-${line}`;
}

export interface OrderRequest {
  readonly legalEntity: string;
  /** What is due by this day is paid. */
  readonly dueBy: string;
  readonly party?: string;
  /** Money of these payments, or credits of these documents, is given back, instead of what is due. */
  readonly refunds?: readonly string[];
  /** Ours, from which it is paid; the one configured for the currency unless given. */
  readonly from?: string;
  readonly currency: string;
  /** On which the bank shall pay. */
  readonly day: string;
  readonly by: string;
}

/** Refused: `payment.nothing-to-pay`, `payment.party-bank-missing`, `payment.own-bank-missing`. */
export async function proposeOrder(settling: Settling, store: OrderStore, request: OrderRequest): Promise<PaymentOrder> {
  const { books } = settling;
  const { legalEntity, currency, day, by } = request;
  await books.lock(legalEntity);
  const entity = await entityOf(books, legalEntity);
  const own = ownAccount(entity, request);
  if (own === undefined) throw new RefusedError(refuse('payment.own-bank-missing', `${legalEntity} has no bank account for ${currency}`));
  const ordered = await orderedDocuments(store, legalEntity);
  const lines: OrderLine[] = [];
  const missing: Refusal[] = [];
  for (const { party, name, accounts } of await books.payers(legalEntity)) {
    if (request.party !== undefined && request.party !== party) continue;
    for (const { id: account } of accounts) {
      const balances = (await owed(books, request, account)).filter(({ document }) => !ordered.has(`${account} ${document}`));
      const amountNanos = -balances.reduce((sum, { openNanos }) => sum + openNanos, 0n);
      if (amountNanos <= 0n) continue;
      const to = bankAccountFor(await store.bankAccounts(party), currency);
      if (to === undefined) {
        if (missing.every(({ at }) => at?.value !== party))
          missing.push(refuse('payment.party-bank-missing', `${party} has no bank account for ${currency}`, { value: party }));
        continue;
      }
      lines.push({
        party,
        name: to.holder ?? name,
        account,
        ...(to.iban === undefined ? {} : { iban: to.iban }),
        ...(to.iban === undefined && to.accountNumber !== undefined ? { accountNumber: to.accountNumber } : {}),
        ...(to.clearing === undefined ? {} : { clearing: to.clearing }),
        ...(to.bic === undefined ? {} : { bic: to.bic }),
        currency,
        amountNanos,
        balances,
      });
    }
  }
  if (missing.length > 0) throw new RefusedError(...missing);
  if (lines.length === 0) throw new RefusedError(refuse('payment.nothing-to-pay', nothingToPay(request)));
  const { number, bic, clearing } = own;
  const bank = { ...(bic === undefined ? {} : { bic }), ...(clearing === undefined ? {} : { clearing }) };
  return store.add({ legalEntity, day, bankAccount: number, ...bank, lines, by });
}

function nothingToPay({ currency, dueBy, refunds }: OrderRequest): string {
  if (refunds === undefined) return `nothing in ${currency} is due by ${dueBy} that is not in an order`;
  return `of ${refunds.join(', ')} nothing in ${currency} is left to give back that is not in an order`;
}

/** Ours: the one named, with what is configured of it, or the one for the currency. */
function ownAccount(
  { bankAccounts }: EntityTerms,
  { from, currency }: OrderRequest,
): { readonly number: string; readonly bic?: string; readonly clearing?: string } | undefined {
  const numberOf = ({ iban, accountNumber }: BankAccount): string | undefined => iban?.replace(/\s/g, '') ?? accountNumber;
  const asked = from === undefined ? undefined : accountKey(from);
  const found =
    asked === undefined
      ? bankAccountFor(bankAccounts, currency)
      : bankAccounts.find((account) => accountKey(numberOf(account) ?? '') === asked);
  const number = found === undefined ? from?.replace(/\s/g, '') : numberOf(found);
  return number === undefined ? undefined : { ...found, number };
}

/** Payables that are due, with what lessens them; or the money of payments that is given back. */
async function owed(books: PaymentBooks, request: OrderRequest, account: string): Promise<readonly OpenBalance[]> {
  const { legalEntity, currency, dueBy, refunds } = request;
  const question = { legalEntity, accounts: [account] };
  if (refunds !== undefined) {
    const all = await books.openBalances({
      ...question,
      ledgerAccounts: ['unallocated', 'receivable'],
      documents: refunds,
      undisputed: true,
    });
    return all.filter((balance) => balance.currency === currency && balance.openNanos < 0n);
  }
  const all = await books.openBalances({ ...question, ledgerAccounts: ['payable'], undisputed: true });
  return all.filter((balance) => balance.currency === currency && (balance.dueDay ?? balance.firstDay) <= dueBy).toSorted(byAge);
}

async function orderedDocuments(store: OrderStore, legalEntity: string): Promise<ReadonlySet<string>> {
  const open = (await store.list(legalEntity)).filter(({ state }) => state === 'proposed');
  return new Set(
    open.flatMap(({ lines }) => lines.flatMap(({ account, balances }) => balances.map(({ document }) => `${account} ${document}`))),
  );
}

export interface OrderDecision {
  readonly id: bigint;
  readonly day: string;
  readonly by: string;
}

/**
 * The second person: what is paid leaves the payables and stands in `clearing` until the bank's statement shows it. Refused:
 * `payment.unknown`, `payment.order-decided`, `payment.second-person` (where the legal entity wants two), `payment.items-changed`.
 */
export async function approveOrder(settling: Settling, store: OrderStore, { id, day, by }: OrderDecision): Promise<PaymentOrder> {
  const { books, ledger } = settling;
  const order = await undecided(settling, store, id);
  const entity = await entityOf(books, order.legalEntity);
  if (entity.fourEyes && isSamePerson(order.by, by))
    throw new RefusedError(refuse('payment.second-person', `OUT-${id} was made by ${order.by}`));
  await store.decide(id, 'approved', by, undefined);
  const entries: LedgerEntry[] = [];
  for (const [index, line] of order.lines.entries()) entries.push(await lineEntry(settling, entity, order, line, index + 1, day, by));
  await ledger.post(entries);
  return { ...order, state: 'approved' };
}

async function lineEntry(
  { books, ledger }: Settling,
  entity: EntityTerms,
  order: PaymentOrder,
  line: OrderLine,
  number: number,
  day: string,
  by: string,
): Promise<LedgerEntry> {
  const documents = line.balances.map(({ document }) => document);
  const now = await books.openBalances({
    legalEntity: order.legalEntity,
    ledgerAccounts: ['payable', 'unallocated', 'receivable'],
    undisputed: true,
    accounts: [line.account],
    documents,
  });
  const parts = line.balances.map((asked) => {
    const found = now.find(
      (each) => each.document === asked.document && each.ledgerAccount === asked.ledgerAccount && each.currency === asked.currency,
    );
    if (found?.openNanos !== asked.openNanos)
      throw new RefusedError(refuse('payment.items-changed', `${asked.document} is not open as it was ordered`, { value: asked.document }));
    return { balance: found, nanos: found.openNanos };
  });
  const reference = orderReference(order, number);
  const worth = -parts.reduce((sum, { balance }) => sum + balance.openEntityNanos, 0n);
  return settleEntry(
    {
      legalEntity: order.legalEntity,
      entityCurrency: entity.currency,
      day: await openDay(ledger, order.legalEntity, day),
      cause: { kind: line.balances.every(({ ledgerAccount }) => ledgerAccount === 'payable') ? 'payment-out' : 'refund', id: reference },
      description: `${reference} to ${line.name}: ${documents.join(', ')}`.slice(0, 400),
      by: `${order.by}, ${by}`,
    },
    parts,
    new Map(),
    [
      {
        ledgerAccount: 'clearing',
        document: reference,
        currency: line.currency,
        amountNanos: -line.amountNanos,
        ...(line.currency === entity.currency ? {} : { entityAmountNanos: -worth }),
      },
    ],
  );
}

export async function rejectOrder(
  settling: Settling,
  store: OrderStore,
  { id, by, why }: Omit<OrderDecision, 'day'> & { readonly why: string },
): Promise<PaymentOrder> {
  const order = await undecided(settling, store, id);
  await store.decide(id, 'rejected', by, why);
  return { ...order, state: 'rejected' };
}

/** Refused: `payment.unknown`, `payment.order-open`. */
export async function approvedOrder(store: OrderStore, id: bigint): Promise<PaymentOrder> {
  const order = await store.find(id);
  if (order === undefined) throw new RefusedError(refuse('payment.unknown', `there is no order ${id}`));
  if (order.state !== 'approved') throw new RefusedError(refuse('payment.order-open', `order ${id} is ${order.state}`));
  return order;
}

async function undecided({ books }: Settling, store: OrderStore, id: bigint): Promise<PaymentOrder> {
  const known = await store.find(id);
  if (known === undefined) throw new RefusedError(refuse('payment.unknown', `there is no order ${id}`));
  await books.lock(known.legalEntity);
  const order = (await store.find(id)) ?? known;
  if (order.state !== 'proposed') throw new RefusedError(refuse('payment.order-decided', `order ${id} is ${order.state}`));
  return order;
}
