import type { MeasuredMargin } from '#app/margin.ts';
import { formatNanos } from '#core/money/amount.ts';
import { minorUnits } from '#core/money/currencies.ts';
import { divideRounded } from '#core/money/rounding.ts';
import { amountWords, billedWords, countWords } from '#core/settlement/figures-words.ts';
import type { MarginLine, MarginTotal } from '#core/settlement/margin.ts';
import { marginByWords } from '#core/settlement/margin-by.ts';
import { writePeriod } from '#core/settlement/statement-period.ts';
import type { Service } from '#core/usage/usage-event.ts';
import { type Column, formatTable, TABLE_WIDTH } from './table.ts';
import { hanging } from './wrap.ts';

const UNITS: Readonly<Record<Service, string>> = {
  voice: 'min',
  sms: 'message',
  mms: 'message',
  data: 'MB',
  content: 'unit',
  event: 'unit',
};

const ROUNDED =
  'Each figure is rounded by itself for showing; margins and totals are those of the exact amounts, so columns may differ by the last digit shown. --json has the exact ones.';
const TIERS =
  'Not included: what whole-volume tiers give back or add. It is known when their period is over, and stands on the statements as adjustments.';
const MIXED =
  'Where the two sides are in different currencies there is no margin: nothing is converted. Totals set each currency’s two sides against each other.';

/** What a margin leaves out or cannot say. */
export function marginNotes(margin: MeasuredMargin): readonly string[] {
  return [...(margin.mixed ? [MIXED] : []), ...(margin.volumeTiers ? [TIERS] : [])];
}

/** The destinations with the largest receivable first, `most` of them; a table for each pair of currencies, so that names have room. */
export function printMargin(margin: MeasuredMargin, most = Number.POSITIVE_INFINITY): string {
  const lines = margin.lines.toSorted((a, b) => compareSize(b, a));
  const withService = new Set(lines.map(({ service }) => service)).size > 1;
  const groups = [...Map.groupBy(lines.slice(0, most), pairOf)].map(([pair, members]) => ({ pair, members }));
  const rest = lines.length > most ? `\n… and ${lines.length - most} more` : '';
  const [only, ...others] = groups;
  const [total, ...totals] = margin.totals;
  const title = `Margin by ${marginByWords(margin.by)}, ${writePeriod(margin.period)}, ${margin.zone}`;
  const words = marginByWords(margin.by);
  const column = `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
  const notes = [...marginNotes(margin), ROUNDED].map((note) => hanging(note, TABLE_WIDTH)).join('\n');
  if (others.length === 0 && totals.length === 0 && only !== undefined && total !== undefined) {
    return `${title}, ${total.currency}\n\n${groupTable(column, only.members, withService, total)}${rest}\n\n${notes}\n`;
  }
  const tables = groups.map(({ pair, members }) => `${pair}\n${groupTable(column, members, withService)}`);
  return `${title}\n\n${[...tables].join('\n\n')}${rest}\n\n${totalTable(margin.totals)}\n\n${notes}\n`;
}

/** Lines with one side stand with those that have the same currency on both. */
function pairOf({ receivableCurrency: sold, payableCurrency: bought }: MarginLine): string {
  if (sold !== undefined && bought !== undefined && sold !== bought) return `Receivable in ${sold}, payable in ${bought}`;
  return `In ${sold ?? bought ?? 'no currency'}`;
}

const RIGHT = { align: 'right' } as const;

function groupTable(title: string, lines: readonly MarginLine[], withService: boolean, total?: MarginTotal): string {
  const services = new Set(lines.map(({ service }) => service));
  const [service] = services;
  const unit = services.size === 1 && service !== undefined ? ` ${UNITS[service]}` : '';
  const margins = lines.some(({ marginNanos }) => marginNanos !== undefined);
  const decimals = {
    sold: decimalsShown(
      lines.map(({ receivableNanos }) => receivableNanos),
      lines.find((line) => line.receivableCurrency)?.receivableCurrency,
    ),
    bought: decimalsShown(
      lines.map(({ payableNanos }) => payableNanos),
      lines.find((line) => line.payableCurrency)?.payableCurrency,
    ),
  };
  const most = Math.max(decimals.sold, decimals.bought);
  const columns: Column[] = [
    { title },
    { title: 'Events', ...RIGHT },
    { title: 'Answ.', ...RIGHT },
    { title: `Sold${unit}`, ...RIGHT },
    { title: 'Receivable', ...RIGHT },
    { title: 'Payable', ...RIGHT },
    ...(margins
      ? [
          { title: 'Margin', ...RIGHT },
          { title: '%', ...RIGHT },
        ]
      : []),
  ];
  const rows = lines.map((line): string[] => {
    const { receivableCurrency: sold, payableCurrency: bought, marginNanos } = line;
    return [
      `${line.destination === '' ? 'no rate' : line.destination}${withService ? `, ${line.service}` : ''}`,
      countWords(line.events),
      countWords(line.answered),
      sold === undefined && bought !== undefined ? '' : `${soldWords(line)}${unit === '' ? ` ${UNITS[line.service]}` : ''}`,
      sold === undefined ? '–' : shown(line.receivableNanos, margins ? most : decimals.sold),
      bought === undefined ? '–' : shown(line.payableNanos, margins ? most : decimals.bought),
      ...(marginNanos === undefined ? [] : [shown(marginNanos, most), percent(marginNanos, line.receivableNanos)]),
    ];
  });
  if (total === undefined) return formatTable(columns, rows);
  const sums = [total.receivableNanos, total.payableNanos, total.differenceNanos].map((nanos) => shown(nanos, most));
  return formatTable(columns, [...rows, 'rule', ['Total', '', '', '', ...sums, percent(total.differenceNanos, total.receivableNanos)]]);
}

function totalTable(totals: readonly MarginTotal[]): string {
  const columns = [{ title: 'Total' }, ...['Receivable', 'Payable', 'Difference', '%'].map((title) => ({ title, ...RIGHT }))];
  const rows = totals.map((total) => {
    const decimals = decimalsShown([total.receivableNanos, total.payableNanos], total.currency);
    const sums = [total.receivableNanos, total.payableNanos, total.differenceNanos].map((nanos) => shown(nanos, decimals));
    return [total.currency, ...sums, percent(total.differenceNanos, total.receivableNanos)];
  });
  return formatTable(columns, rows);
}

/** Large volumes in whole units: decimals would take the names' room. */
function soldWords({ service, receivableBilled }: MarginLine): string {
  const words = billedWords(service, UNITS[service], receivableBilled);
  return words.length <= 'x,xxx.xx'.length || !words.includes('.')
    ? words
    : billedWords('event', '', divideRounded(receivableBilled, service === 'voice' ? 60n : 1_000_000n, 'half-even'));
}

const LARGE = 1_000_000_000_000n;

/** The currency's decimals, and two more where nothing is large. */
function decimalsShown(amounts: readonly bigint[], currency: string | undefined): number {
  const decimals = minorUnits(currency ?? '') ?? 2;
  return amounts.some((nanos) => nanos >= LARGE || nanos <= -LARGE) ? decimals : decimals + 2;
}

function shown(nanos: bigint, decimals: number): string {
  const unit = 10n ** BigInt(9 - decimals);
  return amountWords(divideRounded(nanos, unit, 'half-even') * unit, decimals);
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
      notes: marginNotes(margin),
    },
    null,
    2,
  )}\n`;
}

function side(currency: string | undefined, nanos: bigint, billed: bigint): object | null {
  return currency === undefined ? null : { currency, amount: formatNanos(nanos), billed: billed.toString() };
}
