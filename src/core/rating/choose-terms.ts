import type { Agreement } from '../agreements/agreements.ts';
import type { Terms } from './compile-book.ts';

/** The version in force at an instant; 'ambiguous' when two agreements have one. */
export function chooseTerms(candidates: readonly Terms[] | undefined, startMicros: number): Terms | 'ambiguous' | undefined {
  let chosen: Terms | undefined;
  for (const terms of candidates ?? NO_TERMS) {
    const day = terms.days.date(startMicros);
    if (!isValidOn(terms.agreement, day) || terms.laterVersions.some((later) => isValidOn(later, day))) continue;
    if (chosen !== undefined) return 'ambiguous';
    chosen = terms;
  }
  return chosen;
}

const NO_TERMS: readonly Terms[] = [];

function isValidOn({ validFrom, validTo }: Agreement, day: string): boolean {
  return day >= validFrom && (validTo === undefined || day < validTo);
}
