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
  /** Days of the period on which it has anything. */
  readonly days: number;
  /** It is of the period itself: see StatedCharge. */
  readonly ofStatement: undefined;
}

/**
 * Without lines whose charges of the period come to nothing at all, and days without any. By line. Each of two queries answers with one
 * text of lines and tabs: `pg` makes an object of every value of a row, which for some hundred thousand is most of the time.
 */
export async function selectLineSums(
  client: pg.ClientBase,
  versions: readonly number[],
  { from, to }: Period,
): Promise<readonly LineSum[]> {
  const lines = await packed(
    client,
    `select string_agg(concat_ws(E'\\t', line_id, version_id, role, rate_id, currency, tariff), E'\\n' order by line_id) as rows
       from rollup_line where version_id = any($1)`,
    [versions],
  );
  const something = 'events <> 0 or raw_quantity <> 0 or billed_quantity <> 0 or amount_nanos <> 0';
  // The lines as an array of known length: their days are found by one scan of the index, their pages read once each, and added up by hashing.
  const sums = await packed(
    client,
    `select string_agg(concat_ws(E'\\t', line_id, events, answered, trim_scale(raw), trim_scale(billed), trim_scale(amount), first_day, last_day, days), E'\\n') as rows
       from (select line_id, sum(events) as events, sum(answered) as answered, sum(raw_quantity) as raw, sum(billed_quantity) as billed,
                    sum(amount_nanos) as amount, min(day) as first_day, max(day) as last_day, count(*) as days
               from rollup_sum where line_id = any($1) and day >= $2 and day < $3 and (${something}) group by line_id) summed`,
    [`{${lines.map(([lineId]) => lineId).join(',')}}`, from, to],
  );
  const sumOf = new Map(sums.map((sum) => [sum[0], sum]));
  return lines.flatMap(([lineId, versionId, role, rateId, currency, tariff]): LineSum[] => {
    const sum = sumOf.get(lineId);
    if (sum === undefined) return [];
    const [, events, answered, raw, billed, amount, firstDay, lastDay, days] = sum;
    return [
      {
        lineId: Number(lineId),
        versionId: Number(versionId),
        role: role as LegRole, // only loads write it, of the roles of agreements
        tariff,
        rateId: rateId === '0' ? undefined : Number(rateId),
        currency,
        events: BigInt(events),
        answered: BigInt(answered),
        raw: BigInt(raw),
        billed: BigInt(billed),
        amountNanos: BigInt(amount),
        firstDay,
        lastDay,
        days: Number(days),
        ofStatement: undefined,
      },
    ];
  });
}

/** No value of the rollup has a tab or the end of a line in it: they are numbers, days and ids. Nine fields at most. */
type Fields = readonly [string, string, string, string, string, string, string, string, string];

async function packed(client: pg.ClientBase, text: string, values: readonly unknown[]): Promise<readonly Fields[]> {
  const { rows } = await client.query<{ rows: string | null }>(text, [...values]);
  const lines = rows[0]?.rows?.split('\n') ?? [];
  return lines.map((line) => line.split('\t') as unknown as Fields); // of the columns that the query names
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
