/** What happens by itself when its time has come: buckets end, allowances renew, silent sessions close. */
import { NANO_DECIMALS } from '../money/amount.ts';
import { minorUnits } from '../money/currencies.ts';
import type { Renewal } from './account.ts';
import { buyAddOn, giveAllowance, takeMoney } from './add-ons.ts';
import type { Draft } from './draft.ts';
import { least } from './least.ts';
import { type PeriodPart, partOfPeriod, periodAt } from './periods.ts';
import type { CompiledPlan } from './plan.ts';
import { setReminders, tellEnding } from './reminders.ts';
import type { WorkingAccount, WorkingBucket } from './working-account.ts';
import { WorkingSession } from './working-session.ts';

/** An unpaid fee is tried again after so long, and at once after a top-up. */
const FEE_RETRY_MICROS = 86_400_000_000;
const PLAN_RETRY_MICROS = 3_600_000_000;
const FEE = 'fee';
const FEE_RETRY = 'fee:retry';
/** Begins what is known of the fee of a plan that the account had. */
const FEE_OF = 'fee:of:';
const PLAN_RETRY = 'plan:retry';

export interface DueOptions {
  /** A session that is heard of right now does not die of silence. */
  readonly keepSession?: string;
  /** Money came in: what could not be paid is tried again. */
  readonly retry?: boolean;
}

export function fallDue(draft: Draft, { keepSession, retry = false }: DueOptions): void {
  closeSilent(draft, keepSession);
  for (const owner of draft.accounts) {
    expireBuckets(draft, owner);
    tellEnding(draft, owner);
    if (owner.base.status !== 'closed' && owner.plan !== undefined) renew(draft, owner, owner.plan, retry);
    forgetRenewed(draft, owner);
  }
  const due = draft.own.get('addOns').filter(({ renewsMicros }) => renewsMicros <= draft.now);
  for (const { addOn } of due) {
    draft.own.next.addOns = draft.own.get('addOns').filter((held) => held.addOn !== addOn);
    draft.own.recount = true;
    buyAddOn(draft, addOn, { kind: 'renewal', of: addOn });
  }
}

function closeSilent(draft: Draft, keepSession: string | undefined): void {
  const { own, now } = draft;
  for (const known of own.get('sessions')) {
    if (known.expiresMicros > now || known.id === keepSession) continue;
    const { id, service, identity, facts } = known;
    new WorkingSession(draft, { id, account: own.base.id, service, identity, facts }, known).end();
    draft.tell({ kind: 'session-closed', account: own.base.id, session: known.id });
  }
}

/** Takes away what has ended. What running sessions have set aside stays for what they used before, and no longer. */
export function expireBuckets(draft: Draft, owner: WorkingAccount): void {
  for (const bucket of [...owner.buckets]) {
    if (bucket.base.validToMicros > draft.now || bucket.removed) continue;
    owner.recount = true;
    rollOver(draft, bucket);
    const lost = bucket.value > bucket.reserved ? bucket.value - bucket.reserved : 0n;
    const { definition, unit } = bucket.base;
    draft.move(bucket, -lost, { kind: 'expiry', of: definition });
    if (lost > 0n) draft.tell({ kind: 'bucket-expired', account: owner.base.id, definition, lost, unit });
    if (bucket.value === 0n && bucket.reserved === 0n) draft.removeBucket(bucket);
  }
}

/** What is left goes into a bucket of the next period, as far as the allowance allows. */
function rollOver(draft: Draft, { owner, base, allowance, value, reserved }: WorkingBucket): void {
  const rollover = allowance?.rollover;
  const left = value - reserved;
  if (allowance === undefined || rollover === undefined || base.rolled >= rollover.times || left <= 0n) return;
  const { toMicros } = periodAt(allowance.period, owner.plan?.zone ?? 'UTC', base.validToMicros);
  if (toMicros <= draft.now) return;
  const taken = least(left, rollover.most);
  const from = owner.buckets.find((bucket) => bucket.base === base);
  const next = draft.addBucket(owner, { ...base, validFromMicros: base.validToMicros, validToMicros: toMicros, rolled: base.rolled + 1 });
  const cause = { kind: 'rollover', of: base.definition } as const;
  draft.move(next, taken, cause);
  next.filled = next.value;
  setReminders(draft, owner, next, allowance.reminders);
  if (from !== undefined) draft.move(from, -taken, cause);
}

