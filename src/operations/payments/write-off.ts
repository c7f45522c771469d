/** What is not expected any more, and interest on what came late. */
import type { LedgerEntry } from '#core/ledger/entry.ts';
import { formatNanos } from '#core/money/amount.ts';
import type { Decimal } from '#core/money/decimal.ts';
import { type InterestStep, lateInterest } from '#core/payments/late-interest.ts';
import { carryingShare, settleEntry } from '#core/payments/settle.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { PaymentBooks } from './ports.ts';
import { entityOf, named, openDay, type Settling } from './settling.ts';

export interface WriteOffRequest {
  readonly legalEntity: string;
  readonly document: string;
  /** Of what is open; all of it unless given. */
  readonly amountNanos?: bigint;
  readonly day: string;
  readonly why: string;
  readonly by: string;
}

/** The entry that takes a receivable off the books; the caller books it, or lets it wait for a second person. */
export async function writeOffEntry(settling: Settling, request: WriteOffRequest): Promise<LedgerEntry> {
  const { books, ledger } = settling;
  const { legalEntity, document } = request;
  await books.lock(legalEntity);
  const entity = await entityOf(books, legalEntity);
  const open = await books.openBalances({ legalEntity, ledgerAccounts: ['receivable'], documents: [document] });
  const [balance] = named([document], open);
  const waiting = balance === undefined ? 0n : ((await books.waitingWriteOffs(legalEntity, document)).get(balance.currency) ?? 0n);
  const left = (balance?.openNanos ?? 0n) - waiting;
  const nanos = request.amountNanos ?? left;
  if (balance !== undefined && waiting > 0n && nanos > left) {
    const said = `${formatNanos(waiting)} ${balance.currency} of ${document} waits to be written off, of ${formatNanos(balance.openNanos)}`;
    throw new RefusedError(refuse('payment.write-off-waiting', said, { value: document.slice(0, 120) }));
  }
  if (balance === undefined || nanos <= 0n || nanos > left)
    throw new RefusedError(refuse('payment.amount-wrong', `less is open of ${document}, or it is not above zero`));
  const n = await books.freeNumber(legalEntity, 'write-off', `${document}/`);
  const carrying = carryingShare(balance, nanos, entity.currency);
  return settleEntry(
    {
      legalEntity,
      entityCurrency: entity.currency,
      day: await openDay(ledger, legalEntity, request.day),
      cause: { kind: 'write-off', id: `${document}/${n}` },
      description: `${document} written off: ${request.why}`.slice(0, 400),
      by: request.by,
    },
    [{ balance, nanos }],
    new Map(),
    [
      {
        ledgerAccount: 'write-off',
        document,
        currency: balance.currency,
        amountNanos: nanos,
        ...(balance.currency === entity.currency ? {} : { entityAmountNanos: carrying }),
      },
    ],
  );
}

/** A write-off that waited: whether as much is still open as it takes off. Other entries pass. Refused: `payment.less-open`. */
export async function checkWriteOff(books: PaymentBooks, { legalEntity, cause, postings }: LedgerEntry): Promise<void> {
  if (cause.kind !== 'write-off') return;
  await books.lock(legalEntity);
  for (const { ledgerAccount, document, account, currency, amountNanos } of postings) {
    if (ledgerAccount !== 'receivable' || document === undefined) continue;
    const open = await books.openBalances({ legalEntity, ledgerAccounts: ['receivable'], documents: [document] });
    const left = open.find((balance) => balance.account === account && balance.currency === currency)?.openNanos ?? 0n;
    if (left >= -amountNanos) continue;
    const said = `${formatNanos(left)} ${currency} of ${document} is open, and ${formatNanos(-amountNanos)} would be written off`;
    throw new RefusedError(refuse('payment.less-open', said, { value: document.slice(0, 120) }));
  }
}

export interface InterestRequest {
  readonly legalEntity: string;
  readonly document: string;
  /** Per cent a year. */
  readonly percent: Decimal;
  readonly until: string;
  readonly by: string;
}

export interface Interest {
  readonly account: string;
  readonly currency: string;
  readonly nanos: bigint;
  readonly steps: readonly InterestStep[];
  /** `INV-1-interest-2026-10-31`: the document of the receivable. */
  readonly document: string;
}

/** What a document that was paid late, or is not paid yet, bears up to a day. Refused: `payment.document-not-open`. */
export async function interestOf({ books }: Settling, { legalEntity, document, percent, until }: InterestRequest): Promise<Interest> {
  const found = await books.changesOf(legalEntity, document);
  if (found === undefined)
    throw new RefusedError(
      refuse('payment.document-not-open', `${legalEntity} has no receivable ${document} with a due day`, { value: document.slice(0, 120) }),
    );
  const { account, currency, dueDay, changes } = found;
  return { account, currency, ...lateInterest(changes, dueDay, until, percent, currency), document: `${document}-interest-${until}` };
}

/** Claims it: a receivable of its own, due at once. Booked once for a document and day. */
export async function bookInterest(settling: Settling, request: InterestRequest): Promise<Interest> {
  const { books, ledger } = settling;
  await books.lock(request.legalEntity);
  const interest = await interestOf(settling, request);
  if (interest.nanos === 0n) return interest;
  const day = await openDay(ledger, request.legalEntity, request.until);
  const { account, currency, document, nanos } = interest;
  await ledger.post([
    {
      legalEntity: request.legalEntity,
      day,
      cause: { kind: 'interest', id: document },
      description: `interest on ${request.document} up to ${request.until}`,
      by: request.by,
      postings: [
        { ledgerAccount: 'receivable', account, document, dueDay: day, currency, amountNanos: nanos },
        { ledgerAccount: 'interest-income', currency, amountNanos: -nanos },
      ],
    },
  ]);
  return interest;
}
