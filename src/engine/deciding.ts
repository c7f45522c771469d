/** From what is asked to a decision: finds the account, tells repetitions, asks the rules, stages what they say. */
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { AccountCommand } from '#core/charging/command.ts';
import type { ChargingRules } from '#core/charging/decision.ts';
import type { ChargingRequest, Identity } from '#core/charging/request.ts';
import { type Refusal, refuse } from '#core/refusals.ts';
import type { AccountCache, Held } from './account-cache.ts';
import type { Answerable, Batch } from './batch.ts';
import type { Committer } from './committer.ts';
import type { EngineCounts } from './counts.ts';
import type { Keeper } from './keeper.ts';
import type { Loader } from './loader.ts';
import { type ChargingStore, type CommandResult, type Found, identityKey, KEPT_LONGER, StoreError } from './ports.ts';
import type { RecentSessions } from './recent-sessions.ts';
import type { HeldState, Staging } from './staging.ts';
import { bareAnswer, type Waiting, type WaitingCommand, type WaitingRequest } from './waiting.ts';

export interface DecidingOptions {
  readonly rules: ChargingRules;
  readonly store: ChargingStore;
  readonly staging: Staging;
  readonly loader: Loader;
  readonly cache: AccountCache;
  readonly recent: RecentSessions;
  readonly counts: EngineCounts;
  readonly keeper: Keeper;
  readonly committer: Committer;
  readonly clock: () => number;
  readonly note: (text: string, error?: unknown) => void;
  readonly answer: (waiting: Waiting, answer: Answerable['answer']) => void;
  readonly fault: (waiting: Waiting) => void;
  /** An account of another engine; `shard`: where it lies. */
  readonly notOurs: (waiting: Waiting, shard: number) => void;
  /** Other engines can be asked: what was found to be theirs is not looked for again. */
  readonly asksOthers: boolean;
}

type Want = { readonly kind: 'account' | 'identity' | 'session'; readonly name: string };

/** Names that belong to accounts of other engines, as far as they were met. */
const MOST_ELSEWHERE = 10_000;

export class Deciding {
  readonly #options: DecidingOptions;
  readonly #elsewhere = new Map<string, number>();

  constructor(options: DecidingOptions) {
    this.#options = options;
  }

  /** Whether what is due may be swept now. */
  get mayStage(): boolean {
    const { committer, keeper } = this.#options;
    return !committer.isDown && keeper.isLive;
  }

