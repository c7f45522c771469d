const MOST_REMEMBERED = 100_000;
const NONE = '';

/** The place of a cell or area identity, as text (`262-01-1A2B-00C3`, an ECGI in hexadecimal): the longest beginning that is listed. */
export class Places {
  readonly #places: ReadonlyMap<string, string>;
  /** Traffic comes from the same cells again and again. */
  readonly #remembered = new Map<string, string>();
  /** Lengths that occur, the longest first. */
  readonly #lengths: readonly number[];

  constructor(places: readonly { readonly cell: string; readonly place: string }[]) {
    this.#places = new Map(places.map(({ cell, place }) => [cell.toUpperCase(), place]));
    this.#lengths = [...new Set(places.map(({ cell }) => cell.length))].sort((a, b) => b - a);
  }

  find(cell: string): string | undefined {
    const known = this.#remembered.get(cell);
    if (known !== undefined) return known === NONE ? undefined : known;
    const place = this.#look(cell.toUpperCase());
    if (this.#remembered.size < MOST_REMEMBERED) this.#remembered.set(cell, place ?? NONE);
    return place;
  }

  #look(text: string): string | undefined {
    for (const length of this.#lengths) {
      const place = length > text.length ? undefined : this.#places.get(text.slice(0, length));
      if (place !== undefined) return place;
    }
    return undefined;
  }
}
