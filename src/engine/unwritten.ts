/**
 * Accounts whose rows are behind the log, the oldest first; which of a commit's accounts go to the log and which to their rows; and whose rows are written
 * next behind the commits, as the last commit left them.
 */
import type { Held } from './account-cache.ts';
import type { EngineLimits } from './limits.ts';

/** Of one statement: some milliseconds of the server. */
const MOST_ROWS = 128;
/** While the log fills, a statement has so many at least: few at a time cost more. */
const LEAST_ROWS = 64;
/** Rows a second that are always written when they are due; with many accounts in the log, twice as many as bring each to its row in time. */
const LEAST_A_SECOND = 640;

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
  /** Whose rows are being written behind the commits, and by which commit each was logged first (0: none, it was adopted). */
  #writing: ReadonlyMap<Held, number> = new Map();
  /** Rows that may be written now: so that many that were logged in one moment are not written in one. */
  #allowance = 0;
  #allowedMs = 0;
  /** Commits that the log still has, and how many accounts each logged. */
  #commits: { readonly sequence: number; names: number }[] = [];
  #names = 0;
  /** Those that were logged since it was last asked which rows are due. */
  #newNames = 0;
  /** Rows of what was logged until this commit are due. */
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
    for (let held = this.#oldest; held !== undefined; held = held.loggedAfter) if (shards.includes(held.shard)) return true;
    for (const { shard } of this.#adopted) if (shards.includes(shard)) return true;
    for (const { shard } of this.#writing.keys()) if (shards.includes(shard)) return true;
    return false;
  }

  /** Commits before it are not needed in the log, when the next has this number. */
  firstNeeded(next: number): number {
    let first = this.#oldest?.loggedIn ?? next;
    for (const loggedIn of this.#writing.values()) if (loggedIn !== 0 && loggedIn < first) first = loggedIn;
    return first;
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
    this.#settledTo = next;
  }

  /** Whose rows are to be written now. They count as being written until `written` or `putBack` is called. */
  take(nowMs: number): readonly Held[] {
    const { logSeconds, mostLogged } = this.#limits;
    const isAllDue = this.isHurried || this.isTight;
    const perSecond = Math.max(LEAST_A_SECOND, (2 * this.#size) / logSeconds);
    const dueTo = Math.max(this.#settledTo, this.#crowdedTo());
    const half = this.#limits.mostNamesLogged / 2;
    // From half full on so many for each that is logged that all are in their rows before it is full: else most of them, which stand in its first seconds, would be due at once then.
    const byNames = this.#names > half ? (this.#newNames * this.#size) / half : 0;
    this.#newNames = 0;
    this.#allowance = Math.min(MOST_ROWS, this.#allowance + Math.max(byNames, ((nowMs - this.#allowedMs) / 1_000) * perSecond));
    this.#allowedMs = nowMs;
    const isFilling = this.#names > half && this.#allowance >= LEAST_ROWS;
    const taken = new Map<Held, number>();
    let beyond = this.#size - mostLogged;
    for (let held = this.#oldest; held !== undefined && taken.size < MOST_ROWS; held = held.loggedAfter) {
      const isDue =
        isAllDue ||
        beyond > 0 ||
        held.loggedIn <= dueTo ||
        (taken.size + 1 <= this.#allowance && (isFilling || nowMs - held.loggedMs >= logSeconds * 1_000));
      if (!isDue) break;
      if (held.isWriting) continue;
      taken.set(held, held.loggedIn);
      beyond -= 1;
    }
    for (const held of this.#adopted) {
      if (taken.size === MOST_ROWS) break;
      if (!held.isWriting && held.loggedIn === 0) taken.set(held, 0);
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
    for (const [held, loggedIn] of [...this.#writing].reverse()) {
      held.isWriting = false;
      if (held.isGone) continue;
      if (held.isAdopted) this.#adopted.add(held);
      if (held.loggedIn === 0 && loggedIn !== 0) this.#link(held, loggedIn, undefined);
    }
    this.#writing = new Map();
  }

  /** Its newest state is only in the log of an engine that is gone. */
  adopt(held: Held): void {
    this.#adopted.add(held);
  }

  /** A commit has logged it. */
  add(held: Held, sequence: number, nowMs: number): void {
    const last = this.#commits.at(-1);
    if (last?.sequence === sequence) last.names += 1;
    else this.#commits.push({ sequence, names: 1 });
    this.#names += 1;
    this.#newNames += 1;
    if (held.loggedIn !== 0) return;
    held.loggedMs = nowMs;
    this.#link(held, sequence, this.#newest);
  }

  /** The commit until which rows must be written for the log to have no more names than its most; 0: none. */
  #crowdedTo(): number {
    const needed = this.firstNeeded(Number.POSITIVE_INFINITY);
    let gone = 0;
    for (const { sequence, names } of this.#commits) {
      if (sequence >= needed) break;
      this.#names -= names;
      gone += 1;
    }
    if (gone > 0) this.#commits = this.#commits.slice(gone);
    let beyond = this.#names - this.#limits.mostNamesLogged;
    let to = 0;
    for (const { sequence, names } of this.#commits) {
      if (beyond <= 0) break;
      beyond -= names;
      to = sequence;
    }
    return to;
  }

  /** Its row is as new as it is, or is being written, or it is not ours any more. */
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

  /** Behind another one, or before all. */
  #link(held: Held, loggedIn: number, before: Held | undefined): void {
    held.loggedIn = loggedIn;
    const next = before === undefined ? this.#oldest : before.loggedAfter;
    held.loggedBefore = before;
    held.loggedAfter = next;
    if (before === undefined) this.#oldest = held;
    else before.loggedAfter = held;
    if (next === undefined) this.#newest = held;
    else next.loggedBefore = held;
    this.#size += 1;
  }
}

/** Of some fifty sessions, whose row is a hundred kilobytes of JSON: too much for each commit. */
const LARGE_BYTES = 100_000;

const isLarge = ({ bytes }: Held): boolean => bytes > LARGE_BYTES;

/** What others look up by its row. */
function isElsewhere({ isMoved, shard, rowShard }: Held): boolean {
  return isMoved || shard !== rowShard;
}
