/** Whoever needs tax on a document asks through this port: our own rules answer, or an external tax service. */
import type { Result } from '#core/refusals.ts';
import type { TaxAnswer, TaxQuestion } from '#core/tax/tax.ts';

export interface TaxPort {
  /** The tax on the lines of one document. Refusals are those of `determineTax`, and those of a service that cannot be asked. */
  answer(question: TaxQuestion): Promise<Result<TaxAnswer>>;
}
