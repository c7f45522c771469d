/** Passwords as argon2id (RFC 9106), in the PHC's text form with their parameters, so that they can be raised later. */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

/** RFC 9106 §4's second recommendation: 64 MiB, three passes; four lanes. */
const MEMORY_KIB = 65_536;
const PASSES = 3;
const LANES = 4;
const TAG_OCTETS = 32;
const SALT_OCTETS = 16;
const MOST_KIB = 1_048_576;
const FORM = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([\w+/]{11,86})\$([\w+/]{22,172})$/;

/** At most so many at once: each takes 64 MiB. */
const AT_ONCE = 2;
let running = 0;
const waiting: (() => void)[] = [];

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_OCTETS);
  const tag = await tagOf(password, salt, MEMORY_KIB, PASSES, LANES, TAG_OCTETS);
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${text(salt)}$${text(tag)}`;
}

/** False for what is no hash of ours as well. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [, memory, passes, lanes, salt = '', tag = ''] = FORM.exec(hash) ?? [];
  const [kib, times, parallel] = [Number(memory), Number(passes), Number(lanes)];
  if (!(kib >= 8 * parallel && kib <= MOST_KIB && times >= 1 && parallel >= 1)) return false;
  const expected = Buffer.from(tag, 'base64');
  return timingSafeEqual(await tagOf(password, Buffer.from(salt, 'base64'), kib, times, parallel, expected.length), expected);
}

async function tagOf(password: string, nonce: Buffer, memory: number, passes: number, parallelism: number, tagLength: number) {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    // Composed, so that the same letters typed elsewhere are the same password (NIST SP 800-63B §3.1.1.2).
    return await derive('argon2id', { message: password.normalize('NFKC'), nonce, memory, passes, parallelism, tagLength });
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

/** Base64 without padding, as the PHC's form has it. */
function text(octets: Buffer): string {
  return octets.toString('base64').replaceAll('=', '');
}
