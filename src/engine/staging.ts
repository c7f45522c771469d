/** Takes what a decision comes to into memory and into the batch that makes it durable. */
import type { ChargingAccount, ChargingSession } from '#core/charging/account.ts';
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { AccountState, BalanceChange, ChargingEvent, Outcome } from '#core/charging/decision.ts';
import { isNoticed, onceKeyOf } from '#core/charging/notices.ts';
import type { AccountCache, Held } from './account-cache.ts';
import { Batch } from './batch.ts';
import { identityKey } from './ports.ts';
import type { RecentSessions } from './recent-sessions.ts';
import { TextMap } from './text-map.ts';

/** The last answer of the session or event that the outcome ends. */
export interface Closing {
  readonly session: string;
  readonly number: number;
  readonly answer: ChargingAnswer;
}

/** An account with its pools, as this engine has them. */
export interface HeldState {
  readonly held: Held;
  readonly pools: readonly Held[];
  readonly state: AccountState;
}

const MOST_TOLD = 100_000;

export class Staging {
  batch = new Batch();
  readonly #cache: AccountCache;
  readonly #recent: RecentSessions;
  #lastEntry = 0;
  /** What was told and is not told again: spares the store, which sees to it also across restarts. */
  readonly #told = new TextMap<true>(64);

  constructor(cache: AccountCache, recent: RecentSessions) {
    this.#cache = cache;
    this.#recent = recent;
  }

  /** What was staged until now; what comes is in a new one. */
  take(): Batch {
    const batch = this.batch;
    this.batch = new Batch();
    return batch;
  }

  /** Takes an outcome in. Returns whether there is anything to write. */
  absorb(target: HeldState, outcome: Outcome, nowMicros: number, closing?: Closing): boolean {
    const { batch } = this;
    const { held } = target;
    const isFirst = held.batch !== batch;
    for (const account of outcome.accounts) this.#change(this.#heldOf(target, account.id), account, nowMicros, closing);
    for (const change of outcome.changes) this.#enter(this.#heldOf(target, change.account), change, nowMicros);
    for (const record of outcome.records) {
      // A peer may use the name of a session again, years later: the account's version tells the two apart.
      const id = `${record.id}@${held.account.version}`;
      batch.usage.push({ ...record, id, event: { ...record.event, id } });
    }
    const isTold = outcome.events.length > 0 && this.#hear(outcome.events, nowMicros);
    if (closing !== undefined) this.#close({ ...closing, account: held.id, closedMicros: nowMicros });
    // One that is decided about again and again stays as it is until it is written.
    if (isFirst && held.batch === batch) held.stage();
    return closing !== undefined || isTold || outcome.accounts.length > 0 || outcome.records.length > 0;
  }

  /** Takes back what a batch changed in memory: nothing of it came about. */
  undo(batch: Batch): void {
    for (const held of batch.changed) this.#cache.restore(held);
    for (const session of batch.closed.keys()) this.#recent.forget(session);
    for (const { onceKey } of batch.notices) if (onceKey !== undefined) this.#told.delete(onceKey);
  }

  /** The newest batch that what an account looks like depends on; undefined: all of it is durable. */
  newestOf({ held, pools }: HeldState): Batch | undefined {
    if (held.batch === this.batch) return this.batch;
    return pools.find(({ batch }) => batch === this.batch)?.batch ?? held.batch ?? pools.find(({ batch }) => batch !== undefined)?.batch;
  }

  /** Whether any of them is to be told. */
  #hear(events: readonly ChargingEvent[], nowMicros: number): boolean {
    const { batch } = this;
    batch.events.push(...events);
    let isTold = false;
    for (const event of events) {
      if (!isNoticed(event)) continue;
      const onceKey = onceKeyOf(event, nowMicros);
      if (onceKey !== undefined) {
        if (this.#told.has(onceKey)) continue;
        if (this.#told.size >= MOST_TOLD) this.#told.clear();
        this.#told.set(onceKey, true);
      }
      batch.notices.push({ event, atMicros: nowMicros, onceKey });
      isTold = true;
    }
    return isTold;
  }

  #heldOf({ held, pools }: HeldState, account: string): Held {
    if (held.id === account) return held;
    for (const pool of pools) if (pool.id === account) return pool;
    throw new Error(`a decision about ${held.id} changes ${account}, which is none of its pools`);
  }

