/** The price of a quantity in exact fractions: parts in the order of time, cut by tiers where the rate has them. */
import { NANO_DECIMALS } from '../money/amount.ts';
import { addFractions, type Fraction, formatFraction, fraction } from '../money/fraction.ts';
import { divideRounded, type Rounding } from '../money/rounding.ts';
import type { CompiledTiers, Formula } from '../tariffs/compiled-tariff.ts';
import { periodOf } from '../time/period.ts';
import type { CounterKey, CounterMove, CounterReader } from './charge.ts';
import type { Terms } from './compile-book.ts';
import type { Leg } from './leg.ts';
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
  /** For the explanation: `band peak`, `from 60 s`. */
  readonly label: string;
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
    explainStep(trace, 'allowance', `${covered} of ${billed} ${unitName} are paid by allowances: ${billed - covered} are priced`, {
      covered: String(covered),
      priced: String(billed - covered),
    });
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
  const explain = (quantity: Fraction, price: bigint, label: string): void => {
    if (trace === undefined) return;
    const result = formatFraction(priceOf(quantity, price));
    const of = per === 1 ? formatPrice(price, scale) : `${formatPrice(price, scale)} / ${per} ${unitName}`;
    const figures = { quantity: formatFraction(quantity), price: formatPrice(price, scale), per: String(per), amount: result };
    explainStep(trace, 'price', `${label === '' ? '' : `${label}: `}${formatFraction(quantity)} ${unitName} × ${of} = ${result}`, figures);
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
        explain(quantity, price, [part.label, `tier ${tier + 1}`].filter((text) => text !== '').join(', '));
      }
    }
  }
  if (tiers === undefined) return { exact, moves: [] };

  const key = tierCounterKey(terms, tiers, day);
  const before = counters(key);
  const added = tiers.measure === 'money' ? roundToNanos(exact, terms.agreement.rounding) : counted;
  if (trace !== undefined) {
    const figures = { counter: key, before: String(before), added: String(added) };
    explainStep(
      trace,
      'tier',
      `counter ${tiers.counter} (${tiers.measure} by ${tiers.period}) stood at ${before} and moves by ${added} ${counterUnit(tiers)}`,
      figures,
    );
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