  /** Decides, or sees to it that it is decided. */
  take(waiting: Waiting): void {
    if (waiting.answered || !this.#options.committer.takes(waiting)) return;
    try {
      if (waiting.kind === 'request') this.#request(waiting);
      else this.#command(waiting);
    } catch (error) {
      this.#options.note('a decision failed', error);
      this.#options.fault(waiting);
    }
  }

  /** Takes in what was found. */
  found({ accounts, identities, sessions, closed }: Found): void {
    const { cache, keeper, recent, counts } = this.#options;
    for (const stored of accounts) {
      if (keeper.shards.has(stored.shard)) cache.add(stored);
      else this.#elsewhere.set(`account ${stored.account.id}`, stored.shard);
    }
    const elsewhere = (name: string, id: string): void => {
      const shard = cache.get(id) === undefined ? this.#elsewhere.get(`account ${id}`) : undefined;
      if (shard !== undefined) this.#elsewhere.set(name, shard);
    };
    for (const [key, id] of identities) elsewhere(`identity ${key}`, id);
    for (const [session, id] of sessions) elsewhere(`session ${session}`, id);
    for (const name of this.#elsewhere.keys()) {
      if (this.#elsewhere.size <= MOST_ELSEWHERE) break;
      this.#elsewhere.delete(name);
    }
    for (const { session, number } of closed) if (recent.numberOf(session) === undefined) recent.add(session, number);
    counts.loaded += accounts.length;
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

  /** Ends, renews and closes what has fallen due of an account. */
  sweep(held: Held): void {
    const { cache, note, clock, keeper } = this.#options;
    if (!keeper.shards.has(held.shard)) return;
    try {
      const target = this.#stateOf(held);
      if (target === undefined) this.#wantPools(held);
      else this.#sweepOne(target, clock());
    } catch (error) {
      this.#options.counts.faults += 1;
      note(`account ${held.id} could not be swept`, error);
    }
    cache.due.set(held);
  }

  #request(waiting: WaitingRequest): void {
    const { request } = waiting;
    const { cache, rules, clock, recent, keeper } = this.#options;
    const ofSession = cache.ofSession(request.session);
    if (waiting.isTaken && ofSession === undefined) {
      this.#refuseTaken(waiting);
      return;
    }
    const held = ofSession ?? this.#heldFor(request);
    if (held !== undefined && !keeper.shards.has(held.shard)) {
      this.#options.notOurs(waiting, held.shard); // it is being given back
      return;
    }
    if (ofSession !== undefined) {
      const isAnothers = this.#isAnothers(waiting, ofSession);
      if (isAnothers === 'looked-for') return;
      if (isAnothers) {
        this.#refuseTaken(waiting);
        return;
      }
    }
    if (held === undefined) {
      const shard = this.#shardElsewhere(request);
      const isTheirs = shard !== undefined && !keeper.shards.has(shard);
      if (isTheirs && (waiting.looked || this.#options.asksOthers)) {
        this.#options.notOurs(waiting, shard);
        return;
      }
      // A shard that came meanwhile: its accounts are in the store, and not yet here.
      if (shard !== undefined && !isTheirs) this.forget(request);
      if ((!waiting.looked || shard !== undefined) && this.#lookFor(waiting, wantsOf(request))) return;
      this.#repeatsOr(waiting, () => {
        this.#options.answer(waiting, rules.decide(undefined, request, clock()).answer);
      });
      return;
    }
    if (ofSession === undefined && recent.numberOf(request.session) !== undefined) {
      this.#repeatsOr(waiting, () => this.#decide(waiting, held));
      return;
    }
    // Somebody before it in the order may have the account, or the session be another's: what is in memory must not decide who is charged. And what
    // would open a session must not open one that is over: the store knows for longer than memory.
    if (ofSession === undefined && !waiting.looked && this.#mayBeOthers(request, held) && this.#lookFor(waiting, wantsOf(request))) return;
    this.#decide(waiting, held);
  }

  /** Whether the store may know of another account than the one in memory. */
  #mayBeOthers(request: ChargingRequest, { id }: Held): boolean {
    const { cache } = this.#options;
    const [first] = request.identities;
    return isNamed(request) || first === undefined || cache.idOfIdentity(identityKey(first)) !== id;
  }

  #refuseTaken(waiting: WaitingRequest): void {
    const { request } = waiting;
    const isNew = request.operation !== 'update' && request.operation !== 'terminate';
    this.#options.answer(
      waiting,
      bareAnswer(request, isNew ? 'service-denied' : 'unknown-session', 'a session of another account has this name'),
    );
  }

