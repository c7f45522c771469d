/** Which shards are ours, and that they stay so: the lease is renewed, what belonged to dead engines is taken over, what is lost is dropped. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AccountCache } from './account-cache.ts';
import type { EngineLimits } from './limits.ts';
import { type ChargingStore, type OwnedShards, StoreError, type WaitingCommand } from './ports.ts';
import type { RecentSessions } from './recent-sessions.ts';

export interface KeeperOptions {
  readonly store: ChargingStore;
  readonly cache: AccountCache;
  readonly recent: RecentSessions;
  readonly limits: EngineLimits;
  readonly name: string;
  /** Undefined: other engines are not asked, and do not ask this one. */
  readonly address: string | undefined;
  readonly clock: () => number;
  readonly note: (text: string) => void;
  /** Shards came, of which nobody has looked at what fell due. */
  readonly gained: () => void;
}

const FORGET_EVERY_MS = 250;
/** A second's log at once is ten milliseconds of the server, in which commits wait for a core. */
const TRIM_EVERY_MS = 250;
/** Logs of engines that are gone; and our own, when there is nothing to trim: whether somebody waits for rows. */
const LOGS_EVERY_MS = 1_000;
const MOST_COMMANDS = 100;
const COMMANDS_EVERY_MS = 300;
const JOURNAL_EVERY_MS = 600_000;
const MOST_SHARDS = 32_767;

