/** A key does no more than who made it may now: a role that was lowered, another party, a block (decision 0028). */
import { type Role, roles } from './roles.ts';

/** Whom a key was made by, where it was somebody who signs in. */
export interface Maker {
  readonly role: Role;
  readonly party: string | undefined;
}

export interface Within {
  /** Those that hold. */
  readonly permissions: readonly string[];
  /** Given, and not had by the maker any more. */
  readonly withheld: readonly string[];
}

/** `maker` undefined: made on the server itself, by nobody who signs in. */
export function withinMaker(
  given: { readonly permissions: readonly string[]; readonly party: string | undefined },
  maker: Maker | undefined,
): Within {
  const { permissions, party } = given;
  if (maker === undefined) return { permissions, withheld: [] };
  const own: readonly string[] = roles[maker.role].permissions;
  const isElsewhere = maker.party !== undefined && maker.party !== party;
  // The house has no use for the portal itself, and gives keys of it to partners.
  const isGiven = (each: string): boolean => each === 'portal:use' && party !== undefined && maker.party === undefined;
  const may = (each: string): boolean => !isElsewhere && (own.includes(each) || isGiven(each));
  return { permissions: permissions.filter(may), withheld: permissions.filter((each) => !may(each)) };
}
