/** What lines of the rollup are added up by, as numbers: a comparison of names for each call would be most of the work. */
import type pg from 'pg';
import { rollupLines } from './rollup-lines.ts';

/** Words by numbers of their own, from 1; 0 is null. */
export class Words {
  readonly #numbers = new Map<string | null, number>([[null, 0]]);
  readonly words: (string | null)[] = [null];

  numberOf(word: string | null): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    this.#numbers.set(word, this.words.length);
    return this.words.push(word) - 1;
  }
}

export interface Line {
  /** Agreement with role and currency; role and currency. */
  readonly terms: number;
  readonly side: number;
  readonly place: number;
}

const NO_LINE: Line = { terms: 0, side: 0, place: 0 };

interface NamedLine {
  readonly line_id: number;
  readonly agreement: string;
  readonly role: string;
  readonly currency: string;
  readonly destination: string;
}

/** Numbers of what lines are added up by. */
export class Lines {
  readonly #lines = new Map<number, Line>();
  readonly #terms = new Words();
  readonly #sides = new Words();
  readonly #destinations = new Words();

  static async read(client: pg.ClientBase, lines: Iterable<number>): Promise<Lines> {
    const read = new Lines();
    const columns = 'line_id, agreement, role, currency, destination';
    for await (const { line_id, agreement, role, currency, destination } of rollupLines<NamedLine>(client, columns, lines)) {
      // Roles and currencies have no tabs.
      const side = `${role}\t${currency}`;
      read.#lines.set(line_id, {
        terms: read.#terms.numberOf(`${side}\t${agreement}`),
        side: read.#sides.numberOf(side),
        place: read.#destinations.numberOf(destination),
      });
    }
    return read;
  }

  /** How many numbers destinations have. */
  get places(): number {
    return this.#destinations.words.length;
  }

  destinationOf(place: number): string | null {
    return this.#destinations.words[place] ?? null;
  }

  of(line: number): Line {
    return this.#lines.get(line) ?? NO_LINE;
  }

  /** Role, currency and agreement. */
  termsOf(terms: number): readonly (string | null)[] {
    return partsOf(this.#terms.words[terms] ?? null, 3);
  }

  sideOf(side: number): readonly (string | null)[] {
    return partsOf(this.#sides.words[side] ?? null, 2);
  }
}

function partsOf(text: string | null, count: number): readonly (string | null)[] {
  if (text === null) return Array<null>(count).fill(null);
  const parts = text.split('\t');
  return [...parts.slice(0, count - 1), parts.slice(count - 1).join('\t')];
}
