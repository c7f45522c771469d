import type pg from 'pg';
import type { DepositStanding } from '#operations/credit/deposits.ts';

/** How the deposit and the document stand, while nobody else moves deposits of the account. */
export async function depositStanding(
  client: pg.ClientBase,
  { account, currency, document, causeId }: { account: string; currency: string; document: string | undefined; causeId: string },
): Promise<DepositStanding> {
  await client.query("select pg_advisory_xact_lock(hashtextextended('carillon deposit ' || $1, 0))", [account]);
  const { rows } = await client.query<{ deposit: string; open: string; booked: boolean }>(
    `select coalesce(-sum(amount_nanos) filter (where ledger_account = 'deposits'), 0)::text as deposit,
            coalesce(sum(amount_nanos) filter (where ledger_account = 'receivable' and document = $3), 0)::text as open,
            exists (select from ledger_entry where cause_kind = 'deposit' and cause_id = $4) as booked
       from ledger_posting where account = $1 and currency = $2`,
    [account, currency, document ?? null, causeId],
  );
  const [row] = rows;
  return { depositNanos: BigInt(row?.deposit ?? 0), openNanos: BigInt(row?.open ?? 0), isBooked: row?.booked === true };
}
