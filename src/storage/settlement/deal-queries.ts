/** The traffic that deals count, and what statements have booked for them. */
import type pg from 'pg';
import { type LegRole, legRoles, type Side } from '#core/agreements/agreements.ts';
import type { DealUsage } from '#core/settlement/deals/deal-usage.ts';
import type { SettledDeal } from '#core/settlement/deals/settle-deals.ts';
import type { Period } from '#core/time/period.ts';
import type { Service } from '#core/usage/usage-event.ts';
import type { AgreementTerms } from '#operations/settlement/books.ts';

interface UsageRow {
  readonly role: LegRole;
  readonly service: Service;
  readonly destination: string;
  readonly bin: string | null;
  readonly day: string;
  readonly billed: string;
  readonly amount: string;
}

/** By day from the rollups; what lies in bins from the events, as they stand with their corrections. */
export async function selectDealUsage(
  client: pg.ClientBase,
  { versions, tariffs }: AgreementTerms,
  { from, to }: Period,
  bins: readonly string[],
): Promise<readonly DealUsage[]> {
  const ids = versions.map(({ versionId }) => versionId);
  const { rows } = await client.query<Omit<UsageRow, 'service' | 'bin'> & { tariff: string }>(
    `select role, tariff, destination, day, trim_scale(sum(billed_quantity)) as billed, trim_scale(sum(amount_nanos)) as amount
       from rollup where version_id = any($1) and day >= $2 and day < $3 group by 1, 2, 3, 4`,
    [ids, from, to],
  );
  const refused = await selectRefused(client, ids, { from, to });
  const all = [...rows, ...refused].flatMap((row) => {
    const service = tariffs.get(row.tariff)?.service;
    return service === undefined ? [] : [usageOf({ ...row, service, bin: null })];
  });
  if (bins.length === 0) return all;
  const { rows: binned } = await client.query<UsageRow>(
    `select l.role, e.service, l.destination, bin, s.local_day as day, sum(s.billed)::text as billed, sum(s.amount_nanos)::text as amount
       from usage_standing s join rollup_line l using (line_id)
         join usage_rated e on e.event_id = s.event_id and e.day = s.day
         cross join lateral jsonb_array_elements_text(e.detail->'enriched'->'bins') as bin
      where l.version_id = any($1) and s.local_day >= $2 and s.local_day < $3 and s.day >= $2::date - 1 and s.day <= $3::date and bin = any($4)
      group by 1, 2, 3, 4, 5`,
    [ids, from, to, bins],
  );
  return [...all, ...binned.map(usageOf)];
}

/** Traffic that came too late counts nowhere: it is taken out with the last day of its period, as its own days are not kept apart. */
async function selectRefused(
  client: pg.ClientBase,
  ids: readonly number[],
  { from, to }: Period,
): Promise<readonly (Omit<UsageRow, 'service' | 'bin'> & { tariff: string })[]> {
  const { rows } = await client.query<Omit<UsageRow, 'service' | 'bin'> & { tariff: string }>(
    `select role, tariff, destination, to_day - 1 as day, trim_scale(-sum(billed)) as billed, trim_scale(-sum(l.amount_nanos)) as amount
       from late_refused l join rollup_line using (line_id) join statement_recorded r on r.statement_id = l.of_statement
      where version_id = any($1) and to_day - 1 >= $2 and to_day - 1 < $3 group by 1, 2, 3, 4`,
    [ids, from, to],
  );
  return rows;
}

function usageOf({ role, service, destination, bin, day, billed, amount }: UsageRow): DealUsage {
  const what = { side: legRoles[role], service, destination, day, ...(bin === null ? {} : { bin }) };
  return { ...what, billed: BigInt(billed), amountNanos: BigInt(amount) };
}

export async function selectSettledDeals(client: pg.ClientBase, agreement: string, before: string): Promise<readonly SettledDeal[]> {
  const { rows } = await client.query<{ deal: string; window: string; side: Side; amount: string }>(
    `select d.deal, d.window_from as window, d.side, trim_scale(sum(d.amount_nanos)) as amount
       from statement_deal d join statement_recorded using (statement_id)
      where d.agreement = $1 and from_day < $2 group by 1, 2, 3 order by 2, 1, 3`,
    [agreement, before],
  );
  return rows.map(({ amount, ...row }) => ({ ...row, amountNanos: BigInt(amount) }));
}
