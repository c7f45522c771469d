/** The heads of the chains, and their locks. */
import type pg from 'pg';
import { RefusedError, refuse } from '#core/refusals.ts';

export interface ChainHead {
  readonly legalEntity: string;
  /** Of the legal entity. */
  readonly currency: string;
  /** First day that is not closed. */
  readonly openFrom: string | undefined;
  /** Of the last entry; 0 before the first. */
  sequence: bigint;
  hash: Buffer;
}

/**
 * Locks the chains until the transaction ends, in the order of their names, so that two who want several do not wait for each other.
 * Begins those that do not exist. Refused: `ledger.legal-entity-unknown`, `ledger.currency-changed`.
 */
export async function lockChains(client: pg.ClientBase, legalEntities: readonly string[]): Promise<ReadonlyMap<string, ChainHead>> {
  const names = [...legalEntities].sort();
  const { rows: configured } = await client.query<{ key: string; currency: string }>(
    `select key, body->>'currency' as currency from config_version
      where kind = 'legalEntities' and known_to = 'infinity' and key = any($1)`,
    [names],
  );
  const currencyOf = new Map(configured.map(({ key, currency }) => [key, currency]));
  for (const name of names) {
    if (!currencyOf.has(name))
      throw new RefusedError(refuse('ledger.legal-entity-unknown', `there is no legal entity ${name}`, { value: name.slice(0, 120) }));
  }
  await client.query(
    `insert into ledger_chain (legal_entity, currency) select * from unnest($1::text[], $2::text[]) v(name, currency)
      where not exists (select from ledger_chain where legal_entity = name) order by name on conflict do nothing`,
    [names, names.map((name) => currencyOf.get(name))],
  );
  await client.query('select from ledger_chain where legal_entity = any($1) order by legal_entity for update', [names]);
  // A statement of its own: it sees what was committed while the lock was waited for.
  const { rows } = await client.query<{ legal_entity: string; currency: string; sequence: bigint; hash: Buffer; open_from: string | null }>(
    `select legal_entity, currency, sequence, hash,
            (select first_open from ledger_closing l where l.legal_entity = c.legal_entity order by closing_id desc limit 1) as open_from
       from ledger_chain c where legal_entity = any($1)`,
    [names],
  );
  const heads = new Map<string, ChainHead>();
  for (const { legal_entity: legalEntity, currency, sequence, hash, open_from } of rows) {
    const now = currencyOf.get(legalEntity);
    if (now !== currency) {
      const said = `the ledger of ${legalEntity} is kept in ${currency}, and its configuration says ${now}`;
      throw new RefusedError(refuse('ledger.currency-changed', said));
    }
    heads.set(legalEntity, { legalEntity, currency, sequence, hash, openFrom: open_from ?? undefined });
  }
  return heads;
}
