/** Controls of spending: counters with limits and thresholds, set by the plan or by the customer. */
import type { CounterReservation, RunningUse } from './account.ts';
import type { Draft, WorkingCounter } from './draft.ts';
import { periodAt } from './periods.ts';
import type { CompiledControl, Threshold, ThresholdAction } from './plan.ts';
import { fits } from './scope.ts';
import { raiseCounter } from './thresholds.ts';
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
    if (!fits(control.scope, item.context, atMicros)) return [];
    return [activeControl(draft, control)];
  });
}

const NONE: readonly never[] = [];

export function activeControl(draft: Draft, control: CompiledControl): ActiveControl {
  const counter = draft.own.counter(`control:${control.id}`, draft.now, () =>
    periodAt(control.period, draft.own.plan?.zone ?? 'UTC', draft.now),
  );
  const setting = draft.own.get('controls').find((each) => each.control === control.id);
  const agreed = control.mayAgree && (setting?.agreedToMicros ?? 0) > draft.now;
  return { control, counter, limit: agreed ? undefined : (setting?.limit ?? control.limit), agreed };
}

/** What controls leave of money and of units; undefined: no limit. */
export function leftOfControls(controls: readonly ActiveControl[]): {
  readonly money: bigint | undefined;
  readonly units: bigint | undefined;
} {
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
export function countUse(draft: Draft, controls: readonly ActiveControl[], before: RunningUse, after: RunningUse): void {
  for (const { control, counter, limit } of controls) {
    const added = control.measure === 'money' ? after.chargedNanos - before.chargedNanos : after.used - before.used;
    if (added === 0n) continue;
    counter.value += added;
    raiseCounter(draft, control, counter, limit);
  }
}

/** What running sessions may add. */
export function reserveControls(controls: readonly ActiveControl[], units: bigint, nanos: bigint): readonly CounterReservation[] {
  const reserved: CounterReservation[] = [];
  for (const { control, counter, limit } of controls) {
    const amount = control.measure === 'money' ? nanos : units;
    if (limit === undefined || amount <= 0n) continue;
    counter.reserved += amount;
    reserved.push({ key: counter.key, amount });
  }
  return reserved;
}

/** What the thresholds that a counter has passed do to further use: the last of each kind. */
export function actionsOf(controls: readonly ActiveControl[]): readonly ThresholdAction[] {
  const actions: ThresholdAction[] = [];
  for (const { control, counter, limit, agreed } of controls) {
    if (agreed) continue;
    for (const threshold of control.thresholds) {
      if (threshold.action !== undefined && counter.value >= levelOf(threshold, limit ?? control.limit ?? 0n))
        actions.push(threshold.action);
    }
  }
  return actions;
}

/** A threshold as an amount; percentages are of `whole`. */
export function levelOf({ at }: Threshold, whole: bigint): bigint {
  return 'units' in at ? at.units : (whole * at.percent) / 100n;
}
