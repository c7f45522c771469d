/** Enrichment as it is configured: profiles that sources name, sets of bins, and declarations of number tables. */
import type { NumberWriting } from '../numbering/normalise.ts';
import type { CallType, CauseClass } from '../usage/enrichment.ts';
import type { Service } from '../usage/usage-event.ts';
import type { CauseScheme } from './cause-classes.ts';

/** What is done with the events of the sources that name it. */
export interface EnrichmentProfile {
  readonly id: string;
  /** ISO 3166-1 alpha-2: numbers of this country are national. Undefined: no call types but those of the tables. */
  readonly country?: string;
  /** The operator's own network: owners as number tables name them, and prefixes of numbers that are not ported. */
  readonly ownNetwork?: { readonly owners: readonly string[]; readonly prefixes: readonly string[] };
  /** Number tables, the first that has a number counts. */
  readonly numberTables: readonly string[];
  /** Whether the caller's owner is looked up too. */
  readonly callingOwner: boolean;
  /** Types of number ranges, before what the world deck knows; the longest prefix counts. */
  readonly callTypes: readonly { readonly prefix: string; readonly type: CallType }[];
  readonly shortCodes: readonly ShortCode[];
  readonly causeScheme: CauseScheme;
  /** Before the default classes of the scheme. */
  readonly causes: readonly { readonly cause: string; readonly class: CauseClass }[];
  /** Beginnings of cell or area identities, the longest counts. */
  readonly places: readonly { readonly cell: string; readonly place: string }[];
  /** TADIG codes of networks (MCC and MNC without a hyphen). */
  readonly tadig: readonly { readonly tadig: string; readonly network: string }[];
  /** Sets of bins, in the order in which they are asked. */
  readonly bins: readonly string[];
}

/** A number that means something only in this network. Exactly these digits. */
export interface ShortCode {
  readonly code: string;
  readonly type: CallType;
  /** Rates see this number instead. */
  readonly pricedAs?: string;
}

/** A table of numbers, each with its LRN or its owner. Its rows are imported, not configured. */
export interface NumberTableDeclaration {
  readonly id: string;
  /** What its values are: an LRN or other number to route by, or the name of an owner. */
  readonly gives: 'routing-number' | 'owner';
  /** Owners whose numbers are priced as these digits. */
  readonly owners: readonly { readonly owner: string; readonly pricedAs: string }[];
  readonly file: NumberFile;
}

/** How files of a number table are written. */
export interface NumberFile {
  /** One character. */
  readonly separator: string;
  /** The first line names the columns; without, columns are 1-based numbers. */
  readonly header: boolean;
  readonly columns: {
    readonly number: string;
    readonly value: string;
    readonly validFrom?: string;
    readonly validTo?: string;
    /** Tells rows that end a number's porting from those that set it. */
    readonly action?: string;
  };
  /** Texts of the column `action` that end it. */
  readonly endedBy: readonly string[];
  /** Zone of times without an offset. */
  readonly zone: string;
  readonly numbering: NumberWriting;
  /** A last line without a line end: refused, because it may be cut, or taken. */
  readonly unendedLine: 'refuse' | 'take';
}

/** Names for events by any field. An event has at most one of each set. */
export interface BinSet {
  readonly id: string;
  /** For rules with `band`: a set of time bands, and the zone of its clock. */
  readonly timeBands?: string;
  readonly zone: string;
  readonly rules: readonly BinRule[];
  /** The bin of events that no rule fits. */
  readonly otherwise?: string;
}

/** All that is given must fit; of a list any. */
export interface BinRule {
  readonly bin: string;
  /** Prefixes of the number as it was called, of the number that portability routes to, and of the caller's. */
  readonly called?: readonly string[];
  readonly routed?: readonly string[];
  readonly calling?: readonly string[];
  readonly service?: readonly Service[];
  readonly band?: readonly string[];
  readonly callType?: readonly CallType[];
  readonly causeClass?: readonly CauseClass[];
  readonly country?: readonly string[];
  readonly owner?: readonly string[];
  readonly callingOwner?: readonly string[];
  readonly network?: readonly string[];
  readonly tadig?: readonly string[];
  readonly place?: readonly string[];
  readonly tag?: readonly string[];
  readonly trunkIn?: readonly string[];
  readonly trunkOut?: readonly string[];
  readonly source?: readonly string[];
  readonly serviceClass?: readonly string[];
  readonly ratingGroup?: readonly string[];
  readonly apn?: readonly string[];
}
