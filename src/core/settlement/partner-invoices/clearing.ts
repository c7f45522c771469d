/** What was expected of a partner (cost against `unbilled-payable`) is taken back when its invoice is booked: never both. */
import type { LedgerEntry, Posting } from '../../ledger/entry.ts';
import { minorUnits } from '../../money/currencies.ts';
import { divideRounded } from '../../money/rounding.ts';
import type { Period } from '../../time/period.ts';
import type { Service } from '../../usage/usage-event.ts';
import type { Cover } from './partner-invoice.ts';

/** What stands expected of one statement and service: what was accrued less what was taken back. */
export interface Expected {
  /** `agreement@period@version`. */
  readonly statement: string;
  readonly agreement: string;
  readonly period: Period;
  readonly legalEntity: string;
  readonly account: string;
  readonly service?: Service;
  readonly currency: string;
  /** Above zero: we expect to pay. */
  readonly openNanos: bigint;
  /** As it was booked, in the legal entity's currency. */
  readonly openEntityNanos: bigint;
}

/** What of it a cover is about: its days, its services, and its currency where anything was expected in that. */
export function expectedOf(cover: Cover, currency: string, all: readonly Expected[]): readonly Expected[] {
  const own = all.filter(
    ({ agreement, period, service }) =>
      agreement === cover.agreement &&
      period.from < cover.period.to &&
      cover.period.from < period.to &&
      (cover.services === undefined || service === undefined || cover.services.includes(service)),
  );
  const same = own.filter((each) => each.currency === currency);
  return same.length > 0 ? same : own;
}

/** Statements that lie only in part within the days: what is expected of them cannot be taken back whole. */
export function cutStatements(cover: Cover, expected: readonly Expected[]): readonly string[] {
  const cut = expected.filter(({ period }) => period.from < cover.period.from || period.to > cover.period.to);
  return [...new Set(cut.map(({ statement }) => statement))];
}

export interface ClearingRequest {
  /** Under what the invoice is booked: `northwind/4711`. */
  readonly reference: string;
  readonly description: string;
  /** Of the invoice. */
  readonly currency: string;
  /** Of the legal entity. */
  readonly entityCurrency: string;
  readonly day: string;
  readonly by: string;
  /** Of each cover at most its net is taken back, from the oldest statement on; else all that is expected of it. */
  readonly moreToCome: boolean;
}

/** One entry for each statement and currency: the mirror of what was booked of it, at what it was worth then. */
export function clearingEntries(covers: readonly Cover[], all: readonly Expected[], request: ClearingRequest): readonly LedgerEntry[] {
  const taken = new Map<Expected, bigint>();
  for (const cover of covers) {
    let left = request.moreToCome ? cover.netNanos : undefined;
    for (const each of expectedOf(cover, request.currency, all).toSorted(byFirstDay)) {
      const open = each.openNanos - (taken.get(each) ?? 0n);
      const nanos = left === undefined || open <= left ? open : left < 0n ? 0n : left;
      if (left !== undefined) left -= nanos;
      taken.set(each, (taken.get(each) ?? 0n) + nanos);
    }
  }
  const parts = [...taken].filter(([, nanos]) => nanos !== 0n);
  return [...Map.groupBy(parts, ([{ statement, currency }]) => `${statement} ${currency}`).values()].flatMap((own): LedgerEntry[] => {
    const first = own[0]?.[0];
    if (first === undefined) return [];
    const accrual = { kind: 'accrual', id: `${first.statement}/payable/${first.currency}` } as const;
    return [
      {
        legalEntity: first.legalEntity,
        day: request.day,
        cause: { kind: 'accrual-reversal', id: `${accrual.id}/${request.reference}` },
        description: request.description,
        corrects: accrual,
        by: request.by,
        postings: own.flatMap(([of, nanos]) => clearingPostings(of, nanos, request.entityCurrency)),
      },
    ];
  });
}

function byFirstDay(a: Expected, b: Expected): number {
  return a.period.from < b.period.from ? -1 : a.period.from > b.period.from ? 1 : 0;
}

function clearingPostings(of: Expected, nanos: bigint, entityCurrency: string): Posting[] {
  const { statement, agreement, account, service, currency } = of;
  const about = { agreement, currency, ...(service === undefined ? {} : { service }) };
  const worth = currency === entityCurrency ? undefined : worthOf(of, nanos, entityCurrency);
  const valued = (sign: bigint) => (worth === undefined ? {} : { entityAmountNanos: sign * worth });
  return [
    { ledgerAccount: 'unbilled-payable', ...about, account, document: statement, amountNanos: nanos, ...valued(1n) },
    { ledgerAccount: 'cost', ...about, amountNanos: -nanos, ...valued(-1n) },
  ];
}

/** The last part takes all that is left. */
function worthOf({ openNanos, openEntityNanos }: Expected, nanos: bigint, entityCurrency: string): bigint {
  if (nanos === openNanos) return openEntityNanos;
  const unit = 10n ** BigInt(9 - (minorUnits(entityCurrency) ?? 2));
  const sign = openNanos < 0n ? -1n : 1n;
  return divideRounded(openEntityNanos * nanos * sign, openNanos * sign * unit, 'half-up') * unit;
}
