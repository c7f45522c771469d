/**
 * Accounts in memory, with the ways to find them. Bounded: those that were not asked for longest leave first, unless something of them is
 * not durable yet.
 */
import { type ChargingAccount, hasManySessions } from '#core/charging/account.ts';
import type { Batch } from './batch.ts';
import { DueAccounts } from './due-accounts.ts';
import type { EngineLimits } from './limits.ts';
import { type ChargingStore, identityKey, type StoredAccount, type TextOctets } from './ports.ts';
import { Seats } from './seats.ts';
import { Shelf } from './shelf.ts';
import { TextMap } from './text-map.ts';
import { Unwritten } from './unwritten.ts';

/** Of the maps of what there are hundreds of thousands of. */
const PARTS = 1_024;

type Texts = Pick<ChargingStore, 'accountOf' | 'textOf'>;

/**
 * An account that this engine has. While nothing is decided about it there is only its text: a third of the memory, one object to collect instead of
 * fifty, and one piece of memory to read. Of one with many sessions the objects stay: a request must not read the sessions of all others, nor write them anew.
 */
export class Held {
  readonly id: string;
  // Numbers that are made with a value: where V8 has seen another kind there first, each new one is an object of its own.
  shard = 0;
  lastEntry = 0;
  dueMicros = 0;
  /** Others than in the store: what is looked up by its row. */
  isMoved = false;
  durableEntry = 0;
  durableDue = 0;
  version = 0;
  /** Of its row, which may be behind the log. */
  rowVersion = 0;
  rowShard = 0;
  /** The first and the last commit that logged it since its row was written; 0: none did. When the first did, by the monotonic clock. */
  loggedFirst = 0;
  loggedFirstMs = 0;
  loggedLast = 0;
  /** Its row is behind the log of an engine that is gone. */
  isAdopted = false;
  /** A statement that writes its row is under way. */
  isWriting = false;
  /** It has left memory. */
  isGone = false;
  /** The newest batch that changes it; undefined: what is in memory is durable. */
  batch: Batch | undefined = undefined;
  bytes = 0;
  /** Asked for since it was last looked at for room. */
  used = true;
  /** The second in which it is looked at for what falls due; 0: none. */
  dueSecond = 0;
  /** Its neighbours among those of that second. */
  dueBefore: Held | undefined = undefined;
  dueBehind: Held | undefined = undefined;
  /** Where it stands among those in memory. */
  seat = 0;
  /** Where each of many sessions stands, or stood before others left. */
  #places: Map<string, number> | undefined;
  readonly #store: Texts;
  /** Undefined: it has left memory. */
  #shelf: Shelf | undefined;
  /** Of what `durable` says; undefined: it is beside. */
  #place: number | undefined;
  #beside: string | undefined = undefined;
  #account: ChargingAccount | undefined;
  /** As the newest batch writes it; undefined: as `durable` has it, or `#account`. */
  #staged: string | undefined = undefined;

  constructor(store: Texts, shelf: Shelf, { account, text, shard, version, rowVersion, lastEntry }: StoredAccount) {
    this.id = account.id;
    this.shard = shard;
    this.lastEntry = lastEntry;
    this.dueMicros = account.dueMicros;
    this.#shelf = shelf;
    this.#place = undefined;
    this.durable = text;
    this.durableEntry = lastEntry;
    this.durableDue = account.dueMicros;
    this.version = version;
    this.rowVersion = rowVersion;
    this.rowShard = shard;
    this.isAdopted = rowVersion < version;
    this.#store = store;
    this.#account = account;
  }

  /** As it is in the store, log and row together: what memory goes back to when a commit fails. */
  get durable(): string {
    return this.#place === undefined ? (this.#beside ?? '') : (this.#shelf?.text(this.#place) ?? '');
  }

  set durable(text: string) {
    this.#place = this.#shelf?.put(text, this.#place);
    this.#beside = this.#place === undefined ? text : undefined;
  }

