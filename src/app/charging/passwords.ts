/** Passwords of subscribers, for RADIUS. */
import type { Identity } from '#core/charging/request.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { identityKey } from '#engine/ports.ts';
import { storedPassword } from '#gateways/radius/passwords.ts';
import { radiusBooksOn } from '#storage/charging/radius-books.ts';
import type { Database } from '#storage/database.ts';
import type { ServingSettings } from '../serving-settings.ts';
import { accountNamed } from './desk.ts';
import { readPasswordKey } from './radius.ts';

const MOST_OCTETS = 128;

/**
 * Keeps a password for an identity of an account: `chap` encrypted, so that CHAP can be checked with it, else only its hash. The account.
 * Throws RefusedError: `engine.account-unknown`, `radius.password-wrong`, `serve.setting-missing`.
 */
export async function setPassword(
  database: Database,
  { radius }: ServingSettings,
  identity: Identity,
  password: string,
  chap: boolean,
): Promise<string> {
  const octets = Buffer.byteLength(password);
  if (octets === 0 || octets > MOST_OCTETS)
    throw new RefusedError(refuse('radius.password-wrong', `a password has 1 to ${MOST_OCTETS} octets, this one has ${octets}`));
  const { id } = await accountNamed(database, identityKey(identity));
  const key = chap ? await readPasswordKey(radius.passwordKey) : undefined;
  if (chap && key === undefined)
    throw new RefusedError(refuse('serve.setting-missing', 'passwords for CHAP are encrypted under it', { field: 'radius.passwordKey' }));
  await radiusBooksOn(database).setPassword(await storedPassword(identityKey(identity), password, key));
  return id;
}

/** Throws RefusedError (`radius.password-wrong`) when there is none. */
export async function removePassword(database: Database, identity: Identity): Promise<void> {
  if (await radiusBooksOn(database).removePassword(identityKey(identity))) return;
  throw new RefusedError(refuse('radius.password-wrong', 'no password is kept for it', { value: identityKey(identity) }));
}
