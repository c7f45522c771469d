/**
 * Subscriptions to the status of policy counters, whatever protocol they came by. What a subscriber was told is kept with the
 * subscription: whoever looks after it, also after a crash, compares that with how the account stands and tells the difference.
 */
import type { ChargingAccount } from '#core/charging/account.ts';
import type { CompiledCatalog } from '#core/charging/plan.ts';
import { changedCounters, type PolicyCounter, policyCounters } from '#core/charging/policy-counters.ts';
import type {
  SpendingAnswer,
  SpendingLimitService,
  SpendingNotifier,
  Subscription,
  SubscriptionBooks,
  SubscriptionChange,
  SubscriptionKind,
  SubscriptionRequest,
} from './spending-ports.ts';

export interface SpendingOptions {
  readonly books: SubscriptionBooks;
  /** The plans in force now. */
  readonly catalog: () => CompiledCatalog;
  /** UTC microseconds. */
  readonly clock: () => number;
  readonly failed: (error: unknown) => void;
}

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;
const TICK_MS = 500;
/** Accounts that are looked at again in one tick: a peer that is away must not keep the store busy. */
const MOST_RETRIES = 50;
const MOST_AT_ONCE = 500;
const FORGET_EVERY_MS = 60_000;

interface Retry {
  readonly atMs: number;
  readonly waitMs: number;
}

export class SpendingLimits implements SpendingLimitService {
  readonly #options: SpendingOptions;
  readonly #notifiers = new Map<SubscriptionKind, SpendingNotifier>();
  /** Accounts that are being looked at; true: something changed meanwhile. */
  readonly #looking = new Map<string, boolean>();
  readonly #retries = new Map<string, Retry>();
  readonly #timer: NodeJS.Timeout;
  #nextForgetMs = 0;
  #isClosed = false;

  constructor(options: SpendingOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.#timer.unref();
  }

  /** Subscribers of a kind are told by it. */
  notifyBy(notifier: SpendingNotifier): void {
    this.#notifiers.set(notifier.kind, notifier);
  }

  async subscribe({ identities, ...wanted }: SubscriptionRequest): Promise<SpendingAnswer> {
    const account = await this.#options.books.accountOf(identities);
    if (account === undefined || account.status === 'closed') return { kind: 'user-unknown' };
    return this.#enter({ ...wanted, account: account.id, reported: [] }, account);
  }

  async modify(id: string, change: SubscriptionChange): Promise<SpendingAnswer> {
    const { books, clock } = this.#options;
    const known = await books.get(id, clock());
    const account = known === undefined ? undefined : await books.account(known.account);
    if (known === undefined || account === undefined) return { kind: 'unknown-subscription' };
    return this.#enter({ ...known, ...change }, account);
  }

  unsubscribe(id: string): Promise<boolean> {
    return this.#options.books.remove(id);
  }

  /** A counter of the account has, or may have, another status; or the account was closed. Subscribers are told what is new to them. */
  changed(account: string): void {
    if (this.#isClosed) return;
    if (this.#looking.has(account)) {
      this.#looking.set(account, true);
      return;
    }
    this.#looking.set(account, false);
    void this.#look(account);
  }

  /** Looks at all subscribed accounts of these shards: they came from another engine, or plans have changed. */
  async reconcile(shards: readonly number[]): Promise<void> {
    let after = '';
    while (!this.#isClosed && shards.length > 0) {
      const accounts = await this.#options.books.subscribedAccounts(shards, after, MOST_AT_ONCE);
      for (const account of accounts) {
        if (this.#looking.has(account)) continue;
        this.#looking.set(account, false);
        await this.#look(account);
      }
      const last = accounts.at(-1);
      if (last === undefined || accounts.length < MOST_AT_ONCE) return;
      after = last;
    }
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
  }

  /**
   * Kept first, and then looked again: a change that is committed before the second look is in the answer, and one behind it finds the
   * subscription.
   */
  async #enter(subscription: Subscription, account: ChargingAccount): Promise<SpendingAnswer> {
    const { books } = this.#options;
    const all = this.#countersOf(account);
    const unknown = subscription.counters.filter((id) => !all.some(({ counter }) => counter === id));
    if (all.length === 0) return { kind: 'no-counters' };
    if (unknown.length > 0) return { kind: 'unknown-counters', unknown };
    const entered = { ...subscription, reported: chosen(subscription, all) };
    await books.put(entered);
    const now = await books.account(account.id);
    const counters = now === undefined ? entered.reported : chosen(subscription, this.#countersOf(now));
    if (changedCounters(entered.reported, counters, this.#options.clock()).length > 0) await books.setReported(entered.id, counters);
    return { kind: 'counters', counters, subscription: { ...entered, reported: counters } };
  }

  #countersOf(account: ChargingAccount): readonly PolicyCounter[] {
    return policyCounters(this.#options.catalog(), account, this.#options.clock());
  }

  async #look(account: string): Promise<void> {
    try {
      await this.#compare(account);
    } catch (error) {
      this.#options.failed(error);
      this.#later(account);
    }
    const again = this.#looking.get(account) === true;
    this.#looking.delete(account);
    if (again) this.changed(account);
  }

  /** One after the other: a subscriber hears of changes in their order. */
  async #compare(id: string): Promise<void> {
    const { books, clock } = this.#options;
    const subscriptions = await books.ofAccount(id, clock());
    const account = subscriptions.length === 0 ? undefined : await books.account(id);
    let missed = false;
    if (account !== undefined) for (const each of subscriptions) if (!(await this.#tell(each, account))) missed = true;
    if (missed) this.#later(id);
    else this.#retries.delete(id);
  }

  /** False: it could not be reached. */
  async #tell(subscription: Subscription, account: ChargingAccount): Promise<boolean> {
    const { books, clock } = this.#options;
    const notifier = this.#notifiers.get(subscription.kind);
    if (notifier === undefined) return true;
    if (account.status === 'closed') {
      const delivery = await notifier.ended(subscription, account);
      if (delivery !== 'unreachable') await books.remove(subscription.id);
      return delivery !== 'unreachable';
    }
    const counters = chosen(subscription, this.#countersOf(account));
    const changed = changedCounters(subscription.reported, counters, clock());
    if (changed.length === 0) return true;
    const delivery = await notifier.changed(subscription, changed);
    if (delivery === 'told') await books.setReported(subscription.id, counters);
    if (delivery === 'gone') await books.remove(subscription.id);
    return delivery !== 'unreachable';
  }

  #later(account: string): void {
    const waitMs = Math.min(LAST_RETRY_MS, 2 * (this.#retries.get(account)?.waitMs ?? FIRST_RETRY_MS / 2));
    this.#retries.delete(account);
    this.#retries.set(account, { atMs: performance.now() + waitMs, waitMs });
  }

  #tick(): void {
    const now = performance.now();
    let most = MOST_RETRIES;
    for (const [account, { atMs }] of this.#retries) {
      if (most === 0) break;
      if (atMs > now) continue;
      most -= 1;
      this.changed(account);
    }
    if (now < this.#nextForgetMs) return;
    this.#nextForgetMs = now + FORGET_EVERY_MS;
    this.#options.books.forget(this.#options.clock()).catch((error: unknown) => this.#options.failed(error));
  }
}

function chosen({ counters }: Subscription, all: readonly PolicyCounter[]): readonly PolicyCounter[] {
  return counters.length === 0 ? all : all.filter(({ counter }) => counters.includes(counter));
}
