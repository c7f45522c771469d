/** What was asked, as it may be kept. */
import { createHash } from 'node:crypto';

const SECRET = /passw|secret|token|totp|backup|credential|^pin$|^code$|^key$|^card/i;
const MOST_CHARACTERS = 8_192;
const SHOWN_CHARACTERS = 512;
const MOST_VALUE = 1_024;

/** JSON: what is named like a secret is `…`, a long text its beginning with its SHA-256. Undefined for nothing. */
export function worded(value: unknown): string | undefined {
  const text = JSON.stringify(value, (name: string, part: unknown) => {
    if (SECRET.test(name) && part !== null && part !== undefined) return '…';
    if (typeof part === 'bigint') return String(part);
    return typeof part === 'string' && part.length > MOST_VALUE ? hashed(part) : part;
  }) as string | undefined; // undefined for undefined
  return text === undefined || text.length <= MOST_CHARACTERS ? text : JSON.stringify(hashed(text));
}

function hashed(text: string): { readonly begins: string; readonly characters: number; readonly sha256: string } {
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { begins: text.slice(0, SHOWN_CHARACTERS).toWellFormed(), characters: text.length, sha256 };
}