  /** It leaves memory; who still knows it finds it as it was. */
  leave(): void {
    this.#beside = this.durable;
    if (this.#place !== undefined) this.#shelf?.free(this.#place);
    this.#place = undefined;
    this.#shelf = undefined;
    this.isGone = true;
  }

  /** As it is now, though the last changes may not be durable. */
  get account(): ChargingAccount {
    this.#account ??= this.#store.accountOf(this.id, this.#staged ?? this.#octets ?? this.durable);
    return this.#account;
  }

  set account(account: ChargingAccount) {
    this.#account = account;
    this.#staged = undefined;
    this.dueMicros = account.dueMicros;
  }

  /** See AccountState. Undefined where it has few: those are looked through. */
  placeOf(session: string): number | undefined {
    if (!hasManySessions(this.account)) {
      this.#places = undefined;
      return undefined;
    }
    this.#places ??= new Map(this.account.sessions.map(({ id }, at) => [id, at]));
    return this.#places.get(session) ?? -1;
  }

  /** A session that was opened, changed, or (undefined) is over. */
  place(session: string, at: number | undefined): void {
    if (at === undefined) this.#places?.delete(session);
    else this.#places?.set(session, at);
  }

  forgetPlaces(): void {
    this.#places = undefined;
  }

  /** As `account` is written. */
  get text(): string {
    return this.#staged ?? (this.#account === undefined ? this.durable : this.#store.textOf(this.#account));
  }

  /** It was decided about, and may not be again before that is durable: its text is made while it is at hand, and says all. */
  stage(): void {
    if (this.#keepsObjects) return;
    this.#staged = this.text;
    this.#account = undefined;
  }

  /** Nothing is under way: `durable` says all. */
  fold(): void {
    this.#staged = undefined;
    if (!this.#keepsObjects) this.#account = undefined;
  }

  /** Of what `durable` says; undefined: it is beside. */
  get #octets(): TextOctets | undefined {
    return this.#place === undefined ? undefined : this.#shelf?.octets(this.#place);
  }

  get #keepsObjects(): boolean {
    return this.#account !== undefined && hasManySessions(this.#account);
  }
}

export class AccountCache {
  readonly due = new DueAccounts();
  readonly unwritten: Unwritten;
  readonly #store: Texts;
  readonly #shelf = new Shelf();
  readonly #mostBytes: number;
  readonly #accounts = new TextMap<Held>(PARTS);
  readonly #identities = new TextMap<string>(PARTS);
  readonly #sessions = new TextMap<Held>(PARTS);
  readonly #seats = new Seats();
  /** The seat that is looked at next for room, round and round. */
  #hand = 0;
  readonly #reserved = new Map<string, bigint>();
  #bytes = 0;

