/** One commit after the other, and what is decided meanwhile in the next; and what becomes of those who wait when a commit fails. */
import type { ChargingEvent } from '#core/charging/decision.ts';
import type { AccountCache } from './account-cache.ts';
import type { Answerable, Batch } from './batch.ts';
import type { EngineCounts } from './counts.ts';
import type { Keeper } from './keeper.ts';
import type { EngineLimits } from './limits.ts';
import { Pace } from './pace.ts';
import { type ChargingStore, type JournalEntry, SessionTakenError, StoreError } from './ports.ts';
import type { RowWriter } from './row-writer.ts';
import type { Staging } from './staging.ts';
import type { Chosen } from './unwritten.ts';
import type { Waiting } from './waiting.ts';

export interface CommitterOptions {
  readonly store: ChargingStore;
  readonly staging: Staging;
  readonly cache: AccountCache;
  readonly counts: EngineCounts;
  readonly limits: EngineLimits;
  readonly keeper: Keeper;
  readonly rows: Pick<RowWriter, 'write' | 'settled' | 'isWriting'>;
  readonly note: (text: string, error?: unknown) => void;
  /** Decides about it from the beginning. */
  readonly again: (waiting: Waiting) => void;
  readonly answer: (waiting: Waiting, answer: Answerable['answer'], atMs: number) => void;
  /** It cannot be written. */
  readonly fault: (waiting: Waiting) => void;
  readonly events: (events: readonly ChargingEvent[]) => void;
  readonly entries: (entries: readonly JournalEntry[]) => void;
}

const RETRY_MS = 50;
/** Requests decided in one go of those that waited for room: some milliseconds. */
const MOST_DRAINED = 64;
/** Commits in a row that find rows otherwise than known. */
const MOST_STALE = 4;
/** What is no fault of the connection does not go away so soon. */
const FAULT_RETRY_MS = 2_000;

export class Committer {
  readonly #options: CommitterOptions;
  #committing: Batch | undefined;
  #isFlushing = false;
  readonly #pace = new Pace(() => this.#flush());
  /** A row that the next commit must write is being written. */
  #isWaitingForRows = false;
  /** The store does not answer: nothing is decided until it does. */
  #isDown = false;
  /** Nothing is written any more, and nobody waits for a store that does not answer. */
  #isOver = false;
  /** Waits for room in the next batch, or for the store. */
  #backlog: Waiting[] = [];
  #isDraining = false;
  #isDrainSet = false;
  /** So many are committed one by one, to find the one that cannot be written. */
  #careful = 0;
  #whenIdle: (() => void) | undefined = undefined;
  /** Of the next commit. One that failed for certain gives its number to the next. */
  #sequence = 1;

