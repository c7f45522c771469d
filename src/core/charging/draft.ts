/** A decision in the making: the state it began with, and what it changes. */
import type { Bucket, ChargingAccount, ChargingSession } from './account.ts';
import type { BalanceChange, ChangeCause, ChargingEvent, Outcome, UsageRecord } from './decision.ts';
import { added, NONE } from './lists.ts';
import { periodOfKey } from './periods.ts';
import type { CompiledCatalog, CompiledPlan } from './plan.ts';
import { WorkingAccount, WorkingBucket, type WorkingCounter } from './working-account.ts';

export class Draft {
  readonly catalog: CompiledCatalog;
  readonly now: number;
  readonly own: WorkingAccount;
  readonly #pools: readonly WorkingAccount[];
  #changes: BalanceChange[] | undefined = undefined;
  #events: ChargingEvent[] | undefined = undefined;
  #records: UsageRecord[] | undefined = undefined;
  /** Sentences of an explanation; undefined where nobody asked. */
  readonly trace: string[] | undefined;
  #order: readonly WorkingBucket[] | undefined = undefined;

  constructor(
    catalog: CompiledCatalog,
    account: ChargingAccount,
    pools: readonly ChargingAccount[],
    now: number,
    trace: string[] | undefined,
  ) {
    this.catalog = catalog;
    this.now = now;
    this.trace = trace;
    this.own = new WorkingAccount(account, planAt(catalog, account.plan, now), catalog);
    this.#pools = pools.length === 0 ? NONE : pools.map((pool) => new WorkingAccount(pool, planAt(catalog, pool.plan, now), catalog));
  }

  /** The subscriber's account, then its pools. */
  get accounts(): readonly WorkingAccount[] {
    return [this.own, ...this.#pools];
  }

  /** All buckets in the order in which they are used. */
  get order(): readonly WorkingBucket[] {
    if (this.#order === undefined) {
      const all = this.#pools.length === 0 ? this.own.buckets : this.accounts.flatMap(({ buckets }) => buckets).sort(byUse);
      this.#order = all;
    }
    return this.#order;
  }

  account(id: string): WorkingAccount | undefined {
    return this.own.base.id === id ? this.own : this.#pools.find(({ base }) => base.id === id);
  }

  bucket(account: string, id: number): WorkingBucket | undefined {
    for (const bucket of this.order) if (bucket.base.id === id && bucket.owner.base.id === account && !bucket.removed) return bucket;
    return undefined;
  }

  /** Puts a new bucket where it is used in order. It begins empty: `move` fills it. */
  addBucket(owner: WorkingAccount, bucket: Omit<Bucket, 'id' | 'value' | 'filled' | 'reserved' | 'holders' | 'raised'>): WorkingBucket {
    const id = owner.get('nextBucket');
    owner.next.nextBucket = id + 1;
    owner.recount = true;
    const working = new WorkingBucket(owner, { ...bucket, id, value: 0n, filled: 0n, reserved: 0n, holders: 0, raised: 0 }, this.catalog);
    owner.buckets.push(working);
    owner.buckets.sort(byUse);
    this.#order = undefined;
    return working;
  }

  removeBucket(bucket: WorkingBucket): void {
    bucket.removed = true;
    bucket.owner.recount = true;
  }

  /** Changes what is left in a bucket, and writes down why. */
  move(bucket: WorkingBucket, amount: bigint, cause: ChangeCause): void {
    if (amount === 0n) return;
    const before = bucket.value;
    bucket.value = before + amount;
    const { id, definition, unit } = bucket.base;
    const account = bucket.owner.base.id;
    const change = { account, bucket: id, definition, unit, before, after: bucket.value, atMicros: this.now, cause };
    this.#changes = added(this.#changes, change);
  }

  /** The counter of a tier, a control or a cap, as it stands. */
  tierCounter(key: string): WorkingCounter {
    return this.own.counter(key, this.now, () => periodOfKey(key, this.own.plan?.zone ?? 'UTC'));
  }

  setSessions(sessions: readonly ChargingSession[]): void {
    this.own.next.sessions = sessions;
  }

  /** The accounts that changed. */
  changed(): readonly ChargingAccount[] {
    const own = this.own.finish(this.now);
    let accounts = own && [own];
    for (const pool of this.#pools) {
      const changed = pool.finish(this.now);
      if (changed !== undefined) accounts = added(accounts, changed);
    }
    return accounts ?? NONE;
  }

  get events(): readonly ChargingEvent[] {
    return this.#events ?? NONE;
  }

  tell(event: ChargingEvent): void {
    this.#events = added(this.#events, event);
  }

  get records(): readonly UsageRecord[] {
    return this.#records ?? NONE;
  }

  record(use: UsageRecord): void {
    this.#records = added(this.#records, use);
  }

  get changes(): readonly BalanceChange[] {
    return this.#changes ?? NONE;
  }

  outcome(): Outcome {
    return { accounts: this.changed(), records: this.records, changes: this.changes, events: this.events };
  }
}

export function byUse({ base: a }: WorkingBucket, { base: b }: WorkingBucket): number {
  return a.priority - b.priority || a.validToMicros - b.validToMicros || a.id - b.id;
}

/** The version of a plan in force; undefined when there is none. */
export function planAt(catalog: CompiledCatalog, id: string, micros: number): CompiledPlan | undefined {
  for (const plan of catalog.plans.get(id) ?? NONE)
    if (micros >= plan.validFromMicros) return micros < plan.validToMicros ? plan : undefined;
  return undefined;
}
