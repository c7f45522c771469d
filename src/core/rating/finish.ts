/** The last part of every charge on the exact road: fees, limits, the one rounding. */
import { formatNanos, MAX_CHARGE_NANOS } from '../money/amount.ts';
import { addFractions, compareFractions, type Fraction, formatFraction, fraction } from '../money/fraction.ts';
import type { Formula } from '../tariffs/compiled-tariff.ts';
import type { CounterMove, HeldReason } from './charge.ts';
import type { Terms } from './compile-book.ts';
import { roundToNanos, ZERO } from './exact-usage.ts';
import { pricing } from './pricing-sayings.ts';
import { explainStep, formatPrice, formatSeconds, type Trace } from './trace.ts';

/** What a leg comes to. */
export interface Priced {
  readonly rawQuantity: number;
  readonly billedQuantity: number;
  readonly exact: Fraction;
  readonly amountNanos: bigint;
  readonly moves: readonly CounterMove[];
}

/** Why a leg cannot be priced after its rate was found. */
export interface NotPriced {
  readonly reason: HeldReason;
  readonly detail: string;
}

export interface PricedQuantity {
  readonly raw: number;
  readonly billed: number;
  /** The price of the usage; undefined when nothing was used. */
  readonly exact: Fraction | undefined;
  readonly moves: readonly CounterMove[];
  /** Whether fees and limits apply. */
  readonly fees: boolean;
}

/** Adds fees, applies limits and rounds. */
export function finish(terms: Terms, formula: Formula, { raw, billed, exact: usage, moves, fees }: PricedQuantity, trace: Trace): Priced {
  let exact = usage ?? ZERO;
  if (fees) {
    exact = addFees(terms, formula, exact, trace);
    exact = limit(terms, formula, exact, billed, trace);
  }
  return round(terms, exact, raw, billed, moves, trace);
}

/** A call that was not answered or a message not delivered: the attempt fee or nothing. */
export function attemptOnly(terms: Terms, formula: Formula, raw: number, trace: Trace): Priced {
  const fee = formula.attemptFee;
  if (trace !== undefined) {
    const due = fee > 0n ? pricing('price.fee.attempt', { fee: formatPrice(fee, terms.tariff.scale) }) : pricing('price.fee.none');
    const rawText = terms.tariff.tariff.service === 'voice' ? formatSeconds(BigInt(raw)) : String(raw);
    explainStep(trace, 'fees', [due], {
      raw: rawText,
      billed: '0',
      attemptFee: formatPrice(fee, terms.tariff.scale),
    });
  }
  return round(terms, fraction(fee, 10n ** BigInt(terms.tariff.scale)), raw, 0, [], trace);
}

export function round(terms: Terms, exact: Fraction, raw: number, billed: number, moves: readonly CounterMove[], trace: Trace): Priced {
  const { rounding } = terms.agreement;
  const amountNanos = roundToNanos(exact, rounding);
  if (trace !== undefined) {
    const amount = formatNanos(amountNanos, rounding.decimals);
    const figures = { exact: formatFraction(exact), amount, decimals: String(rounding.decimals), mode: rounding.mode };
    const { currency } = terms.tariff.tariff;
    explainStep(trace, 'rounding', [pricing('price.rounding', { ...figures, currency })], figures);
  }
  return { rawQuantity: raw, billedQuantity: billed, exact, amountNanos, moves };
}

/** Whether one charge can hold the amount. */
export function isInRange(amountNanos: bigint): boolean {
  return amountNanos <= MAX_CHARGE_NANOS && amountNanos >= -MAX_CHARGE_NANOS;
}

function addFees(terms: Terms, formula: Formula, usage: Fraction, trace: Trace): Fraction {
  const { scale } = terms.tariff;
  const fees = [
    ['setup', formula.setupFee],
    ['disconnect', formula.disconnectFee],
    ['surcharge', formula.surcharge],
  ] as const;
  let sum = usage;
  for (const [name, fee] of fees) {
    if (fee === 0n) continue;
    sum = addFractions(sum, fraction(fee, 10n ** BigInt(scale)));
    if (trace !== undefined)
      explainStep(trace, 'fees', [pricing(`price.fee.${name}`, { fee: formatPrice(fee, scale), sum: formatFraction(sum) })], {
        [name]: formatPrice(fee, scale),
        sum: formatFraction(sum),
      });
  }
  return sum;
}

function limit(terms: Terms, formula: Formula, exact: Fraction, billed: number, trace: Trace): Fraction {
  const { scale } = terms.tariff;
  const { minimumCharge, maximumCharge } = formula;
  const amount = (units: bigint): Fraction => fraction(units, 10n ** BigInt(scale));
  const limited = (kind: 'minimum' | 'maximum', from: Fraction, units: bigint): Fraction => {
    if (trace !== undefined) {
      const [before, charge] = [formatFraction(from), formatPrice(units, scale)];
      explainStep(trace, 'limits', [pricing(`price.limit.${kind}`, { before, charge })], { before, [kind]: charge });
    }
    return amount(units);
  };
  let due = exact;
  if (minimumCharge !== undefined && billed > 0 && compareFractions(due, amount(minimumCharge)) < 0)
    due = limited('minimum', due, minimumCharge);
  if (maximumCharge !== undefined && compareFractions(due, amount(maximumCharge)) > 0) due = limited('maximum', due, maximumCharge);
  return due;
}
