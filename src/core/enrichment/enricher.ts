/** Finds out what the profile of a source asks for about its events. Pure; one for each thread, on shared tables. */
import { type MobileNetwork, MobileNetworks } from '../numbering/mobile-networks.ts';
import { NumberTable, type NumberTableParts } from '../numbering/number-table.ts';
import { PrefixTable, type PrefixTableParts } from '../numbering/prefix-table.ts';
import { BandClock } from '../time/band-clock.ts';
import type { HolidayCalendar, TimeBandSet } from '../time/time-bands.ts';
import type { CallType, CauseClass, Enrichment } from '../usage/enrichment.ts';
import type { UsageEvent } from '../usage/usage-event.ts';
import { BinMatcher } from './bins.ts';
import { classifyCause } from './cause-classes.ts';
import { Places } from './places.ts';
import type { BinSet, EnrichmentProfile, NumberTableDeclaration, ShortCode } from './profile.ts';
import { VisitedNetworks } from './visited-network.ts';

/** All that the sources of a run need to be enriched; structured-clonable, large tables on shared memory. */
export interface SharedEnrichment {
  readonly profiles: readonly EnrichmentProfile[];
  readonly bins: readonly BinSet[];
  readonly timeBands: readonly TimeBandSet[];
  readonly calendars: readonly HolidayCalendar[];
  readonly numberTables: readonly OpenNumberTable[];
  readonly numberRanges: NumberRanges | undefined;
  /** Undefined when no source says in which network a subscriber was. */
  readonly mobileNetworks: readonly MobileNetwork[] | undefined;
}

export interface OpenNumberTable {
  readonly declaration: Pick<NumberTableDeclaration, 'id' | 'gives' | 'owners'>;
  readonly parts: NumberTableParts;
}

/** What the world deck knows of ranges: country and kind by prefix. */
export interface NumberRanges {
  readonly prefixes: PrefixTableParts;
  readonly ranges: readonly NumberRange[];
}

export interface NumberRange {
  /** Alpha-2; undefined for a worldwide service. */
  readonly country: string | undefined;
  /** Undefined for ordinary fixed and mobile numbers. */
  readonly type: CallType | undefined;
}

/** What a record says beside its event, as it was written; '' where it says nothing. */
export interface Marks {
  readonly tag: string | undefined;
  readonly sender: string | undefined;
  readonly withheld: boolean;
  readonly cell: string;
  readonly network: string;
  /** The short code that was called. */
  readonly shortCode: ShortCode | undefined;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

interface OwnedTable {
  readonly id: string;
  readonly table: NumberTable;
  readonly givesOwner: boolean;
  /** By the value's index: digits to price as; '' for none. */
  readonly pricedAs: readonly string[];
}

export class Enricher {
  readonly #profile: EnrichmentProfile;
  readonly #tables: readonly OwnedTable[];
  readonly #ranges: PrefixTable | undefined;
  readonly #rangeList: readonly NumberRange[];
  readonly #ownTypes: PrefixTable | undefined;
  readonly #ownPrefixes: PrefixTable | undefined;
  readonly #owners: ReadonlySet<string>;
  readonly #shortCodes: ReadonlyMap<string, ShortCode>;
  readonly #causes: ReadonlyMap<string, CauseClass>;
  /** Causes come again and again. */
  readonly #answeredClasses = new Map<string, CauseClass | undefined>();
  readonly #unansweredClasses = new Map<string, CauseClass | undefined>();
  readonly #places: Places | undefined;
  readonly #networks: VisitedNetworks | undefined;
  readonly #bins: readonly BinMatcher[];
  readonly #binLists: BinNode = { list: undefined, next: [] };

