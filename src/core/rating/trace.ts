import { formatDecimal, trimDecimal } from '../money/decimal.ts';
import { inEnglish, type Said } from '../said.ts';
import type { ExplanationStep } from './explanation.ts';
import { pricingSayings } from './pricing-sayings.ts';

/** Collects the steps of an explanation; undefined where nobody asked for one. */
export type Trace = ExplanationStep[] | undefined;

/** Adds a step. Called only where a trace is wanted, so that texts cost nothing otherwise. */
export function explainStep(
  trace: ExplanationStep[],
  step: ExplanationStep['step'],
  said: Said,
  figures: Readonly<Record<string, string>> = {},
): void {
  trace.push({ step, text: inEnglish(said, pricingSayings), said, figures });
}

/** A price or fee at the tariff's scale, without needless zeros. */
export function formatPrice(units: bigint, scale: number): string {
  return formatDecimal(trimDecimal({ units, scale }));
}

/** Microseconds as seconds: 61000000 is `61`. */
export function formatSeconds(micros: bigint): string {
  return formatDecimal(trimDecimal({ units: micros, scale: 6 }));
}
