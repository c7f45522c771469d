/** Amounts as Stripe writes them: whole numbers of the smallest unit, with its own idea of some currencies (docs.stripe.com/currencies). */
import { minorUnits } from '#core/money/currencies.ts';

const NANO_DECIMALS = 9;
/** Without decimals in ISO 4217, and with two at Stripe, which must be zeros. */
const TWO_AT_STRIPE = new Set(['ISK', 'UGX']);
/** Eight digits, and twelve for some: the provider says which. */
const MOST_UNITS = 99_999_999n;

/** Undefined for an amount that Stripe cannot take. Three decimals must end in a zero. */
export function toStripe(currency: string, amountNanos: bigint): number | undefined {
  const decimals = decimalsOf(currency);
  const unit = decimals === undefined ? undefined : 10n ** BigInt(NANO_DECIMALS - decimals);
  if (unit === undefined || amountNanos <= 0n || amountNanos % unit !== 0n) return undefined;
  const units = amountNanos / unit;
  const step = decimals === 3 ? 10n : TWO_AT_STRIPE.has(currency) ? 100n : 1n;
  return units % step === 0n && units <= MOST_UNITS ? Number(units) : undefined;
}

/** Undefined for a currency that is none of today, or for what is no whole number. */
export function fromStripe(currency: string, units: number): bigint | undefined {
  const decimals = decimalsOf(currency);
  return decimals === undefined || !Number.isSafeInteger(units) ? undefined : BigInt(units) * 10n ** BigInt(NANO_DECIMALS - decimals);
}

function decimalsOf(currency: string): number | undefined {
  return TWO_AT_STRIPE.has(currency) ? 2 : minorUnits(currency);
}
