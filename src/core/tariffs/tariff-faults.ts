import { type Place, type Refusal, refuse } from '../refusals.ts';
import { type CompiledTariff, formulaOf, type Matcher, matcherOf, validFromOf, validToOf } from './compiled-tariff.ts';
import type { Tariff } from './tariff.ts';

/** How a row is called in a message, and where it was written. */
export interface NamedRow {
  readonly text: string;
  readonly place: Place;
}

type Name = (row: number) => NamedRow;

/** Pairs of rows that some traffic would match equally well at the same time. Reports the first of each code. */
export function findTies(compiled: CompiledTariff, nameOf: Name): readonly Refusal[] {
  const faults: Refusal[] = [];
  forEachGroup(compiled, (first, end) => {
    const byStart = new Map<string, number[]>();
    for (let row = first; row < end; row += 1) {
      const key = `${validFromOf(compiled, row)}/${matcherOf(compiled, row).further}`;
      const rows = byStart.get(key);
      if (rows === undefined) byStart.set(key, [row]);
      else rows.push(row);
    }
    for (const rows of byStart.values()) {
      const tie = rows.length > 1 ? firstTie(compiled, rows) : undefined;
      if (tie === undefined) continue;
      faults.push(
        refuse(
          'tariff.tie',
          `tariff ${compiled.tariff.id}: ${nameOf(tie[0]).text} and ${nameOf(tie[1]).text} match the same traffic equally well`,
          nameOf(tie[1]).place,
        ),
      );
    }
  });
  return faults;
}

function firstTie(compiled: CompiledTariff, rows: readonly number[]): readonly [number, number] | undefined {
  const seen = new Map<Matcher, number>();
  for (const row of rows) {
    if (neverValid(compiled, row)) continue;
    const same = seen.get(matcherOf(compiled, row));
    if (same !== undefined) return [same, row];
    seen.set(matcherOf(compiled, row), row);
  }
  const distinct = [...seen.entries()];
  for (const [index, [left, rowA]] of distinct.entries()) {
    for (const [right, rowB] of distinct.slice(index + 1)) {
      if (furtherCanMeet(left, right) && callingTies(compiled, left, right)) return [rowA, rowB];
    }
  }
  return undefined;
}

function neverValid(compiled: CompiledTariff, row: number): boolean {
  return validFromOf(compiled, row) >= validToOf(compiled, row);
}

function furtherCanMeet(a: Matcher, b: Matcher): boolean {
  return (
    (a.band < 0 || b.band < 0 || a.band === b.band) &&
    (['trunk', 'serviceClass', 'jurisdiction', 'ratingGroup', 'apn'] as const).every(
      (kind) => a[kind] === undefined || b[kind] === undefined || a[kind] === b[kind],
    ) &&
    binsCanMeet(a.bin, b.bin)
  );
}

/** An event has at most one bin of each set. */
function binsCanMeet(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b || setOf(a) !== setOf(b);
}

function setOf(bin: string): string {
  return bin.slice(0, bin.indexOf('/'));
}

/** Whether one caller can match both calling conditions with equal weight. */
function callingTies(compiled: CompiledTariff, a: Matcher, b: Matcher): boolean {
  const [left, right] = [callingPrefixes(compiled, a), callingPrefixes(compiled, b)];
  if (left === undefined || right === undefined) return left === right && a.outside === b.outside;
  for (const prefix of left) if (right.has(prefix)) return true;
  return false;
}

/** Prefixes that give a caller its weight; undefined for no condition and for `outside`, which have one weight each. */
function callingPrefixes(compiled: CompiledTariff, matcher: Matcher): ReadonlySet<string> | undefined {
  if (matcher.calling !== undefined) return new Set([matcher.calling]);
  if (matcher.originSet < 0 || matcher.outside) return undefined;
  return compiled.originSetPrefixes[matcher.originSet];
}

/** Rates that share a counter's name but not what it counts. Reports the first of each counter. */
export function findCounterFaults(tariff: Tariff): readonly Refusal[] {
  const shapes = new Map<string, string>();
  const faults = new Map<string, Refusal>();
  for (const { match, terms } of tariff.rates) {
    if (terms.tiers === undefined) continue;
    const { counter, kind, measure, period } = terms.tiers;
    const shape = `${kind} ${measure} by ${period}`;
    const known = shapes.get(counter) ?? shape;
    shapes.set(counter, known);
    if (known === shape || faults.has(counter)) continue;
    const message = `tariff ${tariff.id}: counter ${counter} is ${known} in one rate and ${shape} in the rate for ${match.destination}`;
    faults.set(counter, refuse('tariff.counter-differs', message, { field: 'tiers', value: counter }));
  }
  return [...faults.values()];
}

