/** What reconciling keeps and reads. `storage/reconciliation` implements it over PostgreSQL. */
import type { Declared } from '#core/settlement/reconciliation/declared.ts';
import type { ComparedRate } from '#core/settlement/reconciliation/price-call.ts';
import type { UsageCells } from '#core/settlement/reconciliation/usage-cells.ts';
import type { Period } from '#core/time/period.ts';
import type { Service } from '#core/usage/usage-event.ts';
import type { AgreementTerms } from '../settlement/books.ts';

export interface KeptFile {
  readonly name: string;
  readonly sha256: string;
  readonly content: Uint8Array;
}

/** Who recorded something, and when. */
export interface Recorded {
  readonly atMicros: number;
  readonly by: string;
}

export interface NewDeclaration extends Declared {
  readonly document?: string;
  /** Name of the file, or `typed in`. */
  readonly source: string;
  readonly file?: KeptFile;
  readonly columns: readonly (readonly [header: string, field: string])[];
  readonly recorded: Recorded;
}

export interface RecordedDeclaration extends Omit<NewDeclaration, 'file' | 'lines'> {
  readonly id: bigint;
  readonly sha256?: string;
  readonly lineCount: number;
  readonly amountNanos?: bigint;
}

export interface DeclarationStore {
  /** The number it got; of a file that is recorded for the same side, service and period, the number it has. */
  add(declaration: NewDeclaration): Promise<{ readonly id: bigint; readonly isNew: boolean }>;
  /** Latest first. */
  list(filter: { readonly agreement?: string; readonly period?: Period }): Promise<readonly RecordedDeclaration[]>;
  lines(id: bigint): Promise<Declared['lines']>;
}

export interface ComparedUsage {
  readonly cells: UsageCells;
  readonly rates: ReadonlyMap<number, ComparedRate>;
  /** Names of the files that cells refer to. */
  readonly files: ReadonlyMap<number, string>;
}

export interface ReconciliationBooks {
  findAgreement(id: string): Promise<AgreementTerms | undefined>;
  agreementIds(): Promise<readonly string[]>;
  /** Charged usage of one side and service, of the period and a day on either side. */
  usage(terms: AgreementTerms, side: Declared['side'], service: Service, period: Period): Promise<ComparedUsage>;
}
