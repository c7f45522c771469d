import type pg from 'pg';
import type { Counts, ReasonCounts } from '#pipeline/ports.ts';

/** Changes a file's counts by these differences. */
export async function amendFile(client: pg.ClientBase, fileId: number, counts: Counts, reasons: ReasonCounts): Promise<void> {
  await client.query(
    `update usage_file set read = read + $2, rated = rated + $3, held = held + $4, duplicate = duplicate + $5, rejected = rejected + $6,
       reasons = ${mergedNumbers('reasons', '$7')} where file_id = $1`,
    [fileId, counts.read, counts.rated, counts.held, counts.duplicate, counts.rejected, JSON.stringify(reasons)],
  );
}

/** Numbers by name in a column of the row (`reasons`) with those of a parameter or another column added; names that come to nothing go. */
export function mergedNumbers(column: 'reasons' | 'passed_over', added: string): string {
  return `(select coalesce(jsonb_object_agg(name, number), '{}') from (
    select key as name, sum(value::bigint) as number from (
      select * from jsonb_each_text(usage_file.${column}) union all select * from jsonb_each_text(${added}::jsonb)) all_numbers
    group by key having sum(value::bigint) <> 0) summed)`;
}
