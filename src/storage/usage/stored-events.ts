/** Rated events back from the books: the inverse of `event-rows.ts` of the pipeline. */
import type pg from 'pg';
import type { CounterMove } from '#core/rating/charge.ts';
import type { Enrichment } from '#core/usage/enrichment.ts';
import type { Service, UsageEvent } from '#core/usage/usage-event.ts';
import { countersOf } from './row-text.ts';

export interface StoredCharge {
  readonly leg: 'in' | 'out';
  readonly versionId: number;
  readonly role: string;
  readonly day: string;
  readonly rateId: number | undefined;
  readonly raw: bigint;
  readonly billed: bigint;
  readonly amountNanos: bigint;
  readonly moves: readonly CounterMove[];
}

export interface StoredEvent {
  readonly eventId: number;
  readonly fileId: number;
  readonly byteFrom: number;
  readonly byteLength: number;
  readonly knownAtMicros: number;
  readonly event: UsageEvent;
  readonly charges: readonly StoredCharge[];
}

/** What an event is made of. */
export type EventColumns = Pick<
  EventRow,
  | 'source'
  | 'source_key'
  | 'service'
  | 'started_at'
  | 'calling'
  | 'called'
  | 'trunk_in'
  | 'trunk_out'
  | 'answered'
  | 'duration_micros'
  | 'cause'
  | 'detail'
  | 'pdd_millis'
>;

export interface EventRow {
  readonly event_id: bigint;
  readonly file_id: number;
  readonly byte_from: bigint;
  readonly byte_length: number;
  readonly source: string;
  readonly source_key: string;
  readonly service: Service;
  readonly started_at: number;
  readonly calling: string | null;
  readonly called: string;
  readonly trunk_in: string | null;
  readonly trunk_out: string | null;
  readonly answered: boolean;
  readonly duration_micros: bigint;
  readonly cause: string | null;
  readonly detail: EventDetail | null;
  /** Left out by readers that do not need it. */
  readonly pdd_millis?: number | null;
  readonly known_at: number;
  readonly [leg: `in_${string}` | `out_${string}`]: unknown;
}

export interface EventDetail {
  readonly quantity?: number;
  readonly bytesUp?: number;
  readonly bytesDown?: number;
  readonly priceNanos?: string;
  readonly priceCurrency?: string;
  readonly serviceClass?: string;
  readonly ratingGroup?: string;
  readonly apn?: string;
  readonly enriched?: Enrichment;
}

export const EVENT_SELECT = 'e.*, s.name as source from usage_rated e join usage_source s using (source_id)';

export async function selectEvent(client: pg.ClientBase | pg.Pool, eventId: number): Promise<StoredEvent | undefined> {
  const { rows } = await client.query<EventRow>(`select ${EVENT_SELECT} where event_id = $1`, [eventId]);
  return rows[0] === undefined ? undefined : storedEventOf(rows[0]);
}

export async function selectEvents(client: pg.ClientBase, eventIds: readonly number[]): Promise<readonly StoredEvent[]> {
  if (eventIds.length === 0) return [];
  const { rows } = await client.query<EventRow>(`select ${EVENT_SELECT} where event_id = any($1::bigint[]) order by event_id`, [eventIds]);
  return rows.map(storedEventOf);
}

export function storedEventOf(row: EventRow): StoredEvent {
  return {
    eventId: Number(row.event_id),
    fileId: row.file_id,
    byteFrom: Number(row.byte_from),
    byteLength: row.byte_length,
    knownAtMicros: row.known_at,
    event: eventOf(row),
    charges: [...chargeOf(row, 'in'), ...chargeOf(row, 'out')],
  };
}

/** The event as it was rated. */
export function eventOf(row: EventColumns): UsageEvent {
  const { calling, trunk_in: trunkIn, trunk_out: trunkOut, cause, detail } = row;
  const event: Written<UsageEvent> = {
    id: row.source_key,
    source: row.source,
    service: row.service,
    startMicros: row.started_at,
    called: row.called,
    answered: row.answered,
    durationMicros: Number(row.duration_micros),
    quantity: detail?.quantity ?? 0,
    bytesUp: detail?.bytesUp ?? 0,
    bytesDown: detail?.bytesDown ?? 0,
  };
  if (calling !== null) event.calling = calling;
  if (trunkIn !== null) event.trunkIn = trunkIn;
  if (trunkOut !== null) event.trunkOut = trunkOut;
  if (cause !== null) event.cause = cause;
  if (typeof row.pdd_millis === 'number') event.pddMillis = row.pdd_millis;
  if (detail === null) return event;
  const { quantity: _, bytesUp: __, bytesDown: ___, priceNanos, ...texts } = detail;
  if (priceNanos !== undefined) event.priceNanos = BigInt(priceNanos);
  return Object.assign(event, texts);
}

/** While it is made. */
type Written<T> = { -readonly [K in keyof T]: T[K] };

function chargeOf(row: EventRow, leg: 'in' | 'out'): readonly StoredCharge[] {
  const versionId = row[`${leg}_version_id`];
  if (typeof versionId !== 'number') return [];
  const rateId = row[`${leg}_rate_id`];
  return [
    {
      leg,
      versionId,
      role: String(row[`${leg}_role`]),
      day: String(row[`${leg}_day`]),
      rateId: typeof rateId === 'number' ? rateId : undefined,
      raw: BigInt(String(row[`${leg}_raw`])),
      billed: BigInt(String(row[`${leg}_billed`])),
      amountNanos: BigInt(String(row[`${leg}_amount_nanos`])),
      moves: countersOf(row[`${leg}_counters`]),
    },
  ];
}
