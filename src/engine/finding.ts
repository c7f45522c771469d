/** Finds accounts with their pools: in memory, else in the store. Who waits for the store is taken up again with what was found. */
import type { ChargingRequest } from '#core/charging/request.ts';
import type { AccountCache, Held } from './account-cache.ts';
import type { Committer } from './committer.ts';
import type { EngineCounts } from './counts.ts';
import { Elsewhere, isNamed, type Want, wantsOf } from './elsewhere.ts';
import type { Keeper } from './keeper.ts';
import type { Loader } from './loader.ts';
import { type Found, identityKey } from './ports.ts';
import type { RecentSessions } from './recent-sessions.ts';
import type { HeldState } from './staging.ts';
import { TextMap } from './text-map.ts';
import type { Waiting } from './waiting.ts';

export interface FindingOptions {
  readonly loader: Loader;
  readonly cache: AccountCache;
  readonly recent: RecentSessions;
  readonly counts: EngineCounts;
  readonly keeper: Keeper;
  readonly committer: Committer;
  /** Decides again. */
  readonly again: (waiting: Waiting) => void;
}

const NO_POOLS: readonly never[] = [];

export class Finding {
  readonly elsewhere = new Elsewhere();
  /** Names that the look-ups under way have found, with their accounts, until all who wait for them were called. */
  readonly #met = new TextMap<string>();
  readonly #options: FindingOptions;

  constructor(options: FindingOptions) {
    this.#options = options;
  }

  /** Takes in what was found. */
  found(found: Found): void {
    const { cache, keeper, recent, counts } = this.#options;
    const { accounts, closed } = found;
    for (const stored of accounts) {
      if (keeper.shards.has(stored.shard)) cache.add(stored);
      else this.elsewhere.addAccount(stored.account.id, stored.shard);
    }
    this.elsewhere.addNames(found, (id) => cache.get(id) !== undefined);
    const there = new TextMap<true>();
    for (const { account } of accounts) {
      there.set(account.id, true);
      this.#met.set(`account ${account.id}`, account.id);
    }
    for (const [key, id] of found.identities) if (there.has(id)) this.#met.set(`identity ${key}`, id);
    for (const [session, id] of found.sessions) if (there.has(id)) this.#met.set(`session ${session}`, id);
    for (const { session, number } of closed) if (recent.numberOf(session) === undefined) recent.add(session, number);
    counts.loaded += accounts.length;
  }

  /** All who waited for what was found have been called. */
  settled(): void {
    this.#met.clear();
  }

  /**
   * Whether one of these was found a moment ago and is nowhere now: its shard came or went meanwhile, or somebody who waits for the same has asked another engine in vain. It is looked
   * for again, and must not be taken for unknown.
   */
  isLost(wants: readonly Want[]): boolean {
    return wants.some((want) => {
      const id = this.#met.get(`${want.kind} ${want.name}`);
      return id !== undefined && this.#options.cache.get(id) === undefined && this.elsewhere.shardOf(want) === undefined;
    });
  }

  /** Brings accounts into memory. */
  load(ids: readonly string[]): Promise<void> {
    const { loader, cache } = this.#options;
    const missing = ids.filter((id) => cache.get(id) === undefined);
    if (missing.length === 0) return Promise.resolve();
    return new Promise((resolve) => {
      loader.want(
        missing.map((name) => ({ kind: 'account' as const, name })),
        resolve,
      );
    });
  }

  /** Comes back when it was looked for. False: there is nothing to look for. */
  lookFor(waiting: Waiting, wants: readonly Want[]): boolean {
    if (wants.length === 0) return false;
    const { life } = this.#options.keeper;
    this.#options.loader.want(wants, () => this.againAsOf(life, waiting));
    return true;
  }

  /**
   * Decides again, with what was looked up in this life of the engine. What was found holds for this moment: shards may go, and accounts leave memory, while
   * it waits for room.
   */
  againAsOf(life: number, waiting: Waiting, withPools = false): void {
    const { committer, keeper } = this.#options;
    waiting.looked = !committer.isDown && keeper.life === life;
    waiting.lookedWithPools = waiting.looked && withPools;
    this.#options.again(waiting);
    waiting.looked = false;
    waiting.lookedWithPools = false;
  }

  /** The account of the first identity that one has, as far as memory knows; undefined also when that is another engine's. */
  heldFor(request: ChargingRequest): Held | undefined {
    const { cache } = this.#options;
    if (isNamed(request) && this.elsewhere.shardOf({ kind: 'session', name: request.session }) !== undefined) return undefined;
    for (const identity of request.identities) {
      const name = identityKey(identity);
      const id = cache.idOfIdentity(name);
      if (id !== undefined) return cache.get(id);
      if (this.elsewhere.shardOf({ kind: 'identity', name }) !== undefined) return undefined;
    }
    return undefined;
  }

  /** Whether the store may know of another account for a request than the one in memory. */
  mayBeOthers(request: ChargingRequest, { id }: Held): boolean {
    const { cache } = this.#options;
    const [first] = request.identities;
    return isNamed(request) || first === undefined || cache.idOfIdentity(identityKey(first)) !== id;
  }

  /** With its pools, as far as memory has them all. */
  stateOf(held: Held): HeldState | undefined {
    const { account } = held;
    if (account.pools.length === 0) return { held, pools: NO_POOLS, state: { account, pools: NO_POOLS } };
    const pools: Held[] = [];
    for (const { pool } of account.pools) {
      const found = this.#options.cache.get(pool);
      if (found === undefined) return undefined;
      pools.push(found);
    }
    return { held, pools, state: { account, pools: pools.map((pool) => pool.account) } };
  }

  /** Also what is in memory, and by all that it was found by: it may leave memory meanwhile, and must not be taken for unknown. Decided at once when it is there. */
  lookForAll(waiting: Waiting, accounts: readonly string[]): void {
    const { loader, keeper } = this.#options;
    const { life } = keeper;
    const names = waiting.kind === 'request' ? wantsOf(waiting.request) : [];
    loader.want([...names, ...accounts.map((name): Want => ({ kind: 'account', name }))], () => this.againAsOf(life, waiting, true));
  }

  /** With its pools. Undefined: they have to be brought into memory first, and who waits comes back then. */
  current(held: Held, waiting: Waiting): HeldState | undefined {
    const target = this.stateOf(held);
    if (target !== undefined) return target;
    const pools = held.account.pools.map(({ pool }) => pool);
    if (waiting.lookedWithPools)
      throw new Error(
        `account ${held.id} draws from ${pools.find((pool) => this.#options.cache.get(pool) === undefined)}, which is not with it`,
      );
    this.lookForAll(waiting, [held.id, ...pools]);
    return undefined;
  }
}
