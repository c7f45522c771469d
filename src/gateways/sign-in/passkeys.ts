/** Passkeys (WebAuthn Level 3): made, named, removed, signed in with. A passkey that asks its owner for a finger or a PIN is both factors. */
import { randomBytes } from 'node:crypto';
import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { BetterAuthPlugin } from 'better-auth';
import { APIError, createAuthEndpoint, sessionMiddleware } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { visibleText } from '#core/refusals.ts';
import type { PasskeyBooks } from '#operations/access/ports.ts';
import { demandFresh, partOf, textOf } from './asked.ts';

const MOST_PASSKEYS = 20;
const CHALLENGE_MS = 5 * 60_000;
const LONGEST_NAME = 100;
const COOKIE = 'passkey';

export function passkeys(books: PasskeyBooks, origin: string): BetterAuthPlugin {
  const rpID = new URL(origin).hostname;
  const name = 'Carillon';
  /** One challenge for each beginning, known to this browser by a cookie, taken once. */
  const keep = async (ctx: Cookies, purpose: string, challenge: string): Promise<void> => {
    const id = randomBytes(24).toString('base64url');
    await books.keepChallenge(id, `${purpose} ${challenge}`, (Date.now() + CHALLENGE_MS) * 1_000);
    const cookie = ctx.context.createAuthCookie(COOKIE, { maxAge: CHALLENGE_MS / 1_000 });
    await ctx.setSignedCookie(cookie.name, id, ctx.context.secret, cookie.attributes);
  };
  const take = async (ctx: Cookies, purpose: string): Promise<string> => {
    const id = await ctx.getSignedCookie(ctx.context.createAuthCookie(COOKIE).name, ctx.context.secret);
    const kept = typeof id === 'string' ? await books.takeChallenge(id) : undefined;
    if (kept?.startsWith(`${purpose} `) !== true) throw refused();
    return kept.slice(purpose.length + 1);
  };
  return {
    id: 'passkeys',
    endpoints: {
      beginPasskey: createAuthEndpoint('/passkey/begin-registration', { method: 'POST', use: [sessionMiddleware] }, async (ctx) => {
        const { user, session } = ctx.context.session;
        demandFresh(session);
        const own = await books.ofPerson(user.id);
        const options = await generateRegistrationOptions({
          ...{ rpName: name, rpID, userID: new TextEncoder().encode(user.id), userName: user.email, userDisplayName: user.name },
          ...{
            attestationType: 'none',
            excludeCredentials: own.map((each) => ({ id: each.id, transports: transportsOf(each.transports) })),
          },
          authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        });
        await keep(ctx, `register ${user.id}`, options.challenge);
        return ctx.json(options);
      }),
      registerPasskey: createAuthEndpoint('/passkey/register', { method: 'POST', use: [sessionMiddleware] }, async (ctx) => {
        const { user, session } = ctx.context.session;
        demandFresh(session);
        const called = nameIn(ctx.body);
        const expectedChallenge = await take(ctx, `register ${user.id}`);
        const credential = await verified(() =>
          verifyRegistrationResponse({
            response: partOf(ctx.body, 'response') as RegistrationResponseJSON, // what is not one is refused by the library
            ...{ expectedChallenge, expectedOrigin: origin, expectedRPID: rpID, requireUserVerification: true },
          }),
        );
        const { registrationInfo } = credential;
        if (registrationInfo === undefined) throw refused();
        const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
        const isSynced = registrationInfo.credentialDeviceType === 'multiDevice';
        const isNew = await books.insert(
          { id, personId: user.id, name: called, publicKey, counter, transports: transports.map(String), isSynced },
          MOST_PASSKEYS,
        );
        if (!isNew)
          throw new APIError('BAD_REQUEST', { code: 'PASSKEY_KNOWN', message: `this passkey is known, or there are ${MOST_PASSKEYS}` });
        return ctx.json({ passkey: id });
      }),
      renamePasskey: createAuthEndpoint('/passkey/rename', { method: 'POST', use: [sessionMiddleware] }, async (ctx) => {
        const isOwn = await books.rename(ctx.context.session.user.id, textOf(ctx.body, 'passkey', 1_400), nameIn(ctx.body));
        return ctx.json({ renamed: isOwn });
      }),
      removePasskey: createAuthEndpoint('/passkey/remove', { method: 'POST', use: [sessionMiddleware] }, async (ctx) => {
        demandFresh(ctx.context.session.session);
        return ctx.json({ removed: await books.remove(ctx.context.session.user.id, textOf(ctx.body, 'passkey', 1_400)) });
      }),
      beginWithPasskey: createAuthEndpoint('/passkey/begin', { method: 'POST' }, async (ctx) => {
        // Without names: which passkeys there are is not told to who is not signed in.
        const options = await generateAuthenticationOptions({ rpID, userVerification: 'required' });
        await keep(ctx, 'enter', options.challenge);
        return ctx.json(options);
      }),
      enterWithPasskey: createAuthEndpoint('/passkey/sign-in', { method: 'POST' }, async (ctx) => {
        const expectedChallenge = await take(ctx, 'enter');
        const response = partOf(ctx.body, 'response') as AuthenticationResponseJSON; // what is not one is refused by the library
        const passkey = await books.find(textOf(response, 'id', 1_400));
        if (passkey === undefined) throw refused();
        const handle = textOf(partOf(response, 'response'), 'userHandle', 200);
        if (Buffer.from(handle, 'base64url').toString() !== passkey.personId) throw refused();
        const { id, publicKey, counter, transports } = passkey;
        const { verified: isRight, authenticationInfo } = await verified(() =>
          verifyAuthenticationResponse({
            ...{ response, expectedChallenge, expectedOrigin: origin, expectedRPID: rpID, requireUserVerification: true },
            credential: { id, publicKey, counter, transports: transportsOf(transports) },
          }),
        );
        if (!isRight) throw refused();
        const user = await ctx.context.internalAdapter.findUserById(passkey.personId);
        if (user === null) throw refused();
        const session = await ctx.context.internalAdapter.createSession(user.id);
        await books.used(id, authenticationInfo.newCounter);
        await setSessionCookie(ctx, { session, user });
        return ctx.json({ entered: true });
      }),
    },
  };
}

/** What of an endpoint's context the cookie of a challenge needs. */
interface Cookies {
  readonly context: {
    readonly secret: string;
    readonly createAuthCookie: (
      name: string,
      attributes?: { readonly maxAge: number },
    ) => { readonly name: string; readonly attributes: object };
  };
  readonly setSignedCookie: (name: string, value: string, secret: string, attributes: object) => Promise<unknown>;
  readonly getSignedCookie: (name: string, secret: string) => Promise<string | false | null | undefined>;
}

/** Whatever is wrong with it is one answer. */
async function verified<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch {
    throw refused();
  }
}

function refused(): APIError {
  return new APIError('UNAUTHORIZED', { code: 'PASSKEY_REFUSED', message: 'This passkey is not accepted' });
}

function nameIn(body: unknown): string {
  const name = textOf(body, 'name', 1_000).trim();
  if (name === '' || name.length > LONGEST_NAME || visibleText(name) !== name)
    throw new APIError('BAD_REQUEST', { code: 'NAME_MALFORMED', message: `a name has 1 to ${LONGEST_NAME} characters` });
  return name;
}

function transportsOf(transports: readonly string[]): AuthenticatorTransport[] {
  return [...transports] as AuthenticatorTransport[]; // as a browser said them; it is told them again
}
