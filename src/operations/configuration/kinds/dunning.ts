/** How a legal entity asks for what is overdue. */
import { readCurrency } from '#core/money/currencies.ts';
import { parseDecimal } from '#core/money/decimal.ts';
import { dunningTones } from '#core/parties/dunning-terms.ts';
import { flag, identifier, wholeNumber } from '../scalar-shapes.ts';
import { changed, defaulted, listOf, mapOf, oneOf, optional, record, required, scalar } from '../shapes.ts';

const amount = scalar('amount', 'an amount above zero such as 15.00', { anyOf: [{ type: 'number' }, { type: 'string' }] }, (value) => {
  const read = parseDecimal(value);
  return read !== undefined && read.units > 0n && read.scale <= 9 ? value : undefined;
});

const byCurrency = changed(mapOf({ says: 'currency', pattern: /^[A-Z]{3}$/ }, amount), (amounts, tree, field, reading) => {
  for (const [currency, written] of Object.entries(amounts)) {
    const known = readCurrency(currency);
    const decimals = known.kind === 'current' ? known.currency.minorUnits : undefined;
    if (known.kind !== 'current')
      return reading.fault('configuration.value-wrong', `${currency} is not a currency of today`, tree, field, currency);
    if ((parseDecimal(written)?.scale ?? 0) > (decimals ?? 0))
      return reading.fault('configuration.value-wrong', `${written} has more decimals than ${currency}`, tree, field, written);
  }
  return amounts;
});

const stage = record('object', {
  name: required(identifier, 'What the stage is called.', 'second-notice'),
  afterDays: required(wholeNumber(0, 3650), 'Days past the due day from which a document can be at it.', '21'),
  tone: required(oneOf(dunningTones), 'Of the letter: a friendly reminder, a demand, or the last one before further steps.', 'demand'),
  fee: optional(byCurrency, 'Asked for once with each letter of this stage, by currency. Left out: none.', '{EUR: 15.00, USD: 18.00}'),
  hold: defaulted(flag, false, 'false', 'The account is put on hold; released when nothing at such a stage is overdue any more.', 'true'),
});

export const dunningTerms = changed(
  record('object', {
    stages: required(
      listOf(stage),
      'Stages in their order.',
      '[{name: reminder, afterDays: 7, tone: reminder}, {name: last, afterDays: 30, tone: final, hold: true}]',
    ),
    least: optional(byCurrency, 'Overdue amounts below it are not asked for, by currency.', '{EUR: 10.00}'),
    daysBetween: defaulted(wholeNumber(1, 365), 7, '7', 'Days between two letters for a document, at least.', '10'),
    daysToPay: defaulted(wholeNumber(0, 365), 10, '10', 'Days that a letter gives for payment.', '7'),
  }),
  (terms, tree, field, reading) => {
    const late = terms.stages.findIndex(({ afterDays }, index) => afterDays < (terms.stages[index - 1]?.afterDays ?? 0));
    if (terms.stages.length === 0) return reading.fault('configuration.key-missing', 'there is no stage', tree, `${field}.stages`);
    if (late !== -1)
      return reading.fault(
        'configuration.value-wrong',
        'stages stand in the order of their days',
        tree,
        `${field}.stages[${late + 1}].afterDays`,
      );
    return terms;
  },
);
