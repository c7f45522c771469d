/** Legal entities as their partners and customers know them. */
import type { LegalEntity } from '#core/parties/parties.ts';
import { asHouse, viewNow } from '#operations/access/ports.ts';
import type { Database } from '../database.ts';

/** That declare how they look: for who is of a party those behind its accounts, else all; by id. */
export async function selectBranded({ pool }: Database): Promise<readonly LegalEntity[]> {
  const isOfParty = viewNow() !== undefined;
  const own = isOfParty
    ? (
        await pool.query<{ id: string }>(
          `select distinct body->>'legalEntity' as id from config_version
            where kind = 'accounts' and known_to = 'infinity' and body->>'party' = carillon_party()`,
        )
      ).rows.map(({ id }) => id)
    : null;
  const { rows } = await asHouse(() =>
    pool.query<{ body: LegalEntity }>(
      `select body from config_version where kind = 'legalEntities' and known_to = 'infinity' and body ? 'brand'
          and ($1::text[] is null or key = any($1)) order by key`,
      [own],
    ),
  );
  return rows.map(({ body }) => body);
}
