/**
 * Accounts whose rows are behind the log, the oldest first, and which of a commit's accounts go to the log and which to their rows. A row is written
 * with the commit that leaves the account as the row says, so that what is durable is one state, wherever it is read.
 */
import type { Held } from './account-cache.ts';
import type { EngineLimits } from './limits.ts';

/** Rows that a commit writes besides those of the accounts it changes, as long as no more are due than are logged. */
const MOST_ROWS_BESIDES = 64;
/** Of a commit that does nothing else. */
const MOST_ROWS_ALONE = 512;

export interface Chosen {
  readonly rows: readonly Held[];
  readonly logged: readonly Held[];
}

export class Unwritten {
  readonly #limits: EngineLimits;
  /** In the order of the commits that logged them first: a list through the accounts, for a Set whose first members go again and again is slow to begin. */
  #oldest: Held | undefined = undefined;
  #newest: Held | undefined = undefined;
  #size = 0;
  /** Found in logs of engines that are gone: their rows are due at once. */
  readonly #adopted = new Set<Held>();
  /** Every row is due: shards are to be given back. */
  isHurried = false;
  /** The same, for there are more accounts in memory than there is room for. */
  isTight = false;

  constructor(limits: EngineLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#size + this.#adopted.size;
  }

  /** Whether rows of accounts in these shards are behind. */
  hasOf(shards: readonly number[]): boolean {
    for (let held = this.#oldest; held !== undefined; held = held.loggedAfter) if (shards.includes(held.shard)) return true;
    for (const { shard } of this.#adopted) if (shards.includes(shard)) return true;
    return false;
  }

  /** Commits before it are not needed in the log, when the next has this number. */
  firstNeeded(next: number): number {
    return this.#oldest?.loggedIn ?? next;
  }

  /** Whether a row is to be written though nothing changes. */
  isDue(nowMs: number): boolean {
    if (this.#adopted.size > 0) return true;
    if (this.isHurried && this.#size > 0) return true;
    return this.#oldest !== undefined && this.#isDue(this.#oldest, nowMs);
  }

  choose(changed: ReadonlySet<Held>, nowMs: number): Chosen {
    const { mostRowsAtOnce, mostLogged } = this.#limits;
    const rows: Held[] = [];
    const logged: Held[] = [];
    const isSmall = changed.size <= mostRowsAtOnce;
    for (const held of changed) {
      if (isSmall || isElsewhere(held) || held.isAdopted || this.#isDue(held, nowMs)) rows.push(held);
      else logged.push(held);
    }
    let room = changed.size === 0 ? MOST_ROWS_ALONE : Math.max(MOST_ROWS_BESIDES, logged.length);
    let beyond = this.#size + logged.length - mostLogged;
    for (let held = this.#oldest; held !== undefined; held = held.loggedAfter) {
      if (room === 0 || (beyond <= 0 && !this.#isDue(held, nowMs))) break;
      if (changed.has(held)) continue;
      rows.push(held);
      room -= 1;
      beyond -= 1;
    }
    for (const held of this.#adopted) {
      if (room === 0) break;
      if (changed.has(held)) continue;
      rows.push(held);
      room -= 1;
    }
    return { rows, logged };
  }

  /** Its newest state is only in the log of an engine that is gone. */
  adopt(held: Held): void {
    this.#adopted.add(held);
  }

  /** A commit has logged it. */
  add(held: Held, sequence: number, nowMs: number): void {
    if (held.loggedIn !== 0) return;
    held.loggedIn = sequence;
    held.loggedMs = nowMs;
    held.loggedBefore = this.#newest;
    if (this.#newest === undefined) this.#oldest = held;
    else this.#newest.loggedAfter = held;
    this.#newest = held;
    this.#size += 1;
  }

  /** Its row is as new as it is, or it is not ours any more. */
  remove(held: Held): void {
    this.#adopted.delete(held);
    if (held.loggedIn === 0) return;
    held.loggedIn = 0;
    const { loggedBefore, loggedAfter } = held;
    if (loggedBefore === undefined) this.#oldest = loggedAfter;
    else loggedBefore.loggedAfter = loggedAfter;
    if (loggedAfter === undefined) this.#newest = loggedBefore;
    else loggedAfter.loggedBefore = loggedBefore;
    held.loggedBefore = undefined;
    held.loggedAfter = undefined;
    this.#size -= 1;
  }

  #isDue({ loggedIn, loggedMs }: Held, nowMs: number): boolean {
    return this.isHurried || this.isTight || (loggedIn !== 0 && nowMs - loggedMs >= this.#limits.logSeconds * 1_000);
  }
}

/** What others look up by its row. */
function isElsewhere({ isMoved, shard, rowShard }: Held): boolean {
  return isMoved || shard !== rowShard;
}