  /**
   * Whether who asks in a session's name is another account than the session's. Identities that nobody has prove nothing: a peer may
   * name an outer identity later, and one may be taken from the account while its session runs.
   */
  #isAnothers(waiting: WaitingRequest, { id, account }: Held): boolean | 'looked-for' {
    const { identities, session } = waiting.request;
    if (identities.length === 0 || identities.some((one) => account.identities.some((own) => isSame(one, own)))) return false;
    const opened = account.sessions.find((each) => each.id === session)?.identity;
    if (opened !== undefined && identities.some((one) => isSame(one, opened))) return false;
    const { cache } = this.#options;
    const names = identities.map(identityKey);
    const owners = names.map((name) => cache.idOfIdentity(name)).filter((owner) => owner !== undefined);
    if (owners.length > 0) return !owners.includes(id);
    if (names.some((name) => this.#elsewhere.has(`identity ${name}`))) return true;
    if (waiting.looked) return false;
    // With the account's own pools, which may have left memory.
    this.#lookFor(waiting, [{ kind: 'account', name: id }, ...names.map((name): Want => ({ kind: 'identity', name }))]);
    return 'looked-for';
  }

  /** Another engine did not have them: where they are is looked up again. */
  forget(request: ChargingRequest): void {
    for (const { kind, name } of wantsOf(request)) this.#elsewhere.delete(`${kind} ${name}`);
  }

  /** Where an account lies that has one of the names and was another engine's when it was looked up. */
  #shardElsewhere(request: ChargingRequest): number | undefined {
    if (this.#elsewhere.size === 0) return undefined;
    for (const { kind, name } of wantsOf(request)) {
      const shard = this.#elsewhere.get(`${kind} ${name}`);
      if (shard !== undefined) return shard;
    }
    return undefined;
  }

  #decide(waiting: WaitingRequest, held: Held): void {
    const { request } = waiting;
    const { rules, staging, clock, committer } = this.#options;
    const now = clock();
    const target = this.#current(held, waiting);
    if (target === undefined) return;
    if (request.items.some(({ refundOf, debit }) => refundOf !== undefined && debit === undefined)) {
      void this.#lookUpDebits(waiting, target);
      return;
    }
    const decision = rules.decide(target.state, request, now);
    const closing =
      decision.closed && isKept(request, decision.answer)
        ? { session: request.session, number: decision.answer.number, answer: decision.answer }
        : undefined;
    const writes = staging.absorb(target, decision, now, closing);
    const batch = writes ? staging.batch : staging.newestOf(target);
    if (batch === undefined) {
      this.#options.answer(waiting, decision.answer);
      return;
    }
    batch.answers.push({ waiting, answer: decision.answer });
    if (batch !== committer.committing) committer.staged();
  }

