/** OAuth 2.0 access tokens of an NRF (TS 29.500 §6.7.3, TS 29.510 §6.3.5.2.4): JWTs that it signs. */
import { createLocalJWKSet, createRemoteJWKSet, errors, importSPKI, type JWTVerifyGetKey, jwtVerify } from 'jose';

/** Undefined: the request may go on. */
export type TokenCheck = (
  authorization: string | undefined,
  scope: string,
) => Promise<{ readonly status: 401 | 403; readonly detail: string } | undefined>;

export interface TokenSettings {
  /** A public key as PEM, a JWK set as JSON, or the address of one. */
  readonly keys: string;
  /** Our NF type and instance: one of them must be in `aud`. */
  readonly audiences: readonly string[];
}

const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** Throws for keys that are none. */
export async function tokenCheck({ keys, audiences }: TokenSettings): Promise<TokenCheck> {
  const key = await keyOf(keys);
  return async (authorization, scope) => {
    const [, token] = /^Bearer +([\w.~+/=-]+)$/i.exec(authorization ?? '') ?? [];
    if (token === undefined) return { status: 401, detail: 'a bearer token is needed' };
    try {
      const { payload } = await jwtVerify(token, key, { audience: [...audiences], algorithms: ALGORITHMS, requiredClaims: ['exp'] });
      const scopes = typeof payload.scope === 'string' ? payload.scope.split(' ') : [];
      return scopes.includes(scope) ? undefined : { status: 403, detail: `the token is not for ${scope}` };
    } catch (error) {
      if (error instanceof errors.JOSEError) return { status: 401, detail: `the token is not accepted: ${error.code}` };
      throw error;
    }
  };
}

async function keyOf(keys: string): Promise<JWTVerifyGetKey> {
  if (/^https?:\/\//.test(keys)) return createRemoteJWKSet(new URL(keys));
  if (keys.trimStart().startsWith('{')) return createLocalJWKSet(JSON.parse(keys));
  // A PEM does not say for which algorithm it is; the header of the token does, and it must fit the kind of the key.
  return async (header) => importSPKI(keys, header.alg ?? '');
}
