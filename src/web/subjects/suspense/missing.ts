/** What a group of held records lacks, in the reader's language: rating says it in English, with its names and numbers. */
import type { useTexts } from './texts.ts';

const said = [
  [/^tariff (\S+) has no rate for (\S+)$/, 'lacksRate'],
  [/^tariff (\S+) has no rate for (\S+) in band (\S+), at /, 'lacksRateInBand'],
  [/^tariff (\S+) chooses by the caller's number, which is missing$/, 'lacksCaller'],
  [/^trunk (.+) is not configured$/, 'lacksTrunk'],
  [/^the event names no trunk$/, 'namesNoTrunk'],
  [/^account (\S+) has no agreement for (\S+) /, 'lacksAgreement'],
  [/^account (\S+) has several agreements for (\S+) /, 'hasAgreements'],
] as const;

/** As rating said it where there is no other wording. */
export function missingIn(missing: string, t: ReturnType<typeof useTexts>): string {
  for (const [pattern, key] of said) {
    const [found, of = '', what = '', band = ''] = pattern.exec(missing) ?? [];
    if (found !== undefined) return t(key, { of, what, band });
  }
  return missing;
}
