/** Which documents a payment settles. */
import { allocate } from '../money/allocate.ts';
import { minorUnits } from '../money/currencies.ts';
import type { OpenBalance, Part } from './settle.ts';

export const allocationRules = ['oldest-first', 'pro-rata'] as const;
export type AllocationRule = (typeof allocationRules)[number];

/**
 * Shares an amount (above zero) out over open items of one currency and one side. Never more than is open of an item; what no item
 * takes is left: the parts and what is left add up to the amount. `oldest-first` goes by due day, then first day, then number;
 * `pro-rata` by what is open, in whole smallest units.
 */
export function allocateAmount(
  amountNanos: bigint,
  items: readonly OpenBalance[],
  rule: AllocationRule,
): { readonly parts: readonly Part[]; readonly leftNanos: bigint } {
  const sorted = items.toSorted(byAge);
  const open = sorted.map(({ openNanos }) => (openNanos < 0n ? -openNanos : openNanos));
  const all = open.reduce((sum, each) => sum + each, 0n);
  const taken = smaller(amountNanos, all);
  const shares = rule === 'oldest-first' ? inTurn(taken, open) : proRata(taken, open, minorUnits(items[0]?.currency ?? '') ?? 9);
  const parts = sorted.flatMap((balance, index): Part[] => {
    const share = shares[index] ?? 0n;
    return share === 0n ? [] : [{ balance, nanos: balance.openNanos < 0n ? -share : share }];
  });
  return { parts, leftNanos: amountNanos - taken };
}

function inTurn(amount: bigint, open: readonly bigint[]): readonly bigint[] {
  let left = amount;
  return open.map((each) => {
    const share = smaller(left, each);
    left -= share;
    return share;
  });
}

/** Whole smallest units, and the rest of a fraction of one to those that can take it; none gets more than is open. */
function proRata(amount: bigint, open: readonly bigint[], decimals: number): readonly bigint[] {
  const unit = 10n ** BigInt(9 - decimals);
  const shares = allocate(amount / unit, open).map((units, index) => {
    const share = units * unit;
    return share > (open[index] ?? 0n) ? (open[index] ?? 0n) : share;
  });
  let left = shares.reduce((rest, share) => rest - share, amount);
  return shares.map((share, index) => {
    const room = (open[index] ?? 0n) - share;
    const more = smaller(left, room);
    left -= more;
    return share + more;
  });
}

/** Math.min is for numbers only. */
export function smaller(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}

export function byAge(a: OpenBalance, b: OpenBalance): number {
  const [dueA, dueB] = [a.dueDay ?? a.firstDay, b.dueDay ?? b.firstDay];
  if (dueA !== dueB) return dueA < dueB ? -1 : 1;
  if (a.firstDay !== b.firstDay) return a.firstDay < b.firstDay ? -1 : 1;
  return a.document < b.document ? -1 : a.document > b.document ? 1 : 0;
}
