import type pg from 'pg';
import type { ImportRecord } from '#operations/rates/rate-store.ts';

/** A row of the table rate_import. */
interface ImportRow {
  readonly import_id: number;
  readonly agreement: string;
  readonly tariff: string;
  readonly file_name: string;
  readonly sha256: Buffer;
  readonly mode: ImportRecord['mode'];
  readonly summary: Readonly<Record<string, unknown>>;
  readonly known_from: number;
}

/** Imports that fit a condition, the latest first. */
export async function selectImports(
  client: pg.ClientBase | pg.Pool,
  where = 'true',
  values: readonly unknown[] = [],
): Promise<readonly ImportRecord[]> {
  const { rows } = await client.query<ImportRow>(
    `select import_id, agreement, tariff, file_name, sha256, mode, summary, known_from from rate_import where ${where} order by import_id desc`,
    [...values],
  );
  return rows.map((row) => ({
    importId: row.import_id,
    agreement: row.agreement,
    tariff: row.tariff,
    fileName: row.file_name,
    sha256: row.sha256.toString('hex'),
    mode: row.mode,
    summary: row.summary,
    knownFromMicros: row.known_from,
  }));
}
