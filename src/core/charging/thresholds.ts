/** What happens when a bucket falls to a threshold or a counter rises to one. */
import { buyAddOn } from './add-ons.ts';
import type { BalanceUnit } from './answer.ts';
import { isReached } from './controls.ts';
import type { Draft } from './draft.ts';
import type { CompiledControl, Threshold } from './plan.ts';
import type { WorkingBucket, WorkingCounter } from './working-account.ts';
import { MAIN } from './working-account.ts';

/** After a bucket fell: tells each threshold that it has crossed since it was filled, once. */
export function raiseBucket(draft: Draft, bucket: WorkingBucket): void {
  const thresholds = bucket.base.definition === MAIN ? (bucket.owner.plan?.mainThresholds ?? NONE) : (bucket.allowance?.thresholds ?? NONE);
  while (bucket.raised < thresholds.length) {
    const threshold = thresholds[bucket.raised] as Threshold; // below the length
    if (!hasFallenTo(bucket, threshold)) return;
    bucket.raised += 1;
    const { value, filled, limit } = bucket;
    const { definition, unit } = bucket.base;
    tell(draft, bucket.owner.base.id, threshold, { of: definition, value, whole: filled + limit, unit });
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

/**
 * After a counter rose by the use of `session`: other sessions, which what is done concerns too, are asked to ask again (none when it is undefined). `reached` counts as what
 * was used where nothing more can be.
 */
export function raiseCounter(
  draft: Draft,
  control: CompiledControl,
  counter: WorkingCounter,
  limit: bigint | undefined,
  session: string | undefined,
  reached = counter.value,
): void {
  const whole = limit ?? control.limit;
  while (counter.raised < control.thresholds.length) {
    const threshold = control.thresholds[counter.raised] as Threshold; // below the length
    if (!isReached(threshold, reached, whole)) return;
    counter.raised += 1;
    const account = draft.own.base.id;
    tell(draft, account, threshold, { of: control.id, value: counter.value, whole, unit: control.measure });
    if (threshold.action !== undefined && threshold.action.kind !== 'buy' && session !== undefined) askOthers(draft, session);
    if (threshold.status !== undefined) {
      draft.tell({ kind: 'counter-status', account, counter: control.id, status: threshold.status });
    }
  }
}

function askOthers(draft: Draft, session: string): void {
  const others = draft.own.get('sessions').filter(({ id }) => id !== session);
  if (others.length > 0) draft.tell({ kind: 'reauthorise', account: draft.own.base.id, sessions: others.map(({ id }) => id) });
}

/** What is crossed, and where it stands. */
interface Crossing {
  readonly of: string;
  readonly value: bigint;
  readonly whole: bigint | undefined;
  readonly unit: BalanceUnit;
}

function tell(draft: Draft, account: string, { id, notify, action }: Threshold, { of, value, whole, unit }: Crossing): void {
  draft.tell({ kind: 'threshold-crossed', account, of, threshold: id, value, whole, unit, notify });
  draft.trace?.push(`threshold ${id} of ${of} is crossed at ${value}`);
  if (action?.kind === 'buy') buyAddOn(draft, action.addOn, { kind: 'threshold', of: `${of}/${id}` });
}
