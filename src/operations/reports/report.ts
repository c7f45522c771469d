/** What a report asks, and its figures. */
import { RefusedError, refuse } from '#core/refusals.ts';
import { isLocalDate } from '#core/time/zoned.ts';
import type { Service } from '#core/usage/usage-event.ts';
import { NO_DELAYS, trafficKind } from './ports.ts';

export const dimensions = ['partner', 'agreement', 'destination', 'trunk', 'service', 'day', 'hour', 'cause'] as const;
export type Dimension = (typeof dimensions)[number];

/** Dimensions of records only: the rollup does not know them. */
const OF_RECORDS: readonly Dimension[] = ['trunk', 'hour', 'cause'];
/** A report is for people and spreadsheets. */
export const MOST_DAYS = 400;

export interface ReportQuestion {
  readonly rows: Dimension;
  readonly columns?: Dimension;
  /** Days, both included. */
  readonly from: string;
  readonly to: string;
  readonly partner?: string;
  readonly destination?: string;
  readonly trunk?: string;
  readonly service?: Service;
}

/** Post-dial delays of the calls whose records say one, answered or not. */
export interface DelaySums {
  readonly calls: bigint;
  readonly millis: bigint;
  /** Longer than SLOW_PDD_MILLIS. */
  readonly slow: bigint;
}

/** Sums of one side. */
export interface SideSums {
  readonly attempts: bigint;
  readonly answered: bigint;
  /** Of answered calls; 0 for what has no duration. */
  readonly micros: bigint;
  readonly amountNanos: bigint;
  /** Of records as they were booked, in either kind of report; there, days are UTC. */
  readonly pdd: DelaySums;
}

export interface ReportRow {
  readonly row: string;
  readonly column: string;
  /** Empty: nothing was charged. */
  readonly currency: string;
  /** What partners owe us for, and we them. */
  readonly sold: SideSums;
  readonly bought: SideSums;
}

export interface Report {
  /** `rollup`: as statements add up. `records`: as they were booked, without what was re-rated since; days and hours in UTC. */
  readonly from: 'rollup' | 'records';
  /** The greatest first, by money and then by calls; days and hours in their order. */
  readonly rows: readonly ReportRow[];
}

/** Throws RefusedError (`report.too-long`, `api.field-wrong`). */
export function demandDays({ from, to }: Pick<ReportQuestion, 'from' | 'to'>): void {
  for (const [field, day] of Object.entries({ from, to }))
    if (!isLocalDate(day)) throw new RefusedError(refuse('api.field-wrong', 'there is no such day', { field, value: day }));
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  if (days < 1) throw new RefusedError(refuse('api.field-wrong', `${to} is before ${from}`, { field: 'to', value: to }));
  if (days > MOST_DAYS) throw new RefusedError(refuse('report.too-long', `${days} days are asked for, at most ${MOST_DAYS} are added up`));
}

/** Which sums a question needs. Throws RefusedError (`report.cannot-combine`, `report.too-long`, `api.field-wrong`). */
export function sumsFor({ rows, columns, from, to, trunk, destination, partner }: ReportQuestion): Report['from'] {
  demandDays({ from, to });
  const asked = [rows, ...(columns === undefined ? [] : [columns]), ...(trunk === undefined ? [] : (['trunk'] as const))];
  if (rows === columns) throw new RefusedError(refuse('report.cannot-combine', `${rows} with itself`, { field: 'columns', value: rows }));
  const ofRecords = asked.some((each) => OF_RECORDS.includes(each));
  if (!ofRecords) return 'rollup';
  const all = new Set<Dimension>([
    ...asked,
    ...(destination === undefined ? [] : (['destination'] as const)),
    ...(partner === undefined ? [] : (['partner'] as const)),
  ]);
  if (trafficKind(all) === undefined)
    throw new RefusedError(
      refuse('report.cannot-combine', `${[...all].join(', ')} are not added up together`, { field: 'columns', value: columns ?? '' }),
    );
  return 'records';
}

