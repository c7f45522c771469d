import { MAX_PREFIX_DIGITS, PrefixTable } from '../numbering/prefix-table.ts';
import { type Refusal, type Result, refuse } from '../refusals.ts';
import { checkTimeBands } from '../time/band-clock.ts';
import type { TimeBandSet } from '../time/time-bands.ts';
import { checkTerms, compileFormula, scaleOf } from './compile-formula.ts';
import {
  type CompiledTariff,
  DESTINATION,
  FORMULA,
  type Formula,
  GROUP_END,
  MATCHER,
  type Matcher,
  PRICE,
  RATE_ID,
  ROW,
  SHAPE,
  VALIDITY,
} from './compiled-tariff.ts';
import { type CodeDeck, type OriginSet, placeOfRate, type Rate, type Tariff } from './tariff.ts';
import { findBandFaults, findCounterFaults, findTies, type NamedRow } from './tariff-faults.ts';

/** What a tariff refers to. */
export interface TariffSurroundings {
  readonly timeBands: readonly TimeBandSet[];
  readonly originSets: readonly OriginSet[];
  readonly codeDecks: readonly CodeDeck[];
  /** Whether an agreement prices calls with this tariff by split time bands. */
  readonly split: boolean;
}

/**
 * Compiles a tariff into flat lookup tables. Refused, naming the rates: ties, gaps and differing structure in time
 * bands, unknown bands, origin sets and destinations, figures out of range, terms that the service does not have.
 */
export function compileTariff(tariff: Tariff, around: TariffSurroundings): Result<CompiledTariff> {
  const faults: Refusal[] = tariff.rates.flatMap((rate) => checkTerms(tariff, rate));
  const timeBands = around.timeBands.find(({ id }) => id === tariff.timeBands);
  if (timeBands !== undefined) faults.push(...checkTimeBands(timeBands));
  faults.push(...findCounterFaults(tariff));
  const matchers = new Matchers(tariff, timeBands, around.originSets);
  const rows = expandRows(tariff, around.codeDecks, matchers, faults);
  if (faults.length > 0) return { ok: false, refusals: faults };

  const compiled = layOut(tariff, timeBands, rows, matchers);
  const named = (row: number): NamedRow => ({
    text: describeRate(rows[row]),
    place: rows[row] === undefined ? {} : placeOfRate(rows[row].rate),
  });
  faults.push(...findTies(compiled, named), ...findBandFaults(compiled, around.split, named));
  return faults.length > 0 ? { ok: false, refusals: faults } : { ok: true, value: compiled };
}

interface Row {
  readonly code: string;
  readonly rate: Rate;
  readonly matcher: number;
}

/** One row for each code of each rate, sorted by code. */
function expandRows(tariff: Tariff, decks: readonly CodeDeck[], matchers: Matchers, faults: Refusal[]): readonly Row[] {
  const deck = codesByDestination(decks.find(({ id }) => id === tariff.codeDeck));
  const rows: Row[] = [];
  for (const rate of tariff.rates) {
    const matcher = matchers.indexOf(rate, faults);
    const { code, destination } = rate.match;
    const codes = code !== undefined ? [code] : deck.get(destination);
    if (codes === undefined) {
      const message = `tariff ${tariff.id}: no code for destination ${destination}${tariff.codeDeck === undefined ? '' : ` in code deck ${tariff.codeDeck}`}`;
      faults.push(refuse('tariff.destination-unknown', message, { ...placeOfRate(rate), field: 'destination', value: destination }));
      continue;
    }
    for (const each of codes) {
      if (DIGITS.test(each)) rows.push({ code: each, rate, matcher });
      else faults.push(notDigits(tariff, rate, each));
    }
  }
  return rows.sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
}

const DIGITS = /^\d{0,32}$/;

function notDigits(tariff: Tariff, rate: Rate, code: string): Refusal {
  const message = `tariff ${tariff.id}: the code of ${rate.match.destination} is not up to ${MAX_PREFIX_DIGITS} digits`;
  return refuse('tariff.value-out-of-range', message, { ...placeOfRate(rate), field: 'code', value: code.slice(0, 120) });
}

function codesByDestination(deck: CodeDeck | undefined): ReadonlyMap<string, readonly string[]> {
  const byDestination = new Map<string, string[]>();
  for (const { code, destination } of deck?.codes ?? []) {
    const codes = byDestination.get(destination);
    if (codes === undefined) byDestination.set(destination, [code]);
    else codes.push(code);
  }
  return byDestination;
}

/** The distinct matchers of a tariff; the first matches everything. */
class Matchers {
  readonly list: Matcher[] = [];
  readonly setNames: string[] = [];
  readonly setPrefixes: ReadonlySet<string>[] = [];
  readonly #tariff: Tariff;
  readonly #bands: readonly string[];
  readonly #sets: ReadonlyMap<string, OriginSet>;
  readonly #known = new Map<string, number>();

