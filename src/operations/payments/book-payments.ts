/**
 * Booking payments that came in together: each against its payer's account, or `clearing` while nobody knows it; what is certain is
 * settled, what comes back is put against what it returns. A few questions to the database and two rounds of entries, however many.
 */
import type { LedgerEntry } from '#core/ledger/entry.ts';
import { minorUnits } from '#core/money/currencies.ts';
import { type Conversion, convert } from '#core/money/exchange.ts';
import { type AllocationRule, allocateAmount } from '#core/payments/allocation.ts';
import { OpenDocuments, Payers } from '#core/payments/match-index.ts';
import { matchPayment, type Suggestion } from '#core/payments/matching.ts';
import { type OpenBalance, type Part, settleEntry } from '#core/payments/settle.ts';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import { type EntityTerms, type NewPayment, type Payment, paymentReference } from './ports.ts';
import { findReturned, linkReturn } from './returns.ts';
import type { Settling } from './settling.ts';
import type { TakenPayment } from './take-payments.ts';

interface Draft {
  readonly payment: Payment;
  readonly suggestions: readonly Suggestion[];
  readonly account: string | undefined;
  /** What it settles, of its own currency. */
  readonly parts: readonly Part[];
  readonly leftNanos: bigint;
  readonly day: string;
}

/** All of one legal entity, whose ledger the caller has locked. With `account`, that is whose they are. Refused: `ledger.account-unknown`. */
export async function takeRows(
  settling: Settling,
  entity: EntityTerms,
  rows: readonly NewPayment[],
  file: bigint | undefined,
  account?: string,
): Promise<readonly TakenPayment[]> {
  const { books, ledger } = settling;
  const payments = await books.addPayments(rows, file);
  const drafts = await draftsOf(settling, entity, payments, account);
  const orders = await orderBalances(settling, entity, payments);
  const worth = rateOfDay(settling, entity);
  const entries: LedgerEntry[] = [];
  for (const draft of drafts) entries.push(await paymentEntry(entity, draft, orders, worth));
  await ledger.post(entries);
  await ledger.post(await allocationEntries(settling, entity, drafts));
  const taken: TakenPayment[] = [];
  for (const { payment, account: to, parts, leftNanos, suggestions, day } of drafts) {
    const settled = parts.map(({ balance }) => balance.document);
    const order = orderOf(payment, orders);
    if (order !== undefined) {
      taken.push({ payment, account: to, settled: [order.document], leftNanos: 0n, suggestions });
      continue;
    }
    const returned = payment.isReversal && account === undefined ? await findReturned(settling, payment) : undefined;
    if (returned === undefined) taken.push({ payment, account: to, settled, leftNanos, suggestions });
    else {
      await linkReturn(settling, payment, returned, day, payment.by);
      taken.push({ payment, account: to, settled, returns: returned, leftNanos: 0n, suggestions });
    }
  }
  return taken;
}

async function draftsOf(
  { books, ledger }: Settling,
  entity: EntityTerms,
  payments: readonly Payment[],
  account: string | undefined,
): Promise<readonly Draft[]> {
  const payers = new Payers(await books.payers(entity.id));
  if (account !== undefined && payers.ofAccount(account) === undefined)
    throw new RefusedError(refuse('ledger.account-unknown', `${entity.id} has no account ${account}`, { value: account.slice(0, 120) }));
  const isOurs = (payment: Payment): boolean => payment.direction === 'in' && !payment.isReversal;
  const documents = new OpenDocuments(payments.some(isOurs) ? await books.openDocuments(entity.id) : []);
  const rules = await books.allocationRules(entity.id);
  const openFrom = await ledger.openFrom(entity.id);
  return payments.map((payment) => {
    const suggestions = isOurs(payment) ? matchPayment(payment, documents, payers) : [];
    const [best] = suggestions;
    const isCertain = best?.strength === 'certain' && (account === undefined || account === best.account);
    const isPayer = best !== undefined && best.documents.length === 0 && best.strength === 'likely';
    const to = account ?? (isCertain || isPayer ? best?.account : undefined);
    const rule = to === undefined ? undefined : rules.get(to);
    const named = isCertain && best !== undefined ? best.documents : undefined;
    const { parts, leftNanos } = settledBy(payment, documents, isOurs(payment) ? to : undefined, named, rule);
    documents.lessen(parts, entity.currency);
    const day = openFrom !== undefined && payment.day < openFrom ? openFrom : payment.day;
    return { payment, suggestions, account: to, parts, leftNanos, day };
  });
}

/** The documents it names; where it names none, all of the account by the rule that the account has, if it has one. */
function settledBy(
  { currency, amountNanos, said }: Payment,
  documents: OpenDocuments,
  account: string | undefined,
  named: readonly string[] | undefined,
  rule: AllocationRule | undefined,
): { readonly parts: readonly Part[]; readonly leftNanos: bigint } {
  if (account === undefined) return { parts: [], leftNanos: amountNanos };
  if (named !== undefined) return allocateAmount(amountNanos, documents.numbered(account, currency, named), 'oldest-first');
  const namesSomething = said.some((text) => /\d{3}/.test(text));
  if (rule === undefined || namesSomething) return { parts: [], leftNanos: amountNanos };
  const open = rule === 'oldest-first' ? documents.oldest(account, currency, amountNanos) : documents.ofAccount(account, currency);
  return allocateAmount(amountNanos, open, rule);
}

