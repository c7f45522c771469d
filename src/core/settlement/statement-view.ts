/**
 * A statement laid out as text: what the PDF and the terminal show, word for word. Figures are
 * grouped by thousands and shown in full; only minutes and volumes are rounded for showing.
 */
import type { Side } from '../agreements/agreements.ts';
import { NANO_DECIMALS } from '../money/amount.ts';
import { minorUnits } from '../money/currencies.ts';
import { divideRounded } from '../money/rounding.ts';
import { amountWords, billedWords, countWords, decimalsFor, rawWords } from './figures-words.ts';
import { payRounding } from './priced-terms.ts';
import type { NetTotal, ServiceTotal, StatedService, StatementLine } from './statement.ts';
import { statementNotes } from './statement-notes.ts';
import { writePeriod } from './statement-period.ts';
import type { Statement } from './whole-statement.ts';

export interface StatementView {
  readonly currencies: readonly CurrencyView[];
  readonly directions: readonly DirectionView[];
  readonly period: string;
  readonly notes: readonly string[];
}

export interface CurrencyView {
  readonly currency: string;
  readonly receivable: string;
  readonly payable: string;
  readonly net: string;
  /** What is to be paid, in the currency's own decimals, without sign. */
  readonly toPay: string;
  /** `Acme pays Borealis`; `Nothing is to be paid`. */
  readonly who: string;
  /** Whether anything is to be paid. */
  readonly pays: boolean;
}

export interface DirectionView {
  readonly side: Side;
  /** `Due from Acme to Borealis` */
  readonly title: string;
  readonly totals: readonly { readonly currency: string; readonly amount: string }[];
  readonly tables: readonly TableView[];
}

/** One service in one unit and currency. */
export interface TableView {
  readonly service: StatedService;
  readonly title: string;
  readonly currency: string;
  readonly headings: {
    readonly rate: string;
    readonly events: string;
    readonly answered: string;
    readonly raw: string;
    readonly billed: string;
  };
  readonly rows: readonly RowView[];
  /** What several lines have in common, said once below the table and not in the rows: `Every line: setup fee 0.01.` */
  readonly shared: readonly string[];
  readonly total: {
    readonly events: string;
    readonly answered: string;
    readonly raw: string;
    readonly billed: string;
    readonly amount: string;
  };
}

export interface RowView {
  readonly number: string;
  readonly destination: string;
  /** What sets the line apart from others of the destination: band, callers, first day of validity. */
  readonly qualifier: string;
  /** Further terms of the price, or how an adjustment came about. */
  readonly terms: readonly string[];
  readonly rate: string;
  readonly increments: string;
  readonly events: string;
  readonly answered: string;
  readonly raw: string;
  readonly billed: string;
  readonly amount: string;
  readonly adjustment: boolean;
}

const SERVICE_TITLES: Readonly<Record<StatedService, string>> = {
  voice: 'Voice',
  sms: 'SMS',
  mms: 'MMS',
  data: 'Data',
  content: 'Content',
  event: 'Events',
  fee: 'Fees',
};

export function viewStatement(statement: Statement): StatementView {
  const decimals = new Map(statement.net.map((net) => [net.currency, decimalsOf(statement, net)]));
  return {
    period: writePeriod(statement.period),
    currencies: statement.net.map((net) => currencyView(statement, net, decimals.get(net.currency) ?? 0)),
    directions: (['receivable', 'payable'] as const).map((side) => directionView(statement, side, decimals)),
    notes: statementNotes(statement),
  };
}

/** The net in the decimals in which the currency is paid, rounded as the latest charges were. */
export function amountToPay(statement: Statement, net: NetTotal): bigint {
  const unit = 10n ** BigInt(NANO_DECIMALS - (minorUnits(net.currency) ?? NANO_DECIMALS));
  const magnitude = net.netNanos < 0n ? -net.netNanos : net.netNanos;
  return divideRounded(magnitude, unit, payRounding(statement.terms)) * unit;
}

