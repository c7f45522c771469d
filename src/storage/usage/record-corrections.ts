/** What people said that records mean. Append-only. */
import type pg from 'pg';

export interface RecordCorrection {
  readonly fields: Readonly<Record<string, string>>;
  readonly why: string;
  readonly by: string;
}

export interface StoredRecordCorrection extends RecordCorrection {
  readonly atMicros: number;
}

/** SQL for all that was said of a record, as one object: of several corrections the later ones win, field by field. */
export function correctedOf(eventId: string): string {
  return `(select jsonb_object_agg(field.key, field.value order by correction_id) from usage_correction c, jsonb_each_text(c.fields) field
    where c.event_id = ${eventId})`;
}

export async function insertCorrection(client: pg.ClientBase, eventId: number, { fields, why, by }: RecordCorrection): Promise<void> {
  await client.query('insert into usage_correction (event_id, fields, why, corrected_by) values ($1, $2, $3, $4)', [
    eventId,
    JSON.stringify(fields),
    why,
    by,
  ]);
}

/** In their order: of several, the later ones win, field by field. */
export async function selectCorrections(client: pg.ClientBase | pg.Pool, eventId: number): Promise<readonly StoredRecordCorrection[]> {
  const { rows } = await client.query<{
    fields: Readonly<Record<string, string>>;
    why: string;
    corrected_by: string;
    corrected_at: number;
  }>('select fields, why, corrected_by, corrected_at from usage_correction where event_id = $1 order by correction_id', [eventId]);
  return rows.map(({ fields, why, corrected_by: by, corrected_at: atMicros }) => ({ fields, why, by, atMicros }));
}
