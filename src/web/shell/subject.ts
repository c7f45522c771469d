/** What a subject gives the shell: its routes, its place in the navigation, what the palette finds in it. */

import type { AnyRoute } from '@tanstack/react-router';
import type { Icon } from '../parts/icons.ts';
import type { Language } from './language.ts';

export interface Found {
  readonly label: string;
  readonly detail?: string;
  /** Address inside the console. */
  readonly href: string;
}

export interface Entry {
  /** Address of the page, such as `/partners`. */
  readonly to: string;
  readonly icon: Icon;
  /** One of these is enough; without any of them the entry is not shown. Empty: for everybody. */
  readonly permissions: readonly string[];
  /** Of the portal: for people of a party with one of these roles. Left out: for the house. */
  readonly forRoles?: readonly string[];
}

/** A page with a name, as the palette finds it and hints lead to it. */
export interface Place extends Pick<Entry, 'to' | 'permissions' | 'forRoles'> {
  readonly title: Readonly<Record<Language, string>>;
}

export interface Subject<Routes extends readonly AnyRoute[] = readonly AnyRoute[]> {
  /** As its folder is called. */
  readonly name: string;
  readonly title: Readonly<Record<Language, string>>;
  /** Left out: nothing in the navigation. */
  readonly entry?: Entry;
  readonly routes: Routes;
  /** Its further pages that have names of their own. */
  readonly places?: readonly Place[];
  /** What the command palette offers for a text of two characters or more. */
  readonly find?: (text: string) => Promise<readonly Found[]>;
}

export function subject<const Routes extends readonly AnyRoute[]>(given: Subject<Routes>): Subject<Routes> {
  return given;
}

export const isOfParty = (role: string | undefined): boolean => role === 'partner' || role === 'customer';

/** Who is of a party has the portal's entries, and the house its own: permissions alone do not tell. */
export function isAllowed(
  { permissions, forRoles }: Pick<Entry, 'permissions' | 'forRoles'>,
  me: { readonly permissions: readonly string[]; readonly role?: string },
): boolean {
  if (isOfParty(me.role) ? forRoles?.includes(me.role ?? '') !== true : forRoles !== undefined) return false;
  return permissions.length === 0 || permissions.some((each) => me.permissions.includes(each));
}
