/** Sign-in of people by better-auth: its routes that we use, its sessions, and what is added to it. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { APIError, betterAuth } from 'better-auth';
import { createAuthMiddleware } from 'better-auth/api';
import { twoFactor } from 'better-auth/plugins';
import type pg from 'pg';
import {
  ADDRESS_HEADER,
  type FailureLimits,
  isGuessable,
  isRole,
  type PasskeyBooks,
  type PeopleBooks,
  placeOf,
  SIGN_IN_PATH,
  type SignIn,
  type SignInRoute,
} from '#operations/access/ports.ts';
import { partOf } from './asked.ts';
import { passkeys as passkeyEndpoints } from './passkeys.ts';
import { hashPassword, isPassword } from './passwords.ts';
import { type RecoveryMail, recovery } from './recovery.ts';
import { CALLBACK, type Provider, singleSignOn } from './single-sign-on.ts';

export interface SignInOptions {
  /** On the schema `sign_in`, reading columns as `pg` does. */
  readonly pool: pg.Pool;
  readonly people: PeopleBooks;
  readonly passkeys: PasskeyBooks;
  /** Sends the link with which somebody chooses a password again; left out: none is sent. */
  readonly mail?: (mail: RecoveryMail) => Promise<void>;
  /** Left out: nobody signs in elsewhere. */
  readonly provider?: Provider;
  /** Of browsers: `https://billing.example.com`. */
  readonly origin: string;
  /** At least 32 octets of chance, the same after a restart: signs cookies, encrypts second factors. */
  readonly secret: string;
  readonly log: { readonly error: (fields: object, text: string) => void };
}

const told: SignInRoute = { method: 'POST', isTold: true };
const untold: SignInRoute = { method: 'POST', isTold: false };
const shown: SignInRoute = { method: 'GET', isTold: false };

/** Those of better-auth's routes that people need, and our own. The rest is not there. */
const ROUTES: ReadonlyMap<string, SignInRoute> = new Map<string, SignInRoute>([
  ...['/sign-in/email', '/sign-out', '/reset-password', '/change-password', '/revoke-other-sessions'].map((path) => [path, told] as const),
  ...['/two-factor/enable', '/two-factor/disable', '/two-factor/verify-totp'].map((path) => [path, told] as const),
  ...['/two-factor/verify-backup-code', '/two-factor/generate-backup-codes'].map((path) => [path, told] as const),
  ...['/passkey/register', '/passkey/rename', '/passkey/remove', '/passkey/sign-in', '/recovery'].map((path) => [path, told] as const),
  ...['/passkey/begin', '/passkey/begin-registration'].map((path) => [path, untold] as const),
  ...['/get-session', '/account', '/ways', '/single-sign-on'].map((path) => [path, shown] as const),
  [CALLBACK, { method: 'GET', isTold: true }],
]);

/** After so many wrong passwords within the time an address is locked for as long, known or not: for where they came from. */
export const LIMITS: FailureLimits = { most: 10, mostElsewhere: 100, lockMs: 15 * 60_000 };
const SESSION_SECONDS = 12 * 3_600;
const RENEWED_AFTER_SECONDS = 3_600;
const SHORTEST_PASSWORD = 12;
const LONGEST_PASSWORD = 256;
/** Where somebody says with what to sign in from now on. */
const PASSWORD_CHOSEN: ReadonlySet<string> = new Set(['/reset-password', '/change-password']);

/** Whom a request turned out to be about. */
const abouts = new AsyncLocalStorage<{ email: string | undefined }>();

