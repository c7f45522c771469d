/** Voice on the exact road: every formula, every explanation. The bulk road for plain ones is fast-voice.ts. */
import type { Said, Saying } from '../said.ts';
import { type Formula, formulaOf, rateIdOf } from '../tariffs/compiled-tariff.ts';
import { MICROS_PER_SECOND } from '../time/zoned.ts';
import type { CounterReader } from './charge.ts';
import type { Terms } from './compile-book.ts';
import { coveredOf, type PricedPart, priceParts } from './exact-usage.ts';
import { attemptOnly, finish, type NotPriced, type Priced } from './finish.ts';
import type { Leg } from './leg.ts';
import { pricing } from './pricing-sayings.ts';
import { NO_CALLER, selectRate } from './select-rate.ts';
import { explainStep, formatSeconds, type Trace } from './trace.ts';
import { hasFees, uncoveredStretches } from './use-part.ts';
import { type BilledStretch, billedStretches, rawMicros } from './voice-quantity.ts';

/** Prices a call whose rate at the start is the leg's row. Held when a later band has no rate that may price it. */
export function priceVoice(leg: Leg, counters: CounterReader, trace: Trace): Priced | NotPriced {
  const { terms, event, row } = leg;
  const formula = formulaOf(terms.tariff, row);
  const raw = rawMicros(event.durationMicros, terms.agreement.seconds);
  if (!event.answered) return attemptOnly(terms, formula, raw, trace);
  if (formula.graceSeconds >= 0 && raw <= formula.graceSeconds * MICROS_PER_SECOND) {
    if (trace !== undefined) {
      const seconds = formatSeconds(BigInt(raw));
      const said = pricing('price.quantity.grace', { seconds, grace: String(formula.graceSeconds) });
      explainStep(trace, 'quantity', [said], { raw: seconds, billed: '0' });
    }
    return finish(terms, formula, { raw, billed: 0, exact: undefined, moves: [], fees: false }, trace);
  }
  const chargeable = Math.max(0, raw - formula.freeSeconds * MICROS_PER_SECOND);
  const stretches = billedStretches(formula, chargeable);
  const billed = stretches.reduce((sum, { seconds }) => sum + seconds, 0);
  if (trace !== undefined) explainQuantity(trace, leg, formula, { raw, chargeable, stretches, billed });
  const priced = billed - coveredOf(leg, billed, 's', trace);
  const pricedStretches = leg.part === undefined ? stretches : uncoveredStretches(stretches, leg.part.covered);
  const parts = pricedParts(leg, formula, pricedStretches, trace);
  if ('reason' in parts) return parts;
  const { exact, moves } = priceParts(leg, formula, parts, { counted: BigInt(priced), unitName: 's' }, counters, trace);
  return finish(terms, formula, { raw, billed: priced, exact, moves, fees: hasFees(leg.part, billed, priced) }, trace);
}

/** The stretches with their prices, cut where the time band changes if the agreement splits. */
function pricedParts(
  { book, terms, event, trunk, row, band: startBand }: Leg,
  formula: Formula,
  stretches: readonly BilledStretch[],
  trace: Trace,
): readonly PricedPart[] | NotPriced {
  const { bands, agreement, tariff } = terms;
  const labelled = (label: readonly Saying[], step: number): readonly Saying[] =>
    formula.steps.length > 0 && trace !== undefined ? [...label, pricing('price.part.step', { step: String(step + 1) })] : label;
  if (bands === undefined || agreement.bands === 'start') {
    return stretches.map(({ seconds, step }) => part(BigInt(seconds) * 1_000_000n, formula, step, labelled([], step)));
  }
  const begin = event.startMicros + formula.freeSeconds * MICROS_PER_SECOND;
  const parts: PricedPart[] = [];
  for (const { fromSeconds, seconds, step } of stretches) {
    const end = begin + (fromSeconds + seconds) * MICROS_PER_SECOND;
    for (let at = begin + fromSeconds * MICROS_PER_SECOND; at < end; ) {
      const band = bands.at(at);
      let until = bands.nextBoundary(at);
      while (until < end && bands.at(until) === band) until = bands.nextBoundary(until);
      const bandRow = band === startBand ? row : selectRate(book, terms, event, trunk, band);
      const bandFormula = bandRow < 0 ? undefined : formulaOf(tariff, bandRow);
      if (bandFormula === undefined || bandFormula.structure !== formula.structure) return notPriced(terms, bandRow);
      const name = tariff.timeBands?.bands[band]?.name ?? '';
      if (trace !== undefined && bandRow !== row) {
        const figures = { band: name, rate: String(rateIdOf(tariff, bandRow)) };
        explainStep(trace, 'band', [pricing('price.band.reached', figures)], figures);
      }
      parts.push(
        part(
          BigInt(Math.min(until, end) - at),
          bandFormula,
          step,
          labelled(trace === undefined ? [] : [pricing('price.part.band', { band: name })], step),
        ),
      );
      at = Math.min(until, end);
    }
  }
  return parts;
}

