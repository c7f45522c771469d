import type pg from 'pg';
import type { CollectedFile, CollectingStore, FileChange, PlaceFile } from '#operations/collecting/ports.ts';
import { formatTimestamptz } from '../column-types.ts';

interface FileRow {
  readonly name: string;
  readonly version: string;
  readonly state: CollectedFile['state'];
  readonly position: bigint | null;
  readonly changed_at: number;
  readonly attempts: number;
  readonly next_attempt_at: number | null;
  readonly put_away: boolean;
}

/** The tables of `050_collecting.sql`. Each call is a transaction of its own: a collector that is killed repeats its round. */
export function collectingStore(pool: pg.Pool): CollectingStore {
  return {
    async known(source, names) {
      const { rows } = await pool.query<FileRow>(
        `select name, version, state, position, changed_at, attempts, next_attempt_at, put_away
           from collected_file where source = $1 and name = any($2) order by first_seen_at`,
        [source, names],
      );
      return rows.map((row) => ({
        name: row.name,
        version: row.version,
        state: row.state,
        position: row.position === null ? undefined : Number(row.position),
        changedAtMicros: row.changed_at,
        attempts: row.attempts,
        nextAttemptAtMicros: row.next_attempt_at ?? undefined,
        putAway: row.put_away,
      }));
    },
    save: (source, file, change, nowMicros) => saveFile(pool, source, file, change, nowMicros),
    async highestPosition(source) {
      const { rows } = await pool.query<{ highest: bigint | null }>(
        'select max(position) as highest from collected_file where source = $1',
        [source],
      );
      return rows[0]?.highest == null ? undefined : Number(rows[0].highest);
    },
    async namesAt(source, position) {
      const { rows } = await pool.query<{ name: string }>(
        'select distinct name from collected_file where source = $1 and position = $2 order by name',
        [source, position],
      );
      return rows.map(({ name }) => name);
    },
    async gaps(source) {
      const { rows } = await pool.query<{ first: bigint; last: bigint }>(
        `select position + 1 as first, next - 1 as last
           from (select position, lead(position) over (order by position) as next
                   from (select distinct position from collected_file where source = $1 and position is not null) p) n
          where next > position + 1 order by 1`,
        [source],
      );
      return rows.map(({ first, last }) => [Number(first), Number(last)]);
    },
    async lastSeen(source) {
      const { rows } = await pool.query<{ last: number | null }>(
        'select max(first_seen_at) as last from collected_file where source = $1',
        [source],
      );
      return rows[0]?.last ?? undefined;
    },
    async raise(source, alarms, nowMicros) {
      const { rows } = await pool.query<{ kind: (typeof alarms)[number]['kind']; subject: string; detail: string; fresh: boolean }>(
        `insert into collecting_alarm (source, kind, subject, detail, raised_at)
         select $1, kind, subject, detail, $2 from unnest($3::text[], $4::text[], $5::text[]) as a (kind, subject, detail)
          where not (kind = 'gap' and exists (select from collecting_alarm c where (c.source, c.kind, c.subject) = ($1, 'gap', a.subject)))
         on conflict (source, kind, subject) where cleared_at is null do update set detail = excluded.detail
           where collecting_alarm.detail <> excluded.detail returning kind, subject, detail, xmax = 0 as fresh`,
        [
          source,
          formatTimestamptz(nowMicros),
          alarms.map(({ kind }) => kind),
          alarms.map(({ subject }) => subject),
          alarms.map(({ detail }) => detail),
        ],
      );
      return rows.filter(({ fresh }) => fresh).map(({ kind, subject, detail }) => ({ kind, subject, detail }));
    },
    async clear(source, kinds, still, nowMicros) {
      await pool.query(
        'update collecting_alarm set cleared_at = $4 where source = $1 and kind = any($2) and cleared_at is null and subject <> all($3)',
        [source, kinds, still, formatTimestamptz(nowMicros)],
      );
    },
    async settle(source, kind, subject, nowMicros) {
      await pool.query(
        'update collecting_alarm set cleared_at = $4 where source = $1 and kind = $2 and subject = $3 and cleared_at is null',
        [source, kind, subject, formatTimestamptz(nowMicros)],
      );
    },
  };
}

/** The commit does not wait for the disk. For what is found out again when it is lost with the power: that a file is there, that it was put away. */
const NOT_AWAITED = "returning set_config('synchronous_commit', 'off', true)";

async function saveFile(pool: pg.Pool, source: string, file: PlaceFile, change: FileChange, nowMicros: number): Promise<void> {
  const now = formatTimestamptz(nowMicros);
  const done = change.state === 'loaded' || change.state === 'refused';
  if (change.state !== 'failing')
    await pool.query("delete from collected_file where source = $1 and name = $2 and version <> $3 and state in ('growing', 'failing')", [
      source,
      file.name,
      file.version,
    ]);
  await pool.query(
    `insert into collected_file as f (source, name, version, state, position, size_bytes, modified_at, first_seen_at, changed_at, done_at,
       attempts, next_attempt_at, failure, file_id, put_away)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $11, $12, $13, $14)
     on conflict (source, name, version) do update set state = excluded.state, position = coalesce(excluded.position, f.position),
       done_at = coalesce(f.done_at, excluded.done_at), attempts = greatest(f.attempts, excluded.attempts),
       next_attempt_at = excluded.next_attempt_at, failure = excluded.failure, file_id = coalesce(excluded.file_id, f.file_id),
       put_away = f.put_away or excluded.put_away
     ${change.state === 'growing' || change.putAway === true ? NOT_AWAITED : ''}`,
    [
      source,
      file.name,
      file.version,
      change.state,
      change.position ?? null,
      file.sizeBytes,
      formatTimestamptz(file.modifiedMicros),
      now,
      done ? now : null,
      change.attempts ?? 0,
      change.nextAttemptAtMicros === undefined ? null : formatTimestamptz(change.nextAttemptAtMicros),
      change.failure ?? null,
      change.fileId ?? null,
      change.putAway ?? false,
    ],
  );
}
