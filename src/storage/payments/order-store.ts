import type pg from 'pg';
import type { Party } from '#core/parties/parties.ts';
import type { OrderLine, OrderStore, PaymentOrder } from '#operations/payments/orders.ts';
import { type BalanceJson, balanceJson, readBalance } from './balance-json.ts';

type LineJson = Omit<OrderLine, 'amountNanos' | 'balances'> & { readonly amount: string; readonly balances: readonly BalanceJson[] };

interface Row {
  readonly order_id: bigint;
  readonly legal_entity: string;
  readonly day: string;
  readonly bank_account: string;
  readonly content: { readonly bic?: string; readonly clearing?: string; readonly lines: readonly LineJson[] };
  readonly made_by: string;
  readonly made_at: number;
  readonly decision: 'approved' | 'rejected' | null;
}

const ALL = 'select o.*, d.decision from payment_order o left join payment_order_decision d using (order_id)';

/** Orders of payments on the connection of a transaction. */
export function orderStoreOn(client: pg.ClientBase): OrderStore {
  const find = async (id: bigint): Promise<PaymentOrder | undefined> =>
    (await client.query<Row>(`${ALL} where order_id = $1`, [id.toString()])).rows.map(orderOf)[0];
  return {
    add: async ({ legalEntity, day, bankAccount, bic, clearing, lines, by }) => {
      const content = {
        ...(clearing === undefined ? {} : { clearing }),
        ...(bic === undefined ? {} : { bic }),
        lines: lines.map(
          ({ amountNanos, balances, ...line }): LineJson => ({
            ...line,
            amount: amountNanos.toString(),
            balances: balances.map(balanceJson),
          }),
        ),
      };
      const { rows } = await client.query<{ order_id: bigint }>(
        'insert into payment_order (legal_entity, day, bank_account, content, made_by) values ($1, $2, $3, $4, $5) returning order_id',
        [legalEntity, day, bankAccount, JSON.stringify(content), by],
      );
      const added = await find(rows[0]?.order_id ?? 0n);
      if (added === undefined) throw new Error('the order that was added is not there');
      return added;
    },
    find,
    decide: async (id, decision, by, why) => {
      await client.query('insert into payment_order_decision (order_id, decision, decided_by, why) values ($1, $2, $3, $4)', [
        id.toString(),
        decision,
        by,
        why ?? null,
      ]);
    },
    list: async (legalEntity) => {
      const { rows } = await client.query<Row>(`${ALL} where $1::text is null or legal_entity = $1 order by order_id`, [
        legalEntity ?? null,
      ]);
      return rows.map(orderOf);
    },
    bankAccounts: async (party) => {
      const { rows } = await client.query<{ body: Party }>(
        `select body from config_version where kind = 'parties' and known_to = 'infinity' and key = $1`,
        [party],
      );
      return rows[0]?.body.bankAccounts ?? [];
    },
  };
}

function orderOf({
  order_id: id,
  legal_entity: legalEntity,
  day,
  bank_account: bankAccount,
  content,
  made_by: by,
  made_at,
  decision,
}: Row): PaymentOrder {
  const lines = content.lines.map(
    ({ amount, balances, ...line }): OrderLine => ({ ...line, amountNanos: BigInt(amount), balances: balances.map(readBalance) }),
  );
  const bic = content.bic === undefined ? {} : { bic: content.bic };
  const clearing = content.clearing === undefined ? {} : { clearing: content.clearing };
  return { id, legalEntity, day, bankAccount, ...bic, ...clearing, lines, by, madeAtMicros: made_at, state: decision ?? 'proposed' };
}
