/** What access needs of storage, and of the sign-in of people; and with whose eyes the process reads now. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { isGuessable } from './guessable.ts';
import { withinMaker } from './makers.ts';
import { placeOf } from './place.ts';
import { isRole, type Role } from './roles.ts';

export { isGuessable, isRole, placeOf, withinMaker };

/** A key as it is kept: its secret only as a hash. */
export interface ApiKey {
  /** Part of the key itself, for people and logs. */
  readonly id: string;
  readonly name: string;
  /** Of the list in `permissions.ts`, as far as its maker has them now; one that a later release took out of it allows nothing. */
  readonly permissions: readonly string[];
  /** Given to it, and not had by its maker any more. */
  readonly withheld: readonly string[];
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
  /** A secret as that of an invitation, which leaves one that can be taken longer as it is. */
  makeRecovery(personId: string, untilMicros: number): Promise<string>;
  /** Until when nobody signs in with this address from this place. */
  lockedUntil(email: string, place: string): Promise<number | undefined>;
  /** A wrong password. Whether somebody has the address makes no difference. */
  failed(email: string, place: string, limits: FailureLimits): Promise<void>;
  /** The person signed in there: what is tried elsewhere does not count there. */
  succeeded(email: string, place: string): Promise<void>;
  /** Who can take this secret; undefined: nobody. */
  ofInvitation(token: string): Promise<Person | undefined>;
  /** False: this person's code was taken already. */
  takeCode(personId: string, code: string): Promise<boolean>;
  /** Notes that a mail was asked for. False: as many were within the hour already. */
  takeRecovery(email: string, mostAnHour: number): Promise<boolean>;
  /** Whom a provider of identities means by this name; undefined: nobody yet. */
  findLinked(issuer: string, subject: string): Promise<Person | undefined>;
  link(personId: string, issuer: string, subject: string): Promise<void>;
}

export interface FailureLimits {
  /** From one place. */
  readonly most: number;
  /** From all places together at which the person never signed in. */
  readonly mostElsewhere: number;
  /** Within so long; the lock lasts as long. */
  readonly lockMs: number;
}

/** Whom parties invited though the address is somebody's already: to the party they look as anybody invited. */
export interface ElsewhereBooks {
  ofParty(party: string): Promise<readonly Person[]>;
  insert(party: string, person: Pick<Person, 'email' | 'name' | 'invitedBy'>): Promise<Person>;
  /** False: the party invited nobody of this address. */
  setBlocked(party: string, email: string, isBlocked: boolean): Promise<boolean>;
}

/** A credential of WebAuthn. */
export interface Passkey {
  /** Of the credential, base64url. */
  readonly id: string;
  readonly personId: string;
  /** As its owner calls it. */
  readonly name: string;
  /** COSE. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly counter: number;
  readonly transports: readonly string[];
  /** It may live on several devices. */
  readonly isSynced: boolean;
  readonly createdMicros: number;
  readonly usedMicros: number | undefined;
}

export interface PasskeyBooks {
  ofPerson(personId: string): Promise<readonly Passkey[]>;
  find(id: string): Promise<Passkey | undefined>;
  /** False: the credential is known already, or the person has the most there may be. */
  insert(passkey: Omit<Passkey, 'createdMicros' | 'usedMicros'>, most: number): Promise<boolean>;
  /** It was used now, with this counter. */
  used(id: string, counter: number): Promise<void>;
  /** False: the person has none of this id. */
  rename(personId: string, id: string, name: string): Promise<boolean>;
  remove(personId: string, id: string): Promise<boolean>;
  /** Keeps what is proved next, until then. */
  keepChallenge(id: string, value: string, untilMicros: number): Promise<void>;
  /** Once; undefined: unknown, taken or over. */
  takeChallenge(id: string): Promise<string | undefined>;
}

/** Where sign-in is; its cookie goes everywhere below `/v1`. */
export const SIGN_IN_PATH = '/v1/sign-in';
/** The header in which the server names the address of who asks; what the client wrote there is thrown away. */
export const ADDRESS_HEADER = 'x-carillon-address';

/** One of the addresses of sign-in. */
export interface SignInRoute {
  readonly method: 'GET' | 'POST';
  /** It changes how somebody comes in, or lets somebody in: the audit trail says so. */
  readonly isTold: boolean;
}

/** Sign-in of people over HTTP. */
export interface SignIn {
  /** What there is below its address; undefined for anything else. */
  route(path: string): SignInRoute | undefined;
  /** Answers it. `about`: whose sign-in, password or second factor it was, where that is known: the address of mail. */
  handle(request: Request): Promise<{ readonly answer: Response; readonly about: string | undefined }>;
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

const readings = new AsyncLocalStorage<boolean>();

/** Work that somebody waits for and that changes nothing: its statements may take no longer than the installation says (`api.readSeconds`). */
export function whileWaitedFor<T>(work: () => Promise<T>): Promise<T> {
  return readings.run(true, work);
}

export function isWaitedFor(): boolean {
  return readings.getStore() === true;
}

/** With whose eyes to read; undefined: the house's. */
export function viewNow(): View | undefined {
  return views.getStore();
}
