import { PrefixTable } from '../numbering/prefix-table.ts';
import type { TimeBandSet } from '../time/time-bands.ts';
import { compileFormula, pricedAs, scaleOf } from './compile-formula.ts';
import {
  type CompiledTariff,
  DESTINATION,
  DETAIL,
  FORMULA,
  type Formula,
  GROUP,
  type Groups,
  KIND,
  type Matcher,
  PRICE,
  RATE_ID,
  ROW,
} from './compiled-tariff.ts';
import type { Rate, RateTerms, Tariff } from './tariff.ts';
import { textBesidePrice } from './terms-key.ts';

/** A rate for one code. */
export interface Row {
  readonly code: string;
  readonly rate: Rate;
  readonly matcher: number;
}

/** The distinct matchers of a tariff, and the origin sets that they name. */
export interface MatcherTable {
  readonly list: readonly Matcher[];
  readonly setNames: readonly string[];
  readonly setPrefixes: readonly ReadonlySet<string>[];
}

/** The largest price that a row can hold. */
const MAX_ROW_PRICE = 2n ** 31n - 1n;

/** The flat tables of a tariff. Rows come sorted by code. */
export function layOut(tariff: Tariff, timeBands: TimeBandSet | undefined, rows: readonly Row[], matchers: MatcherTable): CompiledTariff {
  const scale = scaleOf(tariff);
  const formulas = new Indexed<Formula>();
  const shapes = new Indexed<Formula>();
  const validities = new Indexed<readonly [number, number]>();
  const kinds = new Kinds();
  const destinations = new Indexed<string>();
  const formulaOfRate = new Map<Rate, number>();
  // A tariff has far fewer kinds of terms than rates: what is not the price is worked out once for each.
  const besidePrice = new Map<string, Formula>();
  const formulaAt = (terms: RateTerms): number => {
    const text = textBesidePrice(terms);
    const known = besidePrice.get(text);
    const built =
      known === undefined || known.tiers !== undefined ? compileFormula(terms, scale, tariff.per) : pricedAs(known, terms, scale);
    besidePrice.set(text, built);
    return formulas.indexOf(`${text}|${pricesOf(built)}`, built);
  };
  const groups = groupByCode(rows);
  const table = shared(Int32Array, rows.length * ROW);
  const details = shared(Int32Array, rows.length * DETAIL);
  let group = 0;
  let validity = 0;
  rows.forEach(({ rate, matcher }, row) => {
    if (row === groups.firstRows[group + 1]) group += 1;
    let formula = rate.match.code === undefined ? formulaOfRate.get(rate) : undefined;
    if (formula === undefined) {
      formula = formulaAt(rate.terms);
      if (rate.match.code === undefined) formulaOfRate.set(rate, formula); // it comes for each code of its destination
    }
    const { fast, price, structure } = formulas.list[formula] as Formula; // just made, or made before
    const plain = fast !== undefined && price <= MAX_ROW_PRICE;
    const { validFromMicros, validToMicros } = rate;
    const [lastFrom, lastTo] = validities.list[validity] ?? [];
    if (validFromMicros !== lastFrom || validToMicros !== lastTo)
      // most begin and end with the one before
      validity = validities.indexOf(`${validFromMicros}/${validToMicros}`, [validFromMicros, validToMicros]);
    const shape = plain ? shapes.indexOf(structure, formulas.list[formula] as Formula) : -1; // as above
    const last = row + 1 === groups.firstRows[group + 1] ? 1 : 0;
    table[row * ROW + KIND] = kinds.indexOf(validity, matcher, shape, last);
    table[row * ROW + PRICE] = plain ? Number(price) : -1;
    const detail = row * DETAIL;
    details[detail + FORMULA] = formula;
    details[detail + RATE_ID] = rate.id;
    details[detail + DESTINATION] = destinations.indexOf(rate.match.destination, rate.match.destination);
    details[detail + GROUP] = group;
  });
  const { rates: _, ...withoutRates } = tariff;
  return {
    tariff: withoutRates,
    timeBands,
    prefixes: PrefixTable.build(groups.codes.map((code, index) => [code, groups.firstRows[index] as number])),
    rows: table,
    kinds: sharedCopy(Int32Array, kinds.list),
    validities: sharedCopy(Float64Array, validities.list.flat()),
    details,
    groups,
    matchers: matchers.list,
    formulas: formulas.list,
    shapes: shapes.list,
    destinations: destinations.list,
    originSets: matchers.setPrefixes.map((prefixes) => PrefixTable.build([...prefixes].map((prefix) => [prefix, prefix.length]))),
    originSetNames: matchers.setNames,
    originSetPrefixes: matchers.setPrefixes,
    scale,
    hasAttemptFee: formulas.list.some(({ attemptFee }) => attemptFee > 0n),
    hasJurisdictions: matchers.list.some(({ jurisdiction }) => jurisdiction !== undefined),
  };
}

function groupByCode(rows: readonly Row[]): Groups {
  const codes: string[] = [];
  const firstRows: number[] = [];
  const shorter: number[] = [];
  rows.forEach(({ code }, row) => {
    const group = codes.length - 1;
    if (codes[group] === code) return;
    // In this order a code comes right after the codes that begin with what it begins with: the chain of the one before holds it.
    let above = group;
    while (above >= 0 && !code.startsWith(codes[above] ?? '')) above = shorter[above] ?? -1;
    codes.push(code);
    firstRows.push(row);
    shorter.push(above);
  });
  return { codes, firstRows: sharedCopy(Int32Array, [...firstRows, rows.length]), shorter: sharedCopy(Int32Array, shorter) };
}

function pricesOf(formula: Formula): string {
  return [
    formula.price,
    ...formula.steps.map(({ price }) => price),
    ...(formula.tiers?.prices ?? []),
    ...formula.sizeBands.map(({ price }) => price),
  ].join(' ');
}

interface ArrayKind<T> {
  new (buffer: SharedArrayBuffer): T;
  readonly BYTES_PER_ELEMENT: number;
}

function shared<T>(kind: ArrayKind<T>, length: number): T {
  return new kind(new SharedArrayBuffer(length * kind.BYTES_PER_ELEMENT));
}

function sharedCopy<T extends Int32Array | Float64Array>(kind: ArrayKind<T>, values: readonly number[]): T {
  const copy = shared(kind, values.length);
  copy.set(values);
  return copy;
}

/** Distinct kinds of rows, four numbers each. The bands of a code take turns: one of the last few is nearly always meant. */
class Kinds {
  readonly list: number[] = [];
  readonly #known = new Indexed<number>();
  readonly #recent: number[] = [];

  indexOf(validity: number, matcher: number, shape: number, last: number): number {
    const { list } = this;
    for (const index of this.#recent) {
      const at = index * 4;
      if (list[at] === validity && list[at + 1] === matcher && list[at + 2] === shape && list[at + 3] === last) return index;
    }
    const index = this.#known.indexOf(`${validity}/${matcher}/${shape}/${last}`, 0);
    if (index * 4 === list.length) list.push(validity, matcher, shape, last);
    if (this.#recent.unshift(index) > RECENT_KINDS) this.#recent.pop();
    return index;
  }
}

const RECENT_KINDS = 8;

/** A list of distinct values, found again by key. */
class Indexed<T> {
  readonly list: T[] = [];
  readonly #known = new Map<string, number>();

  indexOf(key: string, value: T): number {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const index = this.list.push(value) - 1;
    this.#known.set(key, index);
    return index;
  }
}
