/** Unrealised differences of exchange: what balances in foreign currencies are worth at a period's end, taken back on the next day. */
import { minorUnits } from '../money/currencies.ts';
import { type Conversion, conversionText, convert } from '../money/exchange.ts';
import type { LedgerEntry, Posting } from './entry.ts';
import { type LedgerAccount, ledgerAccounts } from './ledger-accounts.ts';

export interface ForeignBalance {
  readonly ledgerAccount: LedgerAccount;
  readonly account?: string;
  readonly currency: string;
  readonly amountNanos: bigint;
  /** As it was booked, in the legal entity's currency. */
  readonly entityNanos: bigint;
}

/**
 * Balances that are revalued: assets and liabilities. `clearing` only passes amounts on, from one currency to another at a rate that is
 * settled already; opening balances and results stay at the rate of their day.
 */
export function isRevalued({ ledgerAccount, amountNanos, entityNanos }: ForeignBalance): boolean {
  const kind = ledgerAccounts[ledgerAccount];
  return (kind === 'asset' || kind === 'liability') && ledgerAccount !== 'clearing' && (amountNanos !== 0n || entityNanos !== 0n);
}

export interface RevaluationRequest {
  readonly legalEntity: string;
  /** Of the legal entity. */
  readonly currency: string;
  /** Last day of the period. */
  readonly day: string;
  /** How many times the day was revalued before: each time only what changed since is booked. */
  readonly before: number;
  readonly by: string;
}

/**
 * The entry at the period's end and its reversal on the next day; none where nothing differs. Postings have amount 0 in their foreign
 * currency: only what they are worth changes. `conversions` has every currency of the balances.
 */
export function revaluationEntries(
  { legalEntity, currency, day, by, before }: RevaluationRequest,
  balances: readonly ForeignBalance[],
  conversions: ReadonlyMap<string, Conversion>,
): readonly LedgerEntry[] {
  const postings: Posting[] = [];
  for (const balance of balances.filter(isRevalued)) {
    const conversion = conversions.get(balance.currency);
    if (conversion === undefined) throw new Error(`no conversion of ${balance.currency} was given`);
    const change = convert(balance.amountNanos, conversion, minorUnits(currency) ?? 2) - balance.entityNanos;
    if (change === 0n) continue;
    const own = { currency: balance.currency, amountNanos: 0n };
    postings.push(
      {
        ledgerAccount: balance.ledgerAccount,
        ...(balance.account === undefined ? {} : { account: balance.account }),
        ...own,
        entityAmountNanos: change,
      },
      { ledgerAccount: 'exchange-unrealised', ...own, entityAmountNanos: -change },
    );
  }
  if (postings.length === 0) return [];
  const exchange = [...conversions].map(([of, conversion]) => ({
    currency: of,
    rate: conversionText(conversion),
    source: conversion.source,
    day: conversion.day,
  }));
  const next = Temporal.PlainDate.from(day).add({ days: 1 }).toString();
  const cause = { kind: 'exchange', id: `unrealised@${day}${before === 0 ? '' : `/${before + 1}`}` } as const;
  const mirrored = postings.map((posting) => ({ ...posting, entityAmountNanos: -(posting.entityAmountNanos ?? 0n) }));
  const common = { legalEntity, by, exchange };
  return [
    { ...common, day, cause, description: `balances in foreign currencies at the rates of ${day}`, postings },
    {
      ...common,
      day: next,
      cause: { kind: 'exchange', id: `${cause.id}@reversal` },
      corrects: cause,
      description: `balances in foreign currencies of ${day} taken back`,
      postings: mirrored,
    },
  ];
}
