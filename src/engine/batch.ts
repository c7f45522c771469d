/** What is committed together: what requests, commands and sweeps changed, and who waits for it. */
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { ChargingEvent, UsageRecord } from '#core/charging/decision.ts';
import type { Held } from './account-cache.ts';
import type { BatchWrites, ClosedSession, CommandResult, CommandWrite, JournalEntry, OwnedShards } from './ports.ts';
import type { WaitingCommand, WaitingRequest } from './waiting.ts';

/** With what it is told when the batch is durable. */
export type Answerable =
  | { readonly waiting: WaitingRequest; readonly answer: ChargingAnswer }
  | { readonly waiting: WaitingCommand; readonly answer: CommandResult };

export class Batch {
  readonly changed = new Set<Held>();
  readonly entries: JournalEntry[] = [];
  readonly opened = new Map<string, string>();
  readonly closed = new Map<string, ClosedSession>();
  readonly usage: UsageRecord[] = [];
  readonly commands: CommandWrite[] = [];
  readonly identitiesRemoved = new Set<string>();
  readonly identitiesAdded = new Map<string, string>();
  readonly events: ChargingEvent[] = [];
  readonly answers: Answerable[] = [];

  /** Whether there is anything to write. */
  get writes(): boolean {
    return this.changed.size > 0 || this.closed.size > 0 || this.usage.length > 0 || this.commands.length > 0;
  }

  /** As it is written. Undefined: an account is in a shard that is not ours any more. */
  writesOf(engineId: number, shards: OwnedShards): BatchWrites | undefined {
    const accounts: BatchWrites['accounts'][number][] = [];
    for (const { account, shard, version, lastEntry } of this.changed) {
      const epoch = shards.get(shard);
      if (epoch === undefined) return undefined;
      accounts.push({ account, shard, epoch, version, lastEntry });
    }
    return {
      engineId,
      accounts,
      entries: this.entries,
      opened: [...this.opened].map(([session, account]) => ({ session, account })),
      closed: [...this.closed.values()],
      usage: this.usage,
      commands: this.commands,
      identitiesRemoved: [...this.identitiesRemoved],
      identitiesAdded: [...this.identitiesAdded].map(([identity, account]) => ({ identity, account })),
    };
  }
}
