/**
 * Names of sessions say by which protocol they are spoken of: a peer of one must not name those of another, nor be told of them. All but
 * Diameter have names that we make; its peers make their own, `<host>;<high>;<low>` (RFC 6733 §8.8).
 */
export const HTTP_SESSIONS = 'http:';
export const RADIUS_SESSIONS = 'radius/';
/** Whose bill it is, a digest, and the address for notifications where the consumer gave one, in base64url. */
const NCHF_SESSION = /^nchf([wb]?)-[\w-]{27}(?:\.([\w-]*))?$/;

/** Who is charged: an account of ours, the network of a roamer, or both. */
export type SessionBill = 'account' | 'network' | 'both';
const bills: Readonly<Record<string, SessionBill>> = { '': 'account', w: 'network', b: 'both' };

/** What Nchf named so; `address`: in base64url. Undefined: another name. */
export function readNchfSession(name: string): { readonly address: string | undefined; readonly bill: SessionBill } | undefined {
  // Each request of Diameter is looked at so.
  const match = name.startsWith('nchf') ? NCHF_SESSION.exec(name) : null;
  return match === null ? undefined : { address: match[2], bill: bills[match[1] ?? ''] ?? 'account' };
}

export const nchfPrefix: Readonly<Record<SessionBill, string>> = { account: 'nchf-', network: 'nchfw-', both: 'nchfb-' };

/** Whether a peer of Diameter may name a session so. */
export function isDiameterSession(name: string): boolean {
  return !name.startsWith(HTTP_SESSIONS) && !name.startsWith(RADIUS_SESSIONS) && readNchfSession(name) === undefined;
}
