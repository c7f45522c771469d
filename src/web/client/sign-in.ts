/** The addresses of sign-in, which are not operations: they answer browsers only. */
import { queryOptions } from '@tanstack/react-query';
import { detailsOf, Problem } from './problem.ts';

type Said = Readonly<Record<string, unknown>>;

/** Throws Problem. */
export async function askSignIn(path: string, body?: object): Promise<Said> {
  return answerOf(
    await fetch(`/v1/sign-in${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body ?? {}),
    }),
  );
}

async function answerOf(answer: Response): Promise<Said> {
  const said: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok) throw new Problem(detailsOf(said, answer.status));
  return typeof said === 'object' && said !== null ? { ...said } : {};
}

/** Whether a code of the second factor is asked for next. */
export async function enter(email: string, password: string): Promise<'in' | 'code'> {
  const { twoFactorRedirect } = await askSignIn('/sign-in/email', { email, password });
  return twoFactorRedirect === true ? 'code' : 'in';
}

/** A code of the authenticator has six digits; anything else is one of those on paper. */
export async function enterCode(code: string): Promise<void> {
  const plain = code.replaceAll(/\s/g, '');
  await askSignIn(/^\d{6}$/.test(plain) ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code', { code: plain });
}

/** What else there is than a password. */
export interface Ways {
  /** A link to choose a password again is sent by mail. */
  readonly recovery: boolean;
  /** As the provider of identities is called. */
  readonly singleSignOn?: string;
}

export const waysQuery = queryOptions({
  queryKey: ['ways'],
  queryFn: async () => (await answerOf(await fetch('/v1/sign-in/ways'))) as unknown as Ways, // as the server says it
  staleTime: Number.POSITIVE_INFINITY,
});

/** Whether somebody is signed in by now. Throws Problem. */
export async function isSignedIn(): Promise<boolean> {
  return 'user' in (await answerOf(await fetch('/v1/sign-in/get-session')));
}

/** The own ways in. */
export interface Account {
  readonly email: string;
  readonly name: string;
  /** Signed in within the last quarter of an hour: passkeys can be changed. */
  readonly isFresh: boolean;
  readonly hasPassword: boolean;
  readonly hasSecondFactor: boolean;
  readonly passkeys: readonly {
    readonly passkey: string;
    readonly name: string;
    readonly isSynced: boolean;
    readonly made: string;
    readonly lastUsed?: string;
  }[];
}

export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: async () => (await answerOf(await fetch('/v1/sign-in/account'))) as unknown as Account, // as the server says it
});

/** Whether this browser knows passkeys here: not without encryption, and not where the server has an address of numbers instead of a name. */
export function knowsPasskeys(): boolean {
  if (/^(\d+\.){3}\d+$|^\[/.test(location.hostname)) return false;
  return typeof PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;
}

/** The browser asks its owner; `undone` where they declined, or nothing was there. Throws Problem. */
export async function enterWithPasskey(): Promise<'in' | 'undone'> {
  const options = (await askSignIn('/passkey/begin')) as unknown as PublicKeyCredentialRequestOptionsJSON; // as the library of the server makes them
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const response = await shown(() => navigator.credentials.get({ publicKey }));
  if (response === undefined) return 'undone';
  await askSignIn('/passkey/sign-in', { response });
  return 'in';
}

/** Likewise, for a new one. Throws Problem. */
export async function makePasskey(name: string): Promise<'made' | 'undone'> {
  const options = (await askSignIn('/passkey/begin-registration')) as unknown as PublicKeyCredentialCreationOptionsJSON; // likewise
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const response = await shown(() => navigator.credentials.create({ publicKey }));
  if (response === undefined) return 'undone';
  await askSignIn('/passkey/register', { name, response });
  return 'made';
}

async function shown(ask: () => Promise<Credential | null>): Promise<object | undefined> {
  try {
    const credential = await ask();
    return credential instanceof PublicKeyCredential ? credential.toJSON() : undefined;
  } catch (error) {
    // Declined, too late, or the authenticator has one of this person already.
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}
