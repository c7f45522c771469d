/** Requests with an Idempotency-Key: done once, and answered with the first answer for a day. */
import { createHash } from 'node:crypto';
import { RefusedError, refuse } from '#core/refusals.ts';
import { canonicalJson } from '#core/usage/canonical-json.ts';
import type { KeptAnswer, RepetitionBooks } from '#operations/repetitions/ports.ts';

const KEY = /^[\w.:@+-]{1,128}$/;
const MOST_KEY = 128;

/** Throws RefusedError (`api.idempotency-key-missing`). */
export function readKey(header: string | readonly string[] | undefined): string {
  if (typeof header === 'string' && KEY.test(header)) return header;
  const said = header === undefined ? 'it is missing' : 'it must be 1 to 128 letters, digits and ._:@+-';
  throw new RefusedError(refuse('api.idempotency-key-missing', said, { field: 'Idempotency-Key' }));
}

/** Of a line of many that came with one key: `<key>:<line>`, or by a digest of the key where that is longer than a key may be. */
export function keyOfLine(key: string, line: number): string {
  const plain = `${key}:${line}`;
  return plain.length <= MOST_KEY ? plain : `${createHash('sha256').update(key).digest('base64url')}:${line}`;
}

/** A digest of what is asked: of two requests with one key it must be the same. */
export function fingerprintOf(operation: string, ...parts: readonly unknown[]): string {
  return createHash('sha256').update(operation).update('\n').update(canonicalJson(parts)).digest('base64url');
}

/** Does the work once. Throws RefusedError: what the work refuses, `api.idempotency-key-reused`, `api.idempotency-key-busy`. */
export async function once(
  books: RepetitionBooks,
  client: string,
  key: string,
  fingerprint: string,
  work: () => Promise<KeptAnswer>,
): Promise<{ readonly answer: KeptAnswer; readonly isRepeated: boolean }> {
  const claim = await books.claim(client, key, fingerprint);
  const at = { field: 'Idempotency-Key', value: key };
  if (claim.kind === 'answered') return { answer: claim.answer, isRepeated: true };
  if (claim.kind === 'other') throw new RefusedError(refuse('api.idempotency-key-reused', 'this key came with another content before', at));
  if (claim.kind === 'busy')
    throw new RefusedError(refuse('api.idempotency-key-busy', 'the first request with this key has no answer yet', at));
  let answer: KeptAnswer;
  try {
    answer = await work();
  } catch (error) {
    // Refused or failed: it may be tried again at once. What was done in spite of a failure, the operation knows by the key.
    await books.release(client, key).catch(() => undefined);
    throw error;
  }
  await books.answered(client, key, answer);
  return { answer, isRepeated: false };
}
