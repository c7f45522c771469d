/** Records of any status, for people who look. */
import type pg from 'pg';
import type { Outcome } from '#pipeline/ports.ts';
import { outcomes } from '#pipeline/ports.ts';
import { EVENT_SELECT, type EventRow, type StoredEvent, storedEventOf } from './stored-events.ts';
import { selectTakenBack, type TakenBackEvent } from './taken-back.ts';
import { type CorrelatedParts, selectParts } from './waiting-parts.ts';

export interface RecordFilter {
  readonly id: number | undefined;
  readonly fileIds: readonly number[] | undefined;
  /** Beginning of the caller's or the called number. */
  readonly number: string | undefined;
  readonly status: Outcome | undefined;
  readonly limit: number;
}

export interface FoundRecord {
  readonly id: number;
  readonly status: Outcome;
  readonly fileId: number;
  readonly byteFrom: number;
  readonly byteLength: number;
  readonly key: string | undefined;
  readonly reason: string | undefined;
  readonly detail: string | undefined;
  readonly duplicateOf: number | undefined;
  /** Of rated records. */
  readonly stored: StoredEvent | undefined;
  /** Of held records. */
  readonly call: HeldCall | undefined;
  /** Of a record that is part of an event: the event's number. Its status is rated. */
  readonly partOf?: number;
  /** Of an event made of parts. */
  readonly correlated?: CorrelatedParts;
  /** Of an event whose charges were taken back one by one, not with its file. */
  readonly takenBack?: TakenBackEvent;
}

export interface HeldCall {
  readonly service: string;
  readonly startMicros: number;
  readonly calling: string | undefined;
  readonly called: string;
  readonly trunkIn: string | undefined;
  readonly trunkOut: string | undefined;
  readonly answered: boolean;
  readonly durationMicros: number;
}

interface PlainRow {
  readonly event_id: bigint;
  readonly file_id: number;
  readonly byte_from: bigint;
  readonly byte_length: number | bigint;
  readonly source_key?: string;
  readonly reason?: string;
  readonly detail?: string;
  readonly duplicate_of?: bigint;
}

interface HeldRow extends PlainRow {
  readonly service: string;
  readonly started_at: number;
  readonly calling: string | null;
  readonly called: string;
  readonly trunk_in: string | null;
  readonly trunk_out: string | null;
  readonly answered: boolean;
  readonly duration_micros: bigint;
}

/** Those that fit, in the order of their numbers, at most `limit`. */
export async function selectRecords(client: pg.ClientBase | pg.Pool, filter: RecordFilter): Promise<readonly FoundRecord[]> {
  const found: FoundRecord[] = [];
  for (const status of outcomes) {
    if (filter.status !== undefined && filter.status !== status) continue;
    // Rejected and duplicate records have no numbers of their own.
    if (filter.number !== undefined && (status === 'duplicate' || status === 'rejected')) continue;
    found.push(...(await selectOf(client, status, filter)));
  }
  return found.sort((a, b) => a.id - b.id).slice(0, filter.limit);
}

async function selectOf(client: pg.ClientBase | pg.Pool, status: Outcome, filter: RecordFilter): Promise<readonly FoundRecord[]> {
  const values: unknown[] = [filter.limit];
  const conditions: string[] = [];
  const value = (given: unknown): string => `$${values.push(given)}`;
  if (filter.id !== undefined) conditions.push(`event_id = ${value(filter.id)}`);
  if (filter.fileIds !== undefined) conditions.push(`file_id = any(${value(filter.fileIds)}::int[])`);
  if (filter.number !== undefined) {
    const digits = value(filter.number);
    conditions.push(`(starts_with(called, ${digits}) or starts_with(calling, ${digits}))`);
  }
  const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
  if (status === 'rated') {
    const { rows } = await client.query<EventRow>(`select ${EVENT_SELECT} ${where} order by event_id limit $1`, values);
    const found: FoundRecord[] = [];
    for (const row of rows) {
      const correlated = await selectParts(client, Number(row.event_id));
      const takenBack = await selectTakenBack(client, Number(row.event_id));
      found.push({
        ...ratedOf(storedEventOf(row)),
        ...(correlated === undefined ? {} : { correlated }),
        ...(takenBack === undefined ? {} : { takenBack }),
      });
    }
    // A part has no numbers of a call: its event has.
    if (filter.number !== undefined) return found;
    const events = new Set(found.map(({ id }) => id));
    return [...found, ...(await selectPartRecords(client, filter)).filter(({ id }) => !events.has(id))];
  }
  const { rows } = await client.query<PlainRow | HeldRow>(`select * from usage_${status} ${where} order by event_id limit $1`, values);
  return rows.map((row) => plainOf(status, row));
}

