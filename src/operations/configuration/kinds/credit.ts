/** What a party may owe. */
import { parseDecimal } from '#core/money/decimal.ts';
import { flag, wholeNumber } from '../scalar-shapes.ts';
import { changed, defaulted, listOf, record, required, scalar } from '../shapes.ts';

const limit = scalar(
  'amount',
  'an amount of at least zero such as 50000.00',
  { anyOf: [{ type: 'number' }, { type: 'string' }] },
  (value) => {
    const read = parseDecimal(value);
    return read !== undefined && read.units >= 0n && read.scale <= 9 ? value : undefined;
  },
);

export const creditTerms = changed(
  record('object', {
    limit: required(limit, 'What may be owed, billed and unbilled, in the account’s currency.', '50000.00'),
    alarmsAt: defaulted(
      listOf(wholeNumber(1, 1000), { lone: true }),
      [80, 100],
      '[80, 100]',
      'Per cent of the limit at which an alarm is raised.',
      '[50, 80, 100]',
    ),
    lessPayables: defaulted(flag, false, 'false', 'What we owe on the account lessens what counts.', 'true'),
    lessDisputed: defaulted(flag, false, 'false', 'What is disputed does not count.', 'true'),
  }),
  (terms) => ({ ...terms, alarmsAt: [...new Set(terms.alarmsAt)].toSorted((a, b) => a - b) }),
);
