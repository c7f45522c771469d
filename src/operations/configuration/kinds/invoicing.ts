/** How a legal entity invoices. */
import { patternFault } from '#core/invoicing/number-series.ts';
import { documentLanguages, invoiceKinds } from '#core/parties/invoicing-terms.ts';
import { flag, identifier, text, wholeNumber } from '../scalar-shapes.ts';
import { changed, lastOf, listOf, oneOf, optional, record, required, scalar } from '../shapes.ts';
import { bankAccounts } from './bank-accounts.ts';

export const language = oneOf(documentLanguages);

const pattern = changed(text, (value, tree, field, reading) => {
  const fault = patternFault(value);
  return fault === undefined
    ? value
    : reading.fault('configuration.value-wrong', `${lastOf(field)} is no pattern of numbers: it ${fault}`, tree, field, value);
});

const series = record('object', {
  id: required(identifier, 'Name of the series.', 'invoices'),
  kinds: required(listOf(oneOf(invoiceKinds), { lone: true }), 'Which documents it numbers.', '[invoice, debit-note]'),
  pattern: required(
    pattern,
    'How numbers are written: `{number:6}` with so many digits; with `{year}`, `{month}` or `{account}` they begin anew in each.',
    '"INV-{year}-{number:6}"',
  ),
  firstNumber: optional(wholeNumber(1, 999_999_999), 'First number of each row. Left out: 1.', '1200'),
  inDateOrder: optional(flag, 'Refuse a document dated before the last of the row.', 'true'),
});

export const colour = scalar('colour', 'a colour such as #0f4c6b', { type: 'string', pattern: '^#[0-9a-fA-F]{6}$' }, (value) =>
  /^#[0-9a-fA-F]{6}$/.test(value) ? value : undefined,
);

export const invoicingTerms = record('object', {
  series: optional(
    listOf(series),
    'Rows of numbers. Kinds of documents without one have `INV-{year}-{number:6}`, `CN-…`, `DN-…`, `SB-{account}-…`.',
    '[{id: invoices, kinds: [invoice], pattern: "{year}/{number:5}"}]',
  ),
  bankAccounts: optional(bankAccounts, 'Where documents are to be paid.', '[{iban: IE29AIBK93115212345678, bic: AIBKIE2D}]'),
  template: optional(
    identifier,
    '`classic`, `modern`, `compact`, or one of your own (`carillon template add`). Left out: `classic`.',
    'modern',
  ),
  language: optional(language, 'Of documents to parties without a language. Left out: `en`.', 'de'),
  accent: optional(colour, 'Colour of headings.', '"#0f4c6b"'),
  footer: optional(listOf(text, { lone: true }), 'Small print at the foot of each page.', '["Registered in Ireland No. 123456"]'),
  notes: optional(listOf(text, { lone: true }), 'On every document.', '["Please quote the number of the invoice."]'),
  amountInWords: optional(flag, 'The total in words. Left out: where the legal entity’s country is used to it.', 'true'),
});
