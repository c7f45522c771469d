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

export interface ExplanationStep {
  readonly step:
    | 'agreement'
    | 'tariff'
    | 'portability'
    | 'rate'
    | 'runner-up'
    | 'band'
    | 'quantity'
    | 'allowance'
    | 'price'
    | 'fees'
    | 'limits'
    | 'tier'
    | 'rounding';
  readonly text: string;
  readonly figures: Readonly<Record<string, string>>;
}

export function formatExplanation(explanation: Explanation): string {
  const width = Math.max(...explanation.steps.map(({ step }) => step.length));
  return explanation.steps.map(({ step, text }) => `${step.padEnd(width)}  ${text}`).join('\n');
}
