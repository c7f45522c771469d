/**
 * Amounts are whole numbers of nanos: 10⁻⁹ of a unit of currency, as bigint here and bigint in the
 * database. One charge may be up to ±9,223,372,036 units; totals are wider (numeric).
 */
import { formatDecimal, trimDecimal } from './decimal.ts';

export const NANO_DECIMALS = 9;
/** The largest amount one charge may have: PostgreSQL's bigint. */
export const MAX_CHARGE_NANOS = 9_223_372_036_854_775_807n;

/** Writes nanos with at least `leastDecimals` decimals and no further zeros: 13928000n is 0.013928. */
export function formatNanos(nanos: bigint, leastDecimals = 0): string {
  return formatDecimal(trimDecimal({ units: nanos, scale: NANO_DECIMALS }, leastDecimals));
}
