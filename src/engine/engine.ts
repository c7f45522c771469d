/**
 * Online charging: requests of network elements and commands to accounts, decided in memory and answered when they are durable. While a
 * commit is under way, what is decided meanwhile is gathered for the next.
 */
import { isDeepStrictEqual } from 'node:util';
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { AccountCommand } from '#core/charging/command.ts';
import type { ChargingEvent, ChargingRules } from '#core/charging/decision.ts';
import type { ChargingRequest } from '#core/charging/request.ts';
import { type Result, refuse } from '#core/refusals.ts';
import { AccountCache } from './account-cache.ts';
import { Arrivals } from './arrivals.ts';
import type { Answerable } from './batch.ts';
import { Committer } from './committer.ts';
import { EngineCounts } from './counts.ts';
import { Deciding } from './deciding.ts';
import { keyUsed } from './deciding-commands.ts';
import { Keeper } from './keeper.ts';
import { DEFAULT_LIMITS, type EngineLimits, shedReason } from './limits.ts';
import { Loader } from './loader.ts';
import { type ChargingStore, type CommandResult, type JournalEntry, type OtherEngines, StoreError } from './ports.ts';
import { RecentSessions } from './recent-sessions.ts';
import { RowWriter } from './row-writer.ts';
import { Staging } from './staging.ts';
import { Sweeper } from './sweeper.ts';
import { Told } from './told.ts';
import { bareAnswer, type Waiting, WaitingCommand, WaitingRequest } from './waiting.ts';

export interface EngineOptions {
  readonly store: ChargingStore;
  readonly rules: ChargingRules;
  /** Host and process, for people. */
  readonly name: string;
  /** UTC microseconds. */
  readonly clock: () => number;
  readonly limits?: Partial<EngineLimits>;
  /** Where other engines of the database are asked, and where this one is: then each answers for the accounts of all. */
  readonly others?: { readonly engines: OtherEngines; readonly address: string };
  /** Told of what an operator should know: commits that fail, shards that come and go, decisions that throw. */
  readonly note?: (text: string, error?: unknown) => void;
}

/** What is called with the events of a batch, when they are durable. */
export type EventListener = (event: ChargingEvent) => void;

/** What is called with the accounts whose balances changed, when that is durable. */
export type ChangeListener = (accounts: ReadonlySet<string>) => void;

/** Why it is too busy: another engine has the account. */
const NOT_OURS = 'not-ours';

/** Every tenth of a second: who waits too long, and what falls due. */
const HOUSEKEEPING_MS = 100;
/** How often rows are looked for that are behind the log: few at a time. */
const ROWS_MS = 10;
/** Members of a pool that are told at a time. */
const MOST_MEMBERS = 500;

