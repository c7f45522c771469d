/** What waits in suspense, and what was rejected. */
import type pg from 'pg';
import type { WaitingRecord } from '#pipeline/ports.ts';
import { correctedOf } from './record-corrections.ts';

export interface WaitingFilter {
  readonly reason: string | undefined;
  readonly fileIds: readonly number[] | undefined;
  readonly source?: string;
  /** Of held records: a trunk at either end; the beginning of the caller's or the called number; UTC days, `to` exclusive. */
  readonly trunk?: string;
  readonly number?: string;
  readonly from?: string;
  readonly to?: string;
  /** Only what is alike: the name of a group, as `selectWaitingGroups` gives it. */
  readonly group?: string;
}

/** Where records wait. Duplicates wait when the record that they repeat was rolled back. */
export type WaitingIn = 'held' | 'rejected' | 'duplicate';

/** Details that differ in quoted values and figures only are alike; values of at most 5 characters (short codes) tell apart. */
const SHAPE = String.raw`regexp_replace(regexp_replace(detail, '"(?:[^"\\]|\\.){6,}"', '"…"', 'g'), '(^|[^"0-9.])[0-9][0-9.]*', '\1#', 'g')`;
/** Those of prices may name the called number: what they have in common is its beginning. */
const ABOUT = `case when length(called) > 5 then replace(detail, called, left(called, 5) || '…') else detail end`;
/** Matters of how a source writes are of that source; those of prices and parties of all. */
const OF_SOURCE = `case when starts_with(reason, 'usage.') then s.name end`;

const aboutOf = (from: 'held' | 'rejected'): string =>
  from === 'held' ? `case when starts_with(reason, 'usage.') then ${SHAPE} else ${ABOUT} end` : SHAPE;

/** The name of a group: 32 hexadecimal digits of reason, source and what it is about. */
export const groupName = (source: string, about: string): string => `md5(concat_ws(chr(31), reason, coalesce(${source}, ''), ${about}))`;

/** What a record's group is named by, as two columns, for what adds up first. `s` is its source. */
export const groupParts = (from: 'held' | 'rejected'): string => `${OF_SOURCE} as writer, ${aboutOf(from)} as about`;

/** The group that a record is of. `s` is its source. */
export const groupOf = (from: 'held' | 'rejected'): string => groupName(OF_SOURCE, aboutOf(from));

/** What else the filter says, of six parameters; `w` is the record, `s` its source. */
export function moreCondition(from: WaitingIn, filter: WaitingFilter, first: number): { readonly sql: string; readonly values: unknown[] } {
  const { source, trunk, number, from: since, to, group } = filter;
  const held = `and ($${first + 1}::text is null or w.trunk_in = $${first + 1} or w.trunk_out = $${first + 1})
    and ($${first + 2}::text is null or starts_with(w.called, $${first + 2}) or starts_with(w.calling, $${first + 2}))
    and ($${first + 3}::date is null or w.started_at >= $${first + 3}::date) and ($${first + 4}::date is null or w.started_at < $${first + 4}::date)`;
  const alike = from === 'duplicate' ? 'false' : `${groupOf(from)} = $${first + 5}`;
  const none = `and coalesce($${first + 1}::text, $${first + 2}::text, $${first + 3}::text, $${first + 4}::text) is null`;
  return {
    sql: `and ($${first}::text is null or s.name = $${first}) ${from === 'held' ? held : none} and ($${first + 5}::text is null or ${alike})`,
    values: [source ?? null, trunk ?? null, number ?? null, since ?? null, to ?? null, group ?? null],
  };
}

/** Of two parameters: the reason, and the numbers of files. What was discarded or rolled back waits for nothing: only its own reason finds it. */
export function waitingCondition(first: number): string {
  return `(reason = $${first} or ($${first}::text is null and reason not in ('usage.discarded', 'usage.rolled-back')))
    and ($${first + 1}::int[] is null or file_id = any($${first + 1}))`;
}

/** What can be taken up again, of the same two parameters; `w` is the record, `f` its file. */
function waits(from: WaitingIn, first: number): string {
  return from === 'duplicate'
    ? `$${first}::text is null and ($${first + 1}::int[] is null or file_id = any($${first + 1})) and f.state <> 'rolled-back'
        and exists (select from usage_key_release where first_event_id <= w.duplicate_of and last_event_id >= w.duplicate_of)`
    : `${waitingCondition(first)} and reason <> 'usage.rolled-back'`;
}

interface WaitingRow {
  readonly event_id: bigint;
  readonly file_id: number;
  readonly source_id: number;
  readonly byte_from: bigint;
  readonly byte_length: number | bigint;
  readonly reason: string;
  readonly detail: string;
  readonly source_key: string | null;
  readonly cut: boolean;
  readonly corrected: Readonly<Record<string, string>> | null;
}

/** The next records after a number, in the order of their numbers; with what a person has corrected of them. */
export async function selectWaiting(
  client: pg.ClientBase,
  from: WaitingIn,
  filter: WaitingFilter,
  after: number,
  limit: number,
): Promise<readonly WaitingRecord[]> {
  const more = moreCondition(from, filter, 5);
  const key = from === 'held' ? 'w.source_key' : 'null::text as source_key';
  const cut = `reason = 'usage.truncated-record' or exists (select from usage_discard d where d.event_id = w.event_id and d.was_reason = 'usage.truncated-record')`;
  const { rows } = await client.query<WaitingRow>(
    `select event_id, file_id, f.source_id, byte_from, byte_length, ${from === 'duplicate' ? "'' as reason, '' as detail" : 'reason, w.detail'}, ${key},
        ${from === 'duplicate' ? 'false' : cut} as cut,
        ${correctedOf('w.event_id')} as corrected
       from usage_${from} w join usage_file f using (file_id) join usage_source s on s.source_id = f.source_id
      where event_id > $1 and ${waits(from, 2)} ${more.sql} order by event_id limit $4`,
    [after, filter.reason ?? null, filter.fileIds ?? null, limit, ...more.values],
  );
  return rows.map((row) => ({
    id: Number(row.event_id),
    fileId: row.file_id,
    sourceId: row.source_id,
    byteFrom: Number(row.byte_from),
    byteLength: Number(row.byte_length),
    reason: row.reason,
    detail: row.detail,
    key: row.source_key ?? undefined,
    cut: row.cut,
    ...(row.corrected === null ? {} : { corrected: row.corrected }),
  }));
}

