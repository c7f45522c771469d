import { formatNanos } from '#core/money/amount.ts';
import { minorUnits } from '#core/money/currencies.ts';
import { formatDecimal } from '#core/money/decimal.ts';
import { groupThousands } from '#core/money/grouping.ts';
import { divideRounded } from '#core/money/rounding.ts';
import { addLines, type ConvertedLine, type ConvertedMargin } from '#core/settlement/converted-margin.ts';
import { type MarginBy, marginByWords } from '#core/settlement/margin-by.ts';
import { type StatementPeriod, writePeriod } from '#core/settlement/statement-period.ts';
import { formatTable, TABLE_WIDTH, type TableRow } from './table.ts';
import { hanging } from './wrap.ts';

interface Frame {
  readonly period: StatementPeriod;
  readonly zone: string;
  readonly by: MarginBy;
}

const FIGURES = ['Events', 'Answered', 'Minutes sold', 'Owed to us', 'Owed by us', 'Margin', '%'];

/** The margin on transit in one currency; `most` lines, the others added up in one, and `more` notes. Amounts are rounded for the eye. */
export function printConvertedMargin(
  margin: ConvertedMargin,
  { period, zone, by }: Frame,
  most = Number.POSITIVE_INFINITY,
  more: readonly string[] = [],
): string {
  const words = marginByWords(by);
  const { lines, total, currency, rates, oneSided } = margin;
  const decimals = minorUnits(currency) ?? 2;
  const cells = (name: string, line: ConvertedLine): TableRow => [
    name,
    count(line.events),
    count(line.answered),
    count(divideRounded(line.billedSeconds, 60n, 'half-even')),
    money(line.receivableNanos, decimals),
    money(line.payableNanos, decimals),
    money(line.marginNanos, decimals),
    percent(line),
  ];
  const shown = lines.length <= most + 1 ? lines : lines.slice(0, most);
  const rest = lines.slice(shown.length);
  const rows = shown.map((line) => cells(line.destination === '' ? 'no rate' : line.destination, line));
  if (rest.length > 0) rows.push(cells(`${rest.length} more`, addLines(rest)));
  const columns = [
    { title: `${words.slice(0, 1).toUpperCase()}${words.slice(1)}` },
    ...FIGURES.map((title) => ({ title, align: 'right' as const })),
  ];
  const table = formatTable(columns, [...rows, 'rule', cells(`Total ${currency}`, total)]);
  const notes = [
    'Each figure is rounded by itself for showing; margins are those of the exact amounts. --json has the exact ones.',
    ...[...rates].map(([from, rate]) => `1 ${from} is taken as ${formatDecimal(rate)} ${currency}.`),
    ...oneSided.map(({ side, currency: of, events, nanos }) => {
      const where = side === 'receivable' ? 'that ended in the own network, owed to us' : 'that began in the own network, owed by us';
      return `Besides: ${count(events)} events ${where}: ${money(nanos, minorUnits(of) ?? 2)} ${of}.`;
    }),
  ];
  const printed = [...notes, ...more].map((note) => hanging(note, TABLE_WIDTH));
  return `Margin on transit by ${words} in ${currency}, ${writePeriod(period)}, ${zone}\n\n${table}\n${printed.map((note) => `\n${note}`).join('')}\n`;
}

function count(value: bigint): string {
  return groupThousands(value.toString());
}

function money(nanos: bigint, decimals: number): string {
  const step = 10n ** BigInt(9 - decimals);
  return groupThousands(formatNanos(divideRounded(nanos, step, 'half-even') * step, decimals)).replace('-', '−');
}

function percent({ marginNanos, receivableNanos }: ConvertedLine): string {
  if (receivableNanos <= 0n) return '';
  const tenths = divideRounded(marginNanos * 1_000n, receivableNanos, 'half-even');
  return formatNanos(tenths * 100_000_000n, 1).replace('-', '−');
}

/** Exact amounts as text. */
export function convertedMarginJson(
  { lines, total, currency, rates, oneSided }: ConvertedMargin,
  { period, zone }: Frame,
  notes: readonly string[] = [],
): string {
  const figures = (line: ConvertedLine) => ({
    events: Number(line.events),
    answered: Number(line.answered),
    billedSeconds: line.billedSeconds.toString(),
    receivable: formatNanos(line.receivableNanos),
    payable: formatNanos(line.payableNanos),
    margin: formatNanos(line.marginNanos),
  });
  return `${JSON.stringify(
    {
      period: { label: period.label, from: period.from, to: period.to, zone },
      currency,
      rates: Object.fromEntries([...rates].map(([from, rate]) => [from, formatDecimal(rate)])),
      lines: lines.map((line) => ({ destination: line.destination, ...figures(line) })),
      total: figures(total),
      oneSided: oneSided.map(({ side, currency: of, events, nanos }) => ({
        side,
        currency: of,
        events: Number(events),
        amount: formatNanos(nanos),
      })),
      notes,
    },
    null,
    2,
  )}\n`;
}
