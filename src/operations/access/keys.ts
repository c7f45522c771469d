/** API keys: shown once, kept as hashes, with permissions and an end. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Result, refuse } from '#core/refusals.ts';
import { isPermission } from './permissions.ts';
import type { ApiKey, KeyBooks } from './ports.ts';
import { roles } from './roles.ts';

/** `carillon_<id>_<secret>`: 8 octets to know it by, 32 that nobody guesses. */
const FORM = /^carillon_([0-9a-f]{16})_([\w-]{43})$/;

export interface KeyWords {
  readonly name: string;
  readonly permissions: readonly string[];
  /** UTC microseconds; undefined: until it is revoked. */
  readonly expiresMicros: number | undefined;
  readonly createdBy: string;
  /** Of a partner: it sees that party's rows only, and may what partners may. */
  readonly party?: string | undefined;
}

/** The key as its owner needs it: nobody sees it again. Refused: `access.permission-unknown`, `access.expiry-over`. */
export async function createKey(books: KeyBooks, words: KeyWords, nowMicros: number): Promise<Result<{ id: string; key: string }>> {
  const unknown = words.permissions.filter((each) => !isPermission(each));
  if (unknown.length > 0 || words.permissions.length === 0) {
    const value = unknown.join(', ');
    const message = unknown.length > 0 ? `there is no permission ${value}` : 'a key needs a permission';
    return { ok: false, refusals: [refuse('access.permission-unknown', message, { field: 'permissions', value })] };
  }
  const beyond =
    words.party === undefined ? [] : words.permissions.filter((each) => !roles.partner.permissions.some((own) => own === each));
  if (beyond.length > 0) {
    const value = beyond.join(', ');
    return {
      ok: false,
      refusals: [refuse('access.permission-unknown', `partners have no permission ${value}`, { field: 'permissions', value })],
    };
  }
  if (words.expiresMicros !== undefined && words.expiresMicros <= nowMicros) {
    return { ok: false, refusals: [refuse('access.expiry-over', 'the end lies in the past', { field: 'expires' })] };
  }
  const id = randomBytes(8).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  const { name, expiresMicros, createdBy, party } = words;
  await books.insert({ id, name, permissions: words.permissions, party, expiresMicros, createdBy }, hashOf(secret));
  return { ok: true, value: { id, key: `carillon_${id}_${secret}` } };
}

/** Refused: `access.key-unknown`. */
export async function revokeKey(books: KeyBooks, id: string): Promise<Result<'revoked'>> {
  if (await books.revoke(id)) return { ok: true, value: 'revoked' };
  return { ok: false, refusals: [refuse('access.key-unknown', `there is no key ${id}`, { value: id })] };
}

/** The key that a text is. Refused, without saying why: `api.key-wrong`. */
export async function keyOf(books: KeyBooks, text: string, nowMicros: number): Promise<Result<ApiKey>> {
  const [, id = '', secret = ''] = FORM.exec(text) ?? [];
  const found = id === '' ? undefined : await books.find(id);
  const isRight = found !== undefined && timingSafeEqual(found.secretHash, hashOf(secret)) && isInForce(found.key, nowMicros);
  return isRight ? { ok: true, value: found.key } : { ok: false, refusals: [refuse('api.key-wrong', 'this key is not accepted')] };
}

/** Neither revoked nor out of date. */
export function isInForce({ expiresMicros, revokedMicros }: ApiKey, nowMicros: number): boolean {
  return revokedMicros === undefined && (expiresMicros === undefined || expiresMicros > nowMicros);
}

/** Secrets are random: a slow hash would only slow us down. */
function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
