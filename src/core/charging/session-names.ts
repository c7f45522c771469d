/**
 * Names of sessions say by which protocol they are spoken of: a peer of one must not name those of another, nor be told of them. All but
 * Diameter have names that we make; its peers make their own, `<host>;<high>;<low>` (RFC 6733 §8.8).
 */
export const HTTP_SESSIONS = 'http:';
export const RADIUS_SESSIONS = 'radius/';
/** A digest, and the address for notifications where the consumer gave one, in base64url. */
const NCHF_SESSION = /^nchf-[\w-]{27}(?:\.([\w-]*))?$/;

/** What Nchf named so; `address`: in base64url. Undefined: another name. */
export function readNchfSession(name: string): { readonly address: string | undefined } | undefined {
  const match = NCHF_SESSION.exec(name);
  return match === null ? undefined : { address: match[1] };
}

/** Whether a peer of Diameter may name a session so. */
export function isDiameterSession(name: string): boolean {
  return !name.startsWith(HTTP_SESSIONS) && !name.startsWith(RADIUS_SESSIONS) && readNchfSession(name) === undefined;
}
