/** Deposits: money that a party leaves with us as security. It is owed back, and may be used for what the party does not pay. */
import type { LedgerEntry, Posting } from '#core/ledger/entry.ts';
import { formatNanos, NANO_DECIMALS } from '#core/money/amount.ts';
import { minorUnits } from '#core/money/currencies.ts';
import { parseDecimal, unitsAtScale } from '#core/money/decimal.ts';
import type { Account } from '#core/parties/parties.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { BookedEntry, LedgerBooks } from '../ledger/ports.ts';

export const depositMoves = ['take', 'return', 'use'] as const;

export interface DepositMove {
  readonly kind: (typeof depositMoves)[number];
  readonly account: Account;
  readonly currency: string;
  /** As written, in the currency's decimals. */
  readonly amount: string;
  /** The bank's reference, or another name for this one move: it is booked once. */
  readonly reference: string;
  /** `use`: the document that it settles. */
  readonly document?: string;
  /** Local day of the legal entity. */
  readonly day: string;
  readonly by: string;
}

export interface DepositStanding {
  /** Of the account in the currency. */
  readonly depositNanos: bigint;
  /** What of the document is open on the account in the currency. */
  readonly openNanos: bigint;
  /** Whether this move was booked before: then it is found again, whatever has become of the deposit since. */
  readonly isBooked: boolean;
}

/** Refused by RefusedError: `credit.amount-wrong`, `credit.deposit-short`, `credit.document-settled`, and all that booking refuses. */
export async function moveDeposit(
  books: LedgerBooks,
  move: DepositMove,
  standing: DepositStanding,
): Promise<BookedEntry & { entry: LedgerEntry }> {
  const nanos = nanosOf(move);
  if (!standing.isBooked) {
    if (move.kind !== 'take' && nanos > standing.depositNanos)
      throw new RefusedError(
        refuse(
          'credit.deposit-short',
          `account ${move.account.id} has a deposit of ${formatNanos(standing.depositNanos, 2)} ${move.currency}`,
        ),
      );
    if (move.kind === 'use' && nanos > standing.openNanos)
      throw new RefusedError(
        refuse('credit.document-settled', `${formatNanos(standing.openNanos, 2)} ${move.currency} are open`, {
          value: move.document ?? '',
        }),
      );
  }
  const entry = entryOf(move, nanos);
  const [booked] = await books.post([entry]);
  if (booked === undefined) throw new Error('one entry was booked and none came back');
  return { ...booked, entry };
}

function nanosOf({ amount, currency }: DepositMove): bigint {
  const read = parseDecimal(amount);
  if (read === undefined || read.units <= 0n || read.scale > (minorUnits(currency) ?? 0))
    throw new RefusedError(refuse('credit.amount-wrong', `not an amount of ${currency} above zero`, { value: amount.slice(0, 120) }));
  return unitsAtScale(read, NANO_DECIMALS);
}

const WORDS = { take: 'Deposit taken', return: 'Deposit returned', use: 'Deposit used' } as const;

function entryOf({ kind, account, currency, reference, document, day, by }: DepositMove, nanos: bigint): LedgerEntry {
  const deposit: Posting = { ledgerAccount: 'deposits', account: account.id, currency, amountNanos: kind === 'take' ? -nanos : nanos };
  const other: Posting =
    kind === 'use'
      ? { ledgerAccount: 'receivable', account: account.id, currency, amountNanos: -nanos, ...(document === undefined ? {} : { document }) }
      : { ledgerAccount: 'bank', currency, amountNanos: kind === 'take' ? nanos : -nanos };
  return {
    legalEntity: account.legalEntity,
    day,
    cause: { kind: 'deposit', id: `${account.id} ${kind} ${reference}` },
    description: `${WORDS[kind]}, ${account.id}: ${reference}${document === undefined ? '' : ` for ${document}`}`,
    by,
    postings: [deposit, other],
  };
}
