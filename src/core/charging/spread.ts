/**
 * How use is laid over buckets: what buckets of units cover, in the order in which buckets are used, and what buckets of money
 * pay for the rest. Looks only; `debit.ts` and `grant.ts` carry it out.
 */
import type { NotPriced } from '../rating/finish.ts';
import type { UsePricer } from '../rating/price-use.ts';
import type { CoveredUnits } from '../rating/use-part.ts';
import type { RunningUse } from './account.ts';
import type { Draft } from './draft.ts';
import { least } from './least.ts';
import { added, NONE } from './lists.ts';
import { fits } from './scope.ts';
import type { WorkingBucket } from './working-account.ts';
import { coveredUnits, type WorkingItem } from './working-item.ts';

export interface Spread {
  /** Units that buckets of units give, from which billed unit on. */
  readonly covers: readonly CoverPart[];
  /** Nanos that buckets of money give. */
  readonly pays: readonly PayPart[];
  /** By how much the price grows. */
  readonly nanos: bigint;
  /** Of it, what nothing can pay. */
  readonly unpaid: bigint;
}

export interface CoverPart {
  readonly bucket: WorkingBucket;
  readonly from: number;
  readonly units: number;
}

export interface PayPart {
  readonly bucket: WorkingBucket;
  readonly nanos: bigint;
}

/** A bucket that may be used for an item, and how much of it. */
export interface Source {
  readonly bucket: WorkingBucket;
  readonly isMoney: boolean;
  readonly most: bigint;
}

/** What of each bucket an item may use, in order. `share`: no more than its part of what running sessions share. */
export type SourceKind = 'debit' | 'reserve' | 'share';

export function sourcesOf(draft: Draft, item: WorkingItem, atMicros: number, kind: SourceKind): readonly Source[] {
  let sources: Source[] | undefined;
  for (const bucket of draft.order) {
    const most = mostOf(draft, item, bucket, atMicros, kind);
    if (most > 0n) sources = added(sources, { bucket, isMoney: bucket.base.unit === 'money', most });
  }
  return sources ?? NONE;
}

/** Whether there is any source from which something could be set aside. */
export function isAnythingFree(draft: Draft, item: WorkingItem, atMicros: number): boolean {
  for (const bucket of draft.order) if (mostOf(draft, item, bucket, atMicros, 'reserve') > 0n) return true;
  return false;
}

/** How much of a bucket an item may use; 0 where it is not for it. */
function mostOf(draft: Draft, item: WorkingItem, bucket: WorkingBucket, atMicros: number, kind: SourceKind): bigint {
  const { base, scope, removed } = bucket;
  const { now } = draft;
  if (removed || scope === undefined || (base.unit !== 'money' && base.unit !== item.unitOfBuckets)) return 0n;
  if (kind !== 'debit' && !isOpen(draft, bucket)) return 0n;
  if (now < base.validFromMicros || (now >= base.validToMicros && kind !== 'debit')) return 0n;
  let most = bucket.free;
  if (bucket.owner !== draft.own) most = least(most, leftOfCap(draft, bucket));
  if (most <= 0n || !fits(scope, item, atMicros)) return 0n;
  return kind === 'share' && bucket.holders > 0 ? ceilDivide(most, BigInt(bucket.holders + 1)) : most;
}

/** A pool that is blocked or closed pays for what it was asked for before, and for nothing new. */
export function isOpen(draft: Draft, { owner }: WorkingBucket): boolean {
  return owner === draft.own || owner.base.status === 'active';
}

