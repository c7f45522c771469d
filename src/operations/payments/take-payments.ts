/** Taking payments in: from a bank's file, or by hand. Each is booked at once; what is certain is allocated at once. */
import type { LedgerEntry } from '#core/ledger/entry.ts';
import { minorUnits } from '#core/money/currencies.ts';
import { convert } from '#core/money/exchange.ts';
import { allocateAmount } from '#core/payments/allocation.ts';
import { matchPayment, type OpenDocument, type Suggestion } from '#core/payments/matching.ts';
import { type OpenBalance, settleEntry } from '#core/payments/settle.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { allocatePayment } from './allocate-payment.ts';
import { type BankFileRow, type EntityTerms, type NewPayment, type Payment, paymentReference } from './ports.ts';
import { entityOf, openDay, type Settling } from './settling.ts';

/** A movement of a bank account, as its file says; `payments` add up to it. */
export interface BankMovement {
  readonly bankAccount: string;
  readonly entryKey: string;
  readonly payments: readonly Omit<NewPayment, 'legalEntity' | 'entryKey' | 'part' | 'by' | 'bankAccount'>[];
}

export interface TakenPayment {
  readonly payment: Payment;
  /** What it was booked to, and why; undefined where nobody knows whose it is. */
  readonly account: string | undefined;
  readonly settled: readonly string[];
  readonly leftNanos: bigint;
  readonly suggestions: readonly Suggestion[];
}

export interface TakenFile {
  /** Undefined when this content was taken before: then nothing was done. */
  readonly file: bigint | undefined;
  readonly payments: readonly TakenPayment[];
  /** Entries that were taken before, from another file. */
  readonly known: number;
}

export interface TakeRequest {
  readonly file: BankFileRow;
  readonly movements: readonly BankMovement[];
  /** For accounts that no legal entity names. */
  readonly legalEntity?: string;
  readonly by: string;
}

/** The whole file or nothing. Refused: `payment.bank-account-unknown`, and all that booking refuses. */
export async function takeBankFile(settling: Settling, request: TakeRequest): Promise<TakenFile> {
  const { books } = settling;
  const entities = await books.entities();
  const owner = (account: string): EntityTerms => ownerOf(entities, account, request.legalEntity);
  const byEntity = Map.groupBy(request.movements, ({ bankAccount }) => owner(bankAccount).id);
  for (const legalEntity of [...byEntity.keys()].sort()) await books.lock(legalEntity);
  const file = await books.addFile(request.file);
  if (file === undefined) return { file, payments: [], known: 0 };
  const taken: TakenPayment[] = [];
  let known = 0;
  for (const [legalEntity, movements] of byEntity) {
    const before = await books.knownEntries(
      legalEntity,
      movements.map(({ entryKey }) => entryKey),
    );
    const fresh = movements.filter(({ entryKey }) => !before.has(entryKey));
    known += movements.length - fresh.length;
    const rows = fresh.flatMap(({ bankAccount, entryKey, payments }) =>
      payments.map((payment, index): NewPayment => ({ ...payment, legalEntity, bankAccount, entryKey, part: index + 1, by: request.by })),
    );
    taken.push(...(await takeRows(settling, owner(movements[0]?.bankAccount ?? ''), rows, file)));
  }
  return { file, payments: taken, known };
}

function ownerOf(entities: readonly EntityTerms[], account: string, named: string | undefined): EntityTerms {
  const plain = (text: string): string => text.replace(/\s/g, '').toUpperCase();
  const found =
    entities.find(({ bankAccounts }) =>
      bankAccounts.some(({ iban, accountNumber }) =>
        [iban, accountNumber].some((own) => own !== undefined && plain(own) === plain(account)),
      ),
    ) ?? entities.find(({ id }) => id === named);
  if (found === undefined)
    throw new RefusedError(
      refuse('payment.bank-account-unknown', 'no legal entity has this bank account', { value: account.slice(0, 120) }),
    );
  return found;
}

/** A payment that was not in a bank's file. One reference is taken once. Refused: `payment.reference-taken`. */
export async function takeManualPayment(
  settling: Settling,
  payment: Omit<NewPayment, 'part'>,
  account: string | undefined,
): Promise<TakenPayment> {
  const { books } = settling;
  await books.lock(payment.legalEntity);
  const entity = (await books.entities()).find(({ id }) => id === payment.legalEntity);
  if (entity === undefined)
    throw new RefusedError(refuse('ledger.legal-entity-unknown', `there is no legal entity ${payment.legalEntity}`));
  if ((await books.knownEntries(payment.legalEntity, [payment.entryKey])).size > 0) {
    const reference = payment.entryKey.slice(payment.entryKey.indexOf('|') + 1);
    throw new RefusedError(
      refuse('payment.reference-taken', `a payment ${reference} was entered before`, { value: reference.slice(0, 120) }),
    );
  }
  const [taken] = await takeRows(settling, entity, [{ ...payment, part: 1 }], undefined, account);
  if (taken === undefined) throw new Error('one payment was added and none came back');
  return taken;
}