export class ChargingEngine {
  readonly counts = new EngineCounts();
  readonly limits: EngineLimits;
  readonly #store: ChargingStore;
  readonly #note: (text: string, error?: unknown) => void;
  readonly #told: Told;
  readonly #cache: AccountCache;
  readonly #recent: RecentSessions;
  readonly #deciding: Deciding;
  readonly #committer: Committer;
  readonly #rows: RowWriter;
  readonly #keeper: Keeper;
  readonly #sweeper: Sweeper;
  readonly #loader: Loader;
  readonly #clock: () => number;
  readonly #listeners = new Set<EventListener>();
  readonly #changeListeners = new Set<ChangeListener>();
  readonly #others: OtherEngines | undefined;
  /** Those that another engine was asked for. */
  readonly #forwarded = new Set<Waiting>();
  /** Unanswered, and asked of nobody else. */
  readonly #waiting = new Arrivals();
  readonly #commands = new Map<
    string,
    { readonly account: string; readonly command: AccountCommand; readonly result: Promise<Result<'done'>> }
  >();
  #timer: NodeJS.Timeout | undefined;
  #rowTimer: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(options: EngineOptions) {
    const { store, rules, name, clock } = options;
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#store = store;
    this.#others = options.others?.engines;
    this.#clock = clock;
    this.#note = options.note ?? (() => undefined);
    this.#told = new Told(this.#note);
    this.#cache = new AccountCache(store, this.limits);
    this.#recent = new RecentSessions(this.limits.keepAnswersSeconds * 1_000_000);
    const staging = new Staging(this.#cache, this.#recent);
    this.#keeper = new Keeper({
      store,
      cache: this.#cache,
      recent: this.#recent,
      limits: this.limits,
      name,
      address: options.others?.address,
      clock,
      note: this.#note,
      gained: () => this.#sweeper.lookSoon(),
    });
    const loader = new Loader({
      store,
      found: (found) => this.#deciding.finding.found(found),
      failed: (error) => this.#lost(error),
      life: () => this.#keeper.life,
      between: () => {
        this.#deciding.finding.settled();
        this.#cache.makeRoom();
      },
    });
    this.#loader = loader;
    this.#rows = new RowWriter({
      ...{ store, cache: this.#cache, counts: this.counts, keeper: this.#keeper, note: this.#note },
      lost: () => this.#committer.lostRows(),
      written: () => this.#committer.rowsWritten(),
    });
    this.#committer = new Committer({
      store,
      rows: this.#rows,
      staging,
      cache: this.#cache,
      counts: this.counts,
      limits: this.limits,
      keeper: this.#keeper,
      note: this.#note,
      again: (waiting) => this.#deciding.take(waiting),
      answer: (waiting, answer, atMs) => this.#answer(waiting, answer, atMs),
      fault: (waiting) => this.#fault(waiting),
      events: (events) => this.#emit(events),
      entries: (entries) => this.#tellChanged(entries),
    });
    this.#deciding = new Deciding({
      rules,
      store,
      staging,
      loader,
      cache: this.#cache,
      recent: this.#recent,
      counts: this.counts,
      keeper: this.#keeper,
      committer: this.#committer,
      clock,
      note: this.#note,
      answer: (waiting, answer) => this.#answer(waiting, answer),
      fault: (waiting) => this.#fault(waiting),
      notOurs: (waiting, shard) => this.#notOurs(waiting, shard),
      asksOthers: this.#others !== undefined,
    });
    this.#sweeper = new Sweeper({ store, cache: this.#cache, deciding: this.#deciding, keeper: this.#keeper, clock, note: this.#note });
  }

  /** Enters the house and takes the shards that nobody has. Throws when the store cannot be reached. */
  async start(): Promise<void> {
    await this.#keeper.enter();
    this.#timer = setInterval(() => this.#keepHouse(), HOUSEKEEPING_MS);
    this.#rowTimer = setInterval(() => this.#rows.write(), ROWS_MS);
  }

  /**
   * Takes nothing new, finishes what it has, and gives its shards back. Seconds, whatever the store and others do: who waits is answered in time, and what
   * cannot be written in `endWithinMs` is left to the log.
   */
  async stop(): Promise<void> {
    this.#stopping = true;
    while (this.#waiting.size + this.#forwarded.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    clearInterval(this.#timer);
    this.#sweeper.end();
    await this.#committer.end(this.limits.endWithinMs);
    clearInterval(this.#rowTimer);
    await this.#keeper.leave(this.limits.endWithinMs);
    await this.#store.close();
  }

  /** The answer, when everything that it says is durable. Never rejects: what cannot be done has a result. */
  handle(request: ChargingRequest): Promise<ChargingAnswer> {
    return new Promise((answered) => this.#ask(request, false, answered));
  }

  /** As `handle`, for who asks by the thousand: no promise is made. It does not call back before it returns. */
  ask(request: ChargingRequest, answered: (answer: ChargingAnswer) => void): void {
    this.#ask(request, false, answered);
  }

  /** For another engine, which was asked and does not have the account. Undefined: this one does not have it either. */
  async handleHere(request: ChargingRequest): Promise<ChargingAnswer | undefined> {
    const answer = await new Promise<ChargingAnswer>((answered) => this.#ask(request, true, answered));
    return answer.result === 'too-busy' && answer.detail === NOT_OURS ? undefined : answer;
  }

  #ask(request: ChargingRequest, isAskedHere: boolean, answered: (answer: ChargingAnswer) => void): void {
    const now = performance.now();
    const waiting = new WaitingRequest(request, isAskedHere, now, answered);
    const isNew = request.operation !== 'update' && request.operation !== 'terminate';
    const { oldest } = this.#waiting;
    const shed = this.#stopping
      ? 'not-ours'
      : shedReason(this.limits, this.#waiting.size + this.#forwarded.size, oldest === undefined ? 0 : now - oldest.sinceMs, isNew);
    this.#waiting.add(waiting);
    if (shed === undefined) this.#deciding.take(waiting);
    else this.#busy(waiting, shed);
  }

  /**
   * Does a command once for its key, however often it is given. Refused: what the rules refuse, `charging.key-used`, `engine.account-unknown`,
   * `engine.too-busy` (it may be done or not: give it again), `engine.pool-elsewhere`, `engine.fault`.
   */
  apply(account: string, command: AccountCommand): Promise<Result<'done'>> {
    return this.#apply(account, command, {});
  }

  /** For another engine; undefined likewise. */
  async applyHere(account: string, command: AccountCommand): Promise<Result<'done'> | undefined> {
    const result = await this.#apply(account, command, { isAskedHere: true });
    return !result.ok && result.refusals.some(({ message }) => message === NOT_OURS) ? undefined : result;
  }

  /** Where the other engines are that have accounts. */
  get otherAddresses(): readonly string[] {
    return this.#keeper.addresses;
  }

  /** The listener is called with every event, when it is durable. Returns what ends that. */
  on(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The listener is called with the accounts of every commit that changed balances. Returns what ends that. */
  onChange(listener: ChangeListener): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  /** How much there is in memory at this moment. */
  get state(): {
    readonly waiting: number;
    readonly accounts: number;
    readonly sessions: number;
    readonly bytes: number;
    readonly shards: number;
    readonly reservedMoney: ReadonlyMap<string, bigint>;
  } {
    const { size, sessions, bytes, reservedMoney } = this.#cache;
    return { waiting: this.#waiting.size, accounts: size, sessions, bytes, shards: this.#keeper.shards.size, reservedMoney };
  }

  /** Those whose accounts it serves now. */
  get shards(): readonly number[] {
    return [...this.#keeper.shards.keys()];
  }

  #apply(account: string, command: AccountCommand, from: { isLeft?: boolean; isAskedHere?: boolean }): Promise<Result<'done'>> {
    const running = this.#commands.get(command.key);
    if (running !== undefined) {
      const isSame = running.account === account && isDeepStrictEqual(running.command, command);
      return isSame ? running.result : Promise.resolve({ ok: false, refusals: [keyUsed(command)] });
    }
    const result = new Promise<Result<'done'>>((resolve) => {
      const waiting = new WaitingCommand(account, command, from, performance.now(), resolve);
      this.#waiting.add(waiting);
      if (this.#stopping) this.#busy(waiting, 'not-ours');
      else this.#deciding.take(waiting);
    }).finally(() => this.#commands.delete(command.key));
    this.#commands.set(command.key, { account, command, result });
    return result;
  }

  #answer(waiting: Waiting, answer: Answerable['answer'], atMs = performance.now()): void {
    if (waiting.answered) return;
    this.#waiting.delete(waiting);
    if (waiting.kind === 'request') {
      const given = answer as ChargingAnswer; // a request is answered with an answer: the two come in pairs
      this.counts.answer(waiting.request.operation, given.result, atMs - waiting.sinceMs);
      this.#told.add(waiting, given);
    } else {
      this.counts.commands += 1;
      waiting.answer(answer as CommandResult); // likewise
    }
  }

  /** Asks the engine that has the account; who asked repeats when that one does not answer, as when nobody can be asked. */
  #notOurs(waiting: Waiting, shard: number): void {
    const address = this.#keeper.addressOf(shard);
    const others = this.#others;
    if (others === undefined || address === undefined || waiting.isAskedHere) {
      this.#busy(waiting, NOT_OURS);
      return;
    }
    this.counts.forwarded += 1;
    this.#waiting.delete(waiting);
    this.#forwarded.add(waiting);
    const given = (answer: Answerable['answer'] | undefined): void => {
      this.#forwarded.delete(waiting);
      if (answer !== undefined) {
        this.#answer(waiting, answer);
        return;
      }
      this.#keeper.renewSoon();
      if (waiting.kind === 'request') this.#deciding.finding.elsewhere.forgetAll(waiting.request);
      this.#busy(waiting, NOT_OURS);
    };
    if (waiting.kind === 'request') void others.handle(address, waiting.request).then(given);
    else
      void others.apply(address, waiting.account, waiting.command).then((result) => {
        given(result === undefined ? undefined : result.ok ? { kind: 'done' } : { kind: 'refused', refusals: result.refusals });
      });
  }

  #busy(waiting: Waiting, reason: Parameters<EngineCounts['refuse']>[0]): void {
    if (waiting.answered) return;
    this.counts.refuse(reason);
    if (waiting.kind === 'request') this.#answer(waiting, bareAnswer(waiting.request, 'too-busy', reason));
    else this.#answer(waiting, { kind: 'refused', refusals: [refuse('engine.too-busy', reason, { value: waiting.command.key })] });
  }

  #fault(waiting: Waiting): void {
    this.counts.faults += 1;
    if (waiting.kind === 'request') this.#answer(waiting, bareAnswer(waiting.request, 'unable-to-comply', 'a fault of ours'));
    else
      this.#answer(waiting, {
        kind: 'refused',
        refusals: [refuse('engine.fault', 'it could not be decided or written', { value: waiting.command.key })],
      });
  }

  #lost(error: unknown): void {
    if (!(error instanceof StoreError)) this.#note('accounts could not be read', error);
    this.#committer.lost();
  }

  #emit(events: readonly ChargingEvent[]): void {
    for (const event of events)
      if (event.kind === 'reauthorise' && event.sessions === 'all-members')
        this.#tellMembers(event.account).catch((error: unknown) => this.#note(`members of ${event.account} could not be told`, error));
      else for (const listener of this.#listeners) this.#tell(listener, event);
  }

  #tellChanged(entries: readonly JournalEntry[]): void {
    if (this.#changeListeners.size === 0) return;
    const accounts = new Set(entries.map(({ change }) => change.account));
    for (const listener of this.#changeListeners) listener(accounts);
  }

  #tell(listener: EventListener, event: ChargingEvent): void {
    try {
      listener(event);
    } catch (error) {
      this.#note(`a listener to ${event.kind} failed`, error);
    }
  }

  /**
   * Gateways know sessions, not who is a member: they are named, those too whose accounts are not in memory. Some at a time: a pool may have a
   * hundred thousand sessions, and each of them asks again.
   */
  async #tellMembers(pool: string): Promise<void> {
    for (let after = ''; !this.#stopping; ) {
      const members = await this.#store.memberSessions(pool, after, MOST_MEMBERS);
      for (const { account, sessions } of members)
        for (const listener of this.#listeners) this.#tell(listener, { kind: 'reauthorise', account, sessions });
      const last = members.at(-1);
      if (last === undefined || members.length < MOST_MEMBERS) return;
      after = last.account;
      await new Promise((resolve) => setTimeout(resolve, HOUSEKEEPING_MS));
    }
  }

  #keepHouse(): void {
    const now = performance.now();
    for (let waiting = this.#waiting.oldest; waiting !== undefined && now - waiting.sinceMs >= this.limits.answerWithinMs; ) {
      const next: Waiting | undefined = waiting.after;
      this.#busy(waiting, 'too-late');
      waiting = next;
    }
    for (const waiting of this.#forwarded) {
      if (now - waiting.sinceMs < this.limits.answerWithinMs) break;
      this.#forwarded.delete(waiting);
      this.#busy(waiting, 'too-late');
    }
    this.#recent.turn(this.#clock());
    if (!this.#loader.isBusy) this.#cache.makeRoom();
    if (this.#stopping) return;
    this.counts.swept += this.#sweeper.sweep();
    this.#keepLease().catch((error: unknown) => this.#lost(error));
  }

  async #keepLease(): Promise<void> {
    await this.#keeper.tick();
    for (const { account, command } of await this.#keeper.leftCommands()) void this.#apply(account, command, { isLeft: true });
  }
}