/** Gives the plan's allowances for the period that now is, once its fee is paid. */
function renew(draft: Draft, owner: WorkingAccount, plan: CompiledPlan, retry: boolean): void {
  const { now } = draft;
  const givenTo = (of: string): number => owner.get('renewals').find(({ allowance }) => allowance === of)?.givenToMicros ?? 0;
  const set = (of: string, givenToMicros: number | undefined): void => {
    const others = owner.get('renewals').filter(({ allowance }) => allowance !== of);
    owner.next.renewals = givenToMicros === undefined ? others : [...others, { allowance: of, givenToMicros }];
    owner.recount = true;
  };
  const { fee } = plan;
  if (fee !== undefined && givenTo(FEE) <= now) {
    if (!retry && givenTo(FEE_RETRY) > now) return;
    const due = fee.prorate && givenTo(FEE) === 0 ? feePart(fee.nanos, partOfPeriod(fee.period, plan.zone, now), plan.currency) : fee.nanos;
    if (!takeMoney(draft, owner, due, { kind: 'fee', of: plan.id })) {
      // Told when it runs out: not before it was ever paid, nor with each further attempt.
      if (givenTo(FEE) > 0) draft.tell({ kind: 'renewal-failed', account: owner.base.id, of: plan.id, reason: 'not-paid' });
      set(FEE, undefined);
      set(FEE_RETRY, now + FEE_RETRY_MICROS);
      return;
    }
    set(FEE_RETRY, undefined);
    set(FEE, periodAt(fee.period, plan.zone, now).toMicros);
  }
  for (const allowance of plan.allowances) {
    if (givenTo(allowance.id) > now) continue;
    const { toMicros } = periodAt(allowance.period, plan.zone, now);
    const begins = allowance.prorate && givenTo(allowance.id) === 0;
    const amount = begins ? partOf(allowance.amount, partOfPeriod(allowance.period, plan.zone, now)) : allowance.amount;
    giveAllowance(draft, owner, { ...allowance, amount }, toMicros, { kind: 'renewal', of: allowance.id });
    set(allowance.id, toMicros);
  }
}

/** What has been paid and given, as another plan finds it: the fee of each plan is known apart, and one that could not be paid is tried at once. */
export function renewalsUnder(known: readonly Renewal[], before: string, after: string): readonly Renewal[] {
  const kept = known.filter(({ allowance }) => allowance !== FEE_RETRY && allowance !== PLAN_RETRY);
  return kept.map((each) => {
    if (each.allowance === FEE) return { ...each, allowance: `${FEE_OF}${before}` };
    return each.allowance === `${FEE_OF}${after}` ? { ...each, allowance: FEE } : each;
  });
}

/** Rounded down. */
function partOf(amount: bigint, { left, of }: PeriodPart): bigint {
  return (amount * BigInt(left)) / BigInt(of);
}

/** Rounded down to the currency's smallest unit. */
function feePart(nanos: bigint, part: PeriodPart, currency: string): bigint {
  const unit = 10n ** BigInt(NANO_DECIMALS - (minorUnits(currency) ?? 2));
  return (partOf(nanos, part) / unit) * unit;
}

/**
 * What was due and could not be given is due no longer: the fee is tried again, a plan without a version in force is looked for again, and what a plan
 * does not give any more is forgotten.
 */
function forgetRenewed(draft: Draft, owner: WorkingAccount): void {
  const known = owner.get('renewals');
  const kept = known.filter(({ givenToMicros }) => givenToMicros > draft.now);
  const isLost = owner.plan === undefined && owner.base.status !== 'closed' && !kept.some(({ allowance }) => allowance === PLAN_RETRY);
  if (kept.length === known.length && !isLost) return;
  owner.next.renewals = isLost ? [...kept, { allowance: PLAN_RETRY, givenToMicros: draft.now + PLAN_RETRY_MICROS }] : kept;
  owner.recount = true;
}
