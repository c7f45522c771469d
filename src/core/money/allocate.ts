/**
 * Splits a total over lines in proportion to their weights, losing nothing: each line gets its share
 * rounded towards zero, and the units left over go one each to the largest remainders, the first on a tie.
 * 10000 (100.00) over three equal lines is 3334, 3333, 3333. A negative total is the mirror of the positive one.
 *
 * The unit is the caller's: nanos, or the currency's smallest. Throws RangeError for a negative weight, and
 * where a total other than zero has no weight at all to go to.
 */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  let sum = 0n;
  for (const weight of weights) {
    if (weight < 0n) throw new RangeError(`a weight is negative: ${weight}`);
    sum += weight;
  }
  if (sum === 0n) {
    if (total !== 0n) throw new RangeError(`nothing to allocate ${total} to`);
    return weights.map(() => 0n);
  }
  const sign = total < 0n ? -1n : 1n;
  const magnitude = total * sign;
  const shares = weights.map((weight) => (magnitude * weight) / sum);
  const left = Number(shares.reduce((rest, share) => rest - share, magnitude));
  const byRemainder = weights.map((weight, index) => ({ index, remainder: (magnitude * weight) % sum }));
  byRemainder.sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder.slice(0, left)) shares[index] = (shares[index] as bigint) + 1n;
  return shares.map((share) => share * sign);
}
