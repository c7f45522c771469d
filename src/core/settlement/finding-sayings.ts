/** What is open of a period before it is closed, in English, by the codes of what is said of it. */
import { inEnglish, type Said } from '../said.ts';

export const findingSayings = {
  'finding.suspense': '{{records}} records over its trunks are held',
  'finding.unpriced': '{{records}} records are held whose trunk is nobody’s: they may be its',
  'finding.alarm': '{{source}}: {{kind, alarm}} {{subject}}',
  'finding.loading': '{{file}} is not loaded to its end',
  'finding.missing-days': 'nothing {{role, word}} on {{days}}, and there usually is',
  'finding.missing-more-days': 'nothing {{role, word}} on {{days}} and {{count}} more days, and there usually is',
  'finding.deals-first':
    'its deals are due from {{from}} on, and its first traffic is of {{begun}}: say from which day it is settled here (settlement: from)',
  'finding.no-traffic': 'nothing is charged in it, and nothing of any agreement on {{to}} or later: its traffic may not be loaded yet',
} as const;

/** In English, and in pieces for other languages. */
export function saidOfFinding(
  code: keyof typeof findingSayings,
  values: Readonly<Record<string, string>>,
): { readonly detail: string; readonly said: Said } {
  const said = [{ code, values }];
  return { detail: inEnglish(said, findingSayings).trim(), said };
}
