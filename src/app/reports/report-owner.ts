/** Whether who keeps a report may still see what is in it: nobody asks while it is mailed. */
import { isInForce } from '#operations/access/keys.ts';
import { roles } from '#operations/access/roles.ts';
import { keyBooksOn } from '#storage/access/keys.ts';
import { peopleBooksOn } from '#storage/access/people.ts';
import type { Database } from '#storage/database.ts';

const NEEDED = 'reports:read';

/** `owner`: as requests tell who asks apart (`Principal.id`): a person by its id, keys of the house by their name. */
export async function maySeeReports(database: Database, owner: string, nowMicros: number): Promise<boolean> {
  const people = await peopleBooksOn(database).all();
  const person = people.find(({ id }) => owner === `user:${id}`);
  if (person !== undefined) return !person.isBlocked && roles[person.role].permissions.some((each) => each === NEEDED);
  const blocked = new Set(people.filter(({ isBlocked }) => isBlocked).map(({ email }) => email));
  const keys = await keyBooksOn(database).all();
  return keys.some(
    (key) =>
      key.party === undefined &&
      owner === `client:${encodeURIComponent(key.name)}` &&
      key.permissions.includes(NEEDED) &&
      isInForce(key, nowMicros) &&
      !blocked.has(key.createdBy),
  );
}
