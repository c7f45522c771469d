import type pg from 'pg';
import type { Account, LegalEntity } from '#core/parties/parties.ts';
import { RefusedError, refuse } from '#core/refusals.ts';

/** Legal entities as they are configured now, by id; one of them, or all, which may be none yet. Refused, of one: `ledger.legal-entity-unknown`. */
export async function legalEntitiesNow(client: pg.ClientBase, only?: string): Promise<readonly LegalEntity[]> {
  const { rows } = await client.query<{ body: LegalEntity }>(
    `select body from config_version where kind = 'legalEntities' and known_to = 'infinity' and ($1::text is null or key = $1) order by key`,
    [only ?? null],
  );
  if (rows.length === 0 && only !== undefined)
    throw new RefusedError(refuse('ledger.legal-entity-unknown', `there is no legal entity ${only}`, { value: only.slice(0, 120) }));
  return rows.map(({ body }) => body);
}

/** The one that is meant: named, or the only one there is. Refused: `ledger.legal-entity-unknown`. */
export async function legalEntityNow(client: pg.ClientBase, name: string | undefined): Promise<LegalEntity> {
  const all = await legalEntitiesNow(client, name);
  const [only] = all;
  if (only === undefined || all.length > 1) {
    if (all.length === 0) throw new RefusedError(refuse('ledger.legal-entity-unknown', 'no legal entity is configured'));
    const said = `say which legal entity: ${all.map(({ id }) => id).join(', ')}`;
    throw new RefusedError(refuse('ledger.legal-entity-unknown', said, { field: 'legal-entity' }));
  }
  return only;
}

/** A billing account as it is configured now. Refused: `ledger.account-unknown`. */
export async function accountNow(client: pg.ClientBase | pg.Pool, id: string): Promise<Account> {
  const { rows } = await client.query<{ body: Account }>(
    `select body from config_version where kind = 'accounts' and known_to = 'infinity' and key = $1`,
    [id],
  );
  const found = rows[0]?.body;
  if (found === undefined)
    throw new RefusedError(refuse('ledger.account-unknown', `there is no account ${id}`, { field: 'account', value: id.slice(0, 120) }));
  return found;
}
