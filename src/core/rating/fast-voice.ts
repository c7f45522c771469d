/**
 * Voice on the bulk road: the same law as exact-voice.ts for formulas without steps and tiers, in plain
 * numbers while every product is a safe integer. Where it cannot tell exactly it says so, and the exact
 * road prices the call. Tests hold both roads together on random calls. Measured by `carillon bench rating`.
 */
import { NANO_DECIMALS } from '../money/amount.ts';
import type { Rounding } from '../money/rounding.ts';
import { type Formula, priceOf, shapeOf } from '../tariffs/compiled-tariff.ts';
import { MICROS_PER_SECOND } from '../time/zoned.ts';
import type { Terms } from './compile-book.ts';
import type { Leg } from './leg.ts';
import { selectRate } from './select-rate.ts';
import { billedSeconds, rawMicros } from './voice-quantity.ts';

/** The exact road must price this call. */
export const NOT_FAST = -1;

/** Microseconds after the agreement's rule, and seconds billed. */
export interface VoiceQuantities {
  raw: number;
  billed: number;
}

/** Nanos due for a leg of a voice call with a row, or NOT_FAST; `into` gets the quantities. */
export function fastLeg(leg: Leg, into: VoiceQuantities): number {
  const { event, terms } = leg;
  const formula = terms.tariff.shapes[shapeOf(terms.tariff, leg.row)];
  if (formula === undefined) return NOT_FAST;
  const raw = rawMicros(event.durationMicros, terms.agreement.seconds);
  const isFree = !event.answered || raw <= formula.graceSeconds * MICROS_PER_SECOND;
  const chargeable = raw - formula.freeSeconds * MICROS_PER_SECOND;
  into.raw = raw;
  into.billed = isFree ? 0 : billedSeconds(chargeable, formula.firstSeconds, formula.nextSeconds);
  return fastVoice(leg, formula, isFree, into.billed);
}

/** Nanos due for a call that is billed so many seconds, or NOT_FAST. `isFree`: not answered, or within the grace. */
export function fastVoice(leg: Leg, formula: Formula, isFree: boolean, billed: number): number {
  const { terms, event } = leg;
  const { fast } = formula;
  const { per } = terms.tariff.tariff;
  if (fast === undefined) return NOT_FAST;
  if (isFree) return event.answered ? 0 : roundFast(terms, fast.attemptFee, 1);
  let sum = billed * priceOf(terms.tariff, leg.row);
  if (leg.band >= 0 && billed > 0 && terms.agreement.bands === 'split') {
    sum = splitSum(leg, formula, billed);
    if (sum < 0) return NOT_FAST;
  }
  sum += fast.fees * per;
  if (fast.minimum >= 0 && billed > 0 && sum < fast.minimum * per) sum = fast.minimum * per;
  if (fast.maximum >= 0 && sum > fast.maximum * per) sum = fast.maximum * per;
  return roundFast(terms, sum, per);
}

/** Σ seconds × price over the bands of the billed time, or NOT_FAST. */
function splitSum(leg: Leg, formula: Formula, billed: number): number {
  const { book, terms, event, trunk, row } = leg;
  const { bands } = terms;
  if (bands === undefined) return NOT_FAST;
  const begin = event.startMicros + formula.freeSeconds * MICROS_PER_SECOND;
  const end = begin + billed * MICROS_PER_SECOND;
  let sum = 0;
  for (let at = begin; at < end; ) {
    const band = bands.at(at);
    const until = Math.min(bands.nextBoundary(at), end);
    const micros = until - at;
    if (micros % MICROS_PER_SECOND !== 0) return NOT_FAST;
    const bandRow = band === leg.band ? row : selectRate(book, terms, event, trunk, band);
    if (bandRow < 0 || shapeOf(terms.tariff, bandRow) !== shapeOf(terms.tariff, row)) return NOT_FAST;
    sum += (micros / MICROS_PER_SECOND) * priceOf(terms.tariff, bandRow);
    at = until;
  }
  return sum;
}

const POWERS = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);

/** sum / (per × 10^scale) rounded by the agreement, in nanos; NOT_FAST when a step is not a safe integer. */
export function roundFast(terms: Terms, sum: number, per: number): number {
  const { rounding } = terms.agreement;
  const shift = terms.tariff.scale - rounding.decimals;
  const denominator = per * (POWERS[Math.max(shift, 0)] as number);
  const numerator = sum * (POWERS[Math.max(-shift, 0)] as number);
  if (!Number.isSafeInteger(numerator) || denominator > MAX_DENOMINATOR) return NOT_FAST;
  const rest = numerator % denominator;
  let units = (numerator - rest) / denominator;
  if (rest !== 0 && goesUp(rest, denominator, units, rounding.mode)) units += 1;
  const nanos = units * (POWERS[NANO_DECIMALS - rounding.decimals] as number);
  return Number.isSafeInteger(nanos) ? nanos : NOT_FAST;
}

const MAX_DENOMINATOR = 2 ** 51;

/** Amounts of the bulk road are never negative, so ceiling is up and floor is down. */
function goesUp(rest: number, denominator: number, units: number, mode: Rounding['mode']): boolean {
  switch (mode) {
    case 'half-up':
      return rest * 2 >= denominator;
    case 'half-even':
      return rest * 2 > denominator || (rest * 2 === denominator && units % 2 === 1);
    case 'half-down':
      return rest * 2 > denominator;
    case 'up':
    case 'ceiling':
      return true;
    case 'down':
    case 'floor':
      return false;
  }
}
