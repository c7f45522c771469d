/** Rows of long work, with the clock of the database. */
import type { Refusal } from '#core/refusals.ts';
import type { JobBooks, JobRow, JobState } from '#operations/jobs/ports.ts';
import type { Database } from '../database.ts';

/** Silence after which the process of a job is taken to be gone: many beats. */
const SILENT_SECONDS = 30;

interface Row {
  readonly job_id: bigint;
  readonly kind: string;
  readonly title: string;
  readonly input: unknown;
  readonly by_id: string;
  readonly by_name: string;
  readonly restart_of: bigint | null;
  readonly state: JobState;
  readonly done: bigint;
  readonly total: bigint | null;
  readonly cancel_asked: boolean;
  readonly result: unknown;
  readonly refusals: readonly Refusal[] | null;
  readonly started: bigint;
  readonly beat: bigint;
  readonly ended: bigint | null;
}

/** A clock that stands still during a statement: with another the newest are not found by the index. */
const STATE = `case when state = 'running' and beat_at < statement_timestamp() - interval '${SILENT_SECONDS} seconds' then 'interrupted' else state end`;
const COLUMNS = `job_id, kind, title, input, by_id, by_name, restart_of, done, total, cancel_by is not null as cancel_asked, result, refusals,
  ${STATE} as state,
  (extract(epoch from started_at) * 1000000)::bigint as started, (extract(epoch from beat_at) * 1000000)::bigint as beat,
  (extract(epoch from ended_at) * 1000000)::bigint as ended`;

export function jobBooksOn({ pool }: Pick<Database, 'pool'>): JobBooks {
  const rows = async (text: string, values: readonly unknown[]): Promise<readonly JobRow[]> =>
    (await pool.query<Row>(text, [...values])).rows.map(jobOf);
  return {
    async insert({ kind, title, input, by, restartOf }) {
      const [row] = await rows(
        `insert into job (kind, title, input, by_id, by_name, restart_of) values ($1, $2, $3, $4, $5, $6) returning ${COLUMNS}`,
        [kind, title, JSON.stringify(input), by.id, by.name, restartOf ?? null],
      );
      if (row === undefined) throw new Error('a row that was inserted is not there');
      return row;
    },
    async beat(id, done, total) {
      const { rows: found } = await pool.query<{ asked: boolean }>(
        `update job set beat_at = clock_timestamp(), done = $2, total = $3 where job_id = $1 and state = 'running'
         returning cancel_by is not null as asked`,
        [id, done, total ?? null],
      );
      return { cancelAsked: found[0]?.asked === true };
    },
    async end(id, done, total, { state, result, refusals }) {
      await pool.query(
        `update job set state = $2, done = $3, total = $4, result = $5, refusals = $6, ended_at = clock_timestamp(), beat_at = clock_timestamp()
          where job_id = $1 and state = 'running'`,
        [
          ...[id, state, done, total ?? null, result === undefined ? null : JSON.stringify(result)],
          refusals === undefined ? null : JSON.stringify(refusals),
        ],
      );
    },
    find: async (id) => (await rows(`select ${COLUMNS} from job where job_id = $1`, [id]))[0],
    findAgain: async (id) => (await rows(`select ${COLUMNS} from job where restart_of = $1 order by job_id desc limit 1`, [id]))[0],
    findAll: (ids) => rows(`select ${COLUMNS} from job where job_id = any($1)`, [ids]),
    list: ({ kinds, states, before }, most) =>
      rows(
        // As they are kept first, for the index: one that is told as interrupted may be kept as running.
        `select ${COLUMNS} from job
          where kind = any($1) and ($2::bigint is null or job_id < $2) and ($3::text[] is null or state = any($3) and ${STATE} = any($5))
          order by job_id desc limit $4`,
        [kinds, before ?? null, states?.includes('interrupted') === true ? [...states, 'running'] : (states ?? null), most, states ?? []],
      ),
    running: async (ownerId) =>
      (await rows(`select ${COLUMNS} from job where by_id = $1 and state = 'running'`, [ownerId])).filter(
        ({ state }) => state === 'running',
      ),
    async keepRows(id, part, found) {
      // One text for all of them: as many parameters as rows would be too many.
      await pool.query(
        `insert into job_row (job_id, part, position, body)
         select $1, $2, coalesce((select max(position) from job_row where job_id = $1 and part = $2), 0) + of.ordinality, of.value
           from jsonb_array_elements($3::jsonb) with ordinality of`,
        [id, part, JSON.stringify(found)],
      );
    },
    async rows(id, part, after, most, like) {
      const { rows: found } = await pool.query<{ position: number; body: unknown }>(
        'select position, body from job_row where job_id = $1 and part = $2 and position > $3 and body @> $5 order by position limit $4',
        [id, part, after, most, JSON.stringify(like)],
      );
      return found;
    },
    async askCancel(id, by) {
      await pool.query('update job set cancel_by = coalesce(cancel_by, $2) where job_id = $1', [id, by]);
    },
  };
}

function jobOf(row: Row): JobRow {
  return {
    ...{ id: row.job_id, kind: row.kind, title: row.title, input: row.input, by: { id: row.by_id, name: row.by_name } },
    restartOf: row.restart_of ?? undefined,
    ...{ state: row.state, done: Number(row.done), total: row.total === null ? undefined : Number(row.total) },
    ...{ cancelAsked: row.cancel_asked, result: row.result ?? undefined, refusals: row.refusals ?? [] },
    ...{ startedMicros: Number(row.started), beatMicros: Number(row.beat) },
    endedMicros: row.ended === null ? undefined : Number(row.ended),
  };
}
