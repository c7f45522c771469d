/**
 * Passwords as they are kept. scrypt: nobody can read it; enough where the NAS sends the password (PAP). aes-256-gcm: encrypted under a key that is
 * not in the database; needed where the NAS sends what it made of the password (CHAP, MS-CHAP).
 */
import { createCipheriv, createDecipheriv, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { chapPassword, same } from './authenticators.ts';
import type { StoredPassword } from './ports.ts';

/** N = 2^14, r = 8, p = 1: 16 MiB and some 30 ms for each. */
const LOG_N = 14;
const [SALT, HASH, NONCE, TAG, KEY] = [16, 32, 12, 16, 32];

export async function storedPassword(identity: string, password: string, key: Uint8Array | undefined): Promise<StoredPassword> {
  if (key === undefined) {
    const salt = randomBytes(SALT);
    return {
      identity,
      scheme: 'scrypt',
      secret: Buffer.concat([Buffer.of(LOG_N), salt, await hashOf(Buffer.from(password), salt, LOG_N)]),
    };
  }
  const nonce = randomBytes(NONCE);
  // The identity is part of what is proved: a row copied to another identity does not decrypt.
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(identity));
  const hidden = Buffer.concat([cipher.update(password, 'utf8'), cipher.final()]);
  return { identity, scheme: 'aes-256-gcm', secret: Buffer.concat([nonce, cipher.getAuthTag(), hidden]) };
}

/** 32 octets: 64 hexadecimal digits, or 44 characters of Base64. Undefined when it is neither. */
export function passwordKey(text: string): Uint8Array | undefined {
  const written = text.trim();
  const octets = /^[0-9a-f]{64}$/i.test(written) ? Buffer.from(written, 'hex') : Buffer.from(written, 'base64');
  return octets.length === KEY ? octets : undefined;
}

/** The password itself (PAP). */
export async function isPassword(
  { identity, scheme, secret }: StoredPassword,
  given: Uint8Array,
  key: Uint8Array | undefined,
): Promise<boolean> {
  if (scheme === 'aes-256-gcm') {
    const known = decrypted(identity, secret, key);
    return known !== undefined && same(known, given);
  }
  const stored = Buffer.from(secret);
  if (stored.length !== 1 + SALT + HASH) return false;
  return timingSafeEqual(await hashOf(given, stored.subarray(1, 1 + SALT), stored[0] ?? LOG_N), stored.subarray(1 + SALT));
}

/** The password itself, for what a NAS made of it (CHAP, MS-CHAP). Undefined: it is kept so that nobody can read it, or under another key. */
export function readPassword({ identity, scheme, secret }: StoredPassword, key: Uint8Array | undefined): Uint8Array | undefined {
  return scheme === 'scrypt' ? undefined : decrypted(identity, secret, key);
}

/** Whether this is what CHAP makes of it. */
export function isChap(password: Uint8Array, given: Uint8Array, challenge: Uint8Array): boolean {
  return same(chapPassword(given[0] ?? 0, password, challenge), given);
}

/** As long as checking one, for identities that have none. */
export async function pretend(given: Uint8Array): Promise<void> {
  await hashOf(given, Buffer.alloc(SALT), LOG_N);
}

function decrypted(identity: string, secret: Uint8Array, key: Uint8Array | undefined): Buffer | undefined {
  if (key === undefined || secret.length < NONCE + TAG) return undefined;
  const stored = Buffer.from(secret);
  const decipher = createDecipheriv('aes-256-gcm', key, stored.subarray(0, NONCE)).setAAD(Buffer.from(identity));
  decipher.setAuthTag(stored.subarray(NONCE, NONCE + TAG));
  try {
    return Buffer.concat([decipher.update(stored.subarray(NONCE + TAG)), decipher.final()]);
  } catch {
    return undefined; // another key, or not as it was written
  }
}

function hashOf(password: Uint8Array, salt: Uint8Array, logN: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, HASH, { N: 2 ** logN, r: 8, p: 1, maxmem: 256 * 2 ** logN * 8 }, (error, hash) =>
      error === null ? resolve(hash) : reject(error),
    );
  });
}