  constructor(store: Texts, limits: EngineLimits) {
    this.#store = store;
    this.#mostBytes = limits.memoryBytes;
    this.unwritten = new Unwritten(limits);
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

  ofSession(session: string): Held | undefined {
    const held = this.#sessions.get(session);
    if (held !== undefined) held.used = true;
    return held;
  }

  all(): Iterable<Held> {
    return this.#seats;
  }

  /** Takes an account in. One that is here already stays as it is: it may be ahead of its row. */
  add(stored: StoredAccount): Held {
    const present = this.#accounts.get(stored.account.id);
    if (present !== undefined) return present;
    const held = new Held(this.#store, this.#shelf, stored);
    this.#accounts.set(held.id, held);
    this.#seats.take(held);
    this.#enter(held);
    if (held.isAdopted) this.unwritten.adopt(held);
    return held;
  }

  /** The account as it is in the store: nothing of what was decided since came about. */
  restore(held: Held): void {
    if (this.#accounts.get(held.id) !== held) return;
    this.#leaveAll(held);
    held.account = this.#store.accountOf(held.id, held.durable);
    held.forgetPlaces();
    held.isMoved = false;
    held.lastEntry = held.durableEntry;
    held.shard = held.rowShard;
    held.batch = undefined;
    this.#enter(held);
  }

  #enter(held: Held): void {
    const { account } = held;
    held.bytes = bytesOf(account);
    this.#bytes += held.bytes;
    for (const identity of account.identities) this.#identities.set(identityKey(identity), account.id);
    for (const { id } of account.sessions) this.#sessions.set(id, held);
    this.#addReserved(account, 1n);
    this.due.set(held);
  }

  #leaveAll(held: Held): void {
    const { account } = held;
    this.#bytes -= held.bytes;
    // A name may be another account's again: that was put back before this one, which had taken it.
    for (const identity of account.identities) {
      const key = identityKey(identity);
      if (this.#identities.get(key) === held.id) this.#identities.delete(key);
    }
    for (const { id } of account.sessions) if (this.#sessions.get(id) === held) this.#sessions.delete(id);
    this.#addReserved(account, -1n);
    this.due.forget(held);
  }

  /** The account as it is from now on. */
  change(held: Held, account: ChargingAccount): void {
    const before = held.account;
    held.account = account;
    if (before.identities !== account.identities || before.pools !== account.pools) held.isMoved = true;
    if (before.identities !== account.identities) {
      for (const identity of before.identities) this.#identities.delete(identityKey(identity));
      for (const identity of account.identities) this.#identities.set(identityKey(identity), held.id);
    }
    if (!isReservedAlike(before, account)) {
      this.#addReserved(before, -1n);
      this.#addReserved(account, 1n);
    }
    const bytes = bytesOf(account);
    this.#bytes += bytes - held.bytes;
    held.bytes = bytes;
    this.due.set(held);
  }

  openSession(session: string, held: Held): void {
    this.#sessions.set(session, held);
  }

  closeSession(session: string): void {
    this.#sessions.get(session)?.place(session, undefined);
    this.#sessions.delete(session);
  }

  drop(held: Held): void {
    if (!this.#accounts.delete(held.id)) return;
    this.#seats.leave(held);
    this.#leaveAll(held);
    held.leave();
    this.unwritten.remove(held);
  }

  dropAll(): void {
    for (const held of [...this.#seats]) this.drop(held);
  }

  /**
   * Lets accounts go until there is room. Looks at a few more than it lets go: what it costs does not depend on how many there are. At none twice: what was asked
   * for since it was called last stays, for somebody may be about to decide on it.
   */
  makeRoom(): void {
    this.unwritten.isTight = this.#bytes > this.#mostBytes;
    if (this.#hand >= this.#seats.size) this.#hand = 0;
    // Not past the last seat: whoever sits there may have been looked at before it came to an empty one.
    for (let looks = 64; looks > 0 && this.#hand < this.#seats.size && this.#bytes > this.#mostBytes; looks -= 1) {
      const held = this.#seats.at(this.#hand);
      if (!held.used && held.batch === undefined && held.loggedLast === 0 && !held.isAdopted && !held.isWriting) {
        this.drop(held); // another has its seat
        continue;
      }
      held.used = false;
      this.#hand += 1;
    }
  }

  #addReserved({ currency, buckets }: ChargingAccount, sign: bigint): void {
    for (const { unit, reserved } of buckets)
      if (unit === 'money' && reserved !== 0n) this.#reserved.set(currency, (this.#reserved.get(currency) ?? 0n) + sign * reserved);
  }
}

/** Mostly a request gives back what was set aside and sets the same aside again. */
function isReservedAlike({ buckets: before }: ChargingAccount, { buckets: after }: ChargingAccount): boolean {
  if (before === after) return true;
  if (before.length !== after.length) return false;
  for (let index = 0; index < before.length; index += 1) if (before[index]?.reserved !== after[index]?.reserved) return false;
  return true;
}

/**
 * Of memory, a little above what 30,000 accounts had on Node 26: 1,089 bytes with one identity and one bucket, 195 for a further bucket, 99
 * for a further identity, 1,650 for a running session of one item.
 */
export function bytesOf({ buckets, counters, sessions, identities, addOns, renewals }: ChargingAccount): number {
  const small = 110 * identities.length + 210 * buckets.length + 200 * counters.length + 150 * (addOns.length + renewals.length);
  return 800 + small + 1_900 * sessions.length;
}
