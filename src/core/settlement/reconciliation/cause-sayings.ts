/** Why a partner's figures differ, in English, by the codes of what is said of a cause: to us, and to them. */
import type { Saying } from '../../said.ts';

export const causeSayings = {
  'cause.hours-missing': 'they lack the hours ',
  'cause.hours-missing.you': 'you lack the hours ',
  'cause.hours-twice': 'they count twice the hours ',
  'cause.hours-twice.you': 'you count twice the hours ',
  'cause.hours': '{{from}} to {{to}}',
  'cause.files-missing': 'they lack the calls of ',
  'cause.files-missing.you': 'you lack the calls of ',
  'cause.files-twice': 'they count twice the calls of ',
  'cause.files-twice.you': 'you count twice the calls of ',
  'cause.file-of-ours': 'one of our files',
  'cause.files-of-ours': '{{count}} of our files',
  'cause.more': ' and {{count}} more',
  'cause.short-calls': 'they leave out calls under {{seconds}} s',
  'cause.short-calls.you': 'you leave out calls under {{seconds}} s',
  'cause.ported': 'they take calls to ported numbers by the number dialled, without looking portability up',
  'cause.ported.you': 'you take calls to ported numbers by the number dialled, without looking portability up',
  'cause.code-deck': 'they take calls to {{code}} for {{takenAs}}: another code deck',
  'cause.code-deck.you': 'you take calls to {{code}} for {{takenAs}}: another code deck',
  'cause.zone': 'they cut the day in another zone: their hours fit {{zone}}',
  'cause.zone.you': 'you cut the day in another zone: your hours fit {{zone}}',
  'cause.start': 'their charging starts at another signal: {{seconds}} s for each call',
  'cause.start.you': 'your charging starts at another signal: {{seconds}} s for each call',
  'cause.increments': 'they bill by increments {{increments}}',
  'cause.increments.you': 'you bill by increments {{increments}}',
  'cause.increments-for': 'they bill by increments {{increments}} for {{destination}}',
  'cause.increments-for.you': 'you bill by increments {{increments}} for {{destination}}',
  'cause.rate-date': 'they take the rates of {{ourDay}} from {{takenDay}}',
  'cause.rate-date.you': 'you take the rates of {{ourDay}} from {{takenDay}}',
  'cause.tax': 'their amounts include a tax of {{percent}} %',
  'cause.tax.you': 'your amounts include a tax of {{percent}} %',
  'cause.exchange': 'their amounts are ours times {{factor}} throughout: another rate of exchange',
  'cause.exchange.you': 'your amounts are ours times {{factor}} throughout: another rate of exchange',
  'cause.evidence': 'of what does not fit, {{before}} before and {{after}} after',
} as const;
export type CauseCode = keyof typeof causeSayings;

export function ofCause(code: CauseCode, values: Readonly<Record<string, string>> = {}): Saying {
  return { code, values };
}
