/** Keys of numbers, as `usage_search_key` of the database makes them: 15 places of four bits, so that their order is that of the digits. */

const PLACES = 15;
const END = '0';

/** Both included. */
export interface KeyRange {
  readonly from: bigint;
  readonly to: bigint;
}

/** Where numbers that begin so lie; `exact`: that are so. What is longer than the key has room for must be looked at itself. */
export function keyRanges(text: string, exact: boolean): readonly KeyRange[] {
  const bytes = [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const asBytes = `f${bytes}`;
  if (!/^[0-9]*$/.test(text)) return [rangeOf(asBytes, exact)];
  const digits = [...text].map((digit) => (Number(digit) + 1).toString(16)).join('');
  // What begins with digits may go on with letters.
  return exact ? [rangeOf(digits, true)] : [rangeOf(digits, false), rangeOf(asBytes, false)];
}

function rangeOf(places: string, exact: boolean): KeyRange {
  const kept = places.slice(0, PLACES);
  return { from: BigInt(`0x${kept.padEnd(PLACES, END)}`), to: BigInt(`0x${kept.padEnd(PLACES, exact ? END : 'f')}`) };
}
