/** Events that were taken out of the books one by one, and what their records became. In the caller's transaction. */
import type pg from 'pg';
import type { WaitingKind } from '#core/usage/correlation.ts';
import type { EventPart } from '#pipeline/correlating/ports.ts';
import { correctedOf } from './record-corrections.ts';

/** SQL: that an event is in the books. */
export function notTakenBack(eventId: string): string {
  return `not exists (select from usage_taken_back taken where taken.event_id = ${eventId})`;
}

export interface CorrectionRun {
  readonly kind: 'correct' | 'join';
  /** What it is about, as given. */
  readonly subject: object;
  readonly why: string;
  readonly by: string;
}

/** The number of a run that is done with its transaction. */
export async function enterRun(client: pg.ClientBase, { kind, subject, why, by }: CorrectionRun): Promise<number> {
  const { rows } = await client.query<{ run_id: number }>(
    `insert into correction_run (kind, subject, why, started_by, state, finished_at) values ($1, $2, $3, $4, 'done', clock_timestamp()) returning run_id`,
    [kind, JSON.stringify(subject), why, by],
  );
  if (rows[0] === undefined) throw new Error('the run was not entered');
  return rows[0].run_id;
}

/** Marks events whose charges are reversed by the run. */
export async function markTakenBack(client: pg.ClientBase, eventIds: readonly number[], run: number, replacedBy?: number): Promise<void> {
  await client.query(
    `insert into usage_taken_back (event_id, correction_run, replaced_by) select event_id, $2, $3 from unnest($1::bigint[]) as e(event_id)`,
    [eventIds, run, replacedBy ?? null],
  );
  await client.query(
    `insert into usage_search_todo (day, first_id, last_id) select day, event_id, event_id from usage_event where event_id = any($1::bigint[])`,
    [eventIds],
  );
}

/** The parts of events leave them, and are remembered as those that they had; without the parts of one file, where one is named. */
export async function detachParts(client: pg.ClientBase, eventIds: readonly number[], exceptFileId?: number): Promise<void> {
  await client.query(
    `with gone as (delete from usage_part where event_id = any($1::bigint[]) and ($2::int is null or file_id <> $2) returning *)
     insert into usage_former_part (part_id, event_id, source_id, file_id, byte_from, byte_length, source_key, kind, sequence, started_at)
       select part_id, event_id, source_id, file_id, byte_from, byte_length, source_key, kind, sequence, started_at from gone`,
    [eventIds, exceptFileId ?? null],
  );
}

/** Where an event that was taken back went to: the run with who and why, and the event that replaces it. */
export interface TakenBackEvent {
  readonly run: { readonly id: number; readonly kind: string; readonly why: string; readonly by: string };
  readonly replacedBy: number | undefined;
}

export async function selectTakenBack(client: pg.ClientBase | pg.Pool, eventId: number): Promise<TakenBackEvent | undefined> {
  const { rows } = await client.query<{ replaced_by: bigint | null; run_id: number; kind: string; why: string; started_by: string }>(
    `select replaced_by, run_id, kind, why, started_by from usage_taken_back join correction_run on run_id = correction_run where event_id = $1`,
    [eventId],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const { run_id: id, kind, why, started_by: by } = row;
  return { run: { id, kind, why, by }, replacedBy: row.replaced_by === null ? undefined : Number(row.replaced_by) };
}

/** What an event is made of now, with what people have said of the parts, in the order of the call. */
export interface ComposedEvent {
  readonly correlation: string;
  readonly group: string;
  readonly sourceIds: readonly number[];
  readonly parts: readonly EventPart[];
}

interface PartRow {
  readonly part_id: bigint;
  readonly source_id: number;
  readonly file_id: number;
  readonly byte_from: bigint;
  readonly byte_length: number;
  readonly source_key: string;
  readonly kind: WaitingKind | 'single';
  readonly sequence: bigint | null;
  readonly started_at: number;
  readonly corrected: Readonly<Record<string, string>> | null;
}

/** Undefined for an event that is one record as it was read. */
export async function selectComposed(client: pg.ClientBase, eventId: number): Promise<ComposedEvent | undefined> {
  const { rows } = await client.query<{ correlation: string; group_key: string; source_ids: number[] }>(
    'select correlation, group_key, source_ids from usage_correlated where event_id = $1',
    [eventId],
  );
  const [event] = rows;
  if (event === undefined) return undefined;
  const { correlation, group_key: group, source_ids: sourceIds } = event;
  return { correlation, group, sourceIds, parts: await selectEventParts(client, [eventId]) };
}

/** The parts of events, without those of one file, where one is named. */
export async function selectEventParts(
  client: pg.ClientBase,
  eventIds: readonly number[],
  exceptFileId?: number,
): Promise<readonly EventPart[]> {
  const { rows } = await client.query<PartRow>(
    `select part_id, source_id, file_id, byte_from, byte_length, source_key, kind, sequence, started_at, ${correctedOf('p.part_id')} as corrected
       from usage_part p where event_id = any($1::bigint[]) and ($2::int is null or file_id <> $2) order by started_at, sequence, part_id`,
    [eventIds, exceptFileId ?? null],
  );
  return rows.map((row) => ({
    id: Number(row.part_id),
    sourceId: row.source_id,
    fileId: row.file_id,
    byteFrom: Number(row.byte_from),
    byteLength: row.byte_length,
    key: row.source_key,
    kind: row.kind,
    sequence: row.sequence === null ? undefined : Number(row.sequence),
    startMicros: row.started_at,
    ...(row.corrected === null ? {} : { corrected: row.corrected }),
  }));
}

/** The event that a record is rated through: a part's, or its own. Undefined for a record that is not rated. */
export async function selectEventOfRecord(client: pg.ClientBase, recordId: number): Promise<number | undefined> {
  const { rows } = await client.query<{ event_id: bigint }>(
    `select event_id from usage_part where part_id = $1
     union all select event_id from usage_event where event_id = $1 and not exists (select from usage_part where part_id = $1)`,
    [recordId],
  );
  return rows[0] === undefined ? undefined : Number(rows[0].event_id);
}
