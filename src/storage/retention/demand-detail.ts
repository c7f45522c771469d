/** Whether the events that something needs are still there. */
import type pg from 'pg';
import { type Refusal, refuse } from '#core/refusals.ts';

interface Row {
  readonly first: string;
  readonly last: string;
  readonly on: string;
  readonly rule: string;
}

const told = ({ first, last, on, rule }: Row): Refusal =>
  refuse(
    'usage.detail-deleted',
    `the detail of ${first}${last === first ? '' : ` to ${last}`} was deleted on ${on} by rule ${rule}; its sums stand in statements and reports`,
    { value: first },
  );

const WHAT = `min(s.day)::text as first, max(s.day)::text as last, max(d.deleted_at at time zone 'UTC')::date::text as on, max(d.rule) as rule`;

/** Of an agreement's local days, `to` exclusive. Undefined: nothing of it was deleted. */
export async function deletedOfAgreement(
  client: pg.ClientBase | pg.Pool,
  agreement: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<Refusal | undefined> {
  const { rows } = await client.query<Row>(
    `select ${WHAT} from usage_deleted_sum s join rollup_line l using (line_id) join retention_deletion d using (deletion_id)
      where l.agreement = $1 and s.local_day >= $2::date and s.local_day < $3::date having count(*) > 0`,
    [agreement, from, to],
  );
  return rows[0] === undefined ? undefined : told(rows[0]);
}

/** Of lines of the rollup (undefined: of all) and local days, `to` exclusive, or of files. */
export async function deletedOf(
  client: pg.ClientBase | pg.Pool,
  {
    lineIds,
    from,
    to,
    fileIds,
  }: {
    readonly lineIds: readonly number[] | undefined;
    readonly from: string | undefined;
    readonly to: string | undefined;
    readonly fileIds: readonly number[] | undefined;
  },
): Promise<Refusal | undefined> {
  const { rows } = await client.query<Row>(
    `select ${WHAT} from usage_deleted_sum s join retention_deletion d using (deletion_id)
      where ($1::int[] is null or s.line_id = any($1)) and ($2::date is null or s.local_day >= $2) and ($3::date is null or s.local_day < $3)
        and ($4::int[] is null or exists (select from usage_deleted_file f where f.deletion_id = s.deletion_id and f.file_id = any($4)))
     having count(*) > 0`,
    [lineIds ?? null, from ?? null, to ?? null, fileIds ?? null],
  );
  return rows[0] === undefined ? undefined : told(rows[0]);
}
