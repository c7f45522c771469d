/** Controls of spending: counters with limits and thresholds, set by the plan or by the customer. */
import type { CounterReservation, RunningUse } from './account.ts';
import type { Draft } from './draft.ts';
import { greatest } from './least.ts';
import { NONE } from './lists.ts';
import { periodAt } from './periods.ts';
import type { CompiledControl, Threshold, ThresholdAction } from './plan.ts';
import { fits } from './scope.ts';
import { raiseCounter } from './thresholds.ts';
import type { WorkingCounter } from './working-account.ts';
import type { WorkingItem } from './working-item.ts';

export interface ActiveControl {
  readonly control: CompiledControl;
  readonly counter: WorkingCounter;
  /** In its unit; undefined: it only counts. */
  readonly limit: bigint | undefined;
  /** The customer has agreed to go beyond: it counts and tells, and stops nothing. */
  readonly agreed: boolean;
}

/** The controls that a use falls under. */
export function controlsOf(draft: Draft, item: WorkingItem, atMicros: number): readonly ActiveControl[] {
  const controls = draft.own.plan?.controls ?? NONE;
  if (controls.length === 0) return NONE;
  return controls.flatMap((control) => {
    if (control.measure !== 'money' && control.measure !== item.unitOfBuckets) return [];
    if (!fits(control.scope, item, atMicros)) return [];
    return [activeControl(draft, control)];
  });
}

export function activeControl(draft: Draft, control: CompiledControl): ActiveControl {
  const counter = draft.own.counter(`control:${control.id}`, draft.now, () =>
    periodAt(control.period, draft.own.plan?.zone ?? 'UTC', draft.now),
  );
  const setting = draft.own.get('controls').find((each) => each.control === control.id);
  const agreed = control.mayAgree && (setting?.agreedToMicros ?? 0) > draft.now;
  return { control, counter, limit: agreed ? undefined : (setting?.limit ?? control.limit), agreed };
}

const NO_LIMITS = { money: undefined, units: undefined };

/** What controls leave of money and of units; undefined: no limit. */
export function leftOfControls(controls: readonly ActiveControl[]): {
  readonly money: bigint | undefined;
  readonly units: bigint | undefined;
} {
  if (controls.length === 0) return NO_LIMITS;
  let money: bigint | undefined;
  let units: bigint | undefined;
  for (const { control, counter, limit } of controls) {
    if (limit === undefined) continue;
    const left = limit - counter.value - counter.reserved;
    const most = left < 0n ? 0n : left;
    if (control.measure === 'money') money = money === undefined || most < money ? most : money;
    else units = units === undefined || most < units ? most : units;
  }
  return { money, units };
}

/** Adds use to the controls, and does what their thresholds say. */
export function countUse(draft: Draft, controls: readonly ActiveControl[], before: RunningUse, after: RunningUse, session: string): void {
  for (const { control, counter, limit } of controls) {
    const added = control.measure === 'money' ? after.chargedNanos - before.chargedNanos : after.used - before.used;
    if (added === 0n) continue;
    counter.value += added;
    raiseCounter(draft, control, counter, limit, session);
  }
}

/** What running sessions may add. */
export function reserveControls(controls: readonly ActiveControl[], units: bigint, nanos: bigint): readonly CounterReservation[] {
  if (controls.length === 0) return NONE;
  const reserved: CounterReservation[] = [];
  for (const { control, counter, limit } of controls) {
    const amount = control.measure === 'money' ? nanos : units;
    if (limit === undefined || amount <= 0n) continue;
    counter.reserved += amount;
    reserved.push({ key: counter.key, amount });
  }
  return reserved;
}

/**
 * The control whose limit is what stops a use: the one of which least is left, unless running sessions hold it. Nothing more of it can be had in
 * its period, so its thresholds up to the limit are crossed, though prices by the minute may have left a few cents of it.
 */
export function exhaust(
  draft: Draft,
  controls: readonly ActiveControl[],
  measure: 'money' | 'units',
  session: string,
): ActiveControl | undefined {
  let stopping: ActiveControl | undefined;
  const leftOf = ({ counter, limit = 0n }: ActiveControl): bigint => limit - counter.value - counter.reserved;
  for (const active of controls) {
    if (active.limit === undefined || (active.control.measure === 'money') !== (measure === 'money')) continue;
    if (stopping === undefined || leftOf(active) < leftOf(stopping)) stopping = active;
  }
  if (stopping?.limit === undefined || stopping.counter.reserved > 0n) return undefined;
  const { control, counter, limit } = stopping;
  raiseCounter(draft, control, counter, limit, session, greatest(counter.value, limit));
  return stopping;
}

/** What the thresholds that a counter has passed do to further use: the last of each kind. */
export function actionsOf(controls: readonly ActiveControl[]): readonly ThresholdAction[] {
  if (controls.length === 0) return NONE;
  const actions: ThresholdAction[] = [];
  for (const { control, counter, limit, agreed } of controls) {
    if (agreed) continue;
    for (const threshold of control.thresholds) {
      if (threshold.action !== undefined && isReached(threshold, counter.value, limit ?? control.limit)) actions.push(threshold.action);
    }
  }
  return actions;
}

/** A control whose threshold blocks what falls under it. */
export function blockingOf(controls: readonly ActiveControl[]): ActiveControl | undefined {
  return controls.find(
    ({ control, counter, limit, agreed }) =>
      !agreed &&
      control.thresholds.some(
        (threshold) => threshold.action?.kind === 'block' && isReached(threshold, counter.value, limit ?? control.limit),
      ),
  );
}

/** Percentages are of the limit: without one they are never reached. */
export function isReached({ at }: Threshold, value: bigint, limit: bigint | undefined): boolean {
  if ('units' in at) return value >= at.units;
  return limit !== undefined && value >= (limit * at.percent) / 100n;
}
