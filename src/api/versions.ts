/** Versions of what is read (ETag), and changes that are made only of the version that their client has seen (If-Match), or only where nothing is. */
import { createHash } from 'node:crypto';
import Type from 'typebox';
import { RefusedError, refusals, refuse } from '#core/refusals.ts';
import type { RepetitionBooks } from '#operations/repetitions/ports.ts';
import { isList } from './lines.ts';
import type { Answer, Call, Operation } from './operation.ts';

/** Its own where the operation gives one, else that of its text. */
export function versionOf({ version, body }: Pick<Answer<unknown>, 'version' | 'body'>): string {
  return version ?? createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 22);
}

/** Whether a list of entity tags has this one, strong or weak (RFC 9110 §13.1). */
export function namesVersion(tags: string, version: string): boolean {
  return tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === `"${version}"`);
}

type Read = Operation & { readonly kind: 'json' };

/**
 * What shows the resource that a change is of: the operation that reads the longest part of its address that names something. What partners
 * and customers change in the portal they read at its address there, or where the house reads it.
 */
export function guardOf({ method, path, forParties = [] }: Operation, operations: readonly Operation[]): Read | undefined {
  if (method === 'GET') return undefined;
  const addresses = forParties.length === 0 ? [path] : [path, path.replace('/v1/portal/', '/v1/')];
  const reads = operations.filter(
    (each): each is Read =>
      each.kind === 'json' &&
      each.method === 'GET' &&
      !isList(each) &&
      each.path.includes('{') &&
      forParties.every((party) => each.forParties?.includes(party)) &&
      addresses.some((address) => `${address}/`.startsWith(`${each.path}/`)),
  );
  return reads.toSorted((a, b) => b.path.length - a.path.length)[0];
}

const LEGAL_ENTITY = Type.Object({ legalEntity: Type.String() });

/** Kept apart from the keys of clients. */
const GUARD_CLIENT = 'if-match';

/** What a change is of: entity tags of a version, or nothing yet. */
export interface Precondition {
  readonly header: 'If-Match' | 'If-None-Match';
  readonly value: string;
}

/** Of the headers of a change. Throws RefusedError (`api.field-wrong`). */
export function preconditionOf(
  { mayMake }: Operation,
  { match, noneMatch }: { readonly match: string | undefined; readonly noneMatch: string | undefined },
): Precondition | undefined {
  if (match !== undefined) return { header: 'If-Match', value: match };
  if (noneMatch === undefined || mayMake !== true) return undefined;
  if (noneMatch !== '*')
    throw new RefusedError(
      refuse('api.field-wrong', 'what is made is not there yet: * is all it can say', {
        field: 'If-None-Match',
        value: noneMatch.slice(0, 120),
      }),
    );
  return { header: 'If-None-Match', value: noneMatch };
}

/**
 * Makes the change of what is as the client has seen it, or where nothing is. Of two who name the same version one is first, in whatever
 * process. Throws RefusedError: `api.precondition-failed`, `api.field-wrong` where there is nothing to compare with, and what reading and the
 * change refuse.
 */
export async function ofVersion<T>(
  { header, value: expected }: Precondition,
  guard: Read | undefined,
  call: Call,
  books: RepetitionBooks,
  /** With the eyes of who asks; who is first is the house's to say. */
  seen: <R>(read: () => Promise<R>) => Promise<R>,
  change: () => Promise<T>,
): Promise<T> {
  const at = { field: header, value: expected.slice(0, 120) };
  if (guard === undefined) throw new RefusedError(refuse('api.field-wrong', `what this changes has no version: leave ${header} out`, at));
  // Numbers are those of a legal entity: what the change says of it says which one is read.
  const named = { ...only(LEGAL_ENTITY, call.body), ...(call.query as object | undefined) };
  const asked = { ...call, parameters: only(guard.parameters, call.parameters), query: only(guard.query, named), body: undefined };
  const key = createHash('sha256')
    .update(`${guard.id} ${JSON.stringify(asked.parameters)}`)
    .digest('base64url');
  // Who is of a party and does not see it is told so first: nobody holds up another's changes, nor learns that there is one.
  if (header === 'If-Match' && call.principal.view !== undefined) await seen(() => guard.handle(asked));
  const claim = await books.claim(GUARD_CLIENT, key, key);
  if (claim.kind !== 'ours') throw new RefusedError(refuse('api.precondition-failed', 'somebody else changes it at this moment', at));
  try {
    const read = () => seen(() => guard.handle(asked));
    if (header === 'If-None-Match') {
      if (await isThere(read)) throw new RefusedError(refuse('api.precondition-failed', 'it is there already', at));
      return await change();
    }
    const version = versionOf(await read());
    if (expected !== '*' && !namesVersion(expected, version))
      throw new RefusedError(refuse('api.precondition-failed', `it is version ${version} now`, at));
    return await change();
  } finally {
    await books.release(GUARD_CLIENT, key);
  }
}

async function isThere(read: () => Promise<unknown>): Promise<boolean> {
  try {
    await read();
    return true;
  } catch (error) {
    if (error instanceof RefusedError && error.refusals.every(({ code }) => refusals[code].http === 404)) return false;
    throw error;
  }
}

function only(schema: Operation['query'], values: unknown): Readonly<Record<string, unknown>> {
  const names = Object.keys(schema?.properties ?? {});
  return Object.fromEntries(Object.entries(values ?? {}).filter(([name]) => names.includes(name)));
}