function notPriced({ tariff }: Terms, row: number): NotPriced {
  const { id } = tariff.tariff;
  if (row === NO_CALLER) return { reason: 'rating.no-caller', detail: `tariff ${id} chooses by the caller's number, which is missing` };
  return { reason: 'rating.no-rate-in-band', detail: `tariff ${id}: a later time band of the call has no rate that may price it` };
}

function part(micros: bigint, formula: Formula, step: number, label: readonly Saying[]): PricedPart {
  const price = step === 0 ? formula.price : (formula.steps[step - 1]?.price ?? 0n);
  return { quantity: { numerator: micros, denominator: 1_000_000n }, price, tiers: formula.tiers, label };
}

interface Quantities {
  readonly raw: number;
  readonly chargeable: number;
  readonly stretches: readonly BilledStretch[];
  readonly billed: number;
}

function explainQuantity(
  trace: NonNullable<Trace>,
  { terms, event }: Leg,
  formula: Formula,
  { raw, chargeable, stretches, billed }: Quantities,
): void {
  const given = formatSeconds(BigInt(event.durationMicros));
  const rawText = formatSeconds(BigInt(raw));
  const chargeableText = formatSeconds(BigInt(chargeable));
  const { seconds: rule } = terms.agreement;
  const said: Said = [
    given === rawText
      ? pricing('price.quantity.exact', { seconds: given })
      : pricing('price.quantity.taken', { seconds: given, raw: rawText, rule }),
    ...(formula.freeSeconds > 0 ? [pricing('price.quantity.free', { free: String(formula.freeSeconds), seconds: chargeableText })] : []),
    pricing('price.quantity.billed', { seconds: String(billed) }),
    ...stretches.flatMap((stretch, at) => [at === 0 ? ': ' : '; ', ...explainStretch(stretch, chargeable)]),
  ];
  explainStep(trace, 'quantity', said, { given, raw: rawText, chargeable: chargeableText, billed: String(billed) });
}

/** `60/60: 60 + ⌈1 / 60⌉ × 60 = 120`. */
function explainStretch({ fromSeconds, seconds, firstSeconds, nextSeconds, step }: BilledStretch, chargeable: number): Said {
  const from = step === 0 ? [] : [pricing('price.quantity.from', { from: String(fromSeconds) })];
  const increments = `${firstSeconds}/${nextSeconds}`;
  if (seconds === firstSeconds) return [...from, pricing('price.quantity.first', { increments, first: String(firstSeconds) })];
  const beyond = Math.min(chargeable - (fromSeconds + firstSeconds) * MICROS_PER_SECOND, (seconds - firstSeconds) * MICROS_PER_SECOND);
  const sum = `${firstSeconds} + ⌈${formatSeconds(BigInt(beyond))} / ${nextSeconds}⌉ × ${nextSeconds} = ${seconds}`;
  return [...from, pricing('price.quantity.increments', { increments }), sum];
}
