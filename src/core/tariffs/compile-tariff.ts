import { MAX_PREFIX_DIGITS } from '../numbering/prefix-table.ts';
import { type Refusal, type Result, refuse } from '../refusals.ts';
import { checkTimeBands } from '../time/band-clock.ts';
import type { TimeBandSet } from '../time/time-bands.ts';
import { checkTerms } from './compile-formula.ts';
import type { CompiledTariff, Matcher } from './compiled-tariff.ts';
import { layOut, type Row } from './lay-out.ts';
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
      bin: undefined,
      bandOnly: false,
      further: 0,
    });
  }

  indexOf(rate: Rate, faults: Refusal[]): number {
    const { calling, origin, trunk, band, serviceClass, jurisdiction, ratingGroup, apn, bin } = rate.match;
    if ((calling ?? origin ?? trunk ?? band ?? serviceClass ?? jurisdiction ?? ratingGroup ?? apn ?? bin) === undefined) return 0;
    const bandIndex = band === undefined ? -1 : this.#bands.indexOf(band);
    if (band !== undefined && bandIndex < 0) faults.push(this.#unknown(rate, 'tariff.band-unknown', 'band', band));
    const outside = origin?.startsWith('!') ?? false;
    const setName = outside ? origin?.slice(1) : origin;
    const originSet = setName === undefined ? -1 : this.#originSet(setName);
    if (setName !== undefined && originSet < 0) faults.push(this.#unknown(rate, 'tariff.origin-unknown', 'origin', setName));
    const bandOnly = (calling ?? origin ?? trunk ?? serviceClass ?? jurisdiction ?? ratingGroup ?? apn ?? bin) === undefined;
    const further = [trunk, band, serviceClass, jurisdiction, ratingGroup, apn, bin].filter((value) => value !== undefined).length;
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
      bin,
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
