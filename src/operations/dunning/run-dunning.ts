/** Makes the letters of a day: each account in a transaction of its own, each letter once, with its fee booked and its hold set. */
import type { LedgerEntry } from '#core/ledger/entry.ts';
import type { DunningTerms } from '#core/parties/dunning-terms.ts';
import { isHeld, type Notice, noticeOn } from '#core/payments/dunning.ts';
import type { LedgerBooks } from '../ledger/ports.ts';
import type { DunningBooks, OverdueAccount, StoredNotice } from './ports.ts';

export interface DunningRequest {
  readonly legalEntity: string;
  readonly terms: DunningTerms;
  readonly day: string;
  readonly by: string;
}

export interface MadeNotice {
  readonly notice: StoredNotice;
  /** It was made before. */
  readonly isNew: boolean;
  readonly newlyHeld: boolean;
}

/** Of one account, all its currencies. What was made on this day before is found again. */
export async function dunAccount(
  books: DunningBooks,
  ledger: LedgerBooks,
  account: string,
  { legalEntity, terms, day, by }: DunningRequest,
): Promise<readonly MadeNotice[]> {
  await books.lock(account);
  const made: MadeNotice[] = [];
  for (const overdue of await books.overdue(legalEntity, day, account)) {
    const { currency, documents } = overdue;
    const before = await books.noticeOf(legalEntity, account, currency, day);
    if (before !== undefined) {
      made.push({ notice: before, isNew: false, newlyHeld: false });
      continue;
    }
    const due = noticeOn(day, currency, documents, terms);
    if (due === undefined) continue;
    made.push(await make(books, ledger, overdue, due, { legalEntity, terms, day, by }));
  }
  return made;
}

async function make(
  books: DunningBooks,
  ledger: LedgerBooks,
  { account, currency, documents }: OverdueAccount,
  due: Notice,
  { legalEntity, terms, day, by }: DunningRequest,
): Promise<MadeNotice> {
  const stage = terms.stages[due.stage - 1];
  if (stage === undefined) throw new Error(`there is no stage ${due.stage}`);
  const before = new Map(documents.map((one) => [one.document, one.stage]));
  const moved = due.lines.filter((line) => line.stage > (before.get(line.document) ?? 0)).map(({ document }) => document);
  const content = { ...due, legalEntity, account: account.id, currency, day, stageName: stage.name, tone: stage.tone };
  const notice = await books.save(content, moved, by);
  if (notice.feeNanos > 0n) await ledger.post([feeEntry(notice, by)]);
  const newlyHeld = notice.hold && (await books.hold(account.id, day, `${notice.number}, ${stage.name}`, by));
  return { notice, isNew: true, newlyHeld };
}

function feeEntry({ legalEntity, account, currency, day, number, feeNanos, payBy, stageName }: StoredNotice, by: string): LedgerEntry {
  return {
    legalEntity,
    day,
    cause: { kind: 'interest', id: number },
    description: `Fee of ${number}, ${stageName}`,
    by,
    postings: [
      { ledgerAccount: 'receivable', account, document: number, dueDay: payBy, currency, amountNanos: feeNanos },
      { ledgerAccount: 'fees', currency, amountNanos: -feeNanos },
    ],
  };
}

/** Releases an account that a letter put on hold and that owes nothing any more at such a stage. True when it was released. */
export async function releaseIfPaid(
  books: DunningBooks,
  account: string,
  { legalEntity, terms, day, by }: DunningRequest,
): Promise<boolean> {
  await books.lock(account);
  const overdue = await books.overdue(legalEntity, day, account);
  if (overdue.some(({ documents }) => isHeld(day, documents, terms))) return false;
  return books.release(account, day, 'what was overdue is settled, paused or disputed', by);
}
