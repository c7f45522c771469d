/** What is committed together: what requests, commands and sweeps changed, and who waits for it. */
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { ChargingEvent, UsageRecord } from '#core/charging/decision.ts';
import type { Held } from './account-cache.ts';
import type {
  AccountRow,
  BatchWrites,
  ClosedSession,
  CommandResult,
  CommandWrite,
  JournalEntry,
  NoticeWrite,
  OpenedSession,
  OwnedShards,
} from './ports.ts';
import { TextMap } from './text-map.ts';
import type { Chosen } from './unwritten.ts';
import type { WaitingCommand, WaitingRequest } from './waiting.ts';

/** With what it is told when the batch is durable. */
export type Answerable =
  | { readonly waiting: WaitingRequest; readonly answer: ChargingAnswer }
  | { readonly waiting: WaitingCommand; readonly answer: CommandResult };

export interface WrittenAccount extends AccountRow {
  readonly held: Held;
  /** Else it is in the log. */
  readonly isRow: boolean;
}

export class Batch {
  /** Each once. */
  readonly changed: Held[] = [];
  readonly entries: JournalEntry[] = [];
  readonly opened = new TextMap<OpenedSession>();
  readonly closed = new TextMap<ClosedSession>();
  readonly usage: UsageRecord[] = [];
  readonly commands: CommandWrite[] = [];
  readonly identitiesRemoved = new Set<string>();
  readonly identitiesAdded = new Map<string, string>();
  readonly notices: NoticeWrite[] = [];
  readonly events: ChargingEvent[] = [];
  readonly answers: Answerable[] = [];

  /** Accounts of this commit as they are written, and where. Rows may be of accounts that it does not change. */
  written: readonly WrittenAccount[] = [];

  /** Whether there is anything to write. */
  get writes(): boolean {
    return this.changed.length > 0 || this.closed.size > 0 || this.usage.length > 0 || this.commands.length > 0 || this.notices.length > 0;
  }

  /** As it is written. Undefined: an account is in a shard that is not ours any more, or was forgotten since. */
  writesOf(engineId: number, sequence: number, owned: OwnedShards, { rows, logged }: Chosen): BatchWrites | undefined {
    const written: WrittenAccount[] = [];
    const shards = new Map<number, bigint>();
    for (const [chosen, isRow] of [
      [rows, true],
      [logged, false],
    ] as const)
      for (const held of chosen) {
        const { id, shard, version, lastEntry, dueMicros, isAdopted } = held;
        const epoch = owned.get(shard);
        // What has left memory was forgotten: somebody else may have it, or we have it anew. Of the log nothing else would tell.
        if (epoch === undefined || held.isGone) return undefined;
        if (!shards.has(shard)) shards.set(shard, epoch);
        const isChanged = held.batch === this;
        written.push({
          held,
          id,
          text: isChanged ? held.text : held.durable,
          version: isChanged ? version + 1 : version,
          lastEntry,
          dueMicros,
          shard,
          epoch,
          before: held.rowVersion,
          isAdopted,
          isRow,
        });
      }
    this.written = written;
    return {
      engineId,
      shards,
      sequence,
      rows: written.slice(0, rows.length),
      logged: written.slice(rows.length),
      entries: this.entries,
      opened: [...this.opened.values()],
      closed: [...this.closed.values()],
      usage: this.usage,
      commands: this.commands,
      notices: this.notices,
      identitiesRemoved: [...this.identitiesRemoved],
      identitiesAdded: [...this.identitiesAdded].map(([identity, account]) => ({ identity, account })),
    };
  }
}