function decimalsOf(statement: Statement, net: NetTotal): number {
  const lines = statement.lines.filter((line) => line.currency === net.currency);
  return decimalsFor(
    lines.map((line) => line.amountNanos),
    minorUnits(net.currency) ?? 0,
  );
}

function currencyView(statement: Statement, net: NetTotal, decimals: number): CurrencyView {
  const toPay = amountToPay(statement, net);
  const partner = statement.party.name;
  const entity = statement.entity.name;
  const [payer, payee] = net.owes === 'partner' ? [partner, entity] : [entity, partner];
  return {
    currency: net.currency,
    receivable: amountWords(net.receivableNanos, decimals),
    payable: amountWords(net.payableNanos, decimals),
    net: amountWords(net.netNanos, decimals),
    toPay: amountWords(toPay, minorUnits(net.currency) ?? decimals),
    who: toPay === 0n ? 'Nothing is to be paid' : `${payer} pays ${payee}`,
    pays: toPay !== 0n,
  };
}

function directionView(statement: Statement, side: Side, decimals: ReadonlyMap<string, number>): DirectionView {
  const [from, to] = side === 'receivable' ? [statement.party.name, statement.entity.name] : [statement.entity.name, statement.party.name];
  return {
    side,
    title: `Due from ${from} to ${to}`,
    totals: statement.net.map((net) => ({
      currency: net.currency,
      amount: amountWords(side === 'receivable' ? net.receivableNanos : net.payableNanos, decimals.get(net.currency) ?? 0),
    })),
    tables: statement.services
      .filter((total) => total.side === side)
      .map((total) => tableView(total, statement.lines, decimals.get(total.currency) ?? 0)),
  };
}

function tableView(total: ServiceTotal, lines: readonly StatementLine[], decimals: number): TableView {
  const { service, unit, currency } = total;
  const own = lines.filter(
    (line) => line.side === total.side && line.service === service && line.unit === unit && line.currency === currency,
  );
  const common = commonTerms(own);
  const rows = own.map((line) => rowView(line, decimals, common));
  const repeated = repeatedTerms(rows);
  const usage = own.some((line) => line.kind === 'adjustment') ? 'Every line but adjustments' : 'Every line';
  const priceDecimals = Math.max(0, ...rows.map((row) => decimalsWritten(row.rate)));
  return {
    service,
    title: SERVICE_TITLES[service],
    currency,
    headings: {
      rate: unit === '' || service === 'content' || service === 'event' ? 'Rate' : `Rate/${unit}`,
      ...quantityHeadings(service, unit),
    },
    rows: rows.map((row) => ({
      ...row,
      rate: padPrices(row.rate, priceDecimals),
      terms: row.terms.filter((term) => !repeated.has(term)),
    })),
    shared: [
      ...(common.length === 0 ? [] : [`${usage}: ${common.join('; ')}.`]),
      ...[...repeated].map(([term, numbers]) => `${linesWords(numbers)}: ${term}${term.endsWith('.') ? '' : '.'}`),
    ],
    total: {
      events: service === 'fee' ? '' : countWords(total.events),
      answered: countsAnswers(service) ? countWords(total.answered) : '',
      raw: service === 'fee' ? '' : rawWords(service, unit, total.raw),
      billed: service === 'fee' ? '' : billedWords(service, unit, total.billed),
      amount: amountWords(total.amountNanos, decimals),
    },
  };
}

function commonTerms(lines: readonly StatementLine[]): readonly string[] {
  const [first, ...others] = lines.flatMap((line) => (line.kind === 'usage' && line.rate !== undefined ? [line.rate.terms] : []));
  return others.length === 0 ? [] : (first ?? []).filter((term) => others.every((terms) => terms.includes(term)));
}

/** Terms that several lines have, with the lines' numbers. */
function repeatedTerms(rows: readonly RowView[]): ReadonlyMap<string, readonly string[]> {
  const numbers = new Map<string, string[]>();
  for (const { number, terms } of rows) for (const term of terms) numbers.set(term, [...(numbers.get(term) ?? []), number]);
  return new Map([...numbers].filter(([, each]) => each.length > 1));
}

