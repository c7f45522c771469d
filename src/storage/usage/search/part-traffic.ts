/** Adds up what reports need of a part that the rollup does not say: by hour, trunk and cause. Without what was taken back. */
import type pg from 'pg';
import { SLOW_PDD_MILLIS } from '#operations/reports/ports.ts';
import { copyField, copyRows } from '../../database.ts';
import { BLOCK_BITS } from './block-kinds.ts';
import type { PartRows } from './part-blocks.ts';
import { blockColumns, integersOf, textsOf, type WideNumbers, wideOf } from './part-columns.ts';
import { Lines, Words } from './traffic-lines.ts';
import { type TrafficCall, type TrafficSum, TrafficSums } from './traffic-sums.ts';

/** Kinds of rows of `usage_traffic`. */
const [HOUR_TRUNK, TRUNK_DESTINATION, HOUR_DESTINATION, TRUNK_CAUSE] = [1, 2, 3, 4];
const CHUNK_CHARACTERS = 1 << 16;
/** Places for hours, and for services and ends, in a key. */
const HOURS = 24;
const SERVICES = 64;
const LEGS = ['in', 'out'];
const ENDS = LEGS.length * SERVICES;
const TRUNKS = 2_147_483_648;

const COLUMNS = [
  `date_part('hour', started_at at time zone 'UTC')::integer`,
  'service::integer',
  'answered::integer',
  'case when answered then duration_micros else 0 end',
  'coalesce(pdd_millis, -1)',
  'cause',
  'trunk_in',
  'in_line',
  'in_amount_nanos',
  'trunk_out',
  'out_line',
  'out_amount_nanos',
];
const STANDING = `file_id not in (select file_id from usage_file where state = 'rolled-back')
  and not exists (select from usage_taken_back t where t.event_id = usage_event.event_id)`;

/** By leg, service and terms (or side). */
interface Group {
  readonly hourTrunk: TrafficSums;
  readonly trunkPlace: TrafficSums;
  readonly trunkCause: TrafficSums;
}

class Traffic {
  readonly #lines: Lines;
  readonly #causes = new Words();
  readonly #groups = new Map<number, Group>();
  readonly #hourPlace = new Map<number, TrafficSums>();
  readonly #call: TrafficCall = { answered: 0, microsHigh: 0, microsLow: 0, nanosHigh: 0, nanosLow: 0, pdd: -1, pddIsSlow: false };

  constructor(lines: Lines) {
    this.#lines = lines;
  }

