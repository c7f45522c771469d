import { type Place, type RefusalCode, RefusedError, refuse } from '#core/refusals.ts';
import type { SheetRow } from '#core/tariffs/rate-sheets/sheet.ts';

/** A file that holds one or more sheets, opened for reading. */
export interface SheetFile {
  /** Its name without folders. */
  readonly name: string;
  readonly sha256: Buffer;
  /** What was found: `CSV, utf-8, separator ";"` or `XLSX`. */
  readonly format: string;
  /** Text has one, without a name. */
  readonly sheets: readonly SheetName[];
  /** Rows in batches, blank ones left out. Throws RefusedError when the file cannot be read on. */
  rows(sheet: SheetName): AsyncGenerator<readonly SheetRow[]>;
  close(): Promise<void>;
}

export interface SheetName {
  readonly name: string;
  readonly hidden: boolean;
}

/** Limits that keep memory bounded, whatever a file claims. */
export interface SheetLimits {
  readonly fileBytes: number;
  /** Parts of a workbook: unpacked bytes of one, of all, how many, and how far one may be packed. */
  readonly partBytes: number;
  readonly totalBytes: number;
  readonly parts: number;
  readonly ratio: number;
  readonly sharedStrings: number;
  readonly columns: number;
}

export const usualLimits: SheetLimits = {
  fileBytes: 512 * 1024 ** 2,
  partBytes: 1024 ** 3,
  totalBytes: 2 * 1024 ** 3,
  parts: 10_000,
  ratio: 250,
  sharedStrings: 4_000_000,
  columns: 1024,
};

/** Reading goes through streams and parsers of others, so a refusal travels as an exception up to the opening. */
export function stop(code: RefusalCode, message: string, at?: Place): never {
  throw new RefusedError(refuse(code, message, at));
}
