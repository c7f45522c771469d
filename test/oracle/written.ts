/** Numbers as explanations write them. */
import { compare, type Exact, exact, plus } from './exact.ts';

/** Whether `0.0139`, `0.01392(83)` or `0.0139283…` (cut) is this value. */
export function readsAs(written: string, value: Exact): boolean {
  const read = readExact(written);
  if (read !== undefined) return compare(read, value) === 0;
  const [, minus, whole = '0', digits = ''] = /^(-?)(\d+)\.(\d+)…$/.exec(written) ?? [];
  const magnitude = value.n < 0n ? exact(-value.n, value.d) : value;
  return (minus === '-') === value.n < 0n && (magnitude.n * 10n ** BigInt(digits.length)) / magnitude.d === BigInt(whole + digits);
}

/** The value of `0.0139` or `0.01392(83)`, with the digits in brackets repeating; undefined for anything else. */
export function readExact(written: string): Exact | undefined {
  const match = /^(-?)(\d+)(?:\.(\d*)(?:\((\d+)\))?)?$/.exec(written);
  if (match === null) return undefined;
  const [, minus, whole = '0', plain = '', repeating = ''] = match;
  const tenths = 10n ** BigInt(plain.length);
  let read = exact(BigInt(whole + plain), tenths);
  if (repeating !== '') read = plus(read, exact(BigInt(repeating), tenths * (10n ** BigInt(repeating.length) - 1n)));
  return minus === '-' ? exact(-read.n, read.d) : read;
}
