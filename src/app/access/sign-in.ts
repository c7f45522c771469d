/** Sign-in of people, wired: the pool for better-auth, and the secret that signs sessions. */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { SecretReference } from '#core/usage/collecting.ts';
import { openSignIn } from '#gateways/sign-in/sign-in.ts';
import type { SignIn } from '#operations/access/ports.ts';
import { peopleBooksOn } from '#storage/access/people.ts';
import { plainPool } from '#storage/access/plain-pool.ts';
import { readSecret } from '../collecting/secrets.ts';
import type { Installation } from '../installation.ts';

const SHORTEST_SECRET = 32;
const CONNECTIONS = 4;

/** Undefined where `api.origin` is not set. Throws RefusedError: `collect.secret-missing`, `access.secret-short`. */
export async function signInOf({ settings, database, dataFolder, log }: Installation): Promise<SignIn | undefined> {
  const { origin, secret } = settings.api;
  if (origin === '') return undefined;
  // Checked by the settings: empty, or a reference.
  const signing = secret === '' ? keptSecret(dataFolder) : await readSecret(secret as SecretReference);
  if (signing.length < SHORTEST_SECRET)
    throw new RefusedError(refuse('access.secret-short', `api.secret has ${signing.length} characters`, { field: 'api.secret' }));
  return openSignIn({ pool: plainPool(database, 'sign_in', CONNECTIONS), people: peopleBooksOn(database), origin, secret: signing, log });
}

/** Made once; who has it could make sessions, so nobody else may read it. */
function keptSecret(dataFolder: string): string {
  const path = join(dataFolder, 'sign-in.secret');
  try {
    writeFileSync(path, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(path, 'utf8').trim();
}
