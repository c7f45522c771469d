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
  terms: AgreementTerms,
  days: Period,
  bins: readonly string[],
): Promise<readonly DealUsage[]> {
  const all = [...(await selectDealUsages(client, [terms], days)).values()].flat();
  if (bins.length === 0) return all;
  const { rows: binned } = await client.query<UsageRow>(
    `select l.role, e.service, l.destination, bin, s.local_day as day, sum(s.billed)::text as billed, sum(s.amount_nanos)::text as amount
       from usage_standing s join rollup_line l using (line_id)
         join usage_rated e on e.event_id = s.event_id and e.day = s.day
         cross join lateral jsonb_array_elements_text(e.detail->'enriched'->'bins') as bin
      where l.version_id = any($1) and s.local_day >= $2 and s.local_day < $3 and s.day >= $2::date - 1 and s.day <= $3::date and bin = any($4)
      group by 1, 2, 3, 4, 5`,
    [versionsOf([terms]), days.from, days.to, bins],
  );
  return [...all, ...binned.map(usageOf)];
}

/**
 * Of many agreements by day, without what lies in bins. Traffic that came too late counts nowhere: it is taken out with the last day of its
 * period, as its own days are not kept apart.
 */
export async function selectDealUsages(
  client: pg.ClientBase,
  all: readonly AgreementTerms[],
  { from, to }: Period,
): Promise<ReadonlyMap<string, readonly DealUsage[]>> {
  const { rows } = await client.query<Omit<UsageRow, 'service' | 'bin'> & { agreement: string; tariff: string }>(
    `select agreement, role, tariff, destination, day, trim_scale(sum(billed_quantity)) as billed, trim_scale(sum(amount_nanos)) as amount
       from rollup where version_id = any($1) and day >= $2 and day < $3 group by 1, 2, 3, 4, 5
     union all
     select l.agreement, role, tariff, destination, to_day - 1 as day, trim_scale(-sum(billed)) as billed, trim_scale(-sum(f.amount_nanos)) as amount
       from late_refused f join rollup_line l using (line_id) join statement_recorded r on r.statement_id = f.of_statement
      where version_id = any($1) and to_day - 1 >= $2 and to_day - 1 < $3 group by 1, 2, 3, 4, 5`,
    [versionsOf(all), from, to],
  );
  const tariffs = all[0]?.tariffs;
  const usages = rows.flatMap(({ agreement, ...row }) => {
    const service = tariffs?.get(row.tariff)?.service;
    return service === undefined ? [] : [{ agreement, usage: usageOf({ ...row, service, bin: null }) }];
  });
  const byAgreement = Map.groupBy(usages, ({ agreement }) => agreement);
  return new Map([...byAgreement].map(([agreement, own]) => [agreement, own.map(({ usage }) => usage)]));
}

function versionsOf(all: readonly AgreementTerms[]): readonly number[] {
  return all.flatMap(({ versions }) => versions.map(({ versionId }) => versionId));
}

function usageOf({ role, service, destination, bin, day, billed, amount }: UsageRow): DealUsage {
  const what = { side: legRoles[role], service, destination, day, ...(bin === null ? {} : { bin }) };
  return { ...what, billed: BigInt(billed), amountNanos: BigInt(amount) };
}

/** By agreement, of statements of periods that begin before a day. */
export async function selectSettledDeals(
  client: pg.ClientBase,
  agreements: readonly string[],
  before: string,
): Promise<ReadonlyMap<string, readonly SettledDeal[]>> {
  const { rows } = await client.query<{ agreement: string; deal: string; window: string; side: Side; amount: string }>(
    `select d.agreement, d.deal, d.window_from as window, d.side, trim_scale(sum(d.amount_nanos)) as amount
       from statement_deal d join statement_recorded using (statement_id)
      where d.agreement = any($1) and from_day < $2 group by 1, 2, 3, 4 order by 3, 2, 4`,
    [agreements, before],
  );
  const byAgreement = Map.groupBy(rows, ({ agreement }) => agreement);
  return new Map(
    [...byAgreement].map(([agreement, own]) => [
      agreement,
      own.map(({ deal, window, side, amount }): SettledDeal => ({ deal, window, side, amountNanos: BigInt(amount) })),
    ]),
  );
}