async function takeRows(
  settling: Settling,
  entity: EntityTerms,
  rows: readonly NewPayment[],
  file: bigint | undefined,
  account?: string,
): Promise<readonly TakenPayment[]> {
  const { books, ledger } = settling;
  const payments = await books.addPayments(rows, file);
  const payers = await books.payers(entity.id);
  const isAccount = payers.some(({ accounts }) => accounts.some(({ id }) => id === account));
  if (account !== undefined && !isAccount)
    throw new RefusedError(refuse('ledger.account-unknown', `${entity.id} has no account ${account}`, { value: account.slice(0, 120) }));
  const drafts: Draft[] = [];
  let documents: readonly OpenDocument[] = await books.openDocuments(entity.id);
  for (const payment of payments) {
    const isOurs = payment.direction === 'in' && !payment.isReversal;
    const suggestions = isOurs ? matchPayment(payment, documents, payers) : [];
    const [best] = suggestions;
    const isCertain = best?.strength === 'certain' && (account === undefined || account === best.account);
    const isPayer = best !== undefined && best.documents.length === 0 && best.strength === 'likely';
    const to = account ?? (isCertain || isPayer ? best?.account : undefined);
    const settles = isCertain && best !== undefined ? best.documents : [];
    // What this one settles is not open for the next.
    documents = settles.length === 0 ? documents : lessened(documents, settles, payment.amountNanos);
    drafts.push({ payment, suggestions, account: to, settles, day: await openDay(ledger, entity.id, payment.day) });
  }
  const entries: LedgerEntry[] = [];
  for (const draft of drafts) entries.push(await paymentEntry(settling, draft.payment, draft.day, draft.account));
  await ledger.post(entries);
  const taken: TakenPayment[] = [];
  for (const { payment, suggestions, account: to, settles, day } of drafts) {
    if (settles.length === 0) {
      taken.push({ payment, account: to, settled: [], leftNanos: payment.amountNanos, suggestions });
      continue;
    }
    const request = { payment: payment.id, documents: settles, rule: 'oldest-first', day, by: payment.by } as const;
    const { parts, leftNanos } = await allocatePayment(settling, request);
    taken.push({ payment, account: to, settled: parts.map(({ balance }) => balance.document), leftNanos, suggestions });
  }
  return taken;
}

interface Draft {
  readonly payment: Payment;
  readonly suggestions: readonly Suggestion[];
  readonly account: string | undefined;
  readonly settles: readonly string[];
  readonly day: string;
}

function lessened(documents: readonly OpenDocument[], settled: readonly string[], amountNanos: bigint): OpenDocument[] {
  const own = documents.filter(({ document }) => settled.includes(document));
  const { parts } = allocateAmount(amountNanos, own, 'oldest-first');
  const taken = new Map(parts.map(({ balance, nanos }) => [balance.document, nanos]));
  return documents.flatMap((each) => {
    const openNanos = each.openNanos - (settled.includes(each.document) ? (taken.get(each.document) ?? 0n) : 0n);
    return openNanos === 0n ? [] : [{ ...each, openNanos }];
  });
}

/** Bank against the payer's account, or against `clearing`; what leaves for an order of ours, against what the order put there. */
async function paymentEntry(settling: Settling, payment: Payment, day: string, account: string | undefined): Promise<LedgerEntry> {
  const reference = paymentReference(payment);
  const { legalEntity, currency, by } = payment;
  const sign = payment.direction === 'in' ? 1n : -1n;
  const who = payment.name === undefined ? '' : payment.direction === 'in' ? ` from ${payment.name}` : ` to ${payment.name}`;
  const late = day === payment.day ? '' : `, on the bank account on ${payment.day}`;
  const cause = { kind: payment.direction === 'in' ? 'payment-in' : 'payment-out', id: reference } as const;
  const description = `payment ${reference}${who}${late}`.slice(0, 400);
  const bank = { ledgerAccount: 'bank' as const, currency, amountNanos: payment.amountNanos * sign };
  const order = payment.direction === 'out' ? await orderOf(settling.books, payment) : undefined;
  if (order !== undefined) {
    const entity = await entityOf(settling.books, legalEntity);
    const conversion = await settling.rates.rateOn(currency, entity.currency, day, await settling.rates.policyOf(legalEntity));
    if (!conversion.ok) throw new RefusedError(...conversion.refusals);
    const own = convert(bank.amountNanos, conversion.value, minorUnits(entity.currency) ?? 2);
    const request = { legalEntity, entityCurrency: entity.currency, day, cause, description, by };
    const more = [currency === entity.currency ? bank : { ...bank, entityAmountNanos: own }];
    return settleEntry(request, [{ balance: order, nanos: order.openNanos }], new Map(), more);
  }
  const side = account === undefined ? { ledgerAccount: 'clearing' as const } : { ledgerAccount: 'unallocated' as const, account };
  const postings = [bank, { ...side, document: reference, currency, amountNanos: -bank.amountNanos }];
  return { legalEntity, day, cause, description, by, postings };
}

/** The order that a payment carries out: its end-to-end reference stands in `clearing` with the same amount. */
async function orderOf(books: Settling['books'], payment: Payment): Promise<OpenBalance | undefined> {
  if (payment.endToEndId === undefined) return undefined;
  const open = await books.openBalances({
    legalEntity: payment.legalEntity,
    ledgerAccounts: ['clearing'],
    documents: [payment.endToEndId],
  });
  return open.find(({ currency, openNanos }) => currency === payment.currency && openNanos === -payment.amountNanos);
}