/** What stands in `clearing` for orders that these payments carry out, by end-to-end reference. */
async function orderBalances(
  { books }: Settling,
  entity: EntityTerms,
  payments: readonly Payment[],
): Promise<ReadonlyMap<string, readonly OpenBalance[]>> {
  const documents = payments.flatMap((each) =>
    each.direction === 'out' && !each.isReversal && each.endToEndId !== undefined ? [each.endToEndId] : [],
  );
  if (documents.length === 0) return new Map();
  const open = await books.openBalances({ legalEntity: entity.id, ledgerAccounts: ['clearing'], documents });
  return Map.groupBy(open, ({ document }) => document);
}

/** The order that a payment of ours carries out: it has its reference and exactly its amount. */
function orderOf(payment: Payment, orders: ReadonlyMap<string, readonly OpenBalance[]>): OpenBalance | undefined {
  if (payment.direction !== 'out' || payment.isReversal) return undefined;
  const named = orders.get(payment.endToEndId ?? '');
  return named?.find(({ currency, openNanos }) => currency === payment.currency && openNanos === -payment.amountNanos);
}

type RateOfDay = (currency: string, day: string) => Promise<Conversion>;

function rateOfDay({ rates }: Settling, entity: EntityTerms): RateOfDay {
  const known = new Map<string, Conversion>();
  return async (currency, day) => {
    const key = `${currency} ${day}`;
    const found = known.get(key) ?? valueOrThrow(await rates.rateOn(currency, entity.currency, day, await rates.policyOf(entity.id)));
    known.set(key, found);
    return found;
  };
}

/** Bank against the payer's account, or against `clearing`; what leaves for an order of ours, against what the order put there. */
async function paymentEntry(
  entity: EntityTerms,
  { payment, account, day }: Draft,
  orders: ReadonlyMap<string, readonly OpenBalance[]>,
  worth: RateOfDay,
): Promise<LedgerEntry> {
  const reference = paymentReference(payment);
  const { legalEntity, currency, by } = payment;
  const sign = payment.direction === 'in' ? 1n : -1n;
  const who = payment.name === undefined ? '' : payment.direction === 'in' ? ` from ${payment.name}` : ` to ${payment.name}`;
  const late = day === payment.day ? '' : `, on the bank account on ${payment.day}`;
  const cause = { kind: payment.direction === 'in' ? 'payment-in' : 'payment-out', id: reference } as const;
  const description = `${payment.isReversal ? 'return' : 'payment'} ${reference}${who}${late}`.slice(0, 400);
  const bank = { ledgerAccount: 'bank' as const, currency, amountNanos: payment.amountNanos * sign };
  const order = orderOf(payment, orders);
  if (order !== undefined) {
    const own =
      currency === entity.currency
        ? {}
        : { entityAmountNanos: convert(bank.amountNanos, await worth(currency, day), minorUnits(entity.currency) ?? 2) };
    const request = { legalEntity, entityCurrency: entity.currency, day, cause, description, by };
    return settleEntry(request, [{ balance: order, nanos: order.openNanos }], new Map(), [{ ...bank, ...own }]);
  }
  const side = account === undefined ? { ledgerAccount: 'clearing' as const } : { ledgerAccount: 'unallocated' as const, account };
  const postings = [bank, { ...side, document: reference, currency, amountNanos: -bank.amountNanos }];
  return { legalEntity, day, cause, description, by, postings };
}

/** What each payment settles: `PAY-17/1`, as `payment allocate` books it. */
async function allocationEntries({ books }: Settling, entity: EntityTerms, drafts: readonly Draft[]): Promise<readonly LedgerEntry[]> {
  const settling = drafts.filter(({ parts }) => parts.length > 0);
  if (settling.length === 0) return [];
  const documents = settling.map(({ payment }) => paymentReference(payment));
  const money = await books.openBalances({ legalEntity: entity.id, ledgerAccounts: ['unallocated'], documents });
  const byReference = new Map(money.map((balance) => [balance.document, balance]));
  return settling.map(({ payment, parts, leftNanos, day }) => {
    const reference = paymentReference(payment);
    const balance = byReference.get(reference);
    if (balance === undefined) throw new Error(`${reference} was booked and is not there`);
    const description = `${reference} pays ${parts.map((part) => part.balance.document).join(', ')}`.slice(0, 400);
    const cause = { kind: 'allocation', id: `${reference}/1` } as const;
    const request = { legalEntity: entity.id, entityCurrency: entity.currency, day, cause, description, by: payment.by };
    return settleEntry(request, [{ balance, nanos: leftNanos - payment.amountNanos }, ...parts], new Map());
  });
}