  add(columns: readonly Buffer[]): void {
    const [hours, services, answered, pdd, trunksIn, linesIn, trunksOut, linesOut] = [0, 1, 2, 4, 6, 7, 9, 10].map((at) =>
      integersOf(columnOf(columns, at)),
    );
    const [micros, nanosIn, nanosOut] = [3, 8, 11].map((at) => wideOf(columnOf(columns, at)));
    const causes = textsOf(columnOf(columns, 5)).map((cause) => this.#causes.numberOf(cause));
    const call = this.#call;
    for (let at = 0; at < causes.length; at += 1) {
      call.answered = answered?.[at] ?? 0;
      call.microsHigh = micros?.high[at] ?? 0;
      call.microsLow = micros?.low[at] ?? 0;
      call.pdd = pdd?.[at] ?? -1;
      call.pddIsSlow = call.pdd > SLOW_PDD_MILLIS;
      const [hour, service, cause] = [hours?.[at] ?? 0, services?.[at] ?? 0, causes[at] ?? 0];
      this.#addEnd(0, service, hour, cause, trunksIn?.[at] ?? 0, linesIn?.[at] ?? 0, nanosIn, at);
      this.#addEnd(1, service, hour, cause, trunksOut?.[at] ?? 0, linesOut?.[at] ?? 0, nanosOut, at);
    }
  }

  #addEnd(
    leg: number,
    service: number,
    hour: number,
    cause: number,
    trunk: number,
    line: number,
    nanos: WideNumbers | undefined,
    at: number,
  ): void {
    if (trunk === 0 && line === 0) return;
    const call = this.#call;
    call.nanosHigh = nanos?.high[at] ?? 0;
    call.nanosLow = nanos?.low[at] ?? 0;
    const { terms, side, place } = this.#lines.of(line);
    const end = leg * SERVICES + service;
    const group = this.#groupOf(terms * ENDS + end);
    group.hourTrunk.add(trunk * HOURS + hour, call);
    group.trunkPlace.add(trunk * this.#lines.places + place, call);
    group.trunkCause.add(cause * TRUNKS + trunk, call);
    this.#hourPlaceOf(side * ENDS + end).add(place * HOURS + hour, call);
  }

  /** In COPY's text format, without the number of the part and the day. */
  *rows(): Generator<string> {
    for (const [key, { hourTrunk, trunkPlace, trunkCause }] of this.#groups) {
      const [role = null, currency = null, agreement = null] = this.#lines.termsOf(high(key, ENDS));
      const end = { ...endOf(key), role, currency, agreement };
      for (const [of, sum] of hourTrunk.entries()) yield row(HOUR_TRUNK, { ...end, hour: of % HOURS, trunk: high(of, HOURS) }, sum);
      for (const [of, sum] of trunkPlace.entries()) {
        const destination = this.#lines.destinationOf(of % this.#lines.places);
        yield row(TRUNK_DESTINATION, { ...end, trunk: high(of, this.#lines.places), destination }, sum);
      }
      for (const [of, sum] of trunkCause.entries())
        yield row(TRUNK_CAUSE, { ...end, trunk: of % TRUNKS, cause: this.#causes.words[high(of, TRUNKS)] ?? null }, sum);
    }
    for (const [key, sums] of this.#hourPlace) {
      const [role = null, currency = null] = this.#lines.sideOf(high(key, ENDS));
      const end = { ...endOf(key), role, currency, agreement: null };
      for (const [of, sum] of sums.entries())
        yield row(HOUR_DESTINATION, { ...end, hour: of % HOURS, destination: this.#lines.destinationOf(high(of, HOURS)) }, sum);
    }
  }

  #groupOf(key: number): Group {
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    const group = { hourTrunk: new TrafficSums(), trunkPlace: new TrafficSums(), trunkCause: new TrafficSums() };
    this.#groups.set(key, group);
    return group;
  }

  #hourPlaceOf(key: number): TrafficSums {
    const known = this.#hourPlace.get(key);
    if (known !== undefined) return known;
    const sums = new TrafficSums();
    this.#hourPlace.set(key, sums);
    return sums;
  }
}

function high(key: number, places: number): number {
  return Math.floor(key / places);
}

/** What a row is of; what is left out is null. */
interface Named {
  readonly leg: string;
  readonly service: number;
  readonly agreement: string | null;
  readonly role: string | null;
  readonly currency: string | null;
  readonly hour?: number;
  readonly trunk?: number;
  readonly destination?: string | null;
  readonly cause?: string | null;
}

function endOf(key: number): { readonly leg: string; readonly service: number } {
  return { leg: LEGS[high(key % ENDS, SERVICES)] ?? '', service: key % SERVICES };
}

function row(kind: number, of: Named, sum: TrafficSum): string {
  const { leg, service, agreement, role, currency, hour = null, trunk = null, destination = null, cause = null } = of;
  return [
    ...[kind, hour, leg, trunk, destination, cause, agreement, role, currency, service].map(copyField),
    ...[sum.attempts, sum.answered, sum.micros, sum.nanos, sum.pddCalls, sum.pddMillis, sum.pddSlow],
  ].join('\t');
}

function columnOf(columns: readonly Buffer[], at: number): Buffer {
  const column = columns[at];
  if (column === undefined) throw new Error(`column ${at} was not read`);
  return column;
}

/** `lines`: of the rollup, all that the part has. Put together here for the same reason as blocks are. */
export async function writeTraffic(
  client: pg.PoolClient,
  { partId, first, of }: PartRows,
  day: string,
  lines: Iterable<number>,
): Promise<void> {
  const traffic = new Traffic(await Lines.read(client, lines));
  const standing = `${of} and ${STANDING}`;
  for await (const { columns } of blockColumns(client, `(event_id - ${first}) >> ${BLOCK_BITS}`, COLUMNS, standing)) traffic.add(columns);
  const columns = [
    'part_id, day, kind, hour, leg, trunk, destination, cause, agreement, role, currency, service',
    'attempts, answered, micros, amount_nanos, pdd_calls, pdd_millis, pdd_slow',
  ];
  await copyRows(client, `copy usage_traffic (${columns.join(', ')}) from stdin`, inChunks(`${partId}\t${day}`, traffic.rows()));
}

function* inChunks(before: string, rows: Iterable<string>): Generator<string> {
  let text = '';
  for (const row of rows) {
    text += `${before}\t${row}\n`;
    if (text.length < CHUNK_CHARACTERS) continue;
    yield text;
    text = '';
  }
  yield text;
}