/** The sources of all that fits the filter, and of the parts that wait for others: what takes them up again needs no more. */
export async function waitingSources(client: pg.ClientBase, from: WaitingIn, filter: WaitingFilter): Promise<readonly string[]> {
  const more = moreCondition(from, filter, 3);
  const { rows } = await client.query<{ name: string }>(
    `select name from usage_source s
      where exists (select from usage_${from} w join usage_file f using (file_id) where f.source_id = s.source_id and ${waits(from, 1)} ${more.sql})
         or exists (select from usage_waiting_part p where p.source_id = s.source_id and p.state <> 'done')`,
    [filter.reason ?? null, filter.fileIds ?? null, ...more.values],
  );
  return rows.map(({ name }) => name);
}

export interface LostRaw {
  readonly file: string;
  readonly fileId: number;
  readonly records: number;
}

/** Files whose raw text left the archive, of what fits the filter. Held records keep theirs; duplicates and discarded ones do not. */
export async function waitingWithoutArchive(client: pg.ClientBase, from: WaitingIn, filter: WaitingFilter): Promise<readonly LostRaw[]> {
  const more = moreCondition(from, filter, 3);
  const { rows } = await client.query<{ name: string; file_id: number; records: bigint }>(
    `select f.name, file_id, count(*) as records from usage_${from} w join usage_file f using (file_id) join usage_source s on s.source_id = f.source_id
      where f.archive_removed_at is not null and ${waits(from, 1)} ${more.sql} group by 1, 2 order by 2`,
    [filter.reason ?? null, filter.fileIds ?? null, ...more.values],
  );
  return rows.map(({ name, file_id: fileId, records }) => ({ file: name, fileId, records: Number(records) }));
}

/** Held or rejected records that share a reason and what it is about. */
export interface WaitingGroup {
  /** Its name, for filters. */
  readonly group: string;
  readonly reason: string;
  /** Where the reason is a matter of how a source writes; undefined where it is one of prices and parties. */
  readonly source: string | undefined;
  readonly detail: string;
  readonly count: number;
  /** Numbers of the first and last. */
  readonly first: number;
  readonly last: number;
  /** Of the calls, where they are events. */
  readonly durationMicros: bigint;
  /** Of held records: the smallest and the largest called number, and the first start. */
  readonly called: readonly [string, string] | undefined;
  readonly firstStartMicros: number | undefined;
}

interface GroupRow {
  readonly group: string;
  readonly reason: string;
  readonly writer: string | null;
  readonly about: string;
  readonly example: string;
  readonly count: bigint;
  readonly first: bigint;
  readonly last: bigint;
  readonly duration: string;
  readonly least: string | null;
  readonly most: string | null;
  readonly started: number | null;
}

/** Grouped by reason and detail, those of the source's writing by source too; the most numerous first. */
export async function selectWaitingGroups(
  client: pg.ClientBase | pg.Pool,
  from: 'held' | 'rejected',
  filter: WaitingFilter,
  limit: number,
): Promise<readonly WaitingGroup[]> {
  const more = moreCondition(from, filter, 4);
  const { rows } = await client.query<GroupRow>(
    // Named when they are added up: the name of each record's group would take as long as all the rest.
    `select *, ${groupName('writer', 'about')} as "group" from (
       select reason, ${groupParts(from)}, min(detail) as example, count(*) as count,
           min(event_id) as first, max(event_id) as last, ${from === 'held' ? 'sum(duration_micros)' : '0'}::numeric::text as duration,
           ${from === 'held' ? 'min(w.called) as least, max(w.called) as most, min(w.started_at) as started' : 'null as least, null as most, null as started'}
         from usage_${from} w ${from === 'held' ? '' : 'join usage_file f using (file_id)'} join usage_source s using (source_id)
        where ${waitingCondition(1)} ${more.sql}
        group by 1, 2, 3 order by count(*) desc, 1, 2, 3 limit $3) as g`,
    [filter.reason ?? null, filter.fileIds ?? null, limit, ...more.values],
  );
  return rows.map((row) => ({
    group: row.group,
    reason: row.reason,
    source: row.writer ?? undefined,
    detail: row.writer === null ? row.about : row.example,
    count: Number(row.count),
    first: Number(row.first),
    last: Number(row.last),
    durationMicros: BigInt(row.duration),
    called: row.least === null || row.most === null ? undefined : [row.least, row.most],
    firstStartMicros: row.started ?? undefined,
  }));
}

/** The reasons that occur, in the order of the alphabet. */
export async function selectWaitingReasons(
  client: pg.ClientBase | pg.Pool,
  from: 'held' | 'rejected',
  fileIds: readonly number[] | undefined,
): Promise<readonly string[]> {
  const { rows } = await client.query<{ reason: string }>(
    `select distinct reason from usage_${from} where $1::int[] is null or file_id = any($1) order by reason`,
    [fileIds ?? null],
  );
  return rows.map(({ reason }) => reason);
}
