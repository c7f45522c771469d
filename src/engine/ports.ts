/** What online charging needs of the outside world. `src/storage/charging` implements it with PostgreSQL. */
import type { ChargingAccount } from '#core/charging/account.ts';
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { AccountCommand } from '#core/charging/command.ts';
import type { BalanceChange, UsageRecord } from '#core/charging/decision.ts';
import type { NoticedEvent } from '#core/charging/notices.ts';
import type { ChargingRequest, DebitReference, OriginalDebit } from '#core/charging/request.ts';
import type { Refusal, Result } from '#core/refusals.ts';

/**
 * Sessions whose names begin so stay known for a day longer when they are over: RADIUS peers report without having asked
 * (`ChargingRequest.totals`), and a report that comes late must not open them again; clients of HTTP choose the names of sessions and debits
 * themselves, and may repeat a request long afterwards. SQL spells it likewise (storage/charging).
 */
export const KEPT_LONGER = /^(http:|radius\/)/;
export const KEPT_LONGER_MICROS = 86_400_000_000;

/** A shard that an engine has, and the epoch since when. */
export type OwnedShards = ReadonlyMap<number, bigint>;

/** An account as it is kept, with what the engine must say when it writes it. */
export interface StoredAccount {
  readonly account: ChargingAccount;
  /** The same as `textOf` writes it. */
  readonly text: string;
  readonly shard: number;
  /** One more with each commit that changes it. */
  readonly version: number;
  /** Of its row: smaller where the newest is in the log of an engine that is gone. */
  readonly rowVersion: number;
  /** Number of its newest entry in the journal; 0: none. */
  readonly lastEntry: number;
}

export interface OpenedSession {
  readonly session: string;
  readonly account: string;
}

/** The last answer of a session or event that is over. */
export interface ClosedSession {
  readonly session: string;
  readonly account: string;
  readonly number: number;
  readonly answer: ChargingAnswer;
  readonly closedMicros: number;
}

/** What is looked for. */
export interface Wanted {
  readonly accounts: readonly string[];
  /** As `identityKey` writes them. */
  readonly identities: readonly string[];
  readonly sessions: readonly string[];
}

export interface Found {
  /** Those wanted, those that have an identity or a session that is wanted, and the pools of all of them. */
  readonly accounts: readonly StoredAccount[];
  /** Each with its account. */
  readonly identities: readonly (readonly [string, string])[];
  /** The same of sessions that were wanted, open or over. */
  readonly sessions: readonly (readonly [string, string])[];
  /** Sessions and events of these accounts that are over, as long as they are kept. */
  readonly closed: readonly FoundClosed[];
}

/** The answer is there for those that were wanted by their own name. */
export type FoundClosed = Omit<ClosedSession, 'answer'> & { readonly answer: ChargingAnswer | undefined };

/** An account that changed, as it is now: into the log. */
export interface LoggedAccount {
  readonly id: string;
  /** As `textOf` writes it. */
  readonly text: string;
  readonly version: number;
  readonly lastEntry: number;
}

/** The same into its row. */
export interface AccountRow extends LoggedAccount {
  readonly dueMicros: number;
  readonly shard: number;
  readonly epoch: bigint;
  /** Of the row before. */
  readonly before: number;
  /** It was found in the log of an engine that is gone: it need not be any more. */
  readonly isAdopted: boolean;
}

export interface JournalEntry {
  /** The microsecond of its making, later than that of all entries of the same engine before it. */
  readonly entryId: number;
  /** Of the same account; 0: its first. */
  readonly previousId: number;
  readonly change: BalanceChange;
}

/** What became of a command. */
export type CommandResult = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

export interface CommandWrite {
  readonly account: string;
  readonly command: AccountCommand;
  readonly result: CommandResult;
}

/** An event that is told to others than the network elements, durable with what made it happen. */
export interface NoticeWrite {
  readonly event: NoticedEvent;
  readonly atMicros: number;
  /** It is told once for it; undefined: each is told. */
  readonly onceKey: string | undefined;
}

/** Rows that follow the log behind the commits. */
export type RowWrites = Pick<BatchWrites, 'engineId' | 'shards' | 'rows'>;

/** All that a batch comes to: all of it is durable, or nothing. */
export interface BatchWrites {
  readonly engineId: number;
  /** Those of all accounts that are written. */
  readonly shards: OwnedShards;
  /** Number of the commit, one more than that of the last that came about. */
  readonly sequence: number;
  readonly logged: readonly LoggedAccount[];
  readonly rows: readonly AccountRow[];
  readonly entries: readonly JournalEntry[];
  readonly opened: readonly OpenedSession[];
  readonly closed: readonly ClosedSession[];
  readonly usage: readonly UsageRecord[];
  readonly commands: readonly CommandWrite[];
  readonly notices: readonly NoticeWrite[];
  readonly identitiesRemoved: readonly string[];
  readonly identitiesAdded: readonly { readonly identity: string; readonly account: string }[];
}

/**
 * Why nothing of a batch was written, or may have been. `deposed`: another engine has, or may have, what this one served. `stale`: a row is
 * not as the engine knows it. `unreachable`: no answer came, so it may be written or not.
 */
export type StoreFault = 'deposed' | 'stale' | 'unreachable';

export class StoreError extends Error {
  readonly fault: StoreFault;

