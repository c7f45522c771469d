/**
 * A format, declared as data: how the files of a kind of switch are written. Shipped ones are `data/formats/<id>.yaml`,
 * a user's are kind `formats` of the configuration; both have the same form. A source names one and may override it.
 */
import type { Source } from './source.ts';

/** How records are found in a file and columns in a record. Each has a codec in `codecs/cdr/families.ts`. */
export const formatFamilies = ['delimited', 'fixed', 'json', 'xml', 'detail', 'ber'] as const;
export type FormatFamily = (typeof formatFamilies)[number];

/** What a format says of its files: a source takes it over, but for what it says itself. */
export type FormatReading = Omit<
  Source,
  'id' | 'format' | 'numbering' | 'natures' | 'enrichment' | 'collecting' | 'duplicateWindowDays' | 'answeredBy'
> &
  Partial<Pick<Source, 'answeredBy'>>;

export interface FormatDeclaration {
  readonly id: string;
  /** For people: the switch and its file. */
  readonly name: string;
  readonly family: FormatFamily;
  readonly reading: FormatReading;
  /** Other column orders by name, which a source can choose with `template`. */
  readonly templates: Readonly<Record<string, readonly string[]>>;
  readonly provenance: Provenance;
}

/** Where what a format says comes from. */
export interface Provenance {
  /** Documents, as addresses. */
  readonly sources: readonly string[];
  /** What was compared with them; '' when nothing is said. */
  readonly checked: string;
  /** What could not be; '' when nothing is said. */
  readonly uncertain: string;
}

/** Finds a format by its id. */
export interface Formats {
  /** Undefined for one that is not there. Throws RefusedError when it is there and cannot be read. */
  find(id: string): FormatDeclaration | undefined;
  ids(): readonly string[];
}

/** Several kinds of records in one file, told apart by a text in each. */
export interface RecordTypes {
  /** Column (name or 1-based number) with the type. */
  readonly column: string;
  /** Types that are usage. Left out: all that `skip` does not name. */
  readonly take?: readonly string[];
  /**
   * Types that are passed over: headers, trailers, attempts, starts of calls that a later record tells whole; `*` for all that
   * `take` does not name. A type in neither list is rejected, so that a damaged record does not vanish.
   */
  readonly skip: readonly string[];
}

/** Fixed width. */
export interface FixedForm {
  /** Characters of a record where records are not lines; 0 for lines. */
  readonly recordLength: number;
  /** A line shorter than the layout: its missing columns are empty, or it is rejected. */
  readonly shortRecords: 'reject' | 'take';
}

export interface JsonForm {
  /** Values that are percent-encoded are decoded. */
  readonly urlDecode: boolean;
  /** Name of the list that holds the records, where they are not at the top. */
  readonly within?: string;
}

export interface XmlForm {
  /** Name of the element that is a record. It does not contain itself. */
  readonly record: string;
  readonly urlDecode: boolean;
}

/** How several records are one call or session. */
export const partKinds = ['start', 'stop', 'first', 'intermediate', 'last', 'single'] as const;
export type PartKind = (typeof partKinds)[number];
