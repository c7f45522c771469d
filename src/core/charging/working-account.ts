/**
 * An account, its buckets and its counters while a decision is made: changed in place for one decision only. `finish` makes immutable ones of them, and copies
 * only what changed. Measured: see the README.
 */
import type { AccountCounter, Bucket, ChargingAccount } from './account.ts';
import { FOREVER } from './account.ts';
import { added } from './lists.ts';
import type { CompiledAllowance, CompiledCatalog, CompiledPlan, CompiledScope } from './plan.ts';
import { EVERYTHING } from './scope.ts';

/** The account's own money. */
export const MAIN = 'main';

export class WorkingBucket {
  readonly owner: WorkingAccount;
  readonly base: Bucket;
  /** Undefined for money of the account itself, and for an allowance that the catalog no longer has. */
  readonly allowance: CompiledAllowance | undefined;
  /** Undefined: nothing may use it. */
  readonly scope: CompiledScope | undefined;
  value: bigint;
  filled: bigint;
  reserved: bigint;
  holders: number;
  limit: bigint;
  raised: number;
  removed = false;

  constructor(owner: WorkingAccount, base: Bucket, catalog: CompiledCatalog) {
    this.owner = owner;
    this.base = base;
    this.allowance = base.definition === MAIN ? undefined : catalog.allowances.get(base.definition);
    this.scope = base.definition === MAIN ? EVERYTHING : this.allowance?.scope;
    this.value = base.value;
    this.filled = base.filled;
    this.reserved = base.reserved;
    this.holders = base.holders;
    this.limit = base.limit;
    this.raised = base.raised;
  }

  /** What may still be taken: nothing that is set aside. */
  get free(): bigint {
    const most = this.limit === 0n ? this.value : this.value + this.limit;
    return this.reserved === 0n ? most : most - this.reserved;
  }

  finish(): Bucket {
    const { base, value, filled, reserved, holders, limit, raised } = this;
    const same =
      value === base.value &&
      reserved === base.reserved &&
      holders === base.holders &&
      raised === base.raised &&
      filled === base.filled &&
      limit === base.limit;
    if (same) return base;
    // Member by member, in the order of all buckets: spreading costs five times as much.
    return {
      id: base.id,
      definition: base.definition,
      unit: base.unit,
      value,
      filled,
      reserved,
      holders,
      limit,
      priority: base.priority,
      validFromMicros: base.validFromMicros,
      validToMicros: base.validToMicros,
      raised,
      rolled: base.rolled,
    };
  }
}

export class WorkingCounter {
  readonly key: string;
  readonly fromMicros: number;
  readonly toMicros: number;
  value: bigint;
  reserved: bigint;
  raised: number;

  constructor({ key, fromMicros, toMicros, value, reserved, raised }: AccountCounter) {
    this.key = key;
    this.fromMicros = fromMicros;
    this.toMicros = toMicros;
    this.value = value;
    this.reserved = reserved;
    this.raised = raised;
  }

  finish(): AccountCounter {
    const { key, value, reserved, fromMicros, toMicros, raised } = this;
    return { key, value, reserved, fromMicros, toMicros, raised };
  }
}

/** An account that is being changed. `next` collects replaced fields. */
export class WorkingAccount {
  readonly base: ChargingAccount;
  plan: CompiledPlan | undefined;
  readonly buckets: WorkingBucket[];
  next: { -readonly [K in keyof ChargingAccount]?: ChargingAccount[K] } = {};
  /** Counters that were looked at, by key; undefined until one is. */
  counters: Map<string, WorkingCounter> | undefined = undefined;
  /** Something is there or gone whose time may be the next. */
  recount = false;

  constructor(base: ChargingAccount, plan: CompiledPlan | undefined, catalog: CompiledCatalog) {
    this.base = base;
    this.plan = plan;
    let buckets: WorkingBucket[] | undefined;
    for (const bucket of base.buckets) buckets = added(buckets, new WorkingBucket(this, bucket, catalog));
    this.buckets = buckets ?? [];
  }

  get<K extends keyof ChargingAccount>(field: K): ChargingAccount[K] {
    return (this.next[field] ?? this.base[field]) as ChargingAccount[K]; // next has the fields of an account
  }

