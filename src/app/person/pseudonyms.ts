/** What stands for a number or a name where the books must stay. Nobody keeps which is whose. */
import { randomBytes, randomInt } from 'node:crypto';
import type { Pseudonym } from '#storage/person/erase-person.ts';

/** Digits that stay at least, as far as five others can change: a country and a network. */
const KEPT = 5;
const LEAST_CHANGED = 5;
const MOST_TRIES = 200;

/** Of a number of the same length, with the code by which it is priced and no longer one. `codes`: those that begin as the number does. */
export function numberPseudonym(number: string, codes: readonly string[]): string {
  const own = Math.max(0, ...codes.filter((code) => number.startsWith(code)).map(({ length }) => length));
  const kept = Math.max(0, Math.min(number.length - LEAST_CHANGED, Math.max(own, KEPT)));
  const isPricedAlike = (other: string): boolean => codes.every((code) => number.startsWith(code) === other.startsWith(code));
  let found = number;
  for (let tries = 0; tries < MOST_TRIES && (found === number || !isPricedAlike(found)); tries += 1)
    found = number.slice(0, kept) + Array.from({ length: number.length - kept }, () => randomInt(10)).join('');
  return found === number ? `${number.slice(0, kept)}${'0'.repeat(number.length - kept)}` : found;
}

/** Of an address of mail, of anything else. */
export function textPseudonym(text: string): string {
  const name = `erased-${randomBytes(6).toString('hex')}`;
  return text.includes('@') ? `${name}@erased.invalid` : name;
}

export async function pseudonymsOf(
  { numbers, texts }: { readonly numbers: readonly string[]; readonly texts: readonly string[] },
  codesAround: (number: string) => Promise<readonly string[]>,
): Promise<readonly Pseudonym[]> {
  const found: Pseudonym[] = texts.map((term) => ({ term, isNumber: false, pseudonym: textPseudonym(term) }));
  for (const term of numbers) found.push({ term, isNumber: true, pseudonym: numberPseudonym(term, await codesAround(term)) });
  return found;
}
