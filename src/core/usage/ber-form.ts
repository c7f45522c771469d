/** What a format of the family `ber` declares besides what all formats do. Plain data, so it can be handed to a worker. */

/**
 * `concatenated`: records follow each other, with nothing or padding (0x00, 0xFF) between them.
 * `ts-32297`: files of 3GPP TS 32.297 §6.1: a file header, and a header before each record.
 */
export const berFramings = ['concatenated', 'ts-32297'] as const;
export type BerFraming = (typeof berFramings)[number];

export interface BerForm {
  readonly framing: BerFraming;
  /** Records do not cross a multiple of this many bytes, and the rest of a block is padding; 0: there are no blocks. */
  readonly blockSize: number;
  /**
   * Tags of the groups around the records, from the outside, such as `universal 16` and `1`: a file is then one element, and
   * what else is in it (a header, a trailer) is passed over. A file that does not begin so has its records one after the other.
   */
  readonly inside: readonly string[];
  /** Type of a record: a name of `types`, or an expression such as `application 1 CallRecord`. */
  readonly record: string;
  /**
   * Lists of which each element is charged on its own, such as `pGWRecord.listOfServiceData`; none: a record is one charge.
   * In paths through such a list the element under way is meant.
   */
  readonly each: readonly string[];
  readonly types: BerTypes;
}

/** By name. Written in `docs/reference/formats-ber.md`. */
export type BerTypes = Readonly<Record<string, BerTypeText>>;

/** `tbcd`, `list of GSNAddress`, or a group of named parts. */
export type BerTypeText = string | BerGroupText | BerNamesText;

export const berGroups = ['set', 'sequence', 'choice'] as const;
export const berNamed = ['integer', 'enumerated', 'bits'] as const;

/** Parts by name: `servedIMSI: 3 tbcd`. */
export type BerGroupText = { readonly [G in (typeof berGroups)[number]]?: Readonly<Record<string, string>> };
/** Names of values: `85: pGWRecord`. */
export type BerNamesText = { readonly [N in (typeof berNamed)[number]]?: Readonly<Record<string, string>> };
