/** The small print of a statement: what a reader must know to check it. */
import { minorUnits } from '../money/currencies.ts';
import { formatInstant } from '../time/zoned.ts';
import { countWords } from './figures-words.ts';
import { type PricedTerms, payRounding } from './priced-terms.ts';
import { dayAfter } from './statement-period.ts';
import { type StatementLanguage, said } from './statement-words.ts';
import type { Statement } from './whole-statement.ts';

export function statementNotes(statement: Statement, language: StatementLanguage): string[] {
  const { zone, currency, net, lines, terms } = statement;
  const { words, day, name } = language;
  const { notes, rounding } = words;
  const currencies = net.map((each) => each.currency);
  const paid = minorUnits(currency);
  const finer = net.some((each) => decimalsCut(each.netNanos, minorUnits(each.currency)));
  return [
    ...(statement.provisional ? [said(notes.provisional, { day: day(statement.preparedOn) })] : []),
    ...(statement.knownAtMicros === undefined ? [] : [said(notes.knownAt, { instant: name(formatInstant(statement.knownAtMicros)) })]),
    said(notes.days, {
      zone: name(zone),
      from: name(formatInstant(statement.fromMicros)),
      to: name(formatInstant(statement.toMicros)),
    }),
    ...termsNotes(statement, language),
    ...(lines.some((line) => line.service === 'voice') ? [notes.minutes] : []),
    ...(lines.some((line) => line.split !== undefined) ? [notes.split] : []),
    currencies.length === 1
      ? said(notes.oneCurrency, { currency: name(currency) })
      : said(notes.currencies, { currencies: currencies.map(name).join(notes.and) }),
    ...(finer && paid !== undefined
      ? [said(terms.length > 1 ? notes.toPayLatest : notes.toPay, { mode: rounding[payRounding(terms)] })]
      : []),
  ];
}

/** The terms of the charges: once when they are the same for all, else with the days of the charges under each. */
function termsNotes({ agreement, terms, lines }: Statement, { words, figure, period, name }: StatementLanguage): string[] {
  const [only, ...others] = terms;
  if (only === undefined) return [];
  const { notes } = words;
  const voice = lines.some((line) => line.service === 'voice');
  const banded = lines.some((line) => line.band !== '');
  const termsOf = ({ rounding, seconds, bands }: PricedTerms): string[] => [
    said(notes.rounded, { mode: words.rounding[rounding.mode], decimals: String(rounding.decimals) }),
    ...(voice ? [words.seconds[seconds]] : []),
    ...(banded && voice ? [words.bands[bands]] : []),
  ];
  if (others.length === 0 && only.name === agreement.name) return [said(notes.charged, { terms: termsOf(only).join('; ') })];
  const zones = new Set(terms.map(({ zone }) => zone)).size > 1;
  const each = terms.map((one) =>
    said(notes.termsOf, {
      days: period({ from: one.firstDay, to: dayAfter(one.lastDay) }),
      events: figure(countWords(one.events)),
      name: name(one.name),
      terms: [...termsOf(one), ...(zones ? [said(notes.zoneOf, { zone: name(one.zone) })] : [])].join('; '),
    }),
  );
  return [notes.chargedUnderTerms, ...each];
}

function decimalsCut(nanos: bigint, decimals: number | undefined): boolean {
  return decimals !== undefined && nanos % 10n ** BigInt(9 - decimals) !== 0n;
}
