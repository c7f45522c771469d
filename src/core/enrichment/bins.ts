/** A set of bins as a matcher: prefixes lead to the few rules that can fit, which are then looked at one by one. */
import { PrefixTable } from '../numbering/prefix-table.ts';
import type { BandClock } from '../time/band-clock.ts';
import type { Enrichment } from '../usage/enrichment.ts';
import type { UsageEvent } from '../usage/usage-event.ts';
import type { BinRule, BinSet } from './profile.ts';

export type PrefixField = 'called' | 'routed' | 'calling';
export const prefixFields: readonly PrefixField[] = ['called', 'routed', 'calling'];

type PlainField = Exclude<keyof BinRule, PrefixField | 'bin' | 'band'>;
type Found = Omit<Enrichment, 'bins'>;

const plainFields: Readonly<Record<PlainField, (event: UsageEvent, found: Found) => string | undefined>> = {
  service: (event) => event.service,
  callType: (_, found) => found.callType,
  causeClass: (_, found) => found.causeClass,
  country: (_, found) => found.country,
  owner: (_, found) => found.owner,
  callingOwner: (_, found) => found.callingOwner,
  network: (_, found) => found.network,
  tadig: (_, found) => found.tadig,
  place: (_, found) => found.place,
  tag: (_, found) => found.tag,
  trunkIn: (event) => event.trunkIn,
  trunkOut: (event) => event.trunkOut,
  source: (event) => event.source,
  serviceClass: (event) => event.serviceClass,
  ratingGroup: (event) => event.ratingGroup,
  apn: (event) => event.apn,
};
export const plainBinFields = Object.keys(plainFields) as readonly PlainField[]; // the record has exactly these keys

/** One prefix of each kind: a rule with several is several of these. `''` fits every number, also one that is missing. */
interface Condition {
  readonly bin: number;
  readonly prefixes: Readonly<Record<PrefixField, string>>;
  readonly fields: readonly (readonly [PlainField, ReadonlySet<string>])[];
  readonly bands: ReadonlySet<number> | undefined;
  /** Place among the rules. */
  readonly order: number;
}

/** The conditions of one prefix of the leading field, and the group of the longest prefix of that prefix; -1 for none. */
interface Group {
  readonly conditions: readonly number[];
  readonly shorter: number;
}

/**
 * Of the rules that fit, the one with the longest called prefix counts, then the longest routed, then the longest calling
 * prefix, then the one written first.
 */
export class BinMatcher {
  /** With the set's name before them. */
  readonly names: readonly string[];
  readonly #conditions: readonly Condition[];
  readonly #lead: PrefixField;
  readonly #groups: readonly Group[];
  readonly #table: PrefixTable;
  readonly #clock: BandClock | undefined;
  readonly #otherwise: number;

  /** `bandNames`: of the set's time bands, in their order; `clock` says which of them an instant lies in. */
  constructor(set: BinSet, bandNames: readonly string[], clock: BandClock | undefined) {
    const names = [...new Set([...set.rules.map(({ bin }) => bin), ...(set.otherwise === undefined ? [] : [set.otherwise])])];
    this.names = names.map((name) => `${set.id}/${name}`);
    this.#otherwise = set.otherwise === undefined ? -1 : names.indexOf(set.otherwise);
    this.#clock = clock;
    this.#conditions = set.rules.flatMap((rule, order) => expand(rule, order, names.indexOf(rule.bin), bandNames)).sort(byPrecedence);
    const variety = (field: PrefixField): number => new Set(this.#conditions.map(({ prefixes }) => prefixes[field])).size;
    this.#lead = prefixFields.reduce((best, field) => (variety(field) > variety(best) ? field : best));
    const groups = new Map<string, number[]>();
    for (const [index, { prefixes }] of this.#conditions.entries()) {
      const group = groups.get(prefixes[this.#lead]);
      if (group === undefined) groups.set(prefixes[this.#lead], [index]);
      else group.push(index);
    }
    const prefixes = [...groups.keys()];
    this.#table = PrefixTable.build(prefixes.map((prefix, group) => [prefix, group]));
    this.#groups = prefixes.map((prefix) => ({
      conditions: groups.get(prefix) ?? [],
      shorter: prefix === '' ? -1 : this.#table.longest(prefix.slice(0, -1)),
    }));
  }

  /** Index of the bin in `names`; -1 when the event is in none. Allocates nothing. */
  at(event: UsageEvent, found: Found): number {
    const routed = found.routing ?? event.called;
    const calling = event.calling ?? '';
    const lead = this.#lead === 'called' ? event.called : this.#lead === 'routed' ? routed : calling;
    let best = this.#conditions.length;
    for (let at = this.#table.longest(lead); at >= 0; ) {
      const { conditions, shorter } = this.#groups[at] as Group; // the table leads to groups
      // The conditions are in the order of their precedence, in a group too.
      for (const index of conditions) {
        if (index >= best) break;
        if (!this.#fits(this.#conditions[index] as Condition, event, found, routed, calling)) continue; // indices of the list
        best = index;
        break;
      }
      at = shorter;
    }
    return this.#conditions[best]?.bin ?? this.#otherwise;
  }

  #fits({ prefixes, fields, bands }: Condition, event: UsageEvent, found: Found, routed: string, calling: string): boolean {
    if (!event.called.startsWith(prefixes.called) || !routed.startsWith(prefixes.routed) || !calling.startsWith(prefixes.calling))
      return false;
    for (const [field, values] of fields) {
      const value = plainFields[field](event, found);
      if (value === undefined || !values.has(value)) return false;
    }
    return bands === undefined || (this.#clock !== undefined && bands.has(this.#clock.at(event.startMicros)));
  }
}

const ANY: readonly string[] = [''];

function expand(rule: BinRule, order: number, bin: number, bandNames: readonly string[]): readonly Condition[] {
  const fields = plainBinFields.flatMap((field): (readonly [PlainField, ReadonlySet<string>])[] => {
    const values = rule[field];
    return values === undefined ? [] : [[field, new Set<string>(values)]];
  });
  const bands = rule.band === undefined ? undefined : new Set(rule.band.map((name) => bandNames.indexOf(name)));
  const conditions: Condition[] = [];
  for (const called of rule.called ?? ANY)
    for (const routed of rule.routed ?? ANY)
      for (const calling of rule.calling ?? ANY) conditions.push({ bin, prefixes: { called, routed, calling }, fields, bands, order });
  return conditions;
}

function byPrecedence(a: Condition, b: Condition): number {
  for (const field of prefixFields) {
    const difference = b.prefixes[field].length - a.prefixes[field].length;
    if (difference !== 0) return difference;
  }
  return a.order - b.order;
}
