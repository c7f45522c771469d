/** Bank accounts of the legal entities behind a party's accounts. */
import type { BankAccount } from '#core/parties/bank-account.ts';
import { asHouse } from '#operations/access/ports.ts';
import type { Database } from '../database.ts';

interface OwnAccount {
  readonly account: string;
  readonly currency: string;
  readonly legalEntity: string;
}

/** The accounts are read with the party's eyes (migration 311), our own legal entities with those of the house. */
export async function selectPaymentDetails({
  pool,
}: Database): Promise<readonly (OwnAccount & { readonly name: string; readonly bankAccounts: readonly BankAccount[] })[]> {
  const { rows: accounts } = await pool.query<OwnAccount>(
    `select key as account, body->>'currency' as currency, body->>'legalEntity' as "legalEntity" from config_version
      where kind = 'accounts' and known_to = 'infinity' and body->>'party' = carillon_party() order by key`,
  );
  const { rows: entities } = await asHouse(() =>
    pool.query<{ id: string; name: string; bankAccounts: readonly BankAccount[] | null }>(
      `select key as id, body->>'name' as name, body->'invoicing'->'bankAccounts' as "bankAccounts" from config_version
        where kind = 'legalEntities' and known_to = 'infinity' and key = any($1)`,
      [accounts.map(({ legalEntity }) => legalEntity)],
    ),
  );
  const known = new Map(entities.map((entity) => [entity.id, entity]));
  return accounts.map((account) => {
    const { name = account.legalEntity, bankAccounts } = known.get(account.legalEntity) ?? {};
    return { ...account, name, bankAccounts: bankAccounts ?? [] };
  });
}
