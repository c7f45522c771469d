/** What is known of a number: for people who wonder why a call was priced as it was. */
import { type NumberReading, type NumberWriting, normaliseNumber } from '#core/numbering/normalise.ts';
import { PrefixTable } from '#core/numbering/prefix-table.ts';
import type { Jurisdiction } from '#core/tariffs/tariff.ts';
import { loadCountries, loadJurisdictions, loadMobileNetworks, loadNumberPlan, loadWorldCodeDeck } from './reference-data.ts';

export interface NumberReport {
  readonly written: string;
  readonly reading: NumberReading;
  /** Alpha-2 and name, or the name alone of a worldwide service; undefined when the country code is not assigned. */
  readonly country?: { readonly code?: string; readonly name: string };
  /** In the default world code deck, with the code that matched. */
  readonly destination?: { readonly name: string; readonly kind: string; readonly code: string };
  /** Of a North American number: US-NY, CA-ON. */
  readonly state?: string;
}

/** Between two numbers, the first calling the second. */
export interface PairReport {
  readonly national: boolean;
  /** Only where both are of country code 1. */
  readonly jurisdiction?: Jurisdiction;
}

export interface ImsiReport {
  readonly imsi: string;
  readonly network?: {
    readonly mcc: string;
    readonly mnc: string;
    readonly countries: readonly string[];
    readonly brand: string;
    readonly operator: string;
    readonly status: string;
  };
}

export function reportNumber(written: string, rules: NumberWriting): NumberReport {
  const reading = normaliseNumber(written, rules);
  if (reading.kind !== 'number') return { written, reading };
  const { digits } = reading;
  const assigned = loadNumberPlan().find(digits);
  const { table, destinations } = loadWorldCodeDeck();
  const found = destinations[table.longest(digits)];
  const state = stateOf(digits);
  return {
    written,
    reading,
    ...(assigned === undefined
      ? {}
      : { country: assigned.country === undefined ? { name: assigned.name } : { code: assigned.country, name: nameOf(assigned.country) } }),
    ...(found === undefined ? {} : { destination: { name: found.name, kind: found.kind, code: longestOf(found.codes, digits) } }),
    ...(state === undefined ? {} : { state }),
  };
}

/** Undefined unless both were read as numbers. */
export function reportPair(from: NumberReport, to: NumberReport): PairReport | undefined {
  if (from.reading.kind !== 'number' || to.reading.kind !== 'number') return undefined;
  const [calling, called] = [from.reading.digits, to.reading.digits];
  const national = loadNumberPlan().isNational(calling, called);
  if (!calling.startsWith('1') || !called.startsWith('1')) return { national };
  const known = from.state !== undefined && to.state !== undefined;
  return { national, jurisdiction: !known ? 'indeterminate' : from.state === to.state ? 'intrastate' : 'interstate' };
}

export function reportImsi(imsi: string): ImsiReport {
  const network = loadMobileNetworks().ofImsi(imsi);
  return network === undefined ? { imsi } : { imsi, network };
}

function stateOf(digits: string): string | undefined {
  const { prefixes, states } = loadJurisdictions();
  return states[new PrefixTable(prefixes).longest(digits)];
}

function nameOf(country: string): string {
  return loadCountries().get(country)?.name ?? country;
}

function longestOf(codes: readonly string[], digits: string): string {
  return codes.filter((code) => digits.startsWith(code)).reduce((longest, code) => (code.length > longest.length ? code : longest), '');
}