  /** With its pools. Undefined: pools have to be brought into memory first. */
  #current(held: Held, waiting: Waiting): HeldState | undefined {
    const target = this.#stateOf(held);
    if (target === undefined) {
      const missing = held.account.pools.filter(({ pool }) => this.#options.cache.get(pool) === undefined);
      if (
        !waiting.looked &&
        this.#lookFor(
          waiting,
          missing.map(({ pool }) => ({ kind: 'account', name: pool })),
        )
      )
        return undefined;
      throw new Error(`account ${held.id} draws from ${missing[0]?.pool}, which is not with it`);
    }
    return target;
  }

  #sweepOne(target: HeldState, now: number): void {
    const { rules, staging, committer } = this.#options;
    if (staging.absorb(target, rules.sweep(target.state, now), now)) committer.staged();
  }

  #stateOf(held: Held): HeldState | undefined {
    if (held.account.pools.length === 0) return { held, pools: [], state: { account: held.account, pools: [] } };
    const pools: Held[] = [];
    for (const { pool } of held.account.pools) {
      const found = this.#options.cache.get(pool);
      if (found === undefined) return undefined;
      pools.push(found);
    }
    return { held, pools, state: { account: held.account, pools: pools.map(({ account }) => account) } };
  }

  #wantPools({ account }: Held): void {
    void this.load(account.pools.map(({ pool }) => pool));
  }

  /** The account of the first identity that one has, as far as memory knows; undefined also when that is another engine's. */
  #heldFor(request: ChargingRequest): Held | undefined {
    const { cache } = this.#options;
    if (isNamed(request) && this.#elsewhere.has(`session ${request.session}`)) return undefined;
    for (const identity of request.identities) {
      const key = identityKey(identity);
      const id = cache.idOfIdentity(key);
      if (id !== undefined) return cache.get(id);
      if (this.#elsewhere.has(`identity ${key}`)) return undefined;
    }
    return undefined;
  }

  /** Comes back when it was looked for. False: there is nothing to look for. */
  #lookFor(waiting: Waiting, wants: readonly Want[]): boolean {
    if (wants.length === 0) return false;
    const { committer, keeper } = this.#options;
    const { life } = keeper;
    this.#options.loader.want(wants, () => {
      // What was found holds for this moment: shards may go, and accounts leave memory, while it waits for room.
      waiting.looked = !committer.isDown && keeper.life === life;
      this.take(waiting);
      waiting.looked = false;
    });
    return true;
  }

  /** The first answer again, when it is a repetition of what is over; else what comes then. */
  #repeatsOr(waiting: WaitingRequest, otherwise: () => void): void {
    const { request } = waiting;
    const { recent, staging, committer, counts } = this.#options;
    const number = recent.numberOf(request.session);
    if (number === undefined || request.number > number) {
      otherwise();
      return;
    }
    if (request.number < number) {
      this.#options.answer(waiting, bareAnswer(request, 'out-of-order', `request ${number} ended the session`));
      return;
    }
    counts.repetitions += 1;
    const batch = [staging.batch, committer.committing].find((each) => each?.closed.has(request.session) === true);
    const closed = batch?.closed.get(request.session);
    if (batch === undefined || closed === undefined) void this.#repeatFromStore(waiting);
    else this.#answerWith(batch, waiting, closed.answer);
  }

  /** What a refund gives back is in the journal: it comes back with it. */
  async #lookUpDebits(waiting: WaitingRequest, { held, pools }: HeldState): Promise<void> {
    const { store } = this.#options;
    const { request } = waiting;
    const accounts = [held.id, ...pools.map(({ id }) => id)];
    try {
      const items = request.items.map(async (item) =>
        item.refundOf === undefined ? item : { ...item, debit: await store.debit(accounts, item.refundOf) },
      );
      waiting.request = { ...request, items: await Promise.all(items) };
    } catch (error) {
      if (!(error instanceof StoreError)) {
        this.#options.note('a debit could not be looked up', error);
        this.#options.fault(waiting);
        return;
      }
      this.#options.committer.lost();
    }
    this.take(waiting);
  }

  async #repeatFromStore(waiting: WaitingRequest): Promise<void> {
    const { store, recent } = this.#options;
    const { session } = waiting.request;
    try {
      const { closed } = await store.find({ accounts: [], identities: [], sessions: [session] });
      const answer = closed.find((each) => each.session === session)?.answer;
      if (answer !== undefined) {
        this.#options.answer(waiting, answer);
        return;
      }
      recent.forget(session); // it is so long ago that it was forgotten
    } catch (error) {
      if (!(error instanceof StoreError)) {
        this.#options.fault(waiting);
        return;
      }
      this.#options.committer.lost();
    }
    this.take(waiting);
  }

  #answerWith(batch: Batch, waiting: WaitingRequest, answer: ChargingAnswer): void {
    batch.answers.push({ waiting, answer });
    if (batch !== this.#options.committer.committing) this.#options.committer.staged();
  }

  /** It may have been done by a process that died behind its commit: the store is asked first. */
  #command(waiting: WaitingCommand): void {
    if (!waiting.looked) {
      this.#prepare(waiting).catch((error: unknown) => {
        this.#options.note('a command could not be prepared', error);
        this.#options.fault(waiting);
      });
      return;
    }
    const { cache, rules, staging, committer, clock, keeper } = this.#options;
    const { command } = waiting;
    const held = cache.get(waiting.account);
    if (held !== undefined && !keeper.shards.has(held.shard)) {
      this.#options.notOurs(waiting, held.shard);
      return;
    }
    if (held === undefined) {
      const shard = this.#elsewhere.get(`account ${waiting.account}`);
      if (shard !== undefined) {
        // Of a shard that came meanwhile it is ours with the next attempt.
        this.#elsewhere.delete(`account ${waiting.account}`);
        this.#options.notOurs(waiting, shard);
        return;
      }
      const refusals = [refuse('engine.account-unknown', `there is no account ${waiting.account}`, { value: waiting.account })];
      this.#options.answer(waiting, { kind: 'refused', refusals });
      return;
    }
    const now = clock();
    const target = this.#current(held, waiting);
    if (target === undefined) return;
    const pool = command.kind === 'join-pool' ? cache.get(command.membership.pool) : undefined;
    if (command.kind === 'join-pool' && (pool === undefined || !keeper.shards.has(pool.shard))) {
      const name = command.membership.pool;
      this.#refused(waiting, held, [refuse('engine.pool-elsewhere', `pool ${name} is not served here`, { value: name })]);
      return;
    }
    const changed = rules.change(target.state, command, now);
    if (!changed.ok) {
      this.#refused(waiting, held, changed.refusals);
      return;
    }
    if (pool !== undefined) held.shard = pool.shard;
    staging.absorb(target, changed.value, now);
    const result: CommandResult = { kind: 'done' };
    staging.batch.commands.push({ account: held.id, command, result });
    staging.batch.answers.push({ waiting, answer: result });
    committer.staged();
  }

  /** A refusal is only written for one who reads it there. */
  #refused(waiting: WaitingCommand, held: Held, refusals: (CommandResult & { kind: 'refused' })['refusals']): void {
    const { staging, committer } = this.#options;
    const answer: CommandResult = { kind: 'refused', refusals };
    if (!waiting.isLeft) {
      this.#options.answer(waiting, answer);
      return;
    }
    staging.batch.commands.push({ account: held.id, command: waiting.command, result: answer });
    staging.batch.answers.push({ waiting, answer });
    committer.staged();
  }

  /** Whether another account has it, or nobody can say: then it is seen to. */
  async #isTaken(waiting: WaitingCommand, identity: string): Promise<boolean> {
    const { store, cache } = this.#options;
    try {
      const { identities } = await store.find({ accounts: [], identities: [identity], sessions: [] });
      const owner = identities.get(identity) ?? cache.idOfIdentity(identity);
      if (owner === undefined || owner === waiting.account) return false;
      const refusals = [refuse('engine.identity-taken', `account ${owner} has it`, { value: identity })];
      this.#options.answer(waiting, { kind: 'refused', refusals });
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.#options.committer.lost();
      this.take(waiting);
    }
    return true;
  }

  async #prepare(waiting: WaitingCommand): Promise<void> {
    const { store } = this.#options;
    const { command, account } = waiting;
    try {
      const done = await store.commandResult(account, command);
      if (done === 'another') {
        this.#options.answer(waiting, { kind: 'refused', refusals: [keyUsed(command)] });
        return;
      }
      if (done !== undefined) {
        this.#options.answer(waiting, done);
        return;
      }
    } catch (error) {
      if (!(error instanceof StoreError)) {
        this.#options.fault(waiting);
        return;
      }
      this.#options.committer.lost();
      return this.take(waiting);
    }
    if (command.kind === 'add-identity' && (await this.#isTaken(waiting, identityKey(command.identity)))) return;
    const ids = command.kind === 'join-pool' ? [account, command.membership.pool] : [account];
    const { cache, committer, keeper } = this.#options;
    const held = cache.get(account);
    const pools = held?.account.pools.map(({ pool }) => pool) ?? [];
    const { life } = keeper;
    await this.load([...ids, ...pools]);
    // As of what is looked up for a request: for this moment.
    waiting.looked = !committer.isDown && keeper.life === life;
    this.take(waiting);
    waiting.looked = false;
  }
}

