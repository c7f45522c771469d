import type { Said } from '../said.ts';

/**
 * The steps by which a charge came about. Each step has a fixed name, figures for machines and a
 * sentence for people; `formatExplanation` prints them so that a person can follow with pencil and paper.
 */
export interface Explanation {
  readonly steps: readonly ExplanationStep[];
  /** The amount before rounding, in full: `0.013928(3)`. */
  readonly exactAmount: string;
  /** The amount after the one rounding, with the agreement's decimals. */
  readonly amount: string;
  readonly currency: string;
}

export const explanationSteps = [
  'agreement',
  'tariff',
  'portability',
  'rate',
  'runner-up',
  'band',
  'quantity',
  'allowance',
  'price',
  'fees',
  'limits',
  'tier',
  'rounding',
] as const;

export interface ExplanationStep {
  readonly step: (typeof explanationSteps)[number];
  /** English. */
  readonly text: string;
  /** The same in pieces, for other languages: codes of pricing-sayings.ts. */
  readonly said: Said;
  readonly figures: Readonly<Record<string, string>>;
}

export function formatExplanation(explanation: Explanation): string {
  const width = Math.max(...explanation.steps.map(({ step }) => step.length));
  return explanation.steps.map(({ step, text }) => `${step.padEnd(width)}  ${text}`).join('\n');
}
