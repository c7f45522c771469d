/**
 * Lines of the rollup of many agreements added up over one period, in one pass: statements are made of them, and what a statement has of
 * each line is kept as they say.
 */
import type pg from 'pg';
import type { LegRole } from '#core/agreements/agreements.ts';
import type { DatedTotal } from '#core/settlement/priced-terms.ts';
import type { Period } from '#core/time/period.ts';

export interface LineSum extends DatedTotal {
  readonly lineId: number;
  /** Days of the period that it has. */
  readonly days: number;
}

/** Not readonly: `pg` asks for a plain array. */
type Row = [
  lineId: number,
  versionId: number,
  role: LegRole,
  tariff: string,
  rateId: number,
  currency: string,
  events: bigint,
  answered: bigint,
  raw: string,
  billed: string,
  amount: string,
  firstDay: string,
  lastDay: string,
  days: number,
];

/** Without lines whose charges of the period come to nothing at all, and days without any. By line. */
export async function selectLineSums(
  client: pg.ClientBase,
  versions: readonly number[],
  { from, to }: Period,
): Promise<readonly LineSum[]> {
  const something = 'events <> 0 or raw_quantity <> 0 or billed_quantity <> 0 or amount_nanos <> 0';
  // The lines as an array: their days are found by one scan of the index, and their pages read once each.
  const { rows } = await client.query<Row>({
    text: `with own as materialized (select line_id, version_id, role, tariff, rate_id, currency from rollup_line where version_id = any($1)),
       summed as (
         select line_id, sum(events)::bigint as events, sum(answered)::bigint as answered, sum(raw_quantity) as raw, sum(billed_quantity) as billed,
                sum(amount_nanos) as amount, min(day) filter (where ${something}) as first_day, max(day) filter (where ${something}) as last_day,
                count(*)::integer as days
           from rollup_sum where line_id = any(array(select line_id from own)) and day >= $2 and day < $3 group by line_id)
     select line_id, version_id, role, tariff, rate_id, currency, events, answered, trim_scale(raw), trim_scale(billed), trim_scale(amount),
            first_day, last_day, days
       from own join summed using (line_id) where first_day is not null order by line_id`,
    values: [versions, from, to],
    rowMode: 'array',
  });
  return rows.map(
    ([lineId, versionId, role, tariff, rateId, currency, events, answered, raw, billed, amount, firstDay, lastDay, days]): LineSum => ({
      ...{ lineId, versionId, role, tariff, rateId: rateId === 0 ? undefined : rateId, currency, events, answered },
      ...{ raw: BigInt(raw), billed: BigInt(billed), amountNanos: BigInt(amount), firstDay, lastDay, days },
    }),
  );
}

/** Charges by version, role, tariff and rate, as statements want them. */
export function totalsOf(lines: readonly LineSum[]): readonly DatedTotal[] {
  const totals = new Map<string, DatedTotal>();
  for (const line of lines) {
    const key = `${line.versionId} ${line.role} ${line.rateId ?? 0} ${line.tariff} ${line.currency}`;
    const known = totals.get(key);
    totals.set(key, known === undefined ? line : added(known, line));
  }
  return [...totals.values()];
}

function added(a: DatedTotal, { events, answered, raw, billed, amountNanos, firstDay, lastDay }: DatedTotal): DatedTotal {
  return {
    ...a,
    events: a.events + events,
    answered: a.answered + answered,
    raw: a.raw + raw,
    billed: a.billed + billed,
    amountNanos: a.amountNanos + amountNanos,
    firstDay: firstDay < a.firstDay ? firstDay : a.firstDay,
    lastDay: lastDay > a.lastDay ? lastDay : a.lastDay,
  };
}
