/** What is left of each destination: receivable less payable for the same events, per currency. Nothing is converted. */
import type { Service } from '../usage/usage-event.ts';

/** Events of one destination with the same currencies on both sides, added up. */
export interface MarginGroup {
  readonly service: Service;
  /** As the receivable leg names it; as the payable leg does when there is no receivable. */
  readonly destination: string;
  /** Undefined when the events have no leg of the side. */
  readonly receivableCurrency: string | undefined;
  readonly payableCurrency: string | undefined;
  readonly events: bigint;
  readonly answered: bigint;
  /** Billed to the partner that sent it, and by the one that took it: voice in seconds, data in bytes. */
  readonly receivableBilled: bigint;
  readonly payableBilled: bigint;
  readonly receivableNanos: bigint;
  readonly payableNanos: bigint;
}

export interface MarginLine extends MarginGroup {
  /** Receivable less payable; undefined when the two sides are in different currencies. */
  readonly marginNanos: bigint | undefined;
}

/** All events of one currency, whatever the other side's is. */
export interface MarginTotal {
  readonly currency: string;
  readonly receivableNanos: bigint;
  readonly payableNanos: bigint;
  readonly differenceNanos: bigint;
}

export interface Margin {
  readonly lines: readonly MarginLine[];
  readonly totals: readonly MarginTotal[];
  /** Whether some events have their two sides in different currencies. */
  readonly mixed: boolean;
}

const collator = new Intl.Collator('en', { numeric: true });

/** Lines by service, destination and currencies, and the sums of each currency. */
export function marginOf(groups: readonly MarginGroup[]): Margin {
  const lines = groups.map((group) => ({ ...group, marginNanos: marginNanos(group) })).sort(compareLines);
  return { lines, totals: totalsOf(groups), mixed: lines.some((line) => line.marginNanos === undefined) };
}

/** A side without a leg owes nothing in any currency, so the other side's currency is the margin's. */
function marginNanos(group: MarginGroup): bigint | undefined {
  const { receivableCurrency, payableCurrency, receivableNanos, payableNanos } = group;
  if (receivableCurrency !== undefined && payableCurrency !== undefined && receivableCurrency !== payableCurrency) return undefined;
  return receivableNanos - payableNanos;
}

function compareLines(a: MarginLine, b: MarginLine): number {
  return (
    compareText(a.service, b.service) ||
    collator.compare(a.destination, b.destination) ||
    compareText(a.destination, b.destination) ||
    compareText(a.receivableCurrency ?? '', b.receivableCurrency ?? '') ||
    compareText(a.payableCurrency ?? '', b.payableCurrency ?? '')
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function totalsOf(groups: readonly MarginGroup[]): MarginTotal[] {
  const sums = new Map<string, { receivableNanos: bigint; payableNanos: bigint }>();
  const sumOf = (currency: string) => {
    const sum = sums.get(currency) ?? { receivableNanos: 0n, payableNanos: 0n };
    sums.set(currency, sum);
    return sum;
  };
  for (const group of groups) {
    if (group.receivableCurrency !== undefined) sumOf(group.receivableCurrency).receivableNanos += group.receivableNanos;
    if (group.payableCurrency !== undefined) sumOf(group.payableCurrency).payableNanos += group.payableNanos;
  }
  return [...sums]
    .sort(([a], [b]) => compareText(a, b))
    .map(([currency, sum]) => ({ currency, ...sum, differenceNanos: sum.receivableNanos - sum.payableNanos }));
}
