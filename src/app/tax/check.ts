/** `carillon tax check` and `carillon tax rules`. */
import { checkSupplies, checkTaxData, type TaxFinding } from '#core/tax/check-rules.ts';
import type { TaxRules } from '#core/tax/rules.ts';
import { suppliesOf } from '#operations/tax/supplies.ts';
import { loadSetup } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { taxStoreOn } from '#storage/tax/tax-store.ts';
import { loadTaxRules } from './tax-port.ts';

export interface CheckedTax {
  /** Supplies between legal entities and parties that were asked about. */
  readonly supplies: number;
  readonly findings: readonly TaxFinding[];
}

/** What is wrong with the data of tax for this installation, on the days from `from` until before `to`. */
export async function checkTax(database: Database, from: string, to: string): Promise<CheckedTax> {
  const [setup, certificates] = await Promise.all([loadSetup(database), taxStoreOn(database.pool).certificates()]);
  const rules = await loadTaxRules(database.pool, setup);
  const { supplies, findings } = suppliesOf(setup.book, certificates, from);
  return {
    supplies: supplies.length,
    findings: [...checkTaxData(rules, from, to), ...findings, ...checkSupplies(rules, supplies, from, to)],
  };
}

export async function readTaxRules(database: Database): Promise<TaxRules> {
  return loadTaxRules(database.pool, await loadSetup(database));
}
