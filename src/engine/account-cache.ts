/**
 * Accounts in memory, with the ways to find them. Bounded: those that were not asked for longest leave first, unless something of them is
 * not durable yet.
 */
import type { ChargingAccount } from '#core/charging/account.ts';
import type { Batch } from './batch.ts';
import { DueAccounts } from './due-accounts.ts';
import { identityKey, type StoredAccount } from './ports.ts';

/** An account that this engine has. */
export interface Held {
  readonly id: string;
  /** As it is now, though the last changes may not be durable. */
  account: ChargingAccount;
  shard: number;
  /** Of the row, as far as it is durable. */
  version: bigint;
  lastEntry: number;
  /** The newest batch that changes it; undefined: what is in memory is durable. */
  batch: Batch | undefined;
  bytes: number;
  /** Asked for since it was last looked at for room. */
  used: boolean;
  /** The second in which it is looked at for what falls due; 0: none. */
  dueSecond: number;
}

export class AccountCache {
  readonly due = new DueAccounts();
  readonly #mostBytes: number;
  readonly #accounts = new Map<string, Held>();
  readonly #identities = new Map<string, string>();
  readonly #sessions = new Map<string, string>();
  readonly #reserved = new Map<string, bigint>();
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  get size(): number {
    return this.#accounts.size;
  }

  /** As estimated by `bytesOf`. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Running sessions of the accounts in memory. */
  get sessions(): number {
    return this.#sessions.size;
  }

  /** Money set aside by accounts in memory, in nanos by currency. */
  get reservedMoney(): ReadonlyMap<string, bigint> {
    return this.#reserved;
  }

  get(id: string): Held | undefined {
    const held = this.#accounts.get(id);
    if (held !== undefined) held.used = true;
    return held;
  }

  idOfIdentity(key: string): string | undefined {
    return this.#identities.get(key);
  }

  idOfSession(session: string): string | undefined {
    return this.#sessions.get(session);
  }

  all(): Iterable<Held> {
    return this.#accounts.values();
  }

  /** Takes an account in. One that is here already stays as it is: it may be ahead of its row. */
  add({ account, shard, version, lastEntry }: StoredAccount): Held {
    const present = this.#accounts.get(account.id);
    if (present !== undefined) return present;
    const bytes = bytesOf(account);
    const held: Held = { id: account.id, account, shard, version, lastEntry, batch: undefined, bytes, used: true, dueSecond: 0 };
    this.#accounts.set(account.id, held);
    this.#bytes += bytes;
    for (const identity of account.identities) this.#identities.set(identityKey(identity), account.id);
    for (const { id } of account.sessions) this.#sessions.set(id, account.id);
    this.#addReserved(account, 1n);
    this.due.set(held);
    return held;
  }

  /** The account as it is from now on. */
  change(held: Held, account: ChargingAccount): void {
    const before = held.account;
    held.account = account;
    if (before.identities !== account.identities) {
      for (const identity of before.identities) this.#identities.delete(identityKey(identity));
      for (const identity of account.identities) this.#identities.set(identityKey(identity), held.id);
    }
    this.#addReserved(before, -1n);
    this.#addReserved(account, 1n);
    const bytes = bytesOf(account);
    this.#bytes += bytes - held.bytes;
    held.bytes = bytes;
    this.due.set(held);
  }

  openSession(session: string, held: Held): void {
    this.#sessions.set(session, held.id);
  }

  closeSession(session: string): void {
    this.#sessions.delete(session);
  }

  drop(held: Held): void {
    if (!this.#accounts.delete(held.id)) return;
    const { account } = held;
    this.#bytes -= held.bytes;
    for (const identity of account.identities) this.#identities.delete(identityKey(identity));
    for (const { id } of account.sessions) this.#sessions.delete(id);
    this.#addReserved(account, -1n);
    this.due.forget(held);
  }

  dropAll(): void {
    for (const held of [...this.#accounts.values()]) this.drop(held);
  }

  /** Lets accounts go until there is room. Looks at a few more than it lets go: what it costs does not depend on how many there are. */
  makeRoom(): void {
    let looks = 64;
    for (const held of this.#accounts.values()) {
      if (this.#bytes <= this.#mostBytes || looks === 0) return;
      looks -= 1;
      if (!held.used && held.batch === undefined) {
        this.drop(held);
        continue;
      }
      held.used = false;
      this.#accounts.delete(held.id);
      this.#accounts.set(held.id, held); // behind the others
    }
  }

  #addReserved({ currency, buckets }: ChargingAccount, sign: bigint): void {
    for (const { unit, reserved } of buckets)
      if (unit === 'money' && reserved !== 0n) this.#reserved.set(currency, (this.#reserved.get(currency) ?? 0n) + sign * reserved);
  }
}

/**
 * Of memory, a little above what 30,000 accounts had on Node 26: 1,089 bytes with one identity and one bucket, 195 for a further bucket, 99
 * for a further identity, 1,650 for a running session of one item.
 */
export function bytesOf({ buckets, counters, sessions, identities, addOns, renewals }: ChargingAccount): number {
  const small = 110 * identities.length + 210 * buckets.length + 200 * counters.length + 150 * (addOns.length + renewals.length);
  return 800 + small + 1_900 * sessions.length;
}