export class Keeper {
  readonly #options: KeeperOptions;
  #engineId = 0;
  #shards: OwnedShards = new Map();
  /** With those that are being given back: what was decided about them before is written. */
  #owned: OwnedShards = new Map();
  /** By the monotonic clock: what is in memory may be told without asking the store. */
  #leaseUntilMs = 0;
  #nextRenewMs = 0;
  #nextForgetMs = 0;
  #nextJournalMs = 0;
  #nextCommandsMs = 0;
  #isRenewing = false;
  #isCleaning = false;
  /** Nobody knows what the last commit came to: this number must end. */
  #isDoubtful = false;
  #nextTrimMs = 0;
  /** Commits before it were trimmed, whichever engine this was then: the numbers of commits only grow. */
  #trimmedTo = 0;
  #nextLogsMs = 0;
  /** Grows whenever what was read before may be older than what is to be read now. */
  life = 0;
  #renewed: Promise<void> = Promise.resolve();
  #owners: ReadonlyMap<number, string> = new Map();
  /** Commits before it are not needed in the log. */
  firstNeeded: () => number = () => 0;
  /** What was committed until now is to be in rows. */
  onSettle: () => void = () => undefined;
  /** Waits until what was decided before is written or undone. False: it is not, within the time. */
  onRelease: (shards: readonly number[], withinMs: number) => Promise<boolean> = async () => true;
  /** Everything was forgotten because this engine was deposed. */
  onForget: () => void = () => undefined;
  /** Nothing is renewed any more. */
  #isLeft = false;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  get engineId(): number {
    return this.#engineId;
  }

  /** Those that are served. */
  get shards(): OwnedShards {
    return this.#shards;
  }

  /** Those that may be written. */
  get owned(): OwnedShards {
    return this.#owned;
  }

  /** Where another engine takes what is asked for its accounts, as of the last renewal; undefined: ours, nobody's, or not said. */
  addressOf(shard: number): string | undefined {
    const address = this.#shards.has(shard) ? undefined : this.#owners.get(shard);
    return address === this.#options.address ? undefined : address;
  }

  /** Of all other engines that have shards. */
  get addresses(): readonly string[] {
    return [...new Set(this.#owners.values())].filter((address) => address !== this.#options.address);
  }

  /** Somebody does not have what it had: it is looked up again at once. */
  renewSoon(): void {
    this.#nextRenewMs = 0;
  }

  /** Nobody else can have taken our shards. */
  get isLive(): boolean {
    return performance.now() < this.#leaseUntilMs;
  }

  /** This number must end before anything is decided. */
  get isDoubtful(): boolean {
    return this.#isDoubtful;
  }

  async enter(): Promise<void> {
    const { store, name, limits, clock, address } = this.#options;
    this.#engineId = await store.enter(name, limits.leaseMs, address);
    await store.prepareJournal(clock());
    this.#nextJournalMs = performance.now() + JOURNAL_EVERY_MS;
    await this.renew();
  }

  /** Gives everything back. The lease runs out by itself where the store does not answer within the time. */
  async leave(withinMs: number): Promise<void> {
    this.#isLeft = true;
    this.#options.cache.dropAll();
    const late = new AbortController();
    await Promise.race([this.#leave(), sleep(withinMs, undefined, { signal: late.signal }).catch(() => undefined)]);
    late.abort();
  }

  async #leave(): Promise<void> {
    await this.#renewed; // one that is under way could begin anew, and take shards that nobody serves
    this.#shards = new Map();
    this.#owned = this.#shards;
    this.#leaseUntilMs = 0;
    this.#options.cache.dropAll();
    await this.#options.store.release(this.#engineId).catch((error: unknown) => {
      if (!(error instanceof StoreError)) throw error;
    });
  }

  /** What is due now. Throws what the store throws. What can wait begins behind a renewal, and does not keep the next one waiting when the store is silent. */
  async tick(): Promise<void> {
    if (this.#isRenewing) return;
    this.#isRenewing = true;
    try {
      if (performance.now() >= this.#nextRenewMs) await this.renew();
    } finally {
      this.#isRenewing = false;
    }
    if (this.#isCleaning) return;
    this.#isCleaning = true;
    try {
      await this.#clean(performance.now());
    } finally {
      this.#isCleaning = false;
    }
  }

  /**
   * Renews at once; begins anew under another number when this one was deposed. One after the other: an earlier answer of the store must not be
   * believed after a later one.
   */
  renew(): Promise<void> {
    const renewed = this.#renewed.then(() => this.#renew());
    this.#renewed = renewed.catch(() => undefined);
    return renewed;
  }

  async #renew(): Promise<void> {
    const { store, limits, address } = this.#options;
    if (this.#isLeft) return;
    if (this.#isDoubtful) await this.#beginAnew();
    const startMs = performance.now();
    const most = limits.balance ? await this.#fairShare() : MOST_SHARDS;
    try {
      const shards = await store.renew(this.#engineId, most);
      // Everything was forgotten meanwhile: this number must end, whatever it still has.
      if (this.#isDoubtful) return await this.#renew();
      this.#leaseUntilMs = startMs + limits.leaseMs;
      this.#nextRenewMs = startMs + limits.leaseMs / 3;
      this.#take(shards);
      if (address !== undefined) this.#owners = await store.owners();
      if (this.#shards.size > most) await this.#giveBack([...this.#shards.keys()].slice(most));
    } catch (error) {
      if (!(error instanceof StoreError) || error.fault !== 'deposed') throw error;
      this.forgetAll();
      this.onForget();
      await this.#renew();
    }
  }

  async #beginAnew(): Promise<void> {
    const { store, limits, note, name } = this.#options;
    const before = this.#engineId;
    this.#engineId = await store.beginAnew(before, name, limits.leaseMs);
    this.#isDoubtful = false;
    note(`engine ${before} is at its end: it begins anew as ${this.#engineId}`);
  }

  /** What is in memory is worth nothing any more, and the store says what is: it begins anew under another number. */
  forgetAll(): void {
    this.#isDoubtful = true;
    this.life += 1;
    this.#shards = new Map();
    this.#owned = this.#shards;
    this.#leaseUntilMs = 0;
    this.#nextRenewMs = 0;
    this.#options.cache.dropAll();
    this.#options.recent.forgetAll();
  }

  /** Commands that other processes left for our accounts. */
  async leftCommands(): Promise<readonly WaitingCommand[]> {
    const now = performance.now();
    if (this.#shards.size === 0 || now < this.#nextCommandsMs) return [];
    this.#nextCommandsMs = now + COMMANDS_EVERY_MS;
    return this.#options.store.waitingCommands([...this.#shards.keys()], MOST_COMMANDS);
  }

  #take(shards: OwnedShards): void {
    const { cache, note } = this.#options;
    const lost = [...this.#shards].filter(([shard, epoch]) => shards.get(shard) !== epoch).map(([shard]) => shard);
    const gained = [...shards].filter(([shard, epoch]) => this.#shards.get(shard) !== epoch).length;
    this.#shards = shards;
    this.#owned = shards;
    if (lost.length > 0) for (const held of [...cache.all()]) if (lost.includes(held.shard)) cache.drop(held);
    if (lost.length > 0 || gained > 0) note(`engine ${this.#engineId} has ${shards.size} shards: ${gained} came, ${lost.length} went`);
    if (gained > 0 || lost.length > 0) this.life += 1;
    if (gained > 0) {
      this.#options.gained();
    }
  }

  async #fairShare(): Promise<number> {
    const { engines, shards } = await this.#options.store.engines();
    return Math.ceil(shards / Math.max(1, engines));
  }

  /** Nothing new is decided for them, what was decided is written, and then they are free. */
  async #giveBack(given: readonly number[]): Promise<void> {
    const { store, cache } = this.#options;
    this.#shards = new Map([...this.#shards].filter(([shard]) => !given.includes(shard)));
    const { leaseMs } = this.#options.limits;
    // Nothing is renewed meanwhile: whatever keeps it from being written, it begins anew before the lease is over.
    if (!(await this.onRelease(given, leaseMs * 0.8)))
      throw new StoreError('deposed', new Error('what is given back could not be written in time'));
    for (const held of [...cache.all()]) if (given.includes(held.shard)) cache.drop(held);
    this.#owned = this.#shards;
    this.life += 1;
    await store.release(this.#engineId, given);
  }

  async #clean(now: number): Promise<void> {
    const { store, clock, limits } = this.#options;
    if (now >= this.#nextJournalMs) {
      await store.prepareJournal(clock());
      this.#nextJournalMs = now + JOURNAL_EVERY_MS;
    }
    // Of what was forgotten only the log knows that its rows are behind: it is not trimmed before somebody has taken it over.
    if (!this.#isDoubtful && !this.#isLeft) {
      const first = this.firstNeeded();
      if (now >= (first > this.#trimmedTo ? this.#nextTrimMs : this.#nextLogsMs)) {
        if (await store.trimLog(this.#engineId, this.#trimmedTo, first)) this.onSettle();
        this.#trimmedTo = first;
        this.#nextTrimMs = performance.now() + TRIM_EVERY_MS;
      }
    }
    if (now >= this.#nextLogsMs) {
      await store.forgetLogs();
      this.#nextLogsMs = performance.now() + LOGS_EVERY_MS;
    }
    if (now >= this.#nextForgetMs) {
      // Twice as long as in memory, so that what is known to be over has its answer.
      await store.forgetClosed(clock() - 3 * limits.keepAnswersSeconds * 1_000_000);
      this.#nextForgetMs = performance.now() + FORGET_EVERY_MS;
    }
  }
}