export function openSignIn({ pool, people, passkeys, mail, provider, origin, secret, log }: SignInOptions): SignIn {
  const failed = (error: unknown): void => log.error({ err: error }, 'sign-in failed');
  const isAbout = (email: string): void => {
    const about = abouts.getStore();
    if (about !== undefined) about.email = email;
  };
  const auth = betterAuth({
    appName: 'Carillon',
    database: pool,
    baseURL: origin,
    basePath: SIGN_IN_PATH,
    secret,
    trustedOrigins: [origin],
    telemetry: { enabled: false },
    logger: { level: 'error', log: (_level, message, ...rest) => log.error({ detail: rest.map(String) }, `sign-in: ${message}`) },
    emailAndPassword: {
      enabled: true,
      // People are invited.
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
      revokeSessionsOnPasswordReset: true,
      password: { hash: hashPassword, verify: ({ hash, password }) => isPassword(password, hash) },
      resetPasswordTokenExpiresIn: 3_600,
      onPasswordReset: async ({ user }) => isAbout(user.email),
    },
    session: { expiresIn: SESSION_SECONDS, updateAge: RENEWED_AFTER_SECONDS, cookieCache: { enabled: false } },
    user: {
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        party: { type: 'string', required: false, input: false },
        blockedAt: { type: 'date', required: false, input: false, returned: false },
        invitedBy: { type: 'string', required: true, input: false, returned: false },
      },
      changeEmail: { enabled: false },
      deleteUser: { enabled: false },
    },
    rateLimit: { enabled: true, storage: 'database', window: 60, max: 120, customRules: { '/sign-in/email': { window: 60, max: 20 } } },
    advanced: {
      cookiePrefix: 'carillon',
      useSecureCookies: origin.startsWith('https:'),
      defaultCookieAttributes: { sameSite: 'strict', httpOnly: true, path: '/v1' },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    // What is refused is answered; what fails must be seen.
    onAPIError: {
      onError: (error) => {
        if (!(error instanceof APIError)) log.error({ err: error }, 'sign-in failed');
      },
    },
    plugins: [
      twoFactor({ issuer: 'Carillon', accountLockout: { enabled: true } }),
      passkeyEndpoints(passkeys, origin),
      recovery({ mail, provider: provider?.name }, people, passkeys, origin, failed),
      ...(provider === undefined ? [] : [singleSignOn(provider, origin, passkeys, failed)]),
    ],
    databaseHooks: {
      session: {
        create: {
          before: async ({ userId }, context) => {
            const { rows } = await pool.query<{ email: string; blocked: boolean }>(
              'select email, "blockedAt" is not null as blocked from "user" where id = $1',
              [userId],
            );
            const [user] = rows;
            if (user === undefined || user.blocked)
              throw new APIError('UNAUTHORIZED', { code: 'INVALID_EMAIL_OR_PASSWORD', message: 'Invalid email or password' });
            isAbout(user.email);
            // RFC 6238 §5.2: who saw a code over a shoulder comes too late.
            const code = context?.path === '/two-factor/verify-totp' ? partOf(context.body, 'code') : undefined;
            if (typeof code === 'string' && !(await people.takeCode(userId, code.slice(0, 20))))
              throw new APIError('UNAUTHORIZED', { code: 'INVALID_CODE', message: 'This code was taken already; wait for the next one' });
          },
        },
      },
    },
    hooks: {
      before: createAuthMiddleware(async ({ path, body, headers }) => {
        // A device that is trusted would pass without the second factor for a month, and outlive a new one.
        if (typeof body === 'object' && body !== null && 'trustDevice' in body)
          throw new APIError('BAD_REQUEST', { code: 'TRUST_DEVICE', message: 'no device is trusted: every sign-in takes a code' });
        if (PASSWORD_CHOSEN.has(path)) await demandOwn(path, body, headers);
        const email = path === '/sign-in/email' ? addressIn(body) : undefined;
        if (email === undefined || (await people.lockedUntil(email, placeIn(headers))) === undefined) return;
        throw new APIError('TOO_MANY_REQUESTS', { code: 'ADDRESS_LOCKED', message: 'Too many wrong passwords; try again later' });
      }),
      after: createAuthMiddleware(async ({ path, body, context, headers }) => {
        const email = path === '/sign-in/email' ? addressIn(body) : undefined;
        if (email === undefined) return;
        if (!(context.returned instanceof APIError)) await people.succeeded(email, placeIn(headers));
        else if (context.returned.status === 'UNAUTHORIZED') await people.failed(email, placeIn(headers), LIMITS);
      }),
    },
  });
  return {
    origin,
    route: (path) => ROUTES.get(path),
    async handle(request) {
      const about: { email: string | undefined } = { email: await ownerOf(request) };
      const answer = await abouts.run(about, () => auth.handler(request));
      return { answer, about: about.email };
    },
    async personOf(headers) {
      const found = await auth.api.getSession({ headers });
      if (found === null) return undefined;
      const { id, name, email, role, party } = found.user;
      if (!isRole(role)) throw new Error(`${email} has the unknown role ${role}`);
      return { id, name, email, role, party: party ?? undefined, session: found.session.id };
    },
    close: () => pool.end(),
  };

  /** Whose password an invitation chooses: known before it is taken. */
  async function ownerOf(request: Request): Promise<string | undefined> {
    if (!request.url.endsWith(`${SIGN_IN_PATH}/reset-password`)) return undefined;
    return (await invitedBy(await request.clone().json()))?.email;
  }

  async function invitedBy(body: unknown): Promise<{ readonly name: string; readonly email: string } | undefined> {
    const token = partOf(body, 'token');
    return typeof token === 'string' && token.length <= 200 ? people.ofInvitation(token) : undefined;
  }

  /** That a password is none of those that are guessed first. Its length is better-auth's to say. */
  async function demandOwn(path: string, body: unknown, headers: Headers | undefined): Promise<void> {
    const password = partOf(body, 'newPassword');
    if (typeof password !== 'string' || password.length < SHORTEST_PASSWORD || password.length > LONGEST_PASSWORD) return;
    const whose =
      path === '/reset-password' ? await invitedBy(body) : (await auth.api.getSession({ headers: headers ?? new Headers() }))?.user;
    // Who is nobody is told that, and not what a password must be.
    if (whose === undefined || !isGuessable(password, [whose.name, whose.email, new URL(origin).hostname])) return;
    throw new APIError('UNPROCESSABLE_ENTITY', {
      code: 'PASSWORD_GUESSABLE',
      message: 'this is one of the first passwords that are tried',
    });
  }
}

function placeIn(headers: Headers | undefined): string {
  return placeOf(headers?.get(ADDRESS_HEADER) ?? '');
}

function addressIn(body: unknown): string | undefined {
  const email: unknown = typeof body === 'object' && body !== null && 'email' in body ? body.email : undefined;
  return typeof email === 'string' ? email.toLowerCase().slice(0, 254) : undefined;
}
