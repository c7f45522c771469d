/** The price of a quantity in exact fractions: parts in the order of time, cut by tiers where the rate has them. */
import { NANO_DECIMALS } from '../money/amount.ts';
import { addFractions, type Fraction, formatFraction, fraction } from '../money/fraction.ts';
import { divideRounded, type Rounding } from '../money/rounding.ts';
import { joined, type Saying } from '../said.ts';
import type { CompiledTiers, Formula } from '../tariffs/compiled-tariff.ts';
import { periodOf } from '../time/period.ts';
import type { CounterKey, CounterMove, CounterReader } from './charge.ts';
import type { Terms } from './compile-book.ts';
import type { Leg } from './leg.ts';
import { pricing } from './pricing-sayings.ts';
import { multiply, sliceByTiers } from './tier-slices.ts';
import { explainStep, formatPrice, type Trace } from './trace.ts';
import { coveredCount } from './use-part.ts';

export const ZERO: Fraction = { numerator: 0n, denominator: 1n };

/** A quantity with one price, before tiers. */
export interface PricedPart {
  /** Seconds, messages, bytes, events. */
  readonly quantity: Fraction;
  readonly price: bigint;
  /** Where the rate has tiers: those of the rate that prices this part. */
  readonly tiers: CompiledTiers | undefined;
  /** For the explanation: `band peak`, `step 2`. */
  readonly label: readonly Saying[];
}

export interface PricedUsage {
  /** In units of currency. */
  readonly exact: Fraction;
  readonly moves: readonly CounterMove[];
}

/** Rounds to the agreement's decimals; the result in nanos. */
export function roundToNanos(exact: Fraction, { decimals, mode }: Rounding): bigint {
  return divideRounded(exact.numerator * 10n ** BigInt(decimals), exact.denominator, mode) * 10n ** BigInt(NANO_DECIMALS - decimals);
}

/** What is counted, for tiers and for the explanation. */
export interface Counted {
  /** What a tier counter of minutes, messages, volume or events moves by. */
  readonly counted: bigint;
  /** `s`, `messages`, `bytes`. */
  readonly unitName: string;
}

/** How much of what is billed allowances have paid. */
export function coveredOf({ part }: Leg, billed: number, unitName: string, trace: Trace): number {
  const covered = part === undefined ? 0 : coveredCount(part.covered, billed);
  if (trace !== undefined && covered > 0) {
    const [count, rest] = [String(billed), String(billed - covered)];
    const said = pricing('price.covered', { covered: String(covered), count, unit: unitName, rest });
    explainStep(trace, 'allowance', [said], { covered: String(covered), priced: rest });
  }
  return covered;
}

/** Prices the parts of one event. */
export function priceParts(
  { terms, day }: Leg,
  formula: Formula,
  parts: readonly PricedPart[],
  { counted, unitName }: Counted,
  counters: CounterReader,
  trace: Trace,
): PricedUsage {
  const { per } = terms.tariff.tariff;
  const { scale } = terms.tariff;
  const priceOf = (quantity: Fraction, price: bigint): Fraction =>
    fraction(quantity.numerator * price, quantity.denominator * BigInt(per) * 10n ** BigInt(scale));
  const explain = (quantity: Fraction, price: bigint, label: readonly Saying[]): void => {
    if (trace === undefined) return;
    const result = formatFraction(priceOf(quantity, price));
    const figures = { quantity: formatFraction(quantity), price: formatPrice(price, scale), per: String(per), amount: result };
    const of = per === 1 ? figures.price : pricing('price.unit.per', { price: figures.price, count: figures.per, unit: unitName });
    const used = pricing('price.unit', { count: figures.quantity, unit: unitName });
    const before = label.length === 0 ? [] : [...joined(label, ', '), ': '];
    explainStep(trace, 'price', [...before, used, ' × ', of, ` = ${result}`], figures);
  };

  const { tiers } = formula;
  let exact = ZERO;
  if (tiers === undefined || tiers.kind === 'volume') {
    for (const { quantity, price, label } of parts) {
      exact = addFractions(exact, priceOf(quantity, price));
      explain(quantity, price, label);
    }
  } else {
    let position: Fraction = { numerator: counters(tierCounterKey(terms, tiers, day)), denominator: 1n };
    for (const part of parts) {
      const own = part.tiers ?? tiers;
      const advance = (tier: number): Fraction =>
        own.measure === 'money' ? multiply(priceOf({ numerator: 1n, denominator: 1n }, own.prices[tier] ?? 0n), NANOS) : ONE;
      const sliced = sliceByTiers(own, position, part.quantity, advance);
      position = sliced.position;
      for (const { tier, quantity } of sliced.slices) {
        const price = own.prices[tier] ?? 0n;
        exact = addFractions(exact, priceOf(quantity, price));
        explain(quantity, price, [...part.label, pricing('price.part.tier', { tier: String(tier + 1) })]);
      }
    }
  }
  if (tiers === undefined) return { exact, moves: [] };

  const key = tierCounterKey(terms, tiers, day);
  const before = counters(key);
  const added = tiers.measure === 'money' ? roundToNanos(exact, terms.agreement.rounding) : counted;
  if (trace !== undefined) {
    const figures = { counter: key, before: String(before), added: String(added) };
    const said = pricing('price.tier', {
      ...{ counter: tiers.counter, measure: tiers.measure, period: tiers.period, unit: counterUnit(tiers) },
      ...{ beforeVolume: String(before), addedVolume: String(added) },
    });
    explainStep(trace, 'tier', [said], figures);
  }
  return { exact, moves: [{ key, before, added }] };
}

const ONE: Fraction = { numerator: 1n, denominator: 1n };
const NANOS: Fraction = { numerator: 10n ** BigInt(NANO_DECIMALS), denominator: 1n };

function counterUnit({ measure }: CompiledTiers): string {
  return { minutes: 'seconds', messages: 'messages', volume: 'bytes', money: 'nanos', events: 'events' }[measure];
}

/** The key of a tier's counter for an event on a local day. */
export function tierCounterKey(terms: Terms, tiers: Pick<CompiledTiers, 'counter' | 'period'>, day: string): CounterKey {
  return `${terms.agreement.id}|${terms.service.role}|${tiers.counter}|${tiers.period}:${periodOf(tiers.period, day).from}`;
}
