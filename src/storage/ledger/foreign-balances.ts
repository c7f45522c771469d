import type pg from 'pg';
import type { LedgerAccount } from '#core/ledger/ledger-accounts.ts';
import type { ForeignBalance } from '#core/ledger/revaluation.ts';

/** How many times a day was revalued. */
export async function revaluationsOf(client: pg.ClientBase, legalEntity: string, day: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::integer as n from ledger_entry where legal_entity = $1 and cause_kind = 'exchange'
        and (cause_id = $2 or starts_with(cause_id, $2 || '/')) and cause_id not like '%@reversal'`,
    [legalEntity, `unrealised@${day}`],
  );
  return rows[0]?.n ?? 0;
}

/** Balances in other currencies than the legal entity's at the end of a day, by ledger account and billing account. */
export async function foreignBalances(
  client: pg.ClientBase,
  legalEntity: string,
  currency: string,
  day: string,
): Promise<readonly ForeignBalance[]> {
  const { rows } = await client.query<{
    ledger_account: LedgerAccount;
    account: string | null;
    currency: string;
    amount: string;
    own: string;
  }>(
    `select ledger_account, account, currency, sum(amount_nanos) as amount, sum(entity_amount_nanos) as own
       from ledger_entry e join ledger_posting p using (entry_id)
      where legal_entity = $1 and currency <> $2 and day <= $3
      group by 1, 2, 3 order by 1, 2, 3`,
    [legalEntity, currency, day],
  );
  return rows.map((row) => ({
    ledgerAccount: row.ledger_account,
    ...(row.account === null ? {} : { account: row.account }),
    currency: row.currency,
    amountNanos: BigInt(row.amount),
    entityNanos: BigInt(row.own),
  }));
}
