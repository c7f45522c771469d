import { seededBits } from '../support/seeded.ts';

/** Random numbers from one seed: the same on any machine. */
export class Random {
  /** A whole number from 0 to 2^32 − 1. */
  readonly next: () => number;

  constructor(seed: number) {
    // Neighbouring seeds must not give neighbouring worlds.
    this.next = seededBits(Math.imul(seed ^ (seed >>> 16), 0x45d9f3b));
    for (let i = 0; i < 3; i += 1) this.next();
  }

  /** A whole number from 0 to n − 1, for n up to 2^53. */
  below(n: number): number {
    if (n <= 2 ** 32) return Math.floor((this.next() / 2 ** 32) * n);
    return Number((BigInt(this.next()) * 2n ** 32n + BigInt(this.next())) % BigInt(n));
  }

  /** A whole number from `low` to `high`, both possible. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('nothing to pick from');
    // The index is in range; the element may itself be undefined.
    return list[this.below(list.length)] as T;
  }

  some<T>(list: readonly T[], percent: number): T[] {
    return list.filter(() => this.chance(percent));
  }

  /** The value in so many cases of a hundred, else nothing: for optional fields with spread. */
  maybe<T>(percent: number, make: () => T): T | undefined {
    return this.chance(percent) ? make() : undefined;
  }

  digits(length: number): string {
    let text = '';
    for (let i = 0; i < length; i += 1) text += this.below(10);
    return text;
  }

  shuffle<T>(list: readonly T[]): T[] {
    const shuffled = [...list];
    for (let i = shuffled.length - 1; i > 0; i -= 1) {
      const j = this.below(i + 1);
      [shuffled[i], shuffled[j]] = [shuffled[j] as T, shuffled[i] as T];
    }
    return shuffled;
  }
}
