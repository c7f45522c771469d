/** How much a party owes or will owe, against what it may: exposure and its limits. */
import { NANO_DECIMALS } from '../money/amount.ts';
import { decimal, unitsAtScale } from '../money/decimal.ts';
import type { CreditTerms } from '../parties/credit-terms.ts';

/** All in the account's currency, in nanos, above zero where the party owes (deposits and payments: where it gave). */
export interface ExposureParts {
  /** Charges of days that no statement covers yet. */
  readonly unbilledNanos: bigint;
  /** Documents issued and not settled. */
  readonly billedNanos: bigint;
  readonly disputedNanos: bigint;
  /** Payments that settle no document yet. */
  readonly unallocatedNanos: bigint;
  readonly depositNanos: bigint;
  /** What we owe the party, billed and unbilled, without what we contest. */
  readonly payableNanos: bigint;
  /** What of its invoices we contest. */
  readonly contestedNanos: bigint;
}

export interface Exposure extends ExposureParts {
  readonly exposureNanos: bigint;
  /** Undefined without a limit. */
  readonly limitNanos: bigint | undefined;
  /** What may still be owed; below zero when it is overdrawn. */
  readonly availableNanos: bigint | undefined;
  /** The highest threshold reached, in per cent; undefined when none is. */
  readonly reached: number | undefined;
}

/** Unbilled and billed, less what was paid and deposited, and less what the terms leave out. Nothing is rounded. */
export function exposureOf(parts: ExposureParts, terms: CreditTerms | undefined): Exposure {
  const less = (terms?.lessDisputed === true ? parts.disputedNanos : 0n) + (terms?.lessPayables === true ? parts.payableNanos : 0n);
  const exposureNanos = parts.unbilledNanos + parts.billedNanos - parts.unallocatedNanos - parts.depositNanos - less;
  const limitNanos = terms === undefined ? undefined : unitsAtScale(decimal(terms.limit), NANO_DECIMALS);
  return {
    ...parts,
    exposureNanos,
    limitNanos,
    availableNanos: limitNanos === undefined ? undefined : limitNanos - exposureNanos,
    reached: terms?.alarmsAt.findLast((percent) => limitNanos !== undefined && isReached(exposureNanos, limitNanos, percent)),
  };
}

/** A limit of nothing is reached by the first amount owed. */
function isReached(exposureNanos: bigint, limitNanos: bigint, percent: number): boolean {
  return exposureNanos > 0n && exposureNanos * 100n >= limitNanos * BigInt(percent);
}

/** Per cent of the limit in use, with one decimal, rounded down: `99.9` is never shown as `100`. Undefined without a limit above zero. */
export function percentUsed({ exposureNanos, limitNanos }: Exposure): string | undefined {
  if (limitNanos === undefined || limitNanos <= 0n) return undefined;
  const tenths = exposureNanos <= 0n ? 0n : (exposureNanos * 1000n) / limitNanos;
  return `${tenths / 10n}.${tenths % 10n}`;
}