/** Answered of a hundred attempts, to two decimals; undefined without attempts. */
export function answerSeizure({ attempts, answered }: SideSums): string | undefined {
  return attempts === 0n ? undefined : hundredths((answered * 10_000n + attempts / 2n) / attempts);
}

/** Seconds of an answered call, to two decimals. */
export function averageSeconds({ answered, micros }: SideSums): string | undefined {
  return answered === 0n ? undefined : hundredths((micros + answered * 5_000n) / (answered * 10_000n));
}

/** Seconds from dialling to ringing, to two decimals; undefined where no record says it. */
export function averageDelay({ calls, millis }: DelaySums): string | undefined {
  return calls === 0n ? undefined : hundredths((millis + calls * 5n) / (calls * 10n));
}

/** How many of a hundred were slow, to two decimals. */
export function slowShare({ calls, slow }: DelaySums): string | undefined {
  return calls === 0n ? undefined : hundredths((slow * 10_000n + calls / 2n) / calls);
}

function hundredths(value: bigint): string {
  return `${value / 100n}.${String(value % 100n).padStart(2, '0')}`;
}

const NOTHING: SideSums = { attempts: 0n, answered: 0n, micros: 0n, amountNanos: 0n, pdd: NO_DELAYS };

/** Delays of what a sum of the books is about. */
export type BookedDelays = Pick<BookedSum, 'row' | 'column' | 'currency' | 'side' | 'pdd'>;

/** A sum as it comes from the books: of one side, with the names of what it is about. */
export interface BookedSum extends SideSums {
  readonly row: string;
  readonly column: string;
  readonly currency: string;
  readonly side: 'receivable' | 'payable';
}

/** Rows of a report from sums; several of the same names are added. `delays` that the sums do not have themselves go to rows that there are. */
export function reportRows(
  sums: Iterable<BookedSum>,
  { rows, columns }: ReportQuestion,
  delays: Iterable<BookedDelays> = [],
): readonly ReportRow[] {
  const found = new Map<string, { row: string; column: string; currency: string; sold: SideSums; bought: SideSums }>();
  for (const { row, column, currency, side, ...sum } of sums) {
    const key = JSON.stringify([row, column, currency]);
    const to = found.get(key) ?? { row, column, currency, sold: NOTHING, bought: NOTHING };
    const place = side === 'receivable' ? 'sold' : 'bought';
    to[place] = plus(to[place], sum);
    found.set(key, to);
  }
  for (const { row, column, currency, side, pdd } of delays) {
    const to = found.get(JSON.stringify([row, column, currency]));
    const place = side === 'receivable' ? 'sold' : 'bought';
    if (to !== undefined) to[place] = { ...to[place], pdd: plusDelays(to[place].pdd, pdd) };
  }
  const inOrder = (dimension: Dimension | undefined): boolean => dimension === 'day' || dimension === 'hour';
  const size = ({ sold, bought }: ReportRow): bigint => abs(sold.amountNanos) + abs(bought.amountNanos);
  return [...found.values()].sort(
    (a, b) =>
      (inOrder(rows) ? compare(a.row, b.row) : 0) ||
      (inOrder(columns) && !inOrder(rows) && a.row === b.row ? compare(a.column, b.column) : 0) ||
      compare(size(b), size(a)) ||
      compare(b.sold.attempts + b.bought.attempts, a.sold.attempts + a.bought.attempts) ||
      compare(a.row, b.row) ||
      compare(a.column, b.column),
  );
}

function plus(a: SideSums, b: SideSums): SideSums {
  return {
    ...{ attempts: a.attempts + b.attempts, answered: a.answered + b.answered },
    ...{ micros: a.micros + b.micros, amountNanos: a.amountNanos + b.amountNanos },
    pdd: plusDelays(a.pdd, b.pdd),
  };
}

export function plusDelays(a: DelaySums, b: DelaySums): DelaySums {
  return { calls: a.calls + b.calls, millis: a.millis + b.millis, slow: a.slow + b.slow };
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function compare<T extends string | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