export const keyUsed = ({ key }: AccountCommand): Refusal =>
  refuse('charging.key-used', 'another command, or one for another account, has this key', { value: key });

/**
 * Whether a repetition gets this answer again: to what ended a session or was an event, refusals included. Questions are asked anew, and so is what
 * was said of a session that nobody knows. RADIUS names a session before it is one, and repeats by itself what it answered.
 */
function isKept({ operation, session }: ChargingRequest, { result }: ChargingAnswer): boolean {
  if (operation === 'balance-check' || operation === 'price-enquiry' || result === 'unknown-session') return false;
  return result === 'granted' || !session.startsWith('radius/');
}

const isSame = (one: Identity, other: Identity): boolean => one.value === other.value && one.kind === other.kind;

/** What the account of a request can be found by. */
function wantsOf({ session, operation, identities }: ChargingRequest): readonly Want[] {
  const wants = identities.map((identity): Want => ({ kind: 'identity', name: identityKey(identity) }));
  return isNamed({ session, operation }) ? [{ kind: 'session', name: session }, ...wants] : wants;
}

/** Whether its session may be there already. */
function isNamed({ session, operation }: Pick<ChargingRequest, 'session' | 'operation'>): boolean {
  return operation === 'update' || operation === 'terminate' || KEPT_LONGER.test(session);
}
