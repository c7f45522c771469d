/** What is done with records before they are charged: parts put together, traffic screened. */
import { screeningKeys, screeningKinds } from '#core/usage/screening.ts';
import { services } from '#core/usage/usage-event.ts';
import { digits, flag, identifier, idOf, wholeNumber } from '../scalar-shapes.ts';
import { defaulted, listOf, oneOf, optional, record, required, type Shape } from '../shapes.ts';

const few = <T>(shape: Shape<T>): Shape<readonly T[]> => listOf(shape, { lone: true });

/** A year. */
const MOST_MINUTES = 527_040;
const MOST_DAYS = 3_660;

export const correlation = record('correlation', {
  id: required(identifier, 'Name of the correlation.', 'sip-dialogs'),
  kind: required(
    oneOf(['parts', 'legs']),
    '`parts`: records that the format says are parts of a call (INVITE and BYE, first and last). `legs`: A-leg and B-leg records of one call.',
    'parts',
  ),
  sources: required(few(idOf('sources')), 'Whose records belong together. Of `legs`: those that write A legs.', '[kamailio-1, kamailio-2]'),
  bSources: optional(
    few(idOf('sources')),
    '`legs`: those that write B legs. Left out: `sources` write both, and a record with only an incoming trunk is an A leg.',
    '[gateway]',
  ),
  match: defaulted(
    oneOf(['id', 'numbers']),
    'id',
    'id',
    '`legs`: both have the same `partGroup` (a call id), or the same caller and called number.',
    'numbers',
  ),
  startSeconds: defaulted(wholeNumber(0, 86_400), 5, '5', '`legs`: their starts are at most so far apart.', '10'),
  durationSeconds: defaulted(wholeNumber(0, 86_400), 5, '5', '`legs`: their durations differ by at most so much.', '3'),
  timeoutMinutes: defaulted(
    wholeNumber(0, MOST_MINUTES),
    1440,
    '1440',
    'How long the others are waited for, since the last of them arrived.',
    '240',
  ),
  onTimeout: defaulted(
    oneOf(['hold', 'rate']),
    'hold',
    'hold',
    'Then: what is there is held for `usage.parts-missing`, or rated as it is. A signal without its other one is held.',
    'rate',
  ),
  join: defaulted(oneOf(['whole', 'each']), 'whole', 'whole', '`parts`: one event for all, or one for each part as it comes.', 'each'),
});

export const screeningRule = record('screening rule', {
  id: required(identifier, 'Name of the rule.', 'premium-burst'),
  kind: required(
    oneOf(screeningKinds),
    '`volume`: more than `limit` calls or minutes in a window. `burst`: more than `limit` calls shorter than `shorterThanSeconds` in a window. `simultaneous`: more than `limit` calls at one time. `first-call`: the first ever, or in `days`. `silence`: traffic after `silentHours` without.',
    'volume',
  ),
  per: required(
    oneOf(screeningKeys),
    'What is counted apart: each caller, called number, trunk or destination. Events that have none are not looked at.',
    'calling',
  ),
  action: required(oneOf(['flag', 'hold']), 'A hit is noted, or the event is held before it is charged as well.', 'flag'),
  measure: defaulted(oneOf(['calls', 'minutes']), 'calls', 'calls', '`volume`: what is added up.', 'minutes'),
  limit: optional(wholeNumber(0, 1_000_000_000), '`volume`, `burst`, `simultaneous`: more than this is a hit.', '100'),
  windowMinutes: optional(wholeNumber(1, MOST_MINUTES), '`volume`, `burst`: length of the window that ends at the event’s start.', '60'),
  days: optional(wholeNumber(1, MOST_DAYS), '`first-call`: nothing for so many days. Left out: ever.', '90'),
  silentHours: optional(wholeNumber(1, 24 * MOST_DAYS), '`silence`: nothing for so many hours, and something before.', '72'),
  shorterThanSeconds: optional(wholeNumber(1, 86_400), 'Only calls shorter than this.', '10'),
  longerThanSeconds: optional(wholeNumber(0, 864_000), 'Only calls longer than this.', '600'),
  codeDeck: optional(idOf('codeDecks'), 'Needed with `per: destination`: whose destinations.', 'world'),
  called: optional(few(digits), 'Only called numbers that begin with one of these. Needed for `first-call`.', '[44909, 881]'),
  calling: optional(few(digits), 'Only callers that begin with one of these.', '[49]'),
  trunksIn: optional(few(idOf('trunks')), 'Only what came in on one of these.', '[north-1]'),
  trunksOut: optional(few(idOf('trunks')), 'Only what left on one of these.', '[south-1]'),
  sources: optional(few(idOf('sources')), 'Only events of these sources.', '[switch]'),
  services: optional(few(oneOf(services)), 'Only these services.', '[voice, sms]'),
  lateHours: defaulted(
    wholeNumber(0, 24 * MOST_DAYS),
    24,
    '24',
    'What starts so much before the newest event that the rule has seen is not looked at. The rule remembers so much more than its window.',
    '6',
  ),
  attempts: defaulted(flag, false, 'false', 'Calls that were not answered are looked at too.', 'true'),
});
