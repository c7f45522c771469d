/**
 * Seeded randomness: the same seed gives the same stream on every machine. Each subject of the
 * generator takes its own stream (`forkRandom`), so that adding a draw to one moves no other.
 */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform whole number in [0, below). */
  below(below: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** Standard normal (Box and Muller). */
  normal(): number;
  pick<T>(values: readonly T[]): T;
}

/** sfc32 (Chris Doty-Humphrey, PractRand; public domain), seeded with a hash of the text. */
export function seededRandom(seed: string): Random {
  let [a, b, c, d] = hash128(seed);
  const next32 = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 16; i += 1) next32();
  const next = (): number => next32() / 4_294_967_296;
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick: (values) => {
      const value = values[below(values.length)];
      if (value === undefined) throw new RangeError('nothing to pick from');
      return value;
    },
  };
}

export function forkRandom(seed: string, subject: string): Random {
  return seededRandom(`${seed}/${subject}`);
}

/** Picks by weight, in log time. Weights need not add up to anything. */
export function weightedPicker<T>(entries: readonly { readonly value: T; readonly weight: number }[]): (random: Random) => T {
  const ends: number[] = [];
  let total = 0;
  for (const { weight } of entries) {
    total += weight;
    ends.push(total);
  }
  return (random) => {
    const target = random.next() * total;
    let low = 0;
    let high = ends.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) > target) high = middle;
      else low = middle + 1;
    }
    const entry = entries[low];
    if (entry === undefined) throw new RangeError('nothing to pick from');
    return entry.value;
  };
}

/** A stable number in [0, 1) for a text: for properties that belong to a thing, not to a draw. */
export function hashFraction(text: string): number {
  return (hash128(text)[0] >>> 0) / 4_294_967_296;
}

/** cyrb128 (bryc; public domain). */
function hash128(text: string): [number, number, number, number] {
  let [a, b, c, d] = [1_779_033_703, 3_144_134_277, 1_013_904_242, 2_773_480_762];
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    a = b ^ Math.imul(a ^ unit, 597_399_067);
    b = c ^ Math.imul(b ^ unit, 2_869_860_233);
    c = d ^ Math.imul(c ^ unit, 951_274_213);
    d = a ^ Math.imul(d ^ unit, 2_716_044_179);
  }
  a = Math.imul(c ^ (a >>> 18), 597_399_067);
  b = Math.imul(d ^ (b >>> 22), 2_869_860_233);
  c = Math.imul(a ^ (c >>> 17), 951_274_213);
  d = Math.imul(b ^ (d >>> 19), 2_716_044_179);
  return [a ^ b ^ c ^ d, b ^ a, c ^ a, d ^ a];
}
