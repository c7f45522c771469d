/** What documents have of deals, for what of fees is not billed by a day. */
import type pg from 'pg';
import type { Side } from '#core/agreements/agreements.ts';
import type { BilledFees } from '#operations/periods/ports.ts';

interface Row {
  readonly agreement: string;
  readonly deal: string | null;
  readonly side: Side;
  readonly from: string;
  readonly to: string;
  readonly amount: string;
}

/** Of statements that became something before the day, and of documents of the partner that were accepted before it. */
export async function selectBilledFees(
  client: pg.ClientBase,
  before: string,
  agreements: readonly string[],
): Promise<ReadonlyMap<string, BilledFees>> {
  if (agreements.length === 0) return new Map();
  const { rows } = await client.query<Row>(
    `select d.agreement, d.deal, d.side, d.window_from as from, d.window_from as to, trim_scale(sum(d.amount_nanos)) as amount
       from statement_deal d
      where d.agreement = any($1) and d.statement_id in (select statement_id from statement_outcome where booked_on < $2)
      group by 1, 2, 3, 4
     union all
     select agreement, null, side, period_from, period_to, 0 from partner_invoice_accepted
      where agreement = any($1) and accepted_on < $2 and (services is null or 'fee' = any(services))`,
    [agreements, before],
  );
  return new Map(
    [...Map.groupBy(rows, ({ agreement }) => agreement)].map(([agreement, own]) => [
      agreement,
      {
        billed: own.flatMap(({ deal, side, from, amount }) =>
          deal === null ? [] : [{ deal, side, window: from, amountNanos: BigInt(amount) }],
        ),
        theirs: own.flatMap(({ deal, side, from, to }) => (deal === null ? [{ side, from, to }] : [])),
      },
    ]),
  );
}
