/** Rate sheets that are being taken in: kept until they are activated or thrown away. */

/** How a sheet is to be read, as it was given; checked when the sheet is. */
export interface SheetOptions {
  readonly role?: string;
  readonly service?: string;
  readonly template?: string;
  readonly saveTemplate?: string;
  /** `Header=field`, each. */
  readonly map?: readonly string[];
  readonly mode?: string;
  readonly sheet?: string;
  readonly separator?: string;
  readonly dateFormat?: string;
  readonly decimal?: string;
  readonly zone?: string;
  readonly increments?: string;
  readonly effective?: string;
  readonly maxChangeFactor?: string;
  readonly noticeDays?: string;
  readonly skipRows?: string;
  readonly accept?: readonly string[];
}

export interface SheetDraft {
  readonly id: number;
  /** Who began it; `party:northwind` where the partner sent it. */
  readonly owner: string;
  readonly agreement: string;
  readonly fileName: string;
  readonly options: SheetOptions;
  readonly version: number;
  readonly changedMicros: number;
}

/** What an owner may have waiting. */
export const MOST_DRAFTS = 20;
