/** What managing accounts of online charging needs of storage. */
import type { ChargingAccount } from '#core/charging/account.ts';
import type { AccountCommand } from '#core/charging/command.ts';
import type { Refusal } from '#core/refusals.ts';

/** What became of a command. */
export type CommandState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

export interface ChargingDesk {
  /** Enters accounts; those that are there already are left, and their names given back. Throws where an identity is another's. */
  insert(accounts: readonly ChargingAccount[]): Promise<readonly string[]>;
  /** Account by its name, or by an identity `msisdn:49301234`. */
  find(name: string): Promise<ChargingAccount | undefined>;
  /** Leaves a command for the engine that has the account. False when the key is another command's. */
  ask(account: string, command: AccountCommand): Promise<boolean>;
  /** Undefined: no command has this key. */
  state(key: string): Promise<CommandState | undefined>;
}

export interface VoucherBatch {
  readonly nanos: bigint;
  readonly currency: string;
  readonly allowances: readonly string[];
  readonly validToMicros: number | undefined;
  readonly madeBy: string;
}

export interface StoredBatch extends VoucherBatch {
  readonly batch: number;
  readonly madeMicros: number;
  readonly stoppedMicros: number | undefined;
  readonly count: number;
  readonly used: number;
}

/** What a voucher that was taken brings. */
export type Taken = { readonly kind: 'taken'; readonly key: string } | { readonly kind: 'unknown' | 'used' | 'over' };

export interface VoucherBooks {
  /** Enters a batch with the hashes of its codes; its number. */
  insertBatch(batch: VoucherBatch, hashes: readonly Uint8Array[]): Promise<number>;
  batches(): Promise<readonly StoredBatch[]>;
  /** No voucher of it can be used from now on. False when there is no such batch. */
  stop(batch: number): Promise<boolean>;
  /** Takes a voucher for an account and leaves the command that brings its content, in one transaction. Of parallel attempts one succeeds. */
  take(hash: Uint8Array, account: string, nowMicros: number, text: string): Promise<Taken>;
}
