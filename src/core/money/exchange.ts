/**
 * Rates of exchange and what amounts become by them: exact, in fractions, rounded once where the caller says. A rate has a source and
 * a day; where two currencies have none of their own, both rates to a base are taken, and that is stated.
 */
import { type Refusal, type Result, refuse } from '../refusals.ts';
import { type Decimal, formatDecimal, parseDecimal } from './decimal.ts';
import { type Fraction, fraction } from './fraction.ts';
import { divideRounded, type RoundingMode } from './rounding.ts';

export const missingDayRules = ['previous', 'refuse'] as const;
export const rateBases = ['day', 'month-average'] as const;

/** Which rates a legal entity, or an agreement, converts by. */
export interface ExchangePolicy {
  /** Name under which rates were imported: `ecb`. */
  readonly source: string;
  /** Currency over which two others are converted that have no rate of their own. */
  readonly base?: string;
  /** What happens on a day without a rate: the last one before it is taken, or it is refused. */
  readonly missingDay: (typeof missingDayRules)[number];
  /** How many days back `previous` looks. */
  readonly daysBack: number;
  readonly by: (typeof rateBases)[number];
  /** Agreed rates, which go before all others. */
  readonly fixed: readonly FixedRate[];
}

/** One unit of `of` is worth `rate` units of `in`. */
export interface FixedRate {
  readonly of: string;
  readonly in: string;
  /** As written: `1.0850`. */
  readonly rate: string;
}

export const defaultExchangePolicy: ExchangePolicy = {
  source: 'ecb',
  base: 'EUR',
  missingDay: 'previous',
  daysBack: 7,
  by: 'day',
  fixed: [],
};

/** A published rate: one unit of `of` was worth `rate` units of `in`. */
export interface ExchangeRate {
  readonly source: string;
  readonly day: string;
  readonly of: string;
  readonly in: string;
  readonly rate: Decimal;
}

export interface ConversionStep {
  readonly from: string;
  readonly to: string;
  readonly rate: Decimal;
  /** The source gives it the other way round: amounts are divided by it. */
  readonly inverse: boolean;
}

/** How amounts of one currency become amounts of another. */
export interface Conversion {
  readonly from: string;
  readonly to: string;
  /** Units of `to` for one of `from`; exact. */
  readonly factor: Fraction;
  /** One, or two over a base; none where both currencies are the same. */
  readonly steps: readonly ConversionStep[];
  /** `ecb`, `ecb month average`, `agreed`. */
  readonly source: string;
  /** Day of the rate; of an average, the last day of its month. */
  readonly day: string;
}

/** The same amount in the other currency, whole in its smallest unit: rounded once. `decimals` is 9 for nanos. */
export function convert(amountNanos: bigint, { factor }: Conversion, decimals: number, mode: RoundingMode = 'half-up'): bigint {
  const unit = 10n ** BigInt(9 - decimals);
  return divideRounded(amountNanos * factor.numerator, factor.denominator * unit, mode) * unit;
}

/** `1.0850`, `1/1.0850`, `1.2/1.0850`: units of `to` for one of `from`, as the source's own figures make it. */
export function conversionText({ steps }: Conversion): string {
  const factors = steps.filter(({ inverse }) => !inverse).map(({ rate }) => formatDecimal(rate));
  const divisors = steps.filter(({ inverse }) => inverse).map(({ rate }) => formatDecimal(rate));
  const above = factors.join('×') || '1';
  return divisors.length === 0 ? above : `${above}/${divisors.join('/')}`;
}

/** Finds the rate of a pair on exactly this day: direct. */
export type RateFinder = (of: string, to: string, day: string) => Decimal | undefined;

/** The one or two steps between two currencies on a day; undefined where rates are missing. */
function stepsOn(find: RateFinder, from: string, to: string, day: string, base: string | undefined): readonly ConversionStep[] | undefined {
  const single = (a: string, b: string): ConversionStep | undefined => {
    const direct = find(a, b, day);
    if (direct !== undefined) return { from: a, to: b, rate: direct, inverse: false };
    const other = find(b, a, day);
    return other === undefined ? undefined : { from: a, to: b, rate: other, inverse: true };
  };
  const own = single(from, to);
  if (own !== undefined) return [own];
  if (base === undefined || base === from || base === to) return undefined;
  const first = single(from, base);
  const second = single(base, to);
  return first === undefined || second === undefined ? undefined : [first, second];
}

/** A conversion made of steps. */
export function conversionOf(from: string, to: string, steps: readonly ConversionStep[], source: string, day: string): Conversion {
  let factor = fraction(1n, 1n);
  for (const { rate, inverse } of steps) {
    const scale = 10n ** BigInt(rate.scale);
    const [above, below] = inverse ? [scale, rate.units] : [rate.units, scale];
    factor = fraction(factor.numerator * above, factor.denominator * below);
  }
  return { from, to, factor, steps, source, day };
}

/**
 * The conversion that a policy gives for a day. `find` looks up rates of the policy's source: of a day, or of a month's average under
 * the last day of the month. Refused: `exchange.rate-missing`.
 */
export function findConversion(find: RateFinder, policy: ExchangePolicy, from: string, to: string, day: string): Result<Conversion> {
  if (from === to) return found(conversionOf(from, to, [], policy.source, day));
  const agreed = stepsOn((of, into) => fixedRate(policy, of, into), from, to, day, undefined);
  if (agreed !== undefined) return found(conversionOf(from, to, agreed, 'agreed', day));
  const back = policy.by === 'day' && policy.missingDay === 'previous' ? policy.daysBack : 0;
  const source = policy.by === 'day' ? policy.source : `${policy.source} month average`;
  const first = Temporal.PlainDate.from(day);
  const asked = policy.by === 'day' ? first : first.with({ day: first.daysInMonth });
  for (let days = 0; days <= back; days++) {
    const on = asked.subtract({ days }).toString();
    const steps = stepsOn(find, from, to, on, policy.base);
    if (steps !== undefined) return found(conversionOf(from, to, steps, source, on));
  }
  return { ok: false, refusals: [rateMissing(policy, from, to, day, back)] };
}

function fixedRate({ fixed }: ExchangePolicy, of: string, into: string): Decimal | undefined {
  const text = fixed.find((rate) => rate.of === of && rate.in === into)?.rate;
  return text === undefined ? undefined : parseDecimal(text);
}

function rateMissing(policy: ExchangePolicy, from: string, to: string, day: string, back: number): Refusal {
  const over = policy.base === undefined ? '' : `, nor over ${policy.base}`;
  const when = policy.by === 'month-average' ? `as average of ${day.slice(0, 7)}` : back === 0 ? day : `${day} or ${back} days before`;
  return refuse('exchange.rate-missing', `${policy.source} has no rate between ${from} and ${to} for ${when}${over}`);
}

function found(value: Conversion): Result<Conversion> {
  return { ok: true, value };
}

/** Decimals of a computed average; it is rounded half-up once. */
export const AVERAGE_DECIMALS = 6;

/** The plain average of the days that have a rate, as central banks publish it. Undefined without any. */
export function averageRate(rates: readonly Decimal[]): Decimal | undefined {
  if (rates.length === 0) return undefined;
  const scale = Math.max(AVERAGE_DECIMALS, ...rates.map((rate) => rate.scale));
  const sum = rates.reduce((total, rate) => total + rate.units * 10n ** BigInt(scale - rate.scale), 0n);
  const divisor = BigInt(rates.length) * 10n ** BigInt(scale - AVERAGE_DECIMALS);
  return { units: divideRounded(sum, divisor, 'half-up'), scale: AVERAGE_DECIMALS };
}
