/** Section 3: seconds, increments, steps and time bands. */
import type { Agreement } from '#core/agreements/agreements.ts';
import type { Rate } from '#core/tariffs/tariff.ts';
import { MINUTE_MICROS } from './clock.ts';
import { ceilingOf, compare, type Exact, exact, minus, ofDecimal, over, plus, times, whole, ZERO } from './exact.ts';

const SECOND_MICROS = 1_000_000;

export function rawSeconds(durationMicros: number, rule: Agreement['seconds']): Exact {
  const given = exact(BigInt(durationMicros), 1_000_000n);
  if (rule === 'as-given') return given;
  if (rule === 'ceil') return exact(ceilingOf(given));
  const half = exact(1n, 2n);
  // Half up: the whole number at or below value + 1/2; values are not negative.
  const doubled = plus(given, half);
  return exact(doubled.n / doubled.d);
}

/** Billed seconds for so many chargeable ones: the first increment, then whole next ones. */
export function increments(chargeable: Exact, first: Exact, next: Exact): Exact {
  if (compare(chargeable, ZERO) <= 0) return ZERO;
  if (compare(chargeable, first) <= 0) return first;
  return plus(first, times(exact(ceilingOf(over(minus(chargeable, first), next))), next));
}

/** One price step's part of the call: billed seconds, and which step (0: the rate's own price). */
export interface StepPart {
  readonly step: number;
  readonly billed: Exact;
}

export function stepParts(rate: Rate, chargeable: Exact): readonly StepPart[] {
  const { terms } = rate;
  const steps = [
    { from: ZERO, first: whole(terms.firstSeconds ?? 1), next: whole(terms.nextSeconds ?? 1) },
    ...(terms.steps ?? []).map((step) => ({
      from: whole(step.fromSeconds),
      first: whole(step.firstSeconds),
      next: whole(step.nextSeconds),
    })),
  ];
  const parts: StepPart[] = [];
  steps.forEach((step, index) => {
    const following = steps[index + 1];
    const end = following === undefined || compare(chargeable, following.from) < 0 ? chargeable : following.from;
    const covered = minus(end, step.from);
    if (compare(covered, ZERO) > 0) parts.push({ step: index, billed: increments(covered, step.first, step.next) });
  });
  return parts;
}

export function stepPrice(rate: Rate, step: number): Exact {
  if (step === 0) return ofDecimal(rate.terms.price);
  const found = rate.terms.steps?.[step - 1];
  if (found === undefined) throw new Error(`rate ${rate.id} has no step ${step}, though the rate at the start has`);
  return ofDecimal(found.price);
}

/** Cuts billed time that begins at an instant where the band changes. Walks it minute by minute. */
export function cutByBand(
  fromMicros: number,
  seconds: Exact,
  bandAt: (micros: number) => string,
): readonly { readonly band: string; readonly seconds: Exact }[] {
  if (seconds.d !== 1n) throw new RangeError('billed seconds are whole');
  const endMicros = fromMicros + Number(seconds.n) * SECOND_MICROS;
  const pieces: { band: string; micros: number }[] = [];
  for (let at = fromMicros; at < endMicros; ) {
    const to = Math.min(endMicros, (Math.floor(at / MINUTE_MICROS) + 1) * MINUTE_MICROS);
    const band = bandAt(at);
    const last = pieces.at(-1);
    if (last?.band === band) last.micros += to - at;
    else pieces.push({ band, micros: to - at });
    at = to;
  }
  return pieces.map(({ band, micros }) => ({ band, seconds: exact(BigInt(micros), 1_000_000n) }));
}
