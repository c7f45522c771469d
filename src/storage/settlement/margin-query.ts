import type pg from 'pg';
import type { Agreement, LegRole } from '#core/agreements/agreements.ts';
import type { MarginGroup } from '#core/settlement/margin.ts';
import type { MarginBy } from '#core/settlement/margin-by.ts';
import type { Service } from '#core/usage/usage-event.ts';
import { formatTimestamptz } from '../column-types.ts';
import { selectAgreementVersions, selectTariffCurrencies } from './agreement-terms.ts';

interface MarginRow {
  readonly service: Service;
  readonly destination: string;
  readonly in_version_id: number | null;
  readonly in_role: LegRole | null;
  readonly out_version_id: number | null;
  readonly out_role: LegRole | null;
  readonly events: bigint;
  readonly answered: bigint;
  readonly in_billed: string;
  readonly out_billed: string;
  readonly in_amount: string;
  readonly out_amount: string;
}

/** Both legs of each event together, with what later traffic corrected of them. Rates are joined after adding up, when few rows are left. */
const margins = (label: string): string => `
  with added as (
    select service, in_version_id, in_role, in_rate_id, out_version_id, out_role, out_rate_id, count(*) as events, count(*) filter (where answered) as answered,
           sum(in_billed) as in_billed, sum(out_billed) as out_billed, sum(in_amount_nanos) as in_amount, sum(out_amount_nanos) as out_amount, ${label} as label
      from usage_rated
     where started_at >= $1 and started_at < $2 and day >= ($1::timestamptz at time zone 'UTC')::date and day <= ($2::timestamptz at time zone 'UTC')::date
     group by service, in_version_id, in_role, in_rate_id, out_version_id, out_role, out_rate_id, label
     union all
    select service, in_version_id, in_role, in_rate_id, out_version_id, out_role, out_rate_id, 0, 0,
           sum(a.billed) filter (where a.leg = 'in'), sum(a.billed) filter (where a.leg = 'out'),
           sum(a.amount_nanos) filter (where a.leg = 'in'), sum(a.amount_nanos) filter (where a.leg = 'out'), ${label} as label
      from usage_adjustment a join usage_rated e using (event_id, day)
     where started_at >= $1 and started_at < $2 and day >= ($1::timestamptz at time zone 'UTC')::date and day <= ($2::timestamptz at time zone 'UTC')::date
     group by service, in_version_id, in_role, in_rate_id, out_version_id, out_role, out_rate_id, label
  )
  select service, coalesce(label, sold.destination, bought.destination, '') as destination, in_version_id, in_role, out_version_id, out_role,
         sum(events)::bigint as events, sum(answered)::bigint as answered,
         coalesce(sum(in_billed), 0)::text as in_billed, coalesce(sum(out_billed), 0)::text as out_billed,
         coalesce(sum(in_amount), 0)::text as in_amount, coalesce(sum(out_amount), 0)::text as out_amount
    from added left join rate sold on sold.rate_id = in_rate_id left join rate bought on bought.rate_id = out_rate_id
   group by service, 2, in_version_id, in_role, out_version_id, out_role`;

/** What events are added up by, where it is not the destination; `(none)` for those of which it is not known. */
function labelOf(by: MarginBy): { readonly label: string; readonly parameters: readonly string[] } {
  if (by.kind === 'destination') return { label: 'null::text', parameters: [] };
  if (by.kind === 'field') return { label: "coalesce(detail->'enriched'->>$3, '(none)')", parameters: [by.field] };
  const bin =
    "(select substr(bin, length($3) + 2) from jsonb_array_elements_text(detail->'enriched'->'bins') bin where starts_with(bin, $3 || '/') limit 1)";
  return { label: `coalesce(${bin}, '(none)')`, parameters: [by.set] };
}

export async function selectMargins(
  client: pg.ClientBase,
  fromMicros: number,
  toMicros: number,
  by: MarginBy,
): Promise<readonly MarginGroup[]> {
  const { label, parameters } = labelOf(by);
  const { rows } = await client.query<MarginRow>(margins(label), [
    formatTimestamptz(fromMicros),
    formatTimestamptz(toMicros),
    ...parameters,
  ]);
  const versions = await selectAgreementVersions(client);
  const currencies = await selectTariffCurrencies(client);
  const groups = new Map<string, MarginGroup>();
  for (const row of rows) {
    const group = groupOf(row, versions, currencies);
    const key = JSON.stringify([group.service, group.destination, group.receivableCurrency, group.payableCurrency]);
    const known = groups.get(key);
    groups.set(key, known === undefined ? group : add(known, group));
  }
  return [...groups.values()];
}

function groupOf(row: MarginRow, versions: ReadonlyMap<number, Agreement>, currencies: ReadonlyMap<string, string>): MarginGroup {
  const currencyOf = (versionId: number | null, role: LegRole | null): string | undefined => {
    if (versionId === null) return undefined;
    const version = versions.get(versionId);
    const tariff = version?.services.find((each) => each.role === role && each.service === row.service)?.tariff ?? '';
    return currencies.get(tariff) ?? version?.currency;
  };
  return {
    service: row.service,
    destination: row.destination,
    receivableCurrency: currencyOf(row.in_version_id, row.in_role),
    payableCurrency: currencyOf(row.out_version_id, row.out_role),
    events: row.events,
    answered: row.answered,
    receivableBilled: BigInt(row.in_billed),
    payableBilled: BigInt(row.out_billed),
    receivableNanos: BigInt(row.in_amount),
    payableNanos: BigInt(row.out_amount),
  };
}

function add(a: MarginGroup, b: MarginGroup): MarginGroup {
  return {
    ...a,
    events: a.events + b.events,
    answered: a.answered + b.answered,
    receivableBilled: a.receivableBilled + b.receivableBilled,
    payableBilled: a.payableBilled + b.payableBilled,
    receivableNanos: a.receivableNanos + b.receivableNanos,
    payableNanos: a.payableNanos + b.payableNanos,
  };
}
