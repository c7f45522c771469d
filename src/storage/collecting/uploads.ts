import type pg from 'pg';
import type { UploadOutcome } from '#operations/collecting/ports.ts';

interface OutcomeRow {
  readonly state: UploadOutcome['state'];
  readonly version: string;
  readonly file_id: number | null;
  readonly failure: string | null;
  readonly read: bigint | null;
  readonly rated: bigint | null;
  readonly held: bigint | null;
  readonly duplicate: bigint | null;
  readonly rejected: bigint | null;
  readonly passed_over: UploadOutcome['passedOver'] | null;
}

/** Of the file with this content, or of the last with this name. */
export async function uploadOutcome(pool: pg.Pool, source: string, name: string, sha256?: string): Promise<UploadOutcome | undefined> {
  const { rows } = await pool.query<OutcomeRow>(
    `select c.state, c.version, c.file_id, c.failure, f.read, f.rated, f.held, f.duplicate, f.rejected, f.passed_over
       from collected_file c left join usage_file f using (file_id)
      where c.source = $1 and c.name = $2 and c.state in ('loaded', 'refused') and ($3::text is null or c.version = $3)
      order by c.done_at desc limit 1`,
    [source, name, sha256 ?? null],
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  const { read, rated, held, duplicate, rejected } = row;
  return {
    state: row.state,
    sha256: row.version,
    fileId: row.file_id ?? undefined,
    counts:
      read === null
        ? undefined
        : { read: Number(read), rated: Number(rated), held: Number(held), duplicate: Number(duplicate), rejected: Number(rejected) },
    passedOver: row.passed_over ?? undefined,
    failure: row.failure ?? undefined,
  };
}

export async function forgetRefusal(pool: pg.Pool, source: string, name: string, sha256: string): Promise<void> {
  await pool.query("delete from collected_file where source = $1 and name = $2 and version = $3 and state = 'refused'", [
    source,
    name,
    sha256,
  ]);
}
