/** Certificates and loaded tables of tax rates, append-only. */
import type pg from 'pg';
import type { TaxRateDeclaration } from '#core/tax/rules.ts';
import type { HeldCertificate, TaxStore, TaxTableImport } from '#operations/tax/ports.ts';
import { formatTimestamptz } from '../column-types.ts';

interface CertificateRow {
  readonly party: string;
  readonly number: string;
  readonly frees_of: string;
  readonly valid_from: string;
  readonly valid_to: string | null;
  readonly note: string | null;
  readonly recorded_at: number;
  readonly recorded_by: string;
  readonly ended_to: string | null;
  readonly reason: string | null;
  readonly ended_at: number | null;
  readonly ended_by: string | null;
}

interface ImportRow {
  readonly tax_table: string;
  readonly file_name: string;
  readonly sha256: Buffer;
  readonly rows: number;
  readonly recorded_at: number;
  readonly recorded_by: string;
}

/** On a connection: what is written stands or falls with the caller's transaction. */
export function taxStoreOn(client: pg.ClientBase | pg.Pool): TaxStore {
  return {
    async certificates(parties) {
      const { rows } = await client.query<CertificateRow>(
        `select party, number, frees_of, valid_from::text, c.valid_to::text, note, c.recorded_at, c.recorded_by,
                e.valid_to::text as ended_to, reason, e.recorded_at as ended_at, e.recorded_by as ended_by
           from tax_certificate c left join tax_certificate_end e using (certificate_id)
          where $1::text[] is null or party = any($1)
          order by party, frees_of, valid_from, certificate_id`,
        [parties ?? null],
      );
      return rows.map(certificateOf);
    },
    async addCertificate({ party, id, of, validFrom, validTo, note, recorded }) {
      const { rowCount } = await client.query(
        `insert into tax_certificate (party, number, frees_of, valid_from, valid_to, note, recorded_at, recorded_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (party, number, frees_of) do nothing`,
        [party, id, of, validFrom, validTo ?? null, note ?? null, formatTimestamptz(recorded.atMicros), recorded.by],
      );
      return rowCount === 1;
    },
    async endCertificate({ party, id, of }, validTo, reason, recorded) {
      const { rowCount } = await client.query(
        `insert into tax_certificate_end (certificate_id, valid_to, reason, recorded_at, recorded_by)
         select certificate_id, $4, $5, $6, $7 from tax_certificate where party = $1 and number = $2 and frees_of = $3
         on conflict (certificate_id) do nothing`,
        [party, id, of, validTo, reason, formatTimestamptz(recorded.atMicros), recorded.by],
      );
      return rowCount === 1;
    },
    async imports() {
      const { rows } = await client.query<ImportRow>(
        `select distinct on (tax_table) tax_table, file_name, sha256, rows, recorded_at, recorded_by
           from tax_table_import order by tax_table, import_id desc`,
      );
      return rows.map(
        (row): TaxTableImport => ({
          table: row.tax_table,
          file: row.file_name,
          sha256: row.sha256.toString('hex'),
          rows: row.rows,
          recorded: { atMicros: row.recorded_at, by: row.recorded_by },
        }),
      );
    },
    async addTable({ table, file, sha256, rows, recorded }, rates) {
      // Two imports of one table at once come one behind the other; the second sees the first.
      await client.query(`select pg_advisory_xact_lock(hashtextextended('tax_table ' || $1, 0))`, [table]);
      const newest = await client.query<{ sha256: Buffer }>(
        'select sha256 from tax_table_import where tax_table = $1 order by import_id desc limit 1',
        [table],
      );
      if (newest.rows[0]?.sha256.toString('hex') === sha256) return false;
      const inserted = await client.query<{ import_id: bigint }>(
        `insert into tax_table_import (tax_table, file_name, sha256, rows, recorded_at, recorded_by)
         values ($1, $2, decode($3, 'hex'), $4, $5, $6) returning import_id`,
        [table, file, sha256, rows, formatTimestamptz(recorded.atMicros), recorded.by],
      );
      await client.query(
        `insert into tax_table_rate (import_id, rate_id, jurisdiction, body)
         select $1, body->>'id', body->>'jurisdiction', body from jsonb_array_elements($2::jsonb) as body`,
        [inserted.rows[0]?.import_id, JSON.stringify(rates)],
      );
      return true;
    },
    async loadedRates() {
      const { rows } = await client.query<{ body: TaxRateDeclaration }>(
        `select body from tax_table_rate
          where import_id in (select max(import_id) from tax_table_import group by tax_table)
          order by import_id, rate_id`,
      );
      return rows.map(({ body }) => body);
    },
  };
}

function certificateOf(row: CertificateRow): HeldCertificate {
  const validTo = row.ended_to ?? row.valid_to ?? undefined;
  return {
    party: row.party,
    id: row.number,
    of: row.frees_of,
    validFrom: row.valid_from,
    ...(validTo === undefined ? {} : { validTo }),
    ...(row.note === null ? {} : { note: row.note }),
    recorded: { atMicros: row.recorded_at, by: row.recorded_by },
    ...(row.ended_at === null ? {} : { ended: { reason: row.reason ?? '', atMicros: row.ended_at, by: row.ended_by ?? '' } }),
  };
}