async function selectPartRecords(client: pg.ClientBase | pg.Pool, { id, fileIds, limit }: RecordFilter): Promise<readonly FoundRecord[]> {
  const { rows } = await client.query<PlainRow & { readonly part_id: bigint }>(
    `select * from usage_part where ($1::bigint is null or part_id = $1) and ($2::int[] is null or file_id = any($2)) order by part_id limit $3`,
    [id ?? null, fileIds ?? null, limit],
  );
  return rows.map((row) => ({ ...plainOf('rated', { ...row, event_id: row.part_id }), partOf: Number(row.event_id) }));
}

function ratedOf(stored: StoredEvent): FoundRecord {
  return {
    id: stored.eventId,
    status: 'rated',
    fileId: stored.fileId,
    byteFrom: stored.byteFrom,
    byteLength: stored.byteLength,
    key: stored.event.id,
    reason: undefined,
    detail: undefined,
    duplicateOf: undefined,
    stored,
    call: undefined,
  };
}

function plainOf(status: Outcome, row: PlainRow | HeldRow): FoundRecord {
  return {
    id: Number(row.event_id),
    status,
    fileId: row.file_id,
    byteFrom: Number(row.byte_from),
    byteLength: Number(row.byte_length),
    key: row.source_key,
    reason: row.reason,
    detail: row.detail,
    duplicateOf: row.duplicate_of === undefined ? undefined : Number(row.duplicate_of),
    stored: undefined,
    call: 'called' in row ? callOf(row) : undefined,
  };
}

function callOf(row: HeldRow): HeldCall {
  return {
    service: row.service,
    startMicros: row.started_at,
    calling: row.calling ?? undefined,
    called: row.called,
    trunkIn: row.trunk_in ?? undefined,
    trunkOut: row.trunk_out ?? undefined,
    answered: row.answered,
    durationMicros: Number(row.duration_micros),
  };
}

export interface StoredAdjustment {
  readonly leg: 'in' | 'out';
  readonly events: number;
  readonly billed: bigint;
  readonly amountNanos: bigint;
  readonly currency: string;
  readonly counters: unknown;
  readonly reason: string;
  readonly knownAtMicros: number;
  /** Undefined: with what the charge was priced with. */
  readonly pricedAtMicros: number | undefined;
  readonly originalDay: string | undefined;
  readonly run: { readonly id: number; readonly why: string; readonly by: string } | undefined;
}

interface AdjustmentRow {
  readonly leg: 'in' | 'out';
  readonly events: number;
  readonly billed: bigint;
  readonly amount_nanos: bigint;
  readonly currency: string;
  readonly counters: unknown;
  readonly reason: string;
  readonly known_at: number;
  readonly priced_at: number | null;
  readonly original_day: string | null;
  readonly correction_run: number | null;
  readonly why: string | null;
  readonly started_by: string | null;
}

/** What was adjusted of an event, in its order. */
export async function selectAdjustments(client: pg.ClientBase | pg.Pool, eventId: number): Promise<readonly StoredAdjustment[]> {
  const { rows } = await client.query<AdjustmentRow>(
    `select a.leg, a.events, a.billed, a.amount_nanos, l.currency, a.counters, a.reason, a.known_at, r.known_at as priced_at, a.original_day,
       a.correction_run, c.why, c.started_by
       from usage_adjustment a join rollup_line l using (line_id) left join usage_run r on r.run_id = a.run_id
         left join correction_run c on c.run_id = a.correction_run
      where a.event_id = $1 order by adjustment_id`,
    [eventId],
  );
  return rows.map((row) => ({
    leg: row.leg,
    events: row.events,
    billed: row.billed,
    amountNanos: row.amount_nanos,
    currency: row.currency,
    counters: row.counters,
    reason: row.reason,
    knownAtMicros: row.known_at,
    pricedAtMicros: row.priced_at ?? undefined,
    originalDay: row.original_day ?? undefined,
    run: row.correction_run === null ? undefined : { id: row.correction_run, why: row.why ?? '', by: row.started_by ?? '' },
  }));
}
