import type { Refusal } from '#core/refusals.ts';
import type { Book } from '#core/tariffs/book.ts';
import type { Rate } from '#core/tariffs/tariff.ts';
import type { ImportMode } from './rate-template.ts';

/** One import as it was recorded. */
export interface ImportRecord {
  readonly importId: number;
  readonly agreement: string;
  readonly tariff: string;
  readonly fileName: string;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly mode: ImportMode | 'files';
  readonly summary: Readonly<Record<string, unknown>>;
  readonly knownFromMicros: number;
}

/** What an import writes, all of it or nothing. */
export interface Activation {
  readonly agreement: string;
  readonly tariff: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly mode: ImportMode;
  readonly summary: Readonly<Record<string, unknown>>;
  /** Rates known now that are no longer known so. */
  readonly superseded: readonly Rate[];
  /** Their `id` is not looked at. */
  readonly added: readonly Rate[];
}

/** The rates of the database within one transaction that nobody else changes. Storage implements it. */
export interface RateStore {
  /** All configuration known now, without rates. */
  book(): Promise<Book>;
  /** A tariff's rates as known now. */
  rates(tariff: string): Promise<readonly Rate[]>;
  /** A tariff's imports, the latest first. */
  imports(tariff: string): Promise<readonly ImportRecord[]>;
  import(importId: number): Promise<ImportRecord | undefined>;
  /** What an import has written and still stands, and what it superseded; undefined when something of the tariff has changed since. */
  writtenBy(record: ImportRecord): Promise<{ readonly added: readonly Rate[]; readonly superseded: readonly Rate[] } | undefined>;
  template(id: string): Promise<Readonly<Record<string, unknown>> | undefined>;
  activate(activation: Activation): Promise<{ readonly importId: number; readonly knownFromMicros: number }>;
  /** True when the template is new or other than it was. */
  saveTemplate(id: string, body: object): Promise<boolean>;
}

/** Compiles a book to see whether it holds together; the faults that it has. */
export type CompileCheck = (book: Book) => readonly Refusal[];
