/** How books are kept and amounts converted. */
import { ledgerAccounts } from '#core/ledger/ledger-accounts.ts';
import { parseDecimal } from '#core/money/decimal.ts';
import { missingDayRules, rateBases } from '#core/money/exchange.ts';
import { services } from '#core/usage/usage-event.ts';
import { currency, flag, identifier, idOf, text, wholeNumber } from '../scalar-shapes.ts';
import { defaulted, listOf, oneOf, optional, record, required, scalar } from '../shapes.ts';

const rate = scalar('rate', 'a rate above zero such as 1.0850', { anyOf: [{ type: 'number' }, { type: 'string' }] }, (value) => {
  const read = parseDecimal(value);
  return read !== undefined && read.units > 0n ? value : undefined;
});

export const exchangePolicy = record('object', {
  source: required(identifier, 'Under which name the rates were imported.', 'ecb'),
  base: optional(currency, 'Currency over which two others are converted that have no rate of their own.', 'EUR'),
  missingDay: defaulted(
    oneOf(missingDayRules),
    'previous',
    'previous',
    'A day without a rate: the last one before it is taken, or it is refused.',
    'refuse',
  ),
  daysBack: defaulted(wholeNumber(1, 31), 7, '7', 'How many days back `previous` looks.', '4'),
  by: defaulted(oneOf(rateBases), 'day', 'day', 'Rate of the day, or average of its month.', 'month-average'),
  fixed: defaulted(
    listOf(
      record('object', {
        of: required(currency, 'One unit of this currency …', 'EUR'),
        in: required(currency, '… is worth so many of this one.', 'USD'),
        rate: required(rate, 'How many.', '1.0850'),
      }),
    ),
    [],
    'none',
    'Agreed rates, which go before all others.',
    '[{of: EUR, in: USD, rate: 1.0850}]',
  ),
});

// Object.keys gives strings; the keys of ledgerAccounts are the ledger accounts.
const accountNames = Object.keys(ledgerAccounts) as readonly (keyof typeof ledgerAccounts)[];

export const ledgerTerms = record('object', {
  fourEyes: defaulted(flag, false, 'false', 'Manual entries and reversals wait until a second person books them.', 'true'),
  chart: optional(
    listOf(
      record('object', {
        ledgerAccount: required(oneOf(accountNames), 'Ledger account of Carillon.', 'revenue'),
        service: optional(oneOf(services), 'Only postings of this service.', 'voice'),
        currency: optional(currency, 'Only postings in this currency.', 'USD'),
        account: optional(idOf('accounts'), 'Only postings of this billing account.', 'northwind-usd'),
        code: required(text, 'Account of your chart.', '"4400"'),
        name: optional(text, 'Its name.', 'Revenue, voice'),
      }),
    ),
    'Your own chart of accounts for `ledger journal`. The first rule that fits counts; with a chart, every ledger account needs a rule.',
    '[{ledgerAccount: receivable, code: "1200"}, {ledgerAccount: revenue, service: voice, code: "4400"}]',
  ),
  ageingDays: optional(listOf(wholeNumber(1, 3650)), 'Last days of the buckets of ageing. Left out: 30, 60, 90.', '[15, 30, 60]'),
});
