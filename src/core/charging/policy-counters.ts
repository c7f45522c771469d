/**
 * What policy control hears of an account (TS 23.203 §6.2.1, TS 29.219, TS 29.594): each control of its plan that has a threshold with a
 * status is a policy counter, and its status is that of the last such threshold that has been reached in the running period.
 */
import type { AccountCounter, ChargingAccount } from './account.ts';
import { isReached } from './controls.ts';
import { planAt } from './draft.ts';
import type { CompiledCatalog, CompiledControl } from './plan.ts';

export interface PolicyCounter {
  readonly counter: string;
  readonly status: string;
  /** What it will be, and when: in the order of time. */
  readonly pending: readonly PendingStatus[];
}

export interface PendingStatus {
  readonly status: string;
  /** UTC microseconds. */
  readonly atMicros: number;
}

/** All of the account, in the order of its plan. A counter that is above nothing begins again with its next period: that is pending. */
export function policyCounters(catalog: CompiledCatalog, account: ChargingAccount, now: number): readonly PolicyCounter[] {
  const plan = planAt(catalog, account.plan, now);
  return (plan?.controls ?? [])
    .filter(({ thresholds }) => thresholds.some(({ status }) => status !== undefined))
    .map((control) => {
      const known = account.counters.find(({ key, toMicros }) => key === `control:${control.id}` && toMicros > now);
      const status = statusOf(control, known, limitOf(control, account, now));
      const isOver = known !== undefined && status !== control.status;
      return { counter: control.id, status, pending: isOver ? [{ status: control.status, atMicros: known.toMicros }] : [] };
    });
}

/** Percentages are of the customer's own limit where there is one, unless the customer agreed to go beyond. */
function limitOf(control: CompiledControl, { controls }: ChargingAccount, now: number): bigint | undefined {
  const setting = controls.find((each) => each.control === control.id);
  const agreed = control.mayAgree && (setting?.agreedToMicros ?? 0) > now;
  return (agreed ? undefined : setting?.limit) ?? control.limit;
}

/** A threshold that was told counts as reached: of a limit by which nothing more can be had, a few cents may be left. */
function statusOf({ thresholds, status }: CompiledControl, counter: AccountCounter | undefined, limit: bigint | undefined): string {
  if (counter === undefined) return status;
  const reached = thresholds.filter((threshold, index) => index < counter.raised || isReached(threshold, counter.value, limit));
  return reached.findLast((threshold) => threshold.status !== undefined)?.status ?? status;
}

/** What one who was told `reported` must be told now. What was pending then has become true by itself. */
export function changedCounters(
  reported: readonly PolicyCounter[],
  current: readonly PolicyCounter[],
  now: number,
): readonly PolicyCounter[] {
  return current.filter((counter) => {
    const before = reported.find((each) => each.counter === counter.counter);
    if (before === undefined || statusAt(before, now) !== counter.status) return true;
    const pending = before.pending.filter(({ atMicros }) => atMicros > now);
    return pending.length !== counter.pending.length || pending.some((each, index) => !isSame(each, counter.pending[index]));
  });
}

function statusAt({ status, pending }: PolicyCounter, now: number): string {
  return pending.findLast(({ atMicros }) => atMicros <= now)?.status ?? status;
}

const isSame = (one: PendingStatus, other: PendingStatus | undefined): boolean =>
  one.status === other?.status && one.atMicros === other.atMicros;
