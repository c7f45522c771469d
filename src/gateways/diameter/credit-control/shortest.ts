/** Amounts as Value-Digits and Exponent (RFC 8506 §8.8 to §8.10): exact, in as few digits as there are. */

export const NANO_EXPONENT = -9;

/** Digits without zeros at their end, and the exponent to them: 0 at most, as whole numbers stay what they are. */
export function shortest(amount: bigint, exponent: number): [digits: bigint, exponent: number] {
  if (amount === 0n) return [0n, 0];
  let shorter = exponent;
  // Most amounts are safe integers, which are quicker to divide.
  let rest = Number(amount);
  if (Number.isSafeInteger(rest)) {
    for (; rest % 10 === 0 && shorter < 0; shorter += 1) rest /= 10;
    return [BigInt(rest), shorter];
  }
  let digits = amount;
  for (; digits % 10n === 0n && shorter < 0; shorter += 1) digits /= 10n;
  return [digits, shorter];
}
