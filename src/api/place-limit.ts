/** How often one place may ask within a time. */

const MOST_PLACES = 50_000;

export class PlaceLimit {
  readonly #most: number;
  readonly #windowMs: number;
  /** What is left, and when it was counted last: it comes back evenly. */
  readonly #places = new Map<string, { left: number; atMs: number }>();

  constructor(most: number, windowMs: number) {
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** False: too often. */
  take(place: string, nowMs: number): boolean {
    const known = this.#places.get(place);
    const since = known === undefined ? 0 : nowMs - known.atMs;
    const left = known === undefined ? this.#most : Math.min(this.#most, known.left + (since * this.#most) / this.#windowMs);
    this.#places.delete(place);
    // Who came longest ago leaves first.
    const [oldest] = this.#places.size < MOST_PLACES ? [] : this.#places.keys();
    if (oldest !== undefined) this.#places.delete(oldest);
    this.#places.set(place, { left: left >= 1 ? left - 1 : left, atMs: nowMs });
    return left >= 1;
  }
}
