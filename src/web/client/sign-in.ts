/** The addresses of sign-in, which are not operations: they answer browsers only. */
import { detailsOf, Problem } from './problem.ts';

/** Throws Problem. */
export async function askSignIn(path: string, body: object = {}): Promise<Readonly<Record<string, unknown>>> {
  const answer = await fetch(`/v1/sign-in${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
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