  constructor(profile: EnrichmentProfile, shared: SharedEnrichment) {
    this.#profile = profile;
    this.#tables = profile.numberTables.flatMap((id) => {
      const open = shared.numberTables.find(({ declaration }) => declaration.id === id);
      return open === undefined ? [] : [ownedTable(open)];
    });
    this.#ranges = shared.numberRanges && new PrefixTable(shared.numberRanges.prefixes);
    this.#rangeList = shared.numberRanges?.ranges ?? [];
    const { callTypes, ownNetwork, places } = profile;
    this.#ownTypes = callTypes.length === 0 ? undefined : PrefixTable.build(callTypes.map(({ prefix }, index) => [prefix, index]));
    const prefixes = ownNetwork?.prefixes ?? [];
    this.#ownPrefixes = prefixes.length === 0 ? undefined : PrefixTable.build(prefixes.map((prefix) => [prefix, 0]));
    this.#owners = new Set(ownNetwork?.owners);
    this.#shortCodes = new Map(profile.shortCodes.map((code) => [code.code, code]));
    this.#causes = new Map(profile.causes.map((row) => [row.cause, row.class]));
    this.#places = places.length === 0 ? undefined : new Places(places);
    this.#networks =
      shared.mobileNetworks === undefined ? undefined : new VisitedNetworks(new MobileNetworks(shared.mobileNetworks), profile.tadig);
    this.#bins = profile.bins.flatMap((id) => {
      const set = shared.bins.find((each) => each.id === id);
      return set === undefined ? [] : [openBins(set, shared)];
    });
  }

  /** The short code that these digits are, in this network. */
  shortCode(digits: string): ShortCode | undefined {
    return this.#shortCodes.get(digits);
  }

  /** What is found out about an event whose numbers are normalised. Undefined when it is nothing. */
  enrich(event: UsageEvent, marks: Marks): Enrichment | undefined {
    const found: Writable<Enrichment> = {};
    const calls = event.service === 'voice' || event.service === 'sms' || event.service === 'mms';
    if (marks.tag !== undefined) found.tag = marks.tag;
    if (marks.sender !== undefined) found.sender = marks.sender;
    if (marks.withheld) found.withheld = true;
    if (calls && marks.shortCode === undefined) this.#lookUpCalled(event, found);
    if (this.#profile.callingOwner && event.calling !== undefined) this.#lookUpCaller(event, event.calling, found);
    if (calls) this.#classifyCall(event, marks.shortCode, found);
    if (event.service === 'voice') {
      const causeClass = this.#causeClass(event.answered, event.cause ?? '');
      if (causeClass !== undefined) found.causeClass = causeClass;
    }
    if (marks.cell !== '' && this.#places !== undefined) {
      const place = this.#places.find(marks.cell);
      if (place !== undefined) found.place = place;
    }
    if (marks.network !== '' && this.#networks !== undefined) {
      const { network, tadig } = this.#networks.find(marks.network);
      if (network !== undefined) found.network = network;
      if (tadig !== undefined) found.tadig = tadig;
    }
    const bins = this.#binsOf(event, found);
    if (bins !== undefined) found.bins = bins;
    return isEmpty(found) ? undefined : found;
  }

  #causeClass(answered: boolean, cause: string): CauseClass | undefined {
    const remembered = answered ? this.#answeredClasses : this.#unansweredClasses;
    if (remembered.has(cause)) return remembered.get(cause);
    const found = classifyCause(answered, cause, this.#profile.causeScheme, this.#causes);
    if (remembered.size < MOST_CAUSES) remembered.set(cause, found);
    return found;
  }

  #lookUpCalled(event: UsageEvent, found: Writable<Enrichment>): void {
    const seconds = Math.floor(event.startMicros / 1_000_000);
    for (const { id, table, givesOwner, pricedAs } of this.#tables) {
      const index = table.indexAt(event.called, seconds);
      if (index === 0) continue;
      const value = table.parts.values[index] as string; // an index of the table's own
      found.numberTable = id;
      if (givesOwner) found.owner = value;
      const routing = givesOwner ? pricedAs[index] : value;
      if (routing !== undefined && routing !== '') found.routing = routing;
      return;
    }
  }

  #lookUpCaller(event: UsageEvent, calling: string, found: Writable<Enrichment>): void {
    const seconds = Math.floor(event.startMicros / 1_000_000);
    for (const { table, givesOwner } of this.#tables) {
      const index = givesOwner ? table.indexAt(calling, seconds) : 0;
      if (index === 0) continue;
      found.callingOwner = table.parts.values[index] as string; // an index of the table's own
      return;
    }
  }

  #classifyCall(event: UsageEvent, shortCode: ShortCode | undefined, found: Writable<Enrichment>): void {
    if (shortCode !== undefined) {
      found.callType = shortCode.type;
      return;
    }
    const range = this.#rangeList[this.#ranges?.longest(event.called) ?? -1];
    if (range?.country !== undefined) found.country = range.country;
    const own = this.#ownTypes?.longest(event.called) ?? -1;
    const type = own >= 0 ? this.#profile.callTypes[own]?.type : (range?.type ?? this.#byCountry(event, range, found));
    if (type !== undefined) found.callType = type;
  }

  #byCountry(event: UsageEvent, range: NumberRange | undefined, found: Enrichment): CallType | undefined {
    const { country, ownNetwork } = this.#profile;
    if (country === undefined || range === undefined) return undefined;
    if (range.country !== country) return 'international';
    if (ownNetwork === undefined) return 'national';
    // A ported number is its owner's, whatever its prefix was.
    const isOwn =
      found.owner !== undefined
        ? this.#owners.has(found.owner)
        : found.routing === undefined && (this.#ownPrefixes?.longest(event.called) ?? -1) >= 0;
    return isOwn ? 'on-net' : 'off-net';
  }

  /** Lists of the same bins are one list. */
  #binsOf(event: UsageEvent, found: Enrichment): readonly string[] | undefined {
    let node = this.#binLists;
    for (const matcher of this.#bins) {
      const index = matcher.at(event, found) + 1;
      let next = node.next[index];
      if (next === undefined) {
        const name = matcher.names[index - 1];
        next = { list: name === undefined ? node.list : Object.freeze([...(node.list ?? []), name]), next: [] };
        node.next[index] = next;
      }
      node = next;
    }
    return node.list;
  }
}

