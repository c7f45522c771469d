/** From the headers of a request to who asks: a program with a key, or somebody who is signed in. */
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import { isInForce, keyOf } from '#operations/access/keys.ts';
import type { Permission } from '#operations/access/permissions.ts';
import type { ApiKey, KeyBooks, Signed, SignIn, View } from '#operations/access/ports.ts';
import { roles } from '#operations/access/roles.ts';
import { KNOWN, type Operation, type Principal } from './operation.ts';

const MOST_KNOWN = 10_000;
const USED_EVERY_MS = 60_000;

/** What of a request says who asks. */
export interface Asking {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly ip: string;
}

interface Known {
  readonly key: Promise<ApiKey>;
  readonly untilMs: number;
}

export class Access {
  readonly #books: KeyBooks;
  readonly #knownMs: number;
  readonly #failed: (error: unknown) => void;
  readonly #signIn: SignIn | undefined;
  /** By the hash of what was shown: the keys themselves are not kept. */
  readonly #known = new Map<string, Known>();
  readonly #usedMs = new Map<string, number>();

  /** A key that was revoked is accepted for `knownMs` at most. `failed` is told when the time of use could not be written. */
  constructor(books: KeyBooks, signIn: SignIn | undefined, knownMs: number, failed: (error: unknown) => void) {
    this.#books = books;
    this.#signIn = signIn;
    this.#knownMs = knownMs;
    this.#failed = failed;
  }

  /** A key goes before a session. Throws RefusedError: `api.key-missing`, `api.key-wrong`, `access.session-missing`, `access.origin-wrong`. */
  async principal(request: Asking): Promise<Principal> {
    const { authorization, cookie } = request.headers;
    if (authorization === undefined && cookie !== undefined && this.#signIn !== undefined)
      return this.#person(this.#signIn, request, cookie);
    const [, shown] = /^Bearer +(\S{1,200})$/i.exec(authorization ?? '') ?? [];
    if (shown === undefined) throw new RefusedError(refuse('api.key-missing', 'the header Authorization has no bearer'));
    const key = await this.#keyOf(shown);
    if (!isInForce(key, Date.now() * 1_000)) throw new RefusedError(refuse('api.key-wrong', 'this key is not accepted'));
    this.#used(key.id);
    // Keys of one name are one client: a new key goes on where the old one ends. Without further colons, since names of changes are made of it.
    const actor = { kind: 'key', id: key.id, name: key.name, address: request.ip, party: key.party } as const;
    const view = key.party === undefined ? undefined : ({ role: 'partner', party: key.party } as const);
    const client = view === undefined ? encodeURIComponent(key.name) : `${encodeURIComponent(view.party)}/${encodeURIComponent(key.name)}`;
    const made = { madeBy: key.createdBy, expiresMicros: key.expiresMicros };
    return { id: `client:${client}`, name: key.name, permissions: key.permissions, actor, view, key: made };
  }

  /** Roles and blocks are looked up for every request: what changed holds at once. */
  async #person(signIn: SignIn, { method, headers, ip }: Asking, cookie: string): Promise<Principal> {
    const person = await signIn.personOf(new Headers({ cookie }));
    if (person === undefined) throw new RefusedError(refuse('access.session-missing', 'nobody is signed in'));
    // The cookie is SameSite=Strict; this is for browsers that do not know it, and for pages of other ports of the same host.
    if (method !== 'GET' && headers.origin !== signIn.origin) {
      throw new RefusedError(refuse('access.origin-wrong', `this was asked by a page of ${headers.origin?.slice(0, 200) ?? 'no address'}`));
    }
    const { id, email, session, party } = person;
    const actor = { kind: 'user', id, name: email, address: ip, session, party } as const;
    const view = viewOf(person);
    // With the party: what was answered for another one is not answered again.
    const client = party === undefined ? id : `${id}@${encodeURIComponent(party)}`;
    return { id: `user:${client}`, name: email, permissions: roles[person.role].permissions, actor, view, person };
  }

  #keyOf(shown: string): Promise<ApiKey> {
    const hash = createHash('sha256').update(shown).digest('base64url');
    const now = performance.now();
    const known = this.#known.get(hash);
    if (known !== undefined && known.untilMs > now) return known.key;
    const key = keyOf(this.#books, shown, Date.now() * 1_000).then(valueOrThrow);
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(hash, { key, untilMs: now + this.#knownMs });
    // What is wrong is not remembered: guesses must not fill the memory.
    key.catch(() => this.#known.delete(hash));
    return key;
  }

  #used(id: string): void {
    const now = performance.now();
    if (now < (this.#usedMs.get(id) ?? 0)) return;
    this.#usedMs.set(id, now + USED_EVERY_MS);
    this.#books.used(id).catch(this.#failed);
  }
}

/** Who is of a party and has no role that says what of it may be seen would see everything: that is refused as a fault. */
function viewOf({ role, party, email }: Signed): View | undefined {
  if (party === undefined && !('ofParty' in roles[role])) return undefined;
  if (party === undefined || (role !== 'partner' && role !== 'customer')) throw new Error(`${email} is a ${role} of ${party}`);
  return { role, party };
}

/** That the operation is for them: with its permission, and for who is of a party, declared so. Throws RefusedError: `api.permission-missing`, `access.person-only`. */
export function demandOperation(
  principal: Principal,
  { permission, forParties = [], byPeople }: Pick<Operation, 'permission' | 'forParties' | 'byPeople'>,
): void {
  if (permission !== KNOWN && principal.view !== undefined && !forParties.includes(principal.view.role)) throw missing(permission);
  demand(principal, permission);
  if (byPeople === true) demandPerson(principal);
}

/** Throws RefusedError (`access.person-only`). */
export function demandPerson({ person, name }: Principal): void {
  if (person === undefined) throw new RefusedError(refuse('access.person-only', 'a key asks what only people may', { value: name }));
}

/** Throws RefusedError (`api.permission-missing`). */
export function demand({ permissions }: Principal, permission: Permission | typeof KNOWN): void {
  if (permission !== KNOWN && !permissions.includes(permission)) throw missing(permission);
}

function missing(permission: Permission): RefusedError {
  return new RefusedError(refuse('api.permission-missing', `this needs the permission ${permission}`, { value: permission }));
}
