/** Seconds of a call: raw, chargeable, billed. Docs: docs/concepts/pricing.md §3. */
import type { Agreement } from '../agreements/agreements.ts';
import type { Formula } from '../tariffs/compiled-tariff.ts';
import { MICROS_PER_SECOND } from '../time/zoned.ts';

/** Raw duration in microseconds after the agreement's seconds rule. */
export function rawMicros(durationMicros: number, rule: Agreement['seconds']): number {
  const rest = durationMicros % MICROS_PER_SECOND;
  if (rule === 'as-given' || rest === 0) return durationMicros;
  const down = durationMicros - rest;
  return rule === 'ceil' || rest * 2 >= MICROS_PER_SECOND ? down + MICROS_PER_SECOND : down;
}

/** Billed seconds of chargeable microseconds under first and next increment. */
export function billedSeconds(chargeableMicros: number, firstSeconds: number, nextSeconds: number): number {
  if (chargeableMicros <= 0) return 0;
  const seconds = Math.ceil(chargeableMicros / MICROS_PER_SECOND);
  if (seconds <= firstSeconds) return firstSeconds;
  return firstSeconds + Math.ceil((seconds - firstSeconds) / nextSeconds) * nextSeconds;
}

/** A stretch of billed time within one step. */
export interface BilledStretch {
  /** Seconds of billed time before it. */
  readonly fromSeconds: number;
  readonly seconds: number;
  /** 0 for the rate's own price, k for its k-th step. */
  readonly step: number;
  readonly firstSeconds: number;
  readonly nextSeconds: number;
}

/** Billed time of a call by steps; one stretch without steps, none when nothing is billed. */
export function billedStretches(formula: Formula, chargeableMicros: number): readonly BilledStretch[] {
  const steps = [{ fromSeconds: 0, firstSeconds: formula.firstSeconds, nextSeconds: formula.nextSeconds }, ...formula.steps];
  return steps.flatMap(({ fromSeconds, firstSeconds, nextSeconds }, step) => {
    const end = steps[step + 1]?.fromSeconds ?? Number.POSITIVE_INFINITY;
    const inStep = Math.min(chargeableMicros, end * MICROS_PER_SECOND) - fromSeconds * MICROS_PER_SECOND;
    const seconds = billedSeconds(inStep, firstSeconds, nextSeconds);
    return seconds > 0 ? [{ fromSeconds, seconds, step, firstSeconds, nextSeconds }] : [];
  });
}
