/** What reading a configuration needs to know of the world. Implemented by `src/app/configuration.ts` and by tests. */
export interface ReferenceData {
  /** True for an ISO 3166-1 alpha-2 code. */
  isCountry(code: string): boolean;
  /** Public holidays of a country (and region), sorted local dates; undefined when there is no calendar for it. */
  holidays(country: string, region: string | undefined, fromYear: number, toYear: number): readonly string[] | undefined;
  /** The default code deck, by code. */
  worldCodes(): readonly { readonly code: string; readonly destination: string }[];
  /** Rows of delimited text. */
  parseTable(text: string, separator: string): Iterable<TableRow>;
  /** One row of delimited text, without line end. */
  formatTableRow(fields: readonly string[]): string;
}

export interface TableRow {
  readonly line: number;
  readonly fields: readonly string[];
  readonly fault?: { readonly line: number; readonly message: string };
}