/** Lays use up to `used` (in all) over the sources. */
export function spread(
  pricer: UsePricer | undefined,
  use: RunningUse,
  used: bigint,
  sources: readonly Source[],
  moneyMost: bigint | undefined,
): Spread | NotPriced {
  if (pricer === undefined) return pay(used - use.chargedNanos, NONE, sources, moneyMost);
  const total = Number(used);
  const before = coveredUnits(use.covered);
  if (areAllMoney(sources)) {
    const price = pricer.nanos(total, before);
    return typeof price === 'bigint' ? pay(price - use.chargedNanos, NONE, sources, moneyMost) : price;
  }
  let at = pricer.billed(Number(use.used));
  const end = pricer.billed(total);
  let covers: CoverPart[] | undefined;
  let covered = before;
  let budget = 0n;
  for (let index = 0; index < sources.length && at < end; index += 1) {
    const { bucket, isMoney, most } = sources[index] as Source; // index is below the length
    if (isMoney) {
      budget += most;
      if (!unitsFollow(sources, index)) continue;
      const limit = moneyMost === undefined ? budget : least(moneyMost, budget);
      const payable = payableUnits(pricer, use, total, covered, at, end, limit);
      if (typeof payable !== 'number') return payable;
      at += payable;
      continue;
    }
    const units = Math.min(Number(most), end - at);
    covers = added(covers, { bucket, from: at, units });
    covered = [...covered, { from: at, to: at + units }];
    at += units;
  }
  const price = pricer.nanos(total, covered);
  if (typeof price !== 'bigint') return price;
  return pay(price - use.chargedNanos, covers ?? NONE, sources, moneyMost);
}

function pay(nanos: bigint, covers: readonly CoverPart[], sources: readonly Source[], moneyMost: bigint | undefined): Spread {
  let rest = moneyMost === undefined ? nanos : least(moneyMost, nanos);
  let unpaid = rest === nanos ? 0n : nanos - rest;
  let pays: PayPart[] | undefined;
  for (const { bucket, isMoney, most } of sources) {
    if (rest <= 0n) break;
    if (!isMoney) continue;
    const part = least(most, rest);
    pays = added(pays, { bucket, nanos: part });
    rest = part === rest ? 0n : rest - part;
  }
  if (rest > 0n) unpaid += rest;
  return { covers, pays: pays ?? NONE, nanos, unpaid };
}

function areAllMoney(sources: readonly Source[]): boolean {
  for (const { isMoney } of sources) if (!isMoney) return false;
  return true;
}

/** Whether money that is used first is followed by units: only then it matters for how much the money lasts. */
function unitsFollow(sources: readonly Source[], index: number): boolean {
  const next = sources[index + 1];
  return next !== undefined && !next.isMoney;
}

/** How many units from `at` on a budget pays for, when the rest up to `end` is paid otherwise. */
function payableUnits(
  pricer: UsePricer,
  use: RunningUse,
  total: number,
  covered: readonly CoveredUnits[],
  at: number,
  end: number,
  budget: bigint,
): number | NotPriced {
  let fault: NotPriced | undefined;
  const isPayable = (units: number): boolean => {
    const price = pricer.nanos(total, at + units < end ? [...covered, { from: at + units, to: end }] : covered);
    if (typeof price !== 'bigint') fault = price;
    return typeof price === 'bigint' && price - use.chargedNanos <= budget;
  };
  const most = largest(end - at, isPayable);
  return fault ?? most;
}

/** The largest whole number up to `most` for which it holds; 0 when for none. What holds for a number holds for smaller ones. */
export function largest(most: number, holds: (value: number) => boolean): number {
  if (most <= 0 || holds(most)) return Math.max(most, 0);
  let low = 0;
  let high = most;
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** What a member may still take of a pool's bucket. */
function leftOfCap(draft: Draft, bucket: WorkingBucket): bigint {
  const cap = capOf(draft, bucket);
  if (cap === undefined) return bucket.free;
  const { value, reserved } = capCounter(draft, bucket);
  return cap - value - reserved;
}

/** The most that the account may take of a pool's bucket in its period; undefined: all. */
export function capOf(draft: Draft, { owner, base }: WorkingBucket): bigint | undefined {
  const membership = draft.own.base.pools.find(({ pool }) => pool === owner.base.id);
  return membership?.caps.find(({ definition }) => definition === base.definition)?.most;
}

/** What the account took of a pool's allowance, in the period of the bucket. */
export function capCounter(draft: Draft, { owner, base }: WorkingBucket): ReturnType<Draft['tierCounter']> {
  return draft.own.counter(`pool:${owner.base.id}:${base.definition}`, draft.now, () => ({
    fromMicros: base.validFromMicros,
    toMicros: base.validToMicros,
  }));
}

function ceilDivide(a: bigint, b: bigint): bigint {
  return (a + b - 1n) / b;
}
