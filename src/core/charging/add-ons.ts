/** Allowances that are given, and add-ons that are bought. */
import { FOREVER } from './account.ts';
import type { ChangeCause } from './decision.ts';
import type { Draft } from './draft.ts';
import { least } from './least.ts';
import { periodAt } from './periods.ts';
import type { CompiledAllowance } from './plan.ts';
import { setReminders } from './reminders.ts';
import { raiseBucket } from './thresholds.ts';
import { MAIN, type WorkingAccount, type WorkingBucket } from './working-account.ts';

/** What one bucket may hold, so that sums of it stay within PostgreSQL's bigint. */
export const MOST_NANOS = 4_000_000_000_000_000_000n;

/** Gives an allowance as a bucket of its own, from now to `toMicros` or the end of its period. */
export function giveAllowance(
  draft: Draft,
  owner: WorkingAccount,
  allowance: CompiledAllowance,
  toMicros: number | undefined,
  cause: ChangeCause,
): WorkingBucket {
  const end = toMicros ?? periodAt(allowance.period, owner.plan?.zone ?? 'UTC', draft.now).toMicros;
  const bucket = draft.addBucket(owner, {
    definition: allowance.id,
    unit: allowance.unit,
    limit: 0n,
    priority: allowance.priority,
    validFromMicros: draft.now,
    validToMicros: end,
    rolled: 0,
  });
  draft.move(bucket, allowance.amount, cause);
  bucket.filled = bucket.value;
  setReminders(draft, owner, bucket, allowance.reminders);
  return bucket;
}

/** Takes money of the account itself; false, and nothing taken, when there is not enough. */
export function takeMoney(draft: Draft, owner: WorkingAccount, nanos: bigint, cause: ChangeCause): boolean {
  const money = owner.buckets.filter(
    ({ base, removed }) => base.definition === MAIN && !removed && base.validFromMicros <= draft.now && base.validToMicros > draft.now,
  );
  const free = money.reduce((sum, bucket) => sum + (bucket.free > 0n ? bucket.free : 0n), 0n);
  if (free < nanos) return false;
  let rest = nanos;
  for (const bucket of money) {
    const part = least(bucket.free, rest);
    if (part <= 0n) continue;
    draft.move(bucket, -part, cause);
    rest -= part;
    raiseBucket(draft, bucket);
  }
  return true;
}

/** The bucket of the account's own money without an end; made when there is none. */
export function mainBucket(draft: Draft, owner: WorkingAccount): WorkingBucket {
  const known = owner.buckets.find(({ base, removed }) => base.definition === MAIN && base.validToMicros === FOREVER && !removed);
  if (known !== undefined) return known;
  return addMoneyBucket(draft, owner, FOREVER, owner.plan?.creditLimitNanos ?? 0n);
}

export function addMoneyBucket(draft: Draft, owner: WorkingAccount, validToMicros: number, limit: bigint): WorkingBucket {
  const bucket = draft.addBucket(owner, {
    definition: MAIN,
    unit: 'money',
    limit,
    priority: owner.plan?.mainPriority ?? 1000,
    validFromMicros: draft.now,
    validToMicros,
    rolled: 0,
  });
  setReminders(draft, owner, bucket, owner.plan?.mainReminders ?? []);
  return bucket;
}

/** Buys an add-on with the account's own money. False when it cannot be paid, is unknown, or is in another currency. */
export function buyAddOn(draft: Draft, id: string, cause: ChangeCause): boolean {
  const { own, catalog, now } = draft;
  const addOn = catalog.addOns.get(id);
  const account = own.base.id;
  if (addOn === undefined || addOn.currency !== own.base.currency || !takeMoney(draft, own, addOn.priceNanos, cause)) {
    draft.tell({ kind: 'renewal-failed', account, of: id, reason: addOn === undefined ? 'unknown' : 'not-paid' });
    return false;
  }
  const toMicros = addOn.renews === undefined ? undefined : periodAt(addOn.renews, own.plan?.zone ?? 'UTC', now).toMicros;
  for (const allowance of addOn.allowances)
    giveAllowance(draft, own, allowance, allowance.period === undefined ? toMicros : undefined, cause);
  if (toMicros !== undefined) {
    const others = own.get('addOns').filter((held) => held.addOn !== id);
    own.next.addOns = [...others, { addOn: id, renewsMicros: toMicros }];
    own.recount = true;
  }
  draft.tell({ kind: 'add-on-bought', account, addOn: id, nanos: addOn.priceNanos });
  return true;
}
