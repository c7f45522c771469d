/** Files of the tables that charging makes longer with nearly every commit. */
import type { Database } from '../database.ts';

/** Of these tables, of what they keep elsewhere (TOAST), and of their indexes, below PostgreSQL's directory; of the journal those of today and tomorrow (UTC). */
export async function growingFiles({ pool }: Database): Promise<readonly string[]> {
  const { rows } = await pool.query<{ path: string }>(
    `with grown as (
       select c.oid, c.reltoastrelid from pg_class c
        where c.relkind = 'r' and c.relname = any(array['charging_log', 'charging_session', 'charging_usage',
          to_char(now() at time zone 'utc', '"charging_journal_"YYYYMMDD'), to_char(now() at time zone 'utc' + interval '1 day', '"charging_journal_"YYYYMMDD')])),
     tables as (select oid from grown union all select reltoastrelid from grown where reltoastrelid <> 0)
     select pg_relation_filepath(f.oid) as path
       from (select oid from tables union all select i.indexrelid from pg_index i join tables t on t.oid = i.indrelid) f
      order by 1`,
  );
  return rows.map(({ path }) => path);
}
