/** Commands to accounts: whether they were done already, what the rules say of them, and what is staged of that. */
import type { AccountCommand } from '#core/charging/command.ts';
import type { ChargingRules } from '#core/charging/decision.ts';
import { type Refusal, refuse } from '#core/refusals.ts';
import type { AccountCache, Held } from './account-cache.ts';
import type { Committer } from './committer.ts';
import type { Want } from './elsewhere.ts';
import type { Finding } from './finding.ts';
import type { Keeper } from './keeper.ts';
import { type ChargingStore, type CommandResult, identityKey, StoreError } from './ports.ts';
import type { Staging } from './staging.ts';
import type { Waiting, WaitingCommand } from './waiting.ts';

export interface DecidingCommandsOptions {
  readonly rules: ChargingRules;
  readonly store: ChargingStore;
  readonly staging: Staging;
  readonly cache: AccountCache;
  readonly keeper: Keeper;
  readonly committer: Committer;
  readonly finding: Finding;
  readonly clock: () => number;
  readonly note: (text: string, error?: unknown) => void;
  readonly answer: (waiting: Waiting, answer: CommandResult) => void;
  readonly fault: (waiting: Waiting) => void;
  readonly notOurs: (waiting: Waiting, shard: number) => void;
  /** Decides again. */
  readonly again: (waiting: Waiting) => void;
}

export class DecidingCommands {
  readonly #options: DecidingCommandsOptions;

  constructor(options: DecidingCommandsOptions) {
    this.#options = options;
  }

  /** It may have been done by a process that died behind its commit: the store is asked first. */
  take(waiting: WaitingCommand): void {
    if (waiting.looked) this.#decide(waiting);
    else
      this.#prepare(waiting).catch((error: unknown) => {
        this.#options.note('a command could not be prepared', error);
        this.#options.fault(waiting);
      });
  }

  #decide(waiting: WaitingCommand): void {
    const { cache, rules, staging, committer, clock, keeper, finding } = this.#options;
    const { command } = waiting;
    const held = cache.get(waiting.account);
    if (held !== undefined && !keeper.shards.has(held.shard)) {
      this.#options.notOurs(waiting, held.shard);
      return;
    }
    const joined = command.kind === 'join-pool' ? command.membership.pool : undefined;
    const pool = joined === undefined ? undefined : cache.get(joined);
    // They may have left memory while others were looked for.
    const isAllHere = held !== undefined && (joined === undefined || pool !== undefined);
    const wanted = joined === undefined ? [waiting.account] : [waiting.account, joined];
    if (!isAllHere && (!waiting.lookedWithPools || finding.isLost(wanted.map((name): Want => ({ kind: 'account', name }))))) {
      finding.lookForAll(waiting, wanted);
      return;
    }
    if (held === undefined) {
      this.#missing(waiting);
      return;
    }
    const now = clock();
    const target = finding.current(held, waiting);
    if (target === undefined) return;
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

  #missing(waiting: WaitingCommand): void {
    const { elsewhere } = this.#options.finding;
    const shard = elsewhere.shardOf({ kind: 'account', name: waiting.account });
    if (shard !== undefined) {
      // Of a shard that came meanwhile it is ours with the next attempt.
      elsewhere.forget({ kind: 'account', name: waiting.account });
      this.#options.notOurs(waiting, shard);
      return;
    }
    const refusals = [refuse('engine.account-unknown', `there is no account ${waiting.account}`, { value: waiting.account })];
    this.#options.answer(waiting, { kind: 'refused', refusals });
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
      this.#options.again(waiting);
      return;
    }
    if (command.kind === 'add-identity' && (await this.#isTaken(waiting, identityKey(command.identity)))) return;
    const ids = command.kind === 'join-pool' ? [account, command.membership.pool] : [account];
    const { cache, keeper, finding } = this.#options;
    const held = cache.get(account);
    const pools = held?.account.pools.map(({ pool }) => pool) ?? [];
    const { life } = keeper;
    await finding.load([...ids, ...pools]);
    finding.againAsOf(life, waiting);
  }

  /** Whether another account has it, or nobody can say: then it is seen to. */
  async #isTaken(waiting: WaitingCommand, identity: string): Promise<boolean> {
    const { store, cache } = this.#options;
    try {
      const { identities } = await store.find({ accounts: [], identities: [identity], sessions: [] });
      const owner = identities[0]?.[1] ?? cache.idOfIdentity(identity);
      if (owner === undefined || owner === waiting.account) return false;
      const refusals = [refuse('engine.identity-taken', `account ${owner} has it`, { value: identity })];
      this.#options.answer(waiting, { kind: 'refused', refusals });
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.#options.committer.lost();
      this.#options.again(waiting);
    }
    return true;
  }
}

export const keyUsed = ({ key }: AccountCommand): Refusal =>
  refuse('charging.key-used', 'another command, or one for another account, has this key', { value: key });
