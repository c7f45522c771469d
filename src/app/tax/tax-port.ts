/** Who answers questions about tax in this installation: our own rules, or for some sellers an external service. */
import { setTimeout } from 'node:timers/promises';
import type pg from 'pg';
import type { TaxRules } from '#core/tax/rules.ts';
import type { TaxTexts } from '#core/tax/wordings.ts';
import { jsonTaxService } from '#gateways/tax-service/json-tax-service.ts';
import { taxByRules } from '#operations/tax/own-rules.ts';
import type { TaxPort } from '#operations/tax/ports.ts';
import { type DeclaredTax, taxRulesOf } from '#operations/tax/rule-set.ts';
import { shippedTax } from '#operations/tax/shipped-rules.ts';
import type { Database } from '#storage/database.ts';
import { taxStoreOn } from '#storage/tax/tax-store.ts';
import { readOptionalSecret } from '../collecting/secrets.ts';
import type { Settings } from '../settings.ts';

/** The rules that count now: declared, loaded, shipped. */
export async function loadTaxRules(on: Database['pool'] | pg.ClientBase, declared: DeclaredTax): Promise<TaxRules> {
  return taxRulesOf(declared, await taxStoreOn(on).loadedRates());
}

/** Texts that documents print beside taxes, by `TaxAmount.wording` and `legalReference`. */
export function taxTexts(): TaxTexts {
  return shippedTax();
}

/** By the setting `tax`: questions of sellers in its countries go to the service, all others to the rules. Throws RefusedError (a secret is missing). */
export async function openTaxPort({ tax }: Pick<Settings, 'tax'>, rules: TaxRules): Promise<TaxPort> {
  const own = taxByRules(rules);
  if (tax.url === '') return own;
  // The setting is checked to be one of these two forms.
  const token = await readOptionalSecret(tax.token === '' ? undefined : (tax.token as `env:${string}` | `file:${string}`));
  const service = jsonTaxService({
    url: tax.url,
    ...(token === undefined ? {} : { token }),
    timeoutMs: tax.timeoutMs,
    attempts: tax.attempts,
    wait: (milliseconds) => setTimeout(milliseconds),
  });
  const countries = tax.countries === '' ? undefined : new Set(tax.countries.split(','));
  return { answer: (question) => (countries?.has(question.seller.country) === false ? own : service).answer(question) };
}
