/** What sources brought lately, from the files that were loaded. */
import type pg from 'pg';

export interface ThroughputDay {
  readonly source: string;
  readonly day: string;
  readonly files: number;
  readonly read: number;
  readonly held: number;
  readonly rejected: number;
  /** While files were loaded. */
  readonly recordsPerSecond: number;
}

/** By source and UTC day of the loading, of the last `days` days; the latest last. */
export async function selectThroughput(client: pg.ClientBase | pg.Pool, days: number): Promise<readonly ThroughputDay[]> {
  const { rows } = await client.query<{
    source: string;
    day: string;
    files: bigint;
    read: string;
    held: string;
    rejected: string;
    seconds: number;
  }>(
    `select s.name as source, (f.started_at at time zone 'UTC')::date as day, count(*) as files, sum(read)::text as read, sum(held)::text as held,
         sum(rejected)::text as rejected, coalesce(sum(extract(epoch from finished_at - f.started_at)), 0)::float8 as seconds
       from usage_file f join usage_source s using (source_id) where f.started_at > now() - $1::int * interval '1 day' and state <> 'rolled-back'
      group by 1, 2 order by 1, 2`,
    [days],
  );
  return rows.map(({ files, read, held, rejected, seconds, ...rest }) => ({
    ...{ ...rest, files: Number(files), read: Number(read), held: Number(held), rejected: Number(rejected) },
    recordsPerSecond: seconds > 0 ? Math.round(Number(read) / seconds) : 0,
  }));
}
