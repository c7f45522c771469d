/** API keys for those who give them out. */
import { valueOrThrow } from '#core/refusals.ts';
import { createKey, type KeyWords, revokeKey } from '#operations/access/keys.ts';
import { permissions } from '#operations/access/permissions.ts';
import type { ApiKey } from '#operations/access/ports.ts';
import { keyBooksOn } from '#storage/access/keys.ts';
import type { Database } from '#storage/database.ts';

export type { ApiKey };
export { permissions };

/** Throws RefusedError: `access.permission-unknown`, `access.expiry-over`. */
export async function makeApiKey(database: Database, words: KeyWords): Promise<{ readonly id: string; readonly key: string }> {
  return valueOrThrow(await createKey(keyBooksOn(database), words, Date.now() * 1_000));
}

export async function apiKeys(database: Database): Promise<readonly ApiKey[]> {
  return keyBooksOn(database).all();
}

/** Throws RefusedError (`access.key-unknown`). */
export async function revokeApiKey(database: Database, id: string): Promise<void> {
  valueOrThrow(await revokeKey(keyBooksOn(database), id));
}
