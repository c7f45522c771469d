/** People for those who administer them. */
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import * as people from '#operations/access/people.ts';
import type { Person } from '#operations/access/ports.ts';
import { roles } from '#operations/access/roles.ts';
import { hasParty, peopleBooksOn } from '#storage/access/people.ts';
import type { Database } from '#storage/database.ts';

export type { Person };
export { roles };

/** Throws RefusedError as `invite` refuses, and `access.party-unknown`. */
export async function inviteUser(database: Database, words: people.InvitationWords): Promise<people.Invitation> {
  await demandParty(database, words.party);
  return valueOrThrow(await people.invite(peopleBooksOn(database), words, Date.now() * 1_000));
}

/** Throws RefusedError (`access.party-unknown`). */
export async function demandParty(database: Database, party: string | undefined): Promise<void> {
  if (party === undefined || (await hasParty(database, party))) return;
  throw new RefusedError(refuse('access.party-unknown', `the configuration has no party ${party}`, { field: 'party', value: party }));
}

/** Throws RefusedError as `inviteAgain` refuses. */
export async function recoverUser(database: Database, email: string): Promise<people.Invitation> {
  return valueOrThrow(await people.inviteAgain(peopleBooksOn(database), email, Date.now() * 1_000));
}

/** Throws RefusedError as `changeRole` refuses, and `access.party-unknown`. */
export async function changeUserRole(database: Database, email: string, role: string, party: string | undefined): Promise<void> {
  await demandParty(database, party);
  valueOrThrow(await people.changeRole(peopleBooksOn(database), email, { role, party }));
}

/** `party`: who of it does so, undefined: the house. Throws RefusedError (`access.person-unknown`, `access.block-of-house`). */
export async function blockUser(database: Database, email: string, isBlocked: boolean, party?: string): Promise<void> {
  valueOrThrow(await people.block(peopleBooksOn(database), email, isBlocked, party));
}

/** Throws RefusedError (`access.person-unknown`). */
export async function dropUsersSecondFactor(database: Database, email: string): Promise<void> {
  valueOrThrow(await people.dropSecondFactor(peopleBooksOn(database), email));
}

export async function users(database: Database): Promise<readonly Person[]> {
  return peopleBooksOn(database).all();
}
