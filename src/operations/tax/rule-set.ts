/** All rules that count: the user's own and loaded ones before those that are shipped. */
import type { TaxRateDeclaration, TaxRuleDeclaration, TaxRules, WithholdingDeclaration } from '#core/tax/rules.ts';
import { type ShippedTax, shippedTax } from './shipped-rules.ts';

export interface DeclaredTax {
  readonly taxRules: readonly TaxRuleDeclaration[];
  readonly taxRates: readonly TaxRateDeclaration[];
  readonly withholdingRules: readonly WithholdingDeclaration[];
}

/**
 * Declared rules and rates are asked before the shipped ones, and stand in place of those with the same id. Loaded
 * rates (`carillon tax import`) count as the user's own; a declared rate of the same id stands in their place.
 */
export function taxRulesOf(declared: DeclaredTax, loaded: readonly TaxRateDeclaration[], shipped: ShippedTax = shippedTax()): TaxRules {
  const own = <T extends { readonly id: string }>(declarations: readonly T[]): (T & { readonly own: boolean })[] =>
    declarations.map((one) => ({ ...one, own: true }));
  const besides = <T extends { readonly id: string }>(declarations: readonly T[], own: readonly { readonly id: string }[]) =>
    declarations
      .filter(({ id }) => !own.some((one) => one.id === id))
      .map((one): T & { readonly own: boolean } => ({ ...one, own: false }));
  const rates = own([...declared.taxRates, ...loaded.filter(({ id }) => !declared.taxRates.some((one) => one.id === id))]);
  return {
    areas: shipped.areas,
    territories: shipped.territories,
    selfAssessment: shipped.selfAssessment,
    rules: [...own(declared.taxRules), ...besides(shipped.taxRules, declared.taxRules)],
    rates: [...rates, ...besides(shipped.taxRates, rates)],
    withholding: own(declared.withholdingRules),
  };
}
