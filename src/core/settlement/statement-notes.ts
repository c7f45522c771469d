/** The small print of a statement: what a reader must know to check it. */
import { minorUnits } from '../money/currencies.ts';
import type { RoundingMode } from '../money/rounding.ts';
import { formatInstant } from '../time/zoned.ts';
import { countWords } from './figures-words.ts';
import { type PricedTerms, payRounding } from './priced-terms.ts';
import { dayAfter, writeDate, writePeriod } from './statement-period.ts';
import type { Statement } from './whole-statement.ts';

const MODE_WORDS: Readonly<Record<RoundingMode, string>> = {
  'half-up': 'half up',
  'half-even': 'half to even',
  'half-down': 'half down',
  up: 'up (away from zero)',
  down: 'down (towards zero)',
  ceiling: 'to the next higher',
  floor: 'to the next lower',
};

export function statementNotes(statement: Statement): string[] {
  const { zone, currency, net, lines } = statement;
  const currencies = net.map((each) => each.currency);
  const paid = minorUnits(currency);
  const finer = net.some((each) => decimalsCut(each.netNanos, minorUnits(each.currency)));
  return [
    ...(statement.provisional ? [`Provisional: the period was not over when this was made on ${writeDate(statement.preparedOn)}.`] : []),
    ...(statement.knownAtMicros === undefined ? [] : [`Only what was booked by ${formatInstant(statement.knownAtMicros)} is counted.`]),
    `A call belongs to the local day on which it began. Days and time bands are those of ${zone}: the period runs from ` +
      `${formatInstant(statement.fromMicros)} up to ${formatInstant(statement.toMicros)}.`,
    ...termsNotes(statement),
    ...(lines.some((line) => line.service === 'voice')
      ? ['Minutes are shown rounded to two decimals; amounts are computed from seconds.']
      : []),
    ...(lines.some((line) => line.split !== undefined)
      ? [
          'A call is on the line of the time band in which it began, also when it continues in another band, whose rate prices that part. ' +
            'Minutes × rate is not the amount of such a call; the line says how many there are and what they cost, the detail file marks each.',
        ]
      : []),
    currencies.length === 1
      ? `All amounts are in ${currency}. Nothing was converted.`
      : `Amounts in ${currencies.join(' and ')} stand side by side: nothing was converted, and currencies are not set off against each other.`,
    ...(finer && paid !== undefined
      ? [
          `What is to be paid is the net, rounded ${MODE_WORDS[payRounding(statement.terms)]} ${
            statement.terms.length > 1 ? 'as the latest charges were, ' : ''
          }to the decimals in which the currency is paid.`,
        ]
      : []),
  ];
}

/** The terms of the charges: once when they are the same for all, else with the days of the charges under each. */
function termsNotes({ agreement, terms, lines }: Statement): string[] {
  const [only, ...others] = terms;
  if (only === undefined) return [];
  const voice = lines.some((line) => line.service === 'voice');
  const banded = lines.some((line) => line.band !== '');
  const words = ({ rounding, seconds, bands }: PricedTerms): string =>
    [
      `rounded once, ${MODE_WORDS[rounding.mode]}, to ${rounding.decimals} decimals`,
      ...(voice ? [SECONDS_WORDS[seconds]] : []),
      ...(banded && voice ? [BAND_WORDS[bands]] : []),
    ].join('; ');
  const sums = 'Totals are sums of these charges.';
  if (others.length === 0 && only.name === agreement.name) return [`Each charge was computed exactly and ${words(only)}. ${sums}`];
  const zones = new Set(terms.map(({ zone }) => zone)).size > 1;
  const each = terms.map((one) => {
    const days = writePeriod({ from: one.firstDay, to: dayAfter(one.lastDay) });
    const zone = zones ? `; days of ${one.zone}` : '';
    return `${days}, ${countWords(one.events)} charged events (${one.name}): ${words(one)}${zone}.`;
  });
  return [`Each charge was computed exactly, under the terms that priced it. ${sums}`, ...each];
}

const SECONDS_WORDS: Readonly<Record<PricedTerms['seconds'], string>> = {
  'as-given': 'seconds of a call as recorded',
  ceil: 'seconds of a call rounded up to whole ones',
  nearest: 'seconds of a call rounded to the nearest whole one',
};

const BAND_WORDS: Readonly<Record<PricedTerms['bands'], string>> = {
  start: 'the time band in which a call began prices all of it',
  split: 'each part of a call is priced by the time band in which it lies',
};

function decimalsCut(nanos: bigint, decimals: number | undefined): boolean {
  return decimals !== undefined && nanos % 10n ** BigInt(9 - decimals) !== 0n;
}
