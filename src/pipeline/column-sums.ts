/** Sums of columns of a file's records, exact to the last decimal. */
import { type ColumnReader, makeColumnReader } from '#codecs/cdr/column-reader.ts';
import { type Decimal, formatDecimal, parseDecimal, trimDecimal, unitsAtScale } from '#core/money/decimal.ts';
import type { Result } from '#core/refusals.ts';
import type { Source } from '#core/usage/source.ts';

interface Sum {
  readonly column: string;
  total: Decimal;
  /** Whether a record had anything there: a column that none has may be misspelt. */
  found: boolean;
  /** Texts that are no number: how many, and the first. */
  unreadable: number;
  example: string;
}

const MOST_EXAMPLE = 40;

export class ColumnSums {
  readonly #reader: ColumnReader;
  readonly #sums: ReadonlyMap<string, Sum>;

  /** `columns`: by the name of the total. At least one. */
  constructor(source: Source, columns: Readonly<Record<string, string>>) {
    this.#reader = makeColumnReader(source, Object.values(columns));
    const empty = { total: { units: 0n, scale: 0 }, found: false, unreadable: 0, example: '' };
    this.#sums = new Map(Object.entries(columns).map(([name, column]) => [name, { ...empty, column }]));
  }

  header(line: string): Result<undefined> {
    return this.#reader.header(line);
  }

  /** Adds a record; one whose form is damaged, and columns that are empty, add nothing. */
  add(bytes: string, ended: boolean): void {
    const texts = this.#reader.read(bytes, ended);
    if (texts === undefined) return;
    let at = 0;
    for (const sum of this.#sums.values()) {
      const text = (texts[at] ?? '').trim();
      at += 1;
      if (text === '') continue;
      sum.found = true;
      const value = decimalOf(text);
      if (value === undefined) {
        sum.unreadable += 1;
        if (sum.unreadable === 1) sum.example = text.slice(0, MOST_EXAMPLE);
      } else sum.total = plus(sum.total, value);
    }
  }

  /** What is wrong with a total that the file states, in words; undefined when it is right. */
  differenceOf(name: string, stated: string): string | undefined {
    const sum = this.#sums.get(name);
    if (sum === undefined) return undefined;
    const { column, total, found, unreadable, example } = sum;
    if (unreadable > 0)
      return `a total of ${stated} for ${column}, where ${unreadable} records have no number, for example ${JSON.stringify(example)}`;
    const said = decimalOf(stated.trim());
    if (said !== undefined && plus(said, { units: -total.units, scale: total.scale }).units === 0n) return undefined;
    return `a total of ${stated} for ${column}, ${found ? `the records come to ${formatDecimal(trimDecimal(total))}` : 'and no record has anything in that column'}`;
  }
}

/** With a point or a comma before the decimals; no grouping. */
function decimalOf(text: string): Decimal | undefined {
  return parseDecimal(text.replace(',', '.'));
}

function plus(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: unitsAtScale(a, scale) + unitsAtScale(b, scale), scale };
}
