/** The private key of an account, in whatever of the usual forms its file has. */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import ssh2 from 'ssh2';
import { RefusedError, refuse } from '#core/refusals.ts';

const OPENSSH_FORM = 'ssh-keygen -p -f <file> writes it in the form of OpenSSH';

/**
 * OpenSSH's own form, PEM (PKCS #1, SEC 1), PuTTY's of version 2, and PKCS #8, which is what openssl writes; encrypted or not.
 * Gives back a form that ssh2 reads with the same passphrase. Throws RefusedError (`collect.key-unreadable`), which never shows the key.
 */
export function readPrivateKey(text: string, passphrase: string | undefined): string {
  const known = /-----BEGIN (?:ENCRYPTED )?PRIVATE KEY-----/.test(text) ? withoutPkcs8(text, passphrase) : text.trim();
  const parsed = ssh2.utils.parseKey(known, passphrase);
  // The types say one key; a file of OpenSSH may hold several.
  const key = [parsed].flat()[0];
  if (key === undefined || key instanceof Error) throw unreadable(reasonOf(key, passphrase));
  if (!key.isPrivateKey()) throw unreadable('it is a public key; privateKey is the file without .pub');
  return known;
}

/** The form that ssh2 knows. A key of Ed25519 has none but OpenSSH's own, which Node does not write. */
function withoutPkcs8(text: string, passphrase: string | undefined): string {
  if (passphrase === undefined && text.includes('BEGIN ENCRYPTED')) throw unreadable('it is encrypted: declare its passphrase');
  let key: KeyObject;
  try {
    key = createPrivateKey(passphrase === undefined ? { key: text } : { key: text, passphrase });
  } catch {
    throw unreadable(passphrase === undefined ? 'it is damaged' : 'the passphrase is wrong, or the file is damaged');
  }
  const type = key.asymmetricKeyType === 'rsa' ? 'pkcs1' : key.asymmetricKeyType === 'ec' ? 'sec1' : undefined;
  if (type === undefined) throw unreadable(`a key of ${key.asymmetricKeyType} in PKCS #8 is not read; ${OPENSSH_FORM}`);
  return String(key.export({ type, format: 'pem' }));
}

function reasonOf(error: Error | undefined, passphrase: string | undefined): string {
  const said = error?.message ?? 'the file has none';
  if (/no passphrase given/.test(said)) return 'it is encrypted: declare its passphrase';
  if (passphrase !== undefined && /integrity check|decrypt|Malformed/i.test(said)) return 'the passphrase is wrong, or the file is damaged';
  return said === 'Unsupported key format' ? `it has none of the known forms; ${OPENSSH_FORM}` : said;
}

function unreadable(problem: string): RefusedError {
  return new RefusedError(refuse('collect.key-unreadable', `the private key cannot be read: ${problem}`));
}
