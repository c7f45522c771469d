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

/** Without events that others replace, and those of files that were rolled back: calls that nobody was charged for would be counted. */
const IN_BOOKS = `event_id not in (select event_id from usage_taken_back)
       and file_id not in (select file_id from usage_file where state = 'rolled-back')`;

/** Both legs of each event together, as they stand. Rates are joined after adding up, when few rows are left. */
const margins = (label: string): string => `
  with changed as (
    select * from usage_rated
     where ${IN_BOOKS} and started_at >= $1 and started_at < $2 and day >= ($1::timestamptz at time zone 'UTC')::date and day <= ($2::timestamptz at time zone 'UTC')::date
       and event_id in (select event_id from usage_adjustment
         where day >= ($1::timestamptz at time zone 'UTC')::date and day <= ($2::timestamptz at time zone 'UTC')::date)
  ), standing as (
    select * from usage_standing
     where day >= ($1::timestamptz at time zone 'UTC')::date and day <= ($2::timestamptz at time zone 'UTC')::date
       and event_id in (select event_id from changed)
  ), added as (
    select service, in_version_id, in_role, in_rate_id, out_version_id, out_role, out_rate_id, count(*) as events, count(*) filter (where answered) as answered,
           sum(in_billed) as in_billed, sum(out_billed) as out_billed, sum(in_amount_nanos) as in_amount, sum(out_amount_nanos) as out_amount, ${label} as label
      from usage_rated
     where ${IN_BOOKS} and started_at >= $1 and started_at < $2 and day >= ($1::timestamptz at time zone 'UTC')::date and day <= ($2::timestamptz at time zone 'UTC')::date
     group by service, in_version_id, in_role, in_rate_id, out_version_id, out_role, out_rate_id, label
     union all
    -- Events of which something was adjusted: out as they were booked, in as they stand.
    select e.service, e.in_version_id, e.in_role, e.in_rate_id, e.out_version_id, e.out_role, e.out_rate_id, -1, -e.answered::integer,
           -e.in_billed, -e.out_billed, -e.in_amount_nanos, -e.out_amount_nanos, ${label}
      from changed e
     union all
    select e.service, il.version_id, il.role, nullif(il.rate_id, 0), ol.version_id, ol.role, nullif(ol.rate_id, 0),
           (il.line_id is not null or ol.line_id is not null or e.in_version_id is null and e.out_version_id is null)::integer,
           (e.answered and (il.line_id is not null or ol.line_id is not null or e.in_version_id is null and e.out_version_id is null))::integer,
           i.billed, o.billed, i.amount_nanos, o.amount_nanos, ${label.replaceAll('detail', 'e.detail')}
      from changed e
        left join standing i on i.event_id = e.event_id and i.leg = 'in' left join rollup_line il on il.line_id = i.line_id
        left join standing o on o.event_id = e.event_id and o.leg = 'out' left join rollup_line ol on ol.line_id = o.line_id
  )
  select service, coalesce(label, sold.destination, bought.destination, '') as destination, in_version_id, in_role, out_version_id, out_role,
         sum(events)::bigint as events, sum(answered)::bigint as answered,
         coalesce(sum(in_billed), 0)::text as in_billed, coalesce(sum(out_billed), 0)::text as out_billed,
         coalesce(sum(in_amount), 0)::text as in_amount, coalesce(sum(out_amount), 0)::text as out_amount
    from added left join rate sold on sold.rate_id = in_rate_id left join rate bought on bought.rate_id = out_rate_id
   group by service, 2, in_version_id, in_role, out_version_id, out_role
  having sum(events) <> 0 or sum(in_amount) <> 0 or sum(out_amount) <> 0`;

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