const MOST_NUMBERS = 8;

function linesWords(numbers: readonly string[]): string {
  const more = numbers.length > MOST_NUMBERS ? `, … (${numbers.length} lines)` : '';
  return `Lines ${numbers.slice(0, MOST_NUMBERS).join(', ')}${more}`;
}

const PRICE = /\d+(?:\.(\d+))?/g;

/** 0 for a share, which is no price. */
function decimalsWritten(price: string): number {
  if (price.includes('%')) return 0;
  return Math.max(0, ...[...price.matchAll(PRICE)].map(([, decimals = '']) => decimals.length));
}

/** Prices of one table with as many decimals each, so that their points stand under each other. */
function padPrices(price: string, decimals: number): string {
  if (price.includes('%') || decimals === 0) return price;
  return price.replace(PRICE, (whole, written: string | undefined) =>
    written === undefined ? `${whole}.${'0'.repeat(decimals)}` : whole + '0'.repeat(decimals - written.length),
  );
}

function rowView(line: StatementLine, decimals: number, common: readonly string[]): RowView {
  const { service, unit, rate } = line;
  const adjustment = line.kind === 'adjustment';
  const qualifier = [line.band, line.condition, line.validFrom === undefined ? '' : `from ${line.validFrom}`].filter((part) => part !== '');
  return {
    number: String(line.number),
    destination:
      service === 'fee'
        ? line.destination
        : adjustment
          ? `Adjustment ${line.destination}`.trim()
          : rate === undefined
            ? 'Not answered, no rate'
            : line.destination,
    qualifier: qualifier.join(', '),
    terms:
      line.explanation === undefined
        ? [...(rate?.terms ?? []).filter((term) => !common.includes(term)), ...splitTerms(line, decimals)]
        : [line.explanation],
    rate: rate?.price ?? '',
    increments: rate?.increments ?? '',
    events: adjustment ? '' : countWords(line.events),
    answered: adjustment || !countsAnswers(service) ? '' : countWords(line.answered),
    raw: adjustment ? '' : rawWords(service, unit, line.raw),
    billed: adjustment && line.billed === 0n ? '' : billedWords(service, unit, line.billed),
    amount: amountWords(line.amountNanos, decimals),
    adjustment,
  };
}

/** Why minutes × rate is not the amount: calls that continue in another band, apart from the others. */
function splitTerms({ service, unit, split, billed, amountNanos }: StatementLine, decimals: number): string[] {
  if (split === undefined) return [];
  const calls = split.events === 1n ? 'one call continues' : `${countWords(split.events)} calls continue`;
  const part = (quantity: bigint, nanos: bigint): string => `${billedWords(service, unit, quantity)} min, ${amountWords(nanos, decimals)}`;
  const rest = billed - split.billed;
  const others = rest === 0n ? '' : `; without ${split.events === 1n ? 'it' : 'them'} ${part(rest, amountNanos - split.amountNanos)}`;
  return [`${calls} in another time band, at its rate: ${part(split.billed, split.amountNanos)} in all${others}`];
}

/** Whether an event of the service can fail: a call unanswered, a message undelivered. */
function countsAnswers(service: StatedService): boolean {
  return service === 'voice' || service === 'sms' || service === 'mms';
}

function quantityHeadings(service: StatedService, unit: string): Omit<TableView['headings'], 'rate'> {
  switch (service) {
    case 'voice':
      return { events: 'Calls', answered: 'Answered', raw: 'Minutes', billed: 'Billed min' };
    case 'sms':
    case 'mms':
      return { events: 'Messages', answered: 'Delivered', raw: 'Parts', billed: 'Billed' };
    case 'data':
      return { events: 'Sessions', answered: '', raw: unit, billed: `Billed ${unit}` };
    case 'content':
    case 'event':
      return { events: 'Events', answered: '', raw: 'Units', billed: 'Billed' };
    case 'fee':
      return { events: '', answered: '', raw: '', billed: 'Quantity' };
  }
}
