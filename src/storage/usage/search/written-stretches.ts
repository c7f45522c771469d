/** What a transaction wrote, as stretches of record numbers by UTC day: what is to be indexed afterwards. */

/** Records nearer than this are one stretch: those taken up from suspense lie far apart. */
const GAP = 50_000;

interface Stretch {
  readonly day: string;
  first: number;
  last: number;
}

export class WrittenStretches {
  readonly #stretches: Stretch[] = [];
  readonly #latest = new Map<string, Stretch>();

  /** Rows of one COPY. Without rows: nothing. */
  add(day: string, firstId: number, lastId: number): void {
    if (firstId > lastId) return;
    const latest = this.#latest.get(day);
    if (latest !== undefined && firstId <= latest.last + GAP && lastId >= latest.first - GAP) {
      latest.first = Math.min(latest.first, firstId);
      latest.last = Math.max(latest.last, lastId);
      return;
    }
    const stretch = { day, first: firstId, last: lastId };
    this.#stretches.push(stretch);
    this.#latest.set(day, stretch);
  }

  /** One array for each column. */
  columns(): { readonly days: readonly string[]; readonly firstIds: readonly number[]; readonly lastIds: readonly number[] } {
    return {
      days: this.#stretches.map(({ day }) => day),
      firstIds: this.#stretches.map(({ first }) => first),
      lastIds: this.#stretches.map(({ last }) => last),
    };
  }
}