  constructor(options: CommitterOptions) {
    this.#options = options;
    options.keeper.onRelease = (shards, withinMs) => this.written(shards, withinMs);
    options.keeper.onForget = () => this.#forgotten();
    options.keeper.firstNeeded = () => this.firstNeeded;
    options.keeper.onSettle = () => options.cache.unwritten.settle(this.#sequence);
  }

  /** The batch whose commit is under way. */
  get committing(): Batch | undefined {
    return this.#committing;
  }

  get isDown(): boolean {
    return this.#isDown;
  }

  /** Whether something may be decided now; else it is queued. */
  takes(waiting: Waiting): boolean {
    const { keeper } = this.#options;
    if (!this.#isDown && !this.#isFull && keeper.isLive && (this.#isDraining || this.#backlog.length === 0)) return true;
    this.#backlog.push(waiting);
    if (!this.#isDown && !keeper.isLive) this.lost();
    return false;
  }

  /** Something was staged: it is committed when the last commit has ended, with what comes until then. */
  staged(): void {
    if (this.#isFlushing || this.#committing !== undefined || this.#isDown) return;
    this.#isFlushing = true;
    setImmediate(() => {
      this.#isFlushing = false;
      this.#flush();
    });
  }

  /** The store does not answer, or the lease ran out: nothing that is in memory and not durable counts. */
  lost(): void {
    if (this.#isDown || this.#isOver) return;
    this.#isDown = true;
    if (this.#committing === undefined) this.#putBack([this.#options.staging.take()]);
    void this.#recover();
  }

  /** What is staged is about accounts that were forgotten: it is decided again when the accounts are ours again. */
  #forgotten(): void {
    this.#putBack([this.#options.staging.take()]);
    if (this.#isDown || this.#isOver) return;
    this.#isDown = true;
    void this.#recover();
  }

  /** Nobody knows what became of rows that were written beside the commits: as of a commit. One that is under way may come about all the same. */
  lostRows(): void {
    if (this.#isOver) return;
    this.#options.keeper.forgetAll();
    this.#isDown = true;
    this.#putBack([this.#options.staging.take()]);
    void this.#recover();
  }

  /**
   * When what is under way and staged now is written or undone, and rows of these shards are as new as the log. What comes meanwhile for others is not
   * waited for: there is always something. False: it is not, within the time.
   */
  async written(shards: readonly number[], withinMs: number): Promise<boolean> {
    const untilMs = performance.now() + withinMs;
    const { staging, cache, rows } = this.#options;
    const { unwritten } = cache;
    const [first, second] = [this.#committing, staging.batch];
    const isStaged = (): boolean => staging.batch === second && (second.writes || second.answers.length > 0);
    unwritten.isHurried = true;
    while ((first !== undefined && this.#committing === first) || this.#committing === second || isStaged() || unwritten.hasOf(shards)) {
      if (this.#isOver || performance.now() >= untilMs) break;
      this.#flush();
      rows.write();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    unwritten.isHurried = this.#whenIdle !== undefined;
    return !this.#isOver && performance.now() < untilMs;
  }

  /**
   * When nothing is under way, staged or queued, and every row is as new as the log; or when the time is over. Nothing is written any more then: what is in the log
   * whoever comes next finds there, and what is not durable nobody was told.
   */
  async end(withinMs: number): Promise<void> {
    const { cache, rows } = this.#options;
    cache.unwritten.isHurried = true;
    rows.write();
    let late: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#whenIdle = resolve;
      late = setTimeout(resolve, withinMs);
      this.#flush();
    });
    clearTimeout(late);
    this.#isOver = true;
  }

  /** Rows were written behind the commits. */
  rowsWritten(): void {
    this.#tellIdle();
  }

  /** Commits before it are not needed in the log. */
  get firstNeeded(): number {
    return this.#options.cache.unwritten.firstNeeded(this.#sequence);
  }

  get #isFull(): boolean {
    return this.#options.staging.batch.answers.length >= (this.#careful > 0 ? 1 : this.#options.limits.mostInBatch);
  }

  #flush(): void {
    const { staging, rows, cache } = this.#options;
    if (this.#committing !== undefined || this.#isDown || this.#isOver || this.#isWaitingForRows) return;
    const { batch } = staging;
    if (!batch.writes && batch.answers.length === 0) {
      this.#drain();
      this.#tellIdle();
      return;
    }
    if (this.#whenIdle === undefined && !this.#pace.allows(batch.answers.length)) return;
    // Before it is taken: what it writes is what memory has then, and nothing may be decided in between.
    if (rows.isWriting && cache.unwritten.hasToWait(batch.changed)) {
      this.#isWaitingForRows = true;
      void rows.settled().then(() => {
        this.#isWaitingForRows = false;
        this.#flush();
      });
      return;
    }
    const taken = staging.take();
    this.#committing = taken;
    this.#pace.began(taken.answers.length);
    void this.#commit(taken);
  }

  async #commit(batch: Batch): Promise<void> {
    const { store, counts, keeper, cache } = this.#options;
    const startMs = performance.now();
    let chosen: Chosen = { rows: [], logged: [] };
    try {
      chosen = cache.unwritten.choose(batch.changed);
      for (const held of chosen.rows) held.isWriting = true;
      const writes = batch.writesOf(keeper.engineId, this.#sequence, keeper.owned, chosen);
      if (writes === undefined) throw new StoreError('deposed', new Error('a shard went while an account of it was changed'));
      if (batch.writes || batch.written.length > 0) await store.commit(writes);
    } catch (error) {
      for (const held of chosen.rows) held.isWriting = false;
      this.#committing = undefined;
      this.#failed(batch, error);
      return;
    }
    this.#staleInARow = 0;
    const endMs = performance.now();
    counts.commitMs.add(endMs - startMs);
    counts.batch.add(batch.answers.length);
    for (const { isRow } of batch.written) if (isRow) counts.rows += 1;
    this.#committed(batch, startMs);
    this.#committing = undefined;
    this.#careful = Math.max(0, this.#careful - batch.answers.length);
    for (const { waiting, answer } of batch.answers) this.#options.answer(waiting, answer, endMs);
    if (batch.entries.length > 0) this.#options.entries(batch.entries);
    if (batch.events.length > 0) this.#options.events(batch.events);
    if (this.#isDown) this.#putBack([this.#options.staging.take()]);
    // What was decided meanwhile goes on its way; what waited for room is decided while that is written.
    this.#flush();
    this.#drain();
  }

  /** What memory says of these accounts is in the store. */
  #committed(batch: Batch, nowMs: number): void {
    const { unwritten } = this.#options.cache;
    for (const { held, text, shard, version, lastEntry, dueMicros, isRow } of batch.written) {
      held.durable = text;
      held.durableEntry = lastEntry;
      held.durableDue = dueMicros;
      held.version = version;
      if (held.batch === batch) held.batch = undefined;
      if (held.batch === undefined) {
        held.isMoved = false;
        held.fold();
      }
      if (!isRow) {
        if (!held.isGone) unwritten.add(held, this.#sequence, nowMs);
      } else {
        held.isWriting = false;
        held.rowVersion = version;
        held.rowShard = shard;
        held.isAdopted = false;
        unwritten.remove(held);
      }
    }
    this.#sequence += 1;
  }

  #failed(batch: Batch, error: unknown): void {
    const { counts, note, keeper, staging, fault: giveUp } = this.#options;
    let fault = error instanceof StoreError ? error.fault : undefined;
    this.#staleInARow = fault === 'stale' ? this.#staleInARow + 1 : 0;
    if (this.#staleInARow > MOST_STALE) fault = undefined; // reading it again does not help: one of them cannot be written
    counts.commitsFailed += 1;
    if (error instanceof SessionTakenError && this.#takeOut(batch, error.session)) return;
    note(`a commit of ${batch.answers.length} answers failed${fault === undefined ? '' : `: ${fault}`}`, error);
    if (fault === undefined && batch.answers.length <= 1) {
      for (const { waiting } of batch.answers) giveUp(waiting);
      batch.answers.length = 0;
      this.#careful = Math.max(0, this.#careful - 1);
    }
    if (fault === undefined && batch.answers.length > 1) this.#careful = batch.answers.length;
    this.#putBack([batch, staging.take()]);
    // Of a commit without an answer nobody knows; rows that are otherwise than known are somebody else's: the store says what is.
    if (fault !== undefined) keeper.forgetAll();
    if (fault !== undefined) {
      this.#isDown = true;
      void this.#recover();
    } else {
      this.#drain();
      this.#flush();
    }
  }

  /** Who used the name of another account's session is answered so, and the others are decided again. False: nobody of them did. */
  #takeOut(batch: Batch, session: string): boolean {
    let isFound = false;
    for (const { waiting } of batch.answers)
      if (waiting.kind === 'request' && waiting.request.session === session) {
        waiting.isTaken = true;
        isFound = true;
      }
    if (!isFound) return false;
    this.#putBack([batch, this.#options.staging.take()]);
    this.#drain();
    this.#flush();
    return true;
  }

  /** What these changed is forgotten, and who waits for them stands before the others again. */
  #putBack(batches: readonly Batch[]): void {
    const waiting: Waiting[] = [];
    for (const batch of batches) {
      this.#options.staging.undo(batch);
      for (const { waiting: each } of batch.answers) {
        each.looked = false;
        waiting.push(each);
      }
    }
    this.#backlog = [...waiting, ...this.#backlog];
  }

  #isRecovering = false;
  #staleInARow = 0;

  async #recover(): Promise<void> {
    if (this.#isRecovering) return;
    this.#isRecovering = true;
    const { keeper, note } = this.#options;
    let silentSinceMs: number | undefined;
    while (!this.#isOver) {
      try {
        await keeper.renew();
        if (!keeper.isDoubtful) break;
      } catch (error) {
        const isStore = error instanceof StoreError;
        if (!isStore) note('the lease could not be renewed', error);
        else if (silentSinceMs === undefined) {
          silentSinceMs = performance.now();
          note('the store does not answer: nothing is decided until it does', error);
        }
        await new Promise((resolve) => setTimeout(resolve, isStore ? RETRY_MS : FAULT_RETRY_MS));
      }
    }
    if (silentSinceMs !== undefined && !this.#isOver)
      note(`the store answers again, ${((performance.now() - silentSinceMs) / 1_000).toFixed(1)} s later`);
    this.#isRecovering = false;
    if (this.#isOver) return;
    this.#isDown = false;
    this.#drain();
    this.#flush();
  }

  /** Some at a time: the answer of a commit, and requests, are not to wait for a whole batch of decisions. */
  #drain(): void {
    if (this.#isDraining || this.#backlog.length === 0) return;
    this.#isDraining = true;
    const backlog = this.#backlog;
    this.#backlog = [];
    let taken = 0;
    // What cannot be taken queues itself again, in its order.
    for (const waiting of backlog) {
      if (this.#isDown || this.#isFull || taken === MOST_DRAINED) break;
      taken += 1;
      if (!waiting.answered) this.#options.again(waiting);
    }
    this.#backlog = [...backlog.slice(taken), ...this.#backlog];
    this.#isDraining = false;
    if (this.#backlog.length === 0 || this.#isDown || this.#isFull || this.#isDrainSet) return;
    this.#isDrainSet = true;
    setImmediate(() => {
      this.#isDrainSet = false;
      this.#drain();
      this.#flush();
    });
  }

  #tellIdle(): void {
    const { staging, cache } = this.#options;
    if (
      this.#isDown ||
      this.#committing !== undefined ||
      staging.batch.writes ||
      staging.batch.answers.length > 0 ||
      this.#backlog.length > 0
    )
      return;
    if (cache.unwritten.size > 0) return;
    this.#whenIdle?.();
  }
}