  constructor(tariff: Tariff, timeBands: TimeBandSet | undefined, sets: readonly OriginSet[]) {
    this.#tariff = tariff;
    this.#bands = timeBands?.bands.map(({ name }) => name) ?? [];
    this.#sets = new Map(sets.map((set) => [set.id, set]));
    this.#add({
      calling: undefined,
      originSet: -1,
      outside: false,
      trunk: undefined,
      band: -1,
      serviceClass: undefined,
      jurisdiction: undefined,
      ratingGroup: undefined,
      apn: undefined,
      bandOnly: false,
      further: 0,
    });
  }

  indexOf(rate: Rate, faults: Refusal[]): number {
    const { calling, origin, trunk, band, serviceClass, jurisdiction, ratingGroup, apn } = rate.match;
    if ((calling ?? origin ?? trunk ?? band ?? serviceClass ?? jurisdiction ?? ratingGroup ?? apn) === undefined) return 0;
    const bandIndex = band === undefined ? -1 : this.#bands.indexOf(band);
    if (band !== undefined && bandIndex < 0) faults.push(this.#unknown(rate, 'tariff.band-unknown', 'band', band));
    const outside = origin?.startsWith('!') ?? false;
    const setName = outside ? origin?.slice(1) : origin;
    const originSet = setName === undefined ? -1 : this.#originSet(setName);
    if (setName !== undefined && originSet < 0) faults.push(this.#unknown(rate, 'tariff.origin-unknown', 'origin', setName));
    const bandOnly = (calling ?? origin ?? trunk ?? serviceClass ?? jurisdiction ?? ratingGroup ?? apn) === undefined;
    const further = [trunk, band, serviceClass, jurisdiction, ratingGroup, apn].filter((value) => value !== undefined).length;
    return this.#add({
      calling,
      originSet,
      outside,
      trunk,
      band: bandIndex,
      serviceClass,
      jurisdiction,
      ratingGroup,
      apn,
      bandOnly,
      further,
    });
  }

  #unknown(rate: Rate, code: 'tariff.band-unknown' | 'tariff.origin-unknown', field: string, value: string): Refusal {
    return refuse(code, `tariff ${this.#tariff.id}: ${describeRate({ rate, code: rate.match.code ?? '' })} names an unknown ${field}`, {
      ...placeOfRate(rate),
      field,
      value,
    });
  }

  #originSet(name: string): number {
    const known = this.setNames.indexOf(name);
    if (known >= 0) return known;
    const set = this.#sets.get(name);
    if (set === undefined) return -1;
    this.setPrefixes.push(new Set(set.prefixes));
    return this.setNames.push(name) - 1;
  }

  #add(matcher: Matcher): number {
    const key = JSON.stringify(matcher);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const index = this.list.push(matcher) - 1;
    this.#known.set(key, index);
    return index;
  }
}

/** The largest price that a row can hold. */
const MAX_ROW_PRICE = 2n ** 31n - 1n;

function layOut(tariff: Tariff, timeBands: TimeBandSet | undefined, rows: readonly Row[], matchers: Matchers): CompiledTariff {
  const scale = scaleOf(tariff);
  const formulas = new Indexed<Formula>();
  const destinations = new Indexed<string>();
  const formulaOfRate = new Map<Rate, number>();
  const codes: string[] = [];
  const groupRows: number[] = [];
  const table = shared(Int32Array, rows.length * ROW);
  const rowGroups = shared(Int32Array, rows.length);
  const shapes = new Indexed<Formula>();
  const validities = new Indexed<readonly [number, number]>();
  rows.forEach(({ code, rate, matcher }, row) => {
    if (codes.at(-1) !== code || groupRows.length === 0) {
      codes.push(code);
      groupRows.push(row);
    }
    let formula = formulaOfRate.get(rate);
    if (formula === undefined) {
      const built = compileFormula(rate.terms, scale, tariff.per);
      formula = formulas.indexOf(`${built.structure}|${pricesOf(built)}`, built);
      formulaOfRate.set(rate, formula);
    }
    const { fast, price, structure } = formulas.list[formula] as Formula; // just made, or made before
    const plain = fast !== undefined && price <= MAX_ROW_PRICE;
    const at = row * ROW;
    table[at + VALIDITY] = validities.indexOf(`${rate.validFromMicros}/${rate.validToMicros}`, [rate.validFromMicros, rate.validToMicros]);
    table[at + MATCHER] = matcher;
    table[at + SHAPE] = plain ? shapes.indexOf(structure, formulas.list[formula] as Formula) : -1; // as above
    table[at + PRICE] = plain ? Number(price) : -1;
    table[at + FORMULA] = formula;
    table[at + RATE_ID] = rate.id;
    table[at + DESTINATION] = destinations.indexOf(rate.match.destination, rate.match.destination);
    rowGroups[row] = groupRows.length - 1;
  });
  const groups = shared(Int32Array, groupRows.length + 1);
  groups.set(groupRows);
  groups[groupRows.length] = rows.length;
  rows.forEach((_, row) => {
    table[row * ROW + GROUP_END] = groups[(rowGroups[row] as number) + 1] as number;
  });
  const { rates: _, ...withoutRates } = tariff;
  return {
    tariff: withoutRates,
    timeBands,
    prefixes: PrefixTable.build(codes.map((code, group) => [code, groups[group] as number])),
    groupRows: groups,
    codes,
    rows: table,
    validities: sharedCopy(validities.list.flat()),
    rowGroups,
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

function sharedCopy(values: readonly number[]): Float64Array {
  const copy = shared(Float64Array, values.length);
  copy.set(values);
  return copy;
}

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

/** `rate 17 (44 United Kingdom, rates.csv:18)`. */
function describeRate(row: { readonly code: string; readonly rate: Rate } | undefined): string {
  if (row === undefined) return 'an unknown rate';
  const { rate, code } = row;
  const { calling, origin, trunk, band } = rate.match;
  const further = [calling && `caller ${calling}`, origin && `origin ${origin}`, trunk && `trunk ${trunk}`, band && `band ${band}`].filter(
    Boolean,
  );
  return `rate ${rate.id} (${[`${code} ${rate.match.destination}`.trim(), ...further, rate.place].filter(Boolean).join(', ')})`;
}
