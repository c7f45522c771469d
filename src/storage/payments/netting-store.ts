import type pg from 'pg';
import type { NettingItem, NettingProposal } from '#core/payments/netting.ts';
import type { NettingStore } from '#operations/payments/net.ts';
import type { NettingRow } from '#operations/payments/ports.ts';
import { type BalanceJson, balanceJson, readBalance } from './balance-json.ts';

interface Content {
  readonly items: readonly (Readonly<Record<'worth' | 'setOff' | 'setOffWorth', string>> & { readonly balance: BalanceJson })[];
  readonly receivable: string;
  readonly payable: string;
  readonly setOff: string;
  readonly remainder: string;
  readonly rates: NettingRow['rates'];
  readonly remainderAs?: NettingRow['remainder'];
}

interface Row {
  readonly netting_id: bigint;
  readonly legal_entity: string;
  readonly party: string;
  readonly currency: string;
  readonly day: string;
  readonly content: Content;
  readonly proposed_by: string;
  readonly decision: 'agreed' | 'cancelled' | null;
  readonly confirmations: NettingRow['confirmations'];
}

const ALL = `select n.*, d.decision,
  (select coalesce(jsonb_agg(jsonb_build_object('side', c.side, 'by', c.confirmed_by, 'why', c.why) order by c.confirmed_at), '[]')
     from netting_confirmation c where c.netting_id = n.netting_id) as confirmations
  from netting n left join netting_decision d using (netting_id)`;

/** Nettings on the connection of a transaction. */
export function nettingStoreOn(client: pg.ClientBase): NettingStore {
  const find = async (id: bigint): Promise<NettingRow | undefined> =>
    (await client.query<Row>(`${ALL} where netting_id = $1`, [id.toString()])).rows.map(rowOf)[0];
  return {
    add: async ({ legalEntity, party, day, by, proposal, rates, remainder }) => {
      const { rows } = await client.query<{ netting_id: bigint }>(
        `insert into netting (legal_entity, party, currency, day, content, proposed_by) values ($1, $2, $3, $4, $5, $6) returning netting_id`,
        [
          legalEntity,
          party,
          proposal.currency,
          day,
          JSON.stringify({ ...contentOf(proposal, rates), ...(remainder === undefined ? {} : { remainderAs: remainder }) }),
          by,
        ],
      );
      const added = await find(rows[0]?.netting_id ?? 0n);
      if (added === undefined) throw new Error('the netting that was added is not there');
      return added;
    },
    find,
    confirm: async (id, { side, by, why }) => {
      await client.query('insert into netting_confirmation (netting_id, side, why, confirmed_by) values ($1, $2, $3, $4)', [
        id.toString(),
        side,
        why,
        by,
      ]);
    },
    decide: async (id, decision, by, why) => {
      await client.query('insert into netting_decision (netting_id, decision, decided_by, why) values ($1, $2, $3, $4)', [
        id.toString(),
        decision,
        by,
        why,
      ]);
    },
    list: async (legalEntity) => {
      const { rows } = await client.query<Row>(`${ALL} where $1::text is null or legal_entity = $1 order by netting_id`, [
        legalEntity ?? null,
      ]);
      return rows.map(rowOf);
    },
  };
}

function contentOf(proposal: NettingProposal, rates: NettingRow['rates']): Content {
  return {
    items: proposal.items.map(({ balance, worthNanos, setOffNanos, setOffWorthNanos }) => ({
      balance: balanceJson(balance),
      worth: worthNanos.toString(),
      setOff: setOffNanos.toString(),
      setOffWorth: setOffWorthNanos.toString(),
    })),
    receivable: proposal.receivableNanos.toString(),
    payable: proposal.payableNanos.toString(),
    setOff: proposal.setOffNanos.toString(),
    remainder: proposal.remainderNanos.toString(),
    rates,
  };
}

function rowOf({
  netting_id: id,
  legal_entity: legalEntity,
  party,
  currency,
  day,
  content,
  proposed_by: by,
  decision,
  confirmations,
}: Row): NettingRow {
  const items = content.items.map(
    ({ balance, worth, setOff, setOffWorth }): NettingItem => ({
      balance: readBalance(balance),
      worthNanos: BigInt(worth),
      setOffNanos: BigInt(setOff),
      setOffWorthNanos: BigInt(setOffWorth),
    }),
  );
  const proposal: NettingProposal = {
    currency,
    items,
    receivableNanos: BigInt(content.receivable),
    payableNanos: BigInt(content.payable),
    setOffNanos: BigInt(content.setOff),
    remainderNanos: BigInt(content.remainder),
  };
  const remainder = content.remainderAs === undefined ? {} : { remainder: content.remainderAs };
  return { id, legalEntity, party, day, by, proposal, rates: content.rates, ...remainder, confirmations, state: decision ?? 'proposed' };
}
