/**
 * The pool of granted units of a session (RFC 8506 §5.1.2): rating groups draw from one sum S of abstract units, each with a multiplier, and what S is worth is set
 * aside once for all of them. `pool-grant.ts` grants from it. What is set aside, and why it is always enough: docs/decisions/0024-unit-pools.md.
 */
import type { CounterReservation, Pooling, Reservation, RunningUse, UnitPool } from './account.ts';
import type { AnswerItem } from './answer.ts';
import { controlsOf, reserveControls } from './controls.ts';
import type { Draft } from './draft.ts';
import { greatest, least } from './least.ts';
import { release, setAside } from './reserve.ts';
import { type Source, sourcesOf } from './spread.ts';
import type { WorkingBucket } from './working-account.ts';
import type { WorkingItem } from './working-item.ts';

/** An item that draws from the pool, or is about to. */
export interface PoolMember {
  readonly multiplier: bigint;
  readonly use: RunningUse | undefined;
}

/** What a pool gives, whatever is set aside for it. */
export type PoolTerms = Pick<UnitPool, 'planVersion' | 'planService' | 'over' | 'worth' | 'roundingNanos'>;

export class OpenPool {
  readonly terms: PoolTerms;
  open: boolean;
  left: bigint;
  reservations: readonly Reservation[];
  counted: readonly CounterReservation[];

  constructor(terms: PoolTerms, known: Pick<UnitPool, 'open' | 'left' | 'reservations' | 'counted'>) {
    this.terms = terms;
    this.open = known.open;
    this.left = known.left;
    this.reservations = known.reservations;
    this.counted = known.counted;
  }

  finish(): UnitPool {
    const { planVersion, planService, over, worth, roundingNanos } = this.terms;
    const { open, left, reservations, counted } = this;
    return { planVersion, planService, open, over, worth, roundingNanos, left, reservations, counted };
  }
}

/** What an item had in the pool when its report began. */
export interface TakenOut {
  readonly multiplier: bigint;
  readonly used: bigint;
  readonly reservations: readonly Reservation[];
}

/** Of one session, while a decision is made. */
export class SessionPools {
  opened: number;
  pool: OpenPool | undefined;
  readonly #items: readonly WorkingItem[];

  constructor({ opened, pool }: Pooling, items: readonly WorkingItem[]) {
    this.opened = opened;
    this.pool = pool && new OpenPool(pool, pool);
    this.#items = items;
  }

  finish(): Pooling {
    return { opened: this.opened, pool: this.pool?.finish() };
  }

  get members(): readonly (WorkingItem & PoolMember)[] {
    return this.#items.filter((item): item is WorkingItem & PoolMember => item.multiplier !== undefined);
  }

  /** The session is over: all that is set aside is free. */
  end(draft: Draft): void {
    if (this.pool !== undefined) release(draft, this.pool);
    this.pool = undefined;
    for (const item of this.#items) item.multiplier = undefined;
  }

  /** What it prices is another by now: nobody comes to it any more, and it ends with the next reports of those that draw from it. */
  close(): void {
    if (this.pool !== undefined) this.pool.open = false;
  }

  /** An item reports or asks anew: its quota is void, and what is set aside pays for what it used. Undefined: it does not draw from the pool. */
  takeOut(draft: Draft, item: WorkingItem): TakenOut | undefined {
    const { pool } = this;
    const { multiplier } = item;
    if (pool === undefined || multiplier === undefined) return undefined;
    const { reservations } = pool;
    release(draft, pool);
    item.multiplier = undefined;
    return { multiplier, used: item.use?.used ?? 0n, reservations };
  }

  /** After its use was debited: S falls by it, and what is left is set aside again. Without members there is no pool. */
  putBack(draft: Draft, item: WorkingItem, { multiplier, used, reservations }: TakenOut, at: number): void {
    const { pool } = this;
    if (pool === undefined) return;
    const consumed = greatest((item.use?.used ?? 0n) - used, 0n) * multiplier;
    pool.left = pool.left > consumed ? pool.left - consumed : 0n;
    if (this.members.length === 0) this.pool = undefined;
    else this.hold(draft, item, pool, reservations, sourcesOf(draft, item, at, 'reserve'), at);
  }

  /** Sets aside what the pool needs: first where it was before (also in a bucket that has ended since), then in `sources`. */
  hold(draft: Draft, item: WorkingItem, pool: OpenPool, before: readonly Reservation[], sources: readonly Source[], at: number): void {
    const needed = neededFor(pool.terms, pool.left, this.members);
    const amounts: [WorkingBucket, bigint][] = [];
    let rest = needed;
    for (const [bucket, most] of mostOfBuckets(draft, pool.terms, before, sources)) {
      const amount = least(most, rest);
      if (amount <= 0n) continue;
      amounts.push([bucket, amount]);
      rest -= amount;
    }
    setAside(draft, pool, amounts);
    const isMoney = pool.terms.over === 'money';
    const counted = reserveControls(controlsOf(draft, item, at), isMoney ? 0n : needed, isMoney ? needed : 0n);
    if (counted.length > 0) pool.counted = [...pool.counted, ...counted];
  }
}

/** What each bucket may give the pool: what was set aside there before, as far as it is still there, or what is free. */
export function mostOfBuckets(
  draft: Draft,
  { over }: PoolTerms,
  before: readonly Reservation[],
  sources: readonly Source[],
): ReadonlyMap<WorkingBucket, bigint> {
  const most = new Map<WorkingBucket, bigint>();
  for (const { account, bucket: id, amount } of before) {
    const bucket = draft.bucket(account, id);
    if (bucket !== undefined && bucket.free > 0n) most.set(bucket, least(amount, bucket.free));
  }
  for (const { bucket, isMoney, most: free } of sources)
    if (isMoney === (over === 'money') && free > (most.get(bucket) ?? 0n)) most.set(bucket, free);
  return most;
}

/**
 * What S costs at most when its members use it in any way, in what the pool is over: S as it is worth, and of each member what its use so far costs exactly less
 * what was charged for it, with the most that rounding may add. A report takes from it as much as it debits, so what is set aside is always there.
 */
export function neededFor(terms: PoolTerms, left: bigint, members: Iterable<PoolMember>): bigint {
  if (terms.over === 'units') return left;
  const { of, by } = terms.worth;
  let sum = left * of;
  for (const { multiplier, use } of members) {
    const exact = use === undefined ? 0n : pricedUnits(use) * multiplier * of - use.chargedNanos * by;
    sum += greatest(exact + terms.roundingNanos * by, 0n);
  }
  return (sum + by - 1n) / by;
}

/** Units used that no allowance covered: at straight prices what is used is what is billed. */
function pricedUnits({ used, covered }: RunningUse): bigint {
  return covered.reduce((units, each) => units - each.units, used);
}

/** Where one group is told that what it was granted is the last of the pool, all of the answer are: they draw from the same. */
export function lastOfPool(answers: readonly AnswerItem[]): readonly AnswerItem[] {
  const last = answers.find(({ unitPool, finalUnit }) => unitPool !== undefined && finalUnit !== undefined)?.finalUnit;
  if (last === undefined) return answers;
  return answers.map((answer) => {
    if (answer.unitPool === undefined || answer.finalUnit !== undefined) return answer;
    const { threshold: _, ...others } = answer;
    return { ...others, finalUnit: last };
  });
}
