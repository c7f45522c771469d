/** Whom an identity provider means, and with which role: rules without any protocol. */
import { type Result, refuse, visibleText } from '#core/refusals.ts';
import type { PeopleBooks, Person } from './ports.ts';
import { isRole, type Role } from './roles.ts';

/** Who invited them that come by a claim alone. */
export const SINGLE_SIGN_ON = 'single sign-on';
const ADDRESS = /^[^\s@<>"\p{Cc}]{1,64}@[^\s@<>"\p{Cc}]{1,186}$/u;

export interface SingleSignOnRules {
  /** The claim that says what somebody is of; a text or a list of texts. Empty: only who was invited comes in. */
  readonly roleClaim: string;
  /** The first whose value the claim has decides. Roles of the house only. */
  readonly roles: readonly (readonly [value: string, role: Role])[];
  /** An address counts though the provider does not say that it verified it. */
  readonly trustsEmail: boolean;
}

/** `engineers=network-engineer, books=finance`. Refused: `access.role-unknown`, `access.party-missing`. */
export function readRoles(text: string): Result<SingleSignOnRules['roles']> {
  const roles: (readonly [string, Role])[] = [];
  for (const pair of text.split(',').filter((each) => each.trim() !== '')) {
    const at = pair.lastIndexOf('=');
    const value = pair.slice(0, at).trim();
    const role = pair.slice(at + 1).trim();
    if (at < 1 || value === '' || !isRole(role)) return no('access.role-unknown', `${pair.trim()} is no value=role`);
    if (role === 'partner' || role === 'customer') return no('access.party-missing', `a ${role} is invited, as it belongs to a party`);
    roles.push([value, role]);
  }
  return { ok: true, value: roles };
}

/**
 * The person of verified claims. Who came before is known by issuer and subject; who comes first by a verified address that was invited, or by
 * a claim that gives a role. The claim's role holds from now on; people of a party keep theirs. Refused: `access.single-sign-on-unknown`.
 */
export async function personOfClaims(
  books: PeopleBooks,
  { roleClaim, roles, trustsEmail }: SingleSignOnRules,
  issuer: string,
  claims: Readonly<Record<string, unknown>> & { readonly sub: string },
): Promise<Result<Person>> {
  const said = roleClaim === '' ? [] : textsOf(claims[roleClaim]);
  const role = roles.find(([value]) => said.includes(value))?.[1];
  const email =
    typeof claims.email === 'string' && (claims.email_verified === true || trustsEmail) ? claims.email.toLowerCase() : undefined;
  const person = await foundOrMade();
  if (person === undefined || person.isBlocked) return unknown(email);
  if (person.party !== undefined || role === person.role) return { ok: true, value: person };
  // Who came by a claim alone is nobody here without it.
  if (role === undefined) return person.invitedBy === SINGLE_SIGN_ON ? unknown(email) : { ok: true, value: person };
  await books.setRole(person.email, role, undefined);
  return { ok: true, value: { ...person, role } };

  async function foundOrMade(): Promise<Person | undefined> {
    const linked = await books.findLinked(issuer, claims.sub);
    if (linked !== undefined || email === undefined || !ADDRESS.test(email)) return linked;
    const name = typeof claims.name === 'string' && claims.name.trim() !== '' ? visibleText(claims.name).trim().slice(0, 200) : email;
    const known =
      (await books.find(email)) ??
      (role === undefined ? undefined : await books.insert({ email, name, role, party: undefined, invitedBy: SINGLE_SIGN_ON }));
    if (known !== undefined && !known.isBlocked) await books.link(known.id, issuer, claims.sub);
    return known;
  }
}

function textsOf(claim: unknown): readonly string[] {
  if (typeof claim === 'string') return [claim];
  return Array.isArray(claim) ? claim.filter((each): each is string => typeof each === 'string') : [];
}

function unknown(email: string | undefined): Result<never> {
  return no('access.single-sign-on-unknown', `nobody here is ${email ?? 'meant, as no verified address of mail was said'}`);
}

function no(code: 'access.role-unknown' | 'access.party-missing' | 'access.single-sign-on-unknown', message: string): Result<never> {
  return { ok: false, refusals: [refuse(code, message)] };
}
