import { noticeOccasions, noticeWays } from '#core/catalog/notice.ts';
import { documentLanguages } from '#core/parties/invoicing-terms.ts';
import { flag, identifier, text } from '../scalar-shapes.ts';
import { defaulted, listOf, mapOf, oneOf, optional, record, required, scalar } from '../shapes.ts';

const LONGEST = 2_000;
const language = { says: `language (${documentLanguages.join(', ')})`, pattern: new RegExp(`^(${documentLanguages.join('|')})$`) };
const message = scalar('text', `text of at most ${LONGEST} characters`, { type: 'string', minLength: 1, maxLength: LONGEST }, (value) =>
  value.trim() !== '' && value.length <= LONGEST && !value.includes('\u0000') ? value.trim() : undefined,
);

export const notice = record('notice', {
  id: required(identifier, 'Name of the notice: thresholds name it in `notify`.', 'data-low'),
  on: required(oneOf(noticeOccasions), 'What it tells of. `threshold`: one that names it.', 'threshold'),
  of: optional(
    listOf(text, { lone: true }),
    'Only of these allowances, controls, add-ons or `main` (the account’s money); on `roaming-entered` in networks whose MCC and MNC begin so.',
    '[data-3gb-home]',
  ),
  by: defaulted(
    listOf(oneOf(noticeWays), { lone: true }),
    ['sms'],
    '[sms]',
    'By which ways, of those that the account wants.',
    '[sms, email]',
  ),
  urgent: defaulted(
    flag,
    false,
    'false',
    'It is sent also at night, to who wants not to be disturbed, and beyond what an account is told in a day.',
    'true',
  ),
  texts: required(
    mapOf(language, message),
    'What it says in each language. What may stand in braces: [notifications](notifications.md).',
    '{en: "{left} left."}',
  ),
  subjects: optional(mapOf(language, message), 'Of mails, in each language of `texts`.', '{en: "Your data"}'),
});
