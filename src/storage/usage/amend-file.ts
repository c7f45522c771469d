import type pg from 'pg';
import type { Counts, ReasonCounts } from '#pipeline/ports.ts';

/** Changes a file's counts by these differences. */
export async function amendFile(client: pg.ClientBase, fileId: number, counts: Counts, reasons: ReasonCounts): Promise<void> {
  await client.query(
    `update usage_file set read = read + $2, rated = rated + $3, held = held + $4, duplicate = duplicate + $5, rejected = rejected + $6,
       reasons = ${mergedReasons(7)} where file_id = $1`,
    [fileId, counts.read, counts.rated, counts.held, counts.duplicate, counts.rejected, JSON.stringify(reasons)],
  );
}

/** `reasons` of the row with the numbers of a parameter added; reasons that come to nothing go. */
export function mergedReasons(parameter: number): string {
  return `(select coalesce(jsonb_object_agg(reason, number), '{}') from (
    select key as reason, sum(value::bigint) as number from (
      select * from jsonb_each_text(usage_file.reasons) union all select * from jsonb_each_text($${parameter}::jsonb)) all_reasons
    group by key having sum(value::bigint) <> 0) summed)`;
}