  #change(held: Held, account: ChargingAccount, nowMicros: number, closing: Closing | undefined): void {
    const { batch } = this;
    const before = held.account;
    if (held.batch !== batch) batch.changed.push(held);
    held.batch = batch;
    this.#cache.change(held, account);
    if (before.sessions !== account.sessions) this.#compareSessions(held, before.sessions, account.sessions, nowMicros, closing);
    if (before.identities !== account.identities) this.#compareIdentities(before, account);
  }

  /** Mostly one session is another, or one more stands behind them: those before and behind it are not looked up. */
  #compareSessions(
    held: Held,
    before: readonly ChargingSession[],
    after: readonly ChargingSession[],
    nowMicros: number,
    closing: Closing | undefined,
  ): void {
    let first = 0;
    for (; first < before.length && first < after.length; first += 1) {
      const one = before[first];
      const other = after[first];
      if (one === other) continue;
      if (one?.id !== other?.id) break;
      held.place(other?.id ?? '', first);
    }
    let beforeEnd = before.length;
    let afterEnd = after.length;
    while (beforeEnd > first && afterEnd > first && isSame(before[beforeEnd - 1], after[afterEnd - 1])) {
      beforeEnd -= 1;
      afterEnd -= 1;
    }
    // Where some only came, or only left, none of them can be in both.
    const had = first < beforeEnd && first < afterEnd ? new Set(before.slice(first, beforeEnd).map(({ id }) => id)) : undefined;
    for (let at = first; at < afterEnd; at += 1) {
      const id = after[at]?.id ?? '';
      held.place(id, at);
      if (had?.delete(id) === true) continue;
      this.#cache.openSession(id, held);
      this.#recent.forget(id);
      this.batch.closed.delete(id);
      this.batch.opened.set(id, { session: id, account: held.id });
    }
    for (let at = first; at < beforeEnd; at += 1) {
      const { id, lastNumber, lastAnswer } = before[at] as ChargingSession; // at is below the length
      if (had?.has(id) === false) continue;
      this.#cache.closeSession(id);
      if (id !== closing?.session)
        this.#close({ session: id, account: held.id, number: lastNumber, answer: lastAnswer, closedMicros: nowMicros });
    }
  }

  #close(session: Closing & { readonly account: string; readonly closedMicros: number }): void {
    this.batch.opened.delete(session.session);
    this.batch.closed.set(session.session, session);
    this.#recent.add(session.session, session.number);
  }

  #compareIdentities(before: ChargingAccount, after: ChargingAccount): void {
    const { identitiesAdded, identitiesRemoved } = this.batch;
    const had = new Set(before.identities.map(identityKey));
    const has = new Set(after.identities.map(identityKey));
    for (const key of had) if (!has.has(key) && !identitiesAdded.delete(key)) identitiesRemoved.add(key);
    for (const key of has) if (!had.has(key) && !identitiesRemoved.delete(key)) identitiesAdded.set(key, after.id);
  }

  /** Numbered by the microsecond, later than every entry of this engine and of the account. */
  #enter(held: Held, change: BalanceChange, nowMicros: number): void {
    const entryId = Math.max(nowMicros, this.#lastEntry + 1, held.lastEntry + 1);
    this.#lastEntry = entryId;
    this.batch.entries.push({ entryId, previousId: held.lastEntry, change });
    held.lastEntry = entryId;
  }
}

const isSame = (one: ChargingSession | undefined, other: ChargingSession | undefined): boolean => one === other || one?.id === other?.id;
