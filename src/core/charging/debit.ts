/** Use is paid: its price goes from buckets, once. */
import type { NotPriced } from '../rating/finish.ts';
import type { UsedQuantity, UsePricer } from '../rating/price-use.ts';
import type { CoveredUnits } from '../rating/use-part.ts';
import type { RunningUse } from './account.ts';
import { controlsOf, countUse } from './controls.ts';
import type { ChangeCause } from './decision.ts';
import type { Draft } from './draft.ts';
import { capCounter, capOf, type Source, type Spread, spread } from './spread.ts';
import { raiseBucket } from './thresholds.ts';
import type { WorkingBucket } from './working-account.ts';
import { addCovered, addPaid, coveredUnits, type WorkingItem } from './working-item.ts';

/** Used since the last report, in the item's unit; data also by direction. */
export interface UsedMore {
  readonly units: bigint;
  readonly up: bigint;
  readonly down: bigint;
}

/**
 * Debits use that is reported. What no bucket can pay becomes the account's debt: it was used, and is charged, but no balance
 * goes below its limit.
 */
export function debit(
  draft: Draft,
  item: WorkingItem,
  pricer: UsePricer | undefined,
  more: UsedMore,
  sources: readonly Source[],
  fitMicros: number,
  cause: ChangeCause,
): NotPriced | undefined {
  const { use } = item;
  if (use === undefined) return undefined;
  const laid = spread(pricer, use, use.used + more.units, sources, undefined);
  if ('reason' in laid) return laid;
  take(draft, item, pricer, laid, more, cause);
  countUse(draft, controlsOf(draft, item, fitMicros), use, item.use ?? use, item.frame.id);
  return undefined;
}

/** Carries out what was laid over the buckets. */
export function take(
  draft: Draft,
  item: WorkingItem,
  pricer: UsePricer | undefined,
  laid: Spread,
  more: UsedMore,
  cause: ChangeCause,
): void {
  const { use } = item;
  if (use === undefined) return;
  let { covered, paid } = use;
  for (const { bucket, from, units } of laid.covers) {
    const amount = BigInt(units);
    takeFrom(draft, bucket, amount, cause);
    const { id, definition } = bucket.base;
    covered = addCovered(covered, { account: bucket.owner.base.id, bucket: id, definition, from: BigInt(from), units: amount });
  }
  for (const { bucket, nanos } of laid.pays) {
    takeFrom(draft, bucket, nanos, cause);
    paid = addPaid(paid, bucket, nanos);
  }
  // Member by member, in the order of all uses: spreading costs five times as much.
  item.use = {
    startMicros: use.startMicros,
    planVersion: use.planVersion,
    planService: use.planService,
    used: use.used + more.units,
    usedUp: use.usedUp + more.up,
    usedDown: use.usedDown + more.down,
    continues: use.continues,
    covered,
    paid,
    chargedNanos: use.chargedNanos + laid.nanos,
    unpaidNanos: laid.unpaid === 0n ? use.unpaidNanos : use.unpaidNanos + laid.unpaid,
    counters: use.counters,
  };
  if (pricer !== undefined) moveTierCounters(draft, item, pricer);
  if (laid.unpaid > 0n) oweUnpaid(draft, item, laid.unpaid);
  for (const { bucket } of laid.covers) raiseBucket(draft, bucket);
  for (const { bucket } of laid.pays) raiseBucket(draft, bucket);
}

function takeFrom(draft: Draft, bucket: WorkingBucket, amount: bigint, cause: ChangeCause): void {
  draft.move(bucket, -amount, cause);
  if (bucket.owner !== draft.own && capOf(draft, bucket) !== undefined) capCounter(draft, bucket).value += amount;
}

function oweUnpaid(draft: Draft, { frame }: WorkingItem, unpaid: bigint): void {
  const { own } = draft;
  own.next.debtNanos = own.get('debtNanos') + unpaid;
  draft.tell({ kind: 'used-beyond-grant', account: own.base.id, session: frame.id, unpaidNanos: unpaid });
}

/** Tiers and volumes of a day stand on counters: what this use adds to them so far replaces what it had added before. */
function moveTierCounters(draft: Draft, item: WorkingItem, pricer: UsePricer): void {
  const { use } = item;
  if (use === undefined || !pricer.movesCounters) return;
  const outcome = pricer.charge(usedQuantity(use), coveredOfUse(use), false);
  if (outcome.kind !== 'charged') return;
  const counters = outcome.charge.counterMoves.map(({ key, before, added }) => {
    const known = use.counters.find((counter) => counter.key === key);
    draft.tierCounter(key).value += added - (known?.added ?? 0n);
    return { key, before: known?.before ?? before, added };
  });
  item.use = { ...use, counters };
}

export function usedQuantity({ used, usedUp, usedDown }: RunningUse): UsedQuantity {
  return { used: Number(used), up: Number(usedUp), down: Number(usedDown) };
}

export function coveredOfUse({ covered }: RunningUse): readonly CoveredUnits[] {
  return coveredUnits(covered);
}
