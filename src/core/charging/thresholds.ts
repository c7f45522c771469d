/** What happens when a bucket falls to a threshold or a counter rises to one. */
import { buyAddOn } from './add-ons.ts';
import { levelOf } from './controls.ts';
import type { Draft, WorkingBucket, WorkingCounter } from './draft.ts';
import { MAIN } from './draft.ts';
import type { CompiledControl, Threshold } from './plan.ts';

/** After a bucket fell: tells each threshold that it has crossed since it was filled, once. */
export function raiseBucket(draft: Draft, bucket: WorkingBucket): void {
  const thresholds = bucket.base.definition === MAIN ? (bucket.owner.plan?.mainThresholds ?? NONE) : (bucket.allowance?.thresholds ?? NONE);
  while (bucket.raised < thresholds.length) {
    const threshold = thresholds[bucket.raised] as Threshold; // below the length
    if (!hasFallenTo(bucket, threshold)) return;
    bucket.raised += 1;
    tell(draft, bucket.owner.base.id, bucket.base.definition, threshold, bucket.value);
  }
}

const NONE: readonly Threshold[] = [];

/** Percentages are of all that there was, credit included. */
function hasFallenTo({ value, limit, filled }: WorkingBucket, threshold: Threshold): boolean {
  return 'units' in threshold.at ? value <= threshold.at.units : value + limit <= ((filled + limit) * threshold.at.percent) / 100n;
}

/** After a bucket was filled: thresholds that it is above again may be crossed again. */
export function resetBucket(bucket: WorkingBucket): void {
  const thresholds = bucket.base.definition === MAIN ? (bucket.owner.plan?.mainThresholds ?? NONE) : (bucket.allowance?.thresholds ?? NONE);
  bucket.raised = thresholds.filter((threshold) => hasFallenTo(bucket, threshold)).length;
}

/** After a counter rose. */
export function raiseCounter(draft: Draft, control: CompiledControl, counter: WorkingCounter, limit: bigint | undefined): void {
  while (counter.raised < control.thresholds.length) {
    const threshold = control.thresholds[counter.raised] as Threshold; // below the length
    if (counter.value < levelOf(threshold, limit ?? control.limit ?? 0n)) return;
    counter.raised += 1;
    const account = draft.own.base.id;
    tell(draft, account, control.id, threshold, counter.value);
    if (threshold.status !== undefined) {
      draft.events.push({ kind: 'counter-status', account, counter: control.id, status: threshold.status });
    }
  }
}

function tell(draft: Draft, account: string, of: string, { id, notify, action }: Threshold, value: bigint): void {
  draft.events.push({ kind: 'threshold-crossed', account, of, threshold: id, value, notify });
  draft.trace?.push(`threshold ${id} of ${of} is crossed at ${value}`);
  if (action?.kind === 'buy') buyAddOn(draft, action.addOn, { kind: 'threshold', of: `${of}/${id}` });
}
