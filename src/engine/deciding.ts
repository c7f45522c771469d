/** From what is asked to a decision: finds the account, tells repetitions, asks the rules, stages what they say. */
import type { ChargingRules } from '#core/charging/decision.ts';
import type { ChargingRequest, Identity } from '#core/charging/request.ts';
import type { AccountCache, Held } from './account-cache.ts';
import type { Answerable } from './batch.ts';
import type { Committer } from './committer.ts';
import type { EngineCounts } from './counts.ts';
import { DecidingCommands } from './deciding-commands.ts';
import { type Want, wantsOf } from './elsewhere.ts';
import { Finding } from './finding.ts';
import type { Keeper } from './keeper.ts';
import type { Loader } from './loader.ts';
import { type ChargingStore, identityKey, StoreError } from './ports.ts';
import type { RecentSessions } from './recent-sessions.ts';
import { isKept, Repetitions } from './repetitions.ts';
import type { HeldState, Staging } from './staging.ts';
import { bareAnswer, type Waiting, type WaitingRequest } from './waiting.ts';

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

export class Deciding {
  readonly finding: Finding;
  readonly #options: DecidingOptions;
  readonly #repetitions: Repetitions;
  readonly #commands: DecidingCommands;

  constructor(options: DecidingOptions) {
    this.#options = options;
    const again = (waiting: Waiting): void => this.take(waiting);
    this.finding = new Finding({ ...options, again });
    this.#repetitions = new Repetitions({ ...options, again });
    this.#commands = new DecidingCommands({ ...options, finding: this.finding, again });
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
      else this.#commands.take(waiting);
    } catch (error) {
      this.#options.note('a decision failed', error);
      this.#options.fault(waiting);
    }
  }

  /** Ends, renews and closes what has fallen due of an account. */
  sweep(held: Held): void {
    const { cache, note, clock, keeper } = this.#options;
    const { finding } = this;
    if (!keeper.shards.has(held.shard)) return;
    try {
      const target = finding.stateOf(held);
      if (target === undefined) void finding.load(held.account.pools.map(({ pool }) => pool));
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
    const { finding } = this;
    const ofSession = cache.ofSession(request.session);
    if (waiting.isTaken && ofSession === undefined) {
      this.#refuseTaken(waiting);
      return;
    }
    const held = ofSession ?? finding.heldFor(request);
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
      const shard = finding.elsewhere.shardOfAny(request);
      const isTheirs = shard !== undefined && !keeper.shards.has(shard);
      if (isTheirs && (waiting.looked || this.#options.asksOthers)) {
        this.#options.notOurs(waiting, shard);
        return;
      }
      // A shard that came meanwhile: its accounts are in the store, and not yet here.
      if (shard !== undefined && !isTheirs) finding.elsewhere.forgetAll(request);
      const wants = wantsOf(request);
      if ((!waiting.looked || shard !== undefined || finding.isLost(wants)) && finding.lookFor(waiting, wants)) return;
      if (!this.#repetitions.answers(waiting)) this.#options.answer(waiting, rules.decide(undefined, request, clock()).answer);
      return;
    }
    if (ofSession === undefined && recent.numberOf(request.session) !== undefined) {
      if (!this.#repetitions.answers(waiting)) this.#decide(waiting, held);
      return;
    }
    // Somebody before it in the order may have the account, or the session be another's: what is in memory must not decide who is charged. And what
    // would open a session must not open one that is over: the store knows for longer than memory.
    if (ofSession === undefined && !waiting.looked && finding.mayBeOthers(request, held) && finding.lookFor(waiting, wantsOf(request)))
      return;
    this.#decide(waiting, held);
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
  #isAnothers(waiting: WaitingRequest, held: Held): boolean | 'looked-for' {
    const { identities } = waiting.request;
    if (identities.length === 0) return false;
    for (const own of held.account.identities) if (isAmong(own, identities)) return false;
    return this.#isOthers(waiting, held);
  }

  #isOthers(waiting: WaitingRequest, { id, account }: Held): boolean | 'looked-for' {
    const { identities, session } = waiting.request;
    const opened = account.sessions.find((each) => each.id === session)?.identity;
    if (opened !== undefined && isAmong(opened, identities)) return false;
    const { cache } = this.#options;
    const names = identities.map(identityKey);
    const owners = names.map((name) => cache.idOfIdentity(name)).filter((owner) => owner !== undefined);
    if (owners.length > 0) return !owners.includes(id);
    if (names.some((name) => this.finding.elsewhere.shardOf({ kind: 'identity', name }) !== undefined)) return true;
    if (waiting.looked) return false;
    // With the account's own pools, which may have left memory.
    this.finding.lookFor(waiting, [{ kind: 'account', name: id }, ...names.map((name): Want => ({ kind: 'identity', name }))]);
    return 'looked-for';
  }

  #decide(waiting: WaitingRequest, held: Held): void {
    const { request } = waiting;
    const { rules, staging, clock, committer } = this.#options;
    const now = clock();
    const target = this.finding.current(held, waiting);
    if (target === undefined) return;
    if (request.items.some(lacksDebit)) {
      void this.#lookUpDebits(waiting, target);
      return;
    }
    const sessionPlace = held.placeOf(request.session);
    const decision = rules.decide(sessionPlace === undefined ? target.state : { ...target.state, sessionPlace }, request, now);
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

  #sweepOne(target: HeldState, now: number): void {
    const { rules, staging, committer } = this.#options;
    if (staging.absorb(target, rules.sweep(target.state, now), now)) committer.staged();
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
}

function isAmong({ kind, value }: Identity, identities: readonly Identity[]): boolean {
  for (const one of identities) if (one.value === value && one.kind === kind) return true;
  return false;
}

const lacksDebit = ({ refundOf, debit }: ChargingRequest['items'][number]): boolean => refundOf !== undefined && debit === undefined;
