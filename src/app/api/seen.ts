/** Rows that who asks may see, before the house does something with them. */
import { type Refusal, RefusedError, refuse } from '#core/refusals.ts';
import { asHouse, viewNow } from '#operations/access/ports.ts';
import type { Database } from '#storage/database.ts';

/** With the eyes of who asks. Throws RefusedError as `otherwise` says when there is no such row for them. */
export async function demandSeen({ pool }: Database, sql: string, values: readonly unknown[], otherwise: () => Refusal): Promise<void> {
  if (viewNow() !== undefined && (await pool.query(sql, [...values])).rowCount === 0) throw new RefusedError(otherwise());
}

/**
 * Work of the house on a document that who asks may see: its text lies in a block with those of others, and its template is the house's.
 * Throws RefusedError (`invoice.unknown`).
 */
export async function withDocumentSeen<T>(
  { pool }: Database,
  number: string,
  legalEntity: string | undefined,
  work: (legalEntity: string | undefined) => Promise<T>,
): Promise<T> {
  if (viewNow() === undefined) return work(legalEntity);
  const { rows } = await pool.query<{ legal_entity: string }>(
    'select legal_entity from invoice_issued where number = $1 and ($2::text is null or legal_entity = $2)',
    [number, legalEntity ?? null],
  );
  const [row] = rows;
  if (row === undefined) throw new RefusedError(refuse('invoice.unknown', `there is no document ${number}`, { value: number }));
  return asHouse(() => work(row.legal_entity));
}