/** Field by field: to enumerate an object costs more than all of this. */
function isEmpty({
  callType,
  causeClass,
  country,
  numberTable,
  callingOwner,
  network,
  place,
  tag,
  sender,
  withheld,
  bins,
}: Enrichment): boolean {
  return (
    (callType ?? causeClass ?? country ?? numberTable ?? callingOwner ?? network ?? place ?? tag ?? sender ?? withheld ?? bins) ===
    undefined
  );
}

const MOST_CAUSES = 10_000;

interface BinNode {
  readonly list: readonly string[] | undefined;
  readonly next: BinNode[];
}

function ownedTable({ declaration: { id, gives, owners }, parts }: OpenNumberTable): OwnedTable {
  const byOwner = new Map(owners.map(({ owner, pricedAs }) => [owner, pricedAs]));
  return {
    id,
    table: new NumberTable(parts),
    givesOwner: gives === 'owner',
    pricedAs: parts.values.map((value) => byOwner.get(value) ?? ''),
  };
}

function openBins(set: BinSet, { timeBands, calendars }: SharedEnrichment): BinMatcher {
  const bands = timeBands.find(({ id }) => id === set.timeBands);
  const calendar = calendars.find(({ id }) => id === bands?.calendar);
  const clock = bands === undefined ? undefined : new BandClock(bands, calendar, set.zone);
  return new BinMatcher(set, bands?.bands.map(({ name }) => name) ?? [], clock);
}

/** The enricher of a source's profile; undefined when it names none. */
export function openEnricher(shared: SharedEnrichment | undefined, profile: string | undefined): Enricher | undefined {
  if (shared === undefined || profile === undefined) return undefined;
  const found = shared.profiles.find(({ id }) => id === profile);
  return found === undefined ? undefined : new Enricher(found, shared);
}
