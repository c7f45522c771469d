import { MAX_PREFIX_DIGITS } from './prefix-table.ts';

const DIGITS = /^[0-9]+$/;

/**
 * The fewest codes that together are the range, in ascending order: `7701`–`7709` is nine codes, `7700`–`7709` is
 * `770`, and `440`–`4429` (all numbers from 4400… to 4429…) is `440`, `441`, `442`. Never gives an empty code.
 *
 * Undefined when there is no such range: an end that is not 1 to 32 digits, an end before its beginning, or an end
 * written shorter than its beginning: `7701-9` might be 7701–7709 or 7701–9999, and guessing would price half a country.
 */
export function expandCodeRange(from: string, to: string): string[] | undefined {
  if (!DIGITS.test(from) || !DIGITS.test(to) || to.length > MAX_PREFIX_DIGITS || to.length < from.length) return undefined;
  const low = from.padEnd(to.length, '0');
  if (low > to) return undefined;
  const codes: string[] = [];
  cover('', low, to, codes);
  return codes;
}

/** Adds the codes for `prefix` followed by anything from `low` to `high`, which have the same length. */
function cover(prefix: string, low: string, high: string, codes: string[]): void {
  if (prefix !== '' && isAll(low, '0') && isAll(high, '9')) {
    codes.push(prefix);
    return;
  }
  const [first, last] = [Number(low[0]), Number(high[0])];
  const [zeros, nines] = ['0'.repeat(low.length - 1), '9'.repeat(low.length - 1)];
  for (let digit = first; digit <= last; digit++) {
    cover(`${prefix}${digit}`, digit === first ? low.slice(1) : zeros, digit === last ? high.slice(1) : nines, codes);
  }
}

function isAll(text: string, digit: string): boolean {
  for (let at = 0; at < text.length; at++) if (text[at] !== digit) return false;
  return true;
}
