/** Quantities and amounts as people read them. Only what is shown is rounded here, never what is added. */
import { formatNanos, NANO_DECIMALS } from '../money/amount.ts';
import { formatDecimal } from '../money/decimal.ts';
import { groupThousands } from '../money/grouping.ts';
import { divideRounded } from '../money/rounding.ts';
import { volumeUnitBytes } from './rate-words.ts';
import type { StatedService } from './statement.ts';

export const MINUTE_DECIMALS = 2;
const VOLUME_DECIMALS = 3;

/** Raw voice is microseconds, billed voice seconds: both are shown in minutes. Data in its unit, the rest as it is. */
export function rawWords(service: StatedService, unit: string, raw: bigint): string {
  return service === 'voice' ? scaled(raw, 60_000_000n, MINUTE_DECIMALS) : quantityWords(service, unit, raw);
}

export function billedWords(service: StatedService, unit: string, billed: bigint): string {
  return service === 'voice' ? scaled(billed, 60n, MINUTE_DECIMALS) : quantityWords(service, unit, billed);
}

function quantityWords(service: StatedService, unit: string, quantity: bigint): string {
  const bytes = service === 'data' ? volumeUnitBytes(unit) : 1;
  return bytes === 1 ? countWords(quantity) : scaled(quantity, BigInt(bytes), VOLUME_DECIMALS);
}

export function countWords(count: bigint): string {
  return groupThousands(count.toString());
}

/** Decimals that show each of the amounts in full, and at least the currency's own. */
export function decimalsFor(amounts: Iterable<bigint>, least: number): number {
  let decimals = least;
  for (const amount of amounts) while (decimals < NANO_DECIMALS && amount % 10n ** BigInt(NANO_DECIMALS - decimals) !== 0n) decimals += 1;
  return decimals;
}

export function amountWords(nanos: bigint, decimals: number): string {
  return groupThousands(formatNanos(nanos, decimals)).replace('-', '−');
}

function scaled(quantity: bigint, unit: bigint, decimals: number): string {
  const units = divideRounded(quantity * 10n ** BigInt(decimals), unit, 'half-up');
  return groupThousands(formatDecimal({ units, scale: decimals }));
}