  /** The counter as it stands at `now`, from nothing when its period is over. */
  counter(key: string, now: number, begin: () => { readonly fromMicros: number; readonly toMicros: number }): WorkingCounter {
    this.counters ??= new Map();
    let counter = this.counters.get(key);
    if (counter !== undefined) return counter;
    const known = this.base.counters.find((each) => each.key === key);
    counter = new WorkingCounter(
      // What running sessions have set aside may be used in the new period: it counts there.
      known !== undefined && known.toMicros > now ? known : { key, value: 0n, reserved: known?.reserved ?? 0n, raised: 0, ...begin() },
    );
    this.counters.set(key, counter);
    return counter;
  }

  /** The account with its changes; undefined when there are none. */
  finish(now: number): ChargingAccount | undefined {
    const { base } = this;
    const buckets = this.#finishBuckets();
    const counters = this.#finishCounters(now);
    if (buckets !== undefined) this.next.buckets = buckets;
    if (counters !== undefined) this.next.counters = counters;
    for (const _ in this.next) {
      const changed = this.#changed();
      if (this.recount || base.dueMicros <= now) changed.dueMicros = dueOf(changed);
      return changed;
    }
    return undefined;
  }

  /** Member by member, in the order of all accounts: see WorkingBucket. */
  #changed(): { -readonly [K in keyof ChargingAccount]: ChargingAccount[K] } {
    const { base, next } = this;
    return {
      id: base.id,
      version: base.version + 1,
      currency: next.currency ?? base.currency,
      status: next.status ?? base.status,
      plan: next.plan ?? base.plan,
      identities: next.identities ?? base.identities,
      buckets: next.buckets ?? base.buckets,
      counters: next.counters ?? base.counters,
      sessions: next.sessions ?? base.sessions,
      pools: next.pools ?? base.pools,
      controls: next.controls ?? base.controls,
      addOns: next.addOns ?? base.addOns,
      renewals: next.renewals ?? base.renewals,
      debtNanos: next.debtNanos ?? base.debtNanos,
      nextBucket: next.nextBucket ?? base.nextBucket,
      dueMicros: next.dueMicros ?? base.dueMicros,
    };
  }

  #finishBuckets(): readonly Bucket[] | undefined {
    const before = this.base.buckets;
    const kept = this.buckets.some(isRemoved) ? this.buckets.filter((bucket) => !bucket.removed) : this.buckets;
    const after = kept.map(finishBucket);
    let changed = after.length !== before.length;
    for (let at = 0; at < after.length && !changed; at += 1) changed = after[at] !== before[at];
    return changed ? after : undefined;
  }

  #finishCounters(now: number): readonly AccountCounter[] | undefined {
    if (this.counters === undefined) return undefined;
    const moved = [...this.counters.values()].filter((counter) => !isSame(counter, this.base.counters));
    if (moved.length === 0) return undefined;
    const kept = this.base.counters.filter(
      ({ key, toMicros, reserved }) => (toMicros > now || reserved > 0n) && !moved.some((counter) => counter.key === key),
    );
    return [...kept, ...moved.map((counter) => counter.finish())];
  }
}

const isRemoved = ({ removed }: WorkingBucket): boolean => removed;
const finishBucket = (bucket: WorkingBucket): Bucket => bucket.finish();

function isSame(counter: WorkingCounter, before: readonly AccountCounter[]): boolean {
  const known = before.find(({ key }) => key === counter.key);
  if (known === undefined) return counter.value === 0n && counter.reserved === 0n && counter.raised === 0;
  return (
    known.value === counter.value &&
    known.reserved === counter.reserved &&
    known.raised === counter.raised &&
    known.fromMicros === counter.fromMicros
  );
}

/** When something of the account falls due next. */
export function dueOf({ buckets, sessions, addOns, renewals }: ChargingAccount): number {
  let due = FOREVER;
  for (const { validToMicros, reserved } of buckets) if (reserved === 0n && validToMicros < due) due = validToMicros;
  for (const { expiresMicros } of sessions) if (expiresMicros < due) due = expiresMicros;
  for (const { renewsMicros } of addOns) if (renewsMicros < due) due = renewsMicros;
  for (const { givenToMicros } of renewals) if (givenToMicros < due) due = givenToMicros;
  return due;
}
