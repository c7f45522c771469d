/** What a call of so many seconds costs at a rate, alone: no tiers, one time band. For comparing what a partner might have done. */
import { fraction } from '../../money/fraction.ts';
import type { Rounding } from '../../money/rounding.ts';
import { roundToNanos } from '../../rating/exact-usage.ts';
import { billedStretches } from '../../rating/voice-quantity.ts';
import { compileFormula, MAX_PRICE_DECIMALS } from '../../tariffs/compile-formula.ts';
import type { Formula } from '../../tariffs/compiled-tariff.ts';
import type { RateTerms } from '../../tariffs/tariff.ts';
import { MICROS_PER_SECOND } from '../../time/zoned.ts';

/** A rate as reconciling needs it. */
export interface ComparedRate {
  readonly id: number;
  readonly tariff: string;
  /** Seconds for voice, bytes for data, 1 for others. */
  readonly per: number;
  readonly terms: RateTerms;
  readonly destination: string;
  /** Undefined: by destination of a code deck. */
  readonly code: string | undefined;
  /** All that the rate matches besides its code and destination, as text: only rates with the same can stand for each other. */
  readonly condition: string;
  readonly validFromMicros: number;
  readonly validToMicros: number;
}

export interface Increments {
  readonly firstSeconds: number;
  readonly nextSeconds: number;
}

export interface PricedCall {
  /** Microseconds, as declarations have it. */
  readonly billedMicros: number;
  /** Whole nanos: exact below nine million units of currency a call, which no call costs. */
  readonly amountNanos: number;
}

const scale = 10n ** BigInt(MAX_PRICE_DECIMALS);

/** Prices calls at one rate, at its own increments or others, and remembers what it has priced. */
export class CallPricer {
  readonly #formula: Formula;
  readonly #per: bigint;
  readonly #rounding: Rounding;
  readonly #known = new Map<number, PricedCall>();

  constructor(rate: ComparedRate, rounding: Rounding, increments?: Increments) {
    const { tiers: _tiers, sizeBands: _bands, share: _share, ...terms } = rate.terms;
    const plain = increments === undefined ? terms : { ...terms, ...increments };
    this.#formula = compileFormula(plain, MAX_PRICE_DECIMALS, rate.per);
    this.#per = BigInt(rate.per);
    this.#rounding = rounding;
  }

  price(rawMicros: number): PricedCall {
    const known = this.#known.get(rawMicros);
    if (known !== undefined) return known;
    const priced = this.#compute(rawMicros);
    this.#known.set(rawMicros, priced);
    return priced;
  }

  #compute(rawMicros: number): PricedCall {
    const formula = this.#formula;
    if (formula.graceSeconds >= 0 && rawMicros <= formula.graceSeconds * MICROS_PER_SECOND) return { billedMicros: 0, amountNanos: 0 };
    const stretches = billedStretches(formula, Math.max(0, rawMicros - formula.freeSeconds * MICROS_PER_SECOND));
    let seconds = 0;
    let units = 0n;
    for (const stretch of stretches) {
      seconds += stretch.seconds;
      units += BigInt(stretch.seconds) * (stretch.step === 0 ? formula.price : (formula.steps[stretch.step - 1]?.price ?? 0n));
    }
    units += (formula.setupFee + formula.disconnectFee + formula.surcharge) * this.#per;
    const { minimumCharge, maximumCharge } = formula;
    if (minimumCharge !== undefined && seconds > 0 && units < minimumCharge * this.#per) units = minimumCharge * this.#per;
    if (maximumCharge !== undefined && units > maximumCharge * this.#per) units = maximumCharge * this.#per;
    return {
      billedMicros: seconds * MICROS_PER_SECOND,
      amountNanos: Number(roundToNanos(fraction(units, this.#per * scale), this.#rounding)),
    };
  }
}
