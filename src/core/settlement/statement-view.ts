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
import { englishStatement, type StatementLanguage, type StatementWords, said } from './statement-words.ts';
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

/** In English unless another language is given. */
export function viewStatement(statement: Statement, language: StatementLanguage = englishStatement): StatementView {
  const decimals = new Map(statement.net.map((net) => [net.currency, decimalsOf(statement, net)]));
  return {
    period: language.period(statement.period),
    currencies: statement.net.map((net) => currencyView(statement, net, decimals.get(net.currency) ?? 0, language)),
    directions: (['receivable', 'payable'] as const).map((side) => directionView(statement, side, decimals, language)),
    notes: statementNotes(statement, language),
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

function currencyView(statement: Statement, net: NetTotal, decimals: number, { words, figure, name }: StatementLanguage): CurrencyView {
  const toPay = amountToPay(statement, net);
  const partner = statement.party.name;
  const entity = statement.entity.name;
  const [payer, payee] = net.owes === 'partner' ? [partner, entity] : [entity, partner];
  return {
    currency: net.currency,
    receivable: figure(amountWords(net.receivableNanos, decimals)),
    payable: figure(amountWords(net.payableNanos, decimals)),
    net: figure(amountWords(net.netNanos, decimals)),
    toPay: figure(amountWords(toPay, minorUnits(net.currency) ?? decimals)),
    who: toPay === 0n ? words.nothingToPay : said(words.pays, { payer: name(payer), payee: name(payee) }),
    pays: toPay !== 0n,
  };
}

function directionView(
  statement: Statement,
  side: Side,
  decimals: ReadonlyMap<string, number>,
  language: StatementLanguage,
): DirectionView {
  const { words, figure, name } = language;
  const [from, to] = side === 'receivable' ? [statement.party.name, statement.entity.name] : [statement.entity.name, statement.party.name];
  return {
    side,
    title: said(words.due, { from: name(from), to: name(to) }),
    totals: statement.net.map((net) => ({
      currency: net.currency,
      amount: figure(amountWords(side === 'receivable' ? net.receivableNanos : net.payableNanos, decimals.get(net.currency) ?? 0)),
    })),
    tables: statement.services
      .filter((total) => total.side === side)
      .map((total) => tableView(total, statement.lines, decimals.get(total.currency) ?? 0, language)),
  };
}

function tableView(total: ServiceTotal, lines: readonly StatementLine[], decimals: number, language: StatementLanguage): TableView {
  const { words, figure, term } = language;
  const { service, unit, currency } = total;
  const own = lines.filter(
    (line) => line.side === total.side && line.service === service && line.unit === unit && line.currency === currency,
  );
  const common = commonTerms(own);
  const rows = own.map((line) => rowView(line, decimals, common, language));
  const repeated = repeatedTerms(rows);
  const usage = own.some((line) => line.kind === 'adjustment') ? words.everyUsageLine : words.everyLine;
  const priceDecimals = Math.max(0, ...rows.map((row) => decimalsWritten(row.rate)));
  return {
    service,
    title: words.services[service],
    currency,
    headings: {
      rate:
        unit === '' || service === 'content' || service === 'event' ? words.headings.rate : `${words.headings.rate}/${language.unit(unit)}`,
      ...quantityHeadings(service, unit, words.headings),
    },
    rows: rows.map((row) => ({
      ...row,
      rate: figure(padPrices(row.rate, priceDecimals)),
      terms: row.terms.filter((each) => !repeated.has(each)),
    })),
    shared: [
      ...(common.length === 0 ? [] : [`${usage}: ${common.map(term).join('; ')}.`]),
      ...[...repeated].map(([repeats, numbers]) => `${linesWords(numbers, words)}: ${repeats}${repeats.endsWith('.') ? '' : '.'}`),
    ],
    total: {
      events: service === 'fee' ? '' : figure(countWords(total.events)),
      answered: countsAnswers(service) ? figure(countWords(total.answered)) : '',
      raw: service === 'fee' ? '' : figure(rawWords(service, unit, total.raw)),
      billed: service === 'fee' ? '' : figure(billedWords(service, unit, total.billed)),
      amount: figure(amountWords(total.amountNanos, decimals)),
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

function linesWords(numbers: readonly string[], words: StatementWords): string {
  const more = numbers.length > MOST_NUMBERS ? `, … ${said(words.moreLines, { count: String(numbers.length) })}` : '';
  return said(words.lines, { numbers: `${numbers.slice(0, MOST_NUMBERS).join(', ')}${more}` });
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

function rowView(line: StatementLine, decimals: number, common: readonly string[], language: StatementLanguage): RowView {
  const { words, figure, title } = language;
  const { service, unit, rate } = line;
  const adjustment = line.kind === 'adjustment';
  const since = line.validFrom === undefined ? '' : said(words.validFrom, { day: language.shortDay(line.validFrom) });
  const qualifier = [line.band, language.condition(line.condition), since].filter((part) => part !== '');
  return {
    number: String(line.number),
    destination:
      service === 'fee'
        ? title(line.destination)
        : adjustment
          ? `${words.adjustment} ${title(line.destination)}`.trim()
          : rate === undefined
            ? words.notAnswered
            : line.destination,
    qualifier: qualifier.join(', '),
    terms:
      line.explanation === undefined
        ? [...(rate?.terms ?? []).filter((term) => !common.includes(term)).map(language.term), ...splitTerms(line, decimals, language)]
        : [language.explanation(line.explanation)],
    rate: rate?.price ?? '',
    increments: rate?.increments ?? '',
    events: adjustment ? '' : figure(countWords(line.events)),
    answered: adjustment || !countsAnswers(service) ? '' : figure(countWords(line.answered)),
    raw: adjustment ? '' : figure(rawWords(service, unit, line.raw)),
    billed: adjustment && line.billed === 0n ? '' : figure(billedWords(service, unit, line.billed)),
    amount: figure(amountWords(line.amountNanos, decimals)),
    adjustment,
  };
}

/** Why minutes × rate is not the amount: calls that continue in another band, apart from the others. */
function splitTerms(
  { service, unit, split, billed, amountNanos }: StatementLine,
  decimals: number,
  { words, figure, unit: unitWords }: StatementLanguage,
): string[] {
  if (split === undefined) return [];
  const part = (quantity: bigint, nanos: bigint): string =>
    `${figure(billedWords(service, unit, quantity))} ${unitWords('min')}, ${figure(amountWords(nanos, decimals))}`;
  const [one, without] = split.events === 1n ? [words.split.one, words.split.withoutIt] : [words.split.many, words.split.withoutThem];
  const calls = said(one, { count: figure(countWords(split.events)), part: part(split.billed, split.amountNanos) });
  const rest = billed - split.billed;
  return [rest === 0n ? calls : `${calls}; ${said(without, { part: part(rest, amountNanos - split.amountNanos) })}`];
}

/** Whether an event of the service can fail: a call unanswered, a message undelivered. */
function countsAnswers(service: StatedService): boolean {
  return service === 'voice' || service === 'sms' || service === 'mms';
}

function quantityHeadings(service: StatedService, unit: string, says: StatementWords['headings']): Omit<TableView['headings'], 'rate'> {
  switch (service) {
    case 'voice':
      return { events: says.calls, answered: says.answered, raw: says.minutes, billed: says.billedMinutes };
    case 'sms':
    case 'mms':
      return { events: says.messages, answered: says.delivered, raw: says.parts, billed: says.billed };
    case 'data':
      return { events: says.sessions, answered: '', raw: unit, billed: `${says.billed} ${unit}` };
    case 'content':
    case 'event':
      return { events: says.events, answered: '', raw: says.units, billed: says.billed };
    case 'fee':
      return { events: '', answered: '', raw: '', billed: says.quantity };
  }
}
