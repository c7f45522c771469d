/**
 * Accounts whose rows are behind the log, the oldest first; which of a commit's accounts go to the log and which to their rows; and whose rows are written
 * next behind the commits, as the last commit left them.
 *
 * A commit logs accounts whole, so the log needs the last commit that logged an account and none before it: who is charged again and again moves along with it, and its row is
 * written when it has come to rest.
 */
import type { Held } from './account-cache.ts';
import type { EngineLimits } from './limits.ts';

/** Of one statement: two milliseconds of the server. Commits wait for a core meanwhile: one with 128 took ten, and made hundreds of requests late. */
const MOST_ROWS = 32;
/** A statement has so many at least, unless all are due: few at a time cost more. */
const LEAST_ROWS = 16;
/** So many follow each other at once. */
const MOST_ALLOWED = 128;
/** Rows a second that are always written when they are due; with many accounts in the log, twice as many as bring each to its row in time. */
const LEAST_A_SECOND = 640;
/** An account that does not come to rest has its row written so many times more seldom than one that does. */
const RESTLESS = 10;

export interface Chosen {
  readonly rows: readonly Held[];
  readonly logged: readonly Held[];
}

/** A commit, as the log has it. */
interface Logged {
  readonly sequence: number;
  readonly atMs: number;
  readonly accounts: Held[];
  /** Of these the first are not needed here any more. */
  done: number;
}

export class Unwritten {
  readonly #limits: EngineLimits;
  /** Commits that the log still has, but for the first `#gone`. */
  #commits: Logged[] = [];
  #gone = 0;
  /** How often accounts stand in these. */
  #names = 0;
  /** Those that were logged since it was last asked which rows are due. */
  #newNames = 0;
  /** Accounts that the log has newer than their rows. */
  #size = 0;
  /** Found in logs of engines that are gone: their rows are due at once. */
  readonly #adopted = new Set<Held>();
  /** Whose rows are being written behind the commits, and as what they stood in the log. */
  #writing: ReadonlyMap<Held, Standing> = new Map();
  /** Rows that may be written now: so that many that were logged in one moment are not written in one. */
  #allowance = 0;
  #nowMs = 0;
  /** Rows of what was logged by commits up to this one are due. */
  #settledTo = 0;
  /** Every row is due: shards are to be given back. */
  isHurried = false;
  /** The same, for there are more accounts in memory than there is room for. */
  isTight = false;

  constructor(limits: EngineLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#size + this.#adopted.size + this.#writing.size;
  }

