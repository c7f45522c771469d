/** Math.min and Math.max for whole numbers of any size. */
export function least(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}

export function greatest(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}