/** The same for matchers that differ in their band only. */
function familyNameOf({ band: _, further: __, ...rest }: Matcher): string {
  return JSON.stringify(rest);
}

/** Codes that have rates for some bands only, and rates of a code whose structure differs although `split` prices one call by both. */
export function findBandFaults(compiled: CompiledTariff, split: boolean, nameOf: Name): readonly Refusal[] {
  const bands = compiled.timeBands?.bands ?? [];
  if (bands.length === 0) return [];
  const faults: Refusal[] = [];
  const familyNames = new Map<Matcher, string>();
  forEachGroup(compiled, (first, end) => {
    const families = new Map<string, number[]>();
    for (let row = first; row < end; row += 1) {
      const matcher = matcherOf(compiled, row);
      if (matcher.band < 0 || neverValid(compiled, row)) continue;
      const family = familyNames.get(matcher) ?? familyNameOf(matcher);
      familyNames.set(matcher, family);
      families.set(family, [...(families.get(family) ?? []), row]);
    }
    for (const rows of families.values()) {
      const gap = firstGap(compiled, rows, first, end);
      if (gap !== undefined) {
        const [row, band] = gap;
        faults.push(
          refuse(
            'tariff.band-gap',
            `tariff ${compiled.tariff.id}: ${nameOf(row).text} has no rate for band ${bands[band]?.name}`,
            nameOf(row).place,
          ),
        );
      }
      const volume = split ? rows.find((row) => formulaOf(compiled, row).tiers?.kind === 'volume') : undefined;
      if (volume !== undefined) {
        const message = `tariff ${compiled.tariff.id}: ${nameOf(volume).text} has whole-volume tiers, whose adjustment cannot follow a call over bands`;
        faults.push(refuse('tariff.volume-tiers-split', message, nameOf(volume).place));
      }
      const other = split ? rows.find((row) => overlapsWithOther(compiled, rows, row)) : undefined;
      if (other !== undefined) {
        faults.push(
          refuse(
            'tariff.split-structure',
            `tariff ${compiled.tariff.id}: ${nameOf(other).text} differs from the rate of another band in more than its price`,
            nameOf(other).place,
          ),
        );
      }
    }
  });
  return faults;
}

/** A row and a band that nothing of the code covers at the row's start. */
function firstGap(compiled: CompiledTariff, family: readonly number[], first: number, end: number): readonly [number, number] | undefined {
  const bandCount = compiled.timeBands?.bands.length ?? 0;
  for (const row of family) {
    const at = validFromOf(compiled, row);
    if (hasBandlessRate(compiled, row, first, end, at)) continue;
    for (let band = 0; band < bandCount; band += 1) {
      if (!family.some((other) => matcherOf(compiled, other).band === band && isValid(compiled, other, at))) return [row, band];
    }
  }
  return undefined;
}

/** Whether the code has a rate without a band that fits all that `row` fits. */
function hasBandlessRate(compiled: CompiledTariff, row: number, first: number, end: number, at: number): boolean {
  const wanted = matcherOf(compiled, row);
  for (let other = first; other < end; other += 1) {
    const matcher = matcherOf(compiled, other);
    const fits = (Object.keys(matcher) as (keyof Matcher)[]).every((key) => {
      if (key === 'band' || key === 'bandOnly' || key === 'further') return true;
      return (
        matcher[key] === undefined || matcher[key] === -1 || matcher[key] === wanted[key] || (key === 'outside' && matcher.originSet < 0)
      );
    });
    if (matcher.band < 0 && fits && isValid(compiled, other, at)) return true;
  }
  return false;
}

function overlapsWithOther(compiled: CompiledTariff, rows: readonly number[], row: number): boolean {
  const structure = structureAt(compiled, row);
  return rows.some((other) => structureAt(compiled, other) !== structure && isValid(compiled, other, validFromOf(compiled, row)));
}

function structureAt(compiled: CompiledTariff, row: number): string {
  return formulaOf(compiled, row).structure;
}

function isValid(compiled: CompiledTariff, row: number, micros: number): boolean {
  return validFromOf(compiled, row) <= micros && micros < validToOf(compiled, row);
}

function forEachGroup(compiled: CompiledTariff, visit: (first: number, end: number) => void): void {
  const { firstRows } = compiled.groups;
  for (let group = 0; group + 1 < firstRows.length; group += 1) {
    const [first, end] = [firstRows[group] ?? 0, firstRows[group + 1] ?? 0];
    if (end - first > 1 || matcherOf(compiled, first).band >= 0) visit(first, end);
  }
}