  /** Whether rows of accounts in these shards are behind. */
  hasOf(shards: readonly number[]): boolean {
    for (let at = this.#gone; at < this.#commits.length; at += 1)
      for (const { shard, loggedLast } of this.#commits[at]?.accounts ?? []) if (loggedLast !== 0 && shards.includes(shard)) return true;
    for (const { shard } of this.#adopted) if (shards.includes(shard)) return true;
    for (const { shard } of this.#writing.keys()) if (shards.includes(shard)) return true;
    return false;
  }

  /** Commits before it are not needed in the log, when the next has this number. */
  firstNeeded(next: number): number {
    this.#letGo();
    return this.#commits[this.#gone]?.sequence ?? next;
  }

  /** Whether a row is to be written by the commit, and cannot before the one that is under way is. */
  hasToWait(changed: readonly Held[]): boolean {
    const isSmall = changed.length <= this.#limits.mostRowsAtOnce;
    for (const held of changed) if (held.isWriting && ((isSmall && !isLarge(held)) || isElsewhere(held))) return true;
    return false;
  }

  choose(changed: readonly Held[]): Chosen {
    const rows: Held[] = [];
    const logged: Held[] = [];
    const isSmall = changed.length <= this.#limits.mostRowsAtOnce;
    for (const held of changed) {
      const isRow = isElsewhere(held) || (!held.isWriting && (held.isAdopted || (isSmall && !isLarge(held))));
      (isRow ? rows : logged).push(held);
    }
    return { rows, logged };
  }

  /** What commits logged until now is to be in rows; `next`: the number of the next. */
  settle(next: number): void {
    this.#settledTo = next - 1;
  }

  /** Whose rows are to be written now. They count as being written until `written` or `putBack` is called. */
  take(nowMs: number): readonly Held[] {
    const { logSeconds, mostLogged } = this.#limits;
    const isAllDue = this.isHurried || this.isTight;
    const perSecond = Math.max(LEAST_A_SECOND, (2 * this.#size) / logSeconds);
    const sinceMs = nowMs - this.#nowMs;
    this.#nowMs = nowMs;
    this.#letGo();
    const dueTo = Math.max(this.#settledTo, this.#crowdedTo());
    const half = this.#limits.mostNamesLogged / 2;
    // From half full on so many for each that is logged that all are in their rows before it is full: else most of them, which stand in its first seconds, would be due at once then.
    const byNames = this.#names > half ? (this.#newNames * this.#size) / half : 0;
    this.#newNames = 0;
    this.#allowance = Math.min(MOST_ALLOWED, this.#allowance + Math.max(byNames, (sinceMs / 1_000) * perSecond));
    const isFilling = this.#names > half;
    const most = this.#allowance >= LEAST_ROWS ? Math.floor(this.#allowance) : 0;
    const taken = new Map<Held, Standing>();
    let beyond = this.#size - mostLogged;
    let isMore = true;
    for (let at = this.#gone; isMore && at < this.#commits.length; at += 1) {
      const { sequence, atMs, accounts, done } = this.#commits[at] as Logged;
      const isDue = isAllDue || sequence <= dueTo;
      const isAged = isFilling || nowMs - atMs >= logSeconds * 1_000;
      for (let place = done; isMore && place < accounts.length; place += 1) {
        const held = accounts[place] as Held;
        if (held.isWriting || taken.has(held) || !this.#needs(held, sequence)) continue;
        isMore = taken.size < MOST_ROWS && (isDue || beyond > 0 || ((isAged || this.#isRestless(held)) && taken.size < most));
        if (!isMore) continue;
        taken.set(held, { at: sequence, first: held.loggedFirst, firstMs: held.loggedFirstMs, last: held.loggedLast });
        beyond -= 1;
      }
    }
    for (const held of this.#adopted) {
      if (taken.size === MOST_ROWS) break;
      if (!held.isWriting && held.loggedLast === 0) taken.set(held, { at: 0, first: 0, firstMs: 0, last: 0 });
    }
    this.#allowance = Math.max(0, this.#allowance - taken.size);
    for (const held of taken.keys()) {
      this.remove(held);
      held.isWriting = true;
    }
    this.#writing = taken;
    return [...taken.keys()];
  }

  /** The rows that were taken are as the accounts were then, or nobody knows and memory was forgotten. */
  written(): void {
    for (const held of this.#writing.keys()) held.isWriting = false;
    this.#writing = new Map();
  }

  /** Nothing was written: they are as due as before. */
  putBack(): void {
    for (const [held, { first, firstMs, last }] of this.#writing) {
      held.isWriting = false;
      if (held.isGone) continue;
      if (held.isAdopted) this.#adopted.add(held);
      if (last === 0) continue;
      if (held.loggedLast === 0) {
        this.#size += 1;
        held.loggedLast = last;
      }
      held.loggedFirst = first;
      held.loggedFirstMs = firstMs;
    }
    this.#writing = new Map();
  }

  /** Its newest state is only in the log of an engine that is gone. */
  adopt(held: Held): void {
    this.#adopted.add(held);
  }

  /** A commit has logged it. */
  add(held: Held, sequence: number, nowMs: number): void {
    const newest = this.#commits.at(-1);
    if (newest?.sequence === sequence) newest.accounts.push(held);
    else this.#commits.push({ sequence, atMs: nowMs, accounts: [held], done: 0 });
    this.#names += 1;
    this.#newNames += 1;
    if (held.loggedLast === 0) {
      held.loggedFirst = sequence;
      held.loggedFirstMs = nowMs;
      this.#size += 1;
    }
    held.loggedLast = sequence;
  }

  /** The first commits, of which nothing is needed. */
  #letGo(): void {
    for (let first = this.#commits[this.#gone]; first !== undefined; first = this.#commits[this.#gone]) {
      const { accounts, sequence } = first;
      while (first.done < accounts.length && !this.#needs(accounts[first.done] as Held, sequence)) first.done += 1;
      if (first.done < accounts.length) return;
      this.#names -= accounts.length;
      this.#gone += 1;
      if (this.#gone < MOST_GONE) continue;
      this.#commits = this.#commits.slice(this.#gone);
      this.#gone = 0;
    }
  }

  /** The commit until which rows must be written for the log to have no more names than its most; 0: none. */
  #crowdedTo(): number {
    let beyond = this.#names - this.#limits.mostNamesLogged;
    let to = 0;
    for (let at = this.#gone; at < this.#commits.length && beyond > 0; at += 1) {
      const { sequence, accounts } = this.#commits[at] as Logged;
      beyond -= accounts.length;
      to = sequence;
    }
    return to;
  }

  /** Its row is as new as it is, or is being written, or it is not ours any more. */
  remove(held: Held): void {
    this.#adopted.delete(held);
    if (held.loggedLast === 0) return;
    held.loggedFirst = 0;
    held.loggedLast = 0;
    this.#size -= 1;
  }

  /**
   * Whether what this commit logged of it must stay, or its row be written: it is the last that did; or its row, which is older, is waited for, or has been so for too long.
   * What is being written is needed until it is.
   */
  #needs(held: Held, sequence: number): boolean {
    const { loggedFirst, loggedLast } = held;
    if (loggedLast === sequence) return true;
    if (held.isWriting && this.#writing.get(held)?.at === sequence) return true;
    if (loggedFirst === 0 || loggedFirst > sequence) return false;
    return sequence <= this.#settledTo || this.#isRestless(held);
  }

  #isRestless({ loggedFirstMs }: Held): boolean {
    return this.#nowMs - loggedFirstMs >= RESTLESS * this.#limits.logSeconds * 1_000;
  }
}

/** How an account stood in the log: the commit for which it was taken, the first and the last that logged it. */
interface Standing {
  readonly at: number;
  readonly first: number;
  readonly firstMs: number;
  readonly last: number;
}

/** Commits that are let go at once. */
const MOST_GONE = 1_024;

/** Of some fifty sessions, whose row is a hundred kilobytes of JSON: too much for each commit. */
const LARGE_BYTES = 100_000;

const isLarge = ({ bytes }: Held): boolean => bytes > LARGE_BYTES;

/** What others look up by its row. */
function isElsewhere({ isMoved, shard, rowShard }: Held): boolean {
  return isMoved || shard !== rowShard;
}
