/** Quantities, levels and periods as plans write them: `10 GB`, `100 min`, `5.00`, `80 %`, `month`, `30 days`. */
import type { BalanceUnit } from '../charging/answer.ts';
import type { RecurringPeriod } from '../charging/plan.ts';
import { NANO_DECIMALS } from '../money/amount.ts';
import { parseDecimal, unitsAtScale } from '../money/decimal.ts';

export interface Quantity {
  readonly unit: BalanceUnit;
  /** Whole units; nanos of money. */
  readonly amount: bigint;
}

/** A level of a bucket or counter: of what was filled or of the limit, or an amount. */
export type Level = { readonly percent: bigint } | { readonly units: bigint; readonly unit: BalanceUnit };

const units: ReadonlyMap<string, readonly [BalanceUnit, bigint]> = new Map([
  ['s', ['seconds', 1n]],
  ['min', ['seconds', 60n]],
  ['h', ['seconds', 3600n]],
  ['B', ['bytes', 1n]],
  ['kB', ['bytes', 1_000n]],
  ['MB', ['bytes', 1_000_000n]],
  ['GB', ['bytes', 1_000_000_000n]],
  ['TB', ['bytes', 1_000_000_000_000n]],
  ['KiB', ['bytes', 1n << 10n]],
  ['MiB', ['bytes', 1n << 20n]],
  ['GiB', ['bytes', 1n << 30n]],
  ['message', ['messages', 1n]],
  ['messages', ['messages', 1n]],
  ['event', ['events', 1n]],
  ['events', ['events', 1n]],
]);

/** Names of the units, for messages. */
export const quantityUnits = [...units.keys()];

/** Sums of them stay within PostgreSQL's bigint. */
const MOST_UNITS = 4_000_000_000_000_000_000n;

/** A decimal alone is money. Undefined for what is no quantity, has parts of a unit, or is too large. */
export function parseQuantity(text: string): Quantity | undefined {
  const [, figure = '', name = ''] = /^(-?[\d.]+)(?: ?([A-Za-z]+))?$/.exec(text.trim()) ?? [];
  const value = parseDecimal(figure);
  if (value === undefined) return undefined;
  if (name === '') return value.scale > NANO_DECIMALS ? undefined : within('money', unitsAtScale(value, NANO_DECIMALS));
  const known = units.get(name);
  if (known === undefined) return undefined;
  const [unit, size] = known;
  const divisor = 10n ** BigInt(value.scale);
  return (value.units * size) % divisor === 0n ? within(unit, (value.units * size) / divisor) : undefined;
}

function within(unit: BalanceUnit, amount: bigint): Quantity | undefined {
  return amount > MOST_UNITS || amount < -MOST_UNITS ? undefined : { unit, amount };
}

/** `80 %` or a quantity. */
export function parseLevel(text: string): Level | undefined {
  const percent = /^(\d{1,4}) ?%$/.exec(text.trim());
  if (percent !== null) return { percent: BigInt(percent[1] ?? '0') };
  const quantity = parseQuantity(text);
  return quantity && { units: quantity.amount, unit: quantity.unit };
}

/** A calendar period in the plan's zone, or so many times 24 hours. */
export function parsePeriod(text: string): RecurringPeriod | undefined {
  switch (text) {
    case 'day':
    case 'week':
    case 'month':
    case 'quarter':
    case 'year':
      return { kind: 'calendar', of: text };
    default: {
      const days = /^(\d{1,4}) days?$/.exec(text);
      return days === null || Number(days[1]) === 0 ? undefined : { kind: 'days', days: Number(days[1]) };
    }
  }
}

const secondsOf = { min: 60, h: 3_600, day: 86_400, days: 86_400 } as const;

/** How long before something: `3 days`, `12 h`, `30 min`. In seconds, at most a year; undefined for what is none. */
export function parseTimeBefore(text: string): number | undefined {
  const [, figure = '', unit] = /^(\d{1,6}) (days?|h|min)$/.exec(text.trim()) ?? [];
  if (unit === undefined) return undefined;
  const seconds = Number(figure) * secondsOf[unit as keyof typeof secondsOf]; // as the expression says
  return seconds > 0 && seconds <= 366 * 86_400 ? seconds : undefined;
}
