import type pg from 'pg';
import type { Closing, ClosingBooks } from '#operations/ledger/ports.ts';
import { lockChains } from './chain.ts';

/** Closed periods, on the connection of a transaction. */
export function closingBooksOn(client: pg.ClientBase): ClosingBooks {
  return {
    lock: async (legalEntity) => {
      await lockChains(client, [legalEntity]);
    },
    closings: async (legalEntity) => {
      const { rows } = await client.query<{
        legal_entity: string;
        kind: Closing['kind'];
        first_open: string;
        why: string;
        closed_by: string;
        closed_at: number;
        sequence: bigint;
      }>('select * from ledger_closing where $1::text is null or legal_entity = $1 order by closing_id', [legalEntity ?? null]);
      return rows.map((row) => ({
        legalEntity: row.legal_entity,
        kind: row.kind,
        firstOpen: row.first_open,
        why: row.why,
        by: row.closed_by,
        closedAtMicros: row.closed_at,
        sequence: row.sequence,
      }));
    },
    record: async ({ legalEntity, kind, firstOpen, why, by }) => {
      await client.query(
        `insert into ledger_closing (legal_entity, kind, first_open, why, closed_by, sequence, hash)
         select legal_entity, $2, $3, $4, $5, sequence, hash from ledger_chain where legal_entity = $1`,
        [legalEntity, kind, firstOpen, why, by],
      );
    },
  };
}
