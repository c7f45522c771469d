/** The small print of a statement: what a reader must know to check it. */
import { minorUnits } from '../money/currencies.ts';
import type { RoundingMode } from '../money/rounding.ts';
import { formatInstant } from '../time/zoned.ts';
import { writeDate } from './statement-period.ts';
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
  const { zone, currency, rounding, net, lines } = statement;
  const currencies = net.map((each) => each.currency);
  const paid = minorUnits(currency);
  const finer = net.some((each) => decimalsCut(each.netNanos, minorUnits(each.currency)));
  return [
    ...(statement.provisional ? [`Provisional: the period was not over when this was made on ${writeDate(statement.preparedOn)}.`] : []),
    ...(statement.knownAtMicros === undefined ? [] : [`Only what was booked by ${formatInstant(statement.knownAtMicros)} is counted.`]),
    `A call belongs to the local day on which it began. Days and time bands are those of ${zone}: the period runs from ` +
      `${formatInstant(statement.fromMicros)} up to ${formatInstant(statement.toMicros)}.`,
    `Each charge was computed exactly and rounded once, ${MODE_WORDS[rounding.mode]}, to ${rounding.decimals} decimals. Totals are sums of these charges.`,
    ...(lines.some((line) => line.service === 'voice')
      ? ['Minutes are shown rounded to two decimals; amounts are computed from seconds.']
      : []),
    currencies.length === 1
      ? `All amounts are in ${currency}. Nothing was converted.`
      : `Amounts in ${currencies.join(' and ')} stand side by side: nothing was converted, and currencies are not set off against each other.`,
    ...(finer && paid !== undefined
      ? [`What is to be paid is the net, rounded ${MODE_WORDS[rounding.mode]} to the decimals in which the currency is paid.`]
      : []),
  ];
}

function decimalsCut(nanos: bigint, decimals: number | undefined): boolean {
  return decimals !== undefined && nanos % 10n ** BigInt(9 - decimals) !== 0n;
}