  constructor(fault: StoreFault, cause: unknown) {
    super(`charging store: ${fault}${cause instanceof Error ? `: ${cause.message}` : ''}`, { cause });
    this.fault = fault;
  }
}

/** The store cannot hold what was given (NUL in a text): a fault of that, which nothing else has to do with. */
export class UnfitError extends Error {
  constructor(cause: unknown) {
    super(`charging store: ${cause instanceof Error ? cause.message : 'unfit data'}`, { cause });
  }
}

/** Nothing of a batch was written: what it opens or debits has the name of a session of another account, which is running. */
export class SessionTakenError extends Error {
  readonly session: string;

  constructor(session: string, cause: unknown) {
    super('charging store: a running session of another account has this name', { cause });
    this.session = session;
  }
}

/** Engines on the same database, by the address that they entered with. */
export interface OtherEngines {
  /** Undefined: it could not be asked, did not answer in time, or does not have the account. */
  handle(address: string, request: ChargingRequest): Promise<ChargingAnswer | undefined>;
  apply(address: string, account: string, command: AccountCommand): Promise<Result<'done'> | undefined>;
}

/** Where an account stands among those that fall due. */
export interface DuePlace {
  readonly hour: number;
  readonly id: string;
}

/** A command that another process wants done. */
export interface WaitingCommand {
  readonly account: string;
  readonly command: AccountCommand;
}

export interface MemberSessions {
  readonly account: string;
  readonly sessions: readonly string[];
}

/** A text that lies outside of the heap, an octet for each character, from one to before another. */
export interface TextOctets {
  readonly octets: Buffer;
  readonly from: number;
  readonly to: number;
}

/** Every method throws a StoreError when it fails for one of its reasons, an UnfitError when it cannot hold what it was given; what else is thrown is a fault of ours. */
export interface ChargingStore {
  /** An account as the store keeps it, and back: in memory, too, those that nothing is decided about are kept so. */
  textOf(account: ChargingAccount): string;
  accountOf(id: string, text: string | TextOctets): ChargingAccount;
  /** Enters an engine; gives back its number. */
  enter(name: string, leaseMs: number, address: string | undefined): Promise<number>;
  /** Ends an engine that does not know what became of its last commit; the same goes on under the number given back, with the shards that it had. */
  beginAnew(engineId: number, name: string, leaseMs: number): Promise<number>;
  /** Where the engines that have shards take what is asked for them, by shard; those that say nothing are not among them. */
  owners(): Promise<ReadonlyMap<number, string>>;
  /** Says that it lives, deposes those that do not, and takes shards that nobody has, up to `most` in all. What it has then. */
  renew(engineId: number, most: number): Promise<OwnedShards>;
  /** How many engines live, and how many shards there are. */
  engines(): Promise<{ readonly engines: number; readonly shards: number }>;
  /** Gives shards back; all of them and its number when none are named. Nothing of them may be committed afterwards. */
  release(engineId: number, shards?: readonly number[]): Promise<void>;
  find(wanted: Wanted): Promise<Found>;
  /** One at a time. Throws a SessionTakenError, too. */
  commit(writes: BatchWrites): Promise<void>;
  /** Rows as the log has their accounts, beside commits. One at a time; a commit under way writes none of the same. */
  writeRows(writes: RowWrites): Promise<void>;
  /**
   * Accounts of these shards whose rows say that they are due at an instant, at most so many, in the order of their places; `after`: from behind this one on, for rows
   * say so until they are written anew.
   */
  due(shards: readonly number[], atMicros: number, most: number, after: DuePlace | undefined): Promise<readonly DuePlace[]>;
  /** What became of a command; undefined: it is not done; `another`: its key was used for another one. */
  commandResult(account: string, command: AccountCommand): Promise<CommandResult | 'another' | undefined>;
  /** Commands that others want done to accounts of these shards. */
  waitingCommands(shards: readonly number[], most: number): Promise<readonly WaitingCommand[]>;
  /** Open sessions of a pool's members, by the names of these behind `after`: of at most so many sessions, whole members. */
  memberSessions(pool: string, after: string, most: number): Promise<readonly MemberSessions[]>;
  /** What the journals of these accounts have of a debit; units 0: nothing. */
  debit(accounts: readonly string[], of: DebitReference): Promise<OriginalDebit>;
  /** Makes room in the journal for the UTC day of an instant and the one after. */
  prepareJournal(atMicros: number): Promise<void>;
  /** Forgets some of the sessions that were over before an instant; called again and again, all of them. How many it were. */
  forgetClosed(beforeMicros: number): Promise<number>;
  /** Accounts of these shards that are only found in logs of engines that are gone, at most so many. */
  adopted(shards: readonly number[], most: number): Promise<readonly string[]>;
  /** Forgets what an engine logged from the first of these commits on, before the other. Whether somebody asks that all rows be as new as the last commit. */
  trimLog(engineId: number, from: number, before: number): Promise<boolean>;
  /** Forgets logs of engines that are gone, when all their accounts have rows as new. */
  forgetLogs(): Promise<void>;
  /** Waits a little for what is under way and ends its connections. What is asked afterwards is answered `unreachable`. */
  close(): Promise<void>;
}

/** The one form in which an identity is looked up. */
export function identityKey({ kind, value }: { readonly kind: string; readonly value: string }): string {
  return `${kind}:${value}`;
}
