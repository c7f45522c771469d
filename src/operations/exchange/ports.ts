/** Rates of exchange as other use cases ask for them. */
import type { Conversion, ExchangePolicy, ExchangeRate } from '#core/money/exchange.ts';
import type { Result } from '#core/refusals.ts';

export interface ExchangeRates {
  /** How `from` becomes `to` on a local day. Without a policy, by the defaults (source `ecb` over EUR). Refused: `exchange.rate-missing`. */
  rateOn(from: string, to: string, day: string, policy?: ExchangePolicy): Promise<Result<Conversion>>;
  /** By which rates a legal entity converts; an agreement of it, where it has its own. */
  policyOf(legalEntity: string, agreement?: string): Promise<ExchangePolicy>;
}

export interface RateStore {
  /** Nobody else changes rates of this source until the transaction ends. */
  lock(source: string): Promise<void>;
  /** Those that are in force on these days. */
  rates(source: string, days: readonly string[]): Promise<readonly ExchangeRate[]>;
  add(rates: readonly ExchangeRate[], by: string, why: string | undefined): Promise<void>;
}
