/**
 * What was expected of a partner (cost against `unbilled-payable`, `unbilled-receivable` against revenue) is taken back when its invoice is
 * booked: never both.
 */
import type { Side } from '../../agreements/agreements.ts';
import type { LedgerEntry, Posting } from '../../ledger/entry.ts';
import { minorUnits } from '../../money/currencies.ts';
import { divideRounded } from '../../money/rounding.ts';
import type { Period } from '../../time/period.ts';
import type { Service } from '../../usage/usage-event.ts';
import type { Cover } from './partner-invoice.ts';

/** What stands expected of one statement, side and service: what was accrued less what was taken back. */
export interface Expected {
  readonly side: Side;
  /** `agreement@period@version`. */
  readonly statement: string;
  readonly agreement: string;
  readonly period: Period;
  readonly legalEntity: string;
  readonly account: string;
  readonly service?: Service;
  readonly currency: string;
  /** Above zero: we expect to pay; receivable: to be paid. */
  readonly openNanos: bigint;
  /** As it was booked, in the legal entity's currency. */
  readonly openEntityNanos: bigint;
}

/** What of it a cover is about: its side, days and services, and its currency where anything was expected in that. */
export function expectedOf(
  cover: Cover,
  { currency, side: asked }: { readonly currency: string; readonly side: Side },
  all: readonly Expected[],
): readonly Expected[] {
  const own = all.filter(
    ({ side, agreement, period, service }) =>
      side === asked &&
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
  readonly side: Side;
  readonly currency: string;
  /** Of the legal entity. */
  readonly entityCurrency: string;
  readonly day: string;
  readonly by: string;
  /** Of each cover at most its net is taken back, from the oldest statement on; else all that is expected of it. */
  readonly moreToCome: boolean;
  /** Of covers: so much stays expected, for it is claimed; of the newest statements. */
  readonly keeps?: ReadonlyMap<Cover, bigint>;
}

/** What a document takes back of each: of its covers all, or what it asks for, or all but what is claimed besides. */
export function clearingEntries(covers: readonly Cover[], all: readonly Expected[], request: ClearingRequest): readonly LedgerEntry[] {
  const taken = new Map<Expected, bigint>();
  for (const cover of covers) {
    const own = expectedOf(cover, request, all);
    const open = (each: Expected): bigint => each.openNanos - (taken.get(each) ?? 0n);
    const kept = request.keeps?.get(cover) ?? 0n;
    const most = request.moreToCome ? cover.netNanos : kept === 0n ? undefined : own.reduce((sum, each) => sum + open(each), -kept);
    take(taken, own.toSorted(byFirstDay), open, most);
  }
  return entriesOf(taken, request);
}

/**
 * What was claimed beyond a document is expected no more, for it was paid or given up: at most so much is taken back, from the newest
 * statement on, where claims were left standing.
 */
export function claimEndedEntries(
  covers: readonly Cover[],
  all: readonly Expected[],
  claimedNanos: bigint,
  request: Omit<ClearingRequest, 'moreToCome' | 'keeps'>,
): readonly LedgerEntry[] {
  const own = [...new Set(covers.flatMap((cover) => expectedOf(cover, request, all)))].filter(
    ({ currency }) => currency === request.currency,
  );
  const taken = new Map<Expected, bigint>();
  take(taken, own.toSorted(byFirstDay).toReversed(), ({ openNanos }) => openNanos, claimedNanos);
  return entriesOf(taken, request);
}

/** From the first on, in all at most so much; all of it where nothing is said. */
function take(
  taken: Map<Expected, bigint>,
  from: readonly Expected[],
  open: (each: Expected) => bigint,
  mostNanos: bigint | undefined,
): void {
  let left = mostNanos;
  for (const each of from) {
    const there = open(each);
    const nanos = left === undefined || there <= left ? there : left < 0n ? 0n : left;
    if (left !== undefined) left -= nanos;
    taken.set(each, (taken.get(each) ?? 0n) + nanos);
  }
}

/** One entry for each statement and currency: the mirror of what was booked of it, at what it was worth then. */
function entriesOf(taken: ReadonlyMap<Expected, bigint>, request: Omit<ClearingRequest, 'moreToCome'>): readonly LedgerEntry[] {
  const parts = [...taken].filter(([, nanos]) => nanos !== 0n);
  return [...Map.groupBy(parts, ([{ statement, currency }]) => `${statement} ${currency}`).values()].flatMap((own): LedgerEntry[] => {
    const first = own[0]?.[0];
    if (first === undefined) return [];
    const accrual = { kind: 'accrual', id: `${first.statement}/${first.side}/${first.currency}` } as const;
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
  const { side, statement, agreement, account, service, currency } = of;
  const about = { agreement, currency, ...(service === undefined ? {} : { service }) };
  const worth = currency === entityCurrency ? undefined : worthOf(of, nanos, entityCurrency);
  const valued = (sign: bigint) => (worth === undefined ? {} : { entityAmountNanos: sign * worth });
  const document = statement;
  return side === 'payable'
    ? [
        { ledgerAccount: 'unbilled-payable', ...about, account, document, amountNanos: nanos, ...valued(1n) },
        { ledgerAccount: 'cost', ...about, amountNanos: -nanos, ...valued(-1n) },
      ]
    : [
        { ledgerAccount: 'revenue', ...about, amountNanos: nanos, ...valued(1n) },
        { ledgerAccount: 'unbilled-receivable', ...about, account, document, amountNanos: -nanos, ...valued(-1n) },
      ];
}

/**
 * How much of what is claimed goes on which cover: on what its invoice leaves out of what is expected there, in the order of the covers.
 * `left` of it has no place: more is claimed than is left out.
 */
export function claimedOf(
  covers: readonly Cover[],
  of: { readonly currency: string; readonly side: Side },
  all: readonly Expected[],
  claimedNanos: bigint,
): { readonly keeps: ReadonlyMap<Cover, bigint>; readonly left: bigint } {
  const keeps = new Map<Cover, bigint>();
  let left = claimedNanos;
  for (const cover of covers) {
    const out = expectedOf(cover, of, all).reduce((sum, { openNanos }) => sum + openNanos, -cover.netNanos);
    if (out <= 0n) continue;
    if (out >= left) return { keeps: keeps.set(cover, left), left: 0n };
    keeps.set(cover, out);
    left -= out;
  }
  return { keeps, left };
}

/** The last part takes all that is left. */
function worthOf({ openNanos, openEntityNanos }: Expected, nanos: bigint, entityCurrency: string): bigint {
  if (nanos === openNanos) return openEntityNanos;
  const unit = 10n ** BigInt(9 - (minorUnits(entityCurrency) ?? 2));
  const sign = openNanos < 0n ? -1n : 1n;
  return divideRounded(openEntityNanos * nanos * sign, openNanos * sign * unit, 'half-up') * unit;
}
