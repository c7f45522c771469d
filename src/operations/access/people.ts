/** Who may sign in: invited, given another role, blocked, let in again. */
import { type Result, refuse, visibleText } from '#core/refusals.ts';
import type { PeopleBooks, Person } from './ports.ts';
import { isRole, roles } from './roles.ts';

const DAY_MICROS = 86_400_000_000;
/** How long an invitation can be taken. */
export const INVITATION_DAYS = 7;
const ADDRESS = /^[^\s@<>"\p{Cc}]{1,64}@[^\s@<>"\p{Cc}]{1,186}$/u;

export interface InvitationWords {
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly party: string | undefined;
  readonly by: string;
}

/** With which a password can be chosen, once. */
export interface Invitation {
  readonly person: Person;
  readonly token: string;
  readonly untilMicros: number;
}

/**
 * Somebody new, with an invitation. Refused: `access.address-malformed`, `access.name-malformed`, `access.role-unknown`,
 * `access.party-missing`, `access.party-needless`, `access.person-known`. That the party exists is the caller's to see.
 */
export async function invite(books: PeopleBooks, words: InvitationWords, nowMicros: number): Promise<Result<Invitation>> {
  const email = words.email.toLowerCase();
  const name = words.name.trim();
  if (!ADDRESS.test(email)) return no('access.address-malformed', `${words.email} is no address of mail`, 'email', words.email);
  if (name === '' || name.length > 200 || visibleText(name) !== name)
    return no('access.name-malformed', 'a name has 1 to 200 characters, none of which controls how others are shown', 'name');
  const role = roleOf(words.role, words.party);
  if (!role.ok) return role;
  const person = await books.insert({ email, name, ...role.value, invitedBy: words.by });
  if (person === undefined) return no('access.person-known', `${email} is known`, 'email', email);
  return { ok: true, value: await invitationOf(books, person, nowMicros) };
}

/** A new invitation: for who did not take the first one, or forgot the password. Refused: `access.person-unknown`, `access.person-blocked`. */
export async function inviteAgain(books: PeopleBooks, address: string, nowMicros: number): Promise<Result<Invitation>> {
  const person = await books.find(address.toLowerCase());
  if (person === undefined) return nobody(address);
  if (person.isBlocked) return no('access.person-blocked', `${address} is blocked`, 'email', address);
  return { ok: true, value: await invitationOf(books, person, nowMicros) };
}

/** Refused: `access.role-unknown`, `access.party-missing`, `access.party-needless`, `access.person-unknown`. */
export async function changeRole(
  books: PeopleBooks,
  address: string,
  words: { readonly role: string; readonly party: string | undefined },
): Promise<Result<'changed'>> {
  const role = roleOf(words.role, words.party);
  if (!role.ok) return role;
  const isKnown = await books.setRole(address.toLowerCase(), role.value.role, role.value.party);
  return isKnown ? { ok: true, value: 'changed' } : nobody(address);
}

/** Blocking ends all sessions at once. `party`: who of it does so, undefined: the house. Refused: `access.person-unknown`, `access.block-of-house`. */
export async function block(books: PeopleBooks, address: string, isBlocked: boolean, party?: string): Promise<Result<'changed'>> {
  const done = await books.setBlocked(address.toLowerCase(), isBlocked, party);
  if (done === 'of-the-house') return no('access.block-of-house', `${address} was blocked by the house`, 'email', address);
  return done === 'changed' ? { ok: true, value: 'changed' } : nobody(address);
}

/** Refused: `access.person-unknown`. */
export async function dropSecondFactor(books: PeopleBooks, address: string): Promise<Result<'changed'>> {
  return (await books.dropSecondFactor(address.toLowerCase())) ? { ok: true, value: 'changed' } : nobody(address);
}

async function invitationOf(books: PeopleBooks, person: Person, nowMicros: number): Promise<Invitation> {
  const untilMicros = nowMicros + INVITATION_DAYS * DAY_MICROS;
  return { person, token: await books.makeInvitation(person.id, untilMicros), untilMicros };
}

function roleOf(role: string, party: string | undefined): Result<Pick<Person, 'role' | 'party'>> {
  if (!isRole(role)) return no('access.role-unknown', `there is no role ${role}; there are ${Object.keys(roles).join(', ')}`, 'role', role);
  const isOfParty = 'ofParty' in roles[role];
  if (isOfParty && party === undefined) return no('access.party-missing', `a ${role} belongs to a party`, 'party');
  if (!isOfParty && party !== undefined) return no('access.party-needless', `a ${role} is of the house, not of ${party}`, 'party', party);
  return { ok: true, value: { role, party } };
}

type PeopleCode = Parameters<typeof refuse>[0] & `access.${string}`;

function no(code: PeopleCode, message: string, field: string, value?: string): { ok: false; refusals: [ReturnType<typeof refuse>] } {
  return { ok: false, refusals: [refuse(code, message, { field, ...(value === undefined ? {} : { value }) })] };
}

function nobody(address: string): { ok: false; refusals: [ReturnType<typeof refuse>] } {
  return no('access.person-unknown', `nobody has the address ${address}`, 'email', address);
}
