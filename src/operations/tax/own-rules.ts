/** The port answered by our own rules. */
import { determineTax } from '#core/tax/determine-tax.ts';
import type { TaxRules } from '#core/tax/rules.ts';
import type { TaxPort } from './ports.ts';

export function taxByRules(rules: TaxRules): TaxPort {
  return { answer: async (question) => determineTax(rules, question) };
}
