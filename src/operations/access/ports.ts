/** What access needs of storage, and of the sign-in of people; and with whose eyes the process reads now. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { isRole, type Role } from './roles.ts';

export { isRole };

/** A key as it is kept: its secret only as a hash. */
export interface ApiKey {
  /** Part of the key itself, for people and logs. */
  readonly id: string;
  readonly name: string;
  /** Of the list in `permissions.ts`; one that a later release took out of it allows nothing. */
  readonly permissions: readonly string[];
  /** Sees the rows of this party only. */
  readonly party: string | undefined;
  readonly createdMicros: number;
  readonly createdBy: string;
  readonly expiresMicros: number | undefined;
  readonly revokedMicros: number | undefined;
  /** To the minute. */
  readonly lastUsedMicros: number | undefined;
}

export type NewApiKey = Pick<ApiKey, 'id' | 'name' | 'permissions' | 'party' | 'createdBy' | 'expiresMicros'>;

export interface KeyBooks {
  insert(key: NewApiKey, secretHash: Buffer): Promise<void>;
  /** By the time of their making. */
  all(): Promise<readonly ApiKey[]>;
  /** Undefined as well for the key of a maker who is blocked. */
  find(id: string): Promise<{ readonly key: ApiKey; readonly secretHash: Buffer } | undefined>;
  /** False: no key has this id. Revoking twice leaves the first time. */
  revoke(id: string): Promise<boolean>;
  /** It was used now. */
  used(id: string): Promise<void>;
}

/** Somebody who signs in. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** Whose figures a partner or a customer sees. */
  readonly party: string | undefined;
  readonly hasSecondFactor: boolean;
  readonly isBlocked: boolean;
  /** False until the invitation was taken. */
  readonly hasPassword: boolean;
  readonly invitedBy: string;
  readonly createdMicros: number;
  /** The newest session that is known. */
  readonly seenMicros: number | undefined;
}

export type NewPerson = Pick<Person, 'email' | 'name' | 'role' | 'party' | 'invitedBy'>;

/** People as they are administered. Addresses of mail are lower case. */
export interface PeopleBooks {
  /** By address of mail. */
  all(): Promise<readonly Person[]>;
  find(email: string): Promise<Person | undefined>;
  /** Undefined: somebody has this address already. */
  insert(person: NewPerson): Promise<Person | undefined>;
  /** Holds for sessions that are open. False: nobody has the address. */
  setRole(email: string, role: Role, party: string | undefined): Promise<boolean>;
  /**
   * Blocking ends all sessions, and the keys that the person made. `party`: whose people do it, undefined for the house; a block of the house
   * stays its own, and only the house lifts it.
   */
  setBlocked(email: string, isBlocked: boolean, party: string | undefined): Promise<'changed' | 'unknown' | 'of-the-house'>;
  /** Takes the second factor away, for somebody who lost it, and ends all sessions. False: nobody has the address. */
  dropSecondFactor(email: string): Promise<boolean>;
  /** A secret with which this person can choose a password once, until then. Earlier ones stop working. */
  makeInvitation(personId: string, untilMicros: number): Promise<string>;
  /** How often sign-in failed for an address, and until when it is locked. */
  lockedUntil(email: string): Promise<number | undefined>;
  failed(email: string, most: number, lockMs: number): Promise<void>;
  succeeded(email: string): Promise<void>;
}

/** Where sign-in is; its cookie goes everywhere below `/v1`. */
export const SIGN_IN_PATH = '/v1/sign-in';
/** The header in which the server names the address of who asks; what the client wrote there is thrown away. */
export const ADDRESS_HEADER = 'x-carillon-address';

/** Sign-in of people over HTTP. */
export interface SignIn {
  /** Answers what lies below its address: sign in, second factor, sign out, passwords. */
  handle(request: Request): Promise<Response>;
  /** Who has the session of these headers; undefined without one that is open. */
  personOf(headers: Headers): Promise<Signed | undefined>;
  /** As browsers name where a page came from, such as `https://billing.example.com`. */
  readonly origin: string;
  close(): Promise<void>;
}

export interface Signed extends Pick<Person, 'id' | 'name' | 'email' | 'role' | 'party'> {
  /** The session's id, which opens nothing. */
  readonly session: string;
}

/** Somebody who sees the rows of one party only. */
export interface View {
  readonly role: 'partner' | 'customer';
  readonly party: string;
}

const views = new AsyncLocalStorage<View | undefined>();

/** Whatever the work reads, PostgreSQL gives it the rows of this party only, and lets it change nothing (migration 311). */
export function viewedBy<T>(view: View, work: () => Promise<T>): Promise<T> {
  return views.run(view, work);
}

/** Work that the house does for them, once it is clear that it is theirs. */
export function asHouse<T>(work: () => Promise<T>): Promise<T> {
  return views.run(undefined, work);
}

/** With whose eyes to read; undefined: the house's. */
export function viewNow(): View | undefined {
  return views.getStore();
}
