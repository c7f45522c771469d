/** What the API needs from charging. */
import type { ChargingAccount } from '#core/charging/account.ts';
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { AccountCommand } from '#core/charging/command.ts';
import type { ChargingEvent, UsageRecord } from '#core/charging/decision.ts';
import type { ChargingRequest, Identity } from '#core/charging/request.ts';
import type { ShownControl, ShownCounter } from '#core/charging/shown.ts';
import type { Explanation } from '#core/rating/explanation.ts';

/** The engine of this process. */
export interface ChargingService {
  /** Resolves when what the answer says is durable. */
  readonly handle: (request: ChargingRequest) => Promise<ChargingAnswer>;
  readonly on: (listener: (event: ChargingEvent) => void) => () => void;
  /** Accounts whose balances changed. */
  readonly onChange: (listener: (accounts: ReadonlySet<string>) => void) => () => void;
}

export interface Entry {
  /** Of the journal; ascending in an account. */
  readonly entryId: number;
  readonly account: string;
  readonly atMicros: number;
  readonly bucket: number;
  readonly definition: string;
  readonly unit: string;
  readonly before: bigint;
  readonly after: bigint;
  readonly cause: string;
  readonly of: string;
  readonly number: number;
  readonly note: string | undefined;
}

/** Entries of an account, newest first, and where those before them begin. */
export interface EntryPage {
  readonly entries: readonly Entry[];
  /** 0: there are none. */
  readonly before: number;
}

/** The journal of balances, whoever wrote it. */
export interface Journal {
  /** The newest entry of each account; of accounts that are unknown none. */
  readonly newest: (accounts: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  /** From an entry back (undefined: from the newest), down to those after `after`, at most so many. */
  readonly entries: (account: string, from: number | undefined, after: number, most: number) => Promise<EntryPage>;
}

export interface OpenAccountWords {
  readonly account: string;
  readonly plan: string;
  readonly identities: readonly Identity[];
  readonly creditLimitNanos?: bigint;
  readonly pool?: string;
}

export type CommandWords = AccountCommand extends infer C ? (C extends AccountCommand ? Omit<C, 'key'> : never) : never;

export interface SessionTrace {
  readonly account: string;
  readonly session: string;
  readonly closedMicros: number | undefined;
  readonly result: string | undefined;
  readonly entries: readonly Entry[];
  /** `booked`: number of the event in the books of usage, once it is there. */
  readonly records: readonly {
    readonly record: UsageRecord;
    readonly booked: number | undefined;
    readonly steps: string;
    readonly explanation: Explanation | undefined;
  }[];
}

/** Accounts for those who manage them. Methods throw RefusedError for what is refused. */
export interface AccountDesk {
  readonly find: (name: string) => Promise<ChargingAccount>;
  /** By the plans in force. */
  readonly counters: (account: ChargingAccount) => readonly ShownCounter[];
  /** What people call its plan and the allowances of its balances, by their ids. */
  readonly names: (account: ChargingAccount) => Readonly<Record<string, string>>;
  readonly controls: (account: ChargingAccount) => readonly ShownControl[];
  /** By name, behind `after`. */
  readonly list: (after: string, most: number) => Promise<readonly ChargingAccount[]>;
  readonly open: (words: OpenAccountWords) => Promise<ChargingAccount>;
  /** Once for its key. The account afterwards. */
  readonly apply: (account: string, words: CommandWords, key: string) => Promise<ChargingAccount>;
  readonly transfer: (
    from: string,
    to: string,
    nanos: bigint,
    currency: string,
    text: string,
    key: string,
  ) => Promise<readonly ChargingAccount[]>;
  readonly redeem: (account: string, code: string, text: string) => Promise<ChargingAccount>;
  readonly trace: (session: string) => Promise<SessionTrace>;
}
