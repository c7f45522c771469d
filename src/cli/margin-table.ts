import type { MeasuredMargin } from '#app/margin.ts';
import { formatNanos } from '#core/money/amount.ts';
import { minorUnits } from '#core/money/currencies.ts';
import { divideRounded } from '#core/money/rounding.ts';
import { amountWords, billedWords, countWords } from '#core/settlement/figures-words.ts';
import type { MarginLine } from '#core/settlement/margin.ts';
import { writePeriod } from '#core/settlement/statement-period.ts';
import type { Service } from '#core/usage/usage-event.ts';
import { type Column, formatTable, type TableRow } from './table.ts';

const UNITS: Readonly<Record<Service, string>> = {
  voice: 'min',
  sms: 'message',
  mms: 'message',
  data: 'MB',
  content: 'unit',
  event: 'unit',
};

const COLUMNS: readonly Column[] = [
  { title: 'Destination' },
  { title: 'Events', align: 'right' },
  { title: 'Answered', align: 'right' },
  { title: 'Sold', align: 'right' },
  { title: 'Receivable', align: 'right' },
  { title: 'Payable', align: 'right' },
  { title: 'Margin', align: 'right' },
  { title: '%', align: 'right' },
];

/** The destinations with the largest receivable first; `most` of them. */
export function printMargin(margin: MeasuredMargin, most = Number.POSITIVE_INFINITY): string {
  const lines = margin.lines.toSorted((a, b) => compareSize(b, a));
  const services = new Set(lines.map(({ service }) => service));
  const rows: TableRow[] = lines.slice(0, most).map((line) => cells(line, services.size > 1));
  const rest = lines.length > most ? [[`… and ${lines.length - most} more`]] : [];
  const totals = margin.totals.map((total): TableRow => {
    const share = percent(total.differenceNanos, total.receivableNanos);
    return [
      `Total ${total.currency}`,
      '',
      '',
      '',
      ...[total.receivableNanos, total.payableNanos, total.differenceNanos].map((nanos) => shown(nanos, total.currency)),
      share,
    ];
  });
  const notes = margin.mixed
    ? '\nWhere the two sides are in different currencies there is no margin: nothing is converted. Totals set each currency’s two sides against each other.'
    : '';
  return `Margin by destination, ${writePeriod(margin.period)}, ${margin.zone}\n\n${formatTable(COLUMNS, [...rows, ...rest, 'rule', ...totals])}${notes}\n`;
}

/** Shown to the currency's decimals and two more; JSON has the exact amounts. */
function shown(nanos: bigint, currency: string): string {
  const decimals = (minorUnits(currency) ?? 2) + 2;
  const unit = 10n ** BigInt(9 - decimals);
  return `${amountWords(divideRounded(nanos, unit, 'half-even') * unit, decimals)} ${currency}`;
}

function cells(line: MarginLine, withService: boolean): string[] {
  const { service, receivableCurrency: sold, payableCurrency: bought } = line;
  const unit = UNITS[service];
  return [
    `${line.destination === '' ? 'no rate' : line.destination}${withService ? `, ${service}` : ''}`,
    countWords(line.events),
    countWords(line.answered),
    sold === undefined && bought !== undefined ? '' : `${billedWords(service, unit, line.receivableBilled)} ${unit}`,
    sold === undefined ? '–' : shown(line.receivableNanos, sold),
    bought === undefined ? '–' : shown(line.payableNanos, bought),
    line.marginNanos === undefined ? '' : shown(line.marginNanos, sold ?? bought ?? ''),
    line.marginNanos === undefined ? '' : percent(line.marginNanos, line.receivableNanos),
  ];
}

function percent(part: bigint, whole: bigint): string {
  if (whole <= 0n) return '';
  const tenths = divideRounded(part * 1000n, whole, 'half-even');
  return formatNanos(tenths * 100_000_000n, 1).replace('-', '−');
}

/** By amount; currencies are not compared, only their figures. */
function compareSize(a: MarginLine, b: MarginLine): number {
  const size = (line: MarginLine) => (line.receivableNanos === 0n ? line.payableNanos : line.receivableNanos);
  return size(a) < size(b) ? -1 : size(a) > size(b) ? 1 : 0;
}

/** Exact amounts as text. */
export function marginJson(margin: MeasuredMargin): string {
  const { lines, totals, zone, period } = margin;
  return `${JSON.stringify(
    {
      period: { label: period.label, from: period.from, to: period.to, zone },
      lines: lines.map((line) => ({
        service: line.service,
        destination: line.destination,
        events: Number(line.events),
        answered: Number(line.answered),
        receivable: side(line.receivableCurrency, line.receivableNanos, line.receivableBilled),
        payable: side(line.payableCurrency, line.payableNanos, line.payableBilled),
        margin: line.marginNanos === undefined ? null : formatNanos(line.marginNanos),
      })),
      totals: totals.map((total) => ({
        currency: total.currency,
        receivable: formatNanos(total.receivableNanos),
        payable: formatNanos(total.payableNanos),
        difference: formatNanos(total.differenceNanos),
      })),
    },
    null,
    2,
  )}\n`;
}

function side(currency: string | undefined, nanos: bigint, billed: bigint): object | null {
  return currency === undefined ? null : { currency, amount: formatNanos(nanos), billed: billed.toString() };
}
