/** The one entry by which open items are settled: against a payment, against each other, or written off; with the difference of exchange. */
import type { EntryCause, LedgerEntry, Posting } from '../ledger/entry.ts';
import type { LedgerAccount } from '../ledger/ledger-accounts.ts';
import { minorUnits } from '../money/currencies.ts';
import { type Conversion, convert } from '../money/exchange.ts';
import { divideRounded } from '../money/rounding.ts';

/** A balance of the ledger that is open: of a document, of a payment. Debit above zero. */
export interface OpenBalance {
  readonly ledgerAccount: LedgerAccount;
  readonly account?: string;
  /** Number of the invoice, or reference of the payment. */
  readonly document: string;
  readonly currency: string;
  readonly dueDay?: string;
  /** Day of its first entry. */
  readonly firstDay: string;
  readonly openNanos: bigint;
  /** As it was booked, in the legal entity's currency. */
  readonly openEntityNanos: bigint;
}

/** How much of a balance is settled: of the sign of what is open, and no more. */
export interface Part {
  readonly balance: OpenBalance;
  readonly nanos: bigint;
}

export interface SettleRequest {
  readonly legalEntity: string;
  /** Of the legal entity. */
  readonly entityCurrency: string;
  readonly day: string;
  readonly cause: EntryCause;
  readonly description: string;
  readonly by: string;
  readonly corrects?: EntryCause;
}

/**
 * Takes the parts out of their balances at what they were booked at. Currencies that do not balance by themselves are balanced through
 * `clearing`, worth what `toEntity` says; what then is missing in the legal entity's currency is the realised difference of exchange.
 * `toEntity` has a conversion of each foreign currency where there are several currencies.
 */
export function settleEntry(
  request: SettleRequest,
  parts: readonly Part[],
  toEntity: ReadonlyMap<string, Conversion>,
  more: readonly Posting[] = [],
): LedgerEntry {
  const { entityCurrency, legalEntity, day, cause, description, by, corrects } = request;
  const postings: Posting[] = parts.map(({ balance, nanos }) => ({
    ledgerAccount: balance.ledgerAccount,
    ...(balance.account === undefined ? {} : { account: balance.account }),
    document: balance.document,
    ...(balance.dueDay === undefined ? {} : { dueDay: balance.dueDay }),
    currency: balance.currency,
    amountNanos: -nanos,
    ...worth(balance.currency, entityCurrency, -carryingShare(balance, nanos, entityCurrency)),
  }));
  postings.push(...more);
  postings.push(...clearingOf(sums(postings), cause.id, entityCurrency, toEntity, worthOf(postings)));
  const off = worthOf(postings);
  const foreign = postings.find(({ currency }) => currency !== entityCurrency)?.currency;
  if (off !== 0n) {
    if (foreign === undefined) throw new Error(`${cause.id} is off by ${off} without a foreign currency`);
    const ledgerAccount = off > 0n ? 'exchange-gain' : 'exchange-loss';
    postings.push({ ledgerAccount, currency: foreign, amountNanos: 0n, entityAmountNanos: -off });
  }
  return { legalEntity, day, cause, description, by, ...(corrects === undefined ? {} : { corrects }), postings };
}

function worthOf(postings: readonly Posting[]): bigint {
  return postings.reduce((sum, each) => sum + (each.entityAmountNanos ?? each.amountNanos), 0n);
}

/** What passes from one currency into another is worth the same on both sides: the last posting balances the others. */
function clearingOf(
  off: ReadonlyMap<string, bigint>,
  document: string,
  entityCurrency: string,
  toEntity: ReadonlyMap<string, Conversion>,
  worthOff: bigint,
): readonly Posting[] {
  const open = [...off].filter(([, sum]) => sum !== 0n).toSorted(([a], [b]) => Number(b === entityCurrency) - Number(a === entityCurrency));
  const [only] = open;
  // Converted item by item, others can balance to the unit and leave some of one currency: that is rounding, and nothing to clear.
  if (only !== undefined && open.length === 1) {
    const [currency, sum] = only;
    return [{ ledgerAccount: 'rounding', currency, amountNanos: -sum, ...worth(currency, entityCurrency, -worthOff) }];
  }
  let total = 0n;
  return open.map(([currency, sum], index): Posting => {
    let own = -total;
    if (index < open.length - 1) {
      const conversion = toEntity.get(currency);
      if (currency !== entityCurrency && conversion === undefined) throw new Error(`no conversion of ${currency} was given`);
      own = conversion === undefined || currency === entityCurrency ? -sum : convert(-sum, conversion, minorUnits(entityCurrency) ?? 2);
    }
    total += own;
    return { ledgerAccount: 'clearing', document, currency, amountNanos: -sum, ...worth(currency, entityCurrency, own) };
  });
}

function worth(currency: string, entityCurrency: string, nanos: bigint): { readonly entityAmountNanos?: bigint } {
  return currency === entityCurrency ? {} : { entityAmountNanos: nanos };
}

/** What a part of a balance was booked at: the last part takes all that is left. */
export function carryingShare(balance: OpenBalance, nanos: bigint, entityCurrency: string): bigint {
  if (balance.currency === entityCurrency) return nanos;
  if (nanos === balance.openNanos) return balance.openEntityNanos;
  const unit = 10n ** BigInt(9 - (minorUnits(entityCurrency) ?? 2));
  const sign = balance.openNanos < 0n ? -1n : 1n;
  return divideRounded(balance.openEntityNanos * nanos * sign, balance.openNanos * sign * unit, 'half-up') * unit;
}

function sums(postings: readonly Posting[]): ReadonlyMap<string, bigint> {
  const all = new Map<string, bigint>();
  for (const { currency, amountNanos } of postings) all.set(currency, (all.get(currency) ?? 0n) + amountNanos);
  return all;
}
