/** Whoever needs tax on a document asks through TaxPort: our own rules answer, or an external tax service. TaxStore keeps what is recorded. */
import type { Result } from '#core/refusals.ts';
import type { TaxRateDeclaration } from '#core/tax/rules.ts';
import type { ExemptionCertificate, TaxAnswer, TaxQuestion } from '#core/tax/tax.ts';

export interface TaxPort {
  /** The tax on the lines of one document. Refusals are those of `determineTax`, and those of a service that cannot be asked. */
  answer(question: TaxQuestion): Promise<Result<TaxAnswer>>;
}

export interface Recorded {
  /** Microseconds. */
  readonly atMicros: number;
  readonly by: string;
}

export interface HeldCertificate extends ExemptionCertificate {
  /** A party, or a legal entity. */
  readonly party: string;
  readonly note?: string;
  readonly recorded: Recorded;
  /** Ended before its time: then `validTo` is that day. */
  readonly ended?: { readonly reason: string } & Recorded;
}

export interface ReadTaxTable {
  readonly rates: readonly TaxRateDeclaration[];
  /** Rows of the file. */
  readonly rows: number;
}

export interface TaxTableImport {
  readonly table: string;
  readonly file: string;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly rows: number;
  readonly recorded: Recorded;
}

export interface TaxStore {
  /** All, or those of the parties. */
  certificates(parties?: readonly string[]): Promise<readonly HeldCertificate[]>;
  /** False when the party has a certificate of this number for this already: then nothing is written. */
  addCertificate(certificate: Omit<HeldCertificate, 'ended'>): Promise<boolean>;
  /** False when it had been ended already: then nothing is written. */
  endCertificate(key: Pick<HeldCertificate, 'party' | 'id' | 'of'>, validTo: string, reason: string, recorded: Recorded): Promise<boolean>;
  /** The newest import of each table. */
  imports(): Promise<readonly TaxTableImport[]>;
  /** False when the newest import of the table has this content: then nothing is written. */
  addTable(table: TaxTableImport, rates: readonly TaxRateDeclaration[]): Promise<boolean>;
  /** Of the newest import of each table. */
  loadedRates(): Promise<readonly TaxRateDeclaration[]>;
}
