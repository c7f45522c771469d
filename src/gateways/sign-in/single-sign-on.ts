/** Single sign-on by OpenID Connect: authorization code with PKCE, by discovery; state, nonce, issuer, audience and signature checked. */
import { randomBytes } from 'node:crypto';
import type { BetterAuthPlugin } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import * as oidc from 'openid-client';
import type { Result } from '#core/refusals.ts';
import { type PasskeyBooks, type Person, SIGN_IN_PATH } from '#operations/access/ports.ts';
import { partOf } from './asked.ts';

export interface Provider {
  /** As people know it: `Sign in with …`. */
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined: a public client. */
  readonly clientSecret: string | undefined;
  /** Separated by blanks; `openid` among them. */
  readonly scope: string;
  /** Claims that are asked for at the address of user info where the token has none. */
  readonly wanted: readonly string[];
  /** Who of us is meant by what it says of somebody, verified. */
  readonly personOf: (issuer: string, claims: Claims) => Promise<Result<Person>>;
}

type Claims = Readonly<Record<string, unknown>> & { readonly sub: string };

interface Begun {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly next: string;
}

const BEGUN_MS = 10 * 60_000;
const ANSWER_SECONDS = 10;
const COOKIE = 'single_sign_on';
export const CALLBACK = '/single-sign-on/callback';

export function singleSignOn(
  provider: Provider,
  origin: string,
  kept: Pick<PasskeyBooks, 'keepChallenge' | 'takeChallenge'>,
  failed: (error: unknown) => void,
): BetterAuthPlugin {
  const redirectUri = `${origin}${SIGN_IN_PATH}${CALLBACK}`;
  let known: Promise<oidc.Configuration> | undefined;
  /** Found once; a provider that does not answer is asked again by the next who comes. */
  const configuration = (): Promise<oidc.Configuration> => {
    known ??= discover(provider).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  const back = (refused: string): string => `${origin}/sign-in?refused=${refused}`;
  return {
    id: 'single-sign-on',
    endpoints: {
      beginSingleSignOn: createAuthEndpoint('/single-sign-on', { method: 'GET' }, async (ctx) => {
        const id = randomBytes(24).toString('base64url');
        const verifier = oidc.randomPKCECodeVerifier();
        const begun: Begun = {
          state: oidc.randomState(),
          nonce: oidc.randomNonce(),
          verifier,
          next: ownPath(origin, partOf(ctx.query, 'next')),
        };
        let address: URL;
        try {
          address = oidc.buildAuthorizationUrl(await configuration(), {
            ...{ redirect_uri: redirectUri, scope: provider.scope, response_type: 'code', state: begun.state, nonce: begun.nonce },
            ...{ code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' },
          });
        } catch (error) {
          failed(error);
          throw ctx.redirect(back('access.single-sign-on-failed'));
        }
        await kept.keepChallenge(id, JSON.stringify(begun), (Date.now() + BEGUN_MS) * 1_000);
        const cookie = ctx.context.createAuthCookie(COOKIE, { maxAge: BEGUN_MS / 1_000 });
        // The way back comes from the provider's pages, to which a strict cookie is not given.
        await ctx.setSignedCookie(cookie.name, id, ctx.context.secret, { ...cookie.attributes, sameSite: 'lax' });
        throw ctx.redirect(address.href);
      }),
      endSingleSignOn: createAuthEndpoint(CALLBACK, { method: 'GET' }, async (ctx) => {
        const id = await ctx.getSignedCookie(ctx.context.createAuthCookie(COOKIE).name, ctx.context.secret);
        const text = typeof id === 'string' ? await kept.takeChallenge(id) : undefined;
        if (text === undefined || ctx.request === undefined) throw ctx.redirect(back('access.single-sign-on-failed'));
        const { state, nonce, verifier, next } = JSON.parse(text) as Begun; // as it was kept
        let claims: Claims;
        let issuer: string;
        try {
          const found = await configuration();
          issuer = found.serverMetadata().issuer;
          const tokens = await oidc.authorizationCodeGrant(found, new URL(ctx.request.url), {
            ...{ expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true },
          });
          const said = tokens.claims();
          if (said === undefined) throw new Error('a grant without claims');
          const isWhole =
            provider.wanted.every((each) => Object.hasOwn(said, each)) || found.serverMetadata().userinfo_endpoint === undefined;
          claims = isWhole ? said : { ...(await oidc.fetchUserInfo(found, tokens.access_token, said.sub)), ...said };
        } catch (error) {
          failed(error);
          throw ctx.redirect(back('access.single-sign-on-failed'));
        }
        const person = await provider.personOf(issuer, claims);
        const user = person.ok ? await ctx.context.internalAdapter.findUserById(person.value.id) : null;
        if (user === null) throw ctx.redirect(back('access.single-sign-on-unknown'));
        const session = await ctx.context.internalAdapter.createSession(user.id);
        await setSessionCookie(ctx, { session, user });
        throw ctx.redirect(`${origin}${next}`);
      }),
    },
  };
}

async function discover({ issuer, clientId, clientSecret }: Provider): Promise<oidc.Configuration> {
  const address = new URL(issuer);
  // Unencrypted only on this machine, which the settings have checked.
  const execute = address.protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
  const found = await oidc.discovery(address, clientId, clientSecret, clientSecret === undefined ? oidc.None() : undefined, {
    ...{ execute, timeout: ANSWER_SECONDS },
  });
  // The signature of the token is checked, too, though it comes by TLS from its issuer.
  oidc.enableNonRepudiationChecks(found);
  return found;
}

/** An address of this site, whatever was written into the link. */
function ownPath(origin: string, next: unknown): string {
  if (typeof next !== 'string' || next.length > 2_000 || !URL.canParse(next, origin)) return '/';
  const wanted = new URL(next, origin);
  return wanted.origin === origin ? `${wanted.pathname}${wanted.search}${wanted.hash}` : '/';
}
