/** What must hold of an entry before it is booked. The database holds the sums once more. */
import { formatNanos } from '../money/amount.ts';
import { minorUnits, readCurrency } from '../money/currencies.ts';
import { type Refusal, refuse } from '../refusals.ts';
import { isLocalDate } from '../time/zoned.ts';
import type { LedgerEntry, Posting } from './entry.ts';
import { type LedgerAccount, ledgerAccounts } from './ledger-accounts.ts';

/** Ledger accounts that are kept per billing account. */
const perAccount: ReadonlySet<LedgerAccount> = new Set(['receivable', 'payable', 'unallocated', 'deposits']);

/** Longest texts of an entry; a smallint counts the postings. */
const MOST_POSTINGS = 32_000;

/**
 * The first fault of an entry: `ledger.unbalanced`, `ledger.posting-wrong`. Amounts in the legal entity's currency are looked at
 * only where all postings have them; `undefined` when all is well.
 */
export function entryFault(entry: LedgerEntry): Refusal | undefined {
  const name = entryName(entry);
  if (!isLocalDate(entry.day))
    return refuse('ledger.posting-wrong', `${name}: not a date`, { field: 'day', value: entry.day.slice(0, 120) });
  if (entry.cause.id.trim() === '' || entry.description.trim() === '')
    return refuse('ledger.posting-wrong', `${name}: an entry needs a reference and a description`);
  if (entry.postings.length === 0) return refuse('ledger.unbalanced', `${name} has no postings`);
  if (entry.postings.length > MOST_POSTINGS)
    return refuse('ledger.posting-wrong', `${name} has ${entry.postings.length} postings; ${MOST_POSTINGS} is the most`);
  const sums = new Map<string, bigint>();
  for (const [index, posting] of entry.postings.entries()) {
    const fault = postingFault(posting);
    if (fault !== undefined) return refuse('ledger.posting-wrong', `${name}, posting ${index + 1}: ${fault}`);
    sums.set(posting.currency, (sums.get(posting.currency) ?? 0n) + posting.amountNanos);
  }
  for (const [currency, sum] of sums) {
    if (sum !== 0n) return refuse('ledger.unbalanced', `${name} is off by ${formatNanos(sum, minorUnits(currency))} ${currency}`);
  }
  return undefined;
}

/** Whether amounts in the legal entity's currency sum to zero, once all are there. */
export function entityAmountsFault(entry: LedgerEntry, entityCurrency: string): Refusal | undefined {
  let sum = 0n;
  for (const posting of entry.postings) {
    const own = posting.entityAmountNanos ?? posting.amountNanos;
    if (posting.currency === entityCurrency && own !== posting.amountNanos)
      return refuse('ledger.unbalanced', `${entryName(entry)}: an amount in ${entityCurrency} differs from itself`);
    sum += own;
  }
  if (sum === 0n) return undefined;
  const off = formatNanos(sum, minorUnits(entityCurrency));
  return refuse('ledger.unbalanced', `${entryName(entry)} is off by ${off} ${entityCurrency} in the legal entity’s currency`);
}

export function entryName({ legalEntity, cause }: Pick<LedgerEntry, 'legalEntity' | 'cause'>): string {
  return `${cause.kind} ${cause.id} of ${legalEntity}`;
}

function postingFault(posting: Posting): string | undefined {
  if (!Object.hasOwn(ledgerAccounts, posting.ledgerAccount)) return `there is no ledger account ${posting.ledgerAccount}`;
  if (perAccount.has(posting.ledgerAccount) && posting.account === undefined) return `${posting.ledgerAccount} needs the billing account`;
  if (readCurrency(posting.currency).kind !== 'current') return `${posting.currency} is no currency of today`;
  if (posting.dueDay !== undefined && !isLocalDate(posting.dueDay)) return `the due day ${posting.dueDay} is not a date`;
  return undefined;
}
