/** Sign-in of people by better-auth: its routes that we use, its sessions, and what is added to it. */
import { APIError, betterAuth } from 'better-auth';
import { createAuthMiddleware } from 'better-auth/api';
import { twoFactor } from 'better-auth/plugins';
import type pg from 'pg';
import { ADDRESS_HEADER, isRole, type PeopleBooks, SIGN_IN_PATH, type SignIn } from '#operations/access/ports.ts';
import { hashPassword, isPassword } from './passwords.ts';

export interface SignInOptions {
  /** On the schema `sign_in`, reading columns as `pg` does. */
  readonly pool: pg.Pool;
  readonly people: PeopleBooks;
  /** Of browsers: `https://billing.example.com`. */
  readonly origin: string;
  /** At least 32 octets of chance, the same after a restart: signs cookies, encrypts second factors. */
  readonly secret: string;
  readonly log: { readonly error: (fields: object, text: string) => void };
}

/** Those of better-auth's routes that people need. The rest is not there. */
const ROUTES: readonly string[] = [
  ...['/sign-in/email', '/sign-out', '/get-session', '/reset-password', '/change-password'],
  '/revoke-other-sessions',
  ...['/two-factor/enable', '/two-factor/disable', '/two-factor/verify-totp', '/two-factor/verify-backup-code'],
  '/two-factor/generate-backup-codes',
];

/** After so many wrong passwords within the time an address is locked for as long; known or not. */
export const MOST_FAILURES = 10;
export const LOCK_MS = 15 * 60_000;
const SESSION_SECONDS = 12 * 3_600;
const RENEWED_AFTER_SECONDS = 3_600;
const SHORTEST_PASSWORD = 12;
const LONGEST_PASSWORD = 256;

export function openSignIn({ pool, people, origin, secret, log }: SignInOptions): SignIn {
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
    plugins: [twoFactor({ issuer: 'Carillon', accountLockout: { enabled: true } })],
    databaseHooks: {
      session: {
        create: {
          before: async ({ userId }) => {
            const { rowCount } = await pool.query('select from "user" where id = $1 and "blockedAt" is null', [userId]);
            if (rowCount !== 1)
              throw new APIError('UNAUTHORIZED', { code: 'INVALID_EMAIL_OR_PASSWORD', message: 'Invalid email or password' });
          },
        },
      },
    },
    hooks: {
      before: createAuthMiddleware(async ({ path, body }) => {
        // A device that is trusted would pass without the second factor for a month, and outlive a new one.
        if (typeof body === 'object' && body !== null && 'trustDevice' in body)
          throw new APIError('BAD_REQUEST', { code: 'TRUST_DEVICE', message: 'no device is trusted: every sign-in takes a code' });
        const email = path === '/sign-in/email' ? addressIn(body) : undefined;
        if (email === undefined || (await people.lockedUntil(email)) === undefined) return;
        throw new APIError('TOO_MANY_REQUESTS', { code: 'ADDRESS_LOCKED', message: 'Too many wrong passwords; try again later' });
      }),
      after: createAuthMiddleware(async ({ path, body, context }) => {
        const email = path === '/sign-in/email' ? addressIn(body) : undefined;
        if (email === undefined) return;
        if (!(context.returned instanceof APIError)) await people.succeeded(email);
        else if (context.returned.status === 'UNAUTHORIZED') await people.failed(email, MOST_FAILURES, LOCK_MS);
      }),
    },
  });
  return {
    origin,
    async handle(request) {
      const path = new URL(request.url).pathname.slice(SIGN_IN_PATH.length);
      return ROUTES.includes(path) ? auth.handler(request) : new Response(null, { status: 404 });
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
}

function addressIn(body: unknown): string | undefined {
  const email: unknown = typeof body === 'object' && body !== null && 'email' in body ? body.email : undefined;
  return typeof email === 'string' ? email.toLowerCase().slice(0, 254) : undefined;
}
