/** The one generator of random numbers of tests and benchmarks: mulberry32. The same seed, the same numbers, on any machine. */

/** Whole numbers from 0 to 2^32 − 1. */
export function seededBits(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** Numbers in [0, 1). */
export function seeded(seed: number): () => number {
  const bits = seededBits(seed);
  return () => bits() / 4_294_967_296;
}
