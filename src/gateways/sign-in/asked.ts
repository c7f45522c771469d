/** What was asked of our own endpoints of sign-in, read without trust. */
import { APIError } from 'better-auth/api';

/** Who changes how somebody comes in has signed in within so long. */
export const FRESH_MS = 15 * 60_000;

/** A part of a JSON object; undefined where there is none. */
export function partOf(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, name) ? (body as Record<string, unknown>)[name] : undefined; // an object, as seen
}

/** Throws APIError for what is no text, or a longer one. */
export function textOf(body: unknown, name: string, most: number): string {
  const text = partOf(body, name);
  if (typeof text !== 'string' || text.length > most)
    throw new APIError('BAD_REQUEST', { code: 'FIELD_WRONG', message: `${name} is a text of at most ${most} characters` });
  return text;
}

/** Throws APIError: a session that somebody left open, or that was stolen, makes no new ways in. */
export function demandFresh({ createdAt }: { readonly createdAt: Date | string }): void {
  if (!isFresh(createdAt))
    throw new APIError('FORBIDDEN', { code: 'SESSION_OLD', message: 'you signed in more than a quarter of an hour ago' });
}

export function isFresh(createdAt: Date | string): boolean {
  return Date.now() - new Date(createdAt).getTime() < FRESH_MS;
}
