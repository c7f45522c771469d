/** API keys: made, shown once, revoked. */
import Type from 'typebox';
import { RefusedError, refuse } from '#core/refusals.ts';
import { formatInstant, parseInstant } from '#core/time/zoned.ts';
import type { KeyWords } from '#operations/access/keys.ts';
import { isPermission } from '#operations/access/permissions.ts';
import type { ApiKey } from '#operations/access/ports.ts';
import { listed } from '../listing.ts';
import { makerOf, type Operation, operation, type Principal } from '../operation.ts';
import { Instant, Name, Page, sortedQuery } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

/** Methods throw RefusedError for what is refused. */
export interface KeyDesk {
  readonly list: () => Promise<readonly ApiKey[]>;
  readonly make: (words: KeyWords) => Promise<{ readonly id: string; readonly key: string }>;
  readonly revoke: (id: string) => Promise<void>;
}

export const Key = Type.Object(
  {
    ...{ key: Type.String({ description: 'Its id, which opens nothing.' }), name: Type.String(), permissions: Type.Array(Type.String()) },
    withheld: Type.Optional(Type.Array(Type.String(), { description: 'Given to it, and held back: its maker may them no more.' })),
    ...{ party: Type.Optional(Type.String()), madeBy: Type.String(), made: Instant },
    ...{ expires: Type.Optional(Instant), revoked: Type.Optional(Instant), lastUsed: Type.Optional(Instant) },
  },
  { ...closed, title: 'ApiKey' },
);

export const MadeKey = Type.Object(
  { key: Type.String(), secret: Type.String({ description: 'The whole key, shown this once: `Authorization: Bearer …`.' }) },
  { ...closed, title: 'MadeApiKey' },
);

export const keyWords = {
  name: { ...Name, maxLength: 100 },
  permissions: Type.Array(Type.String({ maxLength: 60 }), { minItems: 1, maxItems: 100 }),
  expires: Type.Optional({ ...Instant, description: 'Refused from then on; left out: never.' }),
};

export function keyOperations(desk: KeyDesk): readonly Operation[] {
  const change = { tag: 'Access', permission: 'access:manage', repetition: 'natural' } as const;
  return [
    operation({
      ...{ id: 'listApiKeys', tag: 'Access', method: 'GET', path: '/v1/api-keys', permission: 'access:read', summary: 'Keys of programs' },
      ...{ query: Type.Object(sortedQuery, closed), answer: Page(Key), refusals: ['api.cursor-wrong'] },
      handle: async ({ query }) => ({ body: listed(await desk.list(), query, ({ id }) => id, keyShown) }),
    }),
    operation({
      ...change,
      ...{ id: 'makeApiKey', method: 'POST', path: '/v1/api-keys', summary: 'Make a key', status: 201 },
      audit: { subject: 'api-key', made: ({ key }: { key: string }) => key },
      description: 'The key is answered once and kept as a hash only, so a repetition makes another one: revoke the one that was lost.',
      body: Type.Object({ ...keyWords, party: Type.Optional({ ...Name, description: 'Sees the rows of this partner only.' }) }, closed),
      answer: MadeKey,
      refusals: ['access.permission-unknown', 'access.expiry-over', 'access.party-unknown'],
      handle: async ({ body: { name, permissions, expires, party }, principal }) => {
        const expiresMicros = expiresOf(expires);
        demandWithin(principal, { permissions, expiresMicros, party });
        const { id, key } = await desk.make({ ...{ name, permissions, party, expiresMicros, createdBy: makerOf(principal) } });
        return { body: { key: id, secret: key } };
      },
    }),
    operation({
      ...change,
      ...{
        id: 'revokeApiKey',
        method: 'DELETE',
        path: '/v1/api-keys/{key}',
        summary: 'Refuse a key from now on',
        audit: { subject: 'api-key' },
      },
      parameters: Type.Object({ key: Name }),
      ...{ answer: Type.Object({ revoked: Type.Boolean() }, closed), refusals: ['access.key-unknown'] },
      handle: async ({ parameters }) => {
        await desk.revoke(parameters.key);
        return { body: { revoked: true } };
      },
    }),
  ];
}

/** Throws RefusedError (`api.field-wrong`) for an instant that the calendar does not have. */
export function expiresOf(text: string | undefined): number | undefined {
  const micros = text === undefined ? undefined : parseInstant(text);
  if (text !== undefined && micros === undefined)
    throw new RefusedError(refuse('api.field-wrong', 'there is no such instant', { field: 'body/expires', value: text }));
  return micros;
}

/**
 * Nobody hands out more than they have: no permission of the house that the maker lacks, no end behind that of the maker's own key. Throws
 * RefusedError: `api.permission-missing`, `access.expiry-over`.
 */
export function demandWithin(
  principal: Principal,
  { permissions, expiresMicros, party }: Pick<KeyWords, 'permissions' | 'expiresMicros' | 'party'>,
): void {
  // The house has no use for the portal itself, and gives keys of it to partners.
  const isFree = (each: string) => each === 'portal:use' && party !== undefined && principal.view === undefined;
  const beyond = permissions.filter((each) => isPermission(each) && !isFree(each) && !principal.permissions.includes(each));
  if (beyond.length > 0) {
    const value = beyond.join(', ');
    throw new RefusedError(refuse('api.permission-missing', `who makes a key has no permission ${value}`, { field: 'permissions', value }));
  }
  const end = principal.key?.expiresMicros;
  if (end !== undefined && (expiresMicros === undefined || expiresMicros > end)) {
    const message = `the key that makes it ends at ${formatInstant(end)}`;
    throw new RefusedError(refuse('access.expiry-over', message, { field: 'expires' }));
  }
}

export function keyShown({
  id,
  name,
  permissions,
  withheld,
  party,
  createdBy,
  createdMicros,
  expiresMicros,
  revokedMicros,
  lastUsedMicros,
}: ApiKey) {
  return {
    ...{ key: id, name, permissions: [...permissions], madeBy: createdBy, made: formatInstant(createdMicros) },
    ...(withheld.length === 0 ? {} : { withheld: [...withheld] }),
    ...(party === undefined ? {} : { party }),
    ...(expiresMicros === undefined ? {} : { expires: formatInstant(expiresMicros) }),
    ...(revokedMicros === undefined ? {} : { revoked: formatInstant(revokedMicros) }),
    ...(lastUsedMicros === undefined ? {} : { lastUsed: formatInstant(lastUsedMicros) }),
  };
}
